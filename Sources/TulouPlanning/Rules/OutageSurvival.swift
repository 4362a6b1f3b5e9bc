package import TulouAccounts
import TulouQuantities

/// How long a simulated system lives when the outside is lost, for an outage that begins at every step.
package struct OutageSurvival: Sendable, Equatable {
  /// Share of the outages survived, by their length; the length of entry i is `(i + 1) x stepHours`.
  package struct Curve: Sendable, Equatable {
    /// What is served: `all demand` or `critical demand`.
    package var demand: String
    /// Share of the starts from which an outage of this length is survived [-].
    package var probability: [Double]
    /// Least, mean and greatest time survived, counted up to the longest outage [h].
    package var leastHours: Double
    /// See `leastHours`.
    package var meanHours: Double
    /// The chain that `withFailures` comes from with machines that never fail: they run first and the storage covers the
    /// rest, so it may lie above `probability`.
    package var withoutFailures: [Double] = []
    /// Mean probability with machines that fail; empty: none has `failures`.
    package var withFailures: [Double] = []
    /// Least probability over the starts with machines that fail.
    package var withFailuresLeast: [Double] = []

    /// A curve without failures.
    package init(
      demand: String, probability: [Double], leastHours: Double, meanHours: Double, withoutFailures: [Double] = [],
      withFailures: [Double] = [], withFailuresLeast: [Double] = []
    ) {
      self.demand = demand
      self.probability = probability
      self.leastHours = leastHours
      self.meanHours = meanHours
      self.withoutFailures = withoutFailures
      self.withFailures = withFailures
      self.withFailuresLeast = withFailuresLeast
    }
  }

  /// Length of a step [h].
  package var stepHours: Double
  /// Longest outage looked at [h].
  package var longestHours: Double
  /// Fuel at hand [kWh]; nil: any.
  package var fuel: Double?
  /// All demand, and critical demand where a tier has that name.
  package var curves: [Curve]
  /// Outages of the grid in the horizon that was simulated, and their hours; nil: it has none.
  package var outages: (count: Int, hours: Double)?
  /// Why failures of machines were not counted; empty: they were, or none fails.
  package var note = ""

  /// Whether two are the same.
  package static func == (a: OutageSurvival, b: OutageSurvival) -> Bool {
    a.stepHours == b.stepHours && a.longestHours == b.longestHours && a.fuel == b.fuel && a.curves == b.curves
      && a.outages?.count == b.outages?.count && a.outages?.hours == b.outages?.hours && a.note == b.note
  }

  /// Lengths of outage that indicators tell [h].
  private static let told: [Double] = [1, 4, 12, 24, 72, 168]

  /// Indicators `outage_survival.24h`, for lengths that were looked at.
  package var indicators: [Indicator] {
    var found: [Indicator] = []
    for curve in curves {
      let name = curve.demand.hasPrefix("critical") ? "outage_survival_critical" : "outage_survival"
      for hours in Self.told where hours <= longestHours + 1e-9 {
        let step = Int(saturating: (hours / stepHours - 1e-9).rounded(.up))
        guard step >= 1, step <= curve.probability.count else { continue }
        found.append(
          Indicator(
            key: "\(name).\(Int(saturating: hours))h", value: curve.probability[step - 1], unit: "1",
            definition:
              "Share of the steps of the year from which \(curve.demand) is served for \(Int(saturating: hours)) h of an outage."
          ))
      }
    }
    return found
  }

  /// A record of no curve yet.
  package init(stepHours: Double, longestHours: Double, fuel: Double?, curves: [Curve] = []) {
    self.stepHours = stepHours
    self.longestHours = longestHours
    self.fuel = fuel
    self.curves = curves
  }
}
