import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Hours that may fail under a limit on their number, decided by rounding.
///
/// A linear plan spreads the hours that may fail over parts of many. Those in which it leaves the greatest part of what may be shed
/// unserved stay open, as many as the limit allows; in all others everything is served.
struct FailingHours {
  /// The flow that is one in an hour that fails.
  let flow: Int
  /// Weighted hours that may fail over the horizon [h].
  let allowed: Double

  /// Every limit of the kind in a problem: one a stage.
  static func all(in problem: HourlyProblem) -> [FailingHours] {
    problem.flows.indices.compactMap { j in
      guard problem.flows[j].countsFailingHours else { return nil }
      let row = problem.yearlyRows.first { $0.form.flows[j] != nil && $0.upper.isFinite }
      return FailingHours(flow: j, allowed: row?.upper ?? .infinity)
    }
  }

  /// The problem in which the hours that fail are decided by a plan with parts of hours.
  func decided(in problem: HourlyProblem, by relaxed: Solution) -> HourlyProblem {
    let parts = relaxed.flows[flow]
    let order = parts.indices.sorted { parts[$0] == parts[$1] ? $0 < $1 : parts[$0] > parts[$1] }
    var isShut = [Bool](repeating: true, count: parts.count)
    var left = allowed * (1 + 1e-9)
    for t in order where parts[t] > 1e-9 {
      let hours = problem.weight[t] * problem.stepHours
      guard hours <= left else { continue }
      left -= hours
      isShut[t] = false
    }
    var fixed = problem.shutting(flow: flow, in: isShut)
    fixed.flows[flow].multipleOf = nil
    return fixed
  }

  /// Share of the hours in which something may be shed that a plan leaves not fully served [-], measured on what is unserved.
  static func share(of plan: Plan, flow: Int) -> Double {
    let problem = plan.problem
    guard let term = problem.flows[flow].rowTerms.first else { return 0 }
    let missing = problem.flows.indices.filter { j in
      j != flow && problem.flows[j].rowTerms.contains { $0.row == term.row }
    }
    var failed = 0.0, all = 0.0
    for t in 0..<problem.steps {
      let most = abs(term.coefficient[t]), hours = problem.weight[t] * problem.stepHours
      guard most > 0 else { continue }
      all += hours
      let sum = missing.reduce(0) { $0 + plan.solution.flows[$1][t] }
      if Dust.cleaned(sum, scale: max(most, 1e-3)) > 0 { failed += hours }
    }
    return all > 0 ? failed / all : 0
  }
}

extension Flow {
  /// Whether it is one in an hour that fails under the limit on unserved hours.
  var countsFailingHours: Bool { label.id == LimitKey.unservedHours.name && label.role == .auxiliary }
}

extension HourlyProblem {
  /// Whether hours that fail are all that has to be whole.
  var wholeNumbersAreHours: Bool {
    var rest = self
    for j in rest.flows.indices where rest.flows[j].countsFailingHours { rest.flows[j].multipleOf = nil }
    return asksForWholeNumbers && !rest.asksForWholeNumbers
  }
}
