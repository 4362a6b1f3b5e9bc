import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou carbon FILE`: the carbon account of an energy internet from its tables.
struct CarbonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "carbon",
    abstract: "Count the CO2 that an energy internet avoids, capability by capability.",
    discussion: """
      tulou carbon Examples/yanqing/yanqing.yaml
      tulou carbon Examples/yanqing/load-factor.yaml --json

      The file states two years and the tables of the account; see Documentation/methods/carbon.md.
      """)

  @Argument(help: ArgumentHelp("Carbon file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Folder for the results.", valueName: "dir"))
  var out: String?

  @Flag(name: .long, help: "Print the result as JSON on standard output, nothing else there.")
  var json = false

  @Flag(name: .long, help: "No notes.")
  var quiet = false

  func run() throws {
    let reading: CarbonReader.Reading
    do {
      reading = try CarbonReader.read(path: file)
    } catch {
      try Run.fail(error)
    }
    for warning in reading.warnings { Terminal.note(warning.description, quiet: quiet) }
    let report = CarbonReport(
      reading.carbonCase, notes: reading.warnings.map(\.message), version: Build.version)
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    let folder = out ?? "out/\(name)"
    do {
      try WholeFiles.write(
        [
          ("result.json", Array(report.resultJSON().utf8)), ("rows.csv", report.rowsCSV()),
          ("sensitivity.csv", report.sensitivityCSV()), ("report.html", Array(report.page().html().utf8)),
        ], to: folder, removing: ["result.json", "rows.csv", "sensitivity.csv", "report.html"])
    } catch {
      Terminal.error(error.description)
      throw Exit.internalError
    }
    if json {
      FileHandle.standardOutput.write(Data(report.resultJSON().utf8))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
  }
}
