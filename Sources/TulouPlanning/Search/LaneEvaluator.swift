import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// Designs many at a time in lanes, twice through the year so that it repeats itself. Money and limits come from sums.
///
/// Exact where every coefficient that counts is one number, or is the price that the lanes carry; else the mean
/// coefficient stands for its series, and the rows that are shown are simulated again hour by hour.
struct LaneEvaluator: Sendable {
  let builder: CandidateBuilder
  private let engine: LaneEngine
  private let system: SimulatedSystem
  private let shedPrices: [(share: Double, price: Double?)]
  /// `builder.forms` with one number a flow, as lists.
  private let forms: [Form]
  private let prices: (bought: Double, sold: Double)
  private let fuelExergy: Double
  private let flowOfShed: [Int?]
  private let flowOfService: Int?
  private let flowOfReserve: Int?

  private struct Form: Sendable {
    var flows: [(flow: Int, coefficient: Double)]
    var capacities: [(capacity: Int, coefficient: Double)]
    var constant: Double
  }

  /// The evaluator, or why lanes cannot take the system.
  static func make(
    _ builder: CandidateBuilder, _ strategy: DispatchStrategy, cheapest: Bool
  ) throws(ProjectFault) -> (LaneEvaluator?, String) {
    let assembled = builder.assembled
    var probe = assembled
    // Sizes above nought, so that every part is there.
    for side in builder.sides { probe.problem.capacities[side.capacity].lower = max(side.upper, 1e-9) }
    let system = try SystemReader.system(of: probe)
    guard let (rule, _) = system.rule(strategy, cheapest: cheapest) else { return (nil, "the strategy is no rule") }
    if let refusal = LaneEngine.refusal(system.problem, rule) { return (nil, refusal) }
    if system.blocks.count > 1 || assembled.problem.weight.contains(where: { $0 != 1 }) {
      return (nil, "The horizon has periods or weights.")
    }
    if let market = system.market, system.project.markets[market].looksBeyondTheHour {
      return (nil, "The tariff looks at more than the hour: at months, peaks or tiers.")
    }
    if system.generators.contains(where: { $0.unit != nil }) { return (nil, "A generator comes in units.") }
    if system.project.components.contains(where: { component in
      if case .converter(let block) = component.block { return block.startCost > 0 }
      return false
    }) {
      return (nil, "Starts are paid for.")
    }
    if system.storages.contains(where: { part in
      guard case .storage(let block) = system.project.components[part.component].block else { return false }
      return block.fade.map { $0.perCycle > 0 } ?? false
    }) {
      return (nil, "A storage wears by the depth of its cycles.")
    }
    let sized = Set(builder.sides.map(\.capacity))
    for part in system.sources where part.capacity == nil {
      // What nature gives is cut at the rating; only a fixed rating is a series of its own.
      let uses = assembled.problem.flows[part.flow].upper.contains { bound in
        if case .one(let k)? = bound.capacity { return sized.contains(k) }
        return false
      }
      if uses { return (nil, "A source is limited by nature and by a free size.") }
    }
    return (LaneEvaluator(builder, system, rule), "")
  }

  private init?(_ builder: CandidateBuilder, _ system: SimulatedSystem, _ rule: Strategy) {
    var problem = system.problem
    let assembled = builder.assembled
    // Lanes carry what a kWh costs over the lifetime, so that their sums are money.
    if var grid = problem.grid {
      func price(_ flow: Int?, _ sign: Double) -> [Double] {
        guard let flow, let profile = assembled.cash.flows[flow] else {
          return [Double](repeating: 0, count: problem.steps)
        }
        return profile.expanded(problem.steps).map { $0 * sign }
      }
      grid.buyPrice = price(system.purchases.first, 1)
      grid.sellPrice = price(system.sale, -1)
      problem.grid = grid
    }
    guard let engine = LaneEngine(problem, rule) else { return nil }
    self.engine = engine
    self.builder = builder
    self.system = system
    fuelExergy = system.generators.first.map(system.exergyFactor) ?? 1
    shedPrices = system.demands.map { part in
      let demand = system.project.demands[part.demand]
      let energy = Profile(demand.power, steps: problem.steps).expanded(problem.steps).reduce(0, +)
      return (
        energy * part.share * problem.stepHours,
        demand.tiers.first { $0.name == part.tier }?.unservedCost
      )
    }
    func mean(_ profile: Profile) -> Double {
      switch profile {
      case .constant(let value): value
      case .series(let values): values.reduce(0, +) / Double(max(1, values.count))
      }
    }
    forms = builder.forms.map { form in
      Form(
        flows: form.flows.sorted { $0.key < $1.key }.map { ($0.key, mean($0.value)) },
        capacities: form.capacities.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, constant: form.constant)
    }
    prices = (
      system.purchases.first.flatMap { assembled.cash.flows[$0] }.map(mean) ?? 0,
      system.sale.flatMap { assembled.cash.flows[$0] }.map(mean) ?? 0
    )
    let flows = assembled.problem.flows
    flowOfShed = system.demands.map { part in
      let demand = system.project.demands[part.demand]
      let label = Label(demand.id, .unserved, part: part.tier, bus: demand.bus)
      return flows.firstIndex { $0.label == label }
    }
    flowOfService = system.waiting.first.flatMap { d in
      let demand = system.project.demands[d]
      return flows.firstIndex { $0.label == Label(demand.id, .serve, bus: demand.bus) }
    }
    flowOfReserve = flows.firstIndex { $0.label.role == .reserveShortage }
  }

  /// A batch of designs.
  func candidates(_ designs: [[Double]]) -> [SearchCandidate] {
    let totals = designs.map(builder.capacities)
    let problem = builder.assembled.problem
    func column(_ value: ([Double]) -> Double) -> [Double] { totals.map(value) }
    func most(_ flow: Int, _ totals: [Double]) -> Double {
      problem.flows[flow].upper.reduce(.infinity) { min($0, $1.value(at: 0, capacities: totals)) }
    }
    let storage = system.storages.first
    let generator = system.generators.first
    let lanes = LaneDesigns(
      sources: system.sources.map { part in column { totals in part.capacity.map { totals[$0] } ?? 1 } },
      generator: column { totals in generator.map { totals[$0.capacity] * $0.output } ?? 0 },
      storageEnergy: column { totals in
        storage.flatMap { problem.states[$0.state].upper?.value(at: 0, capacities: totals) } ?? 0
      },
      chargePower: column { totals in storage?.charge.map { most($0, totals) } ?? 0 },
      dischargePower: column { totals in storage.map { most($0.discharge, totals) } ?? 0 })
    let statistics = storage?.isCyclic == true ? engine.runRepeating(lanes) : engine.run(lanes)
    return designs.indices.map { candidate($0, designs[$0], totals[$0], statistics) }
  }

  private func candidate(
    _ i: Int, _ x: [Double], _ totals: [Double], _ s: LaneStatistics
  ) -> SearchCandidate {
    let assembled = builder.assembled
    var flows = [Double](repeating: 0, count: assembled.problem.flows.count)
    let used = s.sourcePotential[i] > 0 ? max(0, 1 - s.spilled[i] / s.sourcePotential[i]) : 0
    for (n, part) in system.sources.enumerated() {
      let size = part.capacity.map { totals[$0] } ?? 1
      // What is thrown away is shared out alike.
      flows[part.flow] = engine.potential(n) * size * used
    }
    if let part = system.generators.first {
      flows[part.flow] = s.generatorEnergy[i] / part.output
      if let online = part.online { flows[online] = s.generatorHours[i] * totals[part.capacity] }
      flows[part.fuelFlow] = s.fuel[i]
    }
    if let part = system.storages.first {
      if let charge = part.charge { flows[charge] = s.charged[i] }
      flows[part.discharge] = s.discharged[i]
    }
    if let first = system.purchases.first { flows[first] = s.bought[i] }
    if let sale = system.sale { flows[sale] = s.sold[i] }
    if let j = flowOfService { flows[j] = s.deferrableServed[i] }
    let unserved = s.shed[i] + s.deferrableUnserved[i]
    var forbidden = s.deferrableUnserved[i]
    var penalties = 0.0
    var left = s.shed[i]
    // The cheapest tier first, as far as a year of it goes.
    for (n, part) in shedPrices.enumerated() where left > 0 {
      let cut = min(left, part.share)
      left -= cut
      if let price = part.price { penalties += cut * price } else { forbidden += cut }
      if let j = flowOfShed[n] { flows[j] += cut }
    }
    let short = max(0, s.capacityShortage[i] - s.shed[i])
    if short > 0, let j = flowOfReserve { flows[j] = short }
    var values = forms.map { form in
      var sum = form.constant
      for (j, coefficient) in form.flows { sum += coefficient * flows[j] }
      for (k, coefficient) in form.capacities { sum += coefficient * totals[k] }
      return sum
    }
    // Purchase and sale at their prices hour by hour.
    values[0] += s.purchaseCost[i] - prices.bought * s.bought[i] - s.saleRevenue[i] - prices.sold * s.sold[i]
    var sums = CandidateBuilder.Sums(flows: flows, values: values, penalties: penalties)
    sums.unserved = unserved
    sums.forbidden = forbidden
    sums.shortReserve = short
    sums.curtailed = s.spilled[i]
    sums.bought = s.bought[i]
    sums.sold = s.sold[i]
    sums.generated = s.generatorEnergy[i]
    sums.fuel = s.fuel[i]
    sums.fuelExergy = s.fuel[i] * fuelExergy
    sums.discharged = s.discharged[i]
    sums.renewable = s.sourcePotential[i] * used
    sums.generatorHours = s.generatorHours[i]
    sums.generatorStarts = s.generatorStarts[i]
    if builder.mayWear { sums.wear = wear(sums, totals) }
    return builder.candidate(x, capacities: totals, sums, isExact: false)
  }

  /// What the year wears of the one generator and the one storage.
  private func wear(_ sums: CandidateBuilder.Sums, _ totals: [Double]) -> [String: YearlyWear] {
    let problem = builder.assembled.problem
    var found: [String: YearlyWear] = [:]
    if let part = system.generators.first, case .converter(let block) = system.project.components[part.component].block,
      let life = block.lifeHours
    {
      found[system.project.components[part.component].id] = YearlyWear(
        hours: sums.generatorHours / problem.years / life)
    }
    if let part = system.storages.first, case .storage(let block) = system.project.components[part.component].block,
      let full = problem.states[part.state].upper?.value(at: 0, capacities: totals), full > 0
    {
      var wear = YearlyWear()
      if let cycles = block.cycleLife {
        wear.throughput = sums.discharged / block.dischargeEfficiency / problem.years / (cycles * full)
      }
      if let law = block.fade, law.end < 1 { wear.fade = law.perYear / (1 - law.end) }
      found[system.project.components[part.component].id] = wear
    }
    return found
  }
}
