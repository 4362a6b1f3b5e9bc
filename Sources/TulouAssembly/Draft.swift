package import TulouDocument
package import TulouProblem
package import TulouProject
package import TulouQuantities
import TulouTechnologies

/// The problem while it is being made, with what several files of this folder need to look up.
package struct Draft {
  package let project: Project
  package let money: MoneyFactors
  let objective: Objective
  package var problem: HourlyProblem

  // What flows are worth, by account.
  package var cash = LinearForm()
  package var penalties = LinearForm()
  package var emission = LinearForm()
  /// Energy of which nobody says what it emits [kWh].
  var withoutFactor = LinearForm()
  /// Pollutants other than CO2, in the order of `Pollutant.all`; empty: nothing emits any.
  var pollution: [LinearForm] = []
  package var outside = LinearForm()
  package var unserved = LinearForm()
  /// Exergy that enters and is used, where its ratio is sought.
  package var exergy: ExergyForms?
  /// Demand of all energy carriers over the horizon [kWh].
  package var demand = 0.0

  var notes: [Diagnostic] = []
  package var faults: [Diagnostic] = []
  var assumptions: [Assumption] = []
  var limitRows: [LimitRow] = []
  var derivedLimits: [Int: Double] = [:]
  var investment: [Int: Double] = [:]
  /// Existing plant that may retire, and the capacity that holds what is new beside it, by the capacity of the total.
  var retirable: [Retirable] = []
  var newCapacity: [Int: Int] = [:]
  /// Capital per unit of new capacity [money/unit], and whole numbers that say whether anything new is built.
  var capital: [Int: Double] = [:]
  var builtFlags: [BuiltFlag] = []
  /// The part of a capacity's fixed charge that is yearly operation.
  var yearlyCharge: [Int: Double] = [:]

  let steps: Int
  let stepHours: Double
  /// Row of each bus, by id.
  var rowOfBus: [String: Int] = [:]
  /// Carrier of each bus, by id.
  var carrierOfBus: [String: Carrier] = [:]
  /// Wanted at each bus so far (the right-hand side); buses are the first rows.
  var wanted: [Profile] = []
  /// Capacity index by component and part.
  var capacityOfSize: [String: [Size.Part: Int]] = [:]
  /// Flows that have no upper limit yet.
  var freeFlows: [Int] = []
  /// Peak of all that may be wanted at once [kW], a scale for limits that are not stated.
  let scale: PowerScale
  /// Where the terms of contracts that look beyond the hour stand.
  package var layouts: [MarketLayout] = []
  /// What each month comes to before its least bill, prices of year 1, of the market under way; empty where it has none.
  var minimumForms: [LinearForm] = []
  /// What sources, converters, storages and markets offer to the reserve, by bus.
  var reserveOffers: [String: ReserveOffers] = [:]
  /// Buses of which it matters what stands ready.
  let busesWithReadiness: Set<String>
  /// Purchase and sale flows by market id.
  var purchases: [String: [Int]] = [:]
  var sales: [String: Int] = [:]
  /// Flows of markets that are cut off at times.
  var cutFlows: [(flow: Int, outages: GridOutages)] = []
  /// Capacity that holds how deep the load curve falls; nil: nobody asked yet.
  var depth: Int?
  /// Conversion flow by component id, production flow likewise.
  var conversions: [String: Int] = [:]
  var productions: [String: Int] = [:]
  /// What policies take per kWh bought and pay per kWh sold, by market.
  var policyCost: [String: Profile] = [:], policyGain: [String: Profile] = [:]
  /// What subsidies with a cap pay.
  package var capitalCaps: [CapLayout] = []
  /// Stations with a lake, or below one, by component id.
  var lakes: [String: LakeFlows] = [:]
  /// What counts as use of converters whose output may be thrown away, once a scope.
  var countedUse: [EnergyScope: LinearForm] = [:]
  /// Unserved flows with their demand.
  var sheds: [(flow: Int, demand: Demand)] = []
  /// First step, key and hours of each calendar month of the horizon; made when first needed.
  private(set) var months: [CalendarMonth]?

  package init(project: Project, money: MoneyFactors, objective: Objective) {
    self.project = project
    self.money = money
    busesWithReadiness = project.busesWithReadiness
    self.objective = objective
    let horizon = project.horizon
    steps = horizon.steps
    stepHours = horizon.stepHours
    var weight = horizon.weights
    if money.weightFactor != 1 { for t in weight.indices { weight[t] *= money.weightFactor } }
    problem = HourlyProblem(
      steps: horizon.steps, stepHours: horizon.stepHours, weight: weight, blockStarts: horizon.periodStarts,
      years: money.years)
    scale = PowerScale(project)
  }

  /// Everything but the objective, in the order in which later parts need earlier ones.
  package mutating func fill() throws(ProjectFault) {
    try refuseNothing()
    addBuses()
    addSizes()
    for component in project.components { add(component) }
    joinLakes()
    for market in project.markets where !market.onlyAlone { add(market) }
    for demand in project.demands { add(demand) }
    addPolicies()
    addPollutants()
    addOpposedFlows()
    addSpill()
    addReserve()
    boundFreeFlows()
    addTariffs()
    cutOff()
    addExclusions()
    addHourCaps()
    addLimits()
    if hasErrors { throw ProjectFault(faults) }
  }

  /// Refuses a project of nothing, whose one bus is the one that a file need not name: shares, streams and tables can be asked of it, hours
  /// cannot.
  private func refuseNothing() throws(ProjectFault) {
    guard project.demands.isEmpty, project.components.isEmpty, project.markets.isEmpty else { return }
    throw ProjectFault([
      Diagnostic(
        .error,
        "The project has no demand, no component and no market, so there is nothing to plan or to run hour by hour.",
        advice: "Write 'demands' and what serves them; 'tulou shares' and 'tulou match' need neither.", path: "demands")
    ])
  }

  /// Whether something was found that cannot be put into rows.
  package var hasErrors: Bool { faults.contains { $0.severity == .error } }

  /// A balance row for each bus.
  mutating func addBuses() {
    let carriers = Dictionary(project.carriers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for bus in project.buses {
      rowOfBus[bus.id] = problem.rows.count
      carrierOfBus[bus.id] = carriers[bus.carrier]
      problem.rows.append(.balance(Label(bus.id, .balance, bus: bus.id), equals: .zero))
      wanted.append(.zero)
    }
  }

  /// Row of a bus; a project that is valid names only buses that it has.
  mutating func row(_ bus: String, for id: String) -> Int? {
    if let row = rowOfBus[bus] { return row }
    faults.append(Diagnostic(.error, "'\(id)' stands on bus '\(bus)', which the project does not have.", path: id))
    return nil
  }

  /// A series of the project as a profile.
  func profile(_ values: [Double]) -> Profile { Profile(values, steps: steps) }

  /// Adds a flow and its cost, and remembers when it still lacks a limit.
  @discardableResult
  mutating func add(_ flow: Flow, cash cost: Profile = .zero) -> Int {
    let j = problem.flows.count
    problem.flows.append(flow)
    if flow.upper.isEmpty { freeFlows.append(j) }
    if cost != .zero { cash.add(flow: j, cost) }
    return j
  }

  /// Sum over the horizon of `weight dt profile`.
  func sum(_ profile: Profile) -> Double {
    var total = 0.0
    switch profile {
    case .constant(let value): for w in problem.weight { total += w * value }
    case .series(let values): for t in 0..<steps { total += problem.weight[t] * values[t] }
    case .part(let part): for t in part.run { total += problem.weight[t] * part[t] }
    }
    return total * stepHours
  }

  /// Whether a carrier counts in energy (water and materials do not).
  func isEnergy(_ bus: String) -> Bool {
    guard let kind = carrierOfBus[bus]?.kind else { return false }
    return kind != .water && kind != .material
  }

  /// Whether a bus carries a fuel or hydrogen, which is used by converting it.
  func isFuel(_ bus: String) -> Bool {
    guard let kind = carrierOfBus[bus]?.kind else { return false }
    return kind == .fuel || kind == .hydrogen
  }

  /// The calendar months of the horizon.
  mutating func calendarMonths() -> [CalendarMonth] {
    if let months { return months }
    let made = CalendarMonth.all(of: project.horizon)
    months = made
    return made
  }

  /// The finished problem.
  package func finished() -> Assembled {
    var problem = problem
    for (row, value) in wanted.enumerated() {
      problem.rows[row].lower = value
      problem.rows[row].upper = value
    }
    var assembled = Assembled(
      project: project, problem: problem, objective: objective, cash: cash, penalties: penalties, emission: emission,
      pollution: pollution, outside: outside, unserved: unserved,
      renewable: renewableAccount(of: project.limits.renewableFractionOf), demand: demand, notes: notes,
      assumptions: assumptions,
      limitRows: limitRows, derivedLimits: derivedLimits, investment: investment,
      yearlyCharge: yearlyCharge, layouts: layouts, retirable: retirable, capital: capital, builtFlags: builtFlags)
    assembled.withoutFactor = withoutFactor
    assembled.foundLimits = freeFlows
    assembled.exergy = exergy
    assembled.capitalCaps = capitalCaps
    return assembled
  }
}

/// A calendar month of the horizon.
package struct CalendarMonth: Sendable, Equatable {
  /// `2027-01`.
  var key: String
  /// Steps that lie in it; runs of consecutive steps, ascending.
  package var runs: [Range<Int>]
  /// Share of the month that the horizon stands for, weights included; 1 for a whole month.
  package var share: Double

  /// One where a step lies in the month, zero elsewhere.
  func mask(steps: Int) -> [Double] {
    var mask = [Double](repeating: 0, count: steps)
    for run in runs { for t in run { mask[t] = 1 } }
    return mask
  }

  /// The months that hold a step, in order of time, by the clock on the wall.
  package static func all(of horizon: Horizon) -> [CalendarMonth] {
    horizon.civilMonths.map { CalendarMonth(key: $0.key, runs: $0.runs, share: $0.share) }
  }
}
