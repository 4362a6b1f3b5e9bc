import TulouAssembly
package import TulouDocument
import TulouProblem
import TulouProject
import TulouSimulation
import TulouTechnologies

/// Designs many at a time in lanes, each run until its year repeats itself. Money and limits come from sums over the year;
/// `LaneExactness` lets only such systems in for which that says all.
package struct LaneEvaluator: Sendable {
  let forms: LaneForms
  private let engine: LaneEngine
  private let system: SimulatedSystem
  /// Forms with one number a flow, as lists.
  private let sums: [Form]
  private let prices: (bought: Double, sold: Double)
  /// Cost of a kWh that is not served; nil: it may not be shed.
  private let shedPrice: Double?
  private let flowOfShed: Int?
  private let flowOfService: Int?
  private let flowOfReserve: Int?

  private struct Form: Sendable {
    var flows: [(flow: Int, coefficient: Double)]
    var capacities: [(capacity: Int, coefficient: Double)]
    var constant: Double
  }

  /// The evaluator, or why lanes cannot take the system.
  package static func make(
    _ forms: LaneForms, _ strategy: DispatchStrategy, cheapest: Bool
  ) throws(ProjectFault) -> (evaluator: LaneEvaluator?, reasons: [String]) {
    var probe = forms.assembled
    // Sizes above zero, so that every part is there.
    for side in forms.sides { probe.problem.capacities[side.capacity].lower = side.probe }
    let system = try SystemReader.system(of: probe)
    guard let (rule, _) = system.rule(strategy, cheapest: cheapest) else {
      return (nil, ["'\(strategy.name)' looks ahead, which no rule does."])
    }
    let reasons = LaneExactness(forms: forms, system: system, rule: rule).reasons()
    guard reasons.isEmpty else { return (nil, reasons) }
    return (LaneEvaluator(forms, system, rule), [])
  }

  private init?(_ forms: LaneForms, _ system: SimulatedSystem, _ rule: Strategy) {
    var problem = system.problem
    let assembled = forms.assembled
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
    self.forms = forms
    self.system = system
    func first(_ profile: Profile) -> Double {
      switch profile {
      case .constant(let value): value
      case .series(let values): values.first ?? 0
      case .part(let part): part[0]
      }
    }
    sums = forms.forms.map { form in
      Form(
        flows: form.flows.sorted { $0.key < $1.key }.map { ($0.key, first($0.value)) },
        capacities: form.capacities.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, constant: form.constant)
    }
    // Of prices any value will do: what they come to is put in their place.
    prices = (
      system.purchases.first.flatMap { assembled.cash.flows[$0] }.map(first) ?? 0,
      system.sale.flatMap { assembled.cash.flows[$0] }.map(first) ?? 0
    )
    let flows = assembled.problem.flows
    let waiting = system.waiting.first.map { system.project.demands[$0] }
    shedPrice = system.demands.first?.price ?? waiting?.shedParts.first?.price
    // All that is shed has one price and one place in every limit, so one flow stands for it.
    flowOfShed = flows.firstIndex { $0.label.role == .unserved }
    flowOfService = waiting.flatMap { demand in
      flows.firstIndex { $0.label == Label(demand.id, .serve, bus: demand.bus) }
    }
    flowOfReserve = flows.firstIndex { $0.label.role == .reserveShortage }
  }

  /// A batch of designs.
  package func candidates(_ designs: [[Double]]) -> [SearchCandidate] {
    let totals = designs.map(forms.capacities)
    let problem = forms.assembled.problem
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
    let repeats = storage?.isCyclic == true
    let statistics =
      repeats || !system.waiting.isEmpty ? engine.runRepeating(lanes, storageRepeats: repeats) : engine.run(lanes)
    return designs.indices.map { candidate($0, designs[$0], totals[$0], statistics) }
  }

  private func candidate(
    _ i: Int, _ x: [Double], _ totals: [Double], _ s: LaneStatistics
  ) -> SearchCandidate {
    var flows = [Double](repeating: 0, count: forms.assembled.problem.flows.count)
    // Where single sources matter there is but one, or none may give less; else any share of what is thrown away will do.
    let used = s.sourcePotential[i] > 0 ? max(0, 1 - s.spilled[i] / s.sourcePotential[i]) : 0
    for (n, part) in system.sources.enumerated() {
      let potential = engine.potential(n) * (part.capacity.map { totals[$0] } ?? 1)
      flows[part.flow] = part.mustTake ? potential : potential * used
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
    if let j = flowOfShed { flows[j] = unserved }
    let reserveShort = max(0, s.capacityShortage[i] - s.shed[i])
    if let j = flowOfReserve { flows[j] = reserveShort }
    var values = self.sums.map { form in
      var sum = form.constant
      for (j, coefficient) in form.flows { sum += coefficient * flows[j] }
      for (k, coefficient) in form.capacities { sum += coefficient * totals[k] }
      return sum
    }
    // Purchase and sale at their prices hour by hour.
    values[0] += s.purchaseCost[i] - prices.bought * s.bought[i] - s.saleRevenue[i] - prices.sold * s.sold[i]
    var sums = LaneForms.Sums(values: values)
    sums.unserved = unserved
    sums.reserveShort = reserveShort
    if let shedPrice { sums.penalties = unserved * shedPrice } else { sums.forbidden = unserved }
    sums.renewable = system.sources.reduce(0) { $0 + flows[$1.flow] }
    sums.discharged = s.discharged[i]
    if forms.mayWear { sums.wear = wear(s, i, totals) }
    return forms.candidate(x, capacities: totals, sums)
  }

  /// What the year wears of the one generator and the one storage.
  private func wear(_ s: LaneStatistics, _ i: Int, _ totals: [Double]) -> [String: YearlyWear] {
    let problem = forms.assembled.problem
    var found: [String: YearlyWear] = [:]
    if let part = system.generators.first, case .converter(let block) = system.project.components[part.component].block,
      let life = block.lifeHours
    {
      found[system.project.components[part.component].id] = YearlyWear(
        hours: s.generatorHours[i] / problem.years / life)
    }
    if let part = system.storages.first, case .storage(let block) = system.project.components[part.component].block,
      let full = problem.states[part.state].upper?.value(at: 0, capacities: totals), full > 0
    {
      var wear = YearlyWear()
      if let cycles = block.cycleLife {
        wear.throughput = s.discharged[i] / block.dischargeEfficiency / problem.years / (cycles * full)
      }
      if let law = block.fade, law.end < 1 { wear.fade = law.perYear / (1 - law.end) }
      found[system.project.components[part.component].id] = wear
    }
    return found
  }
}
