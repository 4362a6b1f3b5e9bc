import Synchronization
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Rows worth keeping: the best overall, and the best of each type of system.
struct RowKeeper {
  private let count: Int
  private var best: [SearchCandidate] = []
  private var types: [UInt64: SearchCandidate] = [:]
  /// What a row has to beat to be among the best.
  private var cutoff: DesignMerit?

  init(rows: Int) { count = max(1, rows) }

  mutating func admit(_ rows: [SearchCandidate]) {
    for row in rows {
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
      if let last = kept.last, last.sizes == row.sizes { continue }
      kept.append(row)
    }
    best = kept
    if best.count >= count { cutoff = best[count - 1].merit }
  }

  /// The rows, best first, no design twice.
  mutating func finished() -> [SearchCandidate] {
    shrink()
    var rows = Array(best.prefix(count))
    let known = Set(rows.map(\.sizes))
    rows += types.values.filter { !known.contains($0.sizes) }
    return rows.sorted { $0.merit.isBetter(than: $1.merit) }
  }
}

/// A search under way.
struct SearchRun {
  let space: SearchSpace
  let lanes: LaneEvaluator?
  let hours: HourEvaluator
  let options: SearchOptions
  let spread: @Sendable (Int, @Sendable (Int) -> Void) -> Void

  private var isCancelled: Bool { options.plan.solve.isCancelled() }
  /// Designs that one thread takes at a time.
  private var share: Int { lanes == nil ? 4 : 256 }

  /// Evaluates designs on all threads; nil: the user stopped.
  func evaluate(_ designs: [[Double]]) -> [SearchCandidate]? {
    let parts = (designs.count + share - 1) / share
    let found = Mutex([[SearchCandidate]](repeating: [], count: parts))
    let lanes = lanes, hours = hours, share = share
    let isCancelled = options.plan.solve.isCancelled
    spread(parts) { part in
      guard !isCancelled() else { return }
      let range = (part * share)..<min(designs.count, (part + 1) * share)
      let slice = Array(designs[range])
      let rows = lanes?.candidates(slice) ?? slice.compactMap(hours.candidate)
      found.withLock { $0[part] = rows }
    }
    let all = found.withLock { $0 }.flatMap { $0 }
    return all.count == designs.count ? all : nil
  }

  private func note(_ rows: [SearchCandidate], _ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
    outcome.evaluated += rows.count
    for row in rows {
      if row.isFeasible {
        outcome.feasible += 1
      } else {
        for i in outcome.rejected.indices where row.broken >> UInt64(min(63, i)) & 1 == 1 { outcome.rejected[i] += 1 }
      }
    }
    keeper.admit(rows)
  }

  /// Every combination, from where an interrupted search stopped; then the best are refined where sizes are continuous.
  func grid(_ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
    let count = outcome.gridCount ?? 0
    let chunk = lanes == nil ? 64 : 8192
    var best: Double?
    while outcome.evaluated < count {
      let end = min(count, outcome.evaluated + chunk)
      guard !isCancelled, let rows = evaluate((outcome.evaluated..<end).map(space.design)) else {
        outcome.isStopped = true
        return
      }
      note(rows, &outcome, &keeper)
      for row in rows where row.isFeasible { best = min(best ?? .infinity, row.value) }
      options.progress(outcome.evaluated, count, best)
    }
  }

  /// Pattern searches from the middle, the corners of a coarse grid and random places.
  func optimise(_ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
    var starts = [
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
    search(&outcome, &keeper) { optimiser, ranked in
      starts += ranked(coarse).prefix(max(1, options.starts - 2))
      for start in starts { optimiser.refine(from: start, step: 0.2, most: options.most / max(1, starts.count)) }
    }
  }

  private func irrational(_ d: Int) -> Double {
    let primes = [2.0, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    return primes[d % primes.count].squareRoot()
  }

  /// Differential evolution, then a pattern search from the best.
  func evolve(_ outcome: inout SearchOutcome, _ keeper: inout RowKeeper) {
    search(&outcome, &keeper) { optimiser, _ in
      optimiser.evolve(most: min(options.most * 4 / 5, lanes == nil ? 4000 : 60_000))
      if let best = optimiser.best { optimiser.refine(from: best.x, step: 0.02, most: min(options.most / 5, 20_000)) }
    }
  }

  private func search(
    _ outcome: inout SearchOutcome, _ keeper: inout RowKeeper,
    _ body: (inout DesignOptimiser, ([[Double]]) -> [[Double]]) -> Void
  ) {
    var rowsFound = outcome
    var kept = keeper
    let sides = space.sides.map { side in
      DesignSide(range: side.lower...side.upper, values: side.isDiscrete ? side.values : [])
    }
    func merits(_ designs: [[Double]]) -> [DesignMerit]? {
      guard !isCancelled, let rows = evaluate(designs) else { return nil }
      note(rows, &rowsFound, &kept)
      let best = rows.filter(\.isFeasible).map(\.value).min()
      options.progress(rowsFound.evaluated, nil, best)
      return rows.map(\.merit)
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
    let hours = hours
    spread(rows.count) { i in
      let row = hours.candidate(rows[i].sizes)
      found.withLock { $0[i] = row }
    }
    return zip(found.withLock { $0 }, rows).map { $0 ?? $1 }
  }
}
