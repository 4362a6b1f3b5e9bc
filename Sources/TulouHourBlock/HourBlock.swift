public import TulouProblem

/// The structured interior point for sizing with full hourly dispatch: cost linear in the number of hours.
///
/// Method, constants and measurements: Documentation/methods/structured-solver.md.
public enum HourBlock {
  /// Name in solutions and messages.
  public static let name = "structured"

  /// Why this solver does not take a problem, in a sentence; nil if it does.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - options: With `integers` set, integer marks, fixed charges and exclusions are refused, else they are relaxed.
  public static func cannotSolve(_ problem: HourlyProblem, options: SolveOptions = SolveOptions()) -> String? {
    problem.faults().first ?? refusal(problem, options, provedRanges(problem).ranges)
  }

  /// Ranges for compiling and for the bound. Where rows leave a flow open that costs something, plans dearer than a
  /// generous cost are left out; the plan found must then cost no more (`costLimit`).
  static func provedRanges(_ problem: HourlyProblem) -> (ranges: ImpliedRanges, costLimit: Double) {
    let plain = problem.impliedRanges()
    let isOpen =
      plain.flowUpper.contains { $0.contains(.infinity) } || plain.contentUpper.contains { $0.contains(.infinity) }
    guard isOpen, let cost = problem.generousCost(plain) else { return (plain, .infinity) }
    return (problem.impliedRanges(costAtMost: cost), cost)
  }

  static func refusal(_ problem: HourlyProblem, _ options: SolveOptions, _ ranges: ImpliedRanges) -> String? {
    if options.integers {
      if let flow = problem.flows.first(where: { $0.multipleOf != nil }) {
        return "\(flow.label.words) comes in whole units; this solver has no integers."
      }
      if let capacity = problem.capacities.first(where: { $0.choice != .continuous || $0.fixedCharge > 0 }) {
        return "\(capacity.label.words) comes in given sizes or with a fixed charge; this solver has no integers."
      }
      if let pair = problem.exclusions.first {
        return
          "\(problem.flows[pair.first].label.words) and \(problem.flows[pair.second].label.words) exclude each other; "
          + "this solver has no integers."
      }
    }
    for (j, flow) in problem.flows.enumerated() where ranges.flowUpper[j].contains(.infinity) {
      return "\(flow.label.words) has no upper bound and none follows from the rows, so no plan could be certified."
    }
    for (s, state) in problem.states.enumerated() where ranges.contentUpper[s].contains(.infinity) {
      return "\(state.label.words) has no upper bound, so no plan could be certified."
    }
    return nil
  }

  /// Solves a problem; integer marks and exclusions are relaxed unless asked for, and refused then.
  ///
  /// - Returns: A plan with multipliers, proven bound and gap; `status` is `optimal` only if the gap, computed from the
  ///   multipliers on the unscaled problem, is within `options.tolerance`. The result does not depend on
  ///   `options.threads`.
  /// - Complexity: O(steps) in time and memory for a given set of flows, states and capacities.
  public static func solve(_ problem: HourlyProblem, options: SolveOptions = SolveOptions()) -> Solution {
    var run = HourBlockRun(problem: problem, options: options)
    return run.solve()
  }

  /// Solves independent problems side by side, as coalitions or windows ask for, each on one of `options.threads` threads.
  ///
  /// - Returns: The solutions in the order of the problems, the same as one by one.
  public static func solve(_ problems: [HourlyProblem], options: SolveOptions = SolveOptions()) -> [Solution] {
    var own = options
    own.threads = 1
    let each = own
    let results = UncheckedResults(count: problems.count)
    Workers(threads: options.threads, groups: problems.count).run(problems.count) { i in
      results.pointer[i] = solve(problems[i], options: each)
    }
    return results.solutions
  }
}

/// Places for the solutions of many problems; each is written by one thread, once.
private final class UncheckedResults: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Solution>
  private let count: Int

  init(count: Int) {
    self.count = count
    pointer = .allocate(capacity: max(1, count))
    pointer.initialize(repeating: Solution(status: .failed, solver: HourBlock.name), count: count)
  }

  var solutions: [Solution] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  deinit {
    pointer.deinitialize(count: count)
    pointer.deallocate()
  }
}
