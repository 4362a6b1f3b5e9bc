import TulouAccounts
public import TulouProject
import TulouQuantities

/// What can be recomputed of the Yanqing study: all of it, from its tables.
///
/// - Source: Yang, Zhang, Li, Sustainability 2019, 11(9), 2502.
public enum YanqingArithmetic {
  /// Every row of `published.csv` by id, from the case of `Examples/yanqing/yanqing.yaml`.
  public static func values(of input: CarbonCase) -> [String: ComputedValue] {
    let account = CapabilityModel.account(input)
    var out: [String: ComputedValue] = [:]
    out["alpha"] = ComputedValue(account.factor, "coal rate x factor of standard coal")
    for row in account.rows {
      let id = "row.\(row.capability.rawValue)"
      out[id] = ComputedValue(row.amount / 1000, row.capability.formula)
      out[id + ".literal"] = ComputedValue(row.amount / 1000, row.capability.formula)
    }
    alternatives(account, &out)
    totals(input, account, &out)
    checks(input, account, &out)
    properties(input, account, &out)
    return out
  }

  private static func alternatives(_ account: CapabilityAccount, _ out: inout [String: ComputedValue]) {
    let names = [
      "row.load_shaping.load_factor": "load_rate: load_factor", "row.load_shaping.peak_share": "share of the peak load",
    ]
    for (id, name) in names {
      let other = account.alternatives.first { $0.name == name }
      out[id] = ComputedValue(other.map { $0.amount / 1000 }, other?.reading ?? "no such reading")
    }
  }

  private static func totals(
    _ input: CarbonCase, _ account: CapabilityAccount, _ out: inout [String: ComputedValue]
  ) {
    let rows = (account.publishedRows ?? .nan) / 1000
    out["total.rows"] = ComputedValue(rows, "sum of the six printed rows")
    out["total.printed"] = ComputedValue(rows, "the rows sum to this, not to the printed total")
    let renewables = (input.published["renewables"] ?? .nan) / 1000
    out["total.without_renewables"] = ComputedValue(rows - renewables, "rows 2 to 6")
    out["total.literal"] = ComputedValue(account.total / 1000, "our rows, formulas read literally")
    out["total.quoted"] = ComputedValue(
      account.quotedTotal.map { $0 / 1000 }, "our rows rounded as they are quoted, load shaping to 0.1 t")
    for capability in Capability.allCases {
      guard let printed = input.published[capability.rawValue] else { continue }
      out["share.\(capability.rawValue)"] = ComputedValue(100 * printed / 1000 / rows, "on the true sum")
    }
  }

  private static func checks(
    _ input: CarbonCase, _ account: CapabilityAccount, _ out: inout [String: ComputedValue]
  ) {
    func check(_ id: String, _ scale: Double = 1) -> ComputedValue {
      let found = account.checks.first { $0.id == id }
      return ComputedValue(found.map { $0.value * scale }, found?.message ?? "not found")
    }
    out["check.average"] = check("average_above_peak")
    out["check.load_factor"] = check("load_factor", 100)
    out["check.mileage"] = check("mileage")
    out["vehicle.gasoline"] = ComputedValue(account.vehicle.gasoline, "L f κ")
    out["vehicle.electricity"] = ComputedValue(account.vehicle.electricity, "L k / (1 - l) α")
    out["vehicle.net"] = ComputedValue(input.vehiclesAdded * account.vehicle.net / 1000, "added vehicles")
    var usual = input
    usual.vehicleDistance = 15_250
    let vehicle = CapabilityModel.account(usual).vehicle
    out["mileage.gasoline"] = ComputedValue(usual.vehiclesAdded * vehicle.gasoline / 1000, "ten times the distance")
    out["mileage.electricity"] = ComputedValue(
      usual.vehiclesAdded * vehicle.electricity / 1000, "ten times the distance")
  }

  private static func properties(
    _ input: CarbonCase, _ account: CapabilityAccount, _ out: inout [String: ComputedValue]
  ) {
    // The identity for numbers that have nothing to do with each other.
    var worst = 0.0
    for k in 1...50 {
      let n = Double(k)
      let base = FleetState(clean: 7 * n, thermal: 311 + n, consumption: 250 - n, emission: 290 + 3 * n, other: n)
      let target = FleetState(clean: 90 - n, thermal: 200 + 2 * n, consumption: 270, emission: 150 + n * n, other: 5)
      worst = max(worst, abs(EmissionDecomposition(from: base, to: target).residual))
    }
    out["identity"] = ComputedValue(worst, "greatest residual of 50 pairs", holds: worst < 1e-9)
    var bent = 0
    for parameter in CarbonParameter.all(of: input)
    where parameter.path != "vehicles.line_loss" && parameter.path != "load.maximum" {
      func total(_ factor: Double) -> Double {
        var changed = input
        parameter.set(&changed, parameter.value(input) * factor)
        return CapabilityModel.account(changed).total
      }
      if abs(total(0.5) + total(1.5) - 2 * total(1)) > 1e-9 * abs(account.total) { bent += 1 }
    }
    out["sensitivity.multilinear"] = ComputedValue(Double(bent), "parameters that are not linear", holds: bent == 0)
    let other = CapabilityModel.account(inOtherUnits(input)).total
    let difference = abs(other - account.total) / abs(account.total)
    out["units"] = ComputedValue(
      difference, "inputs said in GWh, MW, g/kWh and m", holds: difference < 1e-12)
  }

  /// The case with every input said in another unit and read again.
  private static func inOtherUnits(_ input: CarbonCase) -> CarbonCase {
    let units = [("GWh", 1e-6), ("MW", 1e-3), ("g/kWh", 1e3), ("m", 1e3), ("kWh/m", 1e-3), ("%", 1e2)]
    var changed = input
    for parameter in CarbonParameter.all(of: input) {
      for (unit, factor) in units {
        guard let quantity = Quantity.reading("\(parameter.value(input) * factor) \(unit)"),
          parameter.measure.takes(quantity.unit)
        else { continue }
        parameter.set(&changed, parameter.measure.value(quantity.number, in: quantity.unit))
        break
      }
    }
    return changed
  }
}
