import Foundation
import Tulou
import TulouFiles

extension ShareRun {
  /// Shares where not all groups can be planned: Owen's and those of statutes from one plan and each alone, and where pairs of orders are
  /// asked for, Shapley's value by random orders and the fairest shares that keep the groups met on the way.
  func sampled(
    _ all: Outcome, _ accounts: Accounts, _ players: [String], _ known: [GroupCost], _ journal: StudyJournal,
    _ context: StudyContext
  ) throws(StudyEnd) -> ClusterShareReport {
    let project = all.project
    var options = context.planOptions("Planning a group")
    options.breaksTies = false
    options.explanationSeconds = nil
    let together = all.certificate?.value ?? 0
    let game = SampledGame(
      project: project, players: players, known: known, options: options, solver: context.solver,
      finished: { journal.add($0) })
    let alone = game.alone.compactMap(\.self)
    guard alone.count == players.count else {
      if run.isInterrupted { throw StudyEnd(.interrupted) }
      let who = players.indices.first { game.alone[$0] == nil }.map { names([players[$0]], project)[0] } ?? ""
      journal.discard()
      throw StudyEnd(.infeasible, "'\(who)' has no plan by itself, so its benefit cannot be counted.")
    }
    let value = alone.reduce(0, +) - together
    var list: [Shares] = []
    if let owen = OwenShares(all, players: players, solver: context.solver) {
      let defect = (together - owen.costs.reduce(0, +)) / Double(players.count)
      var shares = Shares(
        method: .owen, amounts: zip(alone, owen.costs).map { $0 - $1 - defect },
        remark: owen.reservations.joined(separator: "; "))
      shares.proof = owen.reservations.isEmpty ? .proved : .notCovered
      list.append(shares)
    }
    if asked.samples != nil { list += try drawn(game, value, players, together) }
    context.progress(nil)
    let who = ClusterShareReport.players(players, of: project, accounts, alone: alone)
    for (method, key) in ClusterShareReport.keys(who, of: project).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      var shares = Shares(method: method, amounts: Statute.proportional(value, key: key))
      shares.proof = .searched
      list.append(shares)
    }
    if game.costs.count > players.count + 1 {
      let asked = game.costs.keys.filter { $0.size < players.count }.count
      for index in list.indices {
        guard let amounts = list[index].amounts, let worst = game.worst(amounts) else { continue }
        list[index].searched = (members: worst.members, shortfall: worst.shortfall, asked: asked)
      }
    }
    var report = GameReport(
      name: "", members: names(players, project), total: value, shares: list, unit: project.economy.currency + "/y")
    report.remarks = [
      "\(counted(game.costs.count, "group")) of 2^\(players.count) were planned; whether a group gains by leaving is searched among them, not proved, where a rule does not prove it."
    ]
    report.remarks += list.filter { !$0.remark.isEmpty }.map { "\($0.method.rawValue): \($0.remark)." }
    return ClusterShareReport(
      project: project, kind: .planning, report: report, players: who, rule: rule(project), together: together,
      widest: game.widest, version: run.request.version)
  }

  /// How wide the widest interval is, and what to do where that is more than was asked.
  private func width(_ sample: SampledShapley, _ tolerance: Double, _ value: Double) -> String {
    guard let widest = sample.intervals.max(), value != 0 else { return "" }
    func percent(_ amount: Double) -> String { String(format: "%.3g %%", abs(amount / value) * 100) }
    let isMissed = widest > tolerance
    return " of at most \(percent(widest)) of the benefit to each side"
      + (isMissed ? "; \(percent(tolerance)) were asked for: give more --samples" : "")
  }

  /// Shapley's value by random orders, and the fairest of the most stable shares by row generation.
  private func drawn(
    _ game: SampledGame, _ value: Double, _ players: [String], _ together: Double
  ) throws(StudyEnd) -> [Shares] {
    let seed = run.request.seed
    let tolerance = (asked.tolerance ?? 0.005) * abs(value)
    guard let sample = game.shapley(pairs: asked.samples ?? 20, tolerance: tolerance, seed: seed)
    else {
      if run.isInterrupted { throw StudyEnd(.interrupted) }
      throw StudyEnd(.infeasible, "A group could not be planned, so nothing is sampled.")
    }
    var shapley = Shares(
      method: .shapley, amounts: sample.shares,
      remark: "sampled: \(2 * sample.pairs) orders in antithetic pairs, 95 % intervals"
        + width(sample, tolerance, value))
    shapley.intervals = sample.intervals
    shapley.proof = .searched
    var list = [shapley]
    let before = game.costs.count
    if let rows = game.rows(total: value, most: 2 * players.count, seed: seed) {
      var fair = Shares(
        method: .fairLeastCore, amounts: rows.shares,
        remark:
          "rows of \(rows.asked) groups, \(counted(game.costs.count - before, "plan")) of them for it; a worse group may be missed"
      )
      fair.proof = .searched
      list.append(fair)
    }
    if run.isInterrupted { throw StudyEnd(.interrupted) }
    return list
  }
}
