import Synchronization
import TulouDocument
import TulouEvolution
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// A search under way: what runs designs, and what it has come to so far.
struct SearchRun {
  /// How the designs of one strategy are run.
  struct Engine: Sendable {
    /// Many at a time, where lanes take the system.
    var lanes: LaneEvaluator?
    /// One by one.
    var hours: HourEvaluator
  }

  let space: SearchSpace
  /// One a strategy.
  let engines: [Engine]
  let options: SearchOptions
  let spread: @Sendable (Int, @Sendable (Int) -> Void) -> Void
  /// What was found.
  var outcome: SearchOutcome
  /// Rows worth keeping.
  var keeper: RowKeeper
  /// Designs whose years were simulated one by one.
  var valued: [SearchCandidate] = []
  /// The bound of the linear plan, once it was sought.
  var bound: SearchProgress.Bound?
  /// Why a design cannot be run: the search ends with it.
  private(set) var fault: ProjectFault?
  /// What an optimiser knows of designs, by strategy and sizes.
  private var known: [[Double]: DesignMerit] = [:]
  /// Goals of designs beside their cost, likewise.
  private var knownGoals: [[Double]: [Double]] = [:]
  /// Seconds that a design takes, as the last ones did.
  private var pace: [Double]
  private let clock = ContinuousClock()
  private var lastKept: ContinuousClock.Instant
  /// Time spent on designs before this run [s].
  private var secondsBefore = 0.0
  private let begin: ContinuousClock.Instant

  init(
    space: SearchSpace, engines: [Engine], options: SearchOptions, outcome: SearchOutcome, keeper: RowKeeper,
    spread: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void
  ) {
    self.space = space
    self.engines = engines
    self.options = options
    self.outcome = outcome
    self.keeper = keeper
    self.spread = spread
    pace = engines.map { $0.lanes == nil ? .infinity : 1e-3 }
    begin = clock.now
    lastKept = begin
  }

  private var isCancelled: Bool { options.plan.solve.isCancelled() }
  /// Time spent on designs [s].
  var seconds: Double { secondsBefore + (clock.now - begin) / .seconds(1) }

  // MARK: Going on

  /// Takes over what an interrupted search had done, if it was the same search.
  mutating func resume(_ before: SearchProgress) {
    guard before.fingerprint == outcome.fingerprint, before.evaluated <= outcome.gridCount ?? .max,
      before.tried.count == before.triedCount, before.sides == space.sides.count,
      before.rejected.count == outcome.limits.count
    else { return }
    outcome.evaluated = before.evaluated
    outcome.feasible = before.feasible
    outcome.resumedFrom = before.evaluated
    outcome.rejected = before.rejected
    outcome.rejectedAlone = before.rejectedAlone
    outcome.opened = before.opened
    outcome.surface?.restore(before.surface)
    keeper = before.keeper
    valued = before.valued
    bound = before.bound
    secondsBefore = before.seconds
    // An optimiser takes the same way again and finds what it knew, until it comes to where it was stopped.
    outcome.tried = before.tried
    for one in before.tried {
      known[[Double(one.strategy)] + one.sizes] = DesignMerit(violation: one.violation, value: one.value)
      knownGoals[[Double(one.strategy)] + one.sizes] = one.goals
    }
  }

  /// All that is needed to go on from here.
  var progress: SearchProgress {
    var progress = SearchProgress(
      fingerprint: outcome.fingerprint, sides: space.sides.count, evaluated: outcome.evaluated,
      feasible: outcome.feasible, keeper: keeper)
    progress.rejected = outcome.rejected
    progress.rejectedAlone = outcome.rejectedAlone
    progress.triedCount = outcome.tried.count
    progress.tried = outcome.tried
    progress.surface = outcome.surface?.cells ?? []
    progress.valued = valued
    progress.bound = bound
    progress.opened = outcome.opened
    progress.seconds = seconds
    return progress
  }

  /// Hands over what is needed to go on, where it is time for it.
  mutating func keep(now: Bool = false) {
    guard now || (clock.now - lastKept) / .seconds(1) >= options.keepEvery else { return }
    options.keep(progress)
    lastKept = clock.now
  }

  // MARK: Designs

  /// Evaluates designs of one strategy on all threads.
  ///
  /// - Returns: A row a design in their order; fewer where the user stopped: the first of them without a gap.
  private mutating func evaluate(_ designs: [[Double]], _ strategy: Int) -> [SearchCandidate] {
    let engine = engines[strategy]
    let share = engine.lanes == nil ? 1 : 256
    let parts = (designs.count + share - 1) / share
    let found = Mutex([[SearchCandidate]](repeating: [], count: parts))
    let isCancelled = options.plan.solve.isCancelled
    let faults = Mutex<[Int: ProjectFault]>([:])
    spread(parts) { part in
      guard !isCancelled() else { return }
      let range = (part * share)..<min(designs.count, (part + 1) * share)
      let slice = Array(designs[range])
      do throws(ProjectFault) {
        var rows: [SearchCandidate]
        if let lanes = engine.lanes {
          rows = lanes.candidates(slice)
        } else {
          rows = try engine.hours.candidates(slice, until: isCancelled)
        }
        for i in rows.indices { rows[i].strategy = strategy }
        found.withLock { $0[part] = rows }
      } catch { faults.withLock { $0[part] = error } }
    }
    // Of several the first design's, whichever thread was quicker.
    fault = faults.withLock { $0.min { $0.key < $1.key }?.value }
    var all: [SearchCandidate] = []
    for (part, rows) in found.withLock({ $0 }).enumerated() {
      guard all.count == part * share else { break }
      all += rows
    }
    return all
  }

  /// Evaluates designs and counts them, some at a time, so that a kill loses little.
  ///
  /// - Returns: A row a design; fewer where the user stopped.
  private mutating func run(_ designs: [[Double]], _ strategy: Int, isTried: Bool) -> [SearchCandidate] {
    var all: [SearchCandidate] = []
    while all.count < designs.count {
      guard !isCancelled, fault == nil else { return all }
      let goal = options.keepEvery / 4 / max(pace[strategy], 1e-9)
      let count = Int(saturating: min(8192, max(Double(max(1, options.atOnce)), goal)))
      let slice = Array(designs[all.count..<min(designs.count, all.count + count)])
      let start = clock.now
      let rows = evaluate(slice, strategy)
      pace[strategy] = (clock.now - start) / .seconds(1) / Double(max(1, rows.count))
      note(rows, isTried: isTried)
      all += rows
      keep()
      guard rows.count == slice.count else { return all }
    }
    return all
  }

  private mutating func note(_ rows: [SearchCandidate], isTried: Bool) {
    outcome.evaluated += rows.count
    for row in rows {
      outcome.surface?.admit(row)
      if row.isFeasible {
        outcome.feasible += 1
      } else {
        keeper.sample.admit(row)
        for i in outcome.rejected.indices where row.broken >> UInt64(min(63, i)) & 1 == 1 {
          outcome.rejected[i] += 1
          if row.broken.nonzeroBitCount == 1 { outcome.rejectedAlone[i] += 1 }
        }
      }
      guard isTried else { continue }
      known[[Double(row.strategy)] + row.sizes] = row.merit
      var tried = TriedDesign(
        strategy: row.strategy, sizes: row.sizes, violation: row.merit.violation, value: row.merit.value)
      if outcome.method == .nsga2 {
        tried.goals = Study.Goal.ofDesigns.map { $0.value(of: row) ?? 0 }
        knownGoals[[Double(row.strategy)] + row.sizes] = tried.goals
      }
      outcome.tried.append(tried)
    }
    keeper.admit(rows)
  }

  /// Every combination under every strategy, from where an interrupted search stopped.
  mutating func grid() {
    let count = outcome.gridCount ?? 0
    let designs = max(1, count / max(1, engines.count))
    var best: Double?
    while outcome.evaluated < count {
      let strategy = outcome.evaluated / designs, first = outcome.evaluated % designs
      let end = min(designs, first + 8192)
      let rows = run((first..<end).map(space.design), strategy, isTried: false)
      guard rows.count == end - first else {
        outcome.isStopped = true
        return
      }
      for row in rows where row.isFeasible { best = min(best ?? .infinity, row.value) }
      options.progress(outcome.evaluated, count, best)
    }
  }

  /// Pattern searches from the middle, the corners of a coarse grid and random places.
  mutating func optimise() {
    let middle = [0.5, 0.1].map { place in space.sides.map { $0.total(at: place) } }
    let count = space.gridCount ?? .max
    let coarse = (0..<64).map { i in
      count < 64
        ? space.design(i % count)
        : space.sides.enumerated().map { d, side in
          // Low-discrepancy places: multiples of irrational numbers, one a side.
          side.total(at: (Double(i + 1) * irrational(d)).truncatingRemainder(dividingBy: 1))
        }
    }
    let (starts, engines, budget) = (options.starts, engines.count, options.most)
    search { optimiser, ranked in
      let places = middle + ranked(coarse).prefix(max(1, starts - 2))
      let most = budget / max(1, places.count * engines)
      for place in places { optimiser.refine(from: place, step: 0.2, most: most) }
    }
  }

  private func irrational(_ d: Int) -> Double {
    let primes = [2.0, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    return primes[d % primes.count].squareRoot()
  }

  /// Differential evolution, then a pattern search from the best.
  mutating func evolve() {
    let most = options.most / max(1, engines.count)
    let isSlow = engines.contains { $0.lanes == nil }
    search { optimiser, _ in
      optimiser.evolve(most: min(most * 4 / 5, isSlow ? 4000 : 60_000))
      if let best = optimiser.best { optimiser.refine(from: best.x, step: 0.02, most: min(most / 5, 20_000)) }
    }
  }

  /// Lets `body` search, strategy by strategy.
  private mutating func search(_ body: (inout DesignOptimiser, ([[Double]]) -> [[Double]]) -> Void) {
    for strategy in engines.indices where !outcome.isStopped { search(strategy, body) }
  }

  private mutating func search(_ strategy: Int, _ body: (inout DesignOptimiser, ([[Double]]) -> [[Double]]) -> Void) {
    var run = self
    let sides = space.sides.map(\.box)
    var best: Double?
    func place(_ x: [Double]) -> [Double] { [Double(strategy)] + x }
    // A design that comes up again is not run again, whether this run or the interrupted one has seen it.
    func merits(_ designs: [[Double]]) -> [DesignMerit]? {
      var asked: Set<[Double]> = []
      let open = designs.filter { run.known[place($0)] == nil && asked.insert($0).inserted }
      if !open.isEmpty {
        let rows = run.run(open, strategy, isTried: true)
        guard rows.count == open.count else { return nil }
        for row in rows where row.isFeasible { best = min(best ?? .infinity, row.value) }
        options.progress(run.outcome.evaluated, nil, best)
      }
      return designs.compactMap { run.known[place($0)] }
    }
    func ranked(_ designs: [[Double]]) -> [[Double]] {
      guard let found = merits(designs) else { return [] }
      return designs.indices.sorted {
        found[$0].isBetter(than: found[$1]) || !found[$1].isBetter(than: found[$0]) && $0 < $1
      }.map { designs[$0] }
    }
    withoutActuallyEscaping(merits) { evaluate in
      var optimiser = DesignOptimiser(sides: sides, seed: options.seed, evaluate: evaluate)
      body(&optimiser, ranked)
      run.outcome.isStopped = optimiser.isStopped
    }
    self = run
  }

  /// Goals and violation of designs, each run once however often it comes up; nil: the user stopped.
  mutating func evaluations(of designs: [[Double]], _ strategy: Int, _ goals: [Study.Goal]) -> [Evaluation]? {
    func place(_ x: [Double]) -> [Double] { [Double(strategy)] + x }
    var asked: Set<[Double]> = []
    let open = designs.filter { known[place($0)] == nil && asked.insert($0).inserted }
    if !open.isEmpty {
      let rows = run(open, strategy, isTried: true)
      guard rows.count == open.count else { return nil }
      let best = known.values.filter { $0.violation <= 0 }.map(\.value).min()
      options.progress(outcome.evaluated, nil, best)
    }
    return designs.map { design in
      let merit = known[place(design)] ?? DesignMerit(violation: .infinity, value: .infinity)
      let all = knownGoals[place(design)]
      let values = goals.map { goal in
        goal == .netPresentCost
          ? merit.value : Study.Goal.ofDesigns.firstIndex(of: goal).flatMap { all?[$0] } ?? .infinity
      }
      return Evaluation(goals: values, violations: [merit.violation])
    }
  }

  /// Rows of designs that were run before, without counting them again.
  mutating func again(_ designs: [[Double]], _ strategy: Int) -> [SearchCandidate] { evaluate(designs, strategy) }

  /// Rows run again hour by hour, as `tulou simulate` does; those that are already stay as they are.
  func exact(_ rows: [SearchCandidate]) -> [SearchCandidate] {
    let found = Mutex(rows)
    let engines = engines
    spread(rows.count) { i in
      guard !rows[i].isExact, let row = try? engines[rows[i].strategy].hours.candidate(rows[i].sizes) else { return }
      found.withLock { $0[i] = row }
    }
    return found.withLock { $0 }
  }
}
