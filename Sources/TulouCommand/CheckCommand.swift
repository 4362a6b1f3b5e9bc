import ArgumentParser
import TulouStudies

/// `tulou check FILE`: everything there is to say about a project file, at once.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read a file and report everything that is wrong or implausible.",
    discussion: """
      It takes every kind of file that Tulou takes: a project, a lock file, a carbon account, weather (EPW, TMY3, PVGIS, \
      NSRDB, plain CSV), a table of series, lists of appliances or buildings, a catalogue, a text with the answers to 'tulou init', a folder of results.
      """)

  @Argument(help: .value("file", "File."))
  var file: String

  @Option(help: .value("n", "Only the first n hours."))
  var hours: Int?

  @Flag(help: "Print nothing when all is well.")
  var quiet = false

  func run() throws {
    let answer = try FileLook.check(file, hours: hours, listener: Terminal.listener(quiet: quiet, json: false))
    if !quiet { try Terminal.show(answer, json: false, quiet: quiet) }
  }
}
