import ArgumentParser
import Tulou
import TulouStudies

/// `tulou stages FILE`: the stages of a project, one after the other or all at once.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "Plan a project through its stages; what is built stays.")

  @Argument(help: .value("file", "Project file with 'stages:'."))
  var file: String

  @Option(help: .value("mode", "foresight (all stages in one problem) or myopic (each as if it lasted to the end)."))
  var mode = "foresight"

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard StagedOutcome.Mode(rawValue: mode) != nil else {
      throw ValidationError("--mode takes foresight or myopic, found '\(mode)'.")
    }
    try options.refuseSizes("stages choose their sizes")
  }

  func run() throws {
    try options.show(
      StagesRun(options.run(file), mode: StagedOutcome.Mode(rawValue: mode) ?? .foresight).go())
  }
}
