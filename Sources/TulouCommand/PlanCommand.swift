import ArgumentParser
import Foundation
import Tulou
import TulouFiles

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
    var run = Run(options)
    run.isWorkbookWanted = xlsx
    if options.solver == "rules" {
      return try run.simulate(file, StrategyOptions.parse([]), foresight: true, isPlan: true)
    }
    let solver = try run.solver()
    let (reading, readSeconds) = try run.read(file, overYears: true)
    try run.reserve(run.folder(file), isPlan: true)
    if !reading.project.weatherYears.isEmpty {
      guard !xlsx else {
        Terminal.error(
          "tulou: --xlsx is for the plan of one year; of several weather years each has its CSV files under years/.")
        throw Exit.usage
      }
      let years = WeatherYearRun(
        run: run, reading: reading, file: file, alternatives: noComparison ? .left : .measured)
      return try years.go(solver: solver, readSeconds: readSeconds)
    }
    var asked = run.planOptions("Solving")
    asked.findsShadowPrices = true
    let outcome = try run.stopping { () throws(ProjectFault) in
      try PlanStudy.run(project: reading.project, options: asked, solver: solver)
    }
    try run.finish(outcome, of: reading, file: file, readSeconds: readSeconds)
  }
}
