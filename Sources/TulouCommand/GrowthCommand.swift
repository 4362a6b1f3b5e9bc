import ArgumentParser
import Synchronization
import Tulou
import TulouFiles

/// `tulou growth FILE`: members enter over the years and leave again; who gains, who loses, what makes up for it.
struct GrowthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth",
    abstract: "Members enter and leave over the years: who gains, who loses, entry and exit fees, stable orders.",
    discussion: """
      tulou growth cluster.yaml

      The file says under 'growth' who begins, who enters when, and who may leave after how many years. Every group plans its \
      own cluster, as for 'share'.
      """)

  @Argument(help: ArgumentHelp("Project file with 'growth'.", valueName: "file"))
  var file: String

  @Flag(name: .long, help: "Begin anew, also with what an earlier run left.")
  var fresh = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'plan'; here every group has its own sizes.")
    }
  }

  func run() async throws {
    let run = Run(options)
    let solver = try run.solver()
    let (reading, readSeconds) = try run.read(file)
    let project = reading.project
    guard let growth = project.growth else {
      Terminal.error("tulou: '\(project.name)' does not say who begins and who enters; that stands under 'growth'.")
      throw Exit.projectFault
    }
    guard project.stages.isEmpty else {
      Terminal.error("tulou: growth is of one year's plan; take 'stages' out.")
      throw Exit.projectFault
    }
    let players = project.sharingPlayers
    guard players.count <= ShareRun.mostPlayers else {
      Terminal.error(
        "tulou: growth plans all groups of at most \(ShareRun.mostPlayers) players; found \(players.count).")
      throw Exit.usage
    }
    let folder = run.studyFolder(file, "growth")
    try run.reserve(folder)
    let begin = run.now
    let journal = try run.journal(
      folder + "/cases.jsonl", [reading.lock(version: Build.version).text, "growth"] + run.inputsOfPlans, fresh: fresh)
    let costs = await self.costs(run, project, players, journal, solver)
    if Interruption.isRequested {
      Terminal.error("Interrupted: \(costs.count) groups are in \(folder)/cases.jsonl; the same command goes on.")
      throw Exit.interrupted
    }
    let names = players.map { $0.isEmpty ? "commons" : $0 }
    let game: PlanningGame
    do throws(PlanningGame.Fault) {
      game = try PlanningGame(players: players, names: names, costs: costs)
    } catch {
      Terminal.error(Self.words(error))
      throw Exit.infeasible
    }
    run.progress.show("Growth: entries and exits")
    let result = GrowthStudy.run(
      project: project, growth: growth, game: game, options: run.planOptions("Growth"), solver: solver)
    run.progress.clear()
    let report = GrowthReport(result: result, version: Build.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(
        report, timing: timing, lock: reading.lock(version: Build.version), to: folder, plotlyPath: Parts.plotly())
    }
    if options.json {
      Terminal.result(StudyFiles.text(report, timing: timing))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
  }

  private func costs(
    _ run: Run, _ project: Project, _ players: [String], _ journal: StudyJournal, _ solver: any Solver
  ) async -> [Int: GroupCost] {
    let groups = (1 << players.count) - 1
    let known = journal.groupCosts
    let count = Mutex(known.count)
    var plan = run.planOptions("")
    plan.breaksTies = false
    plan.solve.progress = { _ in }
    let line = run.progress
    let costs = await CoalitionStudy.costs(
      of: project, players: players, groups: Array(1...groups), known: known, parallel: run.workers, options: plan,
      solver: solver
    ) { cost in
      journal.add(cost)
      let done = count.withLock { value in
        value += 1
        return value
      }
      line.show("Growth: \(done) of \(groups) groups")
    }
    line.clear()
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
