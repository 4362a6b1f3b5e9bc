/// The scalar engine: the specification of what the rules do, one step after another.
package enum Simulation {
  /// Whether every hour is kept.
  package enum Recording: Sendable { case statistics, everyHour }

  /// A year (or whatever the problem's steps are) under a strategy.
  ///
  /// - Parameters:
  ///   - problem: Without `faults()`.
  ///   - strategy: How it is run.
  ///   - recording: Whether the hours are kept beside the sums.
  /// - Complexity: O(steps x parts); with `.cheapest` x 2^generators.
  package static func run(
    _ problem: SimulationProblem, _ strategy: Strategy, recording: Recording = .statistics
  ) -> SimulationResult {
    var run = SimulationRun(problem, strategy, recording: recording)
    for t in 0..<problem.steps { run.step(t) }
    return run.result()
  }
}

/// A simulation under way: what is carried from step to step, and the step in hand.
struct SimulationRun {
  /// Powers below this count as nothing when a machine is started or an event counted [kW].
  static let nothing = 1e-9

  let problem: SimulationProblem
  let strategy: Strategy
  let rules: [StorageRule]
  let waiting: [WaitingRule]
  /// What is shed, cheapest first.
  let shedOrder: [ShedGroup]
  /// Sums over sources and demands by bus.
  let potential: (ac: [Double], dc: [Double])
  let wanted: (ac: [Double], dc: [Double])
  /// Spare power asked for in each step, by bus.
  let spare: (ac: [Double], dc: [Double])

  // Carried from step to step.
  var contents: [StorageRule.Content]
  var tanks: [Double]
  var isRunning: [Bool]
  var runStepsLeft: [Int]
  var isChargingToSetPoint = false
  var shedDuration = 0.0
  /// What was paid in the mean for the content of each storage [money/kWh].
  var paid: [Double]
  /// Who can give a further kWh, cheapest first; ranked anew in each step where the strategy compares costs.
  var offers: [Offer]

  // The step in hand.
  var t = 0
  var network = Network()
  var chargeLimit: [Double]
  var dischargeLimit: [Double]
  var storagePower: [Double]
  var generatorPower: [Double]
  var committed: [Bool]
  var deferrablePower: [Double]
  var forcedPower: [Double]
  /// What grid and machines are to bring to each waiting demand, what is forced included.
  var duePower: [Double]
  /// Whether waiting demand asks for more than grid and machines have left: then storages give to it, and cheaper demand goes short.
  var asksBeyondSpare = false
  /// What each waiting demand may give back.
  var givingLimit: [Double]
  /// What the charge of each storage costs in this step [money/h].
  var chargeCost: [Double]
  /// Surplus of sources on AC that nobody has taken yet [kW].
  var freeOnAC = 0.0
  var buyLimit = 0.0
  var sellLimit = 0.0
  var bought = 0.0
  var sold = 0.0
  var shortage = (ac: 0.0, dc: 0.0)
  var reason = Reason()

  var statistics: SimulationStatistics
  var trace: SimulationTrace?

  init(_ problem: SimulationProblem, _ strategy: Strategy, recording: Simulation.Recording) {
    self.problem = problem
    self.strategy = strategy
    rules = problem.storages.map { StorageRule($0, stepHours: problem.stepHours) }
    let G = problem.generators.count, S = problem.storages.count, D = problem.deferrables.count
    func sum<Part>(_ parts: [Part], _ series: (Part) -> [Double], _ factor: (Part) -> Double) -> [Double] {
      var total = [Double](repeating: 0, count: problem.steps)
      for part in parts {
        let values = series(part), scale = factor(part)
        for t in total.indices { total[t] += values[t] * scale }
      }
      return total
    }
    let spareOfSources = SimulationProblem.Bus.allCases.map { bus in
      sum(problem.sources.filter { $0.bus == bus && $0.reserve > 0 }, \.perUnit) { $0.size * $0.reserve }
    }
    func sources(_ bus: SimulationProblem.Bus) -> [Double] {
      sum(problem.sources.filter { $0.bus == bus }, \.perUnit, \.size)
    }
    func demands(_ bus: SimulationProblem.Bus) -> [Double] {
      sum(problem.demands.filter { $0.bus == bus }, \.power, { _ in 1 })
    }
    potential = (sources(.ac), sources(.dc))
    wanted = (demands(.ac), demands(.dc))
    waiting = problem.waitingRules(wanted: wanted, potential: potential)
    shedOrder = problem.shedOrder
    spare = (
      problem.reserve.spare(spareOfSources[0], load: wanted.ac),
      problem.reserveOnDC.spare(spareOfSources[1], load: wanted.dc)
    )

    contents = rules.map(\.start)
    tanks = problem.deferrables.map { $0.startShare * $0.tank }
    isRunning = [Bool](repeating: false, count: G)
    runStepsLeft = [Int](repeating: 0, count: G)
    chargeLimit = [Double](repeating: 0, count: S)
    dischargeLimit = chargeLimit
    storagePower = chargeLimit
    generatorPower = [Double](repeating: 0, count: G)
    committed = isRunning
    deferrablePower = [Double](repeating: 0, count: D)
    forcedPower = deferrablePower
    duePower = deferrablePower
    givingLimit = deferrablePower
    paid = chargeLimit
    chargeCost = chargeLimit
    offers = problem.offers
    statistics = SimulationStatistics(demands: problem.demands.count, generators: G, storages: S)
    statistics.deferrableContents = tanks
    if recording == .everyHour { trace = SimulationTrace(problem) }
  }

  mutating func step(_ t: Int) {
    begin(t)
    switch strategy {
    case .loadFollowing(let order): followLoad(order)
    case .cycleCharging(let setPoint, let order): chargeInCycles(setPoint: setPoint, order)
    case .combined(let threshold, let order): combine(threshold: threshold, order)
    case .selfConsumption: consumeOwn()
    case .priceThreshold(let low, let high): followPrice(low: low, high: high)
    case .peakShaving(let limit, let byStep): shavePeaks(limit: byStep.isEmpty ? limit : byStep[t])
    }
    finish()
  }

  /// Needs, limits and what waiting demand forces.
  mutating func begin(_ t: Int) {
    self.t = t
    reason = []
    asksBeyondSpare = false
    network = Network()
    if let converter = problem.converter {
      network.inverterLeft = converter.inverter
      network.rectifierLeft = converter.rectifier
      network.inverterEfficiency = converter.inverterEfficiency
      network.rectifierEfficiency = converter.rectifierEfficiency
    }
    network.ac = wanted.ac[t] - potential.ac[t]
    network.dc = wanted.dc[t] - potential.dc[t]
    for (d, demand) in problem.deferrables.enumerated() {
      let forced = waiting[d].forced(t, tank: tanks[d])
      if forced > 0 {
        reason.insert(.deferrableForced)
        if demand.bus == .ac { network.ac += forced } else { network.dc += forced }
      }
      forcedPower[d] = forced
      duePower[d] = max(forced, waiting[d].due(t, tank: tanks[d]))
      deferrablePower[d] = forced
      givingLimit[d] = forced > 0 ? 0 : waiting[d].spare(t, tank: tanks[d])
    }
    for s in rules.indices {
      (chargeLimit[s], dischargeLimit[s]) = rules[s].limits(contents[s], t)
      chargeCost[s] = 0
      storagePower[s] = min(dischargeLimit[s], rules[s].overflowing(contents[s], t))
      guard storagePower[s] > 0 else { continue }
      // What would run over passes the turbines first.
      reason.insert(.lakeFull)
      if problem.storages[s].bus == .ac { network.ac -= storagePower[s] } else { network.dc -= storagePower[s] }
    }
    network.even()
    if max(network.ac, network.dc) > Self.nothing, min(network.ac, network.dc) < -Self.nothing {
      reason.insert(.converterAtLimit)
    }
    freeOnAC = max(0, -network.ac)
    if strategy.comparesCosts { rankOffers() }
    for g in generatorPower.indices {
      generatorPower[g] = 0
      committed[g] = runStepsLeft[g] > 0
      if committed[g] { reason.insert(.generatorRunsOn) }
    }
    bought = 0
    sold = 0
    shortage = (0, 0)
    buyLimit = 0
    sellLimit = 0
    if let grid = problem.grid {
      if grid.available.isEmpty || grid.available[t] {
        buyLimit = grid.buyLimit
        sellLimit = grid.sellLimit
      } else {
        reason.insert(.gridOut)
      }
    }
    if network.need <= Self.nothing { reason.insert(.sourcesSuffice) }
  }
}
