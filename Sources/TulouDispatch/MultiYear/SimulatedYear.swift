import TulouAccounts
import TulouAssembly
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// A year simulated: what it costs apart from plant, and what it wears.
struct SimulatedYear: Sendable {
  let year: Int
  /// Ages and wear with which it began.
  let state: PlantPath
  /// Rows of the year's operation, at the end of year 1.
  let operation: [CashFlowRow]
  /// Wear of one year by component.
  let wear: [String: YearlyWear]
  /// Plant with which the first year begins; empty in later years.
  let lots: [PlantLot]
  /// Capital of the first year; empty in later years.
  let capital: [CashFlowRow]
  let demand: Double
  let unserved: Double
  let penalties: Double
  /// Limits on what is served.
  let limits: [MeasuredLimit]
  let bought: Double
  let fuel: Double
  let sources: Double
  let renewableFraction: Double?
  let contents: [(id: String, left: Double)]

  init(
    _ year: Int, _ state: PlantPath, contents: [(id: String, left: Double)], _ system: SimulatedSystem,
    _ dispatch: RuleDispatch
  ) {
    self.year = year
    self.state = state
    self.contents = contents
    let assembled = system.assembled
    let plan = SimulatedPlan.plan(system, dispatch)
    let accounts = Accounts.ofDesign(project: assembled.project, plan: plan)
    operation = YearRun.operation(accounts)
    wear = system.wear(dispatch)
    lots = year == 1 ? SimulatedYear.lots(assembled, wear) : []
    capital = year == 1 ? accounts.cashFlow.filter { $0.kind == .capital } : []
    let weight = plan.problem.weight
    demand = assembled.demand / plan.problem.years
    penalties =
      plan.problem.value(
        of: assembled.penalties, flows: plan.solution.flows, contents: plan.solution.contents,
        capacities: plan.solution.capacities
      ).sum / plan.problem.years
    limits = DesignLimits(
      project: assembled.project, accounts: accounts, plan: plan, demand: assembled.demand
    ).measured().filter {
      SimulatedYear.limitsOfService.contains($0.key)
    }
    unserved = accounts.value("unserved") ?? 0
    bought = accounts.value("bought") ?? 0
    fuel = system.generators.reduce(0) { $0 + $1.fuelUsed(plan) } / plan.problem.years
    sources =
      system.sources.reduce(0) { sum, part in
        let output = plan.solution.flows[part.flow]
        return sum + output.indices.reduce(0) { $0 + output[$1] * weight[$1] }
      } * plan.problem.stepHours / plan.problem.years
    renewableFraction = accounts.value("renewable_fraction")
  }

  /// Limits that every year has to keep: what is not served in one year is not made up for by another.
  static let limitsOfService: Set<String> = [
    LimitKey.unservedEnergy.name, LimitKey.unservedHours.name, LimitKey.capacityShortage.name, DesignLimits.forbidden,
    DesignLimits.reserve,
  ]

  /// Plant that stands at the begin: what is new, and what existed.
  ///
  /// What existed has been used until now as in this year, as long as it stands; its content is stated as it is now.
  private static func lots(_ assembled: Assembled, _ wear: [String: YearlyWear]) -> [PlantLot] {
    let project = assembled.project
    var totals: [String: Double] = [:]
    for (name, place) in assembled.sizeNames() {
      totals[name] = assembled.problem.capacities[place.capacity].lower * place.perUnit
    }
    func total(_ component: Component, _ size: Size) -> (total: Double, existing: Double) {
      var owner = component
      var own = size
      if let other = size.sharedWith {
        guard let found = project.components.first(where: { $0.id == other }),
          let first = found.sizes.first(where: { $0.part == size.part }) ?? found.sizes.first
        else { return (0, 0) }
        (owner, own) = (found, first)
      }
      let total = totals[own.part.name(of: owner.id)] ?? totals[owner.id] ?? 0
      return (total, own.existing)
    }
    var lots: [PlantLot] = []
    for component in project.components {
      for size in component.sizes {
        let (total, existing) = total(component, size)
        let cost = size.cost
        var rate = wear[component.id] ?? YearlyWear()
        if !component.wearsByUse(size) { rate = YearlyWear() }
        rate.fade = 0
        func lot(_ amount: Double, age: Double, share: Double = 1) -> PlantLot {
          PlantLot(
            id: component.id, member: component.member ?? "", part: size.part, amount: amount,
            replacementCost: amount * cost.replacement + share * cost.fixedReplacement, life: cost.life,
            installed: -age,
            wear: YearlyWear(hours: rate.hours * age, throughput: rate.throughput * age))
        }
        if total - existing > 1e-6 { lots.append(lot(total - existing, age: 0)) }
        if size.sharedWith == nil, size.existing > 0 {
          // What is older than its life, or worn out by now, is replaced at the start (rule M21).
          let kept = size.mayRetire ? min(size.existing, total) : size.existing
          let age = age(of: size, firstYear: project.firstYear)
          if kept > 1e-6 { lots.append(lot(kept, age: age, share: kept / size.existing)) }
        }
      }
    }
    return lots
  }
}
