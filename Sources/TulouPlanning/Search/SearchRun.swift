import Synchronization
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Rows worth keeping: the best overall, and the best of each type of system.
struct RowKeeper {
  private let count: Int
  /// Rows that differ by less than this in every side are one row; empty: only equal ones are.
  private let width: [Double]
  private var best: [SearchCandidate] = []
  private var types: [UInt64: SearchCandidate] = [:]
  /// The feasible row of least capital that serves at least 99 %, the cheaper of two: penalties are no cash, so a
  /// system that serves less would look cheap.
  private(set) var leastCapital: SearchCandidate?
  /// Some of what is rejected.
  var sample = RejectedSample(most: 300)
  /// What a row has to beat to be among the best.
  private var cutoff: DesignMerit?

  init(rows: Int, width: [Double] = []) {
    count = max(1, rows)
    self.width = width
  }

  private func isSame(_ a: SearchCandidate, _ b: SearchCandidate) -> Bool {
    guard a.strategy == b.strategy, a.type == b.type else { return false }
    guard !width.isEmpty else { return a.sizes == b.sizes }
    return a.sizes.indices.allSatisfy { abs(a.sizes[$0] - b.sizes[$0]) <= width[$0] }
  }

  mutating func admit(_ rows: [SearchCandidate]) {
    for row in rows {
      if row.isFeasible, row.lossOfPowerSupply <= 0.01,
        leastCapital.map({ (row.capital, row.value) < ($0.capital, $0.value) }) ?? true
      {
        leastCapital = row
      }
      if types[row.type].map({ row.merit.isBetter(than: $0.merit) }) ?? true { types[row.type] = row }
      if let cutoff, !row.merit.isBetter(than: cutoff) { continue }
      best.append(row)
      if best.count >= 4 * count { shrink() }
    }
  }

  private mutating func shrink() {
    best.sort { $0.merit.isBetter(than: $1.merit) }
    var kept: [SearchCandidate] = []
    for row in best where kept.count < 2 * count {
      // The same design may be tried twice.
      if width.isEmpty {
        if let last = kept.last, isSame(last, row) { continue }
      } else if kept.contains(where: { isSame($0, row) }) {
        continue
      }
      kept.append(row)
    }
    best = kept
    if best.count >= count { cutoff = best[count - 1].merit }
  }

  /// The rows, best first, no design twice.
  mutating func finished() -> (rows: [SearchCandidate], ranked: Int) {
    shrink()
    var rows = Array(best.prefix(count))
    let ranked = rows.count
    let known = Set(rows.map { [Double($0.strategy)] + $0.sizes })
    rows += types.values.filter { !known.contains([Double($0.strategy)] + $0.sizes) }
    return (rows.sorted { $0.isListed(before: $1) }, ranked)
  }
}

extension SearchCandidate {
  /// The order of tables: the better first, of equals that of the strategies and sizes.
  func isListed(before other: SearchCandidate) -> Bool {
    if merit.isBetter(than: other.merit) { return true }
    if other.merit.isBetter(than: merit) { return false }
    if strategy != other.strategy { return strategy < other.strategy }
    return sizes.lexicographicallyPrecedes(other.sizes)
  }
}

/// A search under way.
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
  /// What an interrupted optimiser knew, by strategy and sizes.
  var known: [[Double]: DesignMerit] = [:]
  let spread: @Sendable (Int, @Sendable (Int) -> Void) -> Void

  private var isCancelled: Bool { options.plan.solve.isCancelled() }
  /// Designs that one thread takes at a time.
  private func share(_ strategy: Int) -> Int { engines[strategy].lanes == nil ? 4 : 256 }

  /// Evaluates designs of one strategy on all threads.
  ///
  /// - Returns: A row a design in their order; fewer where the user stopped: the first of them without a gap.
  func evaluate(_ designs: [[Double]], _ strategy: Int) -> [SearchCandidate] {
    let share = share(strategy)
    let parts = (designs.count + share - 1) / share
    let found = Mutex([[SearchCandidate]](repeating: [], count: parts))
    let engine = engines[strategy]
    let isCancelled = options.plan.solve.isCancelled
    spread(parts) { part in
      guard !isCancelled() else { return }
      let range = (part * share)..<min(designs.count, (part + 1) * share)
      let slice = Array(designs[range])
      var rows = engine.lanes?.candidates(slice) ?? engine.hours.candidates(slice, until: isCancelled)
      for i in rows.indices { rows[i].strategy = strategy }
      found.withLock { $0[part] = rows }
    }
    var all: [SearchCandidate] = []
    for (part, rows) in found.withLock({ $0 }).enumerated() {
      guard all.count == part * share else { break }
      all += rows
    }
    return all
  }

  private func note(_ rows: [SearchCandidate], _ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
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
    }
    keeper.admit(rows)
  }

  /// Every combination under every strategy, from where an interrupted search stopped.
  func grid(_ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
    let count = outcome.gridCount ?? 0
    let designs = max(1, count / max(1, engines.count))
    var best: Double?
    while outcome.evaluated < count {
      let strategy = outcome.evaluated / designs, first = outcome.evaluated % designs
      let chunk = engines[strategy].lanes == nil ? 64 : 8192
      let end = min(designs, first + chunk)
      let rows = isCancelled ? [] : evaluate((first..<end).map(space.design), strategy)
      note(rows, &outcome, &keeper)
      guard rows.count == end - first else {
        outcome.isStopped = true
        return
      }
      for row in rows where row.isFeasible { best = min(best ?? .infinity, row.value) }
      options.progress(outcome.evaluated, count, best)
    }
  }

  /// Pattern searches from the middle, the corners of a coarse grid and random places.
  func optimise(_ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
    let starts = [
      space.sides.map { ($0.lower + $0.upper) / 2 }, space.sides.map { $0.lower + 0.1 * ($0.upper - $0.lower) },
    ]
    let count = space.gridCount ?? .max
    let coarse = (0..<64).map { i in
      count < 64
        ? space.design(i % count)
        : space.sides.enumerated().map { d, side in
          // Low-discrepancy places: multiples of irrational numbers, one a side.
          let x = (Double(i + 1) * irrational(d)).truncatingRemainder(dividingBy: 1)
          return side.lower + x * (side.upper - side.lower)
        }
    }
    let middle = starts
    search(&outcome, &keeper) { optimiser, ranked in
      let places = middle + ranked(coarse).prefix(max(1, options.starts - 2))
      let most = options.most / max(1, places.count * engines.count)
      for place in places { optimiser.refine(from: place, step: 0.2, most: most) }
    }
  }

  private func irrational(_ d: Int) -> Double {
    let primes = [2.0, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    return primes[d % primes.count].squareRoot()
  }

  /// Differential evolution, then a pattern search from the best.
  func evolve(_ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
    let most = options.most / max(1, engines.count)
    let isSlow = engines.contains { $0.lanes == nil }
    search(&outcome, &keeper) { optimiser, _ in
      optimiser.evolve(most: min(most * 4 / 5, isSlow ? 4000 : 60_000))
      if let best = optimiser.best { optimiser.refine(from: best.x, step: 0.02, most: min(most / 5, 20_000)) }
    }
  }

  /// Lets `body` search, strategy by strategy.
  private func search(
    _ outcome: inout SearchOutcome, _ keeper: inout RowKeeper,
    _ body: (inout DesignOptimiser, ([[Double]]) -> [[Double]]) -> Void
  ) {
    for strategy in engines.indices where !outcome.isStopped { search(strategy, &outcome, &keeper, body) }
  }

  private func search(
    _ strategy: Int, _ outcome: inout SearchOutcome, _ keeper: inout RowKeeper,
    _ body: (inout DesignOptimiser, ([[Double]]) -> [[Double]]) -> Void
  ) {
    var rowsFound = outcome
    outcome.surface = nil
    var kept = keeper
    let sides = space.sides.map { side in
      DesignSide(range: side.lower...side.upper, values: side.isDiscrete ? side.values : [])
    }
    var best: Double?
    // A design that comes up again is not run again, whether this run or the interrupted one has seen it.
    var known = known
    func merits(_ designs: [[Double]]) -> [DesignMerit]? {
      var found = designs.map { known[[Double(strategy)] + $0] }
      var asked: Set<[Double]> = []
      let open = designs.indices.filter { found[$0] == nil && asked.insert(designs[$0]).inserted }
      if !open.isEmpty {
        guard !isCancelled else { return nil }
        let rows = evaluate(open.map { designs[$0] }, strategy)
        note(rows, &rowsFound, &kept)
        for (i, row) in zip(open, rows) {
          known[[Double(strategy)] + designs[i]] = row.merit
          rowsFound.tried.append(
            TriedDesign(
              strategy: strategy, sizes: designs[i], violation: row.merit.violation, value: row.merit.value))
        }
        guard rows.count == open.count else { return nil }
        for i in designs.indices where found[i] == nil { found[i] = known[[Double(strategy)] + designs[i]] }
        for row in rows where row.isFeasible { best = min(best ?? .infinity, row.value) }
        options.progress(rowsFound.evaluated, nil, best)
      }
      return found.compactMap { $0 }
    }
    func ranked(_ designs: [[Double]]) -> [[Double]] {
      guard let found = merits(designs) else { return [] }
      return designs.indices.sorted { found[$0].isBetter(than: found[$1]) }.map { designs[$0] }
    }
    withoutActuallyEscaping(merits) { evaluate in
      var optimiser = DesignOptimiser(sides: sides, seed: options.seed, evaluate: evaluate)
      body(&optimiser, ranked)
      rowsFound.isStopped = optimiser.isStopped
    }
    outcome = rowsFound
    keeper = kept
  }

  /// Rows run again hour by hour, as `tulou simulate` would.
  func exact(_ rows: [SearchCandidate], _ outcome: inout SearchOutcome) -> [SearchCandidate] {
    let found = Mutex([SearchCandidate?](repeating: nil, count: rows.count))
    let engines = engines
    spread(rows.count) { i in
      let row = engines[rows[i].strategy].hours.candidate(rows[i].sizes)
      found.withLock { $0[i] = row }
    }
    return zip(found.withLock { $0 }, rows).map { $0 ?? $1 }
  }
}
