import Tulou
import TulouFiles

/// `alternatives`: the least and the most of each technology within a few per cent of the least cost, with proof.
public struct AlternativesRun: Sendable {
  let run: StudyRun
  let share: Double

  /// Alternatives.
  ///
  /// - Parameter share: By how much a plan may cost more than the best one, above 0 [-].
  public init(_ run: StudyRun, share: Double) {
    self.run = run
    self.share = share
  }

  /// Plans, looks for both ends of each size, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    let context = try run.context()
    let (reading, readSeconds) = try run.read()
    let folder = run.studyFolder("alternatives")
    try run.reserve(folder)
    let plan = AlternativesStudy.options(context.planOptions("Planning"))
    let begin = run.now
    let project = reading.project
    let base = try run.stopping { () throws(ProjectFault) in
      try PlanStudy.run(project: project, options: plan, solver: context.solver)
    }
    guard base.hasPlan,
      let found = AlternativesStudy.run(
        beside: base, share: share, options: plan, solver: context.solver,
        progress: { done, all, size in context.progress("\(done) of \(all) ends: \(size)") })
    else {
      var answer = try run.finish(base, of: reading, readSeconds: readSeconds, in: context, folder: folder)
      if answer.end == nil { answer.end = StudyEnd(.infeasible) }
      return answer
    }
    context.progress(nil)
    let report = AlternativesReport(project: project, result: found, version: run.request.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: run.lock(reading), to: folder, plotlyPath: Parts.plotly())
    }
    return StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing),
      findings: base.warnings, but: project.warnings,
      end: found.isStopped
        ? StudyEnd(.interrupted, "Interrupted: \(found.rows.count) sizes are in \(folder).") : nil)
  }
}
