import ArgumentParser
import Tulou
import TulouStudies

/// `tulou simulate FILE`: given sizes run hour by hour under a rule, accounts, result files, report.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Run given sizes hour by hour under a dispatch rule, and say what the rule costs.",
    discussion: """
      tulou simulate island.yaml --sizes pv=120,battery=300,diesel=80
      tulou simulate island.yaml --strategy cycle_charging --set-point 80
      tulou explain out/island/simulation --hour 2025-01-14T18

      The results go beside the plan, into the folder 'simulation' of the project's.
      """)

  @Argument(help: .value("file", "Project file."))
  var file: String

  @OptionGroup var strategy: StrategyOptions

  @Flag(help: "Do not seek the dispatch of perfect foresight beside the rule's.")
  var noForesight = false

  @Flag(name: .customLong("n-1"), help: "Run the year again with each component missing in turn.")
  var eachMissing = false

  @Option(help: .value("n", "Simulate so many years one by one: growth, prices, ageing, replacement by use."))
  var years: Int?

  @Option(help: .value("n", "--years: draw so many paths over weather years and prices, for quantiles."))
  var samples: Int?

  @Option(help: .value("%", "--samples: standard deviation of the yearly change of prices [%]."))
  var priceVolatility: Double?

  @Option(help: .value("id", "The study of the file ('studies:') to run."))
  var study: String?

  @OptionGroup var options: CommonOptions

  func validate() throws { _ = try yearByYear() }

  /// Years one by one; nil: not asked for.
  private func yearByYear() throws -> MultiYearOptions? {
    try read(try QuestionWords.years(years, samples: samples, priceVolatility: priceVolatility))
  }

  func run() throws {
    var work = SimulationRun(try options.run(file, study: study), try strategy.question())
    work.foresight = !noForesight
    work.eachMissing = eachMissing
    work.years = try yearByYear()
    try options.show(work.go())
  }
}
