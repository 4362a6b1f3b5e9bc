import Synchronization
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// What a design costs when its years are simulated one by one.
public struct YearsOfDesign: Sendable, Equatable {
  /// Number of years.
  public var years: Int
  /// Present worth of all payments [currency], and per year [currency/y].
  public var netPresentCost: Double, annualCost: Double
  /// Annual cost with the penalties of demand not served, by which designs are ranked [currency/y].
  public var value: Double
  /// Share of the demand not served in the worst year [-].
  public var worstLoss: Double
  /// Content left of the most worn storage at its worst [-]; 1 without storages.
  public var leastContent: Double
  /// Replacements within the years.
  public var replacements: Int
  /// What the worst year breaks the limit on unserved energy by, over the limit [-].
  public var violation: Double
}

/// Ranks designs by what they cost over years simulated one by one: demand grows, prices change, plant ages and is
/// replaced when its life is used up.
///
/// A year that repeats itself chooses the field; its best rows and types are valued year by year, and a pattern search
/// goes on from the best of them with the same value. A design's years take as long as so many designs.
struct YearRanking {
  let project: Project
  let options: SearchOptions
  let run: SearchRun
  let years: Int

  /// Values rows, searches on from the best, and sorts.
  func rank(_ outcome: inout SearchOutcome) throws(ProjectFault) {
    let budget = max(1, options.yearDesigns)
    var field = Array(outcome.rows.filter(\.isFeasible).prefix(max(1, budget / 2)))
    for leader in outcome.categories where !field.contains(leader) { field.append(leader) }
    // A first one alone says why years cannot be simulated at all.
    if let first = field.first { _ = try value(first) }
    var known: [SearchCandidate] = valued(field)
    let total = known.count + budget - budget / 2
    options.progress(known.count, total, known.compactMap { $0.inYears?.value }.min())
    for (strategy, _) in run.engines.enumerated() {
      let own = known.filter { $0.strategy == strategy && $0.merit.violation <= 0 }
      guard let best = own.min(by: { $0.merit.isBetter(than: $1.merit) }), !outcome.sides.isEmpty else { continue }
      let sides = outcome.sides.map { side in
        DesignSide(range: side.lower...side.upper, values: side.isDiscrete ? side.values : [])
      }
      let most = (budget - budget / 2) / run.engines.count
      guard most > 0 else { continue }
      var left = most
      var found: [SearchCandidate] = []
      func merits(_ designs: [[Double]]) -> [DesignMerit]? {
        guard !options.plan.solve.isCancelled() else { return nil }
        let seen = known + found
        let open = designs.filter { x in !seen.contains { $0.strategy == strategy && $0.sizes == x } }.prefix(left)
        left -= open.count
        let rows = open.compactMap { run.engines[strategy].hours.candidate($0) }
        found += valued(rows)
        options.progress(total - left, total, (known + found).compactMap { $0.inYears?.value }.min())
        let all = seen + found
        let none = DesignMerit(violation: .infinity, value: .infinity)
        return designs.map { x in all.first { $0.strategy == strategy && $0.sizes == x }?.merit ?? none }
      }
      withoutActuallyEscaping(merits) { evaluate in
        var optimiser = DesignOptimiser(sides: sides, seed: options.seed, evaluate: evaluate)
        optimiser.refine(from: best.sizes, step: 0.05, most: most)
      }
      known += found
    }
    let others = outcome.rows.filter { row in
      !known.contains { $0.strategy == row.strategy && $0.sizes == row.sizes }
    }
    known.sort { $0.isListed(before: $1) }
    outcome.rows = known + others
    outcome.ranked = known.count { $0.isFeasible }
    outcome.valuedInYears = known.count
  }

  /// Rows with their years, on all threads; where a row has none it stays as it is.
  private func valued(_ rows: [SearchCandidate]) -> [SearchCandidate] {
    let found = Mutex(rows)
    run.spread(rows.count) { i in
      guard !options.plan.solve.isCancelled(), let row = try? value(rows[i]) else { return }
      found.withLock { $0[i] = row }
    }
    return found.withLock { $0 }
  }

  private func value(_ row: SearchCandidate) throws(ProjectFault) -> SearchCandidate? {
    var asked = SimulateOptions()
    asked.strategy = options.strategies[row.strategy]
    asked.cheapest = options.cheapest
    for (side, size) in zip(run.space.sides, row.sizes) { asked.sizes[side.name] = size }
    guard
      let record = try MultiYearStudy.run(
        project: project, options: asked, asked: MultiYearOptions(years: years),
        isCancelled: options.plan.solve.isCancelled)
    else { return nil }
    let losses = record.years.map { $0.demand > 0 ? $0.unserved / $0.demand : 0 }
    // What a kWh not served costs in the row's own year.
    let penalty = row.unserved > 0 ? (row.value - row.annualCost) / row.unserved : dearestShed
    let penalties = record.years.reduce(0) { $0 + $1.unserved * penalty } / Double(max(1, record.years.count))
    let worst = losses.max() ?? 0
    var violation = 0.0
    if let most = project.limits.unservedEnergy, worst > most + 1e-9 { violation = (worst - most) / max(most, 1e-6) }
    var valued = row
    valued.inYears = YearsOfDesign(
      years: years, netPresentCost: record.netPresentCost, annualCost: record.annualCost,
      value: record.annualCost + penalties, worstLoss: worst,
      leastContent: record.years.flatMap { $0.contents.map(\.left) }.min() ?? 1,
      replacements: record.replacements.count, violation: violation)
    return valued
  }

  /// Greatest penalty of a kWh not served [currency/kWh].
  private var dearestShed: Double {
    project.demands.flatMap(\.tiers).compactMap(\.unservedCost).max() ?? 0
  }
}
