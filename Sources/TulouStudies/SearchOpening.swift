import Tulou
import TulouFiles

/// Runs rows of a search again as full plans: the best with perfect foresight beside, and the base case.
struct SearchOpening {
  let run: StudyRun
  let reading: ProjectReading
  let context: StudyContext
  let asked: SearchOptions
  let folder: String
  let lock: LockFile
  let latest: LatestProgress

  /// Opens the best rows, writes them to `plans/1`, `plans/2` ..., and finds the base case.
  ///
  /// - Parameters:
  ///   - count: How many of the best rows; the best of each type of system come first, then the overall order.
  ///   - base: Sizes of the base case; nil: the feasible row of least capital that serves at least 99 %.
  func fill(_ report: inout SearchReport, rows count: Int, base: [String: Double]?) throws(StudyEnd) {
    let outcome = report.outcome
    var shown: [SearchCandidate] = []
    for row in outcome.rows.filter(\.isFeasible).prefix(1) + outcome.categories + outcome.rows.filter(\.isFeasible)
    where shown.count < count && !shown.contains(row) {
      shown.append(row)
    }
    for (i, row) in shown.enumerated() {
      context.progress("Opening row \(i + 1) of \(shown.count)")
      let known = outcome.opened.first { $0.strategy == row.strategy && $0.sizes == row.sizes }
      guard let (found, accounts) = try simulated(row, foresight: true, known: known?.foresight, outcome) else {
        continue
      }
      let place = "plans/\(i + 1)"
      context.progress(nil)
      run.tell(found.warnings + accounts.warnings, of: place, but: reading.project.warnings)
      let results = ResultSet(
        outcome: found, accounts: accounts, version: run.request.version, timing: [("solve", found.solveSeconds)],
        lock: lock, plotlyPath: nil)
      try run.writing { () throws(ResultFault) in try SearchFiles.write(results, opened: i + 1, to: folder) }
      if known == nil {
        latest.keep(opened: .init(strategy: row.strategy, sizes: row.sizes, foresight: found.rules?.foresight))
      }
      report.opened.append(OpenedRow(row: row, folder: place, accounts: accounts, foresight: found.rules?.foresight))
    }
    if !report.opened.isEmpty, let row = baseRow(outcome, base),
      let (_, accounts) = try simulated(row, foresight: false, outcome)
    {
      report.base = OpenedRow(row: row, folder: "", accounts: accounts, foresight: nil)
    }
    context.progress(nil)
  }

  /// The row of least capital, or the given sizes as a row.
  private func baseRow(_ outcome: SearchOutcome, _ base: [String: Double]?) -> SearchCandidate? {
    guard let base else { return outcome.leastCapital }
    let sizes = outcome.sides.map { base[$0.name] ?? base[$0.id] ?? $0.lower }
    return try? SearchStudy.row(project: reading.project, options: asked, sizes: sizes, solver: context.solver)
  }

  /// - Parameter known: What perfect foresight came to before the search was interrupted; nil: it is sought.
  private func simulated(
    _ row: SearchCandidate, foresight: Bool, known: RuleRecord.Foresight? = nil, _ outcome: SearchOutcome
  ) throws(StudyEnd) -> (Outcome, Accounts)? {
    var options = SimulateOptions()
    options.strategy = outcome.strategy(row)
    options.cheapest = outcome.cheapest && options.strategy.takesCheapest
    options.comparesWithForesight = foresight
    options.foresight = known
    options.plan = asked.plan
    options.seed = asked.seed
    for (side, size) in zip(outcome.sides, row.sizes) { options.sizes[side.name] = size }
    options.plan.sizes = options.sizes
    let found = try study(options)
    guard found.hasPlan else { return nil }
    return (found, Accounts.make(found, solver: context.solver))
  }

  private func study(_ options: SimulateOptions) throws(StudyEnd) -> Outcome {
    try run.stopping { () throws(ProjectFault) in
      try SimulateStudy.run(project: reading.project, options: options, solver: context.solver)
    }
  }
}
