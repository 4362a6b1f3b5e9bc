import ArgumentParser
import Foundation
import Tulou
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

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp("A path and its values; may be given several times.", valueName: "path=value,value,..."))
  var vary: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("one-at-a-time, grid (every combination) or tornado (first and last value).", valueName: "mode"))
  var mode: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Indicator that is drawn, e.g. cost_of_energy_served; left out: the objective.", valueName: "key"))
  var result: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Size that is made as small as the limits allow, in place of cost, e.g. wind.", valueName: "id"))
  var least: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who answers each case: plan (least cost, with its proof), search (the best sizes under a rule) or simulate (given "
        + "sizes under a rule).", valueName: "plan|search|simulate"))
  var by: String?

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var space: SearchSpaceOptions

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil || answer == .simulate else {
      throw ValidationError("--sizes is for 'plan' and '--by simulate'; each case chooses its sizes.")
    }
    if let by, Study.Answer(rawValue: by) == nil {
      throw ValidationError("--by takes plan, search or simulate, found '\(by)'.")
    }
    if least != nil, by != nil || result != nil {
      throw ValidationError("--least asks plans for one size; --by and --result have no part in it.")
    }
    if answer ?? .plan == .plan, strategy.strategy != nil {
      throw ValidationError("--strategy belongs to --by search and --by simulate.")
    }
    if answer != .search, space.isGiven {
      throw ValidationError("--method, --points, --candidates and --most belong to --by search.")
    }
    if let mode, design(mode) == nil {
      throw ValidationError("--mode takes one-at-a-time, grid or tornado, found '\(mode)'.")
    }
    _ = try variations()
  }

  /// `--by`.
  private var answer: Study.Answer? { by.flatMap(Study.Answer.init) }

  private func design(_ word: String) -> SensitivityDesign? {
    SensitivityDesign(rawValue: word.replacingOccurrences(of: "-", with: "_"))
  }

  /// `--vary` as paths with their values.
  private func variations() throws -> [Study.Variation] {
    try vary.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ValidationError(
          "--vary takes path=value,value,... such as components.wind.capital=x0.5,x2; found '\(text)'.")
      }
      var list = parts[1]
      if list.hasPrefix("["), list.hasSuffix("]") { list = String(list.dropFirst().dropLast()) }
      let values = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      guard !values.isEmpty else { throw ValidationError("--vary '\(parts[0])' is given no values.") }
      return Study.Variation(path: parts[0], values: values)
    }
  }

  func run() async throws {
    var work = SensitivityRun(try options.run(file, study: study.study, fresh: study.fresh), try variations())
    work.design = mode.flatMap(design)
    work.result = result
    work.least = least
    work.by = answer
    work.strategy = strategy.question
    work.space = try space.question()
    try options.show(try await work.go())
  }
}
