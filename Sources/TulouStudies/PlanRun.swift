public import Tulou
import TulouFiles

/// `plan`: sizes and dispatch with proof, over one year or over several weather years at once.
public struct PlanRun: Sendable {
  let run: StudyRun
  let alternatives: WeatherYearStudy.Alternatives

  /// A plan.
  ///
  /// - Parameter alternatives: With weather years: whether what planning on fewer years would cost is measured.
  public init(_ run: StudyRun, alternatives: WeatherYearStudy.Alternatives = .measured) {
    self.run = run
    self.alternatives = alternatives
  }

  /// Plans, counts, writes; where rules are asked for in place of a solver, given sizes are simulated.
  public func go() throws(StudyEnd) -> StudyAnswer {
    if run.request.solver == .rules { return try SimulationRun(run, StrategyQuestion(), isPlan: true).go() }
    let context = try run.context()
    let (reading, readSeconds) = try run.read(overYears: true)
    try run.reserve(run.folder, isPlan: true)
    let project = reading.project
    guard project.weatherYears.isEmpty else {
      guard !run.request.hasWorkbook else {
        throw StudyEnd(
          .usage,
          "tulou: --xlsx is for the plan of one year; of several weather years each has its CSV files under years/.")
      }
      guard run.request.practicalSteps == nil else {
        throw StudyEnd(
          .usage, "tulou: --practical is for the plan of one year; take 'weather_years' out for it.")
      }
      return try WeatherYearRun(run: run, reading: reading, context: context, alternatives: alternatives)
        .go(readSeconds: readSeconds)
    }
    let outcome = try run.stopping { () throws(ProjectFault) in
      try context.plan(project, "Solving") {
        $0.findsShadowPrices = true
        $0.practicalSteps = run.request.practicalSteps
      }
    }
    return try run.finish(outcome, of: reading, readSeconds: readSeconds, in: context)
  }
}
