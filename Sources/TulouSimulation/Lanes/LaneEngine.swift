/// Simulates many designs of one system side by side: the scalar engine's rules, sixteen designs at a time, without an
/// allocation a design. The scalar engine is the specification; both agree to 1e-9 on every statistic.
///
/// Takes one AC bus, any number of sources, at most one generator without minimum run time, one storage (idealised or
/// kinetic), one grid and one waiting demand; strategies load following and cycle charging by `storageFirst`, and
/// self-consumption. `refusal` says what else a system has, which then goes to the scalar engine.
package struct LaneEngine: Sendable {
  private let tables: LaneTables
  private let generator: Generator?
  /// Output of each source per unit over the horizon [kWh].
  private let sourceTotals: [Double]
  private let demand: Double
  private let kernel: LaneKernel
  /// The last steps of the horizon, by which contents settle; nil: they are too few.
  private let settling: LaneTables?

  /// Why a system or strategy cannot be simulated in lanes; nil: it can.
  package static func refusal(_ problem: SimulationProblem, _ strategy: Strategy) -> String? {
    switch strategy {
    case .loadFollowing(.storageFirst), .cycleCharging(_, .storageFirst), .selfConsumption: break
    default: return "Only load following, cycle charging (storage first) and self-consumption run in lanes."
    }
    let onDC =
      problem.sources.contains { $0.bus == .dc } || problem.storages.contains { $0.bus == .dc }
      || problem.demands.contains { $0.bus == .dc } || problem.deferrables.contains { $0.bus == .dc }
    if onDC { return "The system has a DC bus." }
    if problem.generators.count > 1 { return "The system has more than one generator." }
    if problem.storages.count > 1 { return "The system has more than one storage." }
    if problem.storages.contains(where: { !$0.inflow.isEmpty }) { return "The system has a lake." }
    if problem.deferrables.count > 1 { return "The system has more than one deferrable demand." }
    if problem.deferrables.contains(where: {
      !$0.rooms.isEmpty || !$0.leasts.isEmpty || !$0.peaks.isEmpty || $0.efficiency != 1
    }) {
      return "A deferrable demand has a window or vehicles."
    }
    if let why = refusal(ofWaiting: problem) { return why }
    if problem.generators.contains(where: { $0.minimumRunSteps > 1 }) { return "A generator has a minimum run time." }
    return nil
  }

  /// Lanes know of waiting demand only that a tank runs empty. What grid and machines must bring before (`WaitingRule`) never
  /// differs from it where the grid alone can at any time bring what the tank gives, beside fixed demand and whatever is built.
  private static func refusal(ofWaiting problem: SimulationProblem) -> String? {
    guard let waiting = problem.deferrables.first else { return nil }
    let reason = "Demand waits that the grid alone cannot bring in every step."
    guard let grid = problem.grid else { return reason }
    for t in 0..<problem.steps {
      let load = problem.demands.reduce(0) { $0 + $1.power[t] }
      let limit = grid.available.isEmpty || grid.available[t] ? grid.buyLimit : 0
      if waiting.draw[t] > min(waiting.peak, limit - load) { return reason }
    }
    return nil
  }

  /// The engine, or nil where `refusal` gives a reason.
  package init?(_ problem: SimulationProblem, _ strategy: Strategy) {
    guard Self.refusal(problem, strategy) == nil else { return nil }
    let rule = problem.storages.first.map { StorageRule($0, stepHours: problem.stepHours) }
    let storage = problem.storages.first
    let waiting = problem.deferrables.first
    let load = (0..<problem.steps).map { t in problem.demands.reduce(0) { $0 + $1.power[t] } }
    let peak = load.max() ?? 0
    var setPoint = 0.0
    var cycles = false
    var keepsReserve = true
    switch strategy {
    case .cycleCharging(let point, _): (cycles, setPoint) = (true, point)
    case .selfConsumption: keepsReserve = false
    default: break
    }
    let sourceCount = max(2, problem.sources.count)
    let stride = LaneTables.head + 2 * sourceCount
    var steps = [Double](repeating: 0, count: stride * problem.steps)
    for t in 0..<problem.steps {
      let base = t * stride
      steps[base] = load[t]
      steps[base + 1] = problem.reserve.ofLoad * load[t] + problem.reserve.ofPeak * peak
      steps[base + 2] = waiting?.draw[t] ?? 0
      if let grid = problem.grid, grid.available.isEmpty || grid.available[t] {
        steps[base + 3] = grid.buyPrice[t]
        steps[base + 4] = grid.sellPrice[t]
        steps[base + 5] = grid.buyLimit
        steps[base + 6] = grid.sellLimit
      }
      for (i, source) in problem.sources.enumerated() {
        steps[base + LaneTables.head + i] = source.perUnit[t]
        steps[base + LaneTables.head + sourceCount + i] = source.perUnit[t] * source.reserve
      }
    }
    tables = LaneTables(
      steps: steps, stride: stride, stepCount: problem.steps, stepHours: problem.stepHours,
      sourceCount: sourceCount,
      minimumLoad: problem.generators.first?.minimumLoad ?? 0, chargeEfficiency: storage?.chargeEfficiency ?? 1,
      dischargeEfficiency: storage?.dischargeEfficiency ?? 1, retention: rule?.retention ?? 1,
      leastShare: storage?.leastShare ?? 0, startShare: storage?.startShare ?? 0,
      kinetic: rule?.kineticConstants ?? StorageRule.oneTank(stepHours: problem.stepHours), tank: waiting?.tank ?? 0,
      peak: waiting?.peak ?? 0,
      leastDeferrable: waiting.map { $0.minimumLoad * $0.peak } ?? 0,
      tankStart: waiting.map { $0.startShare * $0.tank } ?? 0, setPoint: setPoint, keepsReserve: keepsReserve)
    generator = problem.generators.first
    sourceTotals = problem.sources.map { $0.perUnit.reduce(0, +) * problem.stepHours }
    demand = load.reduce(0) { $0 + $1 * problem.stepHours }
    let hasReserve =
      problem.reserve.ofLoad > 0 || problem.reserve.ofPeak > 0 || problem.sources.contains { $0.reserve > 0 }
    let last = problem.settlingSteps?.count
    settling = last == nil ? nil : tables.last(last ?? 0)
    var isKinetic = false
    if case .kinetic? = storage?.model { isKinetic = true }
    if setPoint > 0 || hasReserve || sourceCount > 2 {
      kernel = cycles ? .everyCycling : .everyFollowing
    } else if isKinetic || waiting != nil {
      kernel = cycles ? .everyCycling : .kineticDeferrable
    } else if problem.grid != nil {
      kernel = cycles ? .gridCycling : .gridFollowing
    } else {
      kernel = cycles ? .islandCycling : .islandFollowing
    }
  }

  /// What source `index` could give over the horizon, per unit of its size [kWh].
  package func potential(_ index: Int) -> Double { sourceTotals[index] }

  /// Statistics of all `designs`.
  ///
  /// - Complexity: O(designs x steps x sources); no allocation a design. Results of a design do not depend on its
  ///   neighbours, so a search may cut the designs as it likes and run the parts side by side.
  package func run(_ designs: LaneDesigns) -> LaneStatistics { run(designs, tables) }

  /// Statistics of a horizon that repeats itself: contents begin as they end.
  ///
  /// The runs are those of `Simulation.runRepeating`, so that designs with more than one year that ends as it began come to the
  /// same. The tank of a waiting demand always repeats itself; a storage may begin with a given content instead.
  ///
  /// - Parameter storageRepeats: Whether the storage is to end where it began.
  package func runRepeating(_ designs: LaneDesigns, storageRepeats: Bool = true) -> LaneStatistics {
    var designs = designs
    if storageRepeats, let settling { designs.startContent = run(designs, settling).finalContent }
    var statistics = run(designs, tables)
    var start = designs.startContent ?? designs.storageEnergy.map { $0 * tables.startShare }
    var tank = [Double](repeating: tables.tankStart, count: designs.count)
    var moved = Array(start.indices)
    for runs in 1... {
      moved = moved.filter { design in
        storageRepeats && abs(statistics.finalContent[design] - start[design]) > 1e-12 * designs.storageEnergy[design]
          || abs(statistics.finalTank[design] - tank[design]) > 1e-12 * tables.tank
      }
      guard !moved.isEmpty, runs < Simulation.mostRuns else { break }
      for design in moved {
        if storageRepeats { start[design] = statistics.finalContent[design] }
        tank[design] = statistics.finalTank[design]
      }
      designs.startContent = start
      designs.startTank = tank
      statistics.replace(moved, by: run(designs.subset(moved), tables))
    }
    return statistics
  }

  private func run(_ designs: LaneDesigns, _ tables: LaneTables) -> LaneStatistics {
    precondition(designs.sources.count == sourceTotals.count, "one column a source")
    var result = LaneStatistics(count: designs.count, demand: demand)
    let blank = [Double](repeating: 0, count: (LaneRow.sources + tables.sourceCount) * laneCount)
    var arena = blank
    let order = order(of: designs)
    var first = 0
    while first < designs.count {
      let count = min(laneCount, designs.count - first)
      arena.replaceSubrange(0..., with: blank)
      for lane in 0..<laneCount {
        // Lanes beyond the last design repeat it.
        let design = order[first + min(lane, count - 1)]
        for i in sourceTotals.indices {
          arena[(LaneRow.sources + i) * laneCount + lane] = designs.sources[i][design]
        }
        arena[LaneRow.generator * laneCount + lane] = generator == nil ? 0 : designs.generator[design]
        arena[LaneRow.energy * laneCount + lane] = designs.storageEnergy[design]
        arena[LaneRow.content * laneCount + lane] =
          designs.startContent?[design] ?? designs.storageEnergy[design] * tables.startShare
        arena[LaneRow.tank * laneCount + lane] = designs.startTank?[design] ?? tables.tankStart
        arena[LaneRow.chargePower * laneCount + lane] = designs.chargePower[design]
        arena[LaneRow.dischargePower * laneCount + lane] = designs.dischargePower[design]
      }
      tables.steps.withUnsafeBufferPointer { series in
        arena.withUnsafeMutableBufferPointer { arena in
          if let series = series.baseAddress, let arena = arena.baseAddress { simulate(kernel, tables, series, arena) }
        }
      }
      write(arena, designs, order[first..<first + count], &result)
      first += count
    }
    return result
  }

  /// Designs with like output of the sources side by side: they lack power in the same hours, and the loop is shorter where
  /// all do. What a design gives does not depend on its neighbours.
  private func order(of designs: LaneDesigns) -> [Int] {
    guard designs.count > laneCount else { return Array(0..<designs.count) }
    var outputs = [Double](repeating: 0, count: designs.count)
    for (total, sizes) in zip(sourceTotals, designs.sources) {
      for i in outputs.indices { outputs[i] += total * sizes[i] }
    }
    return outputs.indices.sorted { (outputs[$0], $0) < (outputs[$1], $1) }
  }

  private func write(
    _ arena: [Double], _ designs: LaneDesigns, _ group: ArraySlice<Int>, _ result: inout LaneStatistics
  ) {
    let dt = tables.stepHours
    for (lane, i) in group.enumerated() {
      func sum(_ row: Int) -> Double { arena[row * laneCount + lane] }
      result.shed[i] = sum(LaneRow.shed) * dt
      result.shedMaximum[i] = sum(LaneRow.shedMaximum)
      result.shedHours[i] = sum(LaneRow.shedHours) * dt
      result.shedLongest[i] = sum(LaneRow.shedLongest) * dt
      result.generatorEnergy[i] = sum(LaneRow.generatorSum) * dt
      if arena[LaneRow.generator * laneCount + lane] > 0 {
        result.generatorHours[i] = sum(LaneRow.hours) * dt
        result.generatorStarts[i] = sum(LaneRow.starts)
      }
      if let generator {
        result.fuel[i] =
          generator.fuelIntercept * designs.generator[i] * result.generatorHours[i]
          + generator.fuelSlope * result.generatorEnergy[i]
      }
      result.charged[i] = sum(LaneRow.charged) * dt
      result.discharged[i] = sum(LaneRow.discharged) * dt
      result.finalContent[i] = sum(LaneRow.content)
      result.finalTank[i] = sum(LaneRow.tank)
      for source in sourceTotals.indices {
        result.sourcePotential[i] += sourceTotals[source] * designs.sources[source][i]
      }
      result.spilled[i] = sum(LaneRow.spilled) * dt
      result.spilledMaximum[i] = sum(LaneRow.spilledMaximum)
      result.bought[i] = sum(LaneRow.bought) * dt
      result.boughtMaximum[i] = sum(LaneRow.boughtMaximum)
      result.sold[i] = sum(LaneRow.sold) * dt
      result.purchaseCost[i] = sum(LaneRow.cost) * dt
      result.saleRevenue[i] = sum(LaneRow.revenue) * dt
      result.deferrableServed[i] = sum(LaneRow.served) * dt
      result.deferrableUnserved[i] = sum(LaneRow.unserved)
      // Without reserve and waiting demand the shortage is the demand that is shed.
      let shortage = kernel.countsShortage ? LaneRow.shortage : LaneRow.shed
      result.capacityShortage[i] = sum(shortage) * dt
    }
  }
}
