import Foundation
import Tulou
import TulouFiles

extension Run {
  /// Accounts, result files and the terminal's answer of an outcome; ends with the exit code of its status.
  ///
  /// - Parameter folder: Where to; nil: the project's own folder.
  func finish(
    _ outcome: Outcome, of reading: ProjectReading, file: String, readSeconds: Double, folder place: String? = nil
  ) throws {
    guard outcome.hasPlan || outcome.status == .infeasible else { try endWithoutPlan(outcome) }
    let begin = now
    var accounts = Accounts.make(outcome, solver: try ruleSolver(), options: planOptions("Running everybody alone"))
    accounts.indicators += outcome.rules?.survival?.indicators ?? []
    accounts.indicators += outcome.rules?.years?.indicators(currency: outcome.project.economy.currency) ?? []
    let folder = place ?? folder(file)
    var results = ResultSet(
      outcome: outcome, accounts: accounts, version: Build.version,
      timing: [
        ("read", readSeconds - reading.resourceSeconds), ("resource", reading.resourceSeconds),
        ("compile", outcome.compileSeconds), ("solve", outcome.solveSeconds), ("account", since(begin)),
      ], lock: reading.lock(version: Build.version), plotlyPath: Parts.plotly())
    results.hasWorkbook = isWorkbookWanted
    do {
      try results.write(to: folder)
    } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
    if options.json {
      Terminal.result(results.json())
    } else {
      for line in results.answer(reportPath: folder + "/report.html") { Terminal.result(line) }
    }
    Terminal.warnings(outcome.warnings + accounts.warnings, but: outcome.project.warnings, quiet: options.quiet)
    switch outcome.status {
    case .infeasible: throw Exit.infeasible
    case .cancelled:
      Terminal.error("Interrupted: the best plan so far is in \(folder).")
      throw Exit.interrupted
    case .failed: throw Exit.internalError
    case .optimal, .feasible, .limit, .unbounded: break
    }
  }

  /// Says why there is neither a plan nor a proof that there is none.
  private func endWithoutPlan(_ outcome: Outcome) throws -> Never {
    for warning in outcome.warnings { Terminal.error(warning.description) }
    switch outcome.status {
    case .cancelled:
      Terminal.error("Interrupted before a plan was found; nothing was written.")
      throw Exit.interrupted
    case .limit:
      Terminal.error("Nothing was written.")
    case .unbounded:
      Terminal.error("The cost falls without end: something is paid for growing without limit. Give it a maximum.")
    case .failed, .optimal, .feasible, .infeasible:
      Terminal.error("The solver ended without a plan and without a proof that there is none.")
    }
    throw Exit.internalError
  }
}
