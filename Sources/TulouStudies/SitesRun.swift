import Foundation
import Tulou
import TulouFiles

/// `sites`: scores of isolation, resources and culture, ranking with what it hangs on, and the plan of each site, all side by side.
public struct SitesRun: Sendable {
  let run: StudyRun
  let weights: [Double]?
  let plans: Bool

  /// A comparison of sites.
  ///
  /// - Parameters:
  ///   - weights: Weights of the criteria in their order; nil: those of the file.
  ///   - plans: Whether each site's project is planned, too.
  public init(_ run: StudyRun, weights: [Double]?, plans: Bool) {
    self.run = run
    self.weights = weights
    self.plans = plans
  }

  /// Scores, plans the sites that no earlier run has planned, writes.
  public func go() async throws(StudyEnd) -> StudyAnswer {
    var context = try run.context()
    let begin = run.now
    let list = try run.stopping { () throws(ProjectFault) in try SiteList.read(path: run.request.file) }
    var sites: [(answers: SiteAnswers, score: SiteScore)] = []
    for file in list.files {
      let answers = try run.stopping { () throws(ProjectFault) in try SiteAnswers.read(path: file) }
      let score = answers.score
      if sites.contains(where: { $0.score.name == score.name }) {
        throw StudyEnd(.projectFault, "tulou: two files answer for a site '\(score.name)'; the second is '\(file)'.")
      }
      sites.append((answers, score))
    }
    let folder = run.studyFolder("sites")
    try run.reserve(folder)
    context.checkpoint = StudyCheckpoint(folder: folder, isFresh: run.request.isFresh)
    var planned: [SitePlan] = []
    if plans {
      let texts = sites.map(\.answers.projectFile)
      let journal = try run.journal("cases.jsonl", context, texts + ["sites"])
      planned = await all(sites.map(\.score.name), texts, journal, context)
      if run.isInterrupted {
        throw StudyEnd(
          .interrupted,
          "Interrupted: \(planned.count) of \(sites.count) sites are in \(folder)/cases.jsonl; the same command goes on."
        )
      }
    }
    let ranking = SiteRanking(sites.map(\.score), weights: weights ?? list.weights, seed: run.request.seed)
    let report = SitesReport(ranking: ranking, plans: planned, version: run.request.version)
    let timing = [("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(
        report, timing: timing, to: folder, plotlyPath: Parts.plotly(),
        language: run.request.language)
    }
    return StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing))
  }

  /// Plans of the sites, several at a time.
  private func all(
    _ names: [String], _ texts: [String], _ journal: StudyJournal, _ context: StudyContext
  ) async -> [SitePlan] {
    var found = Dictionary(journal.sitePlans.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    run.tellKnown(found.count, of: names.count, what: "sites", in: run.studyFolder("sites"))
    let open = names.indices.filter { found[names[$0]] == nil }
    var options = context.plans
    options.solve.threads = 1
    options.explanationSeconds = nil
    let asked = options, solver = context.solver, progress = context.progress
    await withTaskGroup(of: SitePlan?.self) { tasks in
      var next = open.makeIterator()
      func start() {
        guard !asked.solve.isCancelled(), let index = next.next() else { return }
        tasks.addTask { Self.plan(names[index], texts[index], asked, solver) }
      }
      for _ in 0..<context.workers { start() }
      while let plan = await tasks.next() {
        if let plan {
          journal.add(plan)
          found[plan.name] = plan
          progress("Sites: \(found.count) of \(names.count)")
        }
        start()
      }
    }
    progress(nil)
    return names.compactMap { found[$0] }
  }

  /// The plan of one site; nil where it was stopped halfway.
  private static func plan(_ name: String, _ text: String, _ options: PlanOptions, _ solver: any Solver) -> SitePlan? {
    do throws(ProjectFault) {
      let project = try ProjectReader.read(text: text, path: "\(name).yaml")
      let outcome = try PlanStudy.run(project: project, options: options, solver: solver)
      if options.solve.isCancelled() { return nil }
      let currency = project.economy.currency
      guard outcome.hasPlan else {
        return SitePlan(name: name, values: [:], currency: currency, reason: outcome.status.rawValue)
      }
      let accounts = Accounts.make(outcome, solver: solver, options: options)
      var values: [String: Double] = [:]
      for (key, _) in SitesReport.indicators { values[key] = accounts.value(key) }
      return SitePlan(name: name, values: values, currency: currency, reason: "")
    } catch {
      let message = error.diagnostics.first { $0.severity == .error }?.message ?? error.description
      return SitePlan(name: name, values: [:], currency: "", reason: message)
    }
  }
}
