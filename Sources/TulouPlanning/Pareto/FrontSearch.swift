import TulouAssembly
import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// The solves behind a front.
struct FrontSearch: Sendable {
  enum Goal { case first, second }

  let assembled: Assembled
  let first: AxisForm
  let second: AxisForm
  let options: PlanOptions
  let solver: any Solver
  private(set) var seconds = 0.0
  private(set) var message = ""
  /// What is proven of the last solve, whether it found a plan or not.
  private var bound = -Double.infinity
  /// What was done in the last solve where its linear plan ran something both ways.
  private var oneWay: OneWayReport?
  /// The continuous problem of the last solve.
  private var design: HourlyProblem?

  init(assembled: Assembled, first: AxisForm, second: AxisForm, options: PlanOptions, solver: any Solver) {
    self.assembled = assembled
    self.first = first
    self.second = second
    self.options = options
    self.solver = solver
  }

  /// The end of the front where one goal is at its best, and the other as good as it can be there.
  mutating func best(of goal: Goal) -> ParetoPoint? { goal == .first ? bestOfFirst() : bestOfSecond() }

  /// Least of the first goal; of plans that are equal in it to a millionth, one that is good in the second.
  ///
  /// The second goal enters with a weight so small that it cannot cost more than that millionth: such a problem is as
  /// easy as the first, while a row that holds the first goal at its best leaves a solver hardly any room.
  private mutating func bestOfFirst() -> ParetoPoint? {
    guard let best = least(first) else { return nil }
    let allowed = abs(first.relaxed(first.value(best, assembled.problem)) - first.value(best, assembled.problem))
    var both = first
    let other = second.linear(at: second.value(best, assembled.problem))
    let reach = assembled.problem.value(
      of: other, flows: best.flows, contents: best.contents, capacities: best.capacities
    ).largest
    var refined: Solution?
    if reach > 0, isLinear(first) {
      both.form.add(other, times: 0.5 * allowed * first.perUnit / reach)
      refined = solve(both, rows: [])
      if let found = refined,
        first.value(found, assembled.problem) > first.relaxed(first.value(best, assembled.problem))
      {
        refined = nil
      }
      // Equals in the first goal are told apart by the second here, and by nothing else.
      design = nil
    }
    if refined == nil, options.solve.isCancelled() { return nil }
    return point(refined ?? best, objective: first, row: nil, bound: best.bound)
  }

  /// Best of the second goal, then the least of the first that it allows.
  ///
  /// The row that holds the second goal leaves a millionth of room (rule M14); solvers are told so.
  private mutating func bestOfSecond() -> ParetoPoint? {
    guard let best = second.whole == nil ? least(second) : mostShare(second) else { return nil }
    let limit = second.relaxed(second.value(best, assembled.problem))
    var row = second.row(limit)
    row.isHeld = true
    if let refined = solve(first, rows: [row], known: best) {
      return point(refined, objective: first, row: nil, bound: refined.bound, limit: limit)
    }
    if options.solve.isCancelled() { return nil }
    // The best of the second goal stands; of the first it has whatever came with it. Its equals are not looked at.
    design = nil
    var end = point(best, objective: first, row: nil, bound: bound, limit: limit)
    end.outcome.warnings += [notRefined(end), Diagnostic(.note, message)]
    return end
  }

  /// What is said where the end of the front is not the best of the first goal that the second allows.
  private func notRefined(_ end: ParetoPoint) -> Diagnostic {
    let unit = end.certificate.unit
    let value = shortNumber(end.first, digits: 6)
    return Diagnostic(
      .warning,
      end.certificate.bound.isFinite
        ? "The last plan of the front is the best in its second goal, but not the least in the first: it has \(value) \(unit), the proven least is \(shortNumber(end.certificate.bound, digits: 6)) \(unit)."
        : "The last plan of the front is the best in its second goal, but not the least in the first: it has \(value) \(unit), and plans as good as it may have less.",
      advice: "'--solver auto' or '--solver highs' may get further.")
  }

  /// The first goal at its best with the second at `limit` or better.
  mutating func point(secondAt limit: Double) -> ParetoPoint? {
    let row = second.row(limit)
    guard let solution = solve(first, rows: [row]) else { return nil }
    return point(solution, objective: first, row: row, limit: limit)
  }

  /// Whether the form says all of the axis: fixed charges do not stand in it.
  func isLinear(_ axis: AxisForm) -> Bool {
    axis.axis != .netPresentCost || assembled.problem.capacities.allSatisfy { $0.fixedCharge == 0 }
  }

  private mutating func least(_ axis: AxisForm) -> Solution? { solve(axis, rows: []) }

  /// Greatest `1 - form / whole`: least `form - q whole` for the quotient q of the last plan, until it is zero.
  ///
  /// - Source: Dinkelbach 1967, On nonlinear fractional programming, Management Science 13, 492-498.
  private mutating func mostShare(_ axis: AxisForm) -> Solution? {
    guard let whole = axis.whole, var best = least(axis) else { return nil }
    var quotient = 1 - axis.value(best, assembled.problem)
    for _ in 0..<12 {
      var next = axis
      next.form.add(whole, times: -quotient)
      guard let solution = least(next) else { break }
      let value = 1 - axis.value(solution, assembled.problem)
      if value > quotient - 1e-9 { break }
      best = solution
      quotient = value
    }
    return best
  }

  private mutating func solve(_ axis: AxisForm, rows: [YearlyRow], known: Solution? = nil) -> Solution? {
    var search = PlanSearch(assembled: assembled, options: options, solver: solver)
    let solution = search.solve(problem(axis, rows: rows), known: known)
    bound = solution.bound
    seconds += search.seconds
    oneWay = search.oneWay
    design = search.design
    // A search that was stopped halfway is no point of a front.
    if options.solve.isCancelled(), solution.status != .optimal { return nil }
    if !solution.hasPlan {
      message = "No plan: the solver ended with '\(solution.status.rawValue)'. \(solution.message)"
      return nil
    }
    return solution
  }

  private func problem(_ axis: AxisForm, rows: [YearlyRow]) -> HourlyProblem {
    var problem = assembled.problem
    problem.objective = axis.form
    problem.yearlyRows += rows
    // Charges are money; other goals do not know them.
    if axis.axis != .netPresentCost { for k in problem.capacities.indices { problem.capacities[k].fixedCharge = 0 } }
    return problem
  }

  private func point(
    _ solution: Solution, objective: AxisForm, row: YearlyRow?, bound: Double? = nil, limit: Double? = nil
  ) -> ParetoPoint {
    let problem = problem(objective, rows: row.map { [$0] } ?? [])
    var own = solution
    let charges = objective.axis == .netPresentCost ? problem.fixedCharges(capacities: solution.capacities) : 0
    own.objective =
      charges
      + problem.objectiveValue(flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    own.bound = bound ?? solution.bound
    var described = assembled
    described.problem = problem
    var search = PlanSearch(assembled: described, options: options, solver: solver)
    search.oneWay = oneWay
    search.design = design
    var finished = search.finish(own, of: problem)
    let tidied = finished.solution
    var certificate = finished.certificate
    certificate.objective = objective.axis.rawValue
    certificate.unit = objective.axis.unit(currency: assembled.project.economy.currency)
    if assembled.objective != .netPresentCost { certificate.tidiedValue += charges / assembled.years }
    // A certificate counts per year; land does not.
    let scale = assembled.years / objective.perUnit
    certificate.value *= scale
    certificate.bound *= scale
    certificate.tidiedValue *= scale
    finished.certificate = certificate
    var exchange: Double?
    if row != nil, let price = solution.multipliers?.yearly.last, second.whole == nil {
      // Multiplier: first goal per unit of the row, whose right-hand side is the second goal times what a unit is.
      exchange = -price * second.perUnit / first.perUnit
    }
    let place = ParetoPlace(
      first: first.value(tidied, assembled.problem), second: second.value(tidied, assembled.problem))
    var point = ParetoPoint(
      place: place, limit: limit, certificate: certificate,
      outcome: outcome(finished), exchange: exchange)
    point.settings = settings(limit ?? second.relaxed(place.second))
    return point
  }

  /// The point as an outcome like that of any other plan.
  private func outcome(_ finished: FinishedPlan) -> Outcome {
    let plan = Plan(problem: assembled.problem, solution: finished.solution)
    var outcome = Outcome(
      project: assembled.project, assembled: assembled, status: finished.status, warnings: assembled.notes,
      assumptions: assembled.assumptions)
    outcome.plan = plan
    outcome.take(finished)
    outcome.solveSeconds = finished.solution.seconds
    outcome.noteApproximation(asked: options.wholeNumbers)
    return outcome
  }

  /// Whether nothing is shed at any point, though it may be in a plan for cost: no limit says how much (rule M14).
  var servesEverything: Bool {
    let project = assembled.project
    return assembled.objective != .netPresentCost && project.mayShed && project.limits.unservedEnergy == nil
      && project.limits[.unservedHours] == nil
  }

  /// Keys of the project file that ask for this point.
  private func settings(_ limit: Double) -> [String: String]? {
    let demand = assembled.demand / assembled.years
    let currency = assembled.project.economy.currency
    guard let held = second.axis.limit(limit, currency: currency, demand: demand),
      let objective = Objective(rawValue: first.axis.rawValue)
    else { return nil }
    var settings = ["objective": objective.rawValue, held.path: held.value]
    if servesEverything {
      settings["limits.unserved_energy.max"] = "0 %"
    }
    return settings
  }
}
