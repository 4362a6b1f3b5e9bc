import TulouAccounts
import TulouAssembly
package import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
package import TulouSolvers
import TulouTechnologies

/// The question `least`: how small may a size be so that the limits still hold? ("Least wind that meets a renewable
/// fraction of 40 %", requirement R71.)
///
/// A problem of its own: everything is served (rule M14), the size is minimised, and of all plans within a millionth of
/// the least size the cheapest is taken. The bound proves that no smaller size will do.
package enum LeastSizeStudy {
  /// The plan in which a size is as small as the limits allow.
  ///
  /// - Parameters:
  ///   - project: Typed and complete.
  ///   - size: By `id` or `id.part`.
  ///   - options: As for a plan; given sizes are not looked at.
  ///   - solver: Who solves.
  /// - Returns: An outcome whose certificate counts in the unit of the size.
  /// - Throws: A name that has no size; what cannot be planned.
  package static func run(
    project: Project, size: String, options: PlanOptions = PlanOptions(), solver: any Solver
  ) throws(ProjectFault) -> Outcome {
    let clock = ContinuousClock()
    let begin = clock.now
    var assembled = try Assembly.problem(for: project, objective: .outsideEnergy)
    let names = assembled.sizeNames()
    guard let place = names[size] else {
      throw ProjectFault([
        Diagnostic(
          .error, "'\(size)' has no size that could be least.",
          advice: "Sizes of this project: \(names.keys.sorted().joined(separator: ", ")).")
      ])
    }
    assembled.problem.objective = LinearForm(capacities: [place.capacity: place.perUnit * assembled.years])
    let compileSeconds = (clock.now - begin) / .seconds(1)
    var search = PlanSearch(assembled: assembled, options: options, solver: solver)
    var solution = search.solve(assembled.problemOfGoal)
    var certified = assembled.problem
    if solution.hasPlan { (solution, certified) = search.leastCost(at: solution) }
    var outcome = Outcome(
      project: project, assembled: assembled, status: solution.status, warnings: assembled.notes,
      assumptions: assembled.assumptions)
    outcome.compileSeconds = compileSeconds
    outcome.integers = search.integers
    outcome.secondSolve = search.secondSolve
    outcome.solveSeconds = search.seconds
    guard solution.hasPlan else { return outcome }
    var finished = search.finish(solution, of: certified)
    finished.certificate.objective = "least \(size)"
    finished.certificate.unit = unit(of: place.capacity, in: assembled, perUnit: place.perUnit)
    outcome.plan = Plan(problem: assembled.problem, solution: finished.solution)
    outcome.take(finished)
    return outcome
  }

  private static func unit(of capacity: Int, in assembled: Assembled, perUnit: Double) -> String {
    let label = assembled.problem.capacities[capacity].label
    let component = assembled.project.components.first { $0.id == label.id }
    let own = component?.sizes.first { Label.Part($0.part) == label.part }?.unit ?? ""
    // A content that follows from its power counts in kWh.
    return perUnit != 1 && own == "kW" ? "kWh" : own
  }
}
