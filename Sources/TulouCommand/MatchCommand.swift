import ArgumentParser
import TulouStudies

/// `tulou match FILE`: which stream of one partner becomes the input of another.
struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Match waste of one partner with the needs of another.",
    discussion: """
      tulou match park.yaml
      tulou match park.yaml --alternatives 6 --without all
      tulou match park.yaml --reduction-first --trade-off co2,money
      tulou match park.yaml --robust 0.1

      Says which links are worth building, what each is worth and to whom, and why the others are not possible. \
      Methods: Documentation/methods/match.md.
      """)

  @Argument(help: .value("file", "Project file with 'partners' and 'streams'."))
  var file: String

  @Option(help: .value("k", "How many best sets of links, and as many clearly different ones."))
  var alternatives = 1

  @Option(help: .value("n", "Links in which clearly different sets differ at least."))
  var difference = 2

  @Flag(help: "What measures at the origin do alone, together with links, and before them.")
  var reductionFirst = false

  @Option(help: .value("partner", "A partner that is away all year, or 'all' one by one."))
  var without: String?

  @Option(
    help: .value(
      "weight",
      "A design with failures in view: this weight times the worst loss is added to the cost, or 'shares': each loss by the partner's 'away'."
    ))
  var robust: String?

  @Flag(help: "What every group of partners gains by links among themselves.")
  var groups = false

  @Option(help: .value("goal,goal", "Two of money, co2, outside_energy: their trade-off."))
  var tradeOff: String?

  @Option(help: .value("n", "Points of the trade-off."))
  var points = 5

  @Option(help: .value("share", "Relative gap at which the search stops; left out: none up to 120 links, then 0.01."))
  var gap: Double?

  @OptionGroup var options: CommonOptions

  func validate() throws { _ = try work() }

  func run() throws { try options.show(work().go()) }

  private func work() throws -> MatchRun {
    var work = MatchRun(try options.run(file))
    work.alternatives = alternatives
    work.difference = difference
    work.reductionFirst = reductionFirst
    work.groups = groups
    work.without = without
    work.gap = gap
    return try read(try work.with(robust: robust, tradeOff: tradeOff, points: points))
  }
}
