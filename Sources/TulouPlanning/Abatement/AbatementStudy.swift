package import TulouAccounts
package import TulouDocument
import TulouFinance
import TulouProblem
package import TulouProject
package import TulouSolvers
import TulouTechnologies

/// Least cost under falling CO2 budgets: the marginal abatement cost curve of a project.
package enum AbatementStudy {
  /// The curve and the plans of its ends.
  package struct Result: Sendable {
    /// Points that were planned.
    package var curve: AbatementCurve
    /// Budgets for which no plan was found, with how it ended.
    package var missed: [(budget: Double, status: String)]
  }

  /// Plans `points` points evenly from the emission of least cost down to the least emission.
  ///
  /// - Parameters:
  ///   - project: Typed and complete; a budget of its own is kept as an upper end.
  ///   - points: Number of points, both ends included, at least 2.
  package static func run(
    project: Project, points: Int, options: PlanOptions = PlanOptions(), solver: any Solver
  ) throws(ProjectFault) -> Result {
    var result = Result(curve: AbatementCurve([]), missed: [])
    var found: [AbatementPoint] = []
    var quiet = options
    quiet.explanationSeconds = nil
    quiet.objective = .netPresentCost
    guard let cheapest = try point(project, quiet, solver, budget: nil) else { return result }
    found.append(cheapest)
    var least = quiet
    least.objective = .co2
    if let cleanest = try point(project, least, solver, budget: nil) {
      let span = cheapest.emission - cleanest.emission
      for k in 1..<max(2, points) where span > 1e-6 * max(1, cheapest.emission) {
        let share = Double(k) / Double(max(2, points) - 1)
        if k == max(2, points) - 1 {
          var end = cleanest
          end.budget = cleanest.emission
          found.append(end)
          continue
        }
        let budget = cheapest.emission - share * span
        var limited = project
        limited.limits.co2 = budget
        if let one = try point(limited, quiet, solver, budget: budget) {
          found.append(one)
        } else {
          result.missed.append((budget, "no plan"))
        }
      }
    }
    result.curve = AbatementCurve(found)
    return result
  }

  /// What each efficiency measure and each new component avoids and costs: the plan with it against the plan without.
  ///
  /// Cheapest per mass avoided first. What is not chosen avoids nothing and is left out.
  package static func measures(
    project: Project, options: PlanOptions = PlanOptions(), solver: any Solver
  ) throws(ProjectFault) -> [MeasureAbatement] {
    var quiet = options
    quiet.explanationSeconds = nil
    guard let all = try PlanStudy.run(project: project, options: quiet, solver: solver).plan else { return [] }
    let with = Accounts.make(project: project, plan: all)
    var list: [MeasureAbatement] = []
    for (i, component) in project.components.enumerated() {
      let isNew = component.sizes.contains { size in
        let built = all.capacity(Label(size: size.part, of: component.id)) ?? 0
        return built > size.existing + max(1e-6, 1e-6 * (size.maximum ?? 0))
      }
      guard isNew else { continue }
      var without = project
      for k in component.sizes.indices {
        without.components[i].sizes[k].choice = .continuous
        without.components[i].sizes[k].minimum = 0
        without.components[i].sizes[k].maximum = component.sizes[k].existing
      }
      guard let plan = try PlanStudy.run(project: without, options: quiet, solver: solver).plan else { continue }
      list.append(
        MeasureAbatement(
          name: component.name.isEmpty ? component.id : component.name,
          without: Accounts.make(project: without, plan: plan), with: with))
    }
    return list.sorted { ($0.costPerKg ?? .infinity, $0.name) < ($1.costPerKg ?? .infinity, $1.name) }
  }

  private static func point(
    _ project: Project, _ options: PlanOptions, _ solver: any Solver, budget: Double?
  ) throws(ProjectFault) -> AbatementPoint? {
    let outcome = try PlanStudy.run(project: project, options: options, solver: solver)
    guard let plan = outcome.plan else { return nil }
    let accounts = Accounts.make(project: project, plan: plan)
    var sizes: [String: Double] = [:]
    for (capacity, total) in zip(plan.problem.capacities, plan.solution.capacities) where capacity.label.role == .size {
      sizes[capacity.label.sizeName] = total
    }
    return AbatementPoint(
      budget: budget, emission: accounts.carbon.fossil, annualCost: accounts.value("annual_cost") ?? .nan, sizes: sizes,
      isAtLeast: accounts.carbon.isAtLeast)
  }
}
