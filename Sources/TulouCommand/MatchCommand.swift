import ArgumentParser
import Foundation
import Tulou
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

  @Argument(help: ArgumentHelp("Project file with 'partners' and 'streams'.", valueName: "file"))
  var file: String

  @Option(
    name: .long, help: ArgumentHelp("How many best sets of links, and as many clearly different ones.", valueName: "k"))
  var alternatives = 1

  @Option(name: .long, help: ArgumentHelp("Links in which clearly different sets differ at least.", valueName: "n"))
  var difference = 2

  @Flag(name: .long, help: "What measures at the origin do alone, together with links, and before them.")
  var reductionFirst = false

  @Option(
    name: .long, help: ArgumentHelp("A partner that is away all year, or 'all' one by one.", valueName: "partner"))
  var without: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A design with failures in view: this weight times the worst loss is added to the cost, or 'shares': each loss by the partner's 'away'.",
      valueName: "weight"))
  var robust: String?

  @Flag(name: .long, help: "What every group of partners gains by links among themselves.")
  var groups = false

  @Option(
    name: .long,
    help: ArgumentHelp("Two of money, co2, outside_energy: their trade-off.", valueName: "goal,goal"))
  var tradeOff: String?

  @Option(name: .long, help: ArgumentHelp("Points of the trade-off.", valueName: "n"))
  var points = 5

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Relative gap at which the search stops; left out: none up to 120 links, then 0.01.", valueName: "share"))
  var gap: Double?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard (1...1000).contains(alternatives) else {
      throw ValidationError("--alternatives takes a whole number from 1 to 1000, found \(alternatives).")
    }
    guard (1...100).contains(difference) else {
      throw ValidationError("--difference takes a whole number from 1 to 100, found \(difference).")
    }
    guard (2...200).contains(points) else {
      throw ValidationError("--points takes a whole number from 2 to 200, found \(points).")
    }
    if let gap, !(0...0.5).contains(gap) {
      throw ValidationError("--gap takes a share from 0 to 0.5, found \(gap).")
    }
    _ = try goals()
    _ = try robustRule()
  }

  /// What stands for each partner's share of time away.
  private static let byShares = "shares"

  private func robustRule() throws -> RobustRule? {
    guard let robust else { return nil }
    if robust == Self.byShares { return .shares }
    guard let weight = Double(robust), (0...1e6).contains(weight) else {
      throw ValidationError("--robust takes a weight of 0 or more, or '\(Self.byShares)'; found '\(robust)'.")
    }
    return .worst(weight: weight)
  }

  private func goals() throws -> (first: MatchGoal, second: MatchGoal)? {
    guard let tradeOff else { return nil }
    let words = tradeOff.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let found = words.compactMap(MatchGoal.init)
    guard words.count == 2, found.count == 2, found[0] != found[1] else {
      throw ValidationError(
        "--trade-off takes two of \(MatchGoal.allCases.map(\.rawValue).joined(separator: ", ")), such as co2,money; found '\(tradeOff)'."
      )
    }
    return (found[0], found[1])
  }

  func run() throws {
    var work = MatchRun(try options.run(file))
    work.alternatives = alternatives
    work.difference = difference
    work.reductionFirst = reductionFirst
    work.groups = groups
    work.robust = try robustRule()
    work.front = try goals().map { ($0.first, $0.second, points) }
    work.without = without
    work.gap = gap
    try options.show(work.go())
  }
}
