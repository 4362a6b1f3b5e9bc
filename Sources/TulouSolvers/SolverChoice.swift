public import TulouProblem

/// The solvers by the names that a user writes, and the rule behind `auto`.
package enum SolverChoice: String, Sendable, CaseIterable {
  /// `structured` for continuous problems, `highs` where whole numbers are asked for or the certified gap is too wide.
  case auto
  /// The hour-block interior point.
  case structured
  /// HiGHS, found at run time.
  case highs

  /// The structured solver, where this build has one.
  package static var builtInStructured: (any Solver)? { Structured() }

  /// The solver of this name.
  ///
  /// - Parameter highs: HiGHS, or why it is missing: the result of `HighsLibrary.open(path:)`.
  /// - Throws: The absence of HiGHS, where nothing else could solve.
  package func solver(highs: Result<Highs, HighsLibrary.Missing>) throws(HighsLibrary.Missing) -> any Solver {
    switch self {
    case .highs: return try highs.get()
    case .structured:
      if let structured = Self.builtInStructured { return structured }
      return try highs.get()
    case .auto:
      guard let structured = Self.builtInStructured else { return try highs.get() }
      return AutomaticSolver(structured: structured, highs: highs)
    }
  }
}

/// Structured for continuous problems, handed over to HiGHS where whole numbers are asked for, or where the certified
/// gap is above 1e-6; the message of the solution says when and why.
package struct AutomaticSolver: Solver {
  /// A wider certified gap than this hands over.
  package static let widestGap = 1e-6
  /// The same where a row holds a goal at its best (`YearlyRow.isHeld`): what is sought then is the price of a millionth of
  /// that goal, which is known to a few digits only.
  package static let widestHeldGap = 1e-5

  /// Its name among the solvers.
  package let name = "auto"
  /// Who is asked first.
  package let structured: any Solver
  private let highs: Result<Highs, HighsLibrary.Missing>
  /// Who is asked next; nil where it is not installed.
  package var second: (any Solver)? { try? highs.get() }

  /// The rule over two solvers.
  package init(structured: any Solver, highs: Result<Highs, HighsLibrary.Missing>) {
    self.structured = structured
    self.highs = highs
  }

  /// The plan, its bound and how the search went.
  package func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
    if options.integers, problem.asksForWholeNumbers { return handedOver(problem, options, reason: nil, first: nil) }
    let options = options.fixed
    let first = structured.solve(problem, options: options)
    switch first.status {
    case .optimal, .feasible:
      // A value below its own bound, or a limit that is broken, is a plan that does not hold: never shown.
      let residual = problem.residuals(
        flows: first.flows, contents: first.contents, capacities: first.capacities
      ).largestRelative
      let gap = problem.gap(of: first)
      if gap.isContradiction || residual > Self.widestGap {
        return handedOver(
          problem, options, reason: "the plan of \(structured.name) breaks a limit by \(residual) of its terms",
          first: nil)
      }
      let isHeld = problem.yearlyRows.contains(where: \.isHeld)
      if gap.relative <= (isHeld ? Self.widestHeldGap : Self.widestGap) { return first }
      return handedOver(
        problem, options, reason: "\(structured.name) certified a gap of \(gap.relative) only", first: first)
    // Where time ran out none is left for another solver.
    case .infeasible, .unbounded, .cancelled, .limit: return first
    case .failed:
      let why = first.message.isEmpty ? "\(structured.name) ended with '\(first.status.rawValue)'" : first.message
      return handedOver(problem, options, reason: why, first: first)
    }
  }

  private func handedOver(
    _ problem: HourlyProblem, _ options: SolveOptions, reason: String?, first: Solution?
  ) -> Solution {
    switch highs {
    case .success(let highs):
      var rest = options
      rest.timeLimit = max(0, options.timeLimit - (first?.seconds ?? 0))
      var second = highs.solve(problem, options: rest)
      second.seconds += first?.seconds ?? 0
      if let reason {
        let limit = rest.timeLimit.isFinite ? " (time limit \(rest.timeLimit) s)" : ""
        second.message = ["Handed over to highs\(limit): \(reason).", second.message].filter { !$0.isEmpty }
          .joined(separator: " ")
      }
      // A plan with a wide gap is worth more than none, and than one with a wider gap.
      guard let first, first.hasPlan, second.status != .infeasible else { return second }
      let before = problem.gap(of: first).relative
      if !second.hasPlan || problem.gap(of: second).relative > before {
        var kept = first
        kept.bound = max(kept.bound, second.hasPlan ? second.bound : -.infinity)
        kept.message = second.message + (second.hasPlan ? " The plan of \(structured.name) was the better one." : "")
        kept.seconds = second.seconds
        return kept
      }
      var better = second
      better.bound = max(second.bound, first.bound)
      return better
    case .failure(let missing):
      var solution = first ?? Solution(status: .failed, solver: name)
      solution.message = [reason.map { $0 + "." }, missing.message].compactMap { $0 }.joined(separator: " ")
      return solution
    }
  }
}

extension HourlyProblem {
  /// Whether anything in the problem needs whole numbers: sizes in units or from a list, fixed charges, units committed,
  /// flows that exclude each other.
  public var asksForWholeNumbers: Bool {
    !exclusions.isEmpty || flows.contains { $0.multipleOf != nil }
      || capacities.contains { $0.choice != .continuous || $0.fixedCharge > 0 }
  }
}
