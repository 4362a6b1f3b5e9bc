import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou report DIR`: the report drawn again from the lock file of a result.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Draw the report of a result again, from its lock file.",
    discussion: "Plans project.lock.yaml of the folder again, which gives the same numbers, and writes the files anew.")

  @Argument(help: ArgumentHelp("Folder of results.", valueName: "dir"))
  var folder: String

  @OptionGroup var options: CommonOptions

  func run() throws {
    let before = try storedResult(folder)
    let file = folder + "/project.lock.yaml"
    guard FileManager.default.fileExists(atPath: file) else {
      Terminal.error("error: '\(folder)' holds no project.lock.yaml, so its report cannot be drawn again.")
      throw Exit.projectFault
    }
    var options = options
    if options.out == nil { options.out = folder }
    let run = Run(options)
    let solver = try run.solver()
    let (reading, readSeconds) = try run.read(file)
    let outcome = try run.stopping { () throws(ProjectFault) in
      try PlanStudy.run(project: reading.project, options: run.planOptions("Solving"), solver: solver)
    }
    try run.finish(outcome, of: reading, file: file, readSeconds: readSeconds)
    if let old = before.objective.value, let new = outcome.certificate?.value,
      abs(new - old) > 1e-6 * max(1, abs(old))
    {
      Terminal.error("warning: the value was \(old) and is now \(new); other options were used then.")
    }
  }
}
