import TulouAccounts
import TulouAssembly
package import TulouDocument
import TulouFinance
import TulouProblem
package import TulouProject
import TulouQuantities
package import TulouSolvers
import TulouTechnologies

/// The study `stages`: `NPC = sum_s v_s O_s + sum_ks K_ks new_ks`, sizes never shrink (R74, model.md section 5).
package enum StageStudy {
  /// Plans the stages of a project.
  ///
  /// - Parameters:
  ///   - project: With stages in order of time, each with the whole project as it is then.
  ///   - mode: All at once, or one after the other.
  ///   - options: As for one plan; given sizes are not taken.
  ///   - solver: Who solves.
  package static func run(
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
    faults += changedPlant(project)
    if !faults.isEmpty { throw ProjectFault(faults) }
  }

  /// What stood before the project is one fact: a stage can neither add to it nor let it go by saying otherwise.
  private static func changedPlant(_ project: Project) -> [Diagnostic] {
    var first: [String: (size: Size, stage: String)] = [:]
    var faults: [Diagnostic] = []
    for stage in project.stages {
      for component in stage.project.components {
        for size in component.sizes {
          let key = component.id + "." + size.part.rawValue
          guard let known = first[key] else {
            first[key] = (size, stage.id)
            continue
          }
          let (was, now) = (known.size, size)
          guard was.existing != now.existing || was.built != now.built || was.mayRetire != now.mayRetire else {
            continue
          }
          faults.append(
            Diagnostic(
              .error,
              "Stage '\(stage.id)' says otherwise than '\(known.stage)' what of '\(component.id)' stands before the project.",
              advice:
                "'existing', 'built' and 'retire' are the same in all stages; give what comes later a component of its own.",
              path: "components.\(component.id).capacity"))
        }
      }
    }
    return faults
  }
}

/// The stages of one project with their money factors.
struct StagePath {
  let project: Project
  let factors: StageFactors
  let costs: StagedCosts
  let recovery: Double

  init(project: Project) {
    self.project = project
    factors = StageFactors(stageYears: project.stages.map(\.year), project.economy.discounting)
    costs = StagedCosts(project.stages.map(\.project))
    recovery = capitalRecoveryFactor(rate: project.economy.realDiscountRate, years: project.economy.lifetime)
  }

  /// The problem of stage s as it counts in a path of the stages that `factors` know.
  func assembled(_ s: Int, factors: StageFactors) throws(ProjectFault) -> Assembled {
    var stage = project.stages[s].project
    stage.economy = project.economy
    let money = MoneyFactors(
      stage: s, of: factors, costs: costs, project: stage, economy: project.economy, firstYear: project.firstYear,
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
    outcome.message = solution.message
    let isExact = options.wholeNumbers == .exact
    if let limit = TimeAdvice.finding(of: solution, project, problem: whole.problem, isExact: isExact) {
      outcome.warnings.append(limit)
    }
    if solution.hasPlan {
      let finished = search.finish(solution, of: whole.problem)
      outcome.status = finished.status
      outcome.certificate = finished.certificate
      outcome.warnings += finished.notes
      outcome.assumptions += finished.assumptions
      var parts: [Solution] = []
      for s in stages.indices { parts.append(stack.solution(finished.solution, of: s)) }
      try describe(parts, stages, &outcome)
      outcome.noteApproximation(asked: options.wholeNumbers)
    } else if solution.status == .infeasible, let seconds = options.explanationSeconds {
      outcome.infeasibility = explain(stages, solver, seconds, options)
    }
    return outcome
  }

  /// Each stage as if it lasted to the end; what is built stays.
  func myopic(_ options: PlanOptions, _ solver: any Solver) throws(ProjectFault) -> StagedOutcome {
    if let capped = project.policies.first(where: { $0.kind.isOnCapital && $0.cap != nil }) {
      throw ProjectFault([
        Diagnostic(
          .error,
          "The cap of '\(capped.id)' holds for all stages together, so stages are not planned one by one under it.",
          advice: "Plan with foresight, or take 'cap' out.", path: "policies.\(capped.id).cap")
      ])
    }
    var outcome = StagedOutcome(
      mode: .myopic, status: .optimal, stages: [], netPresentCost: .nan, certificate: nil, infeasibility: nil,
      integers: nil, warnings: [], assumptions: [], solveSeconds: 0)
    let clock = ContinuousClock()
    let begin = clock.now
    var before: [Label: Double] = [:]
    var spent = 0.0
    var solutions: [Solution] = []
    var stages: [Assembled] = []
    for s in project.stages.indices {
      let untilEnd = StageFactors(
        stageYears: project.stages[...s].map(\.year), project.economy.discounting)
      var own = try assembled(s, factors: untilEnd)
      own.stand(on: before, spent: spent)
      // The limit of time is that of the path.
      var asked = options
      asked.solve.timeLimit = max(0.1, options.solve.timeLimit - (clock.now - begin) / .seconds(1))
      asked.neighbourSeconds = min(asked.neighbourSeconds, asked.solve.timeLimit)
      var search = PlanSearch(assembled: own, options: asked, solver: solver)
      let solution = search.solve(own.problem)
      outcome.solveSeconds += search.seconds
      outcome.integers = search.integers ?? outcome.integers
      guard solution.hasPlan else {
        outcome.status = solution.status
        outcome.message = solution.message
        let isExact = options.wholeNumbers == .exact
        if let limit = TimeAdvice.finding(of: solution, project, problem: own.problem, isExact: isExact) {
          outcome.warnings.append(limit)
        }
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
      outcome.assumptions += finished.assumptions
      spent += own.capitalSpent(from: before, to: tidied.capacities)
      before.merge(own.standing(tidied.capacities)) { $1 }
      solutions.append(tidied)
      stages.append(try assembled(s, factors: factors))
      outcome.warnings += own.notes
      outcome.assumptions += own.assumptions
    }
    try describe(solutions, stages, &outcome)
    outcome.noteApproximation(asked: options.wholeNumbers)
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
    for s in stages.indices.dropFirst() { chain(stage: s, of: stages, in: stack, &whole) }
    chainBudgets(stages, stack, &whole)
    chainCaps(stages, stack, &whole)
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
      let totals = solution.capacities
      let perUnits = counted.investment.sorted { $0.key < $1.key }
      for (k, perUnit) in perUnits {
        let capacity = counted.problem.capacities[k]
        let standing = max(before[capacity.label] ?? capacity.existing, capacity.existing)
        let new = Dust.cleaned(max(0, totals[k] - standing), scale: totals[k])
        added[counted.size(ofNew: k)] = new
        investment += perUnit * new
        let charge = counted.newCharge(k)
        if charge > 0, new > 0 { investment += charge }
      }
      for (k, charge) in counted.yearlyCharge.sorted(by: { $0.key < $1.key }) where totals[k] > 0 {
        yearly += charge
      }
      before.merge(counted.standing(totals)) { $1 }
      // Cash of the stage with its sizes as if all were standing: operation and the constants of existing plant.
      var operating = counted.cash
      for (k, perUnit) in perUnits {
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
          assembled: plain, added: added, investment: investment / recovery))
    }
    outcome.netPresentCost = total / recovery
    let approximated = outcome.stages.flatMap { Approximation.machines($0.plan, $0.assembled) }
    outcome.approximated = approximated.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
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
