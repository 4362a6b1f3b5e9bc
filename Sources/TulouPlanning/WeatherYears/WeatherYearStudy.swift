package import TulouAssembly
package import TulouDocument
package import TulouProblem
package import TulouProject
import TulouQuantities
package import TulouSolvers

/// One design over several weather years, and what planning on fewer of them would cost.
public enum WeatherYearStudy {
  /// Plans one set of sizes over all years.
  ///
  /// - Parameters:
  ///   - years: The same project with the weather of each year, and the name of each; same machines in the same order.
  ///   - options: As for one plan; given sizes are not taken.
  ///   - solver: Who solves.
  ///   - chained: Whether contents of storages go on from year to year; else each year closes its own cycle.
  ///   - alternatives: Whether designs of single years and of the average year are measured on all years.
  ///   - told: Told what is being planned, in words.
  package static func run(
    years: [(name: String, project: Project)], options: PlanOptions = PlanOptions(), solver: any Solver,
    chained: Bool = false, alternatives: Alternatives = .measured, told: (String) -> Void = { _ in }
  ) throws(ProjectFault) -> WeatherYearOutcome {
    guard let first = years.first?.project else {
      throw ProjectFault([Diagnostic(.error, "'weather_years' names no year.", path: "weather_years")])
    }
    guard options.sizes.isEmpty else {
      throw ProjectFault([
        Diagnostic(
          .error, "Given sizes are dispatched over one year, not over weather years.",
          advice: "Take 'weather_years' out, or fix sizes with 'capacity: {fixed: ...}'.", path: "weather_years")
      ])
    }
    let objective = options.objective ?? first.objective
    var parts: [Assembled] = []
    // Years differ in their weather; what they have in common is kept once.
    var pool = ProfilePool()
    for year in years {
      var part = try Assembly.problem(for: year.project, objective: objective)
      part.share(with: &pool)
      parts.append(part)
    }
    if chained, let obstacle = Stack.obstacle(toChaining: parts.map(\.problem)) {
      throw ProjectFault([
        Diagnostic(
          .error, "Weather years cannot be chained: \(obstacle).",
          advice: "Leave 'chained' out: each year then closes its own cycle.", path: "weather_years.chained")
      ])
    }
    let stack = Stack(
      zip(years, parts).map { ($0.name, $1.problem) }, sizes: .shared,
      joining: parts.map { Set($0.limitRows.map(\.row)) }, chained: chained)
    let whole = whole(parts, stack)
    told("all \(years.count) years")
    var search = PlanSearch(assembled: whole, options: options, solver: solver)
    search.scaleOfValue = whole.scaleOfGoal
    var solution = search.solve(whole.problemOfGoal)
    var certified = whole.problem
    if objective != .netPresentCost, solution.hasPlan { (solution, certified) = search.leastCost(at: solution) }
    var outcome = WeatherYearOutcome(
      status: solution.status, certificate: nil, sizes: [:], years: [], singles: [], average: nil,
      warnings: whole.notes, assumptions: whole.assumptions, solveSeconds: search.seconds)
    let isExact = options.wholeNumbers == .exact
    if let limit = TimeAdvice.finding(of: solution, first, problem: whole.problem, isExact: isExact) {
      outcome.warnings.append(limit)
    }
    outcome.isChained = chained
    guard solution.hasPlan else {
      if !solution.message.isEmpty { outcome.warnings.append(Diagnostic(.note, solution.message)) }
      if solution.status == .infeasible { outcome.infeasible = try firstInfeasible(years, options, solver) }
      return outcome
    }
    let finished = search.finish(solution, of: certified)
    let tidied = finished.solution
    outcome.status = finished.status
    outcome.certificate = finished.certificate
    outcome.warnings += finished.notes
    outcome.assumptions += finished.assumptions
    outcome.sizes = PlanSizes.of(Plan(problem: whole.problem, solution: tidied))
    for (p, year) in years.enumerated() {
      let (part, problem) = (parts[p], parts[p].problem)
      var own = stack.solution(tidied, of: p)
      // What is paid once where something is built stands in no form, but it is part of every year's cost as of the mean's.
      own.objective += part.chargeWeight * problem.fixedCharges(capacities: own.capacities)
      outcome.years.append(
        WeatherYearOutcome.Year(
          name: year.name, project: year.project, plan: Plan(problem: problem, solution: own), assembled: part))
    }
    // Who asks for whole numbers is told 'optimal' of whole machines only.
    if options.wholeNumbers == .exact, outcome.status == .optimal,
      outcome.years.contains(where: { !Approximation.machines($0.plan, $0.assembled).isEmpty })
    {
      outcome.status = .feasible
    }
    // Alternatives are compared in money, which is what another objective does not minimise.
    guard alternatives == .measured, years.count > 1, objective == .netPresentCost else { return outcome }
    for year in years where !options.solve.isCancelled() {
      told("\(year.name) alone")
      let (single, faults) = try design(year.name, year.project, years, chained, options, solver)
      outcome.singles.append(single)
      outcome.warnings += faults
    }
    if !options.solve.isCancelled() {
      told("the average year")
      let (average, faults) = try design(
        "average", first.averaged(years.map(\.project)), years, chained, options, solver)
      outcome.average = average
      outcome.warnings += faults
    }
    return outcome
  }

  /// What the rest of the room needs to know of the stacked problem.
  private static func whole(_ parts: [Assembled], _ stack: Stack) -> Assembled {
    var whole = parts[0]
    whole.parts = StackedParts(stack: stack, assembled: parts)
    whole.problem = stack.problem
    whole.cash = LinearForm()
    whole.penalties = LinearForm()
    whole.demand = parts.reduce(0) { $0 + $1.demand }
    whole.derivedLimits = [:]
    whole.limitRows = []
    for (p, part) in parts.enumerated() {
      whole.cash.add(stack.form(part.cash, of: p))
      whole.penalties.add(stack.form(part.penalties, of: p))
      for (k, limit) in part.derivedLimits { whole.derivedLimits[stack.parts[p].capacities[k]] = limit }
      for note in part.notes where !whole.notes.contains(note) { whole.notes.append(note) }
      for one in part.assumptions where !whole.assumptions.contains(one) { whole.assumptions.append(one) }
    }
    var pool = ProfilePool()
    whole.share(with: &pool)
    return whole
  }

  /// The first year that has no plan even by itself, explained; nil where each has one and only together they have none.
  private static func firstInfeasible(
    _ years: [(name: String, project: Project)], _ options: PlanOptions, _ solver: any Solver
  ) throws(ProjectFault) -> (name: String, outcome: Outcome)? {
    for year in years where !options.solve.isCancelled() {
      let outcome = try PlanStudy.run(project: year.project, options: options, solver: solver)
      if outcome.status == .infeasible { return (year.name, outcome) }
    }
    return nil
  }

  /// Whether designs on fewer years are measured too.
  public enum Alternatives: Sendable { case measured, left }

  /// Plans on one project and dispatches its sizes in every year; faults are proofs that contradict their plan.
  private static func design(
    _ name: String, _ project: Project, _ years: [(name: String, project: Project)], _ chained: Bool,
    _ options: PlanOptions, _ solver: any Solver
  ) throws(ProjectFault) -> (design: WeatherYearOutcome.Design, faults: [Diagnostic]) {
    var plain = options
    plain.objective = .netPresentCost
    plain.explanationSeconds = nil
    func named(_ fault: Diagnostic) -> Diagnostic {
      var told = fault
      told.message = "Design on '\(name)': " + told.message
      return told
    }
    let own = try PlanStudy.run(project: project, options: plain, solver: solver)
    var result = WeatherYearOutcome.Design(
      name: name, ownValue: own.certificate?.value, sizes: [:], cost: nil, broken: [])
    var faults = own.warnings.filter { $0.severity == .error }.map(named)
    guard let plan = own.plan else { return (result, faults) }
    result.sizes = PlanSizes.of(plan)
    plain.sizes = result.sizes
    let measured =
      chained
      ? try WeatherYearDispatch.chained(years, plain, solver)
      : try WeatherYearDispatch.oneByOne(years, plain, solver)
    faults += measured.faults.map(named)
    result.broken = measured.unserved.map { "\($0): demand cannot be served" }
    // Limits hold over all years together, and so they are measured.
    var done: Set<String> = []
    for limit in measured.limits where done.insert(limit.key).inserted {
      let reached = measured.limits.filter { $0.key == limit.key }.map(\.reached)
      let mean = reached.reduce(0, +) / Double(reached.count)
      let isLeast = project.limits.keys.first { $0.name == limit.key }?.sense == .least
      let excess = isLeast ? limit.limit - mean : mean - limit.limit
      guard excess > 1e-6 * max(abs(limit.limit), abs(mean), 1e-9) else { continue }
      let factor = limit.unit == "1" ? 100.0 : 1
      let unit = limit.unit == "1" ? "%" : limit.unit
      result.broken.append(
        "\(limit.key) reaches \(shortNumber(mean * factor, digits: 4)) \(unit) over all years, where \(shortNumber(limit.limit * factor, digits: 4)) \(unit) is asked"
      )
    }
    result.cost = measured.unserved.isEmpty ? measured.cost : nil
    return (result, faults)
  }
}

/// Given sizes dispatched in every weather year.
struct WeatherYearDispatch {
  /// Cost per year over all of them; nil where there is none.
  var cost: Double?
  /// Years that cannot be served.
  var unserved: [String] = []
  /// What each limit reaches in each year.
  var limits: [MeasuredLimit] = []
  /// Proofs that contradict their dispatch.
  var faults: [Diagnostic] = []

  /// Each year by itself, with storages that close their cycle within it.
  static func oneByOne(
    _ years: [(name: String, project: Project)], _ options: PlanOptions, _ solver: any Solver
  ) throws(ProjectFault) -> WeatherYearDispatch {
    var result = WeatherYearDispatch()
    var sum = 0.0, duration = 0.0
    for year in years {
      let dispatched = try PlanStudy.run(project: year.project, options: options, solver: solver)
      result.faults += dispatched.warnings.filter { $0.severity == .error }
      guard let certificate = dispatched.certificate else {
        result.unserved.append(year.name)
        continue
      }
      sum += certificate.value * dispatched.assembled.years
      duration += dispatched.assembled.years
      result.limits += dispatched.givenSizes ?? []
    }
    result.cost = duration > 0 ? sum / duration : nil
    return result
  }

  /// All years at once, with contents that go on from year to year.
  static func chained(
    _ years: [(name: String, project: Project)], _ options: PlanOptions, _ solver: any Solver
  ) throws(ProjectFault) -> WeatherYearDispatch {
    var result = WeatherYearDispatch()
    var parts: [Assembled] = []
    var released: [ReleasedLimits] = []
    for year in years {
      var part = try Assembly.problem(for: year.project, objective: .netPresentCost)
      released.append(try part.give(sizes: options.sizes))
      parts.append(part)
    }
    let stack = Stack(
      zip(years, parts).map { ($0.name, $1.problem) }, sizes: .shared, joining: parts.map { _ in [] }, chained: true)
    var whole = parts[0]
    whole.problem = stack.problem
    var search = PlanSearch(assembled: whole, options: options, solver: solver)
    let solution = search.solve(stack.problem)
    guard solution.hasPlan else {
      result.unserved = ["all years together"]
      return result
    }
    if let fault = stack.problem.gap(of: solution).fault(unit: parts[0].project.economy.currency) {
      result.faults.append(fault)
    }
    result.cost =
      stack.problem.objectiveValue(
        flows: solution.flows, contents: solution.contents, capacities: solution.capacities) / stack.problem.years
    for p in parts.indices {
      result.limits += released[p].measured(
        on: Plan(problem: parts[p].problem, solution: stack.solution(solution, of: p)))
    }
    return result
  }
}

/// Sizes of a plan by the names that `result.json` uses.
enum PlanSizes {
  static func of(_ plan: Plan) -> [String: Double] {
    var sizes: [String: Double] = [:]
    for (capacity, total) in zip(plan.problem.capacities, plan.solution.capacities) where capacity.label.role == .size {
      let label = capacity.label
      sizes[label.sizeName] = total
    }
    return sizes
  }
}

/// One design over several weather years.
package struct WeatherYearOutcome: Sendable {
  /// A year in that design.
  package struct Year: Sendable {
    /// Name of the year, e.g. its file.
    package var name: String
    /// The project with its weather.
    package var project: Project
    /// Sizes and flows of this year.
    package var plan: Plan
    /// The year's own problem with its forms.
    package var assembled: Assembled

    /// Cost of this year with the common sizes, penalties included, per year.
    package var value: Double { plan.solution.objective / plan.problem.years }
  }

  /// A design made on less than all years, measured on all of them.
  package struct Design: Sendable, Equatable {
    /// Year that it was made on, or `average`.
    package var name: String
    /// What it was believed to cost, per year; nil where it has no plan.
    package var ownValue: Double?
    /// Its sizes.
    package var sizes: [String: Double]
    /// What it costs over all years, per year; nil where it cannot serve some year.
    package var cost: Double?
    /// Limits that it breaks in some year, in words.
    package var broken: [String]
  }

  /// How it ended.
  package var status: Solution.Status
  /// Proof of the common design, per year (mean over the years); nil without plan.
  package var certificate: Certificate?
  /// Sizes of the common design.
  package var sizes: [String: Double]
  /// Every year with the common design.
  package var years: [Year]
  /// Whether contents went on from year to year.
  package var isChained = false
  /// Designs of single years.
  package var singles: [Design]
  /// The design of the average year.
  package var average: Design?
  /// What a person should know.
  package var warnings: [Diagnostic]
  /// What was relaxed or derived.
  package var assumptions: [Assumption]
  /// The first year that has no plan by itself, where there is no plan for all; nil also where only together they fail.
  package var infeasible: (name: String, outcome: Outcome)?
  /// Seconds spent on the common design.
  package var solveSeconds: Double

  /// The dearest year.
  package var worst: Year? { years.max { $0.value < $1.value } }
  /// Cheapest and dearest year, per year.
  package var spread: ClosedRange<Double>? {
    guard let low = years.map(\.value).min(), let high = years.map(\.value).max() else { return nil }
    return low...high
  }
}
