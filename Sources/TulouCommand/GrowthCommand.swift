import ArgumentParser
import TulouStudies

/// `tulou growth FILE`: members enter over the years and leave again; who gains, who loses, what makes up for it.
struct GrowthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth",
    abstract: "Members enter and leave over the years: who gains, who loses, entry and exit fees, stable orders.",
    discussion: """
      tulou growth cluster.yaml

      The file says under 'growth' who begins, who enters when, and who may leave after how many years. Every group plans its \
      own cluster, as for 'share'.
      """)

  @Argument(help: .value("file", "Project file with 'growth'."))
  var file: String

  @Flag(help: "Begin anew, also with what an earlier run left.")
  var fresh = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    try options.refuseSizes("here every group has its own sizes")
  }

  func run() async throws { try options.show(try await GrowthRun(options.run(file, fresh: fresh)).go()) }
}
