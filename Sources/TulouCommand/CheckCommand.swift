import ArgumentParser
import Tulou
import TulouFiles
import TulouStudies

/// `tulou check FILE`: everything there is to say about a project file, at once.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read a file and report everything that is wrong or implausible.",
    discussion: """
      It takes every kind of file that Tulou takes: a project, a lock file, a carbon account, weather (EPW, TMY3, PVGIS, \
      NSRDB, plain CSV), a table of series, lists of appliances or buildings, a catalogue, a text with the answers to 'tulou init', a folder of results.
      """)

  @Argument(help: ArgumentHelp("File.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Only the first n hours.", valueName: "n"))
  var hours: Int?

  @Flag(name: .long, help: "Print nothing when all is well.")
  var quiet = false

  func run() throws {
    let check = FileCheck.of(path: file, options: ProjectReader.Options(hours: hours))
    let findings = check.findings
    for finding in findings { Terminal.error(finding.description) }
    let errors = findings.filter { $0.severity == .error }.count
    let warnings = findings.filter { $0.severity == .warning }.count
    if errors > 0 {
      Terminal.error("\(file): \(counted(errors, "error")), \(counted(warnings, "warning")).")
      throw StudyEnd(.projectFault)
    }
    if quiet { return }
    let isProject = ["project", "lock file"].contains(check.kind)
    let what = isProject ? "can be planned" : check.kind
    Terminal.result(
      warnings > 0
        ? "\(file): \(what); \(counted(warnings, "warning")) to look at."
        : isProject ? "\(file): all is well." : "\(file): \(check.kind); all is well.")
  }
}
