import Tulou
import TulouFiles

/// `growth`: members enter over the years and leave again; who gains, who loses, what makes up for it.
public struct GrowthRun: Sendable {
  let run: StudyRun

  /// A growth.
  public init(_ run: StudyRun) { self.run = run }

  /// Plans the groups that no earlier run has planned, looks at entries and exits, writes.
  public func go() async throws(StudyEnd) -> StudyAnswer {
    var context = try run.context()
    let (reading, readSeconds) = try run.read()
    let project = reading.project
    guard let growth = project.growth else {
      throw StudyEnd(
        .projectFault,
        "tulou: '\(project.name)' does not say who begins and who enters; that stands under 'growth'.")
    }
    guard project.stages.isEmpty else {
      throw StudyEnd(.projectFault, "tulou: growth is of one year's plan; take 'stages' out.")
    }
    let players = project.sharingPlayers
    guard players.count <= ShareRun.mostPlayers else {
      throw StudyEnd(
        .usage,
        "tulou: growth plans all groups of at most \(ShareRun.mostPlayers) players; found \(players.count).")
    }
    let folder = run.studyFolder("growth")
    try run.reserve(folder)
    context.checkpoint = StudyCheckpoint(folder: folder, isFresh: run.request.isFresh)
    let begin = run.now
    let lock = run.lock(reading)
    let journal = try run.journal("cases.jsonl", context, [lock.text, "growth"])
    let costs = await self.costs(project, players, journal, context)
    if run.isInterrupted {
      throw StudyEnd(
        .interrupted, "Interrupted: \(costs.count) groups are in \(folder)/cases.jsonl; the same command goes on.")
    }
    let names = players.map { $0.isEmpty ? "commons" : $0 }
    let game: PlanningGame
    do throws(PlanningGame.Fault) {
      game = try PlanningGame(players: players, names: names, costs: costs)
    } catch {
      throw StudyEnd(.infeasible, Self.words(error))
    }
    context.progress("Growth: entries and exits")
    let result = GrowthStudy.run(
      project: project, growth: growth, game: game, options: context.planOptions("Growth"), solver: context.solver)
    context.progress(nil)
    let report = GrowthReport(result: result, version: run.request.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    return StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing))
  }

  private func costs(
    _ project: Project, _ players: [String], _ journal: StudyJournal, _ context: StudyContext
  ) async -> [Int: GroupCost] {
    let groups = (1 << players.count) - 1
    let known = journal.groupCosts
    let count = Counter(known.count)
    var context = context
    context.plans.breaksTies = false
    let progress = context.progress
    let costs = await CoalitionStudy.costs(
      of: project, players: players, groups: Array(1...groups), known: known, in: context
    ) { cost in
      journal.add(cost)
      progress("Growth: \(count.add()) of \(groups) groups")
    }
    progress(nil)
    return costs
  }

  private static func words(_ fault: PlanningGame.Fault) -> String {
    switch fault {
    case .alone(let player, let message):
      "'\(player.isEmpty ? "commons" : player)' has no plan by itself, so its gain cannot be counted. \(message)"
    case .together(let message): "All members together have no plan. \(message)"
    case .missing(let count): "\(count) groups were not planned; the same command goes on."
    }
  }
}
