import ArgumentParser
import Foundation
import Synchronization
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
      tulou search island.yaml --method evolve --strategy load_following,cycle_charging --open 3

      Sizes with 'options' or 'unit' are tried as the file lists them, others at --points places between their least \
      and greatest total. An interrupted search goes on where it stopped when the same command is given again.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @OptionGroup var space: SearchSpaceOptions

  @Option(name: .long, help: ArgumentHelp("Rows kept besides the best of each type.", valueName: "n"))
  var rows = 100

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Rows that are opened as full plans with report and perfect foresight beside (folder plans/).", valueName: "n"))
  var open = 1

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Sizes of the base case that the best row is compared with; left out: the feasible row of least capital that serves "
        + "at least 99 %.",
      valueName: "id=size,..."))
  var base: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Simulate so many years of the best designs one by one (growth, prices, ageing, replacement by use) and rank them "
        + "by what these cost.", valueName: "n"))
  var years: Int?

  @Option(name: .long, help: ArgumentHelp("--years: designs whose years are simulated (40).", valueName: "n"))
  var yearDesigns: Int?

  @OptionGroup var study: StudyOptions

  @Flag(name: .long, help: "Do not seek the bound of the linear plan.")
  var noBound = false

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard (1...1_000_000).contains(rows) else { throw ValidationError("--rows takes 1 to 1000000, found \(rows).") }
    guard options.sizes == nil else {
      throw ValidationError("--sizes is for 'simulate'; a search tries --candidates.")
    }
    guard (0...1000).contains(open) else { throw ValidationError("--open takes 0 to 1000 rows, found \(open).") }
    if let years, !(1...100).contains(years) { throw ValidationError("--years takes 1 to 100.") }
    if let yearDesigns, !(1...10_000).contains(yearDesigns) {
      throw ValidationError("--year-designs takes 1 to 10000.")
    }
    _ = try baseSizes()
  }

  /// `--base` as totals by name; nil without it.
  private func baseSizes() throws -> [String: Double]? {
    guard let base else { return nil }
    do { return try CommonOptions.sizes(base) } catch let fault as ValidationError {
      throw ValidationError(fault.message.replacingOccurrences(of: "--sizes", with: "--base"))
    }
  }

  func run() throws {
    let run = Run(options)
    let solver = try run.ruleSolver()
    let (reading, readSeconds) = try run.read(file)
    let stated = try run.study(study.study, of: .search, in: reading.project, needed: study.study != nil)
    let folder = run.studyFolder(file, stated?.id ?? "search")
    try run.reserve(folder)
    var asked = SearchOptions()
    asked.strategies = strategy.dispatches(or: stated)
    asked.cheapest = strategy.cheapest
    try space.fill(&asked, stated)
    asked.rows = rows
    asked.years = years ?? stated?.years
    asked.yearDesigns = yearDesigns ?? 40
    asked.seed = options.seed ?? 1
    asked.seeksBound = !noBound
    asked.plan = run.planOptions("Bound")
    let line = run.progress
    let currency = reading.project.economy.currency
    asked.progress = { done, all, best in
      let part = all.map { " of \($0)" } ?? ""
      let value = best.map { "  best \(NumberText.significant($0)) \(currency)/y" } ?? ""
      line.show("Searching  \(done)\(part) designs\(value)")
    }
    let lock = reading.lock(version: Build.version)
    asked.inputs = SearchFiles.digest(of: [lock.text, Build.version])
    let checkpoint = SearchCheckpoint(of: folder)
    if study.fresh { checkpoint.remove() }
    asked.atOnce = Threads.count(options)
    let latest = LatestProgress(checkpoint)
    asked.keep = { latest.keep($0) }
    let before = study.fresh ? nil : checkpoint.read()
    let outcome = try found(reading, asked, solver, before, run)
    if outcome.isStopped { latest.write() }
    if outcome.isStopped, outcome.evaluated == 0, SearchFiles.isThere(folder) {
      Terminal.error("Interrupted: what was there is in \(folder) as before.")
      throw Exit.interrupted
    }
    if let before = outcome.resumedFrom {
      Terminal.note("Went on after \(before) designs of an interrupted search.", quiet: options.quiet || options.json)
    }
    var report = SearchReport(outcome, file: file, version: Build.version)
    if !outcome.isStopped {
      let opening = SearchOpening(
        run: run, reading: reading, solver: solver, asked: asked, folder: folder, lock: lock, latest: latest)
      do { try opening.fill(&report, rows: open, base: try baseSizes()) } catch {
        // The designs are kept all the same.
        guard Interruption.isRequested else { throw error }
      }
      report.outcome.isStopped = Interruption.isRequested
    }
    if report.outcome.isStopped { latest.write() }
    try finish(report, lock, folder, readSeconds, run, checkpoint)
  }

  private func found(
    _ reading: ProjectReading, _ asked: SearchOptions, _ solver: any Solver, _ before: SearchProgress?, _ run: Run
  ) throws -> SearchOutcome {
    do throws(ProjectFault) {
      let outcome = try SearchStudy.run(
        project: reading.project, options: asked, solver: solver, resuming: before,
        spread: Threads.spread(run.options))
      run.progress.clear()
      return outcome
    } catch {
      run.progress.clear()
      try Run.fail(reading.located(error))
    }
  }

  private func finish(
    _ report: SearchReport, _ lock: LockFile, _ folder: String, _ readSeconds: Double, _ run: Run,
    _ checkpoint: SearchCheckpoint
  ) throws {
    let outcome = report.outcome
    let timing = [
      ("read", readSeconds), ("search", outcome.searchSeconds), ("solve", outcome.seconds - outcome.searchSeconds),
    ]
    try run.writing { () throws(ResultFault) in
      try SearchFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if !outcome.isStopped { checkpoint.remove() }
    if options.json {
      Terminal.result(SearchFiles.text(report, timing: timing))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    Terminal.warnings(outcome.warnings, quiet: options.quiet)
    if outcome.isStopped {
      Terminal.error("Interrupted: the best of \(outcome.evaluated) designs are in \(folder).")
      throw Exit.interrupted
    }
    // A bound above the best row: the files hold both, but nobody should go on from them unseen.
    if outcome.warnings.contains(where: { $0.severity == .error }) { throw Exit.internalError }
    if outcome.feasible == 0 { throw Exit.infeasible }
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
