import Foundation
import Tulou
import TulouFiles

extension Run {
  /// Accounts, result files and the terminal's answer of an outcome; ends with the exit code of its status.
  func finish(_ outcome: Outcome, file: String, readSeconds: Double) throws {
    guard let plan = outcome.plan else { try explain(outcome) }
    let begin = now
    let accounts = Accounts.make(project: outcome.project, plan: plan)
    let accountSeconds = since(begin)
    for i in accounts.indicators { print(i.key, i.value ?? .nan, i.unit) }
    print(outcome.certificate as Any, readSeconds, outcome.compileSeconds, outcome.solveSeconds, accountSeconds)
  }

  /// Says why there is no plan and ends with the exit code of the contract.
  private func explain(_ outcome: Outcome) throws -> Never {
    for warning in outcome.warnings { Terminal.error(warning.description) }
    switch outcome.status {
    case .infeasible:
      Terminal.error("No plan holds: the limits of this project conflict.")
      for sentence in outcome.infeasibility?.sentences ?? [] { Terminal.error("  " + sentence) }
      throw Exit.infeasible
    case .cancelled:
      Terminal.error("Interrupted before a plan was found; nothing was written.")
      throw Exit.interrupted
    case .limit:
      Terminal.error("The limit of time was reached before a plan was found. Give more with --time-limit.")
      throw Exit.internalError
    case .unbounded:
      Terminal.error("The cost falls without end: something is paid for growing without limit. Give it a maximum.")
      throw Exit.internalError
    case .failed, .optimal, .feasible:
      Terminal.error("The solver broke down without a plan.")
      throw Exit.internalError
    }
  }
}
