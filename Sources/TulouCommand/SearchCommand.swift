import ArgumentParser
import Dispatch
import Foundation
import Tulou
import TulouFiles

/// `tulou search FILE`: many sizes run under a rule, ranked; what breaks a limit is rejected with its reason.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Run many sizes under a dispatch rule and rank them; say why the others were rejected.",
    discussion: """
      tulou search island.yaml --points 11
      tulou search island.yaml --candidates diesel=0,50,100 --candidates battery.energy=0,200,400
      tulou search island.yaml --method evolve --strategy cycle_charging

      Sizes with 'options' or 'unit' are tried as the file lists them, others at --points places between their least \
      and greatest total. An interrupted grid goes on where it stopped when the same command is given again.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "grid (every combination), optimise (pattern search from several starts), evolve (differential evolution, then "
        + "pattern search) or auto.", valueName: "name"))
  var method = "auto"

  @Option(name: .long, help: ArgumentHelp("Points of the grid on a continuous size.", valueName: "n"))
  var points = 6

  @Option(
    name: .long,
    help: ArgumentHelp("Totals of a size to be tried instead; may be given several times.", valueName: "id=a,b,..."))
  var candidates: [String] = []

  @Option(name: .long, help: ArgumentHelp("Designs at most.", valueName: "n"))
  var most = 2_000_000

  @Option(name: .long, help: ArgumentHelp("Rows kept besides the best of each type.", valueName: "n"))
  var rows = 100

  @Flag(name: .long, help: "Begin anew, even where an interrupted search could go on.")
  var fresh = false

  @Flag(name: .long, help: "Do not seek the bound of the linear plan.")
  var noBound = false

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard SearchOptions.Method(rawValue: method) != nil else {
      throw ValidationError("--method takes auto, grid, optimise or evolve, found '\(method)'.")
    }
    guard (2...100_000).contains(points) else { throw ValidationError("--points takes 2 to 100000, found \(points).") }
    guard most > 0, (1...1_000_000).contains(rows) else {
      throw ValidationError("--most takes a number from 1, --rows 1 to 1000000.")
    }
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'simulate'; a search tries --candidates.")
    }
    _ = try totals()
  }

  private func totals() throws -> [String: [Double]] {
    var totals: [String: [Double]] = [:]
    for text in candidates {
      let parts = text.split(separator: "=", maxSplits: 1)
      let values = parts.count == 2 ? parts[1].split(separator: ",").map { Double($0) } : []
      guard parts.count == 2, !values.isEmpty, !values.contains(nil) else {
        throw ValidationError("--candidates takes id=number,number,...; found '\(text)'.")
      }
      totals[String(parts[0])] = values.compactMap { $0 }.filter { $0.isFinite && $0 >= 0 }
    }
    return totals
  }

  func run() throws {
    let run = Run(options)
    let solver = try run.ruleSolver()
    let (reading, readSeconds) = try run.read(file)
    let folder = run.studyFolder(file, "search")
    var asked = SearchOptions()
    asked.strategy = strategy.dispatch
    asked.cheapest = strategy.cheapest
    asked.method = SearchOptions.Method(rawValue: method) ?? .automatic
    asked.points = points
    asked.candidates = try totals()
    asked.most = most
    asked.rows = rows
    asked.seed = options.seed ?? 1
    asked.seeksBound = !noBound
    asked.plan = run.planOptions("Bound")
    let line = run.progress
    let currency = reading.project.economy.currency
    asked.progress = { done, all, best in
      let part = all.map { " of \($0)" } ?? ""
      let value = best.map { String(format: "  best %.0f %@/y", $0, currency) } ?? ""
      line.show("Searching  \(done)\(part) designs\(value)")
    }
    let before = fresh ? nil : SearchFiles.interrupted(in: folder)
    let outcome = try found(reading, asked, solver, before, run)
    try finish(outcome, reading, folder, readSeconds, run)
  }

  private func found(
    _ reading: ProjectReading, _ asked: SearchOptions, _ solver: any Solver, _ before: SearchProgress?, _ run: Run
  ) throws -> SearchOutcome {
    let threads = run.options.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
    do throws(ProjectFault) {
      let outcome = try SearchStudy.run(
        project: reading.project, options: asked, solver: solver, resuming: before,
        spread: { count, body in
          guard threads > 1, count > 1 else {
            for i in 0..<count { body(i) }
            return
          }
          // Every thread takes the numbers that the others leave.
          DispatchQueue.concurrentPerform(iterations: min(threads, count)) { first in
            var i = first
            while i < count {
              body(i)
              i += min(threads, count)
            }
          }
        })
      run.progress.clear()
      return outcome
    } catch {
      run.progress.clear()
      try Run.fail(reading.located(error))
    }
  }

  private func finish(
    _ outcome: SearchOutcome, _ reading: ProjectReading, _ folder: String, _ readSeconds: Double, _ run: Run
  ) throws {
    if let before = outcome.resumedFrom {
      Terminal.note("Went on after \(before) designs of an interrupted search.", quiet: options.quiet || options.json)
    }
    let report = SearchReport(outcome, file: file, version: Build.version)
    let timing = [
      ("read", readSeconds), ("search", outcome.searchSeconds), ("solve", outcome.seconds - outcome.searchSeconds),
    ]
    let lock = reading.lock(version: Build.version, directory: folder)
    try run.writing { () throws(ResultFault) in
      try SearchFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if options.json {
      Terminal.result(SearchFiles.text(report, timing: timing))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    if outcome.isStopped {
      Terminal.error("Interrupted: the best of \(outcome.evaluated) designs are in \(folder).")
      throw Exit.interrupted
    }
    if outcome.feasible == 0 { throw Exit.infeasible }
  }
}
