public import Tulou
import TulouFiles

/// `simulate`: given sizes run hour by hour under a rule, also what a plan with the solver `rules` asks.
public struct SimulationRun: Sendable {
  let run: StudyRun
  let strategy: StrategyQuestion
  let isPlan: Bool
  /// Whether the dispatch of perfect foresight is sought beside the rule's.
  public var foresight = true
  /// Whether the year is run again with each component missing.
  public var eachMissing = false
  /// Years one by one; nil: not asked for.
  public var years: MultiYearOptions?

  /// A simulation.
  ///
  /// - Parameters:
  ///   - strategy: What is said of the rule; where it is silent the study of the file speaks.
  ///   - isPlan: Whether it was asked for as a plan; else the results go beside that.
  public init(_ run: StudyRun, _ strategy: StrategyQuestion, isPlan: Bool = false) {
    self.run = run
    self.strategy = strategy
    self.isPlan = isPlan
  }

  /// Reads, simulates, counts, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    _ = try strategy.single()
    let (reading, readSeconds) = try run.read()
    var stated: Study?
    if let id = run.request.study { stated = try run.study(id, of: .simulate, in: reading.project, needed: true) }
    let folder = isPlan ? run.folder : run.studyFolder(stated?.id ?? "simulation")
    try run.reserve(folder, isPlan: isPlan)
    let context = try run.context(byRules: true)
    var asked = SimulateOptions()
    asked.strategy = strategy.dispatches(or: stated)[0]
    asked.cheapest = strategy.cheapest
    asked.plan = context.planOptions("Perfect foresight")
    if asked.plan.sizes.isEmpty { asked.plan.sizes = stated?.sizes ?? [:] }
    asked.sizes = asked.plan.sizes
    asked.comparesWithForesight = foresight
    asked.seed = context.seed
    asked.findsContingencies = eachMissing
    let options = asked
    let project = reading.project
    var outcome = try located(reading) { () throws(ProjectFault) in
      try SimulateStudy.run(project: project, options: options, solver: context.solver)
    }
    if let years, outcome.hasPlan {
      outcome.rules?.years = try located(reading) { () throws(ProjectFault) in
        try MultiYearStudy.run(project: project, options: options, asked: years, in: context)
      }
    }
    return try run.finish(outcome, of: reading, readSeconds: readSeconds, in: context, folder: folder)
  }

  /// What rules cannot run is said with its place in the file.
  private func located<Value>(
    _ reading: ProjectReading, _ study: () throws(ProjectFault) -> Value
  ) throws(StudyEnd) -> Value {
    try run.stopping { () throws(ProjectFault) in
      do throws(ProjectFault) { return try study() } catch { throw reading.located(error) }
    }
  }
}
