import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Probability that a standard normal number is at most z.
func normalProbability(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

/// Values of first-order autoregression with mean 0 and variance 1: `z_t = a z_(t-1) + sqrt(1 - a^2) e_t`.
struct Autoregression {
  private let a: Double
  private let b: Double
  private var state: Double

  /// Starts in the stationary distribution; `coefficient` a in 0 ..< 1.
  init(coefficient a: Double, random: inout SeededRandom) {
    self.a = a
    b = (1 - a * a).squareRoot()
    state = random.normal()
  }

  /// The next value.
  mutating func next(_ random: inout SeededRandom) -> Double {
    state = a * state + b * random.normal()
    return state
  }
}
