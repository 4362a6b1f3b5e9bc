import Tulou

/// A design of a stage with what it gives: one column of the comparison.
struct ShenzhenColumn: Sendable {
  /// `experimental`, `pilot`, `advanced`.
  var stage: String
  /// Whose sizes, in words.
  var design: String
  /// Purchase price [USD/kWh].
  var price: Double
  /// How the plan ended.
  var status: Solution.Status
  /// Sizes [MW]: wind, PV, gas, converter, pumped hydro; empty without a plan.
  var sizes: [String: Double] = [:]
  /// Energy in a year [GWh]: wind, PV, gas, grid, pumped hydro, sold, unserved, demand.
  var energy: [String: Double] = [:]
  /// Net present cost [MUSD].
  var npc = Double.nan
  /// Cost per served energy [USD/kWh].
  var coe = Double.nan
  /// Renewable fraction without and with storage output [-].
  var renewableFraction = Double.nan, renewableFractionWithStorage = Double.nan
  /// Emission [kt/y].
  var co2 = Double.nan
  /// Value and proven bound of what was minimised [MUSD/y].
  var value = Double.nan, bound = Double.nan
  /// Relative gap.
  var gap = Double.nan
  /// Remark.
  var remark = ""

  /// Sizes of the project in the order of table 7: our id, the paper's name.
  static let sizes = [
    ("wind", "wind"), ("panels", "pv"), ("turbines", "gas"), ("converter", "converter"), ("reservoirs", "psh"),
  ]

  /// Share of a source in the mix [%], as table 8 adds it up: output of the five, storage among them.
  func share(_ source: String) -> Double? {
    let total = ShenzhenArithmetic.sources.reduce(0) { $0 + (energy[$1] ?? 0) }
    return total > 0 ? energy[source].map { 100 * $0 / total } : nil
  }

  /// Share of the demand that is not served [%].
  var unserved: Double? {
    guard let missing = energy["unserved"], let demand = energy["demand"], demand > 0 else { return nil }
    return 100 * missing / demand
  }
}

extension ShenzhenColumn {
  /// What a study found; without a plan only how it ended.
  init(_ outcome: Outcome, _ accounts: Accounts?, stage: String, design: String, price: Double) {
    self.init(stage: stage, design: design, price: price, status: outcome.status)
    guard let plan = outcome.plan, let certificate = outcome.certificate, let accounts else {
      remark = outcome.warnings.map(\.message).joined(separator: " ")
      return
    }
    for (id, name) in Self.sizes {
      let capacity = plan.problem.capacities.firstIndex { $0.label.id == id && $0.label.role == .size }
      sizes[name] = (capacity.map { plan.solution.capacities[$0] } ?? 0) / 1000
    }
    energy = [
      "wind": plan.yearly("wind", .production), "pv": plan.yearly("panels", .production),
      "gas": plan.yearly("turbines", .conversion), "grid": plan.yearly("grid", .purchase),
      "psh": plan.yearly("reservoirs", .discharge), "sold": plan.yearly("grid", .sale),
      "unserved": accounts.reliability.unserved,
      "demand": outcome.project.demands.reduce(0) { $0 + plan.yearly($1.power) },
    ].mapValues { $0 / 1e6 }
    // What a solver leaves of zero is zero, by the rule of the house.
    for list in [\ShenzhenColumn.sizes, \.energy] {
      let largest = self[keyPath: list].values.max() ?? 0
      self[keyPath: list] = self[keyPath: list].mapValues { Dust.cleaned($0, scale: largest) }
    }
    npc = (accounts.value("net_present_cost") ?? .nan) / 1e6
    coe = accounts.value("cost_of_energy_served") ?? .nan
    renewableFraction = accounts.value("renewable_fraction") ?? .nan
    renewableFractionWithStorage = accounts.value("renewable_fraction_with_storage") ?? .nan
    co2 = (accounts.value("co2") ?? .nan) / 1e3
    value = certificate.value / 1e6
    bound = certificate.bound / 1e6
    gap = certificate.gap
    remark = certificate.solver + (certificate.message.isEmpty ? "" : ": " + certificate.message)
  }
}

extension Plan {
  /// Energy of a power a year [kWh/y].
  func yearly(_ power: [Double]) -> Double {
    zip(power, problem.weight).reduce(0) { $0 + $1.0 * $1.1 } * problem.stepHours / problem.years
  }

  /// Energy of all flows of an element in a role [kWh/y]; 0 where it has none.
  func yearly(_ id: String, _ role: Label.Role) -> Double { total(id, role).map(yearly) ?? 0 }
}
