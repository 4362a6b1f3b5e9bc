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

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @OptionGroup var strategy: StrategyOptions

  @Flag(name: .long, help: "Do not seek the dispatch of perfect foresight beside the rule's.")
  var noForesight = false

  @Flag(name: .customLong("n-1"), help: "Run the year again with each component missing in turn.")
  var eachMissing = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Simulate so many years one by one: growth, prices, ageing, replacement by use.", valueName: "n"))
  var years: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("--years: draw so many paths over weather years and prices, for quantiles.", valueName: "n"))
  var samples: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("--samples: standard deviation of the yearly change of prices [%].", valueName: "%"))
  var priceVolatility: Double?

  @Option(name: .long, help: ArgumentHelp("The study of the file ('studies:') to run.", valueName: "id"))
  var study: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    if let years, !(1...100).contains(years) { throw ValidationError("--years takes 1 to 100.") }
    if samples != nil, years == nil { throw ValidationError("--samples belongs to --years.") }
    if let samples, !(1...100_000).contains(samples) { throw ValidationError("--samples takes 1 to 100000.") }
    if priceVolatility != nil, samples == nil { throw ValidationError("--price-volatility belongs to --samples.") }
    if let priceVolatility, !(0...100).contains(priceVolatility) {
      throw ValidationError("--price-volatility takes 0 to 100 %.")
    }
  }

  func run() throws {
    var work = SimulationRun(try options.run(file, study: study), strategy.question)
    work.foresight = !noForesight
    work.eachMissing = eachMissing
    work.years = years.map { years in
      var asked = MultiYearOptions(years: years)
      asked.samples = samples ?? 0
      asked.priceVolatility = (priceVolatility ?? 0) / 100
      return asked
    }
    try options.show(work.go())
  }
}
