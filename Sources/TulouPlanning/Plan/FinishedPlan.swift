import TulouAccounts
import TulouAssembly
package import TulouDocument
package import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// A solution made ready to be printed: tidied, with what is proven of it and what a person should know.
package struct FinishedPlan {
  /// As printed.
  package var solution: Solution
  /// On the problem of the project.
  package var certificate: Certificate
  /// By our own certificate, not by what a solver said.
  var status: Solution.Status
  /// What was done to it, and what is wrong with its proof.
  var notes: [Diagnostic] = []
  /// Rules by which it was chosen among its equals.
  var assumptions: [Assumption] = []
}

extension PlanSearch {
  /// The one way from a solution to what is printed.
  ///
  /// - Parameters:
  ///   - given: With a plan; its objective and bound are those of the goal asked for.
  ///   - problem: The problem that it solves, rows of a second solve included.
  package func finish(_ given: Solution, of problem: HourlyProblem) -> FinishedPlan {
    // What a contract's columns were left at is put in order before and after, for tidying moves purchases and sales.
    var solution = assembled.settled(given)
    let tidying = Tidying(problem: problem, cash: assembled.cash)
    var printed = tidying.tidied(solution)
    var found = Ties.Found()
    if options.breaksTies, let decided = design?.decided(as: printed) {
      let ties = Ties(
        problem: decided, solver: tieSolver(decided), second: secondTieSolver(decided), options: options.solve,
        outside: assembled.outsideIds)
      var scale = Gap(value: solution.objective, bound: -.infinity, turnover: turnover(solution)).scale
      // Where everything is free the value is dust, and measures nothing.
      let whole = scaleOfValue * assembled.problem.years
      if scale < Dust.share * whole { scale = whole }
      let (other, free) = ties.broken(printed, scale: scale)
      found = free
      printed = free.isEmpty ? other : tidying.tidied(other)
    }
    let whole = assembled.settled(printed).withLeastShortage(in: assembled.problem)
    printed = whole.withoutDust(in: assembled.problem, unit: unit)
    // The plan shown may be another one of the same value: what is certified is the greater of both.
    solution.objective = max(solution.objective, solution.objective + goal(printed) - goal(solution))
    printed.objective = Dust.cleaned(solution.objective, scale: scaleOfValue * assembled.problem.years)
    let gap = certifiedGap(of: solution)
    var finished = FinishedPlan(
      solution: printed, certificate: certificate(of: solution, gap: gap, whole: whole, printed: printed),
      status: PlanSearch.status(solution.status, gap))
    finished.notes += found.notes(assembled.problem)
    if let assumption = found.assumption { finished.assumptions.append(assumption) }
    if let oneWay { finished.notes.append(oneWay.warning(isExact: options.wholeNumbers == .exact, gap: gap)) }
    if let secondSolve, !secondSolve.isCheapest {
      if finished.status == .optimal { finished.status = .feasible }
      finished.notes.append(secondSolve.warning(currency: assembled.project.economy.currency))
    }
    if let fault = gap.fault(unit: finished.certificate.unit) { finished.notes.append(fault) }
    // Parts of one problem (stages, years) may say the same of one size.
    for one in PlanWarnings.derivedLimits(printed, assembled) where !finished.notes.contains(one) {
      finished.notes.append(one)
    }
    return finished
  }

  /// A plan among equals is sought outside the proof, so by whoever is quickest; HiGHS' vertices are cleaner where they come soon.
  private func tieSolver(_ problem: HourlyProblem) -> any Solver {
    solver.name == "highs" && isSmall(problem) ? solver : Structured()
  }

  /// Under `auto` HiGHS, where that ends soon.
  private func secondTieSolver(_ problem: HourlyProblem) -> (any Solver)? {
    isSmall(problem) ? (solver as? AutomaticSolver)?.second : nil
  }

  private func isSmall(_ problem: HourlyProblem) -> Bool {
    problem.steps * (problem.flows.count + problem.states.count) <= 200_000
  }

  private func unit(of size: Label) -> String {
    let component = assembled.project.components.first { $0.id == size.id }
    return component?.sizes.first { Label.Part($0.part) == size.part }?.unit ?? "kW"
  }

  private func goal(_ s: Solution) -> Double {
    assembled.problem.objectiveValue(flows: s.flows, contents: s.contents, capacities: s.capacities)
  }

  private func turnover(_ s: Solution) -> Double {
    assembled.problem.value(
      of: assembled.problem.objective, flows: s.flows, contents: s.contents, capacities: s.capacities
    ).largest
  }

  /// How a plan ended: cancelled or stopped as the solver says, best only where our own certificate says so.
  static func status(_ reported: Solution.Status, _ gap: Gap) -> Solution.Status {
    if gap.isContradiction { return .failed }
    switch reported {
    case .cancelled, .limit: return reported
    case .optimal, .feasible, .infeasible, .unbounded, .failed: return gap.isClosed ? .optimal : .feasible
    }
  }

  /// Value and bound of the goal per year, without dust, measured by what the goal turns over.
  private func certifiedGap(of solution: Solution) -> Gap {
    let years = assembled.problem.years
    let form = assembled.problem.objective
    // Where nothing costs anything the value is known without a solver.
    let isConstant =
      form.flows.values.allSatisfy(\.isZero) && form.states.values.allSatisfy(\.isZero)
      && form.capacities.values.allSatisfy { $0 == 0 }
    let bound = isConstant && solution.bound.isFinite ? min(solution.objective, form.constant) : solution.bound
    return Gap(
      value: Dust.cleaned(solution.objective / years, scale: scaleOfValue),
      bound: Dust.cleaned(bound / years, scale: scaleOfValue),
      turnover: scaleOfRatio(solution) ?? turnover(solution) / years)
  }

  /// What the value of a level of a ratio is measured by, so that its gap is that of the ratio: at the best level the value is zero, and
  /// what it lacks there, over the least exergy that enters, is what the ratio may be higher (`RatioSearch.note`). Nil for other goals.
  private func scaleOfRatio(_ solution: Solution) -> Double? {
    guard assembled.objective == .exergyEfficiency, let forms = assembled.exergy,
      let ratio = RatioSearch.ratio(solution, assembled, forms), ratio > 0, forms.used.constant > 0
    else { return nil }
    // A gap is measured by a millionth of what is turned over.
    return 1e6 * ratio * forms.used.constant / assembled.problem.years
  }

  /// - Parameters:
  ///   - whole: The plan with its dust: that is what satisfies the rows, and what residuals are measured on.
  ///   - printed: The plan without it.
  private func certificate(of solution: Solution, gap: Gap, whole: Solution, printed: Solution) -> Certificate {
    let problem = assembled.problem
    let years = problem.years
    func value(_ form: LinearForm) -> Double {
      problem.value(of: form, flows: printed.flows, contents: printed.contents, capacities: printed.capacities).sum
    }
    let residuals = problem.residuals(
      flows: whole.flows, contents: whole.contents, capacities: whole.capacities)
    let charges = problem.fixedCharges(capacities: printed.capacities)
    let currency = assembled.project.economy.currency
    let unit =
      switch assembled.objective {
      case .netPresentCost: currency + "/y"
      case .weighted: "1"
      case .co2: "kg/y"
      case .peakValleyDifference: "kW"
      case .outsideEnergy, .localEnergy, .exergyEfficiency: "kWh/y"
      }
    func money(_ amount: Double) -> Double { Dust.cleaned(amount, scale: assembled.scaleOfMoney) }
    return Certificate(
      objective: assembled.objective.rawValue, unit: unit, value: gap.value, bound: gap.bound, gap: gap.relative,
      cash: money((value(assembled.cash) + charges) / years), penalties: money(value(assembled.penalties) / years),
      tidiedValue: Dust.cleaned(
        (value(problem.objective) + assembled.chargeWeight * charges) / years, scale: scaleOfValue),
      largestResidual: residuals.largest, largestRelativeResidual: residuals.largestRelative,
      solver: solution.solver, message: solution.message, iterations: solution.iterations)
  }
}

extension Gap {
  /// What is said where a bound lies above the value that it is to bound; nil where it does not.
  package func fault(unit: String, of what: String = "the plan's value") -> Diagnostic? {
    guard isContradiction else { return nil }
    return Diagnostic(
      .error,
      "The proven least value of \(shortNumber(bound, digits: 9)) \(unit) lies above \(what) of \(shortNumber(value, digits: 9)) \(unit): one of the two is wrong.",
      advice: "Do not use these numbers; please report the project that gave them.")
  }
}

extension SecondSolve {
  /// What is said where the least cost at the best value is not proven.
  func warning(currency: String) -> Diagnostic {
    let cost = shortNumber(self.cost, digits: 6)
    return Diagnostic(
      .warning,
      gap.isFinite
        ? "The best value is proven, the least cost at it is not: this plan costs \(cost) \(currency)/y, the proven least is \(shortNumber(costBound, digits: 6)) \(currency)/y."
        : "The best value is proven, the least cost at it is not: the solve for it ended with '\(status.rawValue)', and plans as good as this one of \(cost) \(currency)/y may cost less.",
      advice: "'--solver auto' or '--solver highs' may get further.")
  }
}

extension OneWayReport {
  /// What ran both ways in the linear plan, and what that means for the plan shown.
  func warning(isExact: Bool, gap: Gap) -> Diagnostic {
    let names = steps.sorted { $0.key < $1.key }.map { "'\($0.key)' in \($0.value) steps" }.joined(separator: ", ")
    guard pays else {
      return Diagnostic(
        .note,
        "The linear plan runs both ways at once, for nothing: \(names). The plan shown runs one way in every step and is as good."
      )
    }
    let proof =
      gap.isClosed
      ? "the proof says that no plan does better."
      : gap.relative.isFinite
        ? "the bound is that of the linear plan, which no plan need reach: the gap is \(shortNumber(100 * gap.relative)) %."
        : "nothing is proven of it."
    return Diagnostic(
      .warning,
      "Burning energy by running both ways at once would pay: \(names). The plan runs one way in every step; \(proof)",
      advice: gap.isClosed || isExact
        ? "Look for a price below zero or a 'must_take'."
        : "Look for a price below zero or a 'must_take'; '--exact' seeks the best plan that runs one way.")
  }
}
