/// Yearly demand per head or floor area where nothing better is known.
///
/// All are approximate middles from memory of Chinese statistics and building codes; each says so. A meter reading always
/// beats them.
package struct DemandBenchmark: Sendable, Equatable {
  /// What the number refers to.
  package enum Basis: String, Sendable, Equatable {
    /// A person and year [kWh].
    case person
    /// A square metre of floor and year [kWh].
    case floorArea = "floor_area"
  }

  /// Kind of member or building.
  package var name: String
  /// Archetype whose shape belongs to it.
  package var archetype: String
  /// Basis.
  package var basis: Basis
  /// Energy [kWh per person or m2 and year].
  package var energy: Double
  /// Where it comes from.
  package var source: String

  /// All benchmarks.
  package static let all: [DemandBenchmark] = [
    DemandBenchmark(
      name: "village", archetype: "village", basis: .person, energy: 550,
      source: "rural households with small trades, southern China; approximate"),
    DemandBenchmark(
      name: "dwelling", archetype: "dwelling", basis: .person, energy: 900,
      source: "household electricity per head, China 2022, about 950 kWh; approximate"),
    DemandBenchmark(
      name: "hot-water", archetype: "hot-water", basis: .person, energy: 350,
      source: "25 l of 45 degC a day from 15 degC; computed, rounded, approximate"),
    DemandBenchmark(
      name: "office", archetype: "office", basis: .floorArea, energy: 150,
      source: "research buildings, Zhang et al. 2016, table 1"),
    DemandBenchmark(
      name: "residential", archetype: "dwelling", basis: .floorArea, energy: 40, source: "Zhang et al. 2016, table 1"),
    DemandBenchmark(
      name: "commerce", archetype: "commerce", basis: .floorArea, energy: 350, source: "Zhang et al. 2016, table 1"),
    DemandBenchmark(
      name: "public", archetype: "office", basis: .floorArea, energy: 100, source: "Zhang et al. 2016, table 1"),
    DemandBenchmark(
      name: "school", archetype: "school", basis: .floorArea, energy: 50, source: "southern China; approximate"),
    DemandBenchmark(
      name: "hotel", archetype: "hotel", basis: .floorArea, energy: 120, source: "southern China; approximate"),
  ]

  /// Energy of a year [kWh] of so many people or square metres.
  package func annual(amount: Double) -> Double { energy * amount }
}
