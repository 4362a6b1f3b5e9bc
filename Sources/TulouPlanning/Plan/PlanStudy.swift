import TulouAssembly
public import TulouDocument
import TulouProblem
public import TulouProject
public import TulouSolvers

/// The study `plan`: sizes and dispatch of least cost (or of another objective), with proof.
public enum PlanStudy {
  /// Plans a project.
  ///
  /// - Parameters:
  ///   - project: Typed and complete. Its stages are not looked at: see `StageStudy`.
  ///   - options: Whole numbers, given sizes, objective, limits of time.
  ///   - solver: Who solves.
  /// - Returns: The outcome; an infeasible project is an outcome too, explained.
  /// - Throws: What cannot be planned, named.
  public static func run(
    project: Project, options: PlanOptions = PlanOptions(), solver: any Solver
  ) throws(ProjectFault) -> Outcome {
    let clock = ContinuousClock()
    let begin = clock.now
    var options = options
    options.solve.startClock()
    let objective = options.objective ?? project.objective
    var assembled: Assembled
    var before = 0.0
    var reference: Solution?
    if objective == .weighted {
      switch try WeightedStudy.prepared(project, options, solver) {
      case .ready(let made, let seconds): (assembled, before) = (made, seconds)
      case .failed(let made, let end, let seconds): (assembled, reference, before) = (made, end, seconds)
      }
    } else {
      assembled = try Assembly.problem(for: project, objective: objective)
    }
    let released = try assembled.give(sizes: options.sizes)
    var ratio = RatioSearch(options: options, solver: solver)
    if objective == .exergyEfficiency { before += ratio.settle(&assembled) }
    let compileSeconds = (clock.now - begin) / .seconds(1) - before

    var search = PlanSearch(assembled: assembled, options: options, solver: solver)
    search.scaleOfValue = assembled.scaleOfGoal
    var solution = reference ?? search.solve(assembled.problemOfGoal)
    var certified = assembled.problem
    if assembled.seeksLeastCostNext, solution.hasPlan {
      (solution, certified) = search.leastCost(at: solution)
    }

    var outcome = Outcome(
      project: project, assembled: assembled, status: solution.status, warnings: assembled.notes,
      assumptions: assembled.assumptions)
    outcome.compileSeconds = compileSeconds
    outcome.integers = search.integers
    outcome.secondSolve = search.secondSolve
    if solution.hasPlan {
      let finished = search.finish(solution, of: certified)
      // Rows of the second solve are no part of the project.
      let plan = Plan(problem: assembled.problem, solution: finished.solution)
      outcome.take(finished)
      outcome.plan = plan
      outcome.decidedDirections = search.directions
      outcome.givenSizes = options.sizes.isEmpty ? nil : released.measured(on: plan)
      outcome.warnings += PlanWarnings.of(plan, released: released)
      outcome.warnings += ratio.note(of: finished.solution, assembled, finished.certificate)
      outcome.noteApproximation(asked: options.wholeNumbers)
    } else if solution.status == .infeasible, let report = search.oneWay {
      outcome.infeasibility = .oneWay(report, message: solution.message)
    } else if solution.status == .infeasible, let seconds = options.explanationSeconds {
      outcome.infeasibility = InfeasibilityReport.make(
        assembled, solver: solver, seconds: seconds, options: options.solve)
    }
    let isExact = options.wholeNumbers == .exact
    if let limit = TimeAdvice.finding(of: solution, project, problem: assembled.problem, isExact: isExact) {
      outcome.warnings.append(limit)
    }
    outcome.solveSeconds = search.seconds + before
    if options.findsShadowPrices, outcome.status == .optimal || outcome.status == .feasible {
      let start = clock.now
      (outcome.shadowPrices, outcome.hourlyPrices) = ShadowPrices.found(outcome, options: options)
      outcome.solveSeconds += (clock.now - start) / .seconds(1)
    }
    if let steps = options.practicalSteps, outcome.hasPlan {
      let start = clock.now
      outcome.practical = try PracticalStudy.run(beside: outcome, steps: steps, options: options, solver: solver)
      if outcome.practical == nil {
        outcome.warnings.append(
          Diagnostic(
            .warning, "No plan was found whose sizes are whole steps.",
            advice: "Give smaller steps, e.g. '--steps pv=1'; or let sizes that stand at their limit grow."))
      }
      outcome.solveSeconds += (clock.now - start) / .seconds(1)
    }
    if outcome.certificate == nil, !solution.message.isEmpty {
      outcome.warnings.append(Diagnostic(.note, solution.message))
    }
    return outcome
  }
}

extension Assembled {
  /// Whether least cost is sought among the plans that are best by the objective.
  ///
  /// With a weight on cost, cost is part of what was sought already.
  var seeksLeastCostNext: Bool {
    let hasCost = objective == .weighted && project.weights.contains { $0.goal == .netPresentCost }
    return objective != .netPresentCost && !hasCost
  }
}
