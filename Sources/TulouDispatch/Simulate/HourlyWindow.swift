import TulouPlanning
import TulouProblem

/// Some of the coming steps of a dispatch problem as a problem of their own.
///
/// Contents begin where they are now. They may end anywhere: what is in store at the end of a window is worth nothing
/// to it, so windows are to be longer than what is done of them. Limits over the year are not looked at.
struct HourlyWindow {
  private let problem: HourlyProblem
  private let sizes: [Double]
  /// What a purchase at the end of a window counts less than the same one now [-]; no price differs by so little.
  private static let patience = 1e-3

  /// Windows of a problem whose sizes are given.
  init(_ problem: HourlyProblem, sizes: [Double]) {
    var relaxed = problem.withoutWholeNumbers()
    relaxed.yearlyRows = []
    self.problem = relaxed
    self.sizes = sizes
  }

  /// Cost of a kWh of a purchase in a step of the horizon, per unit of its weight; nil: it costs nothing that is known.
  func purchaseCost(_ flow: Int, at t: Int) -> Double? { problem.objective.flows[flow]?[t] }

  /// Weight of a step of the horizon.
  func weight(_ t: Int) -> Double { problem.weight[t] }

  /// The problem of the steps listed.
  ///
  /// - Parameters:
  ///   - steps: Indices of the horizon's steps, in order; they may pass from its end to its beginning.
  ///   - contents: Content of each state at the first step.
  ///   - peaks: Greatest purchase so far in the first step's month, by capacity index: it is paid for already.
  ///   - sources, demand: What a series of the horizon is foreseen at in these steps.
  func window(
    _ steps: [Int], contents: [Double], peaks: [Int: Double], sources: ([Double]) -> [Double],
    demand: ([Double]) -> [Double]
  ) -> HourlyProblem {
    func cut(_ profile: Profile) -> Profile {
      profile.constantValue == nil ? .series(steps.map { profile[$0] }) : profile
    }
    func cut(_ terms: [RowTerm]) -> [RowTerm] { terms.map { RowTerm($0.row, cut($0.coefficient)) } }
    func cut(_ bound: Bound) -> Bound {
      var reference = bound.capacity
      if case .byStep(let indices)? = reference { reference = .byStep(steps.map { indices[$0] }) }
      return Bound(offset: cut(bound.offset), capacity: reference, factor: cut(bound.factor))
    }
    var window = HourlyProblem(
      steps: steps.count, stepHours: problem.stepHours, weight: steps.map { problem.weight[$0] }, years: 1)
    func foreseen(_ profile: Profile) -> Profile {
      profile.constantValue == nil ? .series(sources(profile.expanded(problem.steps))) : profile
    }
    let natural = Set(problem.rows.indices.filter { problem.rows[$0].label.part == .mustTake })
    window.rows = problem.rows.map { row in
      var row = row
      if row.label.role == .balance, case .series(let values) = row.lower {
        row.lower = .series(demand(values))
        row.upper = row.lower
      } else if row.label.part == .mustTake {
        row.lower = foreseen(row.lower)
        row.upper = foreseen(row.upper)
      } else {
        row.lower = cut(row.lower)
        row.upper = cut(row.upper)
      }
      return row
    }
    window.flows = problem.flows.map { flow in
      var flow = flow
      flow.rowTerms = cut(flow.rowTerms)
      flow.stateTerms = flow.stateTerms.map { StateTerm($0.state, cut($0.gain)) }
      flow.upper = flow.upper.map {
        flow.label.role == .production
          ? Bound(offset: foreseen($0.offset), capacity: $0.capacity, factor: foreseen($0.factor)) : cut($0)
      }
      return flow
    }
    let last = (0..<steps.count).map { $0 == steps.count - 1 ? 1.0 : 0 }
    for (s, state) in problem.states.enumerated() {
      var state = state
      state.retention = cut(state.retention)
      state.inflow = cut(state.inflow)
      state.lower = cut(state.lower)
      state.upper = state.upper.map(cut)
      // Contents as they are may lie a little beyond their limits (a loss at rest, a rounding).
      let now = contents[s]
      state.lower = .fixed(.series((0..<steps.count).map { min(now, state.lower.value(at: $0, capacities: sizes)) }))
      if let upper = state.upper {
        state.upper = .fixed(
          .series((0..<steps.count).map { max($0 == 0 ? now : 0, upper.value(at: $0, capacities: sizes)) }))
      }
      state.boundary = .initial(.fixed(.constant(now)))
      state.rowTerms = cut(state.rowTerms)
      window.states.append(state)
      // The end may be lower than the beginning.
      window.flows.append(
        Flow(
          Label(state.label.id, .auxiliary, part: .named("free end \(s)")), states: [StateTerm(s, .one)],
          upper: [.fixed(.series(last.map { $0 * (now + 1) / problem.stepHours }))]))
    }
    window.capacities = problem.capacities
    for k in window.capacities.indices {
      window.capacities[k].choice = .continuous
      window.capacities[k].rowTerms = window.capacities[k].rowTerms.map {
        RowTerm($0.row, natural.contains($0.row) ? foreseen($0.coefficient) : cut($0.coefficient))
      }
      if window.capacities[k].label.role == .peak {
        let least = max(window.capacities[k].lower, peaks[k] ?? 0)
        window.capacities[k].lower = min(least, window.capacities[k].upper)
      } else {
        window.capacities[k].lower = sizes[k]
        window.capacities[k].upper = sizes[k]
      }
    }
    window.objective = problem.objective
    window.objective.flows = problem.objective.flows.mapValues(cut)
    // Of purchases at one price the later ones are the better ones: by then more is known, and room was kept.
    let patience = Profile.series((0..<steps.count).map { 1 - Self.patience * Double($0) / Double(steps.count) })
    for (j, cost) in window.objective.flows where problem.flows[j].label.role == .purchase && cost.minimum >= 0 {
      window.objective.flows[j] = cost * patience
    }
    window.objective.states = problem.objective.states.mapValues(cut)
    return window
  }
}
