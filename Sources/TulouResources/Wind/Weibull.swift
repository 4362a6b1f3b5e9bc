public import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The Weibull distribution of wind speeds: `P(v > x) = exp(-(x/c)^k)`.
public struct Weibull: Sendable, Equatable {
  /// Shape k [-].
  public var shape: Double
  /// Scale c [m/s].
  public var scale: Double

  /// Shape and scale, both above 0.
  public init(shape: Double, scale: Double) {
    precondition(shape > 0 && scale >= 0, "a Weibull distribution has a positive shape")
    self.shape = shape
    self.scale = scale
  }

  /// Shape and mean [m/s]: `c = mean / Gamma(1 + 1/k)`.
  public init(shape: Double, mean: Double) { self.init(shape: shape, scale: mean / tgamma(1 + 1 / shape)) }

  /// Mean [m/s], `c Gamma(1 + 1/k)`.
  public var mean: Double { scale * tgamma(1 + 1 / shape) }

  /// Standard deviation [m/s].
  public var standardDeviation: Double {
    let g1 = tgamma(1 + 1 / shape)
    return scale * (tgamma(1 + 2 / shape) - g1 * g1).squareRoot()
  }

  /// Speed [m/s] that the share `probability` (0 ..< 1) does not exceed.
  public func quantile(_ probability: Double) -> Double { scale * pow(-log1p(-probability), 1 / shape) }

  /// Probability per m/s at a speed [s/m].
  public func density(_ speed: Double) -> Double {
    guard speed >= 0, scale > 0 else { return 0 }
    let x = speed / scale
    return shape / scale * pow(x, shape - 1) * exp(-pow(x, shape))
  }

  /// The distribution that makes the speeds most likely.
  ///
  /// Calms (speeds of 0) are left out, as the likelihood of 0 is 0 or infinite. Iteration of
  /// `1/k = sum v^k ln v / sum v^k - mean ln v` by Newton's method.
  /// - Source: M. J. M. Stevens, P. T. Smulders 1979, "The estimation of the parameters of the Weibull wind speed
  ///   distribution for wind energy utilization purposes", Wind Engineering 3(2), 132-145.
  /// - Throws: where fewer than two different speeds are above 0.
  public static func fit(_ speeds: [Double]) throws(ProjectFault) -> Weibull {
    let positive = speeds.filter { $0 > 0 && $0.isFinite }
    guard let largest = positive.max(), let least = positive.min(), largest > least else {
      throw ProjectFault("A Weibull fit needs at least two different wind speeds above 0.")
    }
    let logs = positive.map { log($0 / largest) }
    let n = Double(positive.count)
    let meanLog = logs.reduce(0, +) / n
    var k = 2.0
    for _ in 0..<100 {
      var s0 = 0.0, s1 = 0.0, s2 = 0.0
      for l in logs {
        let w = exp(k * l)
        s0 += w
        s1 += w * l
        s2 += w * l * l
      }
      let f = s1 / s0 - meanLog - 1 / k
      let slope = s2 / s0 - (s1 / s0) * (s1 / s0) + 1 / (k * k)
      let next = max(0.05, k - f / slope)
      let moved = abs(next - k)
      k = next
      if moved < 1e-12 * k { break }
    }
    let scale = largest * pow(logs.reduce(0) { $0 + exp(k * $1) } / n, 1 / k)
    return Weibull(shape: k, scale: scale)
  }
}
