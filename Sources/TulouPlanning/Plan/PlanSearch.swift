package import TulouAssembly
package import TulouProblem
import TulouProject
package import TulouSolvers
import TulouTechnologies

/// The solves behind one plan: linear, rounded, exact, and the second one for objectives other than cost.
package struct PlanSearch {
  let assembled: Assembled
  let options: PlanOptions
  let solver: any Solver
  package var integers: IntegerReport?
  package var secondSolve: SecondSolve?
  /// What was done where the linear plan ran something both ways; nil where it did not.
  var oneWay: OneWayReport?
  /// The directions that were decided there.
  private(set) var directions: [Exclusion] = []
  /// What the value is measured by where it may be zero, which says nothing of the sums behind it [unit of the value per year].
  var scaleOfValue = 0.0
  package var seconds = 0.0
  /// The continuous problem of the last solve: whole numbers decided, or none.
  var design: HourlyProblem?

  package init(assembled: Assembled, options: PlanOptions, solver: any Solver) {
    self.assembled = assembled
    self.options = options
    self.solver = solver
  }

  /// Solves with the whole numbers that the problem asks for, in the way that the caller wants them. In the plan no storage,
  /// link or meter runs both ways in a step, but for circles that `finish` nets without cost (rule M16).
  ///
  /// - Parameter known: A plan that runs one way and keeps every row, where one is known already.
  package mutating func solve(_ problem: HourlyProblem, known: Solution? = nil) -> Solution {
    (oneWay, directions) = (nil, [])
    let first = solved(problem)
    guard first.hasPlan, !problem.opposed.isEmpty, let design else { return first }
    var search = OneWaySearch(
      problem: problem, design: design, cash: assembled.cash, solver: solver, options: options)
    search.known = known
    let clock = ContinuousClock()
    let begin = clock.now
    guard let solution = search.search(from: first) else { return first }
    seconds += (clock.now - begin) / .seconds(1)
    oneWay = search.report
    self.design = search.settled ?? design
    directions = search.directions
    return solution
  }

  private mutating func solved(_ problem: HourlyProblem) -> Solution {
    guard problem.asksForWholeNumbers, options.wholeNumbers != .relaxed else {
      let relaxed = problem.withoutWholeNumbers()
      design = relaxed
      let solution = solver.solve(relaxed, options: options.solve)
      seconds += solution.seconds
      return solution
    }
    // A machine whose commitment is asked for exactly is never rounded: its hours would be wrong.
    let isExact =
      options.wholeNumbers == .exact
      || problem.flows.contains { $0.multipleOf != nil && !$0.countsFailingHours }
    return isExact ? exact(problem) : rounded(problem)
  }

  private mutating func exact(_ problem: HourlyProblem) -> Solution {
    var asked = options.solve
    asked.integers = true
    let solution = solver.solve(problem, options: asked)
    seconds += solution.seconds
    design = problem
    integers = IntegerReport(
      method: .exact, relaxedValue: .nan, bound: solution.bound / problem.years, relaxedSizes: [:], designs: 1,
      isLocalOptimum: solution.status == .optimal, seconds: solution.seconds)
    return solution
  }

  private mutating func rounded(_ problem: HourlyProblem) -> Solution {
    var rounding = Rounding(problem: problem, solver: solver, options: options, settle: assembled.settled)
    let solution = rounding.search()
    design = rounding.design
    seconds += rounding.seconds
    integers = rounding.report
    return solution
  }

  /// Least cost within 1e-6 of the best value of another objective (rule M14).
  ///
  /// Sizes that are whole numbers keep those of the first solve unless they are sought exactly.
  package mutating func leastCost(at first: Solution) -> (Solution, HourlyProblem) {
    var problem = assembled.problem
    let best = first.objective
    // The amount may be zero: then the least that counts is a millionth of all demand.
    // A tenth is kept back, so that the solver's own tolerance stays within the millionth.
    // At the best level of a ratio the amount is zero, and a millionth of the ratio is one of what enters.
    let least =
      switch assembled.objective {
      case .weighted: 1e-9
      case .peakValleyDifference: 1e-3 * assembled.years
      case .exergyEfficiency: max(assembled.exergy?.used.constant ?? 0, 1)
      case .netPresentCost, .co2, .outsideEnergy, .localEnergy: 1e-6 * max(assembled.demand, 1)
      }
    let slack = 0.9e-6 * max(abs(best), least)
    var form = problem.objective
    let constant = form.constant
    form.constant = 0
    problem.yearlyRows.append(
      YearlyRow(
        Label(assembled.objective.rawValue, .limit, part: .best), form, upper: best + slack - constant, isHeld: true))
    problem.objective = assembled.cash
    problem.objective.add(assembled.penalties)
    let firstIntegers = integers
    let firstWay = oneWay
    let firstDesign = (design, directions)
    var second = solve(problem, known: first)
    integers = integers ?? firstIntegers
    oneWay = oneWay ?? firstWay
    // What both plans cost; the better of the two is shown.
    func cost(_ s: Solution) -> Double {
      problem.objectiveValue(flows: s.flows, contents: s.contents, capacities: s.capacities)
        + problem.fixedCharges(capacities: s.capacities)
    }
    var gap = Gap(value: second.hasPlan ? cost(second) : cost(first), bound: second.bound)
    if second.hasPlan {
      gap = Gap(
        value: gap.value, bound: second.bound,
        turnover: problem.value(
          of: problem.objective, flows: second.flows, contents: second.contents, capacities: second.capacities
        ).largest)
    }
    let isBetter = second.hasPlan && cost(second) <= cost(first)
    secondSolve = SecondSolve(
      best: best / problem.years, allowed: (best + slack) / problem.years, bound: first.bound / problem.years,
      cost: (isBetter ? cost(second) : cost(first)) / problem.years, costBound: second.bound / problem.years,
      gap: gap.relative, status: second.status, message: second.message)
    guard isBetter else {
      (design, directions) = firstDesign
      return (first, assembled.problem)
    }
    // The certificate is that of the objective asked for.
    second.objective = assembled.problem.objectiveValue(
      flows: second.flows, contents: second.contents, capacities: second.capacities)
    second.bound = first.bound
    // The second solve's own end is that of the cost.
    second.status = first.status
    second.message = first.message
    return (second, problem)
  }
}

extension Assembled {
  /// What the value of the goal asked for is measured by: all demand, where it is an energy or what energy emits; where it is
  /// money, that demand bought where it is cheapest.
  var scaleOfGoal: Double {
    switch objective {
    case .co2, .outsideEnergy, .localEnergy, .exergyEfficiency: return demand / years
    case .netPresentCost: return scaleOfMoney
    case .weighted: return 0
    case .peakValleyDifference: return demand / max(years, 1e-300) / 8760
    }
  }

  /// What money of a year is measured by: all demand bought where it is cheapest; where nothing that is bought costs anything, made
  /// by the cheapest of what does, or its mean power built of it.
  var scaleOfMoney: Double {
    func dearest(_ price: Profile) -> Double { max(abs(price.maximum), abs(price.minimum)) }
    func cheapest(_ isCounted: (Label.Role) -> Bool) -> Double? {
      cash.flows.compactMap { j, price in
        let dearest = dearest(price)
        return dearest > 0 && isCounted(problem.flows[j].label.role) ? dearest : nil
      }.min()
    }
    if let price = cheapest({ $0 == .purchase }) ?? cheapest({ _ in true }) { return price * demand / years }
    let hours = max(problem.weight.reduce(0, +) * problem.stepHours, 1e-9)
    let sizes = cash.capacities.values.compactMap { $0 == 0 ? nil : abs($0) }
    return (sizes.min() ?? 0) / years * demand / hours
  }

  /// Sources and markets of class N.
  var outsideIds: Set<String> {
    var ids = Set(project.markets.filter(\.energyClass.isOutside).map(\.id))
    for component in project.components {
      guard case .source(let source) = component.block, source.energyClass.isOutside else { continue }
      ids.insert(component.id)
    }
    return ids
  }
}

extension HourlyProblem {
  /// The linear relaxation: sizes and commitment continuous, exclusions dropped, a fixed charge spread over the
  /// greatest size. Its least value is no higher than that of the problem.
  package func withoutWholeNumbers() -> HourlyProblem {
    guard asksForWholeNumbers else { return self }
    var relaxed = self
    relaxed.exclusions = []
    for j in relaxed.flows.indices { relaxed.flows[j].multipleOf = nil }
    for k in relaxed.capacities.indices {
      let capacity = relaxed.capacities[k]
      relaxed.capacities[k].choice = .continuous
      let room = capacity.upper - capacity.existing
      if capacity.fixedCharge > 0, capacity.isBuiltAnyway {
        relaxed.objective.constant += capacity.fixedCharge
      } else if capacity.fixedCharge > 0, room > 0 {
        relaxed.objective.add(capacity: k, capacity.fixedCharge / room)
        relaxed.objective.constant -= capacity.fixedCharge / room * capacity.existing
      }
      relaxed.capacities[k].fixedCharge = 0
    }
    return relaxed
  }
}

extension HourlyProblem {
  /// The continuous problem in which whole sizes are those of `solution`, and of flows that exclude each other the lesser is
  /// shut; nil where machines are committed in whole units, which no bound holds.
  func decided(as solution: Solution) -> HourlyProblem? {
    guard asksForWholeNumbers else { return self }
    guard !flows.contains(where: { $0.multipleOf != nil && !$0.countsFailingHours }) else { return nil }
    var fixed = self
    for hours in FailingHours.all(in: self) { fixed = hours.decided(in: fixed, by: solution) }
    for k in capacities.indices {
      let capacity = capacities[k]
      let total = solution.capacities[k]
      let isNew = total > capacity.existing + 1e-9 * (1 + capacity.existing)
      if capacity.fixedCharge > 0 {
        if isNew {
          fixed.objective.constant += capacity.fixedCharge
        } else {
          fixed.capacities[k].upper = max(capacity.existing, capacity.lower)
        }
        fixed.capacities[k].fixedCharge = 0
      }
      guard capacity.choice != .continuous else { continue }
      fixed.capacities[k].choice = .continuous
      fixed.capacities[k].lower = total
      fixed.capacities[k].upper = total
    }
    for exclusion in exclusions {
      let first = solution.flows[exclusion.first], second = solution.flows[exclusion.second]
      func isShut(_ closes: (Int) -> Bool) -> [Bool] {
        (0..<steps).map { (exclusion.steps?[$0] ?? true) && closes($0) }
      }
      fixed = fixed.shutting(flow: exclusion.first, in: isShut { first[$0] < second[$0] })
      fixed = fixed.shutting(flow: exclusion.second, in: isShut { first[$0] >= second[$0] })
    }
    fixed.exclusions = []
    return fixed
  }
}

extension Capacity {
  /// Whether its least size leaves no choice but to build something new, so that its fixed charge is a constant.
  var isBuiltAnyway: Bool { lower > existing + 1e-9 * (1 + existing) }
}
