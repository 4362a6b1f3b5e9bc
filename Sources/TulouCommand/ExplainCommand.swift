import ArgumentParser
import TulouStudies

/// `tulou explain DIR [--hour STAMP]`: the result in words, or one hour of it.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show what a result means, or what happened in one hour.")

  @Argument(help: .value("dir", "Folder of results."))
  var folder: String

  @Option(
    help: .value(
      "stamp",
      "An hour as flows.csv names it (standard time), e.g. 2025-01-14T18, or with its offset, 2025-07-14T18+02:00."))
  var hour: String?

  func run() throws {
    for line in try StoredRun(folder).words(hour: hour) { Terminal.result(line) }
  }
}
