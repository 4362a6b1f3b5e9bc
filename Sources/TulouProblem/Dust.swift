/// The one rule against what solvers leave behind: a number below a millionth of its scale is zero.
///
/// | number | its scale |
/// |---|---|
/// | size | the largest size of its unit, or flow, in the plan, but no more than its own greatest total |
/// | size of a content | what passes the buses in a day at most, but no more than its own greatest total |
/// | flow | the largest flow, or demand, at its buses (of a bus that only dust passes: of all buses), but no more than its own limit at the sizes of the plan |
/// | content | its own greatest content at the sizes of the plan |
/// | share | one |
/// | energy, money, mass of a year | the largest of its kind in the same account |
///
/// Sizes and flows that are dust in every step are zero before anything is counted on a plan. The residual that is printed is that
/// of the plan before: zero in place of a millionth is a rounding of what is shown, no property of what was solved. Single hours are zero where hours are written, after all sums are made.
package enum Dust {
  /// A millionth.
  package static let share = 1e-6
  /// What sums of many numbers leave of zero, as a share of their largest: far below what any solver leaves, so that it may be taken out
  /// of payments too, which have to add up.
  package static let rounding = 1e-12

  /// The number, or zero where it is dust.
  package static func cleaned(_ value: Double, scale: Double) -> Double {
    abs(value) < share * abs(scale) ? 0 : value
  }

  /// A part as a share of a base; nil where the base is dust: a percentage of nothing is none.
  ///
  /// - Parameter scale: What the base is measured by, beside the part itself.
  package static func ratio(_ part: Double, of base: Double, scale: Double = 0) -> Double? {
    guard part.isFinite, base.isFinite, base != 0, cleaned(base, scale: max(abs(scale), abs(part))) != 0 else {
      return nil
    }
    return part / base
  }

  /// The number, or zero where it is no more than rounding leaves.
  package static func unrounded(_ value: Double, scale: Double) -> Double {
    abs(value) < rounding * abs(scale) ? 0 : value
  }
}

/// Scales of the flows and contents of a solution.
private struct DustScales {
  var flows: [Double]
  var contents: [Double]

  /// What passes each bus at most; zero for other rows.
  static func bus(_ problem: HourlyProblem, _ solution: Solution) -> [Double] {
    var bus = problem.rows.map { row -> Double in
      guard row.label.role == .balance else { return 0 }
      return max(abs(row.lower.maximum), abs(row.lower.minimum))
    }
    for (flow, values) in zip(problem.flows, solution.flows) {
      let most = values.reduce(0) { max($0, abs($1)) }
      for term in flow.rowTerms where problem.rows[term.row].label.role == .balance {
        bus[term.row] = max(bus[term.row], most * max(abs(term.coefficient.maximum), abs(term.coefficient.minimum)))
      }
    }
    // Where nothing but dust passes, dust is not measured by itself.
    let most = bus.max() ?? 0
    return bus.map { $0 > 0 && Dust.cleaned($0, scale: most) == 0 ? most : $0 }
  }

  init(_ problem: HourlyProblem, _ solution: Solution) {
    let steps = 0..<problem.steps
    let bus = Self.bus(problem, solution)
    flows = problem.flows.enumerated().map { j, flow in
      var scale = 0.0
      for term in flow.rowTerms where problem.rows[term.row].label.role == .balance {
        let coefficient = max(abs(term.coefficient.maximum), abs(term.coefficient.minimum))
        if coefficient > 0 { scale = max(scale, bus[term.row] / coefficient) }
      }
      if scale == 0 { scale = solution.flows[j].reduce(0) { max($0, abs($1)) } }
      guard !flow.upper.isEmpty else { return scale }
      var limit = 0.0
      for t in steps {
        limit = max(
          limit, flow.upper.reduce(Double.infinity) { min($0, $1.value(at: t, capacities: solution.capacities)) })
      }
      return min(scale, max(0, limit))
    }
    contents = problem.states.enumerated().map { s, state in
      let own = solution.contents[s].reduce(0) { max($0, abs($1)) }
      guard let upper = state.upper else { return own }
      var limit = 0.0
      for t in steps { limit = max(limit, upper.value(at: t, capacities: solution.capacities)) }
      return limit.isFinite ? limit : own
    }
  }
}

extension Solution {
  /// The solution in which sizes, flows and contents that are dust in every step are zero.
  ///
  /// - Parameters:
  ///   - problem: What it solves.
  ///   - unit: Unit of a size, by which sizes are compared.
  public func withoutDust(in problem: HourlyProblem, unit: (Label) -> String) -> Solution {
    guard hasPlan else { return self }
    var clean = self
    // Where nothing is built, what passes the buses says what a size would be.
    let passing = DustScales.bus(problem, self).max() ?? 0
    var largest: [String: Double] = [:]
    for (capacity, total) in zip(problem.capacities, capacities) where capacity.label.role == .size {
      largest[unit(capacity.label), default: 0] = max(largest[unit(capacity.label)] ?? 0, total)
    }
    for (k, capacity) in problem.capacities.enumerated()
    where capacity.label.role == .size && capacity.upper > capacity.lower {
      let ofUnit = largest[unit(capacity.label)] ?? 0
      let scale = min(max(holdsContent(k, problem) ? 24 * passing : passing, ofUnit), capacity.upper)
      let new = Dust.cleaned(Dust.cleaned(capacities[k], scale: scale) - capacity.existing, scale: scale)
      clean.capacities[k] = max(capacity.lower, capacity.existing + new)
    }
    let scales = DustScales(problem, clean)
    for j in flows.indices
    where !flows[j].contains(where: { Dust.cleaned($0, scale: scales.flows[j]) != 0 && scales.flows[j] > 0 }) {
      clean.flows[j] = [Double](repeating: 0, count: problem.steps)
    }
    for s in contents.indices
    where !contents[s].contains(where: { Dust.cleaned($0, scale: scales.contents[s]) != 0 && scales.contents[s] > 0 }) {
      clean.contents[s] = [Double](repeating: 0, count: problem.steps)
    }
    return clean
  }
}

/// Whether a content is bounded by size k.
private func holdsContent(_ k: Int, _ problem: HourlyProblem) -> Bool {
  problem.states.contains { state in
    if case .one(let own)? = state.upper?.capacity { own == k } else { false }
  }
}

extension Plan {
  /// The plan for writing its hours: every step of a flow or content that is dust is zero.
  public func withoutDustInHours() -> Plan {
    guard solution.hasPlan else { return self }
    var plan = self
    let scales = DustScales(problem, solution)
    for (j, scale) in scales.flows.enumerated() where scale > 0 {
      plan.solution.flows[j] = solution.flows[j].map { Dust.cleaned($0, scale: scale) }
    }
    for (s, scale) in scales.contents.enumerated() where scale > 0 {
      plan.solution.contents[s] = solution.contents[s].map { Dust.cleaned($0, scale: scale) }
    }
    return plan
  }
}
