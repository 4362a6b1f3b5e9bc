import TulouAccounts
import TulouAssembly
import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// The objective `weighted`: least `sum_i w_i f_i / f_i*`, where `f_i*` is what a reference design has of goal i.
///
/// A design that is like the reference in everything has the value 1, whatever the weights; below 1 is better.
///
/// - Source: the fitness (12) of the Xizhou study (R81), written so that 1 and not 0 is the reference.
enum WeightedStudy {
  /// The problem of the weighted objective, or the end of a reference that has no plan.
  enum Prepared {
    case ready(Assembled, seconds: Double)
    case failed(Assembled, Solution, seconds: Double)
  }

  /// Finds the reference and puts the goals together.
  static func prepared(
    _ project: Project, _ options: PlanOptions, _ solver: any Solver
  ) throws(ProjectFault) -> Prepared {
    var draft = Draft(project: project, money: MoneyFactors(project: project), objective: .weighted)
    try draft.fill()
    let axes = project.weights.map { weight in (axis: draft.axisForm(weight.goal), weight: weight.weight) }
    var assembled = draft.finished()
    try check(project, assembled, axes.map(\.axis))

    // The reference: given sizes at least cost, else the design of least cost.
    var reference = assembled
    reference.problem.objective = assembled.cash
    reference.problem.objective.add(assembled.penalties)
    if !project.referenceSizes.isEmpty { _ = try reference.give(sizes: project.referenceSizes) }
    var search = PlanSearch(assembled: reference, options: options, solver: solver)
    let solution = search.solve(reference.problem)
    guard solution.hasPlan else { return .failed(reference, solution, seconds: search.seconds) }

    var form = LinearForm()
    var words: [String] = []
    let currency = project.economy.currency
    for (axis, weight) in axes {
      let value = axis.value(solution, assembled.problem)
      guard value > 1e-9 else {
        throw ProjectFault([
          Diagnostic(
            .error, "The reference design has no \(axis.axis.rawValue), so nothing can be weighed against it.",
            advice: "Leave it out, or give other sizes under 'reference'.", path: "objective.weights")
        ])
      }
      let factor = weight * assembled.years / (value * axis.perUnit)
      form.add(axis.form, times: factor)
      if axis.axis == .netPresentCost { assembled.weightOfMoney = factor }
      let isAtLeast =
        axis.axis == .co2
        && reference.problem.value(
          of: assembled.withoutFactor, flows: solution.flows, contents: solution.contents,
          capacities: solution.capacities
        ).sum > 1e-6 * assembled.years
      words.append(
        "\(shortNumber(weight * 100)) % \(axis.axis.rawValue) against \(AtLeast.text(shortNumber(value, digits: 6), isAtLeast)) \(axis.axis.unit(currency: currency))"
      )
    }
    assembled.problem.objective = form
    let design = project.referenceSizes.isEmpty ? "the design of least cost" : "the given reference design"
    assembled.notes.append(
      Diagnostic(
        .note, "Weighted objective: " + words.joined(separator: ", ") + "; 1 is \(design).", path: "objective"))
    return .ready(assembled, seconds: search.seconds)
  }

  private static func check(
    _ project: Project, _ assembled: Assembled, _ axes: [AxisForm]
  ) throws(ProjectFault) {
    var faults: [Diagnostic] = []
    if axes.isEmpty {
      faults.append(
        Diagnostic(
          .error, "The objective 'weighted' needs weights.",
          advice: "For example 'objective: {weights: {net_present_cost: 50 %, co2: 50 %}}'.", path: "objective"))
    }
    for axis in axes where axis.whole != nil {
      faults.append(
        Diagnostic(
          .error, "The renewable fraction is a quotient and cannot be weighed.",
          advice: "Weigh 'outside_energy' or 'local_energy'.", path: "objective.weights"))
    }
    let hasCost = axes.contains { $0.axis == .netPresentCost }
    for limit in assembled.limitRows where limit.price != nil && !hasCost {
      faults.append(
        Diagnostic(
          .error, "Limit '\(limit.key)' may be broken at a price, but no weight is on money.", path: limit.key.path))
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
  }
}
