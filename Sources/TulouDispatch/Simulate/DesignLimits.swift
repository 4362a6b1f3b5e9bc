import TulouAccounts
import TulouAssembly
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Everything that a project asks of a design, measured: the one definition of what is feasible, for `simulate` and for every
/// design of a search.
///
/// What is compared with a limit is the indicator that the accounts print, so a table never says that a design keeps a limit while
/// its own column says that it does not.
struct DesignLimits {
  /// Key of demand that may not be shed and is not served.
  static let forbidden = "unserved"
  /// Key of reserve that is asked of a bus and is not there.
  static let reserve = "reserve"
  /// What a sum may differ from a limit by: rounding [-, of the greater of limit, value and one unit].
  static let tolerance = 1e-9

  let project: Project
  let accounts: Accounts
  let plan: Plan
  /// Demand of energy over the horizon [kWh].
  let demand: Double

  /// All limits, in an order that depends on the project alone.
  func measured() -> [MeasuredLimit] {
    let limits = project.limits
    var found: [MeasuredLimit] = limits.keys.compactMap { key in
      guard let limit = limits[key] else { return nil }
      // An indicator without a value looks at what the project does not have: nothing of it is emitted, or wanted.
      let reached = accounts.value(key.indicator).map { $0 * key.perIndicator } ?? (key.sense == .least ? limit : 0)
      return MeasuredLimit(
        key.name, limit: limit, reached: reached, unit: key.quantity.unit(in: project.economy.currency),
        isLeast: key.sense == .least,
        isElastic: limits.prices[key] != nil)
    }
    func add(_ key: String, _ limit: Double, _ reached: Double, _ unit: String) {
      found.append(MeasuredLimit(key, limit: limit, reached: reached, unit: unit, isLeast: false))
    }
    // No limit on service lets go unserved what may not be shed (rule K16): limits count what is shed, tiers say what may be.
    add(DesignLimits.forbidden, 0, shareOfDemand(DesignLimits.unservedWithoutPrice(plan, project)), "1")
    if project.mayNotLackReserve { add(DesignLimits.reserve, 0, shareOfDemand(DesignLimits.reserveShort(plan)), "1") }
    for zone in limits.protectedZones {
      let built = accounts.land.violations.filter { $0.zone == zone.id }.reduce(0) { $0 + $1.capacity }
      add("protected." + zone.id, 0, built, "kW")
    }
    found += project.components.compactMap(hours)
    return found
  }

  /// Energy of a year as a share of the demand [-].
  private func shareOfDemand(_ energy: Double) -> Double {
    let yearly = demand / plan.problem.years
    return yearly > 1e-9 ? energy / yearly : 0
  }

  /// Reserve per year that is asked for and not there [kWh/y].
  static func reserveShort(_ plan: Plan) -> Double {
    var sum = 0.0
    for (j, flow) in plan.problem.flows.enumerated() where flow.label.role == .reserveShortage {
      let series = plan.solution.flows[j]
      for t in series.indices { sum += plan.problem.weight[t] * series[t] }
    }
    return sum * plan.problem.stepHours / plan.problem.years
  }

  /// Unserved energy per year that has no price [kWh/y].
  static func unservedWithoutPrice(_ plan: Plan, _ project: Project) -> Double {
    var sum = 0.0
    for (j, flow) in plan.problem.flows.enumerated() where flow.label.role == .unserved {
      let parts = project.demands.first { $0.id == flow.label.id }?.shedParts ?? []
      guard parts.first(where: { $0.tier == flow.label.part.name })?.price == nil else { continue }
      let series = plan.solution.flows[j]
      for t in series.indices { sum += plan.problem.weight[t] * series[t] }
    }
    return sum * plan.problem.stepHours / plan.problem.years
  }

  /// Content over power of a storage whose sizes are bound by a range of hours.
  private func hours(_ component: Component) -> MeasuredLimit? {
    guard case .storage(let storage) = component.block, case .hoursBetween(let low, let high) = storage.shape,
      let power = plan.capacity(Label(component.id, .size, part: .power)),
      let energy = plan.capacity(Label(component.id, .size, part: .energy))
    else { return nil }
    return MeasuredLimit(hoursOf: component.id, power: power, energy: energy, low: low, high: high)
  }
}

extension Project {
  /// Whether reserve is asked for and no limit says how much of it may be short: then none may, in a plan as under rules (rule M12).
  var mayNotLackReserve: Bool { !reliability.reserve.isEmpty && limits.capacityShortage == nil }
}

extension MeasuredLimit {
  /// A limit compared with what is reached; of sums that rounding alone keeps from a limit it holds.
  init(_ key: String, limit: Double, reached: Double, unit: String, isLeast: Bool, isElastic: Bool = false) {
    let tolerance = DesignLimits.tolerance * max(abs(limit), abs(reached), 1)
    self.init(
      key: key, limit: limit, reached: reached, unit: unit,
      holds: isLeast ? reached >= limit - tolerance : reached <= limit + tolerance, isElastic: isElastic)
  }

  /// The hours of a storage: `low` to `high`; content without power breaks the greater.
  init(hoursOf id: String, power: Double, energy: Double, low: Double, high: Double) {
    let hours = power > 0 ? energy / power : energy > 0 ? 1e9 : low
    let isShort = hours < low
    self.init(
      "hours of " + id, limit: isShort || !high.isFinite ? low : high, reached: hours, unit: "h",
      isLeast: isShort || !high.isFinite)
  }

  /// Whether it makes a design infeasible.
  var isBroken: Bool { !holds && !isElastic }

  /// What it is broken by, over the limit [-]; of a limit of zero over a thousandth (shares) or one unit. Rounded, so that
  /// designs that break it alike are told apart by their cost and not by the last digit.
  var violation: Double {
    guard isBroken else { return 0 }
    let scale = abs(limit) > 1e-12 ? abs(limit) : unit == "1" ? 1e-3 : 1
    let excess = min(1e9, abs(reached - limit) / scale)
    return max(1e-9, (excess * 1e9).rounded() / 1e9)
  }
}
