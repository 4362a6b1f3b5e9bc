import Foundation
import Synchronization
import Tulou
import TulouFiles

/// One run of a break-even: cases planned, files, answer.
struct BreakEvenRun {
  let run: Run
  let reading: ProjectReading
  let file: String
  let folder: String
  let study: Study
  let points: Int
  let fresh: Bool
  let solver: any Solver

  private var lock: LockFile { reading.lock(version: Build.version) }

  // MARK: A crossing

  /// The value of a number at which an indicator reaches a value, or two alternatives cost the same.
  func crossing(readSeconds: Double) async throws {
    guard let varied = study.vary.first, varied.values.count == 2 else { throw Exit.usage }
    let base = reading.number(at: varied.path)
    let ends = varied.values.map { reading.number(at: varied.path, setting: $0) }
    guard let first = ends[0], let second = ends[1], first.value != second.value else {
      Terminal.error(
        "tulou: '\(varied.values.joined(separator: "' and '"))' are no two different numbers for \(varied.path).")
      throw Exit.usage
    }
    let target = try target()
    let journal = try run.journal(folder + "/cases.jsonl", [lock.text, "break-even"] + run.inputsOfPlans, fresh: fresh)
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
    run.progress.clear()
    let report = BreakEvenReport(
      project: reading.project, path: varied.path, unit: unit, base: base?.value ?? .nan, target: target,
      answerUnit: answerUnit(target), result: result, version: Build.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if run.options.json {
      Terminal.result(StudyFiles.text(report, timing: timing))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    if result.isStopped {
      Terminal.error("Interrupted: \(result.points.count) points are in \(folder); the same command goes on.")
      throw Exit.interrupted
    }
    if result.crossings.isEmpty { throw Exit.infeasible }
  }

  private func target() throws -> BreakEvenStudy.Target {
    if let key = study.result, let wanted = study.reaches {
      guard let declared = IndicatorDeclaration.of(key) else {
        let near =
          nearestName(to: key, among: IndicatorDeclaration.all.map(\.key)).map { " Did you mean '\($0)'?" } ?? ""
        Terminal.error("tulou: '\(key)' is no indicator.\(near)")
        throw Exit.usage
      }
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
    var plan = run.planOptions("")
    plan.solve.threads = 1
    plan.solve.progress = { _ in }
    run.progress.show("Break-even: \(known.withLock { $0.count }) plans")
    let file = file
    let base = run.readOptions
    let rows = await SensitivityStudy.run(
      cases: cases, done: done, parallel: run.workers, options: plan, solver: solver,
      read: { (settings) throws(ProjectFault) in
        var options = base
        options.overrides = settings.sorted { $0.key < $1.key }.map { (path: $0.key, value: $0.value) }
        return try ProjectReader.read(path: file, options: options)
      },
      measure: { outcome in Accounts.make(outcome, solver: solver).indicators },
      finished: { journal.add($0) })
    for row in rows {
      known.withLock { $0[row.key] = row }
      if !row.message.isEmpty { Terminal.note("note: \(row.message)", quiet: run.options.quiet || run.options.json) }
    }
    return rows.count == cases.count ? rows : nil
  }

  // MARK: A line

  /// The length at which a line to the grid costs as much as doing without.
  func length(_ line: Study.GridLine, readSeconds: Double) async throws {
    let begin = run.now
    let project = reading.project
    let island = try run.stopping { () throws(ProjectFault) in
      try BreakEvenStudy.without(market: line.market, project)
    }
    let with = try plan(project, "With \(line.market)")
    let without = try plan(island, "Without \(line.market)")
    Terminal.warnings(with.warnings + without.warnings, but: project.warnings, quiet: run.options.quiet)
    let report = GridLineReport(
      project: project, line: line, without: without.certificate?.value, with: with.certificate?.value,
      boundWithout: without.certificate?.bound, boundWith: with.certificate?.bound, version: Build.version)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if run.options.json {
      Terminal.result(StudyFiles.text(report, timing: timing))
    } else {
      for text in report.answer(report: folder + "/report.html") { Terminal.result(text) }
    }
    if report.with == nil { throw Exit.infeasible }
  }

  private func plan(_ project: Project, _ what: String) throws -> Outcome {
    var options = run.planOptions(what)
    options.explanationSeconds = nil
    let asked = options
    let outcome = try run.stopping { () throws(ProjectFault) in
      try PlanStudy.run(project: project, options: asked, solver: solver)
    }
    if outcome.status == .cancelled || Interruption.isRequested { throw Exit.interrupted }
    return outcome
  }
}
