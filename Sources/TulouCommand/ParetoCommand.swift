import ArgumentParser
import Foundation
import Synchronization
import Tulou
import TulouFiles

/// `tulou pareto FILE`: all best compromises between two goals, each with proof and as a plan of its own.
struct ParetoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pareto",
    abstract: "Draw the front between two goals: no plan is better in one without being worse in the other.",
    discussion: """
      tulou pareto park.yaml --objectives net_present_cost,co2 --points 9
      tulou pareto park.yaml --study front

      Goals: \(Study.Goal.words.joined(separator: ", ")). The first is minimised at every point while the second is held at \
      steps. Every point is written as a plan of its own under points/. An interrupted front goes on where it stopped \
      when the same command is given again.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Two goals; left out: those of the file's study, else net_present_cost,co2.", valueName: "first,second"))
  var objectives: String?

  @Option(
    name: .long, help: ArgumentHelp("Number of points; left out: that of the file's study, else 9.", valueName: "n"))
  var points: Int?

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil else { throw ValidationError("--sizes is for 'plan'; a front chooses its sizes.") }
    if let points, !(2...1000).contains(points) {
      throw ValidationError("--points takes a whole number from 2 to 1000, found \(points).")
    }
    _ = try goals()
  }

  /// The goals of the command line; nil where none are given.
  private func goals() throws -> (ParetoAxis, ParetoAxis)? {
    guard let objectives else { return nil }
    let words = objectives.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard words.count == 2 else {
      throw ValidationError("--objectives takes two goals such as net_present_cost,co2; found '\(objectives)'.")
    }
    let axes = try words.map { word in
      guard let axis = ParetoAxis(rawValue: word) else {
        let near = nearestName(to: word, among: Study.Goal.words).map { " Did you mean '\($0)'?" } ?? ""
        throw ValidationError("'\(word)' is no goal; there are \(Study.Goal.words.joined(separator: ", ")).\(near)")
      }
      return axis
    }
    return (axes[0], axes[1])
  }

  func run() async throws {
    let run = Run(options)
    let solver = try run.solver()
    let (reading, readSeconds) = try run.read(file)
    let asked = try run.study(study.study, of: .pareto, in: reading.project, needed: false)
    let stated = asked?.objectives ?? []
    let (first, second) =
      try goals() ?? (stated.count == 2 ? (stated[0], stated[1]) : (ParetoAxis.netPresentCost, .co2))
    let folder = run.studyFolder(file, asked?.id ?? "pareto")
    try run.reserve(folder)
    let search = FrontRun(
      run: run, reading: reading, file: file, folder: folder, first: first,
      second: second, points: points ?? asked?.points ?? 9, fresh: study.fresh)
    try await search.go(solver: solver, readSeconds: readSeconds)
  }
}

/// One run of a front: journal, search, files, answer.
private struct FrontRun {
  let run: Run
  let reading: ProjectReading
  let file: String
  let folder: String
  let first: ParetoAxis, second: ParetoAxis
  let points: Int
  let fresh: Bool

  func go(solver: any Solver, readSeconds: Double) async throws {
    let lock = reading.lock(version: Build.version)
    let journal = try run.journal(
      folder + "/points.jsonl",
      [lock.text, "pareto", first.rawValue, second.rawValue, "\(points)"] + run.inputsOfPlans, fresh: fresh)
    let known = journal.frontRecords
    run.tellKnown(known.count, of: points, what: "points", in: folder)
    let records = Mutex(known)
    let writer = PointWriter(reading: reading, file: file, folder: folder, options: run.readOptions)
    let begin = run.now
    let told = Mutex<[Diagnostic]>([])
    let front = try await front(solver: solver, known: known) { point in
      let accounts = Accounts.make(point.outcome, solver: solver)
      told.withLock { $0 += accounts.warnings }
      guard let record = FrontRecord(point, accounts: accounts) else { return }
      writer.write(point, accounts)
      journal.add(record)
      records.withLock { $0.append(record) }
    }
    let solveSeconds = run.since(begin)
    if let fault = writer.fault {
      Terminal.error("error: \(fault)")
      throw Exit.internalError
    }
    let found = records.withLock { $0 }
    if found.isEmpty { try endWithoutPoints(front, solver: solver, readSeconds: readSeconds) }
    let result = FrontResult(
      project: reading.project, first: first, second: second, points: points, records: found,
      status: status(front, found), isOnePoint: front.isOnePoint, warnings: front.warnings, version: Build.version)
    let timing = [("read", readSeconds), ("solve", solveSeconds)]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(result, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if run.options.json {
      Terminal.result(StudyFiles.text(result, timing: timing))
    } else {
      for line in result.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    Terminal.warnings(
      front.warnings + front.points.flatMap(\.outcome.warnings) + told.withLock { $0 },
      but: reading.project.warnings, quiet: run.options.quiet)
    if Interruption.isRequested, !front.isComplete {
      run.tellInterrupted(found.count, of: points, what: "points", in: folder)
      throw Exit.interrupted
    }
  }

  private func front(
    solver: any Solver, known: [FrontRecord], found: @escaping @Sendable (ParetoPoint) -> Void
  ) async throws -> ParetoFront {
    let count = Mutex(known.count)
    var plan = run.planOptions("")
    plan.solve.threads = 1
    let line = run.progress
    let total = points
    plan.solve.progress = { step in
      let done = count.withLock { $0 }
      line.show("Front: \(done) of \(total) points, iteration \(step.iteration)")
    }
    do throws(ProjectFault) {
      let front = try await ParetoStudy.run(
        project: reading.project, first: first, second: second, points: points,
        done: Dictionary(known.map { ($0.number, $0.place) }, uniquingKeysWith: { first, _ in first }),
        parallel: run.workers, options: plan, solver: solver
      ) { point in
        found(point)
        count.withLock { $0 += 1 }
      }
      run.progress.clear()
      return front
    } catch {
      run.progress.clear()
      try Run.fail(error)
    }
  }

  private func status(_ front: ParetoFront, _ records: [FrontRecord]) -> String {
    if !front.isComplete { return Interruption.isRequested ? "cancelled" : "feasible" }
    return records.allSatisfy(\.isProven) ? "optimal" : "feasible"
  }

  /// Not one point: what one plan would say of it, or that it was interrupted.
  private func endWithoutPoints(_ front: ParetoFront, solver: any Solver, readSeconds: Double) throws {
    if Interruption.isRequested {
      Terminal.error("Interrupted before a point was found; the same command begins again.")
      throw Exit.interrupted
    }
    Terminal.warnings(front.warnings, but: reading.project.warnings, quiet: run.options.quiet)
    var options = run.planOptions("Looking for a plan at all")
    options.objective = first == .netPresentCost ? .netPresentCost : .co2
    let project = reading.project
    let outcome = try run.stopping { () throws(ProjectFault) in
      try PlanStudy.run(project: project, options: options, solver: solver)
    }
    if outcome.status == .infeasible {
      try run.finish(outcome, of: reading, file: file, readSeconds: readSeconds, folder: folder)
    }
    throw Exit.internalError
  }
}

/// Writes points as plans of their own as soon as they are found; several threads may call it.
private final class PointWriter: Sendable {
  private let reading: ProjectReading
  private let file: String
  private let folder: String
  private let options: ProjectReader.Options
  private let message = Mutex<String?>(nil)

  init(reading: ProjectReading, file: String, folder: String, options: ProjectReader.Options) {
    self.reading = reading
    self.file = file
    self.folder = folder
    self.options = options
  }

  /// What went wrong first.
  var fault: String? { message.withLock { $0 } }

  func write(_ point: ParetoPoint, _ accounts: Accounts) {
    do throws(ResultFault) {
      try StudyFiles.write(
        point: point, accounts: accounts, version: Build.version, lock: lock(point), to: folder)
    } catch {
      message.withLock { if $0 == nil { $0 = error.description } }
    }
  }

  /// The lock file of the point: its limit stands in it, so planning it gives the point again.
  private func lock(_ point: ParetoPoint) -> LockFile? {
    guard let settings = point.settings else { return nil }
    var own = options
    own.overrides = settings.sorted { $0.key < $1.key }.map { (path: $0.key, value: $0.value) }
    return (try? ProjectReader.open(path: file, options: own))?.lock(version: Build.version)
  }
}
