import ArgumentParser
import Tulou
import TulouFiles

/// `tulou migrate FILE`: brings a project file to the newest format.
struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Bring a project file to the newest format (1).")

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  func run() throws {
    let errors = ProjectReader.check(path: file).filter { $0.severity == .error }
    guard errors.isEmpty else {
      for error in errors { Terminal.error(error.description) }
      throw Exit.projectFault
    }
    Terminal.result("\(file) is in format 1, the newest; nothing to change.")
  }
}
