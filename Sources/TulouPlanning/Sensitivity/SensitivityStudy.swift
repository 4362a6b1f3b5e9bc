import TulouProblem
public import TulouProject
public import TulouQuantities
public import TulouSolvers

/// The study `sensitivity`: the same project with other numbers, one plan a case, in parallel, resumable.
public enum SensitivityStudy {
  /// Plans every case that is not done yet.
  ///
  /// - Parameters:
  ///   - cases: As `SensitivityCase.all` makes them.
  ///   - done: Rows of an interrupted run; their cases are not planned again.
  ///   - parallel: Plans at a time; the rows do not depend on it.
  ///   - options: As for one plan; an infeasible case is a row, without explanation.
  ///   - solver: Who solves; used by several plans at a time.
  ///   - read: The project with overrides by path.
  ///   - measure: Indicators of an outcome, by key.
  ///   - finished: Told of each row as soon as it is there, in the order in which they finish.
  /// - Returns: The rows of all cases in their order; without those that a cancelled study did not reach.
  public static func run(
    cases: [SensitivityCase], done: [SensitivityRow] = [], parallel: Int = 1, options: PlanOptions = PlanOptions(),
    solver: any Solver, read: @escaping @Sendable ([String: String]) throws(ProjectFault) -> Project,
    measure: @escaping @Sendable (Outcome) -> [String: Double],
    finished: @escaping @Sendable (SensitivityRow) -> Void = { _ in }
  ) async -> [SensitivityRow] {
    let known = Dictionary(done.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var rows = [SensitivityRow?](repeating: nil, count: cases.count)
    var open: [Int] = []
    for (i, one) in cases.enumerated() {
      if var row = known[one.key] {
        row.number = one.number
        rows[i] = row
      } else {
        open.append(i)
      }
    }
    var plain = options
    plain.explanationSeconds = nil
    let asked = plain
    await withTaskGroup(of: (Int, SensitivityRow?).self) { group in
      var next = open.makeIterator()
      func start() -> Bool {
        guard !Task.isCancelled, !asked.solve.isCancelled(), let i = next.next() else { return false }
        let one = cases[i]
        group.addTask { (i, row(of: one, asked, solver, read, measure)) }
        return true
      }
      for _ in 0..<max(1, parallel) where !start() { break }
      while let (i, row) = await group.next() {
        if let row {
          rows[i] = row
          finished(row)
        }
        _ = start()
      }
    }
    return rows.compactMap { $0 }
  }

  private static func row(
    of one: SensitivityCase, _ options: PlanOptions, _ solver: any Solver,
    _ read: @Sendable ([String: String]) throws(ProjectFault) -> Project,
    _ measure: @Sendable (Outcome) -> [String: Double]
  ) -> SensitivityRow? {
    var row = SensitivityRow(number: one.number, settings: one.settings)
    do {
      let outcome = try PlanStudy.run(project: try read(one.settings), options: options, solver: solver)
      // A plan that was stopped halfway is no result of this case.
      if options.solve.isCancelled(), outcome.status != .optimal, outcome.status != .infeasible { return nil }
      row.status = outcome.status.rawValue
      row.seconds = outcome.solveSeconds
      if let certificate = outcome.certificate {
        row.value = certificate.value
        row.bound = certificate.bound
        row.gap = certificate.gap
        row.unit = certificate.unit
      }
      if let plan = outcome.plan {
        for (capacity, total) in zip(plan.problem.capacities, plan.solution.capacities)
        where capacity.label.role == .size {
          let label = capacity.label
          row.sizes[label.part.isEmpty ? label.id : label.id + "." + label.part] = total
        }
        row.indicators = measure(outcome)
      }
    } catch {
      row.status = "refused"
      row.message = error.diagnostics.first { $0.severity == .error }?.message ?? error.description
    }
    return row
  }
}
