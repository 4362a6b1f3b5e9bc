import Foundation
import Synchronization
import Tulou
import TulouFiles

/// What every study of the command shares: reading the file, choosing the solver, telling the time.
struct Run {
  let options: CommonOptions
  let progress: ProgressLine
  /// Whether results are written as `workbook.xlsx` too.
  var isWorkbookWanted = false
  private let clock = ContinuousClock()

  init(_ options: CommonOptions) {
    self.options = options
    progress = ProgressLine(quiet: options.quiet || options.json)
  }

  /// The project of `file`; prints what is wrong and exits 1 otherwise. Warnings are printed too.
  ///
  /// - Parameters:
  ///   - overYears: Whether the study can plan over several weather years; others refuse such a project, for they would
  ///     look at its first year only.
  ///   - study: A study in place of those of the file, as text.
  func read(
    _ file: String, overYears: Bool = false, study: (id: String, text: String)? = nil
  ) throws -> (reading: ProjectReading, seconds: Double) {
    progress.show("Reading \(file)")
    let begin = clock.now
    do {
      var asked = readOptions
      asked.study = study
      let reading = try ProjectReader.open(path: file, options: asked)
      progress.clear()
      if !overYears, !reading.project.weatherYears.isEmpty {
        throw ProjectFault([
          Diagnostic(
            .error, "This study looks at one year, and the project has 'weather_years'.",
            advice: "Ask 'tulou plan', or take 'weather_years' out.", path: "weather_years")
        ])
      }
      for warning in Diagnostic.shown(reading.project.warnings) {
        Terminal.note(warning.description, quiet: options.quiet)
      }
      return (reading, (clock.now - begin) / .seconds(1))
    } catch let fault as ProjectFault {
      progress.clear()
      try Run.fail(fault)
    }
  }

  /// Prints every finding and ends with exit code 1.
  static func fail(_ fault: ProjectFault) throws -> Never {
    for diagnostic in fault.diagnostics { Terminal.error(diagnostic.description) }
    let errors = fault.diagnostics.filter { $0.severity == .error }.count
    Terminal.error("\(counted(errors, "error")); nothing was written.")
    throw Exit.projectFault
  }

  /// The solver that the options ask for; exit 5 where HiGHS is asked for and absent.
  func solver() throws -> any Solver { try solver(named: options.solver) }

  /// The solver of a name.
  func solver(named name: String) throws -> any Solver {
    guard let choice = SolverChoice(rawValue: name) else {
      Terminal.error("tulou: this command has no solver '\(name)'; use auto, structured or highs.")
      throw Exit.usage
    }
    let highs: Result<Highs, HighsLibrary.Missing> = Result { () throws(HighsLibrary.Missing) in
      Highs(try HighsLibrary.open(path: options.highs))
    }
    do {
      return try choice.solver(highs: highs)
    } catch {
      Terminal.error(error.message)
      throw Exit.partMissing
    }
  }

  /// How the solves go: threads, time, cancellation, progress.
  func solveOptions(_ what: String) -> SolveOptions {
    var solve = SolveOptions()
    if let limit = options.timeLimit { solve.timeLimit = limit }
    solve.threads = options.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
    solve.isCancelled = { Interruption.isRequested }
    solve.memoryLimit = AvailableMemory.bytes
    let line = progress
    let isQuiet = options.quiet || options.json
    let isSaid = Mutex(false)
    solve.announce = { demand in
      // Said once, and only where waiting is worth words. What the reading holds already counts, for it stays.
      var whole = demand
      whole.bytes += AvailableMemory.held
      guard whole.seconds > 120 || whole.bytes > 2e9,
        isSaid.withLock({ said in
          defer { said = true }; return !said
        })
      else { return }
      Terminal.note("This is a large problem: it takes \(TimeAdvice.words(whole)).", quiet: isQuiet)
    }
    solve.progress = { step in
      let gap = step.gap.isFinite ? "  gap " + NumberText.significant(step.gap, digits: 2) : ""
      line.show("\(what)  iteration \(step.iteration)\(gap)")
    }
    return solve
  }

  /// Options of a plan.
  func planOptions(_ what: String) -> PlanOptions {
    var plan = PlanOptions()
    plan.wholeNumbers = options.exact ? .exact : .rounding
    plan.sizes = (try? options.givenSizes()) ?? [:]
    plan.solve = solveOptions(what)
    if let limit = options.timeLimit { plan.neighbourSeconds = min(plan.neighbourSeconds, limit) }
    return plan
  }

  /// Runs a study; what it cannot plan is printed and ends with exit code 1.
  func stopping<Value>(_ study: () throws(ProjectFault) -> Value) throws -> Value {
    do throws(ProjectFault) {
      let value = try study()
      progress.clear()
      return value
    } catch {
      progress.clear()
      try Run.fail(error)
    }
  }

  /// Writes by `write`; a disk that refuses ends with exit code 4.
  func writing(_ write: () throws(ResultFault) -> Void) throws {
    do throws(ResultFault) { try write() } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
  }

  /// Folder of the results: `--out`, or `out/<name of the file>`.
  func folder(_ file: String) -> String {
    if let out = options.out { return out }
    let url = URL(fileURLWithPath: file)
    let stem = url.deletingPathExtension().lastPathComponent
    let name = stem == "project" ? url.deletingLastPathComponent().lastPathComponent : stem
    return "out/" + (name.isEmpty ? "project" : name)
  }

  func since(_ begin: ContinuousClock.Instant) -> Double { (clock.now - begin) / .seconds(1) }
  var now: ContinuousClock.Instant { clock.now }
}
