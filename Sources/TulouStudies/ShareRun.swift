import Foundation
public import Tulou
import TulouFiles

/// What a division of a benefit is asked.
public struct ShareQuestion: Sendable {
  /// Which game; nil: the planning game.
  public var game: ClusterShareReport.Kind?
  /// Rule of the members' pages; nil: the file's.
  public var method: SharingMethod?
  /// Pairs of orders at most, where Shapley's value is sampled.
  public var samples: Int?
  /// Half width of sampled shares' intervals, in parts of the benefit.
  public var tolerance: Double?
  /// The file's rule, and every group where that can be done.
  public init() {}

  /// What the words of the command ask; nil: not given.
  package init(game: String?, method: String?, samples: Int?, tolerance: Double?) throws(WordFault) {
    if let game {
      guard let kind = ClusterShareReport.Kind(rawValue: game) else {
        throw WordFault("--game takes planning or operating, found '\(game)'.")
      }
      self.game = kind
    }
    if let method {
      guard let rule = SharingMethod(rawValue: method) else {
        let known = SharingMethod.allCases.map(\.rawValue).joined(separator: ", ")
        throw WordFault("--method takes \(known); found '\(method)'.")
      }
      self.method = rule
    }
    try WordFault.check("--samples", samples, in: 2...10_000_000, takes: "a whole number from 2 to 10000000")
    if let tolerance, !(tolerance > 0 && tolerance < 1) {
      throw WordFault("--tolerance takes a number above 0 and below 1, found \(tolerance).")
    }
    self.samples = samples
    self.tolerance = tolerance
  }
}

/// `share` of a project: the plan of all, the plans of groups, the methods, the files; of a small file, what that asks.
public struct ShareRun: Sendable {
  let run: StudyRun
  let asked: ShareQuestion

  /// Most players of which all groups are planned.
  static let mostPlayers = 14

  /// A division.
  public init(_ run: StudyRun, _ asked: ShareQuestion = ShareQuestion()) {
    self.run = run
    self.asked = asked
  }

  /// Plans the groups that no earlier run has planned, divides, writes.
  public func go() async throws(StudyEnd) -> StudyAnswer {
    if SharingReader.isSharingFile(run.request.file) { return try SharingFileRun(run, asked).go() }
    var context = try run.context()
    let (reading, readSeconds) = try run.read()
    let project = reading.project
    guard project.members.count > 1 else {
      throw StudyEnd(
        .projectFault,
        "tulou: '\(project.name)' has \(counted(project.members.count, "member")); shares are among two or more, under 'members'."
      )
    }
    guard project.stages.isEmpty else {
      throw StudyEnd(
        .projectFault,
        "tulou: shares are of one year's plan; take 'stages' out, or share each stage by a file of its own.")
    }
    let folder = run.studyFolder("share")
    try run.reserve(folder)
    context.checkpoint = StudyCheckpoint(folder: folder, isFresh: run.request.isFresh)
    let lock = run.lock(reading)
    let begin = run.now
    let all = try run.stopping { () throws(ProjectFault) in try context.plan(project, "Planning all together") }
    guard let plan = all.plan else {
      throw StudyEnd(
        all.status == .infeasible ? .infeasible : .internalError,
        "All members together have no plan (\(all.status.rawValue)); 'tulou plan' says why.")
    }
    let accounts = Accounts.make(all, solver: context.solver)
    let report: ClusterShareReport
    switch asked.game ?? .planning {
    case .operating: report = try operating(all, plan, accounts)
    case .planning:
      report = try await planning(
        all, accounts, try run.journal("cases.jsonl", context, [lock.text, "share"]), context, folder)
    }
    let timing = [("read", readSeconds), ("solve", run.since(begin))]
    try run.writing { () throws(ResultFault) in
      try StudyFiles.write(report, timing: timing, lock: lock, to: folder, plotlyPath: Parts.plotly())
    }
    return StudyAnswer(lines: report.answer(report: folder + "/report.html"), json: report.text(timing: timing))
  }

  /// A forecast in the unit that a person would take.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(max(1, Int(saturating: seconds.rounded()))) s"
    case ..<7200: "\(Int(saturating: (seconds / 60).rounded())) min"
    case ..<172_800: "\(Int(saturating: (seconds / 3600).rounded())) h"
    case ..<3.156e9: "\(Int(saturating: (seconds / 86_400).rounded())) days"
    default: "centuries"
    }
  }

  func rule(_ project: Project) -> SharingMethod { asked.method ?? project.sharing.rule }

  func names(_ players: [String], _ project: Project) -> [String] {
    players.map { $0.isEmpty ? "commons" : $0 }
  }

  private func operating(_ all: Outcome, _ plan: Plan, _ accounts: Accounts) throws(StudyEnd) -> ClusterShareReport {
    let project = all.project
    guard let positions = MemberPositions(project: project, plan: plan) else {
      throw StudyEnd(
        .projectFault, "tulou: the operating game needs a market that sells electricity at a bus of the cluster.")
    }
    let players = positions.ids.indices.filter { index in
      !positions.ids[index].isEmpty || positions.net[index].contains { $0 != 0 }
    }
    let ids = players.map { positions.ids[$0] }
    guard
      let netting = NettingGame(
        members: names(ids, project), net: players.map { positions.net[$0] }, buy: positions.buy, sell: positions.sell)
    else {
      throw StudyEnd(
        .projectFault,
        "tulou: selling pays more than buying costs in some hour, so exchange inside has no value there; use --game planning."
      )
    }
    var report = GameReport.of(
      name: "", table: ids.count <= Self.mostPlayers ? netting.table() : nil, netting: netting,
      seed: run.request.seed,
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
      version: run.request.version)
  }

  private func planning(
    _ all: Outcome, _ accounts: Accounts, _ journal: StudyJournal, _ context: StudyContext, _ folder: String
  ) async throws(StudyEnd) -> ClusterShareReport {
    let project = all.project
    let players = project.sharingPlayers
    let everybody = players.count < 62 ? (1 << players.count) - 1 : 0
    let groups = everybody
    let needsGroups = (asked.method ?? project.sharing.rule).needsAllGroups
    guard players.count <= Self.mostPlayers || asked.samples != nil || (asked.method != nil && !needsGroups) else {
      let seconds = pow(2, Double(players.count)) * all.solveSeconds / Double(context.workers)
      throw StudyEnd(
        .usage,
        "tulou: \(players.count) members have 2^\(players.count) groups, some \(Self.duration(seconds)) of planning. Give --samples 20 "
          + "(Shapley's value of 20 pairs of orders with its interval, at most \(40 * players.count) plans, and the fair least core of the groups met), "
          + "--method owen (\(players.count + 1) plans), or --game operating."
      )
    }
    var known = journal.groupCosts
    if everybody != 0, !known.contains(where: { $0.group == everybody }) {
      let cost = GroupCost(all, group: everybody)
      journal.add(cost)
      known.append(cost)
    }
    if players.count > Self.mostPlayers { return try sampled(all, accounts, players, known, journal, context) }
    run.tellKnown(known.count - 1, of: groups, what: "groups", in: folder)
    let costs = await costs(all, players, known, journal, context)
    if run.isInterrupted {
      throw StudyEnd(
        .interrupted,
        "Interrupted: \(costs.count) of \(groups) groups are in \(folder)/cases.jsonl; the same command goes on.")
    }
    let game: PlanningGame
    do throws(PlanningGame.Fault) {
      game = try PlanningGame(players: players, names: names(players, project), costs: costs)
    } catch {
      // Groups that are missing are planned by the same command; who has no plan alone has none then either.
      if case .missing = error {} else { journal.discard() }
      throw end(error)
    }
    var made = report(all, accounts, game, costs, solver: context.solver)
    made.law = try lawCost(all, made, context)
    return made
  }

  /// What the law costs: the plan under it against the plan without its bounds, and each member's part against the fair rule's.
  private func lawCost(_ all: Outcome, _ report: ClusterShareReport, _ context: StudyContext) throws(StudyEnd)
    -> LawCost?
  {
    guard let law = all.project.sharing.law, let bound = all.certificate?.value else { return nil }
    let free = try run.stopping { () throws(ProjectFault) in
      try context.plan(all.project.withoutLawsBounds, "Planning without the law's bounds")
    }
    let shares = report.report.shares
    func amounts(_ methods: [SharingMethod]) -> (method: SharingMethod, amounts: [Double])? {
      for method in methods {
        if let found = shares.first(where: { $0.method == method })?.amounts { return (method, found) }
      }
      return nil
    }
    let wanted = rule(all.project)
    let fair = amounts((wanted.isFair ? [wanted] : []) + [.nucleolus, .prenucleolus, .shapley])
    return LawCost(
      law: law, withLaw: bound, without: free.certificate?.value, byLaw: amounts([.proRata])?.amounts,
      fair: fair?.amounts, fairRule: fair?.method)
  }

  private func costs(
    _ all: Outcome, _ players: [String], _ known: [GroupCost], _ journal: StudyJournal,
    _ context: StudyContext
  ) async -> [Int: GroupCost] {
    let groups = (1 << players.count) - 1
    let seconds = Double(groups - known.count) * all.solveSeconds / Double(context.workers)
    if seconds > 20 {
      run.listener.tell(
        .aside(
          "\(groups) groups are planned, at most some \(Self.duration(seconds)) on \(counted(context.workers, "core"))."
        ))
    }
    let count = Counter(known.count)
    var context = context
    context.plans.breaksTies = false
    let progress = context.progress
    let costs = await CoalitionStudy.costs(
      of: all.project, players: players, groups: Array(1...groups), known: known, in: context
    ) { cost in
      journal.add(cost)
      progress("Share: \(count.add()) of \(groups) groups")
    }
    progress(nil)
    return costs
  }

  private func end(_ fault: PlanningGame.Fault) -> StudyEnd {
    switch fault {
    case .alone(let player, let message):
      StudyEnd(
        .infeasible,
        "'\(player.isEmpty ? "commons" : player)' has no plan by itself, so its benefit cannot be counted. \(message)\n"
          + "      Give it a market of its own ('alone'), allow unserved energy at a price, or say sharing: {outside: same-tariff}."
      )
    case .together(let message): StudyEnd(.infeasible, "All members together have no plan. \(message)")
    case .missing(let count):
      StudyEnd(.internalError, "\(count) groups were not planned; the same command goes on.")
    }
  }

  private func report(
    _ all: Outcome, _ accounts: Accounts, _ game: PlanningGame, _ costs: [Int: GroupCost], solver: any Solver
  ) -> ClusterShareReport {
    let project = all.project
    let who = ClusterShareReport.players(game.players, of: project, accounts, alone: game.alone)
    var further: [Shares] = []
    if let owen = OwenShares(all, players: game.players, solver: solver) { further.append(shares(owen, game)) }
    if let shares = accountShares(accounts, game) { further.append(shares) }
    var list = MethodTable.all(game.game, keys: ClusterShareReport.keys(who, of: project), further: further)
    for index in list.indices where list[index].method == .shapley { list[index].intervals = game.shapleyIntervals }
    var report = GameReport(name: "", game: game.game, shares: list, unit: project.economy.currency + "/y")
    report.remarks = list.filter { !$0.remark.isEmpty }.map { "\($0.method.rawValue): \($0.remark)." }
    report.uncertainty = game.widest
    return ClusterShareReport(
      project: project, kind: .planning, report: report, players: who, rule: rule(project), together: game.together,
      widest: game.widest, withoutPlan: game.withoutPlan.map { game.game.names($0).joined(separator: "+") },
      groups: costs.keys.sorted().compactMap { group in
        costs[group].map { (name: game.game.names(group).joined(separator: "+"), cost: $0) }
      }, version: run.request.version)
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
}
