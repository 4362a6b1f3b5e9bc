import Foundation
import Synchronization
import Tulou
import TulouFiles

/// One run of `tulou share` on a project: the plan of all, the plans of groups, the methods, the files.
struct ShareRun {
  let run: Run
  let file: String
  let asked: ShareOptions

  /// Most players of which all groups are planned.
  static let mostPlayers = 14

  func go() async throws {
    let solver = try run.solver()
    let (reading, readSeconds) = try run.read(file)
    let project = reading.project
    guard project.members.count > 1 else {
      Terminal.error(
        "tulou: '\(project.name)' has \(counted(project.members.count, "member")); shares are among two or more, under 'members'."
      )
      throw Exit.projectFault
    }
    guard project.stages.isEmpty else {
      Terminal.error(
        "tulou: shares are of one year's plan; take 'stages' out, or share each stage by a file of its own.")
      throw Exit.projectFault
    }
    let folder = run.studyFolder(file, "share")
    try run.reserve(folder)
    let lock = reading.lock(version: Build.version)
    let begin = run.now
    let all = try run.stopping { () throws(ProjectFault) in
      try PlanStudy.run(project: project, options: run.planOptions("Planning all together"), solver: solver)
    }
    guard let plan = all.plan else {
      Terminal.error("All members together have no plan (\(all.status.rawValue)); 'tulou plan' says why.")
      throw all.status == .infeasible ? Exit.infeasible : Exit.internalError
    }
    let accounts = Accounts.make(all, solver: solver)
    let report: ClusterShareReport
    switch asked.game ?? .planning {
    case .operating: report = try operating(all, plan, accounts)
    case .planning:
      let journal = try run.journal(
        folder + "/cases.jsonl", [lock.text, "share"] + run.inputsOfPlans, fresh: asked.fresh)
      report = try await planning(all, accounts, journal, solver, folder)
    }
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    if run.options.json {
      Terminal.write(report.text(timing: timing))
    } else {
      for line in report.answer(report: folder + "/report.html") { Terminal.result(line) }
    }
  }

  private func rule(_ project: Project) -> SharingMethod { asked.method ?? project.sharing.rule }

  private func names(_ players: [String], _ project: Project) -> [String] {
    players.map { $0.isEmpty ? "commons" : $0 }
  }

  // MARK: Operating game

  private func operating(_ all: Outcome, _ plan: Plan, _ accounts: Accounts) throws -> ClusterShareReport {
    let project = all.project
    guard let positions = MemberPositions(project: project, plan: plan) else {
      Terminal.error("tulou: the operating game needs a market that sells electricity at a bus of the cluster.")
      throw Exit.projectFault
    }
    let players = positions.ids.indices.filter { index in
      !positions.ids[index].isEmpty || positions.net[index].contains { $0 != 0 }
    }
    let ids = players.map { positions.ids[$0] }
    guard
      let netting = NettingGame(
        members: names(ids, project), net: players.map { positions.net[$0] }, buy: positions.buy, sell: positions.sell)
    else {
      Terminal.error(
        "tulou: selling pays more than buying costs in some hour, so exchange inside has no value there; use --game planning."
      )
      throw Exit.projectFault
    }
    var report = GameReport.of(
      name: "", table: ids.count <= Self.mostPlayers ? netting.table() : nil, netting: netting,
      seed: run.options.seed ?? 1,
      pairs: asked.samples ?? 20_000, tolerance: asked.tolerance ?? 0.005)
    report.unit = project.economy.currency + "/y"
    let who = ClusterShareReport.players(ids, of: project, accounts, alone: nil)
    if let game = report.game {
      let keys = ClusterShareReport.keys(who, of: project)
      let mid = Shares(
        method: .proRata, amounts: netting.priced(mix: 0.5), remark: "half way between the outside prices")
      let remarks = report.remarks
      report = GameReport(
        name: "", game: game,
        shares: MethodTable.all(game, keys: keys, further: report.shares.filter { $0.method == .owen } + [mid]),
        unit: report.unit)
      report.remarks = remarks
    }
    return ClusterShareReport(
      project: project, kind: .operating, report: report, players: who, rule: rule(project), together: nil,
      version: Build.version)
  }

  // MARK: Planning game

  private func planning(
    _ all: Outcome, _ accounts: Accounts, _ journal: StudyJournal, _ solver: any Solver, _ folder: String
  ) async throws -> ClusterShareReport {
    let project = all.project
    let players = project.sharingPlayers
    let everybody = (1 << players.count) - 1
    let groups = everybody
    guard players.count <= Self.mostPlayers || asked.samples != nil else {
      let hours = Double(groups) * all.solveSeconds / Double(run.workers) / 3600
      Terminal.error(
        "tulou: \(players.count) members have \(groups) groups, some \(String(format: "%.1f", hours)) h of planning. Give --samples 20 "
          + "(Shapley's value of 20 pairs of orders with its interval, at most \(40 * players.count) plans), or --game operating."
      )
      throw Exit.usage
    }
    guard players.count <= 52 else {
      Terminal.error("tulou: the planning game takes at most 52 players; found \(players.count). Use --game operating.")
      throw Exit.usage
    }
    var known = journal.groupCosts
    if !known.contains(where: { $0.group == everybody }) {
      let cost = GroupCost(all, group: everybody)
      journal.add(cost)
      known.append(cost)
    }
    if players.count > Self.mostPlayers { return try sampled(all, accounts, players, known, journal, solver) }
    run.tellKnown(known.count - 1, of: groups, what: "groups", in: folder)
    let costs = await costs(all, players, known, journal, solver)
    if Interruption.isRequested {
      Terminal.error(
        "Interrupted: \(costs.count) of \(groups) groups are in \(folder)/cases.jsonl; the same command goes on.")
      throw Exit.interrupted
    }
    let game: PlanningGame
    do throws(PlanningGame.Fault) {
      game = try PlanningGame(players: players, names: names(players, project), costs: costs)
    } catch { throw tell(error) }
    return report(all, accounts, game, costs)
  }

  private func costs(
    _ all: Outcome, _ players: [String], _ known: [GroupCost], _ journal: StudyJournal, _ solver: any Solver
  ) async -> [Int: GroupCost] {
    let groups = (1 << players.count) - 1
    let seconds = Double(groups - known.count) * all.solveSeconds / Double(run.workers)
    if seconds > 20 {
      Terminal.note(
        "\(groups) groups are planned, at most some \(seconds < 120 ? "\(Int(saturating: seconds)) s" : "\(Int(saturating: seconds / 60)) min") on \(counted(run.workers, "core")).",
        quiet: run.options.quiet || run.options.json)
    }
    let count = Mutex(known.count)
    var options = run.planOptions("")
    options.breaksTies = false
    options.solve.progress = { _ in }
    let line = run.progress
    let costs = await CoalitionStudy.costs(
      of: all.project, players: players, groups: Array(1...groups), known: known, parallel: run.workers,
      options: options,
      solver: solver
    ) { cost in
      journal.add(cost)
      let done = count.withLock { value in
        value += 1
        return value
      }
      line.show("Share: \(done) of \(groups) groups")
    }
    line.clear()
    return costs
  }

  private func tell(_ fault: PlanningGame.Fault) -> Exit {
    switch fault {
    case .alone(let player, let message):
      Terminal.error(
        "'\(player.isEmpty ? "commons" : player)' has no plan by itself, so its benefit cannot be counted. \(message)\n"
          + "      Give it a market of its own ('alone'), allow unserved energy at a price, or say sharing: {outside: same-tariff}."
      )
      return .infeasible
    case .together(let message):
      Terminal.error("All members together have no plan. \(message)")
      return .infeasible
    case .missing(let count):
      Terminal.error("\(count) groups were not planned; the same command goes on.")
      return .internalError
    }
  }

  private func report(
    _ all: Outcome, _ accounts: Accounts, _ game: PlanningGame, _ costs: [Int: GroupCost]
  ) -> ClusterShareReport {
    let project = all.project
    let who = ClusterShareReport.players(game.players, of: project, accounts, alone: game.alone)
    var further: [Shares] = []
    if let owen = OwenShares(all, players: game.players) { further.append(shares(owen, game)) }
    if let shares = accountShares(accounts, game) { further.append(shares) }
    var list = MethodTable.all(game.game, keys: ClusterShareReport.keys(who, of: project), further: further)
    for index in list.indices where list[index].method == .shapley { list[index].intervals = game.shapleyIntervals }
    var report = GameReport(name: "", game: game.game, shares: list, unit: project.economy.currency + "/y")
    report.remarks = list.filter { !$0.remark.isEmpty }.map { "\($0.method.rawValue): \($0.remark)." }
    return ClusterShareReport(
      project: project, kind: .planning, report: report, players: who, rule: rule(project), together: game.together,
      widest: game.widest, withoutPlan: game.withoutPlan.map { game.game.names($0).joined(separator: "+") },
      groups: costs.keys.sorted().compactMap { group in
        costs[group].map { (name: game.game.names(group).joined(separator: "+"), cost: $0) }
      }, version: Build.version)
  }

  private func shares(_ owen: OwenShares, _ game: PlanningGame) -> Shares {
    let difference = game.together - owen.costs.reduce(0, +)
    let count = Double(game.players.count)
    var shares = Shares(
      method: .owen, amounts: zip(game.alone, owen.costs).map { $0 - $1 - difference / count },
      remark: owen.reservations.joined(separator: "; "))
    shares.proof = owen.reservations.isEmpty ? .proved : .notCovered
    return shares
  }

  /// What accounts of the plan give each: cost alone in this game less cost in the cluster; penalties are borne equally.
  private func accountShares(_ accounts: Accounts, _ game: PlanningGame) -> Shares? {
    // Where the commons take part they keep their own result, else members bear it.
    let hasCommons = game.players.contains("")
    let costs = game.players.map { id in
      accounts.members.first { $0.id == id }.map { hasCommons ? $0.ownCost : $0.costInCluster } ?? 0
    }
    let members = accounts.members.filter { !$0.id.isEmpty }
    guard !members.isEmpty else { return nil }
    let amounts = zip(game.alone, costs).map { $0 - $1 }
    let defect = game.game.total - amounts.reduce(0, +)
    let part = defect / Double(max(amounts.count, 1))
    let isLarge = abs(defect) > 1e-6 * game.game.scale
    return Shares(
      method: .proRata, amounts: amounts.map { $0 + part },
      remark: isLarge ? "penalties and differences between plan and accounts are borne equally" : "")
  }

  private func sampled(
    _ all: Outcome, _ accounts: Accounts, _ players: [String], _ known: [GroupCost], _ journal: StudyJournal,
    _ solver: any Solver
  ) throws -> ClusterShareReport {
    let project = all.project
    var options = run.planOptions("Planning a group")
    options.breaksTies = false
    options.explanationSeconds = nil
    let total = 0.005 * abs(all.certificate?.value ?? 0)
    guard
      let game = SampledGame(
        project: project, players: players, known: known, pairs: asked.samples ?? 20,
        tolerance: asked.tolerance.map { $0 * abs(all.certificate?.value ?? 0) } ?? total, seed: run.options.seed ?? 1,
        options: options, solver: solver, finished: { journal.add($0) })
    else {
      if Interruption.isRequested { throw Exit.interrupted }
      Terminal.error("A member has no plan by itself, so its benefit cannot be counted.")
      throw Exit.infeasible
    }
    run.progress.clear()
    let alone = players.indices.map { game.costs[1 << $0]?.cost ?? 0 }
    let together = all.certificate?.value ?? 0
    let value = alone.reduce(0, +) - together
    var shapley = Shares(
      method: .shapley, amounts: game.sample.shares,
      remark: "sampled: \(2 * game.sample.pairs) orders in antithetic pairs, 95 % intervals")
    shapley.intervals = game.sample.intervals
    shapley.proof = .searched
    var list = [shapley]
    if let owen = OwenShares(all, players: players) {
      var shares = Shares(
        method: .owen, amounts: zip(alone, owen.costs).map { $0 - $1 },
        remark: owen.reservations.joined(separator: "; "))
      shares.proof = owen.reservations.isEmpty ? .proved : .notCovered
      list.insert(shares, at: 0)
    }
    let who = ClusterShareReport.players(players, of: project, accounts, alone: alone)
    for (method, key) in ClusterShareReport.keys(who, of: project).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      var shares = Shares(method: method, amounts: Statute.proportional(value, key: key))
      shares.proof = .searched
      list.append(shares)
    }
    var report = GameReport(
      name: "", members: names(players, project), total: value, shares: list, unit: project.economy.currency + "/y")
    report.remarks = ["\(counted(game.costs.count, "group")) of 2^\(players.count) were planned."]
    return ClusterShareReport(
      project: project, kind: .planning, report: report, players: who, rule: rule(project), together: together,
      version: Build.version)
  }
}
