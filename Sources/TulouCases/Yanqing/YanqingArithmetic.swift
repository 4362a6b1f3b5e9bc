package import Tulou

/// What can be recomputed of the Yanqing study from its tables.
///
/// The numbered equations are not in our copy of the paper: the formulas are reconstructed from its symbols and headings.
///
/// - Source: Yang, Zhang, Li, "A Calculation Model for CO2 Emission Reduction of Energy Internet: A Case Study of
///   Yanqing", Sustainability 2019, 11(9), 2502.
package enum YanqingArithmetic {
  /// Every row that needs no plan, by id.
  ///
  /// - Parameter input: The case of `Papers/yanqing/project.yaml`; where the paper prints an input, `paper` rules.
  package static func values(of paper: PublishedCase, _ input: CarbonCase) -> [String: ComputedValue] {
    var out: [String: ComputedValue] = [:]
    let input = asPrinted(paper, input)
    let account = CapabilityModel.account(input)
    rows(paper, input, &out)
    readings(account, &out)
    totals(paper, &out)
    vehicles(input, account, &out)
    out["ours.total"] = ComputedValue(account.total / 1000, "every row by its reconstructed formula")
    return out
  }

  /// The case with the numbers of tables 1, 2 and 4 that `published.csv` holds.
  static func asPrinted(_ p: PublishedCase, _ input: CarbonCase) -> CarbonCase {
    var input = input
    input.coalRate = p["t1.rate"] / 1000
    input.coalFactor = p["t1.sigma"]
    input.renewablesBase = p["t1.base"] * 1000
    input.renewablesTarget = p["t1.target"] * 1000
    input.gasIncrease = p["t1.gas"] * 1000
    input.generation = p["t2.generation"] * 1e6
    input.microgridLossReduction = p["t2.loss"] / 100
    input.microgridPermeability = p["t2.permeability"] / 100
    input.vehiclesAdded = p["t4.vehicles"]
    input.vehicleDistance = p["t4.distance"]
    input.fuel = p["t4.fuel"] / 100
    input.fuelFactor = p["t4.kappa"]
    return input
  }

  private static func rows(_ p: PublishedCase, _ input: CarbonCase, _ out: inout [String: ComputedValue]) {
    // What is not printed is not put in: all of the change is taken as brought by the energy internet.
    var whole = input
    whole.renewablesAttributed = 1
    whole.gasAttributed = 1
    whole.gasNetFactor = 1
    for capability in Capability.allCases where p.row("row.\(capability.rawValue)") != nil {
      out["row.\(capability.rawValue)"] = ComputedValue(
        CapabilityModel.amount(capability, whole) / 1000, "reconstructed: \(capability.formula)")
    }
    for capability in [Capability.renewables, .gasPower] {
      out["needed.\(capability.rawValue)"] = ComputedValue(
        p["row.\(capability.rawValue)"] * 1000 / CapabilityModel.amount(capability, whole),
        "printed row / row with everything attributed")
    }
    out["alpha"] = ComputedValue(CapabilityModel.factor(input), "b σ")
  }

  private static func readings(_ account: CapabilityAccount, _ out: inout [String: ComputedValue]) {
    for (id, name) in [
      "ours.load_factor": "load_rate: load_factor", "ours.peak_share": "share of the peak load",
    ] {
      let other = account.alternatives.first { $0.name == name }
      out[id] = ComputedValue(other.map { $0.amount / 1000 }, other?.reading ?? "no such reading")
    }
  }

  private static func totals(_ p: PublishedCase, _ out: inout [String: ComputedValue]) {
    let printed = Capability.allCases.filter { p.row("row.\($0.rawValue)") != nil }
    func row(_ capability: Capability) -> Double { p["row.\(capability.rawValue)"] }
    let total = printed.reduce(0) { $0 + row($1) }
    out["total"] = ComputedValue(total, "sum of the six printed rows")
    out["total.without_renewables"] = ComputedValue(total - row(.renewables), "rows 2 to 6: the printed total")
    for capability in printed {
      out["share.\(capability.rawValue)"] = ComputedValue(
        100 * row(capability) / total, "of the sum of the printed rows")
    }
    let largest = printed.sorted { row($0) > row($1) }.prefix(2)
    out["ranking"] = ComputedValue(words: Set(largest.map(\.rawValue)), "the two largest printed rows")
  }

  private static func vehicles(
    _ input: CarbonCase, _ account: CapabilityAccount, _ out: inout [String: ComputedValue]
  ) {
    let mean = input.generation / 8760
    out["check.average"] = ComputedValue(mean / 1000, "generation / 8760 h")
    out["check.load_factor"] = ComputedValue(100 * mean / input.maximumLoad, "mean power / maximum load")
    out["vehicle.gasoline"] = ComputedValue(account.vehicle.gasoline, "L f κ")
    out["vehicle.electricity"] = ComputedValue(account.vehicle.electricity, "L k / (1 - l) α")
    out["vehicle.net"] = ComputedValue(input.vehiclesAdded * account.vehicle.net / 1000, "added vehicles")
    var usual = input
    usual.vehicleDistance *= 10
    let vehicle = CapabilityModel.account(usual).vehicle
    out["mileage.gasoline"] = ComputedValue(usual.vehiclesAdded * vehicle.gasoline / 1000, "15,250 km, which is usual")
    out["mileage.electricity"] = ComputedValue(
      usual.vehiclesAdded * vehicle.electricity / 1000, "15,250 km, which is usual")
  }
}
