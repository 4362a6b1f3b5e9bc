import ArgumentParser
import Tulou
import TulouFiles
import TulouStudies

/// `tulou share FILE`: what each member gains, by several rules, and whether a group would be better off by itself.
struct ShareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share",
    abstract: "Divide the benefit of a cluster among its members, with the test of stability.",
    discussion: """
      tulou share cluster.yaml
      tulou share game.yaml --json | jq .shares.nucleolus

      A project with members: every group plans its own cluster, and shares by Owen's prices, Shapley, nucleolus and the \
      keys of statutes stand side by side. A file with 'game', 'allocation' or 'price' asks for a game of its own, the \
      division of metered energy, or a price inside a community (Documentation/tutorials/share.md).
      """)

  @Argument(help: ArgumentHelp("Project file, or file with 'game', 'allocation' or 'price'.", valueName: "file"))
  var file: String

  @OptionGroup var asked: ShareOptions

  @OptionGroup var options: CommonOptions

  func run() async throws {
    let run = try options.run(file, fresh: asked.fresh)
    if SharingReader.isSharingFile(file) {
      try options.show(SharingFileRun(run, asked.question).go())
    } else {
      try options.show(try await ShareRun(run, asked.question).go())
    }
  }
}

/// Options of `share`.
struct ShareOptions: ParsableArguments {
  @Option(
    name: .customLong("game"),
    help: ArgumentHelp(
      "planning (each group plans its own cluster) or operating (plant as planned, groups exchange what they have over).",
      valueName: "game"))
  var gameName: String?

  @Option(
    name: .customLong("method"),
    help: ArgumentHelp("Rule of the members' pages, in place of the file's, e.g. nucleolus.", valueName: "rule"))
  var methodName: String?

  @Flag(name: .long, help: "Begin anew, also with what an earlier run left.")
  var fresh = false

  @Option(
    name: .long,
    help: ArgumentHelp("Pairs of orders at most, where Shapley's value is sampled (20000).", valueName: "n"))
  var samples: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Half width of sampled shares' 95 % intervals, in parts of the benefit (0.005).", valueName: "part"))
  var tolerance: Double?

  /// `--game`.
  var game: ClusterShareReport.Kind? { gameName.flatMap(ClusterShareReport.Kind.init) }

  /// `--method`.
  var method: SharingMethod? { methodName.flatMap(SharingMethod.init) }

  /// What is asked.
  var question: ShareQuestion {
    var question = ShareQuestion()
    question.game = game
    question.method = method
    question.samples = samples
    question.tolerance = tolerance
    return question
  }

  func validate() throws {
    if let gameName, game == nil { throw ValidationError("--game takes planning or operating, found '\(gameName)'.") }
    if let methodName, method == nil {
      throw ValidationError(
        "--method takes \(SharingMethod.allCases.map(\.rawValue).joined(separator: ", ")); found '\(methodName)'.")
    }
    if let samples, !(2...10_000_000).contains(samples) {
      throw ValidationError("--samples takes a whole number from 2 to 10000000, found \(samples).")
    }
    if let tolerance, !(tolerance > 0 && tolerance < 1) {
      throw ValidationError("--tolerance takes a number above 0 and below 1, found \(tolerance).")
    }
  }
}
