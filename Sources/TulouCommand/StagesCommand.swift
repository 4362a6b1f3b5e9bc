import ArgumentParser
import Tulou
import TulouStudies

/// `tulou stages FILE`: the stages of a project, one after the other or all at once.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "Plan a project through its stages; what is built stays.")

  @Argument(help: ArgumentHelp("Project file with 'stages:'.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "foresight (all stages in one problem) or myopic (each as if it lasted to the end).", valueName: "mode"))
  var mode = "foresight"

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard StagedOutcome.Mode(rawValue: mode) != nil else {
      throw ValidationError("--mode takes foresight or myopic, found '\(mode)'.")
    }
    guard options.sizes == nil else { throw ValidationError("--sizes is for 'plan'; stages choose their sizes.") }
  }

  func run() throws {
    try options.show(
      StagesRun(options.run(file), mode: StagedOutcome.Mode(rawValue: mode) ?? .foresight).go())
  }
}
