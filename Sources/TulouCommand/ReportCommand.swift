import ArgumentParser
import Foundation
import Tulou
import TulouFiles

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

  @Argument(help: ArgumentHelp("Folder of results.", valueName: "dir"))
  var folder: String

  @Option(name: .long, help: ArgumentHelp("Folder for the report; left out, that of the result.", valueName: "dir"))
  var out: String?

  @Flag(name: .long, help: "The stored result on standard output, nothing else there.")
  var json = false

  @Flag(name: .long, help: "Print nothing.")
  var quiet = false

  func run() throws {
    let stored = try storedResult(folder)
    let lock = folder + "/project.lock.yaml"
    guard FileManager.default.fileExists(atPath: lock) else {
      Terminal.error("error: '\(folder)' holds no project.lock.yaml, so its report cannot be drawn again.")
      throw Exit.projectFault
    }
    let project = try project(lock)
    do throws(ResultFault) {
      try stored.writeReport(
        project: project, standalone: StandaloneStudy.all(of: project, solver: Structured()), to: out,
        plotlyPath: Parts.plotly())
    } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.projectFault
    }
    if json {
      Terminal.write(
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/result.json")), as: UTF8.self))
    } else if !quiet {
      Terminal.result("Report            \(out ?? folder)/report.html")
    }
  }

  private func project(_ lock: String) throws -> Project {
    do throws(ProjectFault) { return try ProjectReader.read(path: lock) } catch { try Run.fail(error) }
  }
}
