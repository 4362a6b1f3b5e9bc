/// What the paper does not print, each with its source; any number can be put in its place by name.
///
/// Costs in EUR (price year of the source), efficiencies by lower heating value, temperatures in degC.
package struct ShareAssumptions: Sendable, Equatable {
  /// One number.
  package struct Entry: Sendable, Equatable {
    /// Name, e.g. `bchp.capital`.
    package var name: String
    /// Value.
    package var value: Double
    /// Unit.
    package var unit: String
    /// Where it comes from.
    package var source: String
  }

  /// All numbers in order.
  package private(set) var entries: [Entry]
  private var place: [String: Int]

  /// The value of a name; NaN where there is none.
  package subscript(name: String) -> Double { place[name].map { entries[$0].value } ?? .nan }

  /// Puts a value in the place of an assumption; false where the name is none.
  package mutating func set(_ name: String, _ value: Double, source: String) -> Bool {
    guard let i = place[name] else { return false }
    entries[i].value = value
    entries[i].source = source
    return true
  }

  /// The assumptions of Tulou.
  package init() {
    let danish = "PyPSA technology-data, costs 2020 (mostly Danish Energy Agency)"
    let paper = "Energies 2018, 11(4), 1007"
    let ours = "our assumption"
    func machine(
      _ id: String, _ capital: Double, _ operation: Double, _ life: Double, _ hours: Double, _ source: String
    ) -> [Entry] {
      [
        Entry(name: id + ".capital", value: capital, unit: "EUR/kW", source: source),
        Entry(name: id + ".operation", value: operation, unit: "%/y of capital", source: source),
        Entry(name: id + ".life", value: life, unit: "y", source: source),
        Entry(name: id + ".hours", value: hours, unit: "h/y", source: hours == 3000 ? ours : paper),
      ]
    }
    func one(_ name: String, _ value: Double, _ unit: String, _ source: String) -> Entry {
      Entry(name: name, value: value, unit: unit, source: source)
    }
    var all: [Entry] = []
    all += machine("bchp", 4722, 2.9, 25, 7000, danish)
    all += machine("wt", 1494, 1.25, 27, 1500, danish)
    all += machine("pv", 707, 2, 35, 1450, danish)
    all += machine("pvt", 1400, 1.7, 25, 1450, "our assumption: panel and collector together")
    all += machine(
      "pt", 2500, 1.5, 30, 1627.5, "our assumption: small trough power, above the 201 EUR/kWth of the tower's receiver")
    all += machine("fc", 1737, 5, 10, 7000, danish)
    all += machine("hp", 1271, 0.21, 25, 3000, danish)
    all += machine("sth", 400, 1.4, 20, 1950, "187 to 361 EUR/m2, \(danish); 0.7 kW/m2, our assumption")
    all += machine("ac", 350, 2, 15, 3000, ours)
    all += machine("eth", 94, 1.5, 20, 3000, danish)
    all += machine("gb", 80, 3.25, 25, 3000, danish)
    all += machine("sac", 900, 1.5, 20, 1950, "our assumption: collectors and absorption chiller")
    all += [
      one("battery.energy_capital", 310, "EUR/kWh", danish), one("battery.power_capital", 361, "EUR/kW", danish),
      one("battery.life", 10, "y", paper), one("battery.efficiency", 0.9, "share", ours),
      one("tank.energy_capital", 3.8, "EUR/kWh", danish), one("tank.power_capital", 20, "EUR/kW", ours),
      one("tank.life", 15, "y", paper),
      one("vehicle.energy_capital", 60, "EUR/kWh", "our assumption: wear of batteries that drivers own"),
      one("vehicle.power_capital", 200, "EUR/kW", "our assumption: two-way charge points"),
      one("vehicle.life", 10, "y", paper),
      one("storage.cycles", 300, "1/y", ours), one("storage.subsidy", 0, "EUR/kWh", "the paper's study varies it"),
      one("installation", 10, "% of capital", ours), one("recycling", 2, "% of capital", ours),
      one("system.life", 25, "y", paper), one("discount", 3, "%/y", paper),
      one("escalation.electricity", 4.3, "%/y", paper), one("escalation.gas", 6.2, "%/y", paper),
      one("price.electricity", 0.065, "EUR/kWh", paper), one("price.biofuel", 0.03, "EUR/kWh", ours),
      one("price.biogas", 0.079, "EUR/kWh", danish), one("price.gas", 0.04, "EUR/kWh", ours),
      one("bchp.power", 0.269, "share", danish),
      one("bchp.heat", 0.55, "share", "our assumption: below the 0.826 of \(danish), which condenses"),
      one("fc.power", 0.5, "share", danish), one("fc.heat", 0.4, "share", danish),
      one("pvt.heat", 3, "kWh/kWh", "our assumption: 0.45 thermal, 0.15 electric"),
      one("hp.cop", 3.1, "kWh/kWh", danish), one("ac.cop", 2.6, "kWh/kWh", ours), one("hp.cooling", 4, "kWh/kWh", ours),
      one("ac.cooling", 3.2, "kWh/kWh", ours), one("eth.efficiency", 0.98, "share", paper),
      one("gb.efficiency", 1.03, "share", danish), one("sac.cop", 0.7, "kWh/kWh", "approximate: single effect"),
      one("fuel.exergy", 1.1, "share", "biomass, Szargut 1988"),
      one("gas.exergy", 1.04, "share", "methane, Szargut 1988"),
      one("wind.kinetic", 0.91, "share", paper), one("wind.power_coefficient", 0.4, "share", ours),
      one("pv.efficiency", 0.15, "share", ours), one("pt.efficiency", 0.15, "share", "approximate: 0.15 to 0.20"),
      one("sth.efficiency", 0.5, "share", ours), one("sun.exergy", 0.95, "share", "Petela, rounded"),
      one("temperature.sh", 40, "degC", "our assumption: supply of heating"),
      one("temperature.dhw", 55, "degC", "our assumption: supply of hot water"),
      one("temperature.cc", 7, "degC", "our assumption: supply of cooling"),
      one("temperature.collector", 85, "degC", "our assumption: collectors of the absorption chiller"),
    ]
    entries = all
    place = Dictionary(zip(all.map(\.name), all.indices), uniquingKeysWith: { first, _ in first })
  }
}
