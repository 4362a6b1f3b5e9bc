import ArgumentParser
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

  @Argument(help: .value("file", "Project file."))
  var file: String

  @OptionGroup var space: SearchSpaceOptions

  @Option(help: .value("n", "Rows kept besides the best of each type."))
  var rows = 100

  @Option(
    help: .value("n", "Rows that are opened as full plans with report and perfect foresight beside (folder plans/)."))
  var open = 1

  @Option(
    help: .value(
      "id=size,...",
      "Sizes of the base case that the best row is compared with; left out: the feasible row of least capital that serves at least 99 %."
    ))
  var base: String?

  @Option(
    help: .value(
      "n",
      "Simulate so many years of the best designs one by one (growth, prices, ageing, replacement by use) and rank them by what these cost."
    ))
  var years: Int?

  @Option(help: .value("n", "--years: designs whose years are simulated (40)."))
  var yearDesigns: Int?

  @OptionGroup var study: StudyOptions

  @Flag(help: "Do not seek the bound of the linear plan.")
  var noBound = false

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws { _ = try work() }

  func run() throws { try options.show(work().go()) }

  private func work() throws -> DesignSearchRun {
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'simulate'; a search tries --candidates.")
    }
    var work = DesignSearchRun(
      try options.run(file, study: study.study, fresh: study.fresh), try strategy.question(), try space.question())
    work.rows = rows
    work.opened = open
    work.years = years
    work.yearDesigns = yearDesigns ?? 40
    work.seeksBound = !noBound
    return try read(try work.with(base: base))
  }
}
