public import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Output of a wind turbine over the wind speed at its hub, as a share of rated power, at standard density.
public struct PowerCurve: Sendable, Equatable {
  /// Speeds, ascending [m/s].
  public let speeds: [Double]
  /// Output at these speeds [share of rated power].
  public let outputs: [Double]
  /// Where the curve comes from.
  public let source: String

  /// A curve, linear between its points and zero outside them.
  ///
  /// - Throws: where the points are not ascending or an output is below 0 or above 1.2.
  public init(speeds: [Double], outputs: [Double], source: String) throws(ProjectFault) {
    var found: [Diagnostic] = []
    if speeds.count != outputs.count || speeds.count < 2 {
      found.append(
        Diagnostic(
          .error,
          "A power curve has \(speeds.count) speeds and \(outputs.count) outputs, but needs as many of each, at least two."
        ))
    }
    for i in speeds.indices.dropFirst() where !(speeds[i] > speeds[i - 1]) {
      found.append(
        Diagnostic(
          .error, "The speeds of a power curve must ascend, but \(speeds[i]) m/s follows \(speeds[i - 1]) m/s."))
    }
    for speed in speeds { check(speed, in: 0...60, "speed of a power curve", "m/s", &found) }
    for output in outputs {
      check(output, in: 0...1.2, "output of a power curve as a share of rated power", "", &found)
    }
    if !found.isEmpty { throw ProjectFault(found) }
    self.speeds = speeds
    self.outputs = outputs
    self.source = source
  }

  /// Points already known to be right.
  init(trusted speeds: [Double], _ outputs: [Double], source: String) {
    self.speeds = speeds
    self.outputs = outputs
    self.source = source
  }

  /// Share of rated power [-] at a hub speed [m/s].
  public func output(at speed: Double) -> Double {
    guard let first = speeds.first, let last = speeds.last, speed >= first, speed <= last else { return 0 }
    var low = 0, high = speeds.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if speeds[middle] <= speed { low = middle } else { high = middle }
    }
    return outputs[low] + (outputs[high] - outputs[low]) * (speed - speeds[low]) / (speeds[high] - speeds[low])
  }

  /// Share of rated power for every speed, equation (5) with `densityRatio` rho/rho0 [-].
  public func series(hubSpeeds: [Double], densityRatio: Double = 1) -> [Double] {
    hubSpeeds.map { output(at: $0) * densityRatio }
  }

  /// Mean share of rated power [-] under a Weibull distribution: the capacity factor before losses.
  public func capacityFactor(_ weibull: Weibull) -> Double {
    guard let last = speeds.last else { return 0 }
    let parts = 4000
    let step = last / Double(parts)
    var sum = 0.0
    for i in 0..<parts {
      let v = (Double(i) + 0.5) * step
      sum += output(at: v) * weibull.density(v) * step
    }
    return sum
  }
}
