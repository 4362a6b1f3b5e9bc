import TulouAssembly
import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// What players trade outside where each plans by itself, and what a group of them would be paid for what its plans happen to share.
///
/// Played where `sharing.outside` is `aggregated`: a group without the manager of shared energy does not plan together, yet its meters
/// are counted together.
struct AloneTrades: Sendable {
  /// Cost of each player alone, by its number.
  private var costs: [Int: GroupCost] = [:]
  /// What each market sells and buys in each step [kW].
  private var sold: [String: [Double]] = [:], bought: [String: [Double]] = [:]
  private let project: Project
  private let players: [String]

  /// Whether a project asks for them.
  static func areWanted(_ project: Project) -> Bool {
    project.sharing.outside == .aggregated && project.policies.contains { $0.shared?.manager != nil }
  }

  /// Plans every player by itself.
  init(_ project: Project, _ players: [String], _ options: PlanOptions, _ solver: any Solver) {
    self.project = project
    self.players = players
    for (index, player) in players.enumerated() {
      let own = project.group([player])
      guard !own.demands.isEmpty || !own.components.isEmpty else {
        costs[index] = GroupCost(group: 1 << index, cost: 0, bound: 0, status: .optimal)
        continue
      }
      do throws(ProjectFault) {
        let outcome = try PlanStudy.run(project: own, options: options, solver: solver)
        costs[index] = GroupCost(outcome, group: 1 << index)
        guard let plan = outcome.plan else { continue }
        for (j, flow) in plan.problem.flows.enumerated() {
          let series = plan.solution.flows[j]
          if flow.label.role == .sale { add(series, to: &sold[flow.label.id]) }
          if flow.label.role == .purchase { add(series, to: &bought[flow.label.id]) }
        }
      } catch {
        costs[index] = GroupCost(
          group: 1 << index, cost: nil, bound: nil, status: .failed, message: error.diagnostics.first?.message ?? "")
      }
    }
  }

  private func add(_ series: [Double], to sum: inout [Double]?) {
    sum = sum.map { zip($0, series).map { $0 + $1 } } ?? series
  }

  /// The cost of a group without the manager; nil: the group has it, or is one player, so it plans for itself.
  func cost(of group: Int) -> GroupCost? {
    let inside = players.indices.filter { group >> $0 & 1 == 1 }
    let names = Set(inside.map { players[$0] })
    let managed = project.policies.filter { policy in policy.shared?.manager.map { !names.contains($0) } ?? false }
    guard inside.count > 1, !managed.isEmpty else { return nil }
    var sum = 0.0, bound = 0.0, seconds = 0.0
    for index in inside {
      guard let own = costs[index], let cost = own.cost else { return costs[index] }
      sum += cost
      bound += own.bound ?? cost
      seconds += own.seconds
    }
    let reward = managed.reduce(0) { $0 + paid($1, names) }
    return GroupCost(group: group, cost: sum - reward, bound: bound - reward, status: .optimal, seconds: seconds)
  }

  /// What a policy pays for what the members' own plans share [money/y].
  private func paid(_ policy: Policy, _ names: Set<String>) -> Double {
    guard let shared = policy.shared else { return 0 }
    let ids = policy.targets.filter { id in
      guard let bus = project.markets.first(where: { $0.id == id })?.bus else { return false }
      return project.buses.first { $0.id == bus }?.member.map(names.contains) ?? true
    }
    guard ids.count > 1 else { return 0 }
    let horizon = project.horizon
    let weights = horizon.weights
    let money = MoneyFactors(project: project)
    var sum = 0.0
    for t in 0..<horizon.steps {
      let supply = ids.reduce(0) { $0 + (sold[$1]?[t] ?? 0) }
      let taken = shared.taken(sold: supply, bought: ids.map { bought[$0]?[t] ?? 0 }, ids: ids).reduce(0, +)
      sum += weights[t] * horizon.stepHours * min(taken, supply) * policy.sharingRate(at: t)
    }
    return sum * money.level(policy.active, times: 0) / money.years
  }
}
