import Synchronization
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouTechnologies

/// What a design costs when its years are simulated one by one.
package struct YearsOfDesign: Sendable, Equatable, Codable {
  /// Number of years.
  package var years: Int
  /// Present worth of all payments [currency], and per year [currency/y].
  package var netPresentCost: Double, annualCost: Double
  /// Annual cost with the mean penalties, by which designs are ranked [currency/y].
  package var value: Double
  /// Share of the demand not served in the worst year [-].
  package var worstLoss: Double
  /// Content left of the most worn storage at its worst [-]; 1 without storages.
  package var leastContent: Double
  /// Replacements within the years.
  package var replacements: Int
  /// Limits on what is served that a year breaks, a bit each in the order of `SearchOutcome.limits`.
  package var broken: UInt64
  /// Sum of what the worst year of each breaks these limits by, over the limit [-].
  package var violation: Double
}

/// Ranks designs by what they cost over years simulated one by one: demand grows, prices change, plant ages and is
/// replaced when its life is used up.
///
/// A year that repeats itself chooses the field; its best rows and types are valued year by year, and a pattern search
/// goes on from the best of them with the same value. A design's years take as long as so many designs.
struct YearRanking {
  let project: Project
  let options: SearchOptions
  let rows: RowMaker
  let years: Int

  /// Values rows, searches on from the best, and sorts. What an interrupted search had valued is known.
  func rank(_ run: inout SearchRun) throws(ProjectFault) {
    let budget = max(1, options.yearDesigns)
    var field = Array(run.outcome.rows.filter(\.isFeasible).prefix(max(1, budget / 2)))
    for leader in run.outcome.categories where !field.contains(leader) { field.append(leader) }
    // A first one alone says why years cannot be simulated at all.
    if run.valued.isEmpty, let first = field.first { _ = try value(first, run) }
    var known = valued(field, &run)
    let total = known.count + budget - budget / 2
    options.progress(known.count, total, known.compactMap { $0.inYears?.value }.min())
    for strategy in run.engines.indices {
      let own = known.filter { $0.strategy == strategy && $0.merit.violation <= 0 }
      guard let best = own.min(by: { $0.merit.isBetter(than: $1.merit) }), !run.outcome.sides.isEmpty else { continue }
      let most = (budget - budget / 2) / run.engines.count
      guard most > 0 else { continue }
      known += search(from: best, strategy, most: most, seen: known, total: total, &run)
    }
    let others = run.outcome.rows.filter { row in
      !known.contains { $0.strategy == row.strategy && $0.sizes == row.sizes }
    }
    known.sort { $0.isListed(before: $1) }
    run.outcome.rows = known + others
    run.outcome.ranked = known.count { $0.isFeasible }
    run.outcome.valuedInYears = known.count
  }

  /// A pattern search from the best design with the same value.
  private func search(
    from best: SearchCandidate, _ strategy: Int, most: Int, seen: [SearchCandidate], total: Int,
    _ given: inout SearchRun
  ) -> [SearchCandidate] {
    let sides = given.outcome.sides.map(\.box)
    var run = given
    var left = most
    var found: [SearchCandidate] = []
    func merits(_ designs: [[Double]]) -> [DesignMerit]? {
      guard !options.plan.solve.isCancelled() else { return nil }
      let before = seen + found
      let open = designs.filter { x in !before.contains { $0.strategy == strategy && $0.sizes == x } }.prefix(left)
      left -= open.count
      let hours = run.engines[strategy].hours
      found += valued(open.compactMap { x in run.valued(strategy, x) ?? (try? hours.candidate(x)) }, &run)
      options.progress(total - left, total, (seen + found).compactMap { $0.inYears?.value }.min())
      let all = seen + found
      let none = DesignMerit(violation: .infinity, value: .infinity)
      return designs.map { x in all.first { $0.strategy == strategy && $0.sizes == x }?.merit ?? none }
    }
    withoutActuallyEscaping(merits) { evaluate in
      var optimiser = DesignOptimiser(sides: sides, seed: options.seed, evaluate: evaluate)
      optimiser.refine(from: best.sizes, step: 0.05, most: most)
    }
    given = run
    return found
  }

  /// Rows with their years, some at a time on all threads; where a row has none it stays as it is.
  private func valued(_ rows: [SearchCandidate], _ run: inout SearchRun) -> [SearchCandidate] {
    var all: [SearchCandidate] = []
    let width = max(1, options.atOnce)
    for first in stride(from: 0, to: rows.count, by: width) {
      let slice = Array(rows[first..<min(rows.count, first + width)])
      let found = Mutex(slice.map { row in run.valued(row.strategy, row.sizes) })
      let known = found.withLock { $0 }
      let now = run
      run.spread(slice.count) { i in
        guard known[i] == nil, !options.plan.solve.isCancelled(), let row = try? value(slice[i], now) else { return }
        found.withLock { $0[i] = row }
      }
      let done = found.withLock { $0 }
      for i in slice.indices where known[i] == nil { done[i].map { run.valued.append($0) } }
      all += zip(done, slice).map { $0 ?? $1 }
      run.keep()
    }
    return all
  }

  private func value(_ row: SearchCandidate, _ run: SearchRun) throws(ProjectFault) -> SearchCandidate? {
    let asked = run.engines[row.strategy].hours.options(row.sizes)
    guard
      let record = try MultiYearStudy.run(
        project: project, options: asked, asked: MultiYearOptions(years: years),
        isCancelled: options.plan.solve.isCancelled)
    else { return nil }
    var valued = row
    // Of each limit the worst year counts.
    var worst: [String: MeasuredLimit] = [:]
    for limit in record.years.flatMap(\.limits) where limit.violation > worst[limit.key]?.violation ?? 0 {
      worst[limit.key] = limit
    }
    let (bits, violation) = rows.broken(worst.values.sorted { $0.key < $1.key })
    valued.inYears = YearsOfDesign(
      years: years, netPresentCost: record.netPresentCost, annualCost: record.annualCost,
      value: record.annualCost + record.penalties,
      worstLoss: record.years.reduce(0) { max($0, $1.demand > 0 ? $1.unserved / $1.demand : 0) },
      leastContent: record.years.flatMap { $0.contents.map(\.left) }.min() ?? 1,
      replacements: record.replacements.count, broken: bits, violation: violation)
    return valued
  }
}

extension SearchRun {
  /// A design whose years were simulated before; nil: they were not.
  func valued(_ strategy: Int, _ sizes: [Double]) -> SearchCandidate? {
    valued.first { $0.strategy == strategy && $0.sizes == sizes }
  }
}
