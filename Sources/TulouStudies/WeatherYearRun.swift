import Tulou
import TulouFiles

/// The plan of a project with `weather_years`: one design over all of them.
struct WeatherYearRun {
  let run: StudyRun
  let reading: ProjectReading
  let context: StudyContext
  let alternatives: WeatherYearStudy.Alternatives

  func go(readSeconds: Double) throws(StudyEnd) -> StudyAnswer {
    let begin = run.now
    let outcome = try run.stopping { () throws(ProjectFault) in try planned() }
    let solveSeconds = run.since(begin)
    if outcome.years.isEmpty { return try withoutPlan(outcome, readSeconds: readSeconds) }
    let accounts = outcome.years.map {
      Accounts.make(
        project: $0.project, plan: $0.plan, standalone: StandaloneStudy.all(of: $0.project, solver: context.solver))
    }
    let report = WeatherYearReport(
      project: reading.project, outcome: outcome, accounts: accounts, version: run.request.version)
    let folder = run.folder
    let timing = [
      ("read", readSeconds - reading.resourceSeconds), ("resource", reading.resourceSeconds), ("solve", solveSeconds),
    ]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: run.lock(reading), to: folder, plotlyPath: Parts.plotly())
    }
    var answer = StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing),
      findings: outcome.warnings + accounts.flatMap(\.warnings), but: reading.project.warnings)
    if outcome.status == .failed {
      answer.end = StudyEnd(.internalError)
    } else if outcome.status == .cancelled || run.isInterrupted {
      answer.end = StudyEnd(.interrupted, "Interrupted: what was found so far is in \(folder).")
    }
    return answer
  }

  private func planned() throws(ProjectFault) -> WeatherYearOutcome {
    var options = context.planOptions("Planning over the weather years")
    options.explanationSeconds = run.request.timeLimit ?? options.explanationSeconds
    let progress = context.progress
    return try WeatherYearStudy.run(
      years: reading.project.weatherYears.map { (name: $0.name, project: $0.project) }, options: options,
      solver: context.solver, chained: reading.project.chainsWeatherYears, alternatives: alternatives,
      told: { progress("Planning on \($0)") })
  }

  /// Why there is no plan; where one year has none by itself, what its own plan would say.
  private func withoutPlan(_ outcome: WeatherYearOutcome, readSeconds: Double) throws(StudyEnd) -> StudyAnswer {
    let warnings = outcome.warnings.map(\.description)
    switch outcome.status {
    case .infeasible:
      if let (name, alone) = outcome.infeasible {
        for said in warnings + ["Infeasible in the weather year '\(name)':"] { run.listener.tell(.fault(said)) }
        return try run.finish(alone, of: reading, readSeconds: readSeconds, in: context)
      }
      throw StudyEnd(
        .infeasible,
        messages: warnings + ["Each weather year has a plan by itself, but no one set of sizes serves them all."])
    case .cancelled:
      throw StudyEnd(
        .interrupted, messages: warnings + ["Interrupted before a plan was found; nothing was written."])
    case .limit:
      throw StudyEnd(.internalError, messages: warnings + ["Nothing was written."])
    case .unbounded, .failed, .optimal, .feasible:
      throw StudyEnd(
        .internalError,
        messages: warnings + ["The solver ended without a plan and without a proof that there is none."])
    }
  }
}
