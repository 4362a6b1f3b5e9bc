import Synchronization
public import Tulou
import TulouFiles

/// `sensitivity`: the same project with other numbers, an answer a case.
public struct SensitivityRun: Sendable {
  let run: StudyRun
  let variations: [Study.Variation]
  /// How cases are made of values; nil: as the file's study says, else one at a time.
  public var design: SensitivityDesign?
  /// Indicator that is drawn; nil: that of the file's study, else the objective.
  public var result: String?
  /// Size that is made as small as the limits allow, in place of cost.
  public var least: String?
  /// Who answers each case; nil: as the file's study says, else plans.
  public var by: Study.Answer?
  /// Rules, where they answer.
  public var strategy = StrategyQuestion()
  /// Designs, where a search answers.
  public var space = SearchSpaceQuestion()

  /// A sensitivity.
  ///
  /// - Parameter variations: Paths with their values; empty: those of the file's study.
  public init(_ run: StudyRun, _ variations: [Study.Variation]) {
    self.run = run
    self.variations = variations
  }

  /// A sensitivity by the words of the command.
  package init(_ run: StudyRun, _ words: SensitivityWords) throws(StudyEnd) {
    do throws(WordFault) {
      self.init(run, try QuestionWords.variations(words.vary))
    } catch {
      throw StudyEnd(.usage, "Error: " + error.message)
    }
    design = words.design
    result = words.result
    least = words.least
    by = words.answer
  }

  /// Answers the cases that no earlier run has answered, and writes the study.
  public func go() async throws(StudyEnd) -> StudyAnswer {
    var context = try run.context(byRules: true)
    let (reading, readSeconds) = try run.read()
    let asked = try run.study(
      run.request.study, of: .sensitivity, in: reading.project, needed: variations.isEmpty)
    let stated = variations.isEmpty ? asked?.vary ?? [] : variations
    guard !stated.isEmpty else {
      throw StudyEnd(
        .usage,
        "tulou: nothing is varied. Give --vary \"components.wind.capital=x0.5,x1,x2\", or a study in the file.")
    }
    let (question, key) = try question(asked)
    let folder = run.studyFolder(asked?.id ?? "sensitivity")
    try run.reserve(folder)
    context.checkpoint = StudyCheckpoint(folder: folder, isFresh: run.request.isFresh)
    let cases = SensitivityCases(
      run: run, reading: reading, context: context, folder: folder,
      design: design ?? asked?.mode ?? .oneAtATime, key: result ?? asked?.result, question: question, questionKey: key)
    return try await cases.go(stated, readSeconds: readSeconds)
  }

  /// Who answers, with a text of all that decides the answers.
  private func question(_ asked: Study?) throws(StudyEnd) -> (SensitivityQuestion, [String]) {
    if let size = least ?? (by == nil && result == nil ? asked?.least : nil) { return (.least(size), ["least", size]) }
    switch by ?? asked?.by ?? .plan {
    case .simulate:
      let dispatches = strategy.dispatches(or: asked)
      guard dispatches.count == 1 else { throw StrategyQuestion.several }
      var simulate = SimulateOptions()
      simulate.strategy = dispatches[0]
      simulate.cheapest = strategy.cheapest
      simulate.sizes = run.request.sizes.isEmpty ? asked?.sizes ?? [:] : run.request.sizes
      simulate.seed = run.request.seed
      let sizes = simulate.sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return (.simulate(simulate), ["simulate", "\(simulate.strategy) \(simulate.cheapest) \(sizes)"])
    case .search:
      var search = SearchOptions()
      search.strategies = strategy.dispatches(or: asked)
      search.cheapest = strategy.cheapest
      search.seed = run.request.seed
      try space.fill(&search, asked)
      return (.search(search), ["search", SearchSpaceQuestion.key(search)])
    case .plan: return (.plan, [])
    }
  }
}

/// A sensitivity whose question is settled: paths checked, cases answered, files, answer.
private struct SensitivityCases {
  let run: StudyRun
  let reading: ProjectReading
  let context: StudyContext
  let folder: String
  let design: SensitivityDesign
  let key: String?
  let question: SensitivityQuestion
  /// Text of all that decides the answers beside the project; empty for plans.
  let questionKey: [String]

  func go(_ stated: [Study.Variation], readSeconds: Double) async throws(StudyEnd) -> StudyAnswer {
    let variations = try run.stopping { () throws(ProjectFault) in try expanded(stated) }
    try checkKey()
    try checkPaths(variations)
    let cases = SensitivityCase.all(variations, design: design)
    let lock = run.lock(reading)
    let journal = try run.journal("cases.jsonl", context, [lock.text, "sensitivity"] + questionKey)
    let keys = Set(cases.map(\.key))
    let known = journal.sensitivityRows.filter { keys.contains($0.key) }
    run.tellKnown(known.count, of: cases.count, what: "cases", in: folder)
    let begin = run.now
    let rows = await rows(cases, known: known, journal: journal)
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    let isComplete = rows.count == cases.count
    var result = SensitivityResult(
      project: reading.project, inputs: inputs(variations), design: design, key: key, cases: cases.count, rows: rows,
      status: status(rows, isComplete), version: run.request.version)
    switch question {
    case .plan: break
    case .least(let size): result.least = size
    case .simulate(let asked): result.by = "simulated: " + asked.strategy.words
    case .search(let asked):
      result.by = "searched: " + asked.strategies.map(\.words).joined(separator: " and ")
    }
    let written = result
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(written, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    var answer = StudyAnswer(
      lines: written.answer(report: folder + "/report.html"), json: StudyFiles.text(written, timing: timing),
      notes: rows.filter { $0.value != nil && !$0.message.isEmpty }.map { "Case \($0.number + 1): \($0.message)" })
    if !isComplete {
      answer.end = run.interrupted(rows.count, of: cases.count, what: "cases", in: folder)
    } else if rows.allSatisfy({ $0.value == nil }) {
      answer.end = StudyEnd(
        rows.contains { $0.status == .infeasible } ? .infeasible : .internalError,
        "No case has a plan. 'tulou plan' says which limits conflict.")
    }
    return answer
  }

  private func expanded(_ stated: [Study.Variation]) throws(ProjectFault) -> [Variation] {
    var all: [Variation] = []
    for one in stated { all.append(try Variation(path: one.path, values: one.values)) }
    for (i, one) in all.enumerated() where all[..<i].contains(where: { $0.path == one.path }) {
      throw ProjectFault([Diagnostic(.error, "'\(one.path)' is varied twice.", path: one.path)])
    }
    return all
  }

  private func checkKey() throws(StudyEnd) {
    guard let key, IndicatorDeclaration.of(key) == nil, !key.contains(".") else { return }
    throw StudyEnd(.usage, unknownIndicator(key))
  }

  /// Reads the project once with each value, over its first day where that will do: a wrong path or unit is told before
  /// anything is planned.
  private func checkPaths(_ variations: [Variation]) throws(StudyEnd) {
    var options = run.request.read
    options.hours = min(24, options.hours ?? 24)
    if (try? reading.sources.open(options)) == nil { options = run.request.read }
    var faults: [Diagnostic] = []
    for variation in variations {
      for value in variation.values {
        context.progress("Reading \(variation.path) = \(value)")
        options.overrides = [(path: variation.path, value: value)]
        let found = reading.sources.check(options).filter { $0.severity == .error }
        guard !found.isEmpty else { continue }
        for var one in found {
          one.message = "with \(variation.path) = \(value): " + one.message
          faults.append(one)
        }
        break
      }
    }
    context.progress(nil)
    if !faults.isEmpty { throw StudyEnd(ProjectFault(faults)) }
  }

  private func rows(
    _ cases: [SensitivityCase], known: [SensitivityRow], journal: StudyJournal
  ) async -> [SensitivityRow] {
    let count = Counter(known.count)
    let total = cases.count
    var context = context
    context.plans = context.partOptions { "Sensitivity: \(count.value) of \(total) cases, iteration \($0.iteration)" }
    let solver = context.solver
    let told = Mutex<[Diagnostic]>([])
    let rows = await SensitivityStudy.run(
      cases: cases, asking: question, done: known, in: context, read: run.reader(reading),
      measure: { outcome in
        let accounts = Accounts.make(outcome, solver: solver)
        told.withLock { $0 += accounts.warnings }
        return accounts.indicators
      },
      finished: { row in
        journal.add(row)
        count.add()
      })
    context.progress(nil)
    run.tell(told.withLock { $0 }, but: reading.project.warnings)
    return rows
  }

  private func inputs(_ variations: [Variation]) -> [SensitivityResult.Input] {
    variations.map { variation in
      // What the file does not state as one number has no base of its own, unless factors are tried: they count from one.
      let settings = variation.values.map { reading.number(at: variation.path, setting: $0) }
      let isFactor = variation.values.allSatisfy { $0.hasPrefix("x") }
      let base =
        reading.number(at: variation.path) ?? (isFactor ? 1 : .nan, settings.compactMap { $0?.unit }.first ?? "1")
      let values = variation.values.enumerated().map { i, setting in
        (setting: setting, value: settings[i]?.value ?? Double(i + 1))
      }
      return SensitivityResult.Input(path: variation.path, unit: base.unit, base: base.value, values: values)
    }
  }

  private func status(_ rows: [SensitivityRow], _ isComplete: Bool) -> String {
    if !isComplete { return "cancelled" }
    if rows.allSatisfy({ $0.status == .infeasible }) { return "infeasible" }
    return rows.allSatisfy { $0.status == .optimal } ? "optimal" : "feasible"
  }
}

/// What is said of a name that is no indicator.
func unknownIndicator(_ key: String) -> String {
  let near = nearestName(to: key, among: IndicatorDeclaration.all.map(\.key)).map { " Did you mean '\($0)'?" } ?? ""
  return "tulou: '\(key)' is no indicator.\(near)"
}
