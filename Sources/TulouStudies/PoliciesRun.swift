import Tulou
import TulouFiles

/// `policies`: what taxes, subsidies and premiums bring to members, and what they cost the public.
public struct PoliciesRun: Sendable {
  let run: StudyRun
  let sweep: String?
  let levels: [Double]

  /// A comparison of policies.
  ///
  /// - Parameters:
  ///   - sweep: Policy whose level is varied; nil: none.
  ///   - levels: Its levels; 0 is without it, 1 as the file has it.
  public init(_ run: StudyRun, sweep: String? = nil, levels: [Double]) {
    self.run = run
    self.sweep = sweep
    self.levels = levels
  }

  /// Plans with all policies, without any and without each, writes.
  public func go() async throws(StudyEnd) -> StudyAnswer {
    let context = try run.context()
    let (reading, readSeconds) = try run.read()
    let project = reading.project
    guard !project.policies.isEmpty else {
      throw StudyEnd(.projectFault, "tulou: '\(project.name)' has no policies; they stand under 'policies'.")
    }
    guard project.stages.isEmpty else {
      throw StudyEnd(
        .projectFault,
        "tulou: policies are compared on one year's plan; take 'stages' out. 'tulou plan' pays them along stages.")
    }
    if let sweep, !project.policies.contains(where: { $0.id == sweep }) {
      let names = project.policies.map(\.id)
      let near = nearestName(to: sweep, among: names).map { " Did you mean '\($0)'?" } ?? ""
      throw StudyEnd(
        .usage, "tulou: there is no policy '\(sweep)'; the file has \(names.joined(separator: ", ")).\(near)")
    }
    let folder = run.studyFolder("policies")
    try run.reserve(folder)
    let begin = run.now
    var plan = context.plans
    plan.solve.threads = 1
    let progress = context.progress
    let result = await PolicyStudy.run(
      project: project, sweep: sweep, levels: levels, parallel: context.workers, options: plan, solver: context.solver,
      finished: { done, all in progress("Policies: \(done) of \(all) plans") })
    progress(nil)
    let report = PolicyReport(result: result, version: run.request.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: run.lock(reading), to: folder, plotlyPath: Parts.plotly())
    }
    var answer = StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing))
    if result.isStopped {
      answer.end = StudyEnd(.interrupted, "Interrupted: what was planned is in \(folder).")
    } else if result.all.accounts == nil {
      answer.end = StudyEnd(.infeasible)
    }
    return answer
  }
}
