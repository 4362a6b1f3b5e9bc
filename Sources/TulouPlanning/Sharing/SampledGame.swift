package import TulouProject
package import TulouSharing
package import TulouSolvers

/// Shapley's value of the planning game by random orders, for more members than all groups can be planned of.
package struct SampledGame: Sendable {
  /// The shares with their intervals.
  package var sample: SampledShapley
  /// Costs of the groups that were planned.
  package var costs: [Int: GroupCost]

  /// Samples at most `pairs` pairs of orders; each plans at most 2 n groups, those that come again are not planned again.
  ///
  /// - Returns: nil where a player alone has no plan, or the study was cancelled.
  package init?(
    project: Project, players: [String], known: [GroupCost], pairs: Int, tolerance: Double, seed: UInt64,
    options: PlanOptions,
    solver: any Solver, finished: (GroupCost) -> Void
  ) {
    guard players.count <= 52 else { return nil }
    var found = Dictionary(known.map { ($0.group, $0) }, uniquingKeysWith: { first, _ in first })
    var byKey: [[Int]: GroupCost] = [:]
    let alike = Alikeness(project, players: players)
    for cost in known { byKey[alike.key(cost.group)] = cost }
    var isStopped = false
    func cost(_ group: Int) -> Double? {
      if let cost = found[group] { return cost.cost }
      if let twin = byKey[alike.key(group)] { return twin.cost }
      guard !isStopped, let made = CoalitionStudy.cost(of: group, in: project, players, options, solver) else {
        isStopped = true
        return nil
      }
      found[group] = made
      byKey[alike.key(group)] = made
      finished(made)
      return made.cost
    }
    let alone = players.indices.map { cost(1 << $0) }
    guard !alone.contains(where: { $0 == nil }) else { return nil }
    let single = alone.compactMap { $0 }
    sample = SampledShapley(count: players.count, seed: seed, most: pairs, tolerance: tolerance) { order in
      var shares = [Double](repeating: 0, count: players.count)
      var group = 0
      var sum = 0.0
      var before = 0.0
      for member in order {
        group |= 1 << member
        sum += single[member]
        let value = group.nonzeroBitCount < 2 ? 0 : cost(group).map { sum - $0 } ?? 0
        shares[member] = value - before
        before = value
      }
      return shares
    }
    if isStopped { return nil }
    costs = found
  }
}
