import TulouDocument
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
      reading.project.stages.isEmpty, reading.project.limits.prices.isEmpty
    else { return [] }
    var penalties = 0.0
    for demand in reading.project.demands {
      for tier in demand.tiers {
        guard let price = tier.unservedCost else { continue }
        for j in reading.flows(demand.id, .unserved)
        where reading.plan.problem.flows[j].label.part.name == tier.name {
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

  /// Limits against the indicators that they are on.
  private var limits: [Diagnostic] {
    let limits = reading.project.limits
    return limits.keys.compactMap { key in
      guard let limit = limits[key], let value = accounts.value(key.indicator).map({ $0 * key.perIndicator }),
        !key.allows(value, limit: limit, tolerance: 1e-5)
      else { return nil }
      let isElastic = limits.prices[key] != nil
      return warning(
        "\(key.words.prefix(1).uppercased())\(key.words.dropFirst()) is \(amount(value, key)), \(key.sense == .least ? "below" : "above") its limit of \(amount(limit, key))"
          + (isElastic ? ": that costs less with its penalty than to keep it." : "."), path: key.path)
    }
  }

  /// An amount of a limit as people read it.
  private func amount(_ value: Double, _ key: LimitKey) -> String {
    if key.quantity.isShare { return text(100 * value) + " %" }
    if key.quantity == .money { return text(value) + " " + accounts.currency }
    if key.quantity == .area || key.quantity == .volume { return text(value) + " " + key.quantity.unit }
    return text(value / key.quantity.step.size) + " " + key.quantity.step.name
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
  private func text(_ value: Double) -> String { shortNumber(value, digits: 6) }
}

extension BalanceBuilder {
  /// Whether a renewable fraction keeps its limit only as what stores and rings of lines lose counts as use, with the amount.
  var lossWarning: [Diagnostic] {
    let project = reading.project
    let scope = project.limits.renewableFractionOf
    guard let least = project.limits[.renewableFraction] else { return [] }
    let whole = renewableFraction(of: scope), strict = renewableFraction(of: scope, perUse: 1)
    guard let reached = whole.value, let without = strict.value, reached >= least - 1e-5, without < least - 1e-5 else {
      return []
    }
    return [
      Diagnostic(
        .warning,
        "The renewable fraction keeps its limit of \(shortNumber(100 * least, digits: 6)) % only as \(shortNumber(whole.use - strict.use, digits: 6)) kWh a year that stores and lines lose on the way count as use; without them it is \(shortNumber(100 * without, digits: 6)) %.",
        advice: "What stores lose counts up to as much as is used (rule M17). A higher limit leaves a margin.",
        path: "limits.renewable_fraction")
    ]
  }
}
