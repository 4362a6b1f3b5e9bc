import ArgumentParser
import TulouStudies

/// `tulou sensitivity FILE`: the same project with other numbers, a proven plan a case.
struct SensitivityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Plan, simulate or search the same project with other numbers and show what moves the result.",
    discussion: """
      tulou sensitivity park.yaml --vary "components.wind.capital=x0.5 .. x3"
      tulou sensitivity park.yaml --vary "components.pv.capital=x0.7,x1,x1.3" --vary "markets.grid.buy=0.10 EUR/kWh,0.20 EUR/kWh" --mode grid
      tulou sensitivity park.yaml --study panels --result cost_of_energy_served
      tulou sensitivity park.yaml --vary "limits.renewable_fraction.min=40 %,60 %,80 %" --least wind
      tulou sensitivity park.yaml --vary "markets.oil.buy=x0.5 .. x2" --by search --strategy load_following,cycle_charging

      A path names any number of the file. A value is a factor (x0.5), a number with its unit (900 USD/kW), or a range \
      (x0.5 .. x3, or 600 USD/kW .. 900 USD/kW / 7 for seven values). An interrupted study goes on where it stopped \
      when the same command is given again.
      """)

  @Argument(help: .value("file", "Project file."))
  var file: String

  @Option(help: .value("path=value,value,...", "A path and its values; may be given several times."))
  var vary: [String] = []

  @Option(help: .value("mode", "one-at-a-time, grid (every combination) or tornado (first and last value)."))
  var mode: String?

  @Option(help: .value("key", "Indicator that is drawn, e.g. cost_of_energy_served; left out: the objective."))
  var result: String?

  @Option(help: .value("id", "Size that is made as small as the limits allow, in place of cost, e.g. wind."))
  var least: String?

  @Option(
    help: .value(
      "plan|search|simulate",
      "Who answers each case: plan (least cost, with its proof), search (the best sizes under a rule) or simulate (given sizes under a rule)."
    ))
  var by: String?

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var space: SearchSpaceOptions

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws { _ = try words() }

  private func words() throws -> SensitivityWords {
    var words = SensitivityWords()
    words.vary = vary
    words.mode = mode
    words.result = result
    words.least = least
    words.by = by
    words.hasSizes = options.sizes != nil
    words.hasRule = strategy.strategy != nil
    words.hasDesigns = space.isGiven
    return try read(try words.checked())
  }

  func run() async throws {
    var work = try SensitivityRun(options.run(file, study: study.study, fresh: study.fresh), words())
    work.strategy = try strategy.question()
    work.space = try space.question()
    try options.show(try await work.go())
  }
}
