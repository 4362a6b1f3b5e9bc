import ArgumentParser
import Foundation
import TulouStudies

/// `tulou search FILE`: many sizes run under a rule, ranked; what breaks a limit is rejected with its reason.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Run many sizes under a dispatch rule and rank them; say why the others were rejected.",
    discussion: """
      tulou search island.yaml --points 11
      tulou search island.yaml --candidates diesel=0,50,100 --candidates battery.energy=0,200,400
      tulou search island.yaml --method evolve --strategy load_following,cycle_charging --open 3

      Sizes with 'options' or 'unit' are tried as the file lists them, others at --points places between their least \
      and greatest total. An interrupted search goes on where it stopped when the same command is given again.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @OptionGroup var space: SearchSpaceOptions

  @Option(name: .long, help: ArgumentHelp("Rows kept besides the best of each type.", valueName: "n"))
  var rows = 100

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Rows that are opened as full plans with report and perfect foresight beside (folder plans/).", valueName: "n"))
  var open = 1

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Sizes of the base case that the best row is compared with; left out: the feasible row of least capital that serves "
        + "at least 99 %.",
      valueName: "id=size,..."))
  var base: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Simulate so many years of the best designs one by one (growth, prices, ageing, replacement by use) and rank them "
        + "by what these cost.", valueName: "n"))
  var years: Int?

  @Option(name: .long, help: ArgumentHelp("--years: designs whose years are simulated (40).", valueName: "n"))
  var yearDesigns: Int?

  @OptionGroup var study: StudyOptions

  @Flag(name: .long, help: "Do not seek the bound of the linear plan.")
  var noBound = false

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard (1...1_000_000).contains(rows) else { throw ValidationError("--rows takes 1 to 1000000, found \(rows).") }
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'simulate'; a search tries --candidates.")
    }
    guard (0...1000).contains(open) else { throw ValidationError("--open takes 0 to 1000 rows, found \(open).") }
    if let years, !(1...100).contains(years) { throw ValidationError("--years takes 1 to 100.") }
    if let yearDesigns, !(1...10_000).contains(yearDesigns) {
      throw ValidationError("--year-designs takes 1 to 10000.")
    }
    _ = try baseSizes()
  }

  /// `--base` as totals by name; nil without it.
  private func baseSizes() throws -> [String: Double]? {
    guard let base else { return nil }
    do { return try CommonOptions.sizes(base) } catch let fault as ValidationError {
      throw ValidationError(fault.message.replacingOccurrences(of: "--sizes", with: "--base"))
    }
  }

  func run() throws {
    var work = DesignSearchRun(
      try options.run(file, study: study.study, fresh: study.fresh), strategy.question, try space.question())
    work.rows = rows
    work.opened = open
    work.base = try baseSizes()
    work.years = years
    work.yearDesigns = yearDesigns ?? 40
    work.seeksBound = !noBound
    try options.show(work.go())
  }
}
