import Foundation
import Tulou
import TulouFiles

/// `shares`: the share model over representative days, searched by NSGA-II or by the four operators.
public struct ShareModelRun: Sendable {
  let run: StudyRun

  /// A search of the share model.
  public init(_ run: StudyRun) { self.run = run }

  /// Searches, or goes on with a search that was interrupted, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    let (reading, readSeconds) = try run.read()
    let project = reading.project
    guard let study = try run.study(run.request.study, of: .shares, in: project, needed: true),
      let question = study.shares
    else {
      throw StudyEnd(
        .usage, "tulou: the file has no study of kind 'shares'; it stands under 'studies' with its 'seasons'.")
    }
    let folder = run.studyFolder(study.id)
    try run.reserve(folder)
    let lock = run.lock(reading)
    let checkpoint = ShareCheckpoint(of: folder)
    if run.request.isFresh { checkpoint.remove() }
    let subject = SearchFiles.digest(of: [
      project.name, question.identity, "\(run.request.seed)", run.request.version,
    ])
    let before = try checkpoint.read(of: subject)
    let begin = run.now
    let outcome = try search(question, subject, before, checkpoint)
    run.listener.progress(nil)
    let report = ShareStudyReport(
      project: project, study: study.id, outcome: outcome, version: run.request.version)
    let timing = [("read", readSeconds), ("search", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if !outcome.isStopped { checkpoint.remove() }
    var answer = StudyAnswer(
      lines: report.answer(report: folder + "/report.html"), json: StudyFiles.text(report, timing: timing),
      findings: [])
    if outcome.isStopped {
      answer.end = StudyEnd(
        .interrupted,
        "Interrupted after \(outcome.history.last?.number ?? 0) generations: what was found is in \(folder); the same command goes on."
      )
    } else if outcome.designs.isEmpty {
      answer.end = StudyEnd(.infeasible)
    }
    return answer
  }

  private func search(
    _ question: ShareModelQuestion, _ subject: String, _ before: EvolutionCheckpoint?, _ checkpoint: ShareCheckpoint
  ) throws(StudyEnd) -> ShareOutcome {
    let year = question.year
    var settings = EvolutionSettings(
      method: question.method == .nsga2 ? .nsga2(GeneticOperators()) : .fourOperators(FourOperators()))
    settings.population = question.population
    settings.generations = question.generations
    settings.seed = run.request.seed
    settings.threads = run.workers
    settings.startingPoints = year.startingPoints
    if let before, let last = before.history.last {
      run.listener.tell(.aside("Went on after \(last.number) generations of an interrupted search."))
    }
    let begin = run.now, limit = run.request.timeLimit
    var kept = run.now
    var latest: EvolutionCheckpoint?
    let found: EvolutionResult
    do throws(EvolutionError) {
      found = try EvolutionRun(year, settings: settings, subject: subject).run(from: before) { generation, state in
        let best = generation.best.first.map { "  best \(NumberText.significant(-$0))" } ?? ""
        run.listener.progress(
          "Generation \(generation.number) of \(question.generations)\(best)  hypervolume \(NumberText.significant(generation.hypervolume))"
        )
        latest = state
        if run.since(kept) > 2 {
          checkpoint.write(state)
          kept = run.now
        }
        return !run.isInterrupted && limit.map { run.since(begin) < $0 } ?? true
      }
    } catch {
      throw StudyEnd(.projectFault, "error: \(error.description).", "Nothing was written.")
    }
    if found.end == .stopped, let latest { checkpoint.write(latest) }
    var outcome = ShareOutcome(question)
    outcome.designs = found.front.map { year.design(of: $0.point) }.sorted { $0.efficiency < $1.efficiency }
    outcome.history = found.history.map(Self.record)
    outcome.isStopped = found.end == .stopped
    outcome.seed = run.request.seed
    outcome.evaluations = found.evaluations
    return outcome
  }

  private static func record(_ one: Generation) -> ShareOutcome.Generation {
    ShareOutcome.Generation(
      number: one.number, evaluations: one.evaluations, frontCount: one.frontCount, hypervolume: one.hypervolume,
      best: one.best.first.map { -$0 }, leastCost: one.best.count > 1 ? one.best[1] : nil)
  }
}

/// Where a search of the share model stands, in a hidden folder beside its results.
struct ShareCheckpoint: Sendable {
  private let file: URL

  init(of directory: String) {
    let results = URL(fileURLWithPath: directory, isDirectory: true).standardizedFileURL
    file = results.deletingLastPathComponent()
      .appendingPathComponent(".\(results.lastPathComponent).checkpoint", isDirectory: true)
      .appendingPathComponent("evolution.json")
  }

  /// What was kept; nil where nothing was. A checkpoint of another project is an end, not a silent start anew.
  func read(of subject: String) throws(StudyEnd) -> EvolutionCheckpoint? {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    guard let data = try? Data(contentsOf: file),
      let state = try? JSONDecoder().decode(EvolutionCheckpoint.self, from: data)
    else {
      throw StudyEnd(
        .projectFault, "error: the checkpoint '\(file.path)' cannot be read; '--fresh' begins anew.",
        "Nothing was written.")
    }
    guard state.subject == subject else {
      throw StudyEnd(
        .projectFault,
        "error: the checkpoint '\(file.path)' belongs to another project, or to other settings of this one; '--fresh' throws it away, '--out' names another folder.",
        "Nothing was written.")
    }
    return state
  }

  /// Keeps where the search stands. A full disk costs the resumption, not the search.
  func write(_ state: EvolutionCheckpoint) {
    guard let data = try? JSONEncoder().encode(state) else { return }
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: file, options: .atomic)
  }

  /// Throws away what was kept.
  func remove() { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
}
