public import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How the wind grows with height.
public enum WindShear: Sendable, Equatable {
  /// `v(z) = v(a) ln((z - d)/z0) / ln((a - d)/z0)`, equation (4) of the Shenzhen paper for d = 0: roughness length z0 [m],
  /// displacement d [m] (0.7 of an obstacle's height).
  case logarithmic(roughnessMetres: Double, displacementMetres: Double = 0)
  /// `v(z) = v(a) (z/a)^e`, exponent e [-]; 1/7 over open land.
  case power(exponent: Double)

  /// Factor from the speed at height `from` to the speed at height `to` [-].
  ///
  /// - Throws: where a height or the roughness is outside validity.
  public func factor(from measured: Double, to hub: Double) throws(ProjectFault) -> Double {
    var found: [Diagnostic] = []
    check(measured, in: 0.5...300, "height of the wind measurement", "m", &found)
    check(hub, in: 0.5...300, "hub height", "m", &found)
    switch self {
    case .logarithmic(let roughness, let displacement):
      check(roughness, in: 1e-5...5, "roughness length", "m", &found)
      check(displacement, in: 0...50, "displacement height", "m", &found)
      if min(measured, hub) - displacement <= roughness {
        found.append(
          Diagnostic(
            .error,
            "The height \(min(measured, hub)) m does not lie above displacement \(displacement) m and roughness \(roughness) m."
          ))
      }
      if !found.isEmpty { throw ProjectFault(found) }
      return log((hub - displacement) / roughness) / log((measured - displacement) / roughness)
    case .power(let exponent):
      check(exponent, in: -0.2...0.8, "shear exponent", "", &found)
      if !found.isEmpty { throw ProjectFault(found) }
      return pow(hub / measured, exponent)
    }
  }

  /// Speeds at height `to` from speeds at height `from` where the roughness length [m] changes from step to step.
  ///
  /// - Throws: where a height is outside validity, or a roughness reaches the lower height.
  public static func logarithmic(
    speeds: [Double], roughness: [Double], from measured: Double, to hub: Double
  ) throws(ProjectFault) -> [Double] {
    guard speeds.count == roughness.count else {
      throw ProjectFault("There are \(speeds.count) wind speeds and \(roughness.count) roughness lengths.")
    }
    var result: [Double] = []
    result.reserveCapacity(speeds.count)
    var last = Double.nan, factor = 1.0
    for t in speeds.indices {
      if roughness[t] != last {
        last = roughness[t]
        factor = try WindShear.logarithmic(roughnessMetres: last).factor(from: measured, to: hub)
      }
      result.append(speeds[t] * factor)
    }
    return result
  }

  /// Roughness length [m] that makes the logarithmic law give `ratio` between two heights.
  public static func roughness(ratio: Double, from low: Double, to high: Double) throws(ProjectFault) -> Double {
    guard ratio > 1, high > low, low > 0 else {
      throw ProjectFault("A roughness length needs two heights and a speed that grows with height.")
    }
    // ln(high/z0) = ratio ln(low/z0)
    return exp((ratio * log(low) - log(high)) / (ratio - 1))
  }
}
