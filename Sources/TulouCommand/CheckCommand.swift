import ArgumentParser
import Tulou
import TulouFiles

/// `tulou check FILE`: everything there is to say about a project file, at once.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read a project and report everything that is wrong or implausible.")

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Only the first n hours.", valueName: "n"))
  var hours: Int?

  @Flag(name: .long, help: "Print nothing when all is well.")
  var quiet = false

  func run() throws {
    let findings = ProjectReader.check(path: file, options: ProjectReader.Options(hours: hours))
    for finding in findings { Terminal.error(finding.description) }
    let errors = findings.filter { $0.severity == .error }.count
    let warnings = findings.filter { $0.severity == .warning }.count
    if errors > 0 {
      Terminal.error("\(file): \(counted(errors, "error")), \(counted(warnings, "warning")).")
      throw Exit.projectFault
    }
    if !quiet {
      Terminal.result(
        warnings == 0
          ? "\(file): all is well." : "\(file): can be planned; \(counted(warnings, "warning")) to look at.")
    }
  }
}

/// `1 error`, `2 errors`.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
