import Foundation
import Synchronization
public import Tulou
public import TulouFiles

/// One run of a study of a file: reading, choosing the solver, telling the time, writing.
///
/// Every study begins with one, and every study gets its `StudyContext` from it. It prints nothing, and it never ends the process.
public struct StudyRun: Sendable {
  /// What is asked.
  public let request: StudyRequest
  /// Who is told.
  public let listener: StudyListener
  private let clock = ContinuousClock()

  /// A run.
  public init(_ request: StudyRequest, listener: StudyListener = StudyListener()) {
    self.request = request
    self.listener = listener
  }

  /// The project of the file; its warnings are told.
  ///
  /// - Parameters:
  ///   - file: Another file than that of the request.
  ///   - overYears: Whether the study can plan over several weather years; others refuse such a project, for they would
  ///     look at its first year only.
  ///   - study: A study in place of those of the file, as text.
  public func read(
    _ file: String? = nil, overYears: Bool = false, study: (id: String, text: String)? = nil
  ) throws(StudyEnd) -> (reading: ProjectReading, seconds: Double) {
    let file = file ?? request.file
    listener.progress("Reading \(file)")
    let begin = clock.now
    let reading = try stopping { () throws(ProjectFault) in
      var asked = request.read
      asked.study = study
      if let language = request.language { asked.settings.append(("language", language)) }
      return try ProjectReader.open(path: file, options: asked)
    }
    if !overYears, !reading.project.weatherYears.isEmpty {
      throw StudyEnd(
        ProjectFault([
          Diagnostic(
            .error, "This study looks at one year, and the project has 'weather_years'.",
            advice: "Ask 'tulou plan', or take 'weather_years' out.", path: "weather_years")
        ]))
    }
    for warning in Diagnostic.shown(reading.project.warnings) { listener.tell(.note(warning.description)) }
    return (reading, since(begin))
  }

  /// How the study is done: solver, threads, limits, who is told and who may stop it.
  ///
  /// - Parameters:
  ///   - folder: Where it leaves what it has found so far; nil: nowhere.
  ///   - byRules: Whether a rule may be asked for in place of a solver; what stands beside it is solved as `auto` does.
  public func context(in folder: String? = nil, byRules: Bool = false) throws(StudyEnd) -> StudyContext {
    let asked = byRules && request.solver == .rules ? .automatic : request.solver
    var context = context(by: try solver(asked))
    context.checkpoint = folder.map { StudyCheckpoint(folder: $0, isFresh: request.isFresh) }
    return context
  }

  private func solver(_ name: StudyRequest.Solver) throws(StudyEnd) -> any Solver {
    guard let choice = SolverChoice(rawValue: name.rawValue) else {
      throw StudyEnd(.usage, "tulou: this command has no solver '\(name.rawValue)'; use auto, structured or highs.")
    }
    let highs: Result<Highs, HighsLibrary.Missing> = Result { () throws(HighsLibrary.Missing) in
      Highs(try HighsLibrary.open(path: request.highs))
    }
    do throws(HighsLibrary.Missing) {
      return try choice.solver(highs: highs)
    } catch {
      throw StudyEnd(.partMissing, error.message)
    }
  }

  func context(by solver: any Solver) -> StudyContext {
    var plans = PlanOptions()
    plans.wholeNumbers = request.isExact ? .exact : .rounding
    plans.sizes = request.sizes
    if let limit = request.timeLimit {
      plans.solve.timeLimit = limit
      plans.neighbourSeconds = min(plans.neighbourSeconds, limit)
    }
    plans.solve.isCancelled = listener.isCancelled
    plans.solve.memoryLimit = AvailableMemory.bytes
    plans.solve.announce = announcement()
    var context = StudyContext(solver: solver, workers: workers, plans: plans, progress: listener.progress)
    context.spread = Threads.spread(context.workers)
    context.seed = request.seed
    return context
  }

  /// Told once, and only where waiting is worth words. What the reading holds already counts, for it stays.
  private func announcement() -> @Sendable (SolveDemand) -> Void {
    let isSaid = Mutex(false)
    let listener = listener
    return { demand in
      var whole = demand
      whole.bytes += AvailableMemory.held
      guard whole.seconds > 120 || whole.bytes > 2e9,
        isSaid.withLock({ said in
          defer { said = true }; return !said
        })
      else { return }
      listener.tell(.aside("This is a large problem: it takes \(TimeAdvice.words(whole))."))
    }
  }

  /// Plans at a time; a study's results do not depend on it.
  var workers: Int { request.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// Runs a study; what it cannot plan ends it.
  public func stopping<Value>(_ study: () throws(ProjectFault) -> Value) throws(StudyEnd) -> Value {
    defer { listener.progress(nil) }
    do throws(ProjectFault) { return try study() } catch { throw StudyEnd(error) }
  }

  /// Writes by `write`; a disk that refuses ends the study.
  public func writing(_ write: () throws(ResultFault) -> Void) throws(StudyEnd) {
    do throws(ResultFault) { try write() } catch { throw StudyEnd(error) }
  }

  /// Folder of the plan's results: as asked, or `out/<name of the file>`.
  public var folder: String {
    if let out = request.out { return out }
    let url = URL(fileURLWithPath: request.file)
    let stem = url.deletingPathExtension().lastPathComponent
    let name = stem == "project" ? url.deletingLastPathComponent().lastPathComponent : stem
    return "out/" + (name.isEmpty ? "project" : name)
  }

  func since(_ begin: ContinuousClock.Instant) -> Double { (clock.now - begin) / .seconds(1) }
  var now: ContinuousClock.Instant { clock.now }

  /// Whether whoever asked has had enough.
  var isInterrupted: Bool { listener.isCancelled() }
}
