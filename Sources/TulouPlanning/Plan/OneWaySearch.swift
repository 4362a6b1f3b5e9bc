import TulouProblem
import TulouSolvers

/// What was done where prices would pay for running something both ways at once (rule M16).
package struct OneWayReport: Sendable, Equatable {
  /// How directions were found.
  package enum Method: String, Sendable {
    /// One 0/1 a step where it matters, by branching.
    case branching
    /// The way that the linear plan leans to, then ways turned over as long as that saves.
    case rounding
  }
  /// How directions were found.
  package var method: Method
  /// Ids of storages, links, markets and fleets that the linear plan runs both ways, and in how many steps.
  package var steps: [String: Int]
  /// Steps in which a direction was decided, all pairs together.
  package var decided: Int
  /// Whether the linear plan gains by running both ways; otherwise one that does not is as good, and it did so for nothing.
  package var pays = true
}

/// A plan in which no storage, link or meter runs both ways in a step, where the linear plan does: energy is worth less than
/// nothing there, so burning it in circles would pay.
///
/// The linear plan stays the bound. Directions are decided only where that matters: in steps that the last plan runs both ways,
/// and those in which the multipliers say that a circle would pay.
struct OneWaySearch {
  /// The problem with its whole numbers.
  let problem: HourlyProblem
  /// The continuous problem whose solution is looked at: whole numbers decided, or none.
  let design: HourlyProblem
  let cash: LinearForm
  let solver: any Solver
  let options: PlanOptions
  /// A plan that runs one way and keeps every row, where one is known: that of the goal which a row holds at its best.
  var known: Solution?
  private(set) var report: OneWayReport?
  /// The problem of the plan found, with the directions that were decided among its exclusions.
  private(set) var settled: HourlyProblem?
  /// These directions alone.
  private(set) var directions: [Exclusion] = []
  private let began = ContinuousClock.now

  /// More columns than this are not branched on unless that is asked for: a node takes seconds there.
  private static let mostColumns = 60_000
  /// More directions than this likewise.
  private static let mostDirections = 400
  /// Linear solves that turning ways over may take.
  private static let mostTurns = 16

  init(problem: HourlyProblem, design: HourlyProblem, cash: LinearForm, solver: any Solver, options: PlanOptions) {
    self.problem = problem
    self.design = design
    self.cash = cash
    self.solver = solver
    self.options = options
  }

  /// The plan that runs one way; nil where `first` does already, once circles that cost nothing are netted.
  mutating func search(from first: Solution) -> Solution? {
    let breaches = breaches(of: first, in: design)
    guard breaches.contains(where: { $0.contains(true) }) else { return nil }
    var active = breaches
    mark(&active, where: first)
    let isExact = options.wholeNumbers == .exact
    let isSmall =
      design.steps * (design.flows.count + design.states.count) <= Self.mostColumns
      && Self.count(active) <= Self.mostDirections
    var found: Solution?
    if isExact {
      found = branched(problem, active)
      if let found, found.hasPlan || found.status == .infeasible || found.status == .cancelled {
        return finished(found, first, breaches, .branching)
      }
      // Nobody to branch, or no time: a plan with an honest gap is worth more than none.
      found = rounded(first, breaches) ?? roundedAsKnown(first, breaches)
    } else {
      found = rounded(first, breaches) ?? roundedAsKnown(first, breaches)
      if isSmall || found == nil {
        var other = branched(design, active)
        // That the whole numbers decided before leave no plan says nothing of others.
        if isRestricted, other?.status == .infeasible { other?.status = .failed }
        if let other, other.status == .infeasible, found == nil { return finished(other, first, breaches, .branching) }
        if let other, other.hasPlan, other.objective < found?.objective ?? .infinity {
          return finished(other, first, breaches, .branching)
        }
      }
    }
    return finished(found, first, breaches, .rounding)
  }

  /// The result with the better of the bounds; without a plan, why.
  private mutating func finished(
    _ found: Solution?, _ first: Solution, _ breaches: [[Bool]], _ method: OneWayReport.Method
  ) -> Solution {
    var steps: [String: Int] = [:]
    for (pair, isBoth) in zip(problem.opposed, breaches) {
      let hours = isBoth.count { $0 }
      guard hours > 0 else { continue }
      let ids = [problem.flows[pair.first].label.id, problem.flows[pair.second].label.id]
      steps[Set(ids).sorted().joined(separator: " with "), default: 0] += hours
    }
    report = OneWayReport(method: method, steps: steps, decided: decided)
    guard var solution = found, solution.hasPlan else {
      let isLate = isOutOfTime || remaining <= 0
      var none = found ?? Solution(status: isLate ? .limit : .failed, solver: first.solver)
      // The linear plan bounds those that were not found, too.
      if none.status != .infeasible { none.bound = first.bound }
      let names = steps.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
      none.message =
        "A plan in which \(names) may charge and discharge, or lead both ways, in one step exists; "
        + (none.status == .infeasible
          ? "one in which they run one way does not: energy has to go that no one can take. Let its bus spill ('spill: true'), or take a 'must_take' away."
          : none.status == .limit
            ? "one in which they run one way was not found within the time. Give more (--time-limit), or let the bus spill ('spill: true')."
            : "one in which they run one way was not found. Let the bus spill ('spill: true'), or ask '--exact'.")
      return none
    }
    let gains = pays(solution, first.bound)
    report?.pays = gains
    // What is proven of directions under whole numbers that were decided before bounds no plan with others.
    solution.bound = method == .rounding || isRestricted ? first.bound : max(first.bound, solution.bound)
    directions = method == .branching ? branchedOn : roundedOn
    settled = method == .branching && options.wholeNumbers == .exact ? problem : design
    settled?.exclusions += directions
    if solution.status != .cancelled {
      solution.status = problem.gap(of: solution).isClosed ? .optimal : .feasible
    }
    return solution
  }

  /// Whether a plan that runs one way is worse than the linear plan may be.
  private func pays(_ solution: Solution, _ bound: Double) -> Bool {
    var relaxed = solution
    relaxed.bound = bound
    let isHeld = problem.yearlyRows.contains(where: \.isHeld)
    return problem.gap(of: relaxed).relative > (isHeld ? AutomaticSolver.widestHeldGap : Gap.closed)
  }

  /// Whether the continuous problem has sizes or sides of meters that rounding decided, so that it leaves out plans of the problem.
  private var isRestricted: Bool { options.wholeNumbers == .rounding && problem.asksForWholeNumbers }

  private var decided = 0
  /// Whether a solve of directions ended for want of time.
  private var isOutOfTime = false
  private var branchedOn: [Exclusion] = []
  private var roundedOn: [Exclusion] = []
  private var remaining: Double { options.solve.timeLimit - (ContinuousClock.now - began) / .seconds(1) }

  // MARK: Where it matters

  /// Steps in which each pair still runs both ways once circles that cost nothing are netted.
  private func breaches(of solution: Solution, in problem: HourlyProblem) -> [[Bool]] {
    let tidied = Tidying(problem: problem, cash: cash).tidied(solution)
    return problem.opposed.map { pair in
      let first = tidied.flows[pair.first], second = tidied.flows[pair.second]
      // What is below this is the solver's tolerance.
      let least = 1e-7 * max(first.max() ?? 0, second.max() ?? 0) + 1e-9
      return first.indices.map { min(first[$0], second[$0]) > least }
    }
  }

  /// Adds the steps in which, by the multipliers, less of a pair would not be worth what it leaves over.
  private func mark(_ active: inout [[Bool]], where solution: Solution) {
    guard let multipliers = solution.multipliers, multipliers.rows.count == design.rows.count else { return }
    for (p, pair) in design.opposed.enumerated() where active[p].contains(true) {
      let rows = Set((design.flows[pair.first].rowTerms + design.flows[pair.second].rowTerms).map(\.row))
        .filter { design.rows[$0].label.role == .balance }
      for t in 0..<design.steps where rows.contains(where: { multipliers.rows[$0][t] < 0 }) { active[p][t] = true }
    }
  }

  private static func count(_ active: [[Bool]]) -> Int { active.reduce(0) { $0 + $1.count { $0 } } }

  // MARK: Branching

  /// Branches on the directions of `active`, and of whatever the plan found then runs both ways.
  private mutating func branched(_ problem: HourlyProblem, _ first: [[Bool]]) -> Solution? {
    var active = first
    for round in 0..<10 {
      if round == 9 {
        // Enough of adding a few: all steps of what still runs both ways.
        for p in active.indices where active[p] != first[p] { active[p] = active[p].map { _ in true } }
      }
      var whole = problem
      for (pair, steps) in zip(problem.opposed, active) where steps.contains(true) {
        whole.exclusions.append(Exclusion(pair.first, pair.second, steps: steps))
      }
      decided = max(decided, Self.count(active))
      var asked = options.solve
      asked.integers = true
      asked.timeLimit = remaining
      if options.wholeNumbers != .exact {
        asked.tolerance = max(asked.tolerance, 1e-4)
        asked.nodeLimit = 500
      }
      let solution = solver.solve(whole, options: asked)
      if solution.status == .limit, !solution.hasPlan { isOutOfTime = true }
      guard solution.hasPlan else { return solution.status == .failed ? nil : solution }
      let left = breaches(of: solution, in: whole)
      guard left.contains(where: { $0.contains(true) }) else {
        branchedOn = Array(whole.exclusions.dropFirst(problem.exclusions.count))
        return solution
      }
      var grew = false
      for p in active.indices {
        for t in active[p].indices where left[p][t] && !active[p][t] {
          active[p][t] = true
          grew = true
        }
      }
      if !grew || options.solve.isCancelled() || remaining <= 0 { return nil }
    }
    return nil
  }

  // MARK: Rounding

  /// Which of a pair is shut in a step.
  private enum Side: UInt8 { case open, firstShut, secondShut }

  /// Shuts the way that the plan leans against wherever it runs both ways, until none does; then turns ways over as long as
  /// that saves.
  ///
  /// - Parameter guide: Whose directions are taken; nil: those of the last plan found.
  private mutating func rounded(
    _ first: Solution, _ breaches: [[Bool]], as guide: Solution? = nil
  ) -> Solution? {
    var sides = design.opposed.map { _ in [Side](repeating: .open, count: design.steps) }
    var solution = first
    var left = breaches
    for round in 0..<12 {
      for (p, pair) in design.opposed.enumerated() {
        for t in 0..<design.steps where left[p][t] && sides[p][t] == .open {
          sides[p][t] = leans(pair, guide ?? solution, t) ? .secondShut : .firstShut
        }
        // Steps are added a few at a time at first, then every one that leans at all.
        guard round >= 8, left[p].contains(true) else { continue }
        for t in 0..<design.steps where sides[p][t] == .open {
          sides[p][t] = leans(pair, guide ?? solution, t) ? .secondShut : .firstShut
        }
      }
      solution = dispatched(sides)
      if solution.status == .limit, !solution.hasPlan { isOutOfTime = true }
      guard solution.hasPlan, remaining > 0, !options.solve.isCancelled() else { return nil }
      left = self.breaches(of: solution, in: design)
      if !left.contains(where: { $0.contains(true) }) { break }
    }
    guard !left.contains(where: { $0.contains(true) }) else { return nil }
    decided = sides.reduce(0) { $0 + $1.count { $0 != .open } }
    roundedOn = zip(design.opposed, sides).filter { $1.contains { $0 != .open } }.map { pair, side in
      Exclusion(pair.first, pair.second, steps: side.map { $0 != .open })
    }
    return turned(sides, solution)
  }

  /// The same with the directions of the plan that is known. A row that holds a goal at its best has hardly any room: the ways that
  /// the cheaper linear plan leans to may break it, those of the known plan do not.
  private mutating func roundedAsKnown(_ first: Solution, _ breaches: [[Bool]]) -> Solution? {
    guard let known, remaining > 0, !options.solve.isCancelled() else { return nil }
    return rounded(first, breaches, as: known)
  }

  /// Whether the first of a pair outweighs the second: content rises, or energy flows that way on the whole.
  private func leans(_ pair: Exclusion, _ solution: Solution, _ t: Int) -> Bool {
    let x = solution.flows[pair.first][t], y = solution.flows[pair.second][t]
    guard let gain = design.flows[pair.first].stateTerms.first?.gain[t],
      let drain = design.flows[pair.second].stateTerms.first?.gain[t]
    else { return x >= y }
    return gain * x + drain * y >= 0
  }

  private func dispatched(_ sides: [[Side]]) -> Solution {
    var shut = design
    for (pair, side) in zip(design.opposed, sides) {
      shut = shut.shutting(flow: pair.first, in: side.map { $0 == .firstShut })
      shut = shut.shutting(flow: pair.second, in: side.map { $0 == .secondShut })
    }
    var asked = options.solve
    asked.timeLimit = remaining
    return solver.solve(shut, options: asked)
  }

  /// Turns ways over where the shut one would save by its reduced cost: first where the open one rests, which can never be
  /// dearer, then where it does least.
  private func turned(_ first: [[Side]], _ solution: Solution) -> Solution {
    var sides = first
    var best = solution
    var share = 0.0
    for _ in 0..<Self.mostTurns where remaining > 0 && !options.solve.isCancelled() {
      let candidates = candidates(sides, best)
      guard !candidates.isEmpty else { break }
      let resting = candidates.filter { $0.loss <= 1e-9 }
      let chosen =
        share == 0 ? resting : Array(candidates.prefix(max(1, Int(Double(candidates.count) * share))))
      if !chosen.isEmpty {
        var other = sides
        for one in chosen {
          other[one.pair][one.step] = other[one.pair][one.step] == .firstShut ? .secondShut : .firstShut
        }
        let found = dispatched(other)
        if found.hasPlan, found.objective < best.objective - 1e-9 * abs(best.objective),
          !breaches(of: found, in: design).contains(where: { $0.contains(true) })
        {
          best = found
          sides = other
          share = 0
          continue
        }
      }
      if share > 0, share * Double(candidates.count) < 1 { break }
      share = share == 0 ? 0.5 : share / 2
    }
    return best
  }

  /// Ways whose opposite would save, those that do least first.
  private func candidates(_ sides: [[Side]], _ solution: Solution) -> [(pair: Int, step: Int, loss: Double)] {
    guard let multipliers = solution.multipliers else { return [] }
    var found: [(pair: Int, step: Int, loss: Double)] = []
    for (p, pair) in design.opposed.enumerated() where sides[p].contains(where: { $0 != .open }) {
      let first = design.reducedCosts(ofFlow: pair.first, multipliers)
      let second = design.reducedCosts(ofFlow: pair.second, multipliers)
      let scale = 1e-6 * max(first.map { abs($0) }.max() ?? 0, second.map { abs($0) }.max() ?? 0)
      for t in 0..<design.steps where sides[p][t] != .open {
        let isFirst = sides[p][t] == .firstShut
        guard (isFirst ? first[t] : second[t]) < -scale else { continue }
        found.append((p, t, solution.flows[isFirst ? pair.second : pair.first][t]))
      }
    }
    return found.sorted { ($0.loss, $0.pair, $0.step) < ($1.loss, $1.pair, $1.step) }
  }
}
