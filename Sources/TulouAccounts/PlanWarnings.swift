import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// What a person should know about a plan, beyond its numbers.
struct PlanWarnings {
  let reading: Reading
  let accounts: Accounts
  /// Carriers that members exchange at no price.
  let unpriced: [String]

  func all() -> [Diagnostic] {
    bills + residual + objective + directions + limits + land + members
  }

  private func warning(_ message: String, advice: String = "", path: String = "") -> Diagnostic {
    Diagnostic(.warning, message, advice: advice, path: path)
  }

  private var bills: [Diagnostic] {
    accounts.bills.compactMap { bill in
      guard let difference = bill.difference, abs(difference) > 1e-6, let believed = bill.believed else { return nil }
      return warning(
        "The bill of '\(bill.market)' by the words of its tariff is \(text(bill.total)) \(accounts.currency), but the plan counts \(text(believed)): one of the two readings is wrong.",
        advice: "Accounts use the bill; do not rely on this plan, and report it with its file.",
        path: "markets.\(bill.market)")
    }
  }

  private var residual: [Diagnostic] {
    let worst = accounts.balance.residual
    let largest = reading.project.demands.reduce(1.0) { max($0, $1.power.max() ?? 0) }
    guard worst > 1e-6 * largest else { return [] }
    return [warning("The cluster balance does not close: greatest residual of an hour \(text(worst)) kW.")]
  }

  /// Cash and penalties of the accounts against what the solver minimised, where it minimised cost.
  private var objective: [Diagnostic] {
    let solution = reading.plan.solution
    guard reading.project.objective == .netPresentCost, solution.objective.isFinite, reading.stage.isEmpty,
      reading.project.stages.isEmpty, reading.project.limits.elasticPrice.isEmpty
    else { return [] }
    var penalties = 0.0
    for demand in reading.project.demands {
      for tier in demand.tiers {
        guard let price = tier.unservedCost else { continue }
        for j in reading.flows(demand.id, .unserved)
        where reading.plan.problem.flows[j].label.part == tier.name {
          penalties += reading.perYear(reading.plan.solution.flows[j]) * price
        }
      }
    }
    let annual = accounts.costs.reduce(0) { $0 + $1.annual }
    let believed = solution.objective / reading.plan.problem.years
    let difference = annual + penalties - believed
    guard abs(difference) > 1e-6 * max(abs(believed), 1) else { return [] }
    return [
      warning(
        "Cash and penalties are \(text(annual + penalties)) \(accounts.currency)/y, but the solver minimised \(text(believed)).",
        advice:
          "Costs that are paid once ('fixed') and falling tiers are counted by the linear model only with '--exact'.")
    ]
  }

  private var directions: [Diagnostic] {
    var list: [Diagnostic] = []
    for storage in accounts.storages where storage.simultaneousHours > 0 {
      list.append(
        warning(
          "'\(storage.id)' charges and discharges at once in \(text(storage.simultaneousHours)) hours a year.",
          path: "components.\(storage.id)"))
    }
    for market in reading.project.markets where !market.onlyAlone && market.metering == .net {
      let bought = reading.total(market.id, .purchase)
      let sold = reading.total(market.id, .sale)
      let hours = reading.perYear(zip(bought, sold).map { min($0, $1) > 0.1 ? 1 : 0 })
      if hours > 0 {
        list.append(
          warning(
            "'\(market.id)' buys and sells at once in \(text(hours)) hours a year although it is metered net.",
            path: "markets.\(market.id)"))
      }
    }
    return list
  }

  private var limits: [Diagnostic] {
    let limits = reading.project.limits
    var list: [Diagnostic] = []
    func end(_ key: String) -> String {
      limits.elasticPrice[key] == nil ? "." : ": that costs less with its penalty than to keep it."
    }
    func above(_ key: String, _ name: String, _ value: Double?, _ limit: Double?, _ unit: String) {
      guard let value, let limit, value > limit + 1e-5 * max(abs(limit), 1e-3) else { return }
      list.append(
        warning(
          "\(name) is \(text(value)) \(unit), above its limit of \(text(limit))\(end(key))", path: "limits.\(key)"))
    }
    if let least = limits.renewableFraction, let value = accounts.value("renewable_fraction"), value < least - 1e-5 {
      list.append(
        warning(
          "The renewable fraction is \(text(100 * value)) %, below its limit of \(text(100 * least)) %\(end("renewable_fraction"))",
          path: "limits.renewable_fraction"))
    }
    if let least = limits.renewableFractionWithStorage, let value = accounts.value("renewable_fraction_with_storage"),
      value < least - 1e-5
    {
      list.append(
        warning(
          "The renewable fraction with storage is \(text(100 * value)) %, below its limit of \(text(100 * least)) %.",
          path: "limits.renewable_fraction_with_storage"))
    }
    above("co2", "CO2", accounts.value("co2"), limits.co2.map { $0 / 1000 }, "t/y")
    for pollutant in Pollutant.all {
      above(
        Limits.key(pollutant), pollutant.name, accounts.pollutants[pollutant], limits.pollutants[pollutant], "kg/y")
    }
    above("outside_energy", "Energy from outside", accounts.value("p_n"), limits.outsideEnergy, "kWh/y")
    above("unserved_energy", "Unserved energy", accounts.value("unserved_energy"), limits.unservedEnergy, "of demand")
    above(
      "capacity_shortage", "Capacity shortage", accounts.value("capacity_shortage"), limits.capacityShortage,
      "of demand")
    above("land", "Land", accounts.land.total, limits.land, "m2")
    above("budget", "Capital", accounts.value("capital"), limits.budget, accounts.currency)
    return list
  }

  private var land: [Diagnostic] {
    accounts.land.violations.map {
      warning("'\($0.component)' stands in '\($0.zone)', which forbids it.", path: "limits.protected.\($0.zone)")
    }
  }

  private var members: [Diagnostic] {
    unpriced.map {
      warning(
        "Members exchange \($0) inside the cluster at no price, because no market gives one.",
        advice: "Its cost falls on who owns the plant.", path: "sharing.internal_price")
    }
  }

  /// A number with at most six significant digits.
  private func text(_ value: Double) -> String { shortText(value) }
}
