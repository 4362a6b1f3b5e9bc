import ArgumentParser
import Tulou
import TulouFiles
import TulouStudies

/// `tulou migrate FILE`: brings a project file to the newest format.
struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Bring a project file to the newest format (1).")

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  func run() throws {
    let errors = ProjectReader.check(path: file).filter { $0.severity == .error }
    guard errors.isEmpty else {
      throw StudyEnd(.projectFault, messages: errors.map(\.description))
    }
    Terminal.result("\(file) is in format 1, the newest; nothing to change.")
  }
}
