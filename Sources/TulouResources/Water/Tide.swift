package import TulouDocument
package import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A tidal current from harmonic constituents: `v(t) = v0 + sum A cos(2 pi t / T - g)`.
///
/// - Source: periods of P. Schureman 1958, "Manual of Harmonic Analysis and Prediction of Tides", US Coast and Geodetic
///   Survey SP 98; nodal corrections (18.6 years) are not applied: up to 4 % in M2.
package struct TidalCurrent: Sendable, Equatable {
  /// One oscillation.
  package struct Constituent: Sendable, Equatable {
    /// Period T [h].
    package var periodHours: Double
    /// Amplitude A [m/s].
    package var amplitude: Double
    /// Phase g [deg] at 1970-01-01 00:00 of the site's clock.
    package var phase: Double
    /// An oscillation.
    package init(periodHours: Double, amplitude: Double, phase: Double) {
      self.periodHours = periodHours
      self.amplitude = amplitude
      self.phase = phase
    }
  }

  /// Periods of the main constituents [h].
  package static let periods: [String: Double] = [
    "M2": 12.4206012, "S2": 12, "N2": 12.65834751, "K2": 11.96723606, "K1": 23.93447213, "O1": 25.81933871,
    "P1": 24.06588766, "Q1": 26.868350, "M4": 6.210300601,
  ]

  /// Steady part v0 [m/s].
  package var mean: Double
  /// Oscillations.
  package var constituents: [Constituent]

  /// A current along the channel, positive with the flood.
  package init(mean: Double = 0, constituents: [Constituent]) {
    self.mean = mean
    self.constituents = constituents
  }

  /// Current [m/s] in the middle of each step.
  package func series(over horizon: Horizon) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(mean, in: -10...10, "steady current", "m/s", &found)
    for part in constituents {
      check(part.periodHours, in: 1...20_000, "period of a tide", "h", &found)
      check(part.amplitude, in: 0...15, "amplitude of a tidal current", "m/s", &found)
    }
    if !found.isEmpty { throw ProjectFault(found) }
    return TidalCurrent.hours(of: horizon).map { hour in
      constituents.reduce(mean) { $0 + $1.amplitude * cos(2 * .pi * hour / $1.periodHours - radians($1.phase)) }
    }
  }

  /// The constituents of given periods [h] that fit a measured series best (least squares).
  ///
  /// - Throws: where the record is too short to tell the periods apart (Rayleigh's criterion: one beat of each pair).
  package static func fit(
    _ series: [Double], over horizon: Horizon, periods: [Double]
  ) throws(ProjectFault) -> TidalCurrent {
    guard series.count == horizon.steps else {
      throw ProjectFault("The current has \(series.count) values, but there are \(horizon.steps) steps.")
    }
    let length = Double(horizon.steps) * horizon.stepHours
    let sorted = periods.sorted()
    for i in sorted.indices.dropFirst() where length * (1 / sorted[i - 1] - 1 / sorted[i]) < 1 {
      throw ProjectFault("\(length) h of record cannot tell the periods \(sorted[i - 1]) h and \(sorted[i]) h apart.")
    }
    let n = 1 + 2 * periods.count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n + 1), count: n)
    var row = [Double](repeating: 1, count: n)
    for (t, hour) in hours(of: horizon).enumerated() {
      for (k, period) in periods.enumerated() {
        let angle = 2 * Double.pi * hour / period
        row[1 + 2 * k] = cos(angle)
        row[2 + 2 * k] = sin(angle)
      }
      for i in 0..<n {
        for j in 0..<n { matrix[i][j] += row[i] * row[j] }
        matrix[i][n] += row[i] * series[t]
      }
    }
    guard let x = solved(&matrix) else { throw ProjectFault("The periods cannot be told apart in this record.") }
    return TidalCurrent(
      mean: x[0],
      constituents: periods.enumerated().map { k, period in
        let c = x[1 + 2 * k], s = x[2 + 2 * k]
        return Constituent(
          periodHours: period, amplitude: (c * c + s * s).squareRoot(), phase: turned(degrees(atan2(s, c))))
      })
  }

  private static func hours(of horizon: Horizon) -> [Double] {
    horizon.moments.map { Double($0.date.dayNumber) * 24 + $0.hour + horizon.stepHours / 2 }
  }

  /// Gauss elimination with pivots of a square system with its right side in the last column.
  private static func solved(_ a: inout [[Double]]) -> [Double]? {
    let n = a.count
    for c in 0..<n {
      var pivot = c
      for r in c..<n where abs(a[r][c]) > abs(a[pivot][c]) { pivot = r }
      if abs(a[pivot][c]) < 1e-9 { return nil }
      a.swapAt(c, pivot)
      for r in 0..<n where r != c {
        let factor = a[r][c] / a[c][c]
        if factor != 0 { for k in c...n { a[r][k] -= factor * a[c][k] } }
      }
    }
    return (0..<n).map { a[$0][n] / a[$0][$0] }
  }
}

/// A turbine in a current: the cube of its speed between cut-in and rating.
package struct TidalTurbine: Sendable, Equatable {
  /// Density of sea water [kg/m3].
  package static let seaWaterDensity = 1025.0
  /// Current at which it gives its rating [m/s].
  package var ratedSpeed: Double
  /// Current at which it starts [m/s].
  package var cutIn: Double
  /// Losses after the rotor, and time out of service [-].
  package var losses: Double
  /// A turbine.
  package init(ratedSpeed: Double, cutIn: Double = 0.7, losses: Double = 0) {
    self.ratedSpeed = ratedSpeed
    self.cutIn = cutIn
    self.losses = losses
  }

  /// Current [m/s] at which a rotor of this swept area [m2] and power coefficient [-] gives a power [kW]:
  /// `P = 0.5 rho cp A v^3`.
  package static func ratedSpeed(kilowatts: Double, area: Double, powerCoefficient: Double) -> Double {
    cbrt(kilowatts * 1000 / (0.5 * seaWaterDensity * powerCoefficient * area))
  }

  /// Output per kW of rated power [-] for currents [m/s] of either direction.
  package func series(current: [Double]) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(ratedSpeed, in: 0.5...8, "rated current of the tidal turbine", "m/s", &found)
    check(cutIn, in: 0...3, "cut-in speed", "m/s", &found)
    check(losses, in: 0...0.9, "losses of the tidal turbine", "", &found)
    if let t = current.firstIndex(where: { !$0.isFinite }) {
      found.append(Diagnostic(.error, "The current of step \(t + 1) is no number."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    return current.map { velocity in
      let speed = abs(velocity)
      let ratio = speed / ratedSpeed
      return speed < cutIn ? 0 : min(1, ratio * ratio * ratio) * (1 - losses)
    }
  }
}
