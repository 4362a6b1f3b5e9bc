package import TulouDocument
package import TulouQuantities

/// Biogas from animals and residues.
package struct Biogas: Sendable, Equatable {
  /// What is digested.
  package struct Feed: Sendable, Equatable {
    /// Name for files.
    package var name: String
    /// Gas per unit and day (animals, m3 per head and day) or per tonne of fresh mass (residues, m3/t).
    package var yield: Double
    /// Whether it is counted in heads or tonnes.
    package var basis: Basis
    /// Methane in the gas [-].
    package var methane: Double
    /// Where the numbers come from.
    package var source: String
  }

  /// What the yield refers to.
  package enum Basis: Sendable, Equatable {
    /// Cubic metres per head and day.
    case headDay
    /// Cubic metres per tonne of fresh mass.
    case tonne
  }

  /// Feeds with usual yields, all approximate: middles of the ranges in FAO and FNR handbooks, from memory.
  package static let feeds: [Feed] = [
    Feed(name: "cattle", yield: 1.0, basis: .headDay, methane: 0.55, source: "handbook range 0.8-1.3; approximate"),
    Feed(name: "dairy-cow", yield: 1.3, basis: .headDay, methane: 0.55, source: "handbook range 1.0-1.6; approximate"),
    Feed(name: "pig", yield: 0.20, basis: .headDay, methane: 0.60, source: "handbook range 0.15-0.3; approximate"),
    Feed(
      name: "poultry", yield: 0.010, basis: .headDay, methane: 0.60, source: "handbook range 0.007-0.014; approximate"),
    Feed(name: "cattle-manure", yield: 25, basis: .tonne, methane: 0.55, source: "handbook range 20-30; approximate"),
    Feed(name: "straw", yield: 200, basis: .tonne, methane: 0.52, source: "handbook range 150-300; approximate"),
    Feed(name: "prunings", yield: 90, basis: .tonne, methane: 0.52, source: "green cuttings, 60-120; approximate"),
    Feed(name: "kitchen-waste", yield: 120, basis: .tonne, methane: 0.60, source: "handbook range 80-150; approximate"),
  ]

  /// Lower heating value of methane [kWh per standard m3].
  package static let methaneHeatingValue = 9.97

  /// Gas of a day [m3/d].
  package var dailyVolume: Double
  /// Lower heating value [kWh/m3].
  package var heatingValue: Double

  /// Gas from heads of animals or tonnes a year, of which a share is collected.
  package init(feed: Feed, amount: Double, collected: Double = 1) throws(ProjectFault) {
    var found: [Diagnostic] = []
    check(amount, in: 0...1e9, "number of \(feed.name)", "", &found)
    check(collected, in: 0...1, "collected share", "", &found)
    check(feed.yield, in: 0...2000, "gas yield of \(feed.name)", "m3", &found)
    check(feed.methane, in: 0.2...1, "methane of the gas from \(feed.name)", "", &found)
    if !found.isEmpty { throw ProjectFault(found) }
    dailyVolume = amount * collected * feed.yield / (feed.basis == .headDay ? 1 : 365)
    heatingValue = feed.methane * Biogas.methaneHeatingValue
  }

  /// Gas of a day [m3/d] with its heating value [kWh/m3].
  package init(dailyVolume: Double, heatingValue: Double) {
    self.dailyVolume = dailyVolume
    self.heatingValue = heatingValue
  }

  /// Mean power of the gas by lower heating value [kW].
  package var kilowatts: Double { dailyVolume * heatingValue / 24 }

  /// Natural power of every step [kW], the same all year; temperature and feeding are the digester's business.
  package func series(over horizon: Horizon) -> [Double] { [Double](repeating: kilowatts, count: horizon.steps) }
}
