import ArgumentParser
import TulouStudies

/// `tulou report DIR`: the report drawn again from the files of a result.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Draw the report of a result again, from its files.",
    discussion: """
      tulou report out/park

      Reads project.lock.yaml, result.json and flows.csv of the folder, counts everything anew from the stored hours and \
      writes report.html; no plan is sought again (only what owners of existing plant would do alone is). To solve again, \
      plan project.lock.yaml.
      """)

  @Argument(help: .value("dir", "Folder of results."))
  var folder: String

  @Option(help: .value("dir", "Folder for the report; left out, that of the result."))
  var out: String?

  @Flag(help: "The stored result on standard output, nothing else there.")
  var json = false

  @Flag(help: "Print nothing.")
  var quiet = false

  @OptionGroup var pages: PageOptions

  func run() throws {
    let answer = try StoredRun(folder).report(to: out, language: pages.language)
    if json || !quiet { try Terminal.show(answer, json: json, quiet: quiet) }
  }
}
