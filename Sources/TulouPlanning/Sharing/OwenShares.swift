import TulouAssembly
import TulouProblem
import TulouProject
import TulouQuantities
package import TulouSolvers
import TulouTechnologies

/// Shares of cost at the prices of one plan (Owen 1975): what each player's demand costs and its plant earns at the multipliers.
///
/// The proven bound of the plan is a sum over rows, flows, contents and sizes; each term belongs to somebody. With the same
/// multipliers the terms of a group's members bound the group's own plan from below, so nobody gains by leaving. Terms that belong to
/// nobody (a limit of the cluster that binds, a connection that is full) are rents that the proof does not cover.
package struct OwenShares: Sendable, Equatable {
  /// Share of cost of each player [currency/y], in their order; they sum to the cost of the plan.
  package var costs: [Double]
  /// Rents and constants that belong to nobody, which are in `costs` in equal parts [currency/y].
  package var uncovered: Double
  /// Cost above the proven bound, in `costs` in equal parts [currency/y].
  package var gap: Double
  /// Why the proof does not hold, a sentence each; empty: it holds.
  package var reservations: [String]

  /// The shares of a plan; nil without multipliers.
  ///
  /// - Parameter solver: Finds prices in which no limit counts that nobody set: a market without a limit is as great as need can be, and
  ///   multipliers may give that bound a rent that is nobody's.
  package init?(_ planned: Outcome, players: [String], solver: any Solver) {
    let outcome = planned.repriced(by: solver)
    guard let plan = outcome.plan, let multipliers = plan.solution.multipliers, let certificate = outcome.certificate
    else { return nil }
    let problem = plan.problem
    let project = outcome.project
    guard multipliers.rows.count == problem.rows.count, multipliers.states.count == problem.states.count else {
      return nil
    }
    let nobody = players.count
    let index = Dictionary(zip(players, players.indices), uniquingKeysWith: { first, _ in first })
    let owner = OwenShares.owner(in: project, index, nobody: nobody)
    let owners = ProblemOwners(problem, count: nobody + 1, owner: owner)
    var parts = problem.dualBound(multipliers, by: owners)
    // What is wanted at a bus of the cluster is in the row of the bus; it is its member's.
    for demand in project.demands where demand.kind == .fixed {
      guard let row = problem.rows.firstIndex(where: { $0.label.role == .balance && $0.label.id == demand.bus }) else {
        continue
      }
      var sum = 0.0
      for step in 0..<problem.steps {
        sum += multipliers.rows[row][step] * demand.power[demand.power.count == 1 ? 0 : step]
      }
      parts[owners.rows[row]] -= sum
      parts[index[demand.member ?? ""] ?? nobody] += sum
    }
    // Costs of plant that stands whatever is planned.
    for player in players.indices {
      guard let alone = try? Assembly.problem(for: project.group([players[player]]), objective: .netPresentCost) else {
        continue
      }
      parts[player] += alone.problem.objective.constant
      parts[nobody] -= alone.problem.objective.constant
    }
    costs = parts.dropLast().map { $0 / problem.years }
    uncovered = parts[nobody] / problem.years
    gap = certificate.value - costs.reduce(0, +) - uncovered
    let count = Double(players.count)
    // The commons own what belongs to nobody, where they take part.
    if let commons = index[""] {
      costs[commons] += uncovered
      for player in costs.indices { costs[player] += gap / count }
    } else {
      for player in costs.indices { costs[player] += (gap + uncovered) / count }
    }
    reservations = []
    let scale = max(abs(certificate.value), 1e-9)
    if index[""] == nil, abs(uncovered) > 1e-7 * scale {
      reservations.append("a limit or connection that all share earns a rent, which is divided equally")
    }
    if problem.capacities.contains(where: { $0.choice != .continuous || $0.fixedCharge > 0 }) {
      reservations.append("sizes are whole units, have options or fixed costs, for which prices prove nothing")
    }
    if certificate.gap > 1e-6 { reservations.append("the plan is not proven best") }
  }

  private static func owner(in project: Project, _ index: [String: Int], nobody: Int) -> (Label) -> Int {
    var owners: [String: Int] = [:]
    for bus in project.buses { owners[bus.id] = bus.member.flatMap { index[$0] } ?? nobody }
    for market in project.markets {
      owners[market.id] = project.buses.first { $0.id == market.bus }?.member.flatMap { index[$0] } ?? nobody
    }
    for demand in project.demands { owners[demand.id] = index[demand.member ?? ""] ?? nobody }
    for component in project.components { owners[component.id] = index[component.member ?? ""] ?? nobody }
    return { owners[$0.id] ?? nobody }
  }
}

extension Outcome {
  /// The plan with multipliers of the same problem in which limits that nobody set are far away; itself where there are none, and
  /// where whole numbers are sought, of which prices prove nothing.
  fileprivate func repriced(by solver: any Solver) -> Outcome {
    guard let plan, !assembled.foundLimits.isEmpty,
      !plan.problem.capacities.contains(where: { $0.choice != .continuous || $0.fixedCharge > 0 })
    else { return self }
    // Where those limits earn no more than the plan's proof leaves open, its multipliers do, and no second solve is needed.
    let open = max(plan.solution.objective - plan.solution.bound, 1e-9 * abs(plan.solution.objective))
    if let multipliers = plan.solution.multipliers, rent(of: assembled.foundLimits, plan, multipliers) <= open {
      return self
    }
    var problem = plan.problem
    for j in assembled.foundLimits where !problem.flows[j].upper.isEmpty {
      problem.flows[j].upper[0].offset = problem.flows[j].upper[0].offset * 1.125
    }
    var asked = SolveOptions()
    asked.tolerance = 1e-9
    let priced = solver.solve(problem, options: asked)
    guard priced.hasPlan, let multipliers = priced.multipliers else { return self }
    var solution = plan.solution
    solution.multipliers = multipliers
    var outcome = self
    outcome.plan = Plan(problem: problem, solution: solution)
    return outcome
  }

  /// What limits that nobody set earn at the multipliers, over the horizon.
  private func rent(of flows: [Int], _ plan: Plan, _ multipliers: Multipliers) -> Double {
    let problem = plan.problem
    return flows.reduce(0) { sum, j in
      guard let bound = problem.flows[j].upper.first else { return sum }
      let reduced = problem.reducedCosts(ofFlow: j, multipliers)
      return sum
        + reduced.indices.reduce(0) {
          $0 + max(0, -reduced[$1]) * bound.value(at: $1, capacities: plan.solution.capacities)
        }
    }
  }
}
