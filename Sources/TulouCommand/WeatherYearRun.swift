import Tulou
import TulouFiles

/// `tulou plan` of a project with `weather_years`: one design over all of them.
struct WeatherYearRun {
  let run: Run
  let reading: ProjectReading
  let file: String
  let alternatives: WeatherYearStudy.Alternatives

  func go(solver: any Solver, readSeconds: Double) throws {
    let begin = run.now
    let outcome = try run.stopping { () throws(ProjectFault) in try planned(by: solver) }
    let solveSeconds = run.since(begin)
    if outcome.years.isEmpty { try endWithoutPlan(outcome, readSeconds: readSeconds) }
    let accounts = outcome.years.map {
      Accounts.make(
        project: $0.project, plan: $0.plan, standalone: StandaloneStudy.all(of: $0.project, solver: solver))
    }
    let report = WeatherYearReport(
      project: reading.project, outcome: outcome, accounts: accounts, version: Build.version)
    let folder = run.folder(file)
    let timing = [
      ("read", readSeconds - reading.resourceSeconds), ("resource", reading.resourceSeconds), ("solve", solveSeconds),
    ]
    let lock = reading.lock(version: Build.version)
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if run.options.json {
      Terminal.result(StudyFiles.text(report, timing: timing))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    Terminal.warnings(
      outcome.warnings + accounts.flatMap(\.warnings), but: reading.project.warnings, quiet: run.options.quiet)
    if outcome.status == .failed { throw Exit.internalError }
    if outcome.status == .cancelled || Interruption.isRequested {
      Terminal.error("Interrupted: what was found so far is in \(folder).")
      throw Exit.interrupted
    }
  }

  private func planned(by solver: any Solver) throws(ProjectFault) -> WeatherYearOutcome {
    var options = run.planOptions("Planning over the weather years")
    let line = run.progress
    options.explanationSeconds = run.options.timeLimit ?? options.explanationSeconds
    return try WeatherYearStudy.run(
      years: reading.project.weatherYears.map { (name: $0.name, project: $0.project) }, options: options,
      solver: solver, chained: reading.project.chainsWeatherYears, alternatives: alternatives,
      told: { line.show("Planning on \($0)") })
  }

  private func endWithoutPlan(_ outcome: WeatherYearOutcome, readSeconds: Double) throws -> Never {
    for warning in outcome.warnings { Terminal.error(warning.description) }
    switch outcome.status {
    case .infeasible:
      if let (name, alone) = outcome.infeasible {
        Terminal.error("Infeasible in the weather year '\(name)':")
        try run.finish(alone, of: reading, file: file, readSeconds: readSeconds)
      }
      Terminal.error("Each weather year has a plan by itself, but no one set of sizes serves them all.")
      throw Exit.infeasible
    case .cancelled:
      Terminal.error("Interrupted before a plan was found; nothing was written.")
      throw Exit.interrupted
    case .limit:
      Terminal.error("Nothing was written.")
      throw Exit.internalError
    case .unbounded, .failed, .optimal, .feasible:
      Terminal.error("The solver ended without a plan and without a proof that there is none.")
      throw Exit.internalError
    }
  }
}
