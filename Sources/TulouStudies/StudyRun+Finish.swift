import Foundation
public import Tulou
public import TulouFiles

extension StudyRun {
  /// Accounts, result files and the answer of an outcome.
  ///
  /// - Parameters:
  ///   - outcome: A plan, a simulation, or a proof that there is none.
  ///   - reading: What was read.
  ///   - readSeconds: What that took.
  ///   - context: How what stands beside the plan is found.
  ///   - place: Where to; nil: the project's own folder.
  /// - Throws: Why there is neither a plan nor a proof that there is none.
  public func finish(
    _ outcome: Outcome, of reading: ProjectReading, readSeconds: Double, in context: StudyContext,
    folder place: String? = nil
  ) throws(StudyEnd) -> StudyAnswer {
    guard outcome.hasPlan || outcome.status == .infeasible else { throw withoutPlan(outcome) }
    let begin = now
    var accounts = Accounts.make(
      outcome, solver: context.solver, options: context.planOptions("Running everybody alone"))
    accounts.indicators += outcome.rules?.survival?.indicators ?? []
    accounts.indicators += outcome.rules?.years?.indicators(currency: outcome.project.economy.currency) ?? []
    let folder = place ?? folder
    var results = ResultSet(
      outcome: outcome, accounts: accounts, version: request.version,
      timing: [
        ("read", readSeconds - reading.resourceSeconds), ("resource", reading.resourceSeconds),
        ("compile", outcome.compileSeconds), ("solve", outcome.solveSeconds), ("account", since(begin)),
      ], lock: lock(reading), plotlyPath: Parts.plotly())
    results.hasWorkbook = request.hasWorkbook
    let written = results
    try writing { () throws(ResultFault) in try written.write(to: folder) }
    var answer = StudyAnswer(
      lines: written.answer(reportPath: folder + "/report.html"), json: written.json(),
      findings: outcome.warnings + accounts.warnings, but: outcome.project.warnings)
    switch outcome.status {
    case .infeasible: answer.end = StudyEnd(.infeasible)
    case .cancelled: answer.end = StudyEnd(.interrupted, "Interrupted: the best plan so far is in \(folder).")
    case .failed: answer.end = StudyEnd(.internalError)
    case .optimal, .feasible, .limit, .unbounded: break
    }
    return answer
  }

  /// Why there is neither a plan nor a proof that there is none.
  private func withoutPlan(_ outcome: Outcome) -> StudyEnd {
    var messages = outcome.warnings.map(\.description)
    var kind = StudyEnd.Kind.internalError
    switch outcome.status {
    case .cancelled:
      messages.append("Interrupted before a plan was found; nothing was written.")
      kind = .interrupted
    case .limit:
      messages.append("Nothing was written.")
    case .unbounded:
      messages.append("The cost falls without end: something is paid for growing without limit. Give it a maximum.")
    case .failed, .optimal, .feasible, .infeasible:
      messages.append("The solver ended without a plan and without a proof that there is none.")
    }
    return StudyEnd(kind, messages: messages)
  }
}
