import TulouAccounts
import TulouProblem
public import TulouProject
public import TulouQuantities
public import TulouSolvers
import TulouTechnologies

/// The study `stages`: `NPC = sum_s v_s O_s + sum_ks K_ks new_ks`, sizes never shrink (R74, model.md section 5).
public enum StageStudy {
  /// Plans the stages of a project.
  ///
  /// - Parameters:
  ///   - project: With stages in order of time, each with the whole project as it is then.
  ///   - mode: All at once, or one after the other.
  ///   - options: As for one plan; given sizes are not taken.
  ///   - solver: Who solves.
  public static func run(
    project: Project, mode: StagedOutcome.Mode, options: PlanOptions = PlanOptions(), solver: any Solver
  ) throws(ProjectFault) -> StagedOutcome {
    if !options.sizes.isEmpty {
      throw ProjectFault([
        Diagnostic(
          .error, "Given sizes belong to one plan, not to stages.",
          advice: "Fix sizes with 'capacity: {fixed: ...}' under the 'set' of each stage.")
      ])
    }
    try check(project)
    let path = StagePath(project: project)
    switch mode {
    case .foresight: return try path.foresight(options, solver)
    case .myopic: return try path.myopic(options, solver)
    }
  }

  private static func check(_ project: Project) throws(ProjectFault) {
    var faults: [Diagnostic] = []
    if project.stages.isEmpty {
      faults.append(
        Diagnostic(.error, "The project has no stages.", advice: "Add 'stages:', or ask 'plan'.", path: "stages"))
    }
    if project.objective != .netPresentCost {
      faults.append(
        Diagnostic(
          .error, "Stages are planned for net_present_cost, not for '\(project.objective.rawValue)'.",
          path: "objective"))
    }
    let first = project.stages.first?.year ?? 0
    for stage in project.stages where Double(stage.year - first) >= project.economy.lifetime {
      faults.append(
        Diagnostic(
          .error,
          "Stage '\(stage.id)' begins in \(stage.year), when the project of \(shortNumber(project.economy.lifetime)) years has ended.",
          path: "stages.\(stage.id).year"))
    }
    for (stage, next) in zip(project.stages, project.stages.dropFirst()) where next.year <= stage.year {
      faults.append(
        Diagnostic(.error, "Stage '\(next.id)' does not begin after '\(stage.id)'.", path: "stages.\(next.id).year"))
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
  }
}

/// The stages of one project with their money factors.
struct StagePath {
  let project: Project
  let factors: StageFactors
  let recovery: Double
  /// Below this a size counts as not built, as in the accounts: solvers leave dust.
  private static let dust = 1e-6

  init(project: Project) {
    self.project = project
    factors = StageFactors(stageYears: project.stages.map(\.year), economy: project.economy)
    recovery = capitalRecoveryFactor(rate: project.economy.realDiscountRate, years: project.economy.lifetime)
  }

  /// The problem of stage s as it counts in the whole path.
  func assembled(_ s: Int, factors: StageFactors) throws(ProjectFault) -> Assembled {
    var stage = project.stages[s].project
    stage.economy = project.economy
    let money = MoneyFactors(
      stage: s, of: factors, project: stage, economy: project.economy, firstYear: project.firstYear,
      counted: Set(project.stages[..<s].flatMap { $0.project.components.map(\.id) }))
    return try Assembly.assembled(stage, money: money, objective: .netPresentCost)
  }

  /// All stages in one problem.
  func foresight(_ options: PlanOptions, _ solver: any Solver) throws(ProjectFault) -> StagedOutcome {
    var stages: [Assembled] = []
    for s in project.stages.indices { stages.append(try assembled(s, factors: factors)) }
    let stack = Stack(zip(project.stages, stages).map { ($0.id, $1.problem) }, sizes: .ownToEachPart)
    var whole = chained(stack, stages)
    whole.notes = stages.flatMap(\.notes)

    var search = PlanSearch(assembled: whole, options: options, solver: solver)
    let solution = search.solve(whole.problem)
    var outcome = StagedOutcome(
      mode: .foresight, status: solution.status, stages: [], netPresentCost: .nan, certificate: nil,
      infeasibility: nil, integers: search.integers, warnings: whole.notes,
      assumptions: stages.flatMap(\.assumptions), solveSeconds: search.seconds)
    if solution.hasPlan {
      let finished = search.finish(solution, of: whole.problem)
      outcome.status = finished.status
      outcome.certificate = finished.certificate
      outcome.warnings += finished.notes
      var parts: [Solution] = []
      for s in stages.indices { parts.append(stack.solution(finished.solution, of: s)) }
      try describe(parts, stages, &outcome)
    } else if solution.status == .infeasible, let seconds = options.explanationSeconds {
      outcome.infeasibility = explain(stages, solver, seconds, options)
    }
    return outcome
  }

  /// Each stage as if it lasted to the end; what is built stays.
  func myopic(_ options: PlanOptions, _ solver: any Solver) throws(ProjectFault) -> StagedOutcome {
    var outcome = StagedOutcome(
      mode: .myopic, status: .optimal, stages: [], netPresentCost: .nan, certificate: nil, infeasibility: nil,
      integers: nil, warnings: [], assumptions: [], solveSeconds: 0)
    var before: [Label: Double] = [:]
    var solutions: [Solution] = []
    var stages: [Assembled] = []
    for s in project.stages.indices {
      let untilEnd = StageFactors(
        stageYears: project.stages[...s].map(\.year), economy: project.economy)
      var own = try assembled(s, factors: untilEnd)
      for k in own.problem.capacities.indices {
        guard let standing = before[own.problem.capacities[k].label] else { continue }
        own.problem.capacities[k].lower = max(own.problem.capacities[k].lower, standing)
        own.problem.capacities[k].upper = max(own.problem.capacities[k].upper, standing)
        // What stands is not paid again, nor is its fixed part.
        own.problem.capacities[k].existing = max(own.problem.capacities[k].existing, standing)
        if standing > Self.dust, let yearly = own.yearlyCharge[k], yearly > 0 {
          own.problem.capacities[k].fixedCharge -= yearly
          own.problem.objective.constant += yearly
          own.cash.constant += yearly
        }
      }
      var search = PlanSearch(assembled: own, options: options, solver: solver)
      let solution = search.solve(own.problem)
      outcome.solveSeconds += search.seconds
      outcome.integers = search.integers ?? outcome.integers
      guard solution.hasPlan else {
        outcome.status = solution.status
        if solution.status == .infeasible, let seconds = options.explanationSeconds {
          outcome.infeasibility = (
            project.stages[s].id,
            InfeasibilityReport.make(own, solver: solver, seconds: seconds, options: options.solve)
          )
        }
        return outcome
      }
      let finished = search.finish(solution, of: own.problem)
      let tidied = finished.solution
      if finished.status != .optimal { outcome.status = finished.status }
      outcome.warnings += finished.notes
      for (capacity, total) in zip(own.problem.capacities, tidied.capacities) where capacity.label.role == .size {
        before[capacity.label] = total
      }
      solutions.append(tidied)
      stages.append(try assembled(s, factors: factors))
      outcome.warnings += own.notes
      outcome.assumptions += own.assumptions
    }
    try describe(solutions, stages, &outcome)
    return outcome
  }

  /// One problem of all stages: sizes never shrink, and a stage pays for what it adds.
  private func chained(_ stack: Stack, _ stages: [Assembled]) -> Assembled {
    var whole = stages[0]
    whole.parts = StackedParts(stack: stack, assembled: stages)
    whole.problem = stack.problem
    whole.cash = LinearForm()
    whole.penalties = LinearForm()
    whole.emission = LinearForm()
    whole.pollution = []
    whole.outside = LinearForm()
    whole.unserved = LinearForm()
    whole.limitRows = []
    whole.derivedLimits = [:]
    whole.demand = 0
    for (s, stage) in stages.enumerated() {
      whole.cash.add(stack.form(stage.cash, of: s))
      whole.penalties.add(stack.form(stage.penalties, of: s))
      for (k, limit) in stage.derivedLimits { whole.derivedLimits[stack.parts[s].capacities[k]] = limit }
      whole.demand += stage.demand
    }
    for s in stages.indices.dropFirst() {
      let earlier = Dictionary(
        zip(stages[s - 1].problem.capacities.map(\.label), stack.parts[s - 1].capacities),
        uniquingKeysWith: { first, _ in first })
      for (k, capacity) in stages[s].problem.capacities.enumerated() where capacity.label.role == .size {
        guard let last = earlier[capacity.label] else { continue }
        let now = stack.parts[s].capacities[k]
        var label = capacity.label
        label.role = .limit
        label.stage = project.stages[s].id
        label.part += label.part.isEmpty ? "keeps" : " keeps"
        let perUnit = stages[s].investment[k] ?? 0
        // Paid: the difference. The draft counted what stood before the project as given; the last stage is that now.
        whole.cash.add(capacity: last, -perUnit)
        whole.cash.constant += perUnit * capacity.existing
        whole.problem.capacities[now].upper = max(capacity.upper, whole.problem.capacities[last].lower)
        let yearly = stages[s].yearlyCharge[k] ?? 0
        if capacity.fixedCharge > yearly {
          // Whether this stage adds anything needs the addition as a number of its own.
          let new = whole.problem.capacities.count
          whole.problem.capacities.append(
            Capacity(
              Label(capacity.label.id, .auxiliary, part: "new " + capacity.label.part, stage: label.stage),
              upper: capacity.upper,
              fixedCharge: capacity.fixedCharge - yearly))
          whole.problem.capacities[now].fixedCharge = yearly
          whole.problem.yearlyRows.append(
            YearlyRow(label, LinearForm(capacities: [now: 1, last: -1, new: -1]), lower: 0, upper: 0))
        } else {
          whole.problem.yearlyRows.append(
            YearlyRow(label, LinearForm(capacities: [now: 1, last: -1]), lower: 0))
        }
      }
    }
    whole.problem.objective = whole.cash
    whole.problem.objective.add(whole.penalties)
    return whole
  }

  /// Fills in the stages of an outcome and the cost of the whole path.
  private func describe(
    _ solutions: [Solution], _ stages: [Assembled], _ outcome: inout StagedOutcome
  ) throws(ProjectFault) {
    var total = 0.0
    var before: [Label: Double] = [:]
    for (s, solution) in solutions.enumerated() {
      let stage = project.stages[s]
      let counted = stages[s]
      var added: [Label: Double] = [:]
      var investment = 0.0
      var yearly = 0.0
      for (k, capacity) in counted.problem.capacities.enumerated() where capacity.label.role == .size {
        let standing = max(before[capacity.label] ?? capacity.existing, capacity.existing)
        let new = max(0, solution.capacities[k] - standing)
        added[capacity.label] = new
        investment += (counted.investment[k] ?? 0) * new
        let charge = counted.yearlyCharge[k] ?? 0
        if new > 1e-9 * (1 + standing) { investment += capacity.fixedCharge - charge }
        if solution.capacities[k] > Self.dust { yearly += charge }
        before[capacity.label] = solution.capacities[k]
      }
      // Cash of the stage with its sizes as if all were standing: operation and the constants of existing plant.
      var operating = counted.cash
      for (k, perUnit) in counted.investment {
        operating.add(capacity: k, -perUnit)
        operating.constant += perUnit * counted.problem.capacities[k].existing
      }
      let cash =
        counted.problem.value(
          of: operating, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
        ).sum + yearly
      total += cash + investment
      var own = stage.project
      own.economy = project.economy
      let plain = try Assembly.problem(for: own, objective: .netPresentCost)
      outcome.stages.append(
        StagedOutcome.Stage(
          id: stage.id, year: stage.year, project: own,
          plan: Plan(problem: plain.problem, solution: plain.settled(solution)),
          assembled: plain, added: added, operation: cash / counted.years, investment: investment / recovery))
    }
    outcome.netPresentCost = total / recovery
  }

  /// The first stage that cannot hold by itself.
  private func explain(
    _ stages: [Assembled], _ solver: any Solver, _ seconds: Double, _ options: PlanOptions
  ) -> (stage: String, report: InfeasibilityReport)? {
    for (stage, own) in zip(project.stages, stages) {
      let solution = solver.solve(own.problem.withoutWholeNumbers(), options: options.solve)
      guard solution.status == .infeasible else { continue }
      return (
        stage.id, InfeasibilityReport.make(own, solver: solver, seconds: seconds, options: options.solve)
      )
    }
    return nil
  }
}
