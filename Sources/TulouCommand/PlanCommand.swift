import ArgumentParser
import Tulou
import TulouStudies

/// `tulou plan FILE`: sizes and dispatch with proof, accounts, result files, report.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Size and dispatch a project over every hour, with a proof of how good the plan is.",
    discussion: """
      tulou plan Examples/minimal.yaml
      tulou plan park.yaml --hours 336 --solver highs --out trial
      tulou plan park.yaml --sizes pv=1200,battery.power=300,battery.energy=900

      A project with 'weather_years' is planned over all of them at once; what planning on fewer years would cost is \
      measured too, unless --no-comparison is given.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Flag(name: .long, help: "With weather years: leave out what planning on fewer years would cost.")
  var noComparison = false

  @Flag(name: .long, help: "Also write workbook.xlsx: all tables and the hours, a sheet each.")
  var xlsx = false

  @OptionGroup var options: CommonOptions

  func run() throws {
    var request = try options.request(file)
    request.hasWorkbook = xlsx
    let run = StudyRun(request, listener: Terminal.listener(quiet: options.quiet, json: options.json))
    let answer =
      request.solver == .rules
      ? try SimulationRun(run, StrategyQuestion(), isPlan: true).go()
      : try PlanRun(run, alternatives: noComparison ? .left : .measured).go()
    try options.show(answer)
  }
}
