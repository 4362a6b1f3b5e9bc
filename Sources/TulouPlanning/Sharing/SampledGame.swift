package import TulouProject
package import TulouSharing
package import TulouSolvers

/// The planning game of more members than all groups can be planned of: plans of single groups, each made once.
///
/// Shapley's value comes from random orders, the fairest of the most stable shares from rows that are found one by one.
package final class SampledGame {
  /// Costs of the groups that were planned.
  package private(set) var costs: [MemberSet: GroupCost] = [:]
  /// Whether the study was stopped.
  package private(set) var isStopped = false
  /// Cost of each player alone; nil: it has no plan by itself.
  package private(set) var alone: [Double?] = []

  private let project: Project
  private let players: [String]
  private let alike: Alikeness
  private let options: PlanOptions
  private let solver: any Solver
  private let finished: (GroupCost) -> Void
  private var byKind: [[Int]: GroupCost] = [:]

  /// Plans each player alone; groups of an earlier run are taken over.
  ///
  /// - Parameters:
  ///   - known: Costs of an earlier run; their masks hold groups of at most 62 players.
  ///   - finished: Told of each cost that can be written down (a mask has room for 62 players).
  package init(
    project: Project, players: [String], known: [GroupCost], options: PlanOptions, solver: any Solver,
    finished: @escaping (GroupCost) -> Void
  ) {
    self.project = project
    self.players = players
    self.options = options
    self.solver = solver
    self.finished = finished
    alike = Alikeness(project, players: players)
    for cost in known {
      let members = players.indices.filter { $0 < 62 && cost.group >> $0 & 1 == 1 }
      byKind[alike.kinds(of: members)] = cost
      costs[MemberSet(members, count: players.count)] = cost
    }
    alone = players.indices.map { cost(of: MemberSet([$0], count: players.count)) }
  }

  /// Cost of a group [currency/y]; nil: it has no plan, or the study was stopped.
  package func cost(of group: MemberSet) -> Double? {
    if let known = costs[group] { return known.cost }
    let members = group.members
    let kinds = alike.kinds(of: members)
    if let twin = byKind[kinds] { return twin.cost }
    guard !isStopped,
      let made = CoalitionStudy.cost(
        of: members.map { players[$0] }, group: group.mask ?? 0, in: project, options, solver)
    else {
      isStopped = true
      return nil
    }
    costs[group] = made
    byKind[kinds] = made
    if group.mask != nil { finished(made) }
    return made.cost
  }

  /// What proofs leave open of a group's value at most: its own gap and those of its members alone [currency/y].
  package var widest: Double {
    func gap(_ cost: GroupCost) -> Double { cost.cost.flatMap { value in cost.bound.map { max(0, value - $0) } } ?? 0 }
    var alone = 0.0, together = 0.0
    for (group, cost) in costs {
      if group.size == 1 { alone += gap(cost) } else { together = max(together, gap(cost)) }
    }
    return alone + together
  }

  /// What a group is worth [currency/y]; a group without a plan stays apart and is worth nothing. nil: the study was stopped, or a
  /// player has no plan by itself.
  package func value(of group: MemberSet) -> Double? {
    guard group.size > 1 else { return 0 }
    let single = group.members.map { alone[$0] }
    guard !single.contains(where: { $0 == nil }) else { return nil }
    let together = cost(of: group)
    if isStopped { return nil }
    return together.map { single.compactMap(\.self).reduce(0, +) - $0 } ?? 0
  }

  /// Shapley's value by at most `pairs` pairs of orders, each of which plans at most 2 n groups; nil: stopped, or somebody has no plan.
  package func shapley(pairs: Int, tolerance: Double, seed: UInt64) -> SampledShapley? {
    guard !alone.contains(where: { $0 == nil }) else { return nil }
    let sample = SampledShapley(count: players.count, seed: seed, most: pairs, tolerance: tolerance) { order in
      var shares = [Double](repeating: 0, count: players.count)
      var group = MemberSet(count: players.count)
      var before = 0.0
      for member in order {
        group.insert(member)
        let value = value(of: group) ?? 0
        shares[member] = value - before
        before = value
      }
      return shares
    }
    return isStopped ? nil : sample
  }

  /// The fairest of the most stable shares, from the groups planned so far and at most `most` others.
  package func rows(total: Double, most: Int, seed: UInt64) -> RowGeneration? {
    let known = Dictionary(
      uniqueKeysWithValues: costs.keys.compactMap { group in value(of: group).map { (group, $0) } })
    let found = RowGeneration(
      count: players.count, total: total, known: known, most: most, seed: seed, value: value)
    return isStopped ? nil : found
  }

  /// The worst group by some shares among those that were planned.
  package func worst(_ shares: [Double]) -> (members: [Int], shortfall: Double)? {
    var worst: (members: [Int], shortfall: Double)?
    for group in costs.keys where group.size < players.count {
      guard let value = value(of: group) else { continue }
      let members = group.members
      let shortfall = members.reduce(value) { $0 - shares[$1] }
      let isWorse = worst.map {
        shortfall > $0.shortfall || shortfall == $0.shortfall && members.lexicographicallyPrecedes($0.members)
      }
      if isWorse ?? true { worst = (members, shortfall) }
    }
    return worst
  }
}
