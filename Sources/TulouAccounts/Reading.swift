import TulouFinance
package import TulouProblem
import TulouProject
import TulouQuantities
package import TulouTechnologies

/// A plan read beside its project: what every flow puts into every bus, and sums over the horizon.
///
/// What a flow does at a bus is taken from the problem's balance rows, so that accounts see what was solved; what is
/// wanted, paid and emitted is taken from the project. The residual of the balance therefore checks one against the other.
struct Reading {
  /// What a flow puts into a bus, per unit of the flow.
  struct Touch {
    var bus: Int
    var coefficient: Profile
  }

  let project: Project
  let plan: Plan
  let steps: Int
  let dt: Double
  let weight: [Double]
  let years: Double
  /// Hours that the horizon stands for in a year [h/y].
  let hoursPerYear: Double
  let months: [BillingMonth]
  /// What bills of this horizon are computed with.
  let billCalculator: BillCalculator
  let monthOfStep: [Int]
  let stage: String
  /// By flow.
  let touches: [[Touch]]
  let flowsOf: [String: [Int]]
  let buses: [Bus]
  let busIndex: [String: Int]
  /// Carrier of each bus, an index into `project.carriers`.
  let carrierOfBus: [Int]
  /// Whether flows of each carrier are energies.
  let isEnergy: [Bool]
  let componentIndex: [String: Int]
  let marketIndex: [String: Int]
  let demandIndex: [String: Int]

  init(project given: Project, plan: Plan, stage: String = "") {
    // Constant demands become one value a step, longer ones are cut, so that sums need not ask.
    var project = given
    for d in project.demands.indices {
      let power = project.demands[d].power
      project.demands[d].power =
        power.count == 1
        ? [Double](repeating: power[0], count: plan.problem.steps) : Array(power.prefix(plan.problem.steps))
    }
    self.project = project
    self.plan = plan
    self.stage = stage
    let problem = plan.problem
    steps = problem.steps
    dt = problem.stepHours
    let same = project.horizon.steps == problem.steps
    weight = same ? project.horizon.weights : problem.weight
    years = same ? project.horizon.years : problem.years
    hoursPerYear = weight.reduce(0, +) * dt / max(years, 1e-300)
    billCalculator = BillCalculator(horizon: project.horizon, calendar: project.calendar)
    months = billCalculator.months
    var monthOf = [Int](repeating: 0, count: problem.steps)
    for (m, month) in months.enumerated() { for t in month.steps where t < problem.steps { monthOf[t] = m } }
    monthOfStep = monthOf
    func index(_ ids: [String]) -> [String: Int] {
      Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
    }
    buses = project.buses
    busIndex = index(project.buses.map(\.id))
    let carriers = index(project.carriers.map(\.id))
    carrierOfBus = project.buses.map { carriers[$0.carrier] ?? -1 }
    isEnergy = project.carriers.map { $0.kind != .water && $0.kind != .material }
    componentIndex = index(project.components.map(\.id))
    marketIndex = index(project.markets.map(\.id))
    demandIndex = index(project.demands.map(\.id))
    var ofId: [String: [Int]] = [:]
    var all: [[Touch]] = []
    for (j, flow) in problem.flows.enumerated() {
      var list: [Touch] = []
      if flow.label.stage == stage {
        ofId[flow.label.id, default: []].append(j)
        for term in flow.rowTerms {
          let label = problem.rows[term.row].label
          guard label.role == .balance, label.stage == stage, let bus = busIndex[label.id] else { continue }
          list.append(Touch(bus: bus, coefficient: term.coefficient))
        }
      }
      all.append(list)
    }
    touches = all
    flowsOf = ofId
  }

  /// Flows of an id in a role.
  func flows(_ id: String, _ role: Label.Role) -> [Int] {
    (flowsOf[id] ?? []).filter { plan.problem.flows[$0].label.role == role }
  }

  /// Sum of the flows of an id in a role, zero without any [kW].
  func total(_ id: String, _ role: Label.Role) -> [Double] {
    var sum = [Double](repeating: 0, count: steps)
    for j in flows(id, role) { sum.add(plan.solution.flows[j]) }
    return sum
  }

  /// What flow j puts into the bus of a touch [kW].
  func injected(_ j: Int, _ touch: Touch) -> [Double] {
    let x = plan.solution.flows[j]
    switch touch.coefficient {
    case .constant(let c): return c == 1 ? x : x.map { $0 * c }
    case .series(let c): return zip(x, c).map { $0 * $1 }
    case .part(let c): return x.indices.map { x[$0] * c[$0] }
    }
  }

  /// Sum over the horizon of a power [kWh]: `sum_t weight_t dt x_t`.
  func sum(_ series: [Double]) -> Double {
    var total = 0.0
    for t in series.indices { total += weight[t] * series[t] }
    return total * dt
  }

  /// Sum over the horizon of a product [e.g. money].
  func sum(_ series: [Double], times price: PathSeries) -> Double {
    guard price.values.count > 1 else { return price.values.first.map { sum(series) * $0 } ?? 0 }
    var total = 0.0
    for t in series.indices { total += weight[t] * series[t] * price.values[t] }
    return total * dt
  }

  /// Per year of the plan.
  func perYear(_ series: [Double]) -> Double { sum(series) / years }

  /// Sums by billing month [kWh].
  func byMonth(_ series: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: months.count)
    for t in series.indices { sums[monthOfStep[t]] += weight[t] * series[t] * dt }
    return sums
  }

  /// Total of a size in the plan, existing plant included.
  func capacity(_ component: Component, _ size: Size) -> Double {
    if let total = plan.capacity(Label(size: size.part, of: component.id, stage: stage)) { return max(0, total) }
    if case .fixed(let total) = size.choice { return total }
    return size.existing
  }

  /// What of a size stands, and what of it this component pays for: of a shared size the other component's.
  func sizing(_ component: Component, _ size: Size) -> Sizing {
    guard let other = size.sharedWith else { return own(component, size) }
    guard let c = componentIndex[other] else { return Sizing(total: 0, kept: 0) }
    let owner = project.components[c]
    return (owner.sizes.first { $0.part == size.part } ?? owner.sizes.first).map { own(owner, $0) }
      ?? Sizing(total: 0, kept: 0)
  }

  private func own(_ component: Component, _ size: Size) -> Sizing {
    let total = capacity(component, size)
    return Sizing(total: total, kept: size.kept(id: component.id, of: total, in: plan, stage: stage))
  }

  /// The carrier of a bus by id.
  func carrier(_ bus: String) -> Carrier? {
    guard let b = busIndex[bus], carrierOfBus[b] >= 0 else { return nil }
    return project.carriers[carrierOfBus[b]]
  }

  /// Whether an id's bus carries electricity.
  func isElectric(_ bus: String) -> Bool { carrier(bus)?.kind == .electricity }

  /// Member of an owner id that the project knows; anything else is the commons.
  func payer(_ member: String?) -> String { member ?? "" }
}

/// A size of a plan.
struct Sizing {
  /// All that stands.
  var total: Double
  /// Of it what stood before the project.
  var kept: Double
  /// Of it what is bought.
  var new: Double { Dust.cleaned(total - kept, scale: total) }
}

extension Size {
  /// How much of what stood before is kept by a plan in which `total` stands: all of it, unless it may retire.
  package func kept(id: String, of total: Double, in plan: Plan, stage: String = "") -> Double {
    guard mayRetire else { return existing }
    return max(0, min(existing, plan.capacity(Label(id, .auxiliary, part: keptLabel, stage: stage)) ?? total))
  }

  /// Part of the label of the capacity that says how much of what stood before is kept.
  package var keptLabel: Label.Part { .kept(.init(part)) }
}

extension [Double] {
  /// Adds another series of the same count.
  mutating func add(_ other: [Double]) {
    for t in indices { self[t] += other[t] }
  }
  /// Adds `factor` times another series of the same count.
  mutating func add(_ other: [Double], times factor: Double) {
    for t in indices { self[t] += factor * other[t] }
  }
}
