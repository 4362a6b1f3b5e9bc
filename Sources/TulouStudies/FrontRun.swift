import Synchronization
public import Tulou
import TulouFiles

/// `pareto`: the front between two goals, each point with its proof and as a plan of its own.
public struct FrontRun: Sendable {
  let run: StudyRun
  let goals: (ParetoAxis, ParetoAxis)?
  let points: Int?
  /// Generations of genetic searches beside the front; nil: those of the file's study, else none.
  public var generations: Int?
  /// Individuals of their generations; nil: those of the file's study, else 24.
  public var population: Int?
  /// The rule that runs designs beside the front; where none is named that of the file's study, else their dispatch is planned.
  public var strategy = StrategyQuestion()

  /// A front.
  ///
  /// - Parameters:
  ///   - goals: Minimised, and held at steps; nil: those of the file's study, else cost and emission.
  ///   - points: How many; nil: those of the file's study, else 9.
  public init(_ run: StudyRun, goals: (ParetoAxis, ParetoAxis)? = nil, points: Int? = nil) {
    self.run = run
    self.goals = goals
    self.points = points
  }

  /// Seeks the points that no earlier run has found, and writes the front.
  public func go() async throws(StudyEnd) -> StudyAnswer {
    var context = try run.context()
    let (reading, readSeconds) = try run.read()
    let asked = try run.study(run.request.study, of: .pareto, in: reading.project, needed: false)
    let stated = asked?.objectives ?? []
    let (first, second) = goals ?? (stated.count == 2 ? (stated[0], stated[1]) : (ParetoAxis.netPresentCost, .co2))
    let folder = run.studyFolder(asked?.id ?? "pareto")
    try run.reserve(folder)
    context.checkpoint = StudyCheckpoint(folder: folder, isFresh: run.request.isFresh)
    var question = asked?.breeding ?? BreedingQuestion()
    question.generations = generations ?? question.generations
    question.population = population ?? question.population
    if question.isAsked, [first, second].contains(.localEnergy) {
      throw StudyEnd(
        .usage, "tulou: designs beside a front have no number for local_energy; take 'designs' and 'generations' out.")
    }
    let rule = question.isAsked ? try rule(asked, reading.project, context) : nil
    let front = Front(
      run: run, reading: reading, context: context, folder: folder, first: first, second: second,
      points: points ?? asked?.points ?? 9, breeding: question, rule: rule)
    return try await front.go(readSeconds: readSeconds)
  }

  /// The rule that is asked for, tried on least sizes, so that what rules cannot run is told before the front is sought.
  private func rule(
    _ study: Study?, _ project: Project, _ context: StudyContext
  ) throws(StudyEnd) -> BreedingRule? {
    guard strategy.rules != nil || study?.strategies.isEmpty == false else { return nil }
    let all = strategy.dispatches(or: study)
    guard all.count == 1 else { throw StrategyQuestion.several }
    var options = SimulateOptions()
    options.strategy = all[0]
    options.cheapest = strategy.cheapest
    options.comparesWithForesight = false
    options.plan = context.plans
    options.plan.solve.threads = 1
    options.seed = context.seed
    let asked = options, solver = context.solver
    @Sendable func run(_ sizes: [String: Double]) throws(ProjectFault) -> Outcome {
      var options = asked
      options.sizes = sizes
      return try SimulateStudy.run(project: project, options: options, solver: solver)
    }
    do throws(ProjectFault) {
      let least = project.components.flatMap { component in
        component.sizes.filter { $0.sharedWith == nil }.map { ($0.part.name(of: component.id), $0.least) }
      }
      _ = try run(Dictionary(least, uniquingKeysWith: { first, _ in first }))
    } catch {
      throw StudyEnd(error)
    }
    return BreedingRule(words: all[0].words) { try? run($0) }
  }
}

/// A front whose goals are settled: journal, search, files, answer.
private struct Front {
  let run: StudyRun
  let reading: ProjectReading
  let context: StudyContext
  let folder: String
  let first: ParetoAxis, second: ParetoAxis
  let points: Int
  let breeding: BreedingQuestion
  let rule: BreedingRule?

  func go(readSeconds: Double) async throws(StudyEnd) -> StudyAnswer {
    let lock = run.lock(reading)
    let journal = try run.journal(
      "points.jsonl", context, [lock.text, "pareto", first.rawValue, second.rawValue, "\(points)"])
    let known = journal.frontRecords
    run.tellKnown(known.count, of: points, what: "points", in: folder)
    let records = Mutex(known)
    let writer = PointWriter(run: run, reading: reading, folder: folder)
    let begin = run.now
    let told = Mutex<[Diagnostic]>([])
    let solver = context.solver
    let front = try await front(known: known) { point in
      let accounts = Accounts.make(point.outcome, solver: solver)
      told.withLock { $0 += accounts.warnings }
      guard let record = FrontRecord(point, accounts: accounts) else { return }
      journal.begin()
      writer.write(point, accounts)
      journal.add(record)
      records.withLock { $0.append(record) }
    }
    let solveSeconds = run.since(begin)
    if let fault = writer.fault { throw StudyEnd(.internalError, "error: \(fault)") }
    let found = records.withLock { $0 }
    if found.isEmpty { return try withoutPoints(front, readSeconds: readSeconds) }
    var result = FrontResult(
      project: reading.project, first: first, second: second, points: points, records: found,
      status: status(front, found), isOnePoint: front.isOnePoint, warnings: front.warnings,
      version: run.request.version)
    let bredBegin = run.now
    if breeding.isAsked, !run.isInterrupted {
      result.bred = BreedingStudy.run(
        project: reading.project, first: first, second: second,
        front: found.sorted { $0.number < $1.number }.map { record in
          (
            record.place,
            Dictionary(record.numbers.sizes.map { ($0.key, $0.capacity) }, uniquingKeysWith: { first, _ in first })
          )
        }, proven: result.provenLine.map { ParetoPlace(first: $0.x, second: $0.y) }, question: breeding,
        rule: rule, in: context)
    }
    let timing =
      [("read", readSeconds), ("solve", solveSeconds)]
      + (result.bred == nil ? [] : [("breed", run.since(bredBegin))])
    let written = result
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(written, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    var answer = StudyAnswer(
      lines: result.answer(report: folder + "/report.html"), json: StudyFiles.text(result, timing: timing),
      findings: front.warnings + front.points.flatMap(\.outcome.warnings) + told.withLock { $0 },
      but: reading.project.warnings)
    if run.isInterrupted, !front.isComplete {
      answer.end = run.interrupted(found.count, of: points, what: "points", in: folder)
    }
    return answer
  }

  private func front(
    known: [FrontRecord], found: @escaping @Sendable (ParetoPoint) -> Void
  ) async throws(StudyEnd) -> ParetoFront {
    let count = Counter(known.count)
    let total = points
    var context = context
    context.plans = context.partOptions { "Front: \(count.value) of \(total) points, iteration \($0.iteration)" }
    defer { context.progress(nil) }
    do throws(ProjectFault) {
      return try await ParetoStudy.run(
        project: reading.project, first: first, second: second, points: points,
        done: Dictionary(known.map { ($0.number, $0.place) }, uniquingKeysWith: { first, _ in first }), in: context
      ) { point in
        found(point)
        count.add()
      }
    } catch {
      throw StudyEnd(error)
    }
  }

  private func status(_ front: ParetoFront, _ records: [FrontRecord]) -> String {
    if !front.isComplete { return run.isInterrupted ? "cancelled" : "feasible" }
    return records.allSatisfy(\.isProven) ? "optimal" : "feasible"
  }

  /// Not one point: what one plan would say of it, or that it was interrupted.
  private func withoutPoints(_ front: ParetoFront, readSeconds: Double) throws(StudyEnd) -> StudyAnswer {
    if run.isInterrupted {
      throw StudyEnd(.interrupted, "Interrupted before a point was found; the same command begins again.")
    }
    run.tell(front.warnings, but: reading.project.warnings)
    let outcome = try run.stopping { () throws(ProjectFault) in
      try context.plan(reading.project, "Looking for a plan at all") {
        $0.objective = first == .netPresentCost ? .netPresentCost : .co2
      }
    }
    guard outcome.status == .infeasible else { throw StudyEnd(.internalError) }
    return try run.finish(outcome, of: reading, readSeconds: readSeconds, in: context, folder: folder)
  }
}

/// Writes points as plans of their own as soon as they are found; several threads may call it.
private final class PointWriter: Sendable {
  private let run: StudyRun
  private let reading: ProjectReading
  private let folder: String
  private let message = Mutex<String?>(nil)

  init(run: StudyRun, reading: ProjectReading, folder: String) {
    self.run = run
    self.reading = reading
    self.folder = folder
  }

  /// What went wrong first.
  var fault: String? { message.withLock { $0 } }

  func write(_ point: ParetoPoint, _ accounts: Accounts) {
    do throws(ResultFault) {
      try StudyFiles.write(
        point: point, accounts: accounts, version: run.request.version, lock: lock(point), to: folder)
    } catch {
      message.withLock { if $0 == nil { $0 = error.description } }
    }
  }

  /// The lock file of the point: its limit stands in it, so planning it gives the point again.
  private func lock(_ point: ParetoPoint) -> LockFile? {
    guard let settings = point.settings else { return nil }
    var own = run.request.read
    own.overrides = settings.sorted { $0.key < $1.key }.map { (path: $0.key, value: $0.value) }
    return (try? reading.sources.open(own))?.lock(version: run.request.version)
  }
}
