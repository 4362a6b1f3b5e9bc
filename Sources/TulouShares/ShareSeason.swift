#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A representative day: four demands and the surroundings.
package struct ShareSeason: Sendable, Equatable {
  /// Name, e.g. `winter`.
  package var name: String
  /// Days of the year that it stands for.
  package var days: Double
  /// Temperature of the surroundings [degC].
  package var ambient: Double
  /// Demands by carrier.
  package var demands: [ShareDemand]
  /// Hours of the day in which the sun gives power, heat by collectors, and power by troughs.
  package var sunHours: Double, collectorHours: Double, troughHours: Double
  /// Charging of vehicles by hour [MW], beside the electricity demand.
  package var charging: [Double]

  /// A day.
  package init(
    name: String, days: Double, ambient: Double, demands: [ShareDemand], sunHours: Double, collectorHours: Double,
    troughHours: Double, charging: [Double] = []
  ) {
    self.name = name
    self.days = days
    self.ambient = ambient
    self.demands = demands
    self.sunHours = sunHours
    self.collectorHours = collectorHours
    self.troughHours = troughHours
    self.charging = charging
  }

  /// The demand of a carrier.
  package func demand(_ carrier: ShareCarrier) -> ShareDemand { demands[carrier.rawValue] }

  /// Highest electricity demand with charging [MW].
  package var electricityPeak: Double {
    guard !charging.isEmpty else { return demand(.electricity).peak }
    return electricityHours.max() ?? 0
  }

  /// Electricity demand of each hour with charging [MW].
  package var electricityHours: [Double] {
    let base = demand(.electricity).hours
    return charging.isEmpty ? base : zip(base, charging).map { $0 + $1 }
  }
}

/// A demand of a day.
package struct ShareDemand: Sendable, Equatable {
  /// Highest hour [MW].
  package var peak: Double
  /// Energy of the day [MWh].
  package var energy: Double
  /// Each hour [MW].
  package var hours: [Double]

  /// A demand whose hours are known; 24 values.
  package init(hours: [Double]) {
    self.hours = hours
    peak = hours.max() ?? 0
    energy = hours.reduce(0, +)
  }

  /// A demand of which peak and energy are known: `peak x shape^k` with the k that gives the energy.
  ///
  /// - Parameter shape: 24 values above 0, the highest 1.
  package init(peak: Double, energy: Double, shape: [Double]) {
    self.peak = peak
    self.energy = energy
    guard peak > 0, energy > 0, shape.count == 24 else {
      hours = [Double](repeating: 0, count: 24)
      return
    }
    var low = 0.0, high = 200.0
    for _ in 0..<80 {
      let middle = (low + high) / 2
      let sum = shape.reduce(0) { $0 + pow($1, middle) } * peak
      if sum > energy { low = middle } else { high = middle }
    }
    let k = (low + high) / 2
    hours = shape.map { peak * pow($0, k) }
  }
}
