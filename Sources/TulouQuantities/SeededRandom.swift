#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Repeatable random numbers whose state can be kept: xoshiro256++ started by SplitMix64.
///
/// - Source: Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4).
package struct SeededRandom: RandomNumberGenerator, Sendable, Hashable, Codable {
  // Loops of other rooms draw millions of numbers: the state is seen by them so that drawing needs no call.
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64
  private var spareNormal: Double?

  /// The stream of `seed`; `stream` gives independent numbers for several uses of one seed.
  package init(seed: UInt64, stream: UInt64 = 0) {
    var x = seed &+ stream &* 0x9E37_79B9_7F4A_7C15
    func split(_ x: inout UInt64) -> UInt64 {
      x &+= 0x9E37_79B9_7F4A_7C15
      var z = x
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    s0 = split(&x)
    s1 = split(&x)
    s2 = split(&x)
    s3 = split(&x)
  }

  /// The next 64 random bits.
  @inlinable @inline(__always) package mutating func next() -> UInt64 {
    func rotated(_ v: UInt64, _ k: UInt64) -> UInt64 { (v << k) | (v >> (64 - k)) }
    let result = rotated(s0 &+ s3, 23) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotated(s3, 45)
    return result
  }

  /// A number of the uniform distribution on [0, 1).
  @inlinable @inline(__always) package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number of the uniform distribution on the range.
  package mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number from 0 up to but not including `count`, which is above 0.
  @inlinable @inline(__always) package mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// Puts the numbers into random order (Fisher and Yates); the same order whatever the version of the standard library.
  package mutating func shuffle(_ numbers: inout [Int]) {
    var last = numbers.count - 1
    while last > 0 {
      numbers.swapAt(last, index(below: last + 1))
      last -= 1
    }
  }

  /// A number of the standard normal distribution (Marsaglia's polar method).
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let u = 2 * uniform() - 1, v = 2 * uniform() - 1
      let s = u * u + v * v
      if s > 0 && s < 1 {
        let factor = (-2 * log(s) / s).squareRoot()
        spareNormal = v * factor
        return u * factor
      }
    }
  }
}
