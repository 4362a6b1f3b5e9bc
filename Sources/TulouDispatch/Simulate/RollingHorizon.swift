import TulouAssembly
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouSolvers
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The strategy `optimal`: every so many hours the best dispatch of the coming hours is sought, and its first hours are
/// done, as far as the weather that comes allows.
struct RollingHorizon {
  private let system: SimulatedSystem
  private let solver: any Solver
  private let options: SimulateOptions
  private let windows: HourlyWindow
  private let horizon: Int
  private let stride: Int
  private let forecast: Forecast
  private let stateOfWaiting: [Int]
  private let stateOfStorage: [Int]
  private let stateCount: Int
  /// Flow of the windows by flow of the system's problem; -1: none.
  private let places: [Int]
  private let serveOfWaiting: [Int]
  /// Flow by which each waiting demand gives back; nil: it does not.
  private let backOfWaiting: [Int?]
  private let peakOfStep: [Int32]
  /// Flows of the windows by which demand at a bus is left unserved.
  private let unserved: [Int]
  /// Steps of the horizon that the window in hand looks at.
  private var windowSteps: [Int] = []
  /// Windows that had no plan: the rule of self-consumption filled their hours.
  private(set) var failures = 0

  /// - Parameters:
  ///   - relaxed: The problem of the same sizes in which any share of a machine may run.
  ///   - horizon: Hours that are looked ahead.
  ///   - stride: Hours that are done of each plan.
  ///   - knowledge: What is known of them.
  init(
    _ system: SimulatedSystem, windows relaxed: Assembled, horizon: Double, stride: Double,
    knowledge: DispatchStrategy.Knowledge,
    options: SimulateOptions, solver: any Solver
  ) {
    self.system = system
    self.solver = solver
    self.options = options
    let project = system.project
    forecast = Forecast(
      knowledge, stepHours: system.problem.stepHours, seed: options.seed,
      isWorkday: project.horizon.civilMoments.map { project.calendar.isWorkday($0.date) })
    let dt = system.problem.stepHours
    self.horizon = max(1, Int(saturating: min(1e6, (horizon / dt).rounded())))
    self.stride = min(self.horizon, max(1, Int(saturating: min(1e6, (stride / dt).rounded()))))
    let hourly = relaxed.problem
    windows = HourlyWindow(hourly, sizes: hourly.capacities.map(\.lower))
    let places = Dictionary(
      hourly.flows.enumerated().map { ($0.element.label, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let own = system.assembled.problem
    self.places = own.flows.map { places[$0.label] ?? -1 }
    let demands = system.waiting.map { system.assembled.project.demands[$0] }
    stateOfWaiting = demands.compactMap { demand in
      hourly.states.firstIndex { $0.label == Label(demand.id, .content) }
    }
    serveOfWaiting = demands.compactMap { places[Label($0.id, .serve, bus: $0.bus)] }
    backOfWaiting = demands.map { places[Label($0.id, .discharge, bus: $0.bus)] }
    stateOfStorage = system.storages.compactMap { part in
      hourly.states.firstIndex { $0.label == own.states[part.state].label }
    }
    stateCount = hourly.states.count
    unserved = hourly.flows.indices.filter {
      hourly.flows[$0].label.role == .unserved && !hourly.flows[$0].rowTerms.isEmpty
    }
    var peaks = [Int32](repeating: -1, count: hourly.steps)
    if let purchase = system.purchases.first, let first = places[own.flows[purchase].label] {
      for bound in hourly.flows[first].upper {
        if case .byStep(let indices)? = bound.capacity { peaks = indices }
      }
    }
    peakOfStep = peaks
  }

  /// The dispatch of all blocks; nil where the user stopped it.
  mutating func dispatch() -> RuleDispatch? {
    var whole: RuleDispatch?
    for block in system.blocks {
      guard let part = dispatch(block) else { return nil }
      if var sum = whole {
        sum.trace.append(part.trace)
        sum.apart = max(sum.apart, part.apart)
        sum.balanceResidual = max(sum.balanceResidual, part.balanceResidual)
        for g in part.starts.indices {
          sum.starts[g] += part.starts[g]
          sum.hours[g] += part.hours[g]
        }
        whole = sum
      } else {
        whole = part
      }
    }
    return whole
  }

  /// A block repeats itself: its last days run first, so that contents begin as they end.
  private mutating func dispatch(_ block: Range<Int>) -> RuleDispatch? {
    var problem = system.problem.part(block)
    for s in problem.storages.indices where system.storages[s].isCyclic {
      problem.storages[s].startShare = (1 + problem.storages[s].leastShare) / 2
    }
    let before = min(block.count, max(horizon, Int(saturating: 240 / problem.stepHours)))
    let settles = system.isCyclic.contains(true) || !problem.deferrables.isEmpty
    if settles, before < block.count {
      let range = (block.count - before)..<block.count
      guard let run = run(problem.part(range), block, offset: range.lowerBound) else { return nil }
      for s in problem.storages.indices where system.storages[s].isCyclic && problem.storages[s].energy > 0 {
        let share = run.contents[s] / problem.storages[s].energy
        problem.storages[s].startShare = min(1, max(problem.storages[s].leastShare, share))
      }
      for d in problem.deferrables.indices {
        problem.deferrables[d].startShare = run.tanks[d] / problem.deferrables[d].tank
      }
    }
    guard let run = run(problem, block, offset: 0) else { return nil }
    var apart = 0.0
    for s in problem.storages.indices where system.storages[s].isCyclic && problem.storages[s].energy > 0 {
      apart = max(apart, abs(run.contents[s] / problem.storages[s].energy - problem.storages[s].startShare))
    }
    let result = run.result()
    guard let trace = result.trace else { return nil }
    return RuleDispatch(
      trace: trace, strategy: options.strategy, apart: apart, balanceResidual: result.statistics.balanceResidual,
      starts: result.statistics.generators.map(\.starts), hours: result.statistics.generators.map(\.hours))
  }

  /// Passes the steps of `problem`, the first of which is step `offset` of the block.
  private mutating func run(_ problem: SimulationProblem, _ block: Range<Int>, offset: Int) -> SteppedSimulation? {
    var simulation = SteppedSimulation(problem)
    var peaks: [Int: Double] = [:]
    var plan: Solution?
    var first = 0
    for t in 0..<problem.steps {
      if t % stride == 0 {
        if options.plan.solve.isCancelled() { return nil }
        first = t
        plan = look(from: offset + t, in: block, simulation, peaks)
        let done = Double(t) / Double(problem.steps)
        options.plan.solve.progress(SolveProgress(iteration: Int(saturating: done * 100), objective: .nan, gap: .nan))
      }
      let wanted = plan.map { setpoints($0, t - first, problem) } ?? standstill(problem)
      simulation.step(t, wanted)
      let k = Int(peakOfStep[block.lowerBound + offset + t])
      if k >= 0 { peaks[k] = max(peaks[k] ?? 0, simulation.lastPurchase) }
    }
    return simulation
  }

  /// The best dispatch of the hours to come as they are foreseen; nil where there is none.
  private mutating func look(
    from t: Int, in block: Range<Int>, _ simulation: SteppedSimulation, _ peaks: [Int: Double]
  ) -> Solution? {
    let steps = (0..<min(horizon, block.count)).map { block.lowerBound + (t + $0) % block.count }
    windowSteps = steps
    var contents = [Double](repeating: 0, count: stateCount)
    for (s, state) in stateOfStorage.enumerated() { contents[state] = simulation.contents[s] }
    for (d, state) in stateOfWaiting.enumerated() { contents[state] = simulation.tanks[d] }
    let forecast = forecast
    var window = windows.window(
      steps, contents: contents, peaks: peaks,
      sources: { forecast.series($0, steps, in: block, stream: 1, followsPeople: false) },
      demand: { forecast.series($0, steps, in: block, stream: 2, followsPeople: true) })
    var solve = options.plan.solve
    // Fine enough for the patience of purchases to show.
    solve.tolerance = 1e-7
    solve.progress = { _ in }
    cutOff(&window, from: steps[0])
    let solution = solver.solve(window, options: solve)
    guard solution.hasPlan else {
      failures += 1
      return nil
    }
    return solution
  }

  /// A failure of the grid is seen when it is there, and believed to last as long as failures do in the mean.
  private func cutOff(_ window: inout HourlyProblem, from t: Int) {
    guard forecast.knowledge != .perfect, let m = system.market,
      let outages = system.project.markets[m].outages, outages.failed.indices.contains(t), outages.failed[t]
    else { return }
    let length = max(1, Int(saturating: (outages.meanHours / system.problem.stepHours).rounded()))
    let there = Profile.series((0..<window.steps).map { $0 < length ? 0 : 1 })
    for j in system.purchases + [system.sale].compactMap({ $0 }) where places[j] >= 0 {
      for b in window.flows[places[j]].upper.indices where window.flows[places[j]].upper[b].capacity == nil {
        window.flows[places[j]].upper[b].offset = window.flows[places[j]].upper[b].offset * there
      }
    }
  }

  /// Whether each storage serves what was not foreseen before it is bought: the plan's value of its content after step i
  /// is at most the purchase's cost.
  private func storageBeforeGrid(_ plan: Solution, _ i: Int, _ problem: SimulationProblem) -> [Bool] {
    guard let values = plan.multipliers?.states, let purchase = system.purchases.first, places[purchase] >= 0,
      let cost = windows.purchaseCost(places[purchase], at: windowSteps[i])
    else { return [] }
    return system.storages.indices.map { s in
      guard values.indices.contains(stateOfStorage[s]), values[stateOfStorage[s]].indices.contains(i) else {
        return false
      }
      let value = -values[stateOfStorage[s]][i] / windows.weight(windowSteps[i])
      return value / problem.storages[s].dischargeEfficiency <= cost * (1 + 1e-6) + 1e-12
    }
  }

  /// The plan's flows of step i of its window as set points.
  private func setpoints(_ plan: Solution, _ i: Int, _ problem: SimulationProblem) -> Setpoints {
    var wanted = standstill(problem)
    for (s, part) in system.storages.enumerated() {
      wanted.storages[s] = plan.flows[places[part.discharge]][i]
      if let charge = part.charge { wanted.storages[s] -= plan.flows[places[charge]][i] }
    }
    for part in system.generators {
      // As few machines as carry it, each alike.
      var left = plan.flows[places[part.flow]][i] * part.output
      let machines = part.machines.filter { problem.generators[$0].size > 0 }
      guard let g = machines.first else { continue }
      let size = problem.generators[g].size
      // Whole machines cannot do the small outputs of a plan without whole numbers; storages and others fill in.
      guard left > max(1e-6, 0.5 * problem.generators[g].minimumLoad) * size else { continue }
      let count = min(machines.count, max(1, Int(saturating: (left / size - 1e-6).rounded(.up))))
      left /= Double(count)
      for g in machines.prefix(count) { wanted.generators[g] = left }
    }
    for (d, serve) in serveOfWaiting.enumerated() {
      wanted.deferrables[d] = plan.flows[serve][i] - (backOfWaiting[d].map { plan.flows[$0][i] } ?? 0)
    }
    if let sale = system.sale { wanted.sold = plan.flows[places[sale]][i] }
    wanted.bought = system.purchases.reduce(0) { $0 + (places[$1] >= 0 ? plan.flows[places[$1]][i] : 0) }
    wanted.unserved = unserved.reduce(0) { $0 + plan.flows[$1][i] }
    let greatest = problem.demands.reduce(0) { $0 + ($1.power.max() ?? 0) }
    if wanted.unserved < Dust.share * greatest { wanted.unserved = 0 }
    wanted.storageBeforeGrid = storageBeforeGrid(plan, i, problem)
    return wanted
  }

  private func standstill(_ problem: SimulationProblem) -> Setpoints {
    Setpoints(
      storages: problem.storages.map { _ in 0 }, generators: problem.generators.map { _ in 0 },
      deferrables: problem.deferrables.map { _ in 0 }, sold: 0)
  }
}
