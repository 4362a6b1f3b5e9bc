/// Sine, cosine and arc tangent of eight numbers at once, with ordinary operations only, so that the compiler keeps them in
/// vector registers.
enum Lane {
  typealias Eight = SIMD8<Double>

  /// The nearest whole number to each lane, for |x| below 2^50: adding and taking away 1.5 x 2^52 drops the fraction.
  @inline(__always)
  static func whole(_ x: Eight) -> Eight { (x + 0x1.8p52) - 0x1.8p52 }

  /// Sine and cosine for |x| up to about 2,000 rad; absolute error below 1e-12 there, below 4e-16 within a turn.
  ///
  /// Folded to -pi/2 ... pi/2, then Taylor's series to the 19th and 20th power.
  @inline(__always)
  static func sineCosine(_ x: Eight) -> (sine: Eight, cosine: Eight) {
    let n = whole(x * (1 / Double.pi))
    // Two parts of pi keep the digits of the folded angle.
    let r = (x - n * 3.141592653589793) - n * 1.2246467991473532e-16
    let half = n * 0.5
    let odd = half - whole(half)
    let sign = 1 - odd * odd * 8
    let z = r * r
    var s = z * (-1 / 1.21645100408832e17) + (1 / 3.55687428096e14)
    s = z * s - (1 / 1.307674368e12)
    s = z * s + (1 / 6.2270208e9)
    s = z * s - (1 / 3.99168e7)
    s = z * s + (1 / 362880.0)
    s = z * s - (1 / 5040.0)
    s = z * s + (1 / 120.0)
    s = z * s - (1 / 6.0)
    s = r + r * z * s
    var c = z * (1 / 2.43290200817664e18) - (1 / 6.402373705728e15)
    c = z * c + (1 / 2.0922789888e13)
    c = z * c - (1 / 8.71782912e10)
    c = z * c + (1 / 4.790016e8)
    c = z * c - (1 / 3628800.0)
    c = z * c + (1 / 40320.0)
    c = z * c - (1 / 720.0)
    c = z * c + (1 / 24.0)
    c = z * c - 0.5
    c = 1 + z * c
    return (s * sign, c * sign)
  }

  /// Angle of the point (x, y) with x at least 0, -pi/2 ... pi/2; error below 3e-16 relative.
  ///
  /// - Source: S. L. Moshier, Cephes Mathematical Library, `atan` (rational function between -0.66 and 0.66).
  @inline(__always)
  static func arcTangent(_ y: Eight, over x: Eight) -> Eight {
    let zero = Eight(repeating: 0)
    let a = y.replacing(with: zero - y, where: y .< zero)
    let steep = a .> x
    let top = a.replacing(with: x, where: steep), bottom = x.replacing(with: a, where: steep)
    var t = top / bottom.replacing(with: 1, where: bottom .== zero)
    let upper = t .> 0.41421356237309503
    t = t.replacing(with: (t - 1) / (t + 1), where: upper)
    let base = zero.replacing(with: Double.pi / 4, where: upper)
    let z = t * t
    var p = z * -0.8750608600031904 - 16.157537187333652
    p = z * p - 75.00855792314705
    p = z * p - 122.88666844901361
    p = z * p - 64.85021904942025
    var q = z + 24.858464901423062
    q = z * q + 165.02700983169885
    q = z * q + 432.88106049129027
    q = z * q + 485.3903996359137
    q = z * q + 194.5506571482614
    var angle = base + (t + t * z * p / q)
    angle.replace(with: Double.pi / 2 - angle, where: steep)
    return angle.replacing(with: zero - angle, where: y .< zero)
  }
}
