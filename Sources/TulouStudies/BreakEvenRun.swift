import Synchronization
import Tulou
import TulouFiles

/// `break-even`: the value of one number at which an answer turns.
public struct BreakEvenRun: Sendable {
  let run: StudyRun
  let stated: BreakEvenWords?
  let points: Int?

  /// A break-even.
  ///
  /// - Parameters:
  ///   - stated: What is asked, in the words of the command; nil: the study of the file.
  ///   - points: Values of the first look; nil: as the study says, else 5.
  public init(_ run: StudyRun, _ stated: BreakEvenWords?, points: Int? = nil) {
    self.run = run
    self.stated = stated
    self.points = points
  }

  /// Plans the cases that no earlier run has planned, and writes the study.
  public func go() async throws(StudyEnd) -> StudyAnswer {
    var context = try run.context()
    // What the words ask is read as the study of the file would be: same keys, same checks.
    let text = stated?.text
    let id = "break-even"
    let (reading, readSeconds) = try run.read(study: text.map { (id, $0) })
    let asked = try run.study(
      text == nil ? run.request.study : id, of: .breakEven, in: reading.project, needed: true)
    guard let asked else {
      throw StudyEnd(
        .usage,
        "tulou: nothing is asked. Give --vary with --reaches or --alternative, or --line, or a study of kind 'break_even' in the file."
      )
    }
    let folder = run.studyFolder(text == nil ? asked.id : id)
    try run.reserve(folder)
    context.checkpoint = StudyCheckpoint(folder: folder, isFresh: run.request.isFresh)
    let work = BreakEven(
      run: run, reading: reading, context: context, folder: folder, study: asked,
      points: points ?? asked.points ?? 5)
    if let line = asked.line { return try work.length(line, readSeconds: readSeconds) }
    return try await work.crossing(readSeconds: readSeconds)
  }
}

/// A break-even whose question is settled: cases planned, files, answer.
private struct BreakEven {
  let run: StudyRun
  let reading: ProjectReading
  let context: StudyContext
  let folder: String
  let study: Study
  let points: Int

  private var lock: LockFile { run.lock(reading) }

  /// The value of a number at which an indicator reaches a value, or two alternatives cost the same.
  func crossing(readSeconds: Double) async throws(StudyEnd) -> StudyAnswer {
    guard let varied = study.vary.first, varied.values.count == 2 else { throw StudyEnd(.usage) }
    let base = reading.number(at: varied.path)
    let ends = varied.values.map { reading.number(at: varied.path, setting: $0) }
    guard let first = ends[0], let second = ends[1], first.value != second.value else {
      throw StudyEnd(
        .usage,
        "tulou: '\(varied.values.joined(separator: "' and '"))' are no two different numbers for \(varied.path).")
    }
    let target = try target()
    let journal = try run.journal("cases.jsonl", context, [lock.text, "break-even"])
    let begin = run.now
    // Values are written as the file writes them; a factor where the ends are factors.
    let isFactor = varied.values[0].hasPrefix("x")
    let unit = first.unit
    let scale = isFactor ? base?.value ?? 1 : 1
    func text(_ x: Double) -> String {
      isFactor ? "x\(x / scale)" : unit.isEmpty || unit == "1" ? "\(x)" : "\(x) \(unit)"
    }
    let known = Mutex(Dictionary(journal.sensitivityRows.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a }))
    let result = await BreakEvenStudy.run(
      low: min(first.value, second.value), high: max(first.value, second.value), points: points, target: target,
      evaluate: { places in
        let settings = places.map { x in alternatives(target).map { $0.merging([varied.path: text(x)]) { $1 } } }
        guard let rows = await rows(settings.flatMap { $0 }, known, journal) else { return nil }
        let each = alternatives(target).count
        return places.enumerated().map { i, x in
          let own = rows[(i * each)..<((i + 1) * each)]
          return BreakEvenStudy.Point(
            x: x, answers: own.map { answer($0, target) }, isAtLeast: own.contains { isAtLeast($0, target) })
        }
      })
    context.progress(nil)
    let report = BreakEvenReport(
      project: reading.project, path: varied.path, unit: unit, base: base?.value ?? .nan, target: target,
      answerUnit: answerUnit(target), result: result, version: run.request.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    var whole = StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing))
    if result.isStopped {
      whole.end = StudyEnd(
        .interrupted, "Interrupted: \(result.points.count) points are in \(folder); the same command goes on.")
    } else if result.crossings.isEmpty {
      whole.end = StudyEnd(.infeasible)
    }
    return whole
  }

  private func target() throws(StudyEnd) -> BreakEvenStudy.Target {
    if let key = study.result, let wanted = study.reaches {
      guard let declared = IndicatorDeclaration.of(key) else { throw StudyEnd(.usage, unknownIndicator(key)) }
      // A mass is read in kg, the indicator counts tonnes.
      return .indicator(key, declared.unit == "t/y" ? wanted / 1000 : wanted)
    }
    var all = study.alternatives.map { one in
      BreakEvenStudy.Alternative(
        name: one.name,
        settings: Dictionary(
          one.settings.map { ($0.path, $0.values.first ?? "") }, uniquingKeysWith: { first, _ in first }))
    }
    if all.count == 1 { all.insert(BreakEvenStudy.Alternative(name: "as it stands", settings: [:]), at: 0) }
    return .alternatives(all)
  }

  private func alternatives(_ target: BreakEvenStudy.Target) -> [[String: String]] {
    if case .alternatives(let all) = target { return all.map(\.settings) }
    return [[:]]
  }

  private func answer(_ row: SensitivityRow, _ target: BreakEvenStudy.Target) -> Double? {
    if case .indicator(let key, _) = target { return row.indicators[key] }
    return row.value
  }

  /// Whether the answer is at least the number.
  private func isAtLeast(_ row: SensitivityRow, _ target: BreakEvenStudy.Target) -> Bool {
    if case .indicator(let key, _) = target { return row.atLeast.contains(key) }
    return false
  }

  private func answerUnit(_ target: BreakEvenStudy.Target) -> String {
    let currency = reading.project.economy.currency
    if case .indicator(let key, _) = target {
      return IndicatorDeclaration.of(key)?.with(nil, currency: currency).unit ?? ""
    }
    return currency + "/y"
  }

  /// Plans of settings in their order, known ones taken over; nil: the user stopped.
  private func rows(
    _ settings: [[String: String]], _ known: borrowing Mutex<[String: SensitivityRow]>, _ journal: StudyJournal
  ) async -> [SensitivityRow]? {
    let cases = settings.enumerated().map { SensitivityCase(number: $0.offset, settings: $0.element) }
    let done = known.withLock { known in cases.compactMap { known[$0.key] } }
    var context = context
    context.plans = context.partOptions { _ in "" }
    context.plans.solve.progress = { _ in }
    let solver = context.solver
    context.progress("Break-even: \(known.withLock { $0.count }) plans")
    let rows = await SensitivityStudy.run(
      cases: cases, done: done, in: context, read: run.reader(reading),
      measure: { outcome in Accounts.make(outcome, solver: solver).indicators },
      finished: { journal.add($0) })
    for row in rows {
      known.withLock { $0[row.key] = row }
      if !row.message.isEmpty { run.listener.tell(.aside("note: \(row.message)")) }
    }
    return rows.count == cases.count ? rows : nil
  }

  /// The length at which a line to the grid costs as much as doing without.
  func length(_ line: Study.GridLine, readSeconds: Double) throws(StudyEnd) -> StudyAnswer {
    let begin = run.now
    let project = reading.project
    let island = try run.stopping { () throws(ProjectFault) in
      try BreakEvenStudy.without(market: line.market, project)
    }
    let with = try plan(project, "With \(line.market)")
    let without = try plan(island, "Without \(line.market)")
    run.tell(with.warnings + without.warnings, but: project.warnings)
    let report = GridLineReport(
      project: project, line: line, without: without.certificate?.value, with: with.certificate?.value,
      boundWithout: without.certificate?.bound, boundWith: with.certificate?.bound, version: run.request.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    var whole = StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing))
    if report.with == nil { whole.end = StudyEnd(.infeasible) }
    return whole
  }

  private func plan(_ project: Project, _ what: String) throws(StudyEnd) -> Outcome {
    let outcome = try run.stopping { () throws(ProjectFault) in
      try context.plan(project, what) { $0.explanationSeconds = nil }
    }
    if outcome.status == .cancelled || run.isInterrupted { throw StudyEnd(.interrupted) }
    return outcome
  }
}
