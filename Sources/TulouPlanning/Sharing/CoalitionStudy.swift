import TulouDocument
import TulouProblem
package import TulouProject
import TulouSolvers

/// The planning game: what each group's own plan costs, one plan a group, in parallel and resumable.
package enum CoalitionStudy {
  /// Plans of the groups that are not known yet. Groups of members that are alike (same demand, plant and contract) are planned once.
  ///
  /// - Parameters:
  ///   - project: The project with all members.
  ///   - players: Who takes part, as `sharingPlayers`; bit i of a group is player i.
  ///   - groups: Groups wanted, as bit masks.
  ///   - known: Costs of an earlier run.
  ///   - context: Who solves, how many groups at a time, and what each plan is asked.
  ///   - finished: Told of each cost as soon as it is there.
  /// - Returns: Costs by group; without those that a cancelled study did not reach.
  package static func costs(
    of project: Project, players: [String], groups: [Int], known: [GroupCost] = [], in context: StudyContext,
    finished: @escaping @Sendable (GroupCost) -> Void = { _ in }
  ) async -> [Int: GroupCost] {
    var found = Dictionary(known.map { ($0.group, $0) }, uniquingKeysWith: { first, _ in first })
    let alike = Alikeness(project, players: players)
    var twins: [[Int]: [Int]] = [:]
    var order: [[Int]] = []
    for group in groups where found[group] == nil {
      let key = alike.key(group)
      if twins[key] == nil { order.append(key) }
      twins[key, default: []].append(group)
    }
    for cost in known {
      for twin in twins[alike.key(cost.group)] ?? [] where cost.cost != nil { found[twin] = copy(of: cost, for: twin) }
    }
    let open = order.compactMap { key in twins[key]?.first { found[$0] == nil } }
    var asked = context.plans
    asked.explanationSeconds = nil
    asked.solve.threads = 1
    let plain = asked
    let solver = context.solver
    let trades = AloneTrades.areWanted(project) ? AloneTrades(project, players, plain, solver) : nil
    await withTaskGroup(of: GroupCost?.self) { tasks in
      var next = open.makeIterator()
      func start() -> Bool {
        guard !Task.isCancelled, !plain.solve.isCancelled(), let group = next.next() else { return false }
        tasks.addTask { trades?.cost(of: group) ?? cost(of: group, in: project, players, plain, solver) }
        return true
      }
      for _ in 0..<context.workers where !start() { break }
      while let cost = await tasks.next() {
        if let cost {
          for twin in twins[alike.key(cost.group)] ?? [] {
            let own = twin == cost.group ? cost : copy(of: cost, for: twin)
            found[twin] = own
            finished(own)
          }
        }
        _ = start()
      }
    }
    return found
  }

  /// The cost of one group; nil where the plan was stopped halfway.
  static func cost(
    of group: Int, in project: Project, _ players: [String], _ options: PlanOptions, _ solver: any Solver
  ) -> GroupCost? {
    cost(
      of: players.indices.filter { group >> $0 & 1 == 1 }.map { players[$0] }, group: group, in: project, options,
      solver)
  }

  /// The cost of the group of these players, which is called `group`; nil where the plan was stopped halfway.
  static func cost(
    of names: [String], group: Int, in project: Project, _ options: PlanOptions, _ solver: any Solver
  ) -> GroupCost? {
    let own = project.group(Set(names))
    if own.demands.isEmpty, own.components.isEmpty {
      return GroupCost(group: group, cost: 0, bound: 0, status: .optimal)
    }
    do throws(ProjectFault) {
      let outcome = try PlanStudy.run(project: own, options: options, solver: solver)
      if options.solve.isCancelled(), outcome.status != .optimal, outcome.status != .infeasible { return nil }
      return GroupCost(outcome, group: group)
    } catch {
      let message = error.diagnostics.first { $0.severity == .error }?.message ?? error.description
      return GroupCost(group: group, cost: nil, bound: nil, status: .failed, message: message)
    }
  }

  private static func copy(of cost: GroupCost, for group: Int) -> GroupCost {
    var twin = cost
    twin.group = group
    twin.seconds = 0
    return twin
  }
}

extension GroupCost {
  /// The cost of a plan.
  package init(_ outcome: Outcome, group: Int) {
    let certificate = outcome.certificate
    self.init(
      group: group, cost: certificate?.value, bound: certificate.flatMap { $0.bound.isFinite ? $0.bound : nil },
      status: outcome.status, seconds: outcome.solveSeconds,
      message: certificate == nil ? outcome.warnings.last?.message ?? "" : certificate?.message ?? "")
  }
}
