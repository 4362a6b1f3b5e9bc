import ArgumentParser
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

  @Argument(help: .value("file", "Project file, or file with 'game', 'allocation' or 'price'."))
  var file: String

  @OptionGroup var asked: ShareOptions

  @OptionGroup var options: CommonOptions

  func run() async throws {
    let run = ShareRun(try options.run(file, fresh: asked.fresh), try asked.question())
    try options.show(try await run.go())
  }
}

/// Options of `share`.
struct ShareOptions: ParsableArguments {
  @Option(
    name: .customLong("game"),
    help: .value(
      "game",
      "planning (each group plans its own cluster) or operating (plant as planned, groups exchange what they have over)."
    ))
  var gameName: String?

  @Option(
    name: .customLong("method"),
    help: .value("rule", "Rule of the members' pages, in place of the file's, e.g. nucleolus."))
  var methodName: String?

  @Flag(help: "Begin anew, also with what an earlier run left.")
  var fresh = false

  @Option(help: .value("n", "Pairs of orders at most, where Shapley's value is sampled (20000)."))
  var samples: Int?

  @Option(help: .value("part", "Half width of sampled shares' 95 % intervals, in parts of the benefit (0.005)."))
  var tolerance: Double?

  /// What is asked.
  func question() throws -> ShareQuestion {
    try read(try ShareQuestion(game: gameName, method: methodName, samples: samples, tolerance: tolerance))
  }

  func validate() throws { _ = try question() }
}
