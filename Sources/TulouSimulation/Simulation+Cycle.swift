extension Simulation {
  /// Runs of the horizon at most, until it repeats itself.
  package static let mostRuns = 12

  /// A horizon that repeats itself: run until contents end where they began.
  ///
  /// Rules forget: once a storage has been full or empty, what came before no longer matters. So the last eighth of the
  /// horizon is run for the contents at its end, then all of it, and again as long as contents end otherwise than they began:
  /// one or two runs as a rule. Where they still move after `most` runs the last run is returned, with how far they are
  /// apart.
  ///
  /// - Parameters:
  ///   - isCyclic: Whether each storage is to end where it began; the others begin at their share.
  ///   - most: Number of runs at most.
  /// - Returns: The last run; contents at its start; the greatest difference between end and start over the content when
  ///   full [-]; number of runs.
  package static func runRepeating(
    _ problem: SimulationProblem, _ strategy: Strategy, isCyclic: [Bool], recording: Recording = .everyHour,
    most: Int = Simulation.mostRuns
  ) -> (result: SimulationResult, problem: SimulationProblem, apart: Double, runs: Int) {
    var problem = problem
    if isCyclic.contains(true), let steps = problem.settlingSteps {
      let ends = run(problem.part(steps), strategy.part(steps)).statistics.storages.map(\.finalContent)
      for (s, storage) in problem.storages.enumerated() where isCyclic[s] && storage.energy > 0 {
        problem.storages[s].startShare = min(1, max(0, ends[s] / storage.energy))
      }
    }
    var runs = 0
    while true {
      runs += 1
      let result = run(problem, strategy, recording: recording)
      var apart = 0.0
      var next = problem
      for (s, storage) in problem.storages.enumerated() where isCyclic[s] && storage.energy > 0 {
        let share = min(1, max(0, result.statistics.storages[s].finalContent / storage.energy))
        apart = max(apart, abs(share - storage.startShare))
        next.storages[s].startShare = share
      }
      for (d, demand) in problem.deferrables.enumerated() {
        let share = result.statistics.deferrableContents[d] / demand.tank
        apart = max(apart, abs(share - demand.startShare))
        next.deferrables[d].startShare = share
      }
      if apart <= 1e-12 || runs >= most { return (result, problem, apart, runs) }
      problem = next
    }
  }
}

extension SimulationProblem {
  /// The last steps, by which contents settle; nil where they are too few to say anything, or where a demand waits, whose
  /// tank a part of the horizon does not begin with.
  var settlingSteps: Range<Int>? {
    let count = steps / 8
    return deferrables.isEmpty && count >= 24 ? (steps - count)..<steps : nil
  }

  /// The steps of a range as a problem of their own.
  package func part(_ range: Range<Int>) -> SimulationProblem {
    guard range != 0..<steps else { return self }
    var part = self
    func cut(_ values: inout [Double]) { if !values.isEmpty { values = Array(values[range]) } }
    part.steps = range.count
    for d in part.demands.indices { cut(&part.demands[d].power) }
    for d in part.deferrables.indices {
      cut(&part.deferrables[d].draw)
      cut(&part.deferrables[d].rooms)
      cut(&part.deferrables[d].leasts)
      cut(&part.deferrables[d].peaks)
      cut(&part.deferrables[d].gives)
    }
    for s in part.sources.indices { cut(&part.sources[s].perUnit) }
    for s in part.storages.indices { cut(&part.storages[s].inflow) }
    if var grid = part.grid {
      cut(&grid.buyPrice)
      cut(&grid.sellPrice)
      if !grid.available.isEmpty { grid.available = Array(grid.available[range]) }
      part.grid = grid
    }
    return part
  }
}
