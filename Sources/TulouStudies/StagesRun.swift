public import Tulou
import TulouFiles

/// `stages`: the stages of a project, one after the other or all at once.
public struct StagesRun: Sendable {
  let run: StudyRun
  let mode: StagedOutcome.Mode

  /// Stages.
  ///
  /// - Parameter mode: All in one problem, or each as if it lasted to the end.
  public init(_ run: StudyRun, mode: StagedOutcome.Mode = .foresight) {
    self.run = run
    self.mode = mode
  }

  /// Plans, counts, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    let context = try run.context()
    let (reading, readSeconds) = try run.read()
    let folder = run.studyFolder("stages")
    try run.reserve(folder)
    let project = reading.project
    let outcome = try run.stopping { () throws(ProjectFault) in
      try StageStudy.run(
        project: project, mode: mode, options: context.planOptions("Planning the stages"), solver: context.solver)
    }
    let begin = run.now
    let standalone = outcome.stages.map {
      StandaloneStudy.all(
        of: $0.project, solver: context.solver, options: context.planOptions("Running everybody alone"))
    }
    let accounts =
      outcome.stages.isEmpty
      ? StagedAccounts()
      : StagedAccounts.make(project: project, plans: outcome.stages.map(\.plan), standalone: standalone)
    context.progress(nil)
    let report = StagedReport(project: project, outcome: outcome, accounts: accounts, version: run.request.version)
    // What is neither a path nor a proof that there is none leaves the results of the run before.
    if outcome.stages.isEmpty, ![.infeasible, .unbounded].contains(outcome.status) {
      throw StudyEnd(
        outcome.status == .cancelled ? .interrupted : .internalError,
        messages: outcome.warnings.map(\.description) + report.withoutPlan + ["Nothing was written."])
    }
    let timing = [("read", readSeconds), ("solve", outcome.solveSeconds), ("account", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: run.lock(reading), to: folder, plotlyPath: Parts.plotly())
    }
    return StudyAnswer(
      lines: outcome.stages.isEmpty ? [] : report.answer(report: folder + "/report.html"),
      json: StudyFiles.text(report, timing: timing), findings: outcome.warnings + accounts.warnings,
      but: project.warnings, end: end(outcome, report))
  }

  private func end(_ outcome: StagedOutcome, _ report: StagedReport) -> StudyEnd? {
    let words = outcome.stages.isEmpty ? report.withoutPlan : []
    switch outcome.status {
    case .infeasible: return StudyEnd(.infeasible, messages: words)
    case .cancelled: return StudyEnd(.interrupted, messages: words)
    case .failed: return StudyEnd(.internalError, messages: words)
    // A limit that was reached with a plan in hand is a result.
    case .limit, .unbounded: return outcome.stages.isEmpty ? StudyEnd(.internalError, messages: words) : nil
    case .optimal, .feasible: return nil
    }
  }
}
