import TulouProblem
import TulouProject
import TulouSolvers

/// The solves behind a front.
struct FrontSearch {
  enum Goal { case first, second }

  let assembled: Assembled
  let first: AxisForm
  let second: AxisForm
  let options: PlanOptions
  let solver: any Solver
  private(set) var seconds = 0.0
  private(set) var message = ""

  init(assembled: Assembled, first: AxisForm, second: AxisForm, options: PlanOptions, solver: any Solver) {
    self.assembled = assembled
    self.first = first
    self.second = second
    self.options = options
    self.solver = solver
  }

  /// The end of the front where one goal is at its best, and the other as good as it can be there.
  mutating func best(of goal: Goal) -> ParetoPoint? {
    let (own, other) = goal == .first ? (first, second) : (second, first)
    guard let best = own.whole == nil ? least(own.form) : mostShare(own) else { return nil }
    let value = own.value(best, assembled.problem)
    let slack = 1e-6 * max(abs(value), own.whole == nil ? 1e-6 : 0.1)
    let held = own.row(own.smallerIsBetter ? value + slack : value - slack)
    if other.whole != nil {
      // The other goal is the renewable fraction: least of what is not renewable serves as well there.
      guard let point = solve(other.form, rows: [held]) else { return point(best, objective: own, row: nil) }
      return self.point(point, objective: own, row: nil, bound: best.bound)
    }
    guard let point = solve(other.form, rows: [held]) else { return point(best, objective: own, row: nil) }
    if goal == .second { return self.point(point, objective: first, row: nil, bound: point.bound) }
    return self.point(point, objective: own, row: nil, bound: best.bound)
  }

  /// The first goal at its best with the second at `limit` or better.
  mutating func point(secondAt limit: Double) -> ParetoPoint? {
    let row = second.row(limit)
    guard let solution = solve(first.form, rows: [row]) else { return nil }
    return point(solution, objective: first, row: row)
  }

  private mutating func least(_ form: LinearForm) -> Solution? { solve(form, rows: []) }

  /// Greatest `1 - form / whole`: least `form - q whole` for the quotient q of the last plan, until it is nought.
  ///
  /// - Source: Dinkelbach 1967, On nonlinear fractional programming, Management Science 13, 492-498.
  private mutating func mostShare(_ axis: AxisForm) -> Solution? {
    guard let whole = axis.whole, var best = least(axis.form) else { return nil }
    var quotient = 1 - axis.value(best, assembled.problem)
    for _ in 0..<12 {
      var form = axis.form
      form.add(whole, times: -quotient)
      guard let next = least(form) else { break }
      let value = 1 - axis.value(next, assembled.problem)
      if value > quotient - 1e-9 { break }
      best = next
      quotient = value
    }
    return best
  }

  private mutating func solve(_ form: LinearForm, rows: [YearlyRow]) -> Solution? {
    var problem = assembled.problem
    problem.objective = form
    problem.yearlyRows += rows
    var search = PlanSearch(assembled: assembled, options: options, solver: solver)
    let solution = search.solve(problem)
    seconds += search.seconds
    if !solution.hasPlan {
      message = "No plan: the solver ended with '\(solution.status.rawValue)'. \(solution.message)"
      return nil
    }
    return solution
  }

  private func point(_ solution: Solution, objective: AxisForm, row: YearlyRow?, bound: Double? = nil) -> ParetoPoint {
    var problem = assembled.problem
    problem.objective = objective.form
    if let row { problem.yearlyRows.append(row) }
    var own = solution
    own.objective = problem.objectiveValue(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    own.bound = bound ?? solution.bound
    let tidied = Tidying(problem: problem, cash: assembled.cash).tidied(own)
    var described = assembled
    described.problem = problem
    let search = PlanSearch(assembled: described, options: options, solver: solver)
    var certificate = search.certificate(of: own, tidied: tidied)
    certificate.objective = objective.axis.rawValue
    certificate.unit = objective.axis.unit(currency: assembled.project.economy.currency)
    // A certificate counts per year; land does not.
    let scale = assembled.years / objective.perUnit
    certificate.value *= scale
    certificate.bound *= scale
    certificate.tidiedValue *= scale
    var exchange: Double?
    if let row, let price = solution.multipliers?.yearly.last, row.upper.isFinite {
      // Multiplier: first goal per unit of the row, whose right-hand side is the second goal times what a unit is.
      exchange = -price * second.perUnit / first.perUnit
    }
    if second.whole != nil { exchange = nil }
    return ParetoPoint(
      first: first.value(tidied, assembled.problem), second: second.value(tidied, assembled.problem),
      certificate: certificate, plan: Plan(problem: assembled.problem, solution: tidied), exchange: exchange)
  }
}
