import TulouAssembly
import TulouDocument
import TulouProblem
import TulouQuantities
import TulouSolvers

/// The best exergy efficiency, a quotient, by linear problems: at a level `q` the least of `q entered - used` is sought; where it
/// is zero, `q` is the best ratio, else the plan found has a ratio that is the next level.
///
/// Each step is an ordinary plan. From level 1 the first plan is the one that destroys least; afterwards levels rise, and near
/// the end their error squares.
/// - Source: W. Dinkelbach 1967, "On nonlinear fractional programming", Management Science 13(7), 492-498.
struct RatioSearch {
  let options: PlanOptions
  let solver: any Solver
  /// Level at which the last problem stands [-].
  package private(set) var level = 1.0
  private(set) var steps = 0

  /// Most levels that are tried; three to six are usual.
  static let mostSteps = 25

  init(options: PlanOptions, solver: any Solver) {
    self.options = options
    self.solver = solver
  }

  /// Sets the problem's objective to that of the best level; nothing changes where there is no plan.
  /// - Returns: Seconds of solving.
  mutating func settle(_ assembled: inout Assembled) -> Double {
    guard let forms = assembled.exergy else { return 0 }
    var seconds = 0.0
    while steps < Self.mostSteps {
      steps += 1
      var search = PlanSearch(assembled: assembled, options: options, solver: solver)
      let solution = search.solve(assembled.problemOfGoal)
      seconds += search.seconds
      guard solution.hasPlan, let ratio = Self.ratio(solution, assembled, forms) else { return seconds }
      let isSettled = abs(ratio - level) <= 1e-10 * max(ratio, 1e-3)
      // A level that falls after the first step is what the solver's tolerance makes of the same plan.
      if steps > 2, ratio < level { return seconds }
      level = ratio
      assembled.problem.objective = forms.shortfall(at: level)
      if isSettled { return seconds }
    }
    return seconds
  }

  static func ratio(_ solution: Solution, _ assembled: Assembled, _ forms: ExergyForms) -> Double? {
    func sum(_ form: LinearForm) -> Double {
      assembled.problem.value(
        of: form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
      ).sum
    }
    let entered = sum(forms.entered)
    return entered > 0 ? sum(forms.used) / entered : nil
  }

  /// What is proven of the ratio.
  ///
  /// Where no plan has `level x entered - used` below the bound b, none has a ratio above `level - b / entered`, and nothing less
  /// enters than is used at least.
  func note(of solution: Solution, _ assembled: Assembled, _ certificate: Certificate) -> [Diagnostic] {
    guard let forms = assembled.exergy, let ratio = Self.ratio(solution, assembled, forms) else { return [] }
    let least = forms.used.constant / assembled.years
    let room = max(0, -certificate.bound) / max(least, 1e-9)
    let bound = max(ratio, level + room)
    return [
      Diagnostic(
        .note,
        "Exergy efficiency \(shortNumber(100 * ratio, digits: 9)) %; no plan exceeds \(shortNumber(100 * bound, digits: 9)) % (found in \(steps) levels; the value that was minimised is what level x entering exergy exceeds the exergy used by).",
        path: "objective")
    ]
  }
}
