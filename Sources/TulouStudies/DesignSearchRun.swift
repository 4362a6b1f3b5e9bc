import Synchronization
import Tulou
import TulouFiles

/// `search`: many sizes run under a rule, ranked; what breaks a limit is rejected with its reason.
public struct DesignSearchRun: Sendable {
  let run: StudyRun
  let strategy: StrategyQuestion
  let space: SearchSpaceQuestion
  /// Rows kept besides the best of each type.
  public var rows = 100
  /// Rows that are opened as full plans.
  public var opened = 1
  /// Sizes of the base case; nil: the feasible row of least capital that serves at least 99 %.
  public var base: [String: Double]?
  /// Years of the best designs that are simulated one by one; nil: as the file's study says.
  public var years: Int?
  /// Designs whose years are simulated.
  public var yearDesigns = 40
  /// Whether the bound of the linear plan is sought.
  public var seeksBound = true

  /// A search.
  public init(_ run: StudyRun, _ strategy: StrategyQuestion, _ space: SearchSpaceQuestion = SearchSpaceQuestion()) {
    self.run = run
    self.strategy = strategy
    self.space = space
  }

  /// The same with the sizes of a base case in words, where every number is in its range.
  ///
  /// - Parameter base: `pv=100,battery.power=30`; nil: a base is chosen.
  package func with(base: String?) throws(WordFault) -> DesignSearchRun {
    try WordFault.check("--rows", rows, in: 1...1_000_000, takes: "1 to 1000000")
    try WordFault.check("--open", opened, in: 0...1000, takes: "0 to 1000 rows")
    if let years, !(1...100).contains(years) { throw WordFault("--years takes 1 to 100.") }
    guard (1...10_000).contains(yearDesigns) else { throw WordFault("--year-designs takes 1 to 10000.") }
    var own = self
    if let base { own.base = try QuestionWords.sizes(base, of: "--base") }
    return own
  }

  /// Searches, or goes on with a search that was interrupted; opens rows, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    var context = try run.context(byRules: true)
    let (reading, readSeconds) = try run.read()
    let id = run.request.study
    let stated = try run.study(id, of: .search, in: reading.project, needed: id != nil)
    let folder = run.studyFolder(stated?.id ?? "search")
    try run.reserve(folder)
    context.checkpoint = StudyCheckpoint(folder: folder, isFresh: run.request.isFresh)
    let lock = run.lock(reading)
    let checkpoint = SearchCheckpoint(of: folder)
    if run.request.isFresh { checkpoint.remove() }
    let latest = LatestProgress(checkpoint)
    let asked = try options(stated, reading, context, lock, latest)
    let before = run.request.isFresh ? nil : checkpoint.read()
    let outcome = try found(reading, asked, before, context)
    if outcome.isStopped { latest.write() }
    if outcome.isStopped, outcome.evaluated == 0, SearchFiles.isThere(folder) {
      throw StudyEnd(.interrupted, "Interrupted: what was there is in \(folder) as before.")
    }
    if let before = outcome.resumedFrom {
      run.listener.tell(.aside("Went on after \(before) designs of an interrupted search."))
    }
    var report = SearchReport(outcome, file: run.request.file, version: run.request.version)
    if !outcome.isStopped {
      let opening = SearchOpening(
        run: run, reading: reading, context: context, asked: asked, folder: folder, lock: lock, latest: latest)
      do throws(StudyEnd) { try opening.fill(&report, rows: opened, base: base) } catch {
        // The designs are kept all the same.
        guard run.isInterrupted else { throw error }
      }
      report.outcome.isStopped = run.isInterrupted
    }
    if report.outcome.isStopped { latest.write() }
    return try finish(report, lock, folder, readSeconds, checkpoint)
  }

  private func options(
    _ stated: Study?, _ reading: ProjectReading, _ context: StudyContext, _ lock: LockFile, _ latest: LatestProgress
  ) throws(StudyEnd) -> SearchOptions {
    var asked = SearchOptions()
    asked.strategies = strategy.dispatches(or: stated)
    asked.cheapest = strategy.cheapest
    try space.fill(&asked, stated)
    asked.rows = rows
    asked.years = years ?? stated?.years
    asked.yearDesigns = yearDesigns
    asked.seed = context.seed
    asked.seeksBound = seeksBound
    asked.plan = context.planOptions("Bound")
    let (progress, currency) = (context.progress, reading.project.economy.currency)
    asked.progress = { done, all, best in
      let part = all.map { " of \($0)" } ?? ""
      let value = best.map { "  best \(NumberText.significant($0)) \(currency)/y" } ?? ""
      progress("Searching  \(done)\(part) designs\(value)")
    }
    asked.inputs = SearchFiles.digest(of: [lock.text, run.request.version])
    asked.atOnce = context.workers
    asked.keep = { latest.keep($0) }
    return asked
  }

  private func found(
    _ reading: ProjectReading, _ asked: SearchOptions, _ before: SearchProgress?, _ context: StudyContext
  ) throws(StudyEnd) -> SearchOutcome {
    try run.stopping { () throws(ProjectFault) in
      do throws(ProjectFault) {
        return try SearchStudy.run(project: reading.project, options: asked, resuming: before, in: context)
      } catch {
        throw reading.located(error)
      }
    }
  }

  private func finish(
    _ report: SearchReport, _ lock: LockFile, _ folder: String, _ readSeconds: Double, _ checkpoint: SearchCheckpoint
  ) throws(StudyEnd) -> StudyAnswer {
    let outcome = report.outcome
    let timing = [
      ("read", readSeconds), ("search", outcome.searchSeconds), ("solve", outcome.seconds - outcome.searchSeconds),
    ]
    try run.writing { () throws(ResultFault) in
      try SearchFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if !outcome.isStopped { checkpoint.remove() }
    var answer = StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: SearchFiles.text(report, timing: timing),
      findings: outcome.warnings)
    if outcome.isStopped {
      answer.end = StudyEnd(.interrupted, "Interrupted: the best of \(outcome.evaluated) designs are in \(folder).")
    } else if outcome.warnings.contains(where: { $0.severity == .error }) {
      // A bound above the best row: the files hold both, but nobody should go on from them unseen.
      answer.end = StudyEnd(.internalError)
    } else if outcome.feasible == 0 {
      answer.end = StudyEnd(.infeasible)
    }
    return answer
  }
}

/// The last progress of a search, written down where the search takes long enough to be worth it.
final class LatestProgress: Sendable {
  private let checkpoint: SearchCheckpoint
  private let state = Mutex<SearchProgress?>(nil)
  private let begin = ContinuousClock().now

  init(_ checkpoint: SearchCheckpoint) { self.checkpoint = checkpoint }

  /// Takes progress, and writes it unless the search has only begun: a quick search is run again sooner than it is read.
  func keep(_ progress: SearchProgress) {
    state.withLock { $0 = progress }
    if ContinuousClock().now - begin > .seconds(2) { write() }
  }

  /// Adds a row that was opened, and writes.
  func keep(opened: SearchProgress.Opened) {
    state.withLock { $0?.opened.append(opened) }
    write()
  }

  /// Writes what there is.
  func write() { state.withLock { progress in progress.map(checkpoint.write) } }
}
