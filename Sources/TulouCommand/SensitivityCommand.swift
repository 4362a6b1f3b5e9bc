import ArgumentParser
import Foundation
import Synchronization
import Tulou
import TulouFiles

/// `tulou sensitivity FILE`: the same project with other numbers, a proven plan a case.
struct SensitivityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Plan, simulate or search the same project with other numbers and show what moves the result.",
    discussion: """
      tulou sensitivity park.yaml --vary "components.wind.capital=x0.5 .. x3"
      tulou sensitivity park.yaml --vary "components.pv.capital=x0.7,x1,x1.3" --vary "markets.grid.buy=0.10 EUR/kWh,0.20 EUR/kWh" --mode grid
      tulou sensitivity park.yaml --study panels --result cost_of_energy_served
      tulou sensitivity park.yaml --vary "limits.renewable_fraction.min=40 %,60 %,80 %" --least wind
      tulou sensitivity park.yaml --vary "markets.oil.buy=x0.5 .. x2" --by search --strategy load_following,cycle_charging

      A path names any number of the file. A value is a factor (x0.5), a number with its unit (900 USD/kW), or a range \
      (x0.5 .. x3, or 600 USD/kW .. 900 USD/kW / 7 for seven values). An interrupted study goes on where it stopped \
      when the same command is given again.
      """)

  @Argument(help: ArgumentHelp("Project file.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp("A path and its values; may be given several times.", valueName: "path=value,value,..."))
  var vary: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("one-at-a-time, grid (every combination) or tornado (first and last value).", valueName: "mode"))
  var mode: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Indicator that is drawn, e.g. cost_of_energy_served; left out: the objective.", valueName: "key"))
  var result: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Size that is made as small as the limits allow, in place of cost, e.g. wind.", valueName: "id"))
  var least: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who answers each case: plan (least cost, with its proof), search (the best sizes under a rule) or simulate (given "
        + "sizes under a rule).", valueName: "plan|search|simulate"))
  var by: String?

  @OptionGroup var strategy: StrategyOptions

  @OptionGroup var space: SearchSpaceOptions

  @OptionGroup var study: StudyOptions

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard options.sizes == nil || answer == .simulate else {
      throw ValidationError("--sizes is for 'plan' and '--by simulate'; each case chooses its sizes.")
    }
    if let by, Study.Answer(rawValue: by) == nil {
      throw ValidationError("--by takes plan, search or simulate, found '\(by)'.")
    }
    if least != nil, by != nil || result != nil {
      throw ValidationError("--least asks plans for one size; --by and --result have no part in it.")
    }
    if answer ?? .plan == .plan, strategy.strategy != nil {
      throw ValidationError("--strategy belongs to --by search and --by simulate.")
    }
    if answer != .search, space.isGiven {
      throw ValidationError("--method, --points, --candidates and --most belong to --by search.")
    }
    if let mode, design(mode) == nil {
      throw ValidationError("--mode takes one-at-a-time, grid or tornado, found '\(mode)'.")
    }
    _ = try variations()
  }

  /// `--by`.
  private var answer: Study.Answer? { by.flatMap(Study.Answer.init) }

  private func design(_ word: String) -> SensitivityDesign? {
    SensitivityDesign(rawValue: word.replacingOccurrences(of: "-", with: "_"))
  }

  /// `--vary` as paths with their values.
  private func variations() throws -> [Study.Variation] {
    try vary.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ValidationError(
          "--vary takes path=value,value,... such as components.wind.capital=x0.5,x2; found '\(text)'.")
      }
      var list = parts[1]
      if list.hasPrefix("["), list.hasSuffix("]") { list = String(list.dropFirst().dropLast()) }
      let values = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      guard !values.isEmpty else { throw ValidationError("--vary '\(parts[0])' is given no values.") }
      return Study.Variation(path: parts[0], values: values)
    }
  }

  func run() async throws {
    let run = Run(options)
    let solver = try run.ruleSolver()
    let given = try variations()
    let (reading, readSeconds) = try run.read(file)
    let asked = try run.study(study.study, of: .sensitivity, in: reading.project, needed: given.isEmpty)
    let stated = given.isEmpty ? asked?.vary ?? [] : given
    guard !stated.isEmpty else {
      Terminal.error(
        "tulou: nothing is varied. Give --vary \"components.wind.capital=x0.5,x1,x2\", or a study in the file.")
      throw Exit.usage
    }
    let design =
      mode.flatMap(design) ?? asked?.mode ?? .oneAtATime
    let (question, key) = try question(asked)
    let folder = run.studyFolder(file, asked?.id ?? "sensitivity")
    try run.reserve(folder)
    let study = SensitivityRun(
      run: run, reading: reading, file: file, folder: folder,
      design: design, key: result ?? asked?.result, fresh: study.fresh, question: question, questionKey: key)
    try await study.go(stated, solver: solver, readSeconds: readSeconds)
  }

  /// Who answers, with a text of all that decides the answers.
  private func question(_ asked: Study?) throws -> (SensitivityQuestion, [String]) {
    if let size = least ?? (by == nil && result == nil ? asked?.least : nil) { return (.least(size), ["least", size]) }
    switch answer ?? asked?.by ?? .plan {
    case .simulate:
      let dispatches = strategy.dispatches(or: asked)
      guard dispatches.count == 1 else { _ = try strategy.single(); throw Exit.usage }
      var simulate = SimulateOptions()
      simulate.strategy = dispatches[0]
      simulate.cheapest = strategy.cheapest
      simulate.sizes = try options.givenSizes() ?? asked?.sizes ?? [:]
      simulate.seed = options.seed ?? 1
      let sizes = simulate.sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return (.simulate(simulate), ["simulate", "\(simulate.strategy) \(simulate.cheapest) \(sizes)"])
    case .search:
      var search = SearchOptions()
      search.strategies = strategy.dispatches(or: asked)
      search.cheapest = strategy.cheapest
      search.seed = options.seed ?? 1
      try space.fill(&search, asked)
      return (.search(search), ["search", SearchSpaceOptions.key(search)])
    case .plan: return (.plan, [])
    }
  }
}

/// One run of a sensitivity: paths checked, cases planned, files, answer.
private struct SensitivityRun {
  let run: Run
  let reading: ProjectReading
  let file: String
  let folder: String
  let design: SensitivityDesign
  let key: String?
  let fresh: Bool
  let question: SensitivityQuestion
  /// Text of all that decides the answers beside the project; empty for plans.
  let questionKey: [String]

  func go(_ stated: [Study.Variation], solver: any Solver, readSeconds: Double) async throws {
    let variations = try run.stopping { () throws(ProjectFault) in try expanded(stated) }
    try checkKey()
    try checkPaths(variations)
    let cases = SensitivityCase.all(variations, design: design)
    let lock = reading.lock(version: Build.version)
    let journal = try run.journal(
      folder + "/cases.jsonl", [lock.text, "sensitivity"] + questionKey + run.inputsOfPlans, fresh: fresh)
    let keys = Set(cases.map(\.key))
    let known = journal.sensitivityRows.filter { keys.contains($0.key) }
    run.tellKnown(known.count, of: cases.count, what: "cases", in: folder)
    let begin = run.now
    let rows = await rows(cases, known: known, solver: solver, journal: journal)
    let solveSeconds = run.since(begin)
    let isComplete = rows.count == cases.count
    var result = SensitivityResult(
      project: reading.project, inputs: inputs(variations), design: design, key: key, cases: cases.count, rows: rows,
      status: status(rows, isComplete), version: Build.version)
    switch question {
    case .plan: break
    case .least(let size): result.least = size
    case .simulate(let asked): result.by = "simulated: " + asked.strategy.words
    case .search(let asked):
      result.by = "searched: " + asked.strategies.map(\.words).joined(separator: " and ")
    }
    let timing = [("read", readSeconds), ("solve", solveSeconds)]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(result, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if run.options.json {
      Terminal.result(StudyFiles.text(result, timing: timing))
    } else {
      for line in result.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
    for row in rows where row.value != nil && !row.message.isEmpty {
      Terminal.note("Case \(row.number + 1): \(row.message)", quiet: run.options.quiet)
    }
    if !isComplete {
      run.tellInterrupted(rows.count, of: cases.count, what: "cases", in: folder)
      throw Exit.interrupted
    }
    if rows.allSatisfy({ $0.value == nil }) {
      Terminal.error("No case has a plan. 'tulou plan' says which limits conflict.")
      throw rows.contains { $0.status == .infeasible } ? Exit.infeasible : Exit.internalError
    }
  }

  private func expanded(_ stated: [Study.Variation]) throws(ProjectFault) -> [Variation] {
    var all: [Variation] = []
    for one in stated { all.append(try Variation(path: one.path, values: one.values)) }
    for (i, one) in all.enumerated() where all[..<i].contains(where: { $0.path == one.path }) {
      throw ProjectFault([Diagnostic(.error, "'\(one.path)' is varied twice.", path: one.path)])
    }
    return all
  }

  private func checkKey() throws {
    guard let key, IndicatorDeclaration.of(key) == nil, !key.contains(".") else { return }
    let near = nearestName(to: key, among: IndicatorDeclaration.all.map(\.key)).map { " Did you mean '\($0)'?" } ?? ""
    Terminal.error("tulou: '\(key)' is no indicator.\(near)")
    throw Exit.usage
  }

  /// Reads the project once with each value, over its first day where that will do: a wrong path or unit is told before
  /// anything is planned.
  private func checkPaths(_ variations: [Variation]) throws {
    var options = run.readOptions
    options.hours = min(24, options.hours ?? 24)
    if (try? ProjectReader.read(path: file, options: options)) == nil { options = run.readOptions }
    var faults: [Diagnostic] = []
    for variation in variations {
      for value in variation.values {
        run.progress.show("Reading \(variation.path) = \(value)")
        options.overrides = [(path: variation.path, value: value)]
        let found = ProjectReader.check(path: file, options: options).filter { $0.severity == .error }
        if !found.isEmpty {
          for var one in found {
            one.message = "with \(variation.path) = \(value): " + one.message
            faults.append(one)
          }
          break
        }
      }
    }
    run.progress.clear()
    if !faults.isEmpty { try Run.fail(ProjectFault(faults)) }
  }

  private func rows(
    _ cases: [SensitivityCase], known: [SensitivityRow], solver: any Solver, journal: StudyJournal
  ) async -> [SensitivityRow] {
    let count = Mutex(known.count)
    var plan = run.planOptions("")
    plan.solve.threads = 1
    let line = run.progress
    let total = cases.count
    plan.solve.progress = { step in
      let done = count.withLock { $0 }
      line.show("Sensitivity: \(done) of \(total) cases, iteration \(step.iteration)")
    }
    let file = file
    let base = run.readOptions
    let told = Mutex<[Diagnostic]>([])
    let rows = await SensitivityStudy.run(
      cases: cases, asking: question, done: known, parallel: run.workers, options: plan, solver: solver,
      read: { (settings) throws(ProjectFault) in
        var options = base
        options.overrides = settings.sorted { $0.key < $1.key }.map { (path: $0.key, value: $0.value) }
        return try ProjectReader.read(path: file, options: options)
      },
      measure: { outcome in
        let accounts = Accounts.make(outcome, solver: solver)
        told.withLock { $0 += accounts.warnings }
        return accounts.indicators
      },
      finished: { row in
        journal.add(row)
        count.withLock { $0 += 1 }
      })
    run.progress.clear()
    Terminal.warnings(told.withLock { $0 }, but: reading.project.warnings, quiet: run.options.quiet)
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
