import ArgumentParser
import TulouStudies

/// `tulou migrate FILE`: brings a project file to the newest format.
struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Bring a project file to the newest format (1).")

  @Argument(help: .value("file", "Project file."))
  var file: String

  func run() throws { try Terminal.show(FileLook.migrate(file)) }
}
