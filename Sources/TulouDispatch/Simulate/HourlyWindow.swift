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
    _ steps: [Int], contents: [Double], peaks: [Int: Double], sources: @escaping ([Double]) -> [Double],
    demand: ([Double]) -> [Double]
  ) -> HourlyProblem {
    let cut = WindowCut(steps: steps, horizon: problem.steps, sources: sources)
    var window = HourlyProblem(
      steps: steps.count, stepHours: problem.stepHours, weight: steps.map { problem.weight[$0] }, years: 1)
    window.rows = problem.rows.map { rows($0, cut, demand) }
    window.flows = problem.flows.map { flow($0, cut) }
    for (s, state) in problem.states.enumerated() {
      window.states.append(self.state(state, from: contents[s], cut))
      window.flows.append(freeEnd(of: state, s, from: contents[s], steps.count))
    }
    window.capacities = capacities(peaks, cut)
    window.objective = problem.objective
    window.objective.flows = problem.objective.flows.mapValues { cut($0) }
    // Of purchases at one price the later ones are the better ones: by then more is known, and room was kept.
    let patience = Profile.series((0..<steps.count).map { 1 - Self.patience * Double($0) / Double(steps.count) })
    for (j, cost) in window.objective.flows where problem.flows[j].label.role == .purchase && cost.minimum >= 0 {
      window.objective.flows[j] = cost * patience
    }
    window.objective.states = problem.objective.states.mapValues { cut($0) }
    return window
  }

  /// A row in the steps of the window: demand and what must be taken are as they are foreseen.
  private func rows(_ row: HourlyRow, _ cut: WindowCut, _ demand: ([Double]) -> [Double]) -> HourlyRow {
    var row = row
    if row.label.role == .balance, case .series(let values) = row.lower {
      row.lower = .series(demand(values))
      row.upper = row.lower
    } else if row.label.part == .mustTake {
      row.lower = cut.foreseen(row.lower)
      row.upper = cut.foreseen(row.upper)
    } else {
      row.lower = cut(row.lower)
      row.upper = cut(row.upper)
    }
    return row
  }

  private func flow(_ flow: Flow, _ cut: WindowCut) -> Flow {
    var flow = flow
    flow.rowTerms = cut(flow.rowTerms)
    flow.stateTerms = flow.stateTerms.map { StateTerm($0.state, cut($0.gain)) }
    flow.upper = flow.upper.map {
      flow.label.role == .production
        ? Bound(offset: cut.foreseen($0.offset), capacity: $0.capacity, factor: cut.foreseen($0.factor)) : cut($0)
    }
    return flow
  }

  private func state(_ state: State, from now: Double, _ cut: WindowCut) -> State {
    var state = state
    let count = cut.steps.count
    state.retention = cut(state.retention)
    state.inflow = cut(state.inflow)
    state.lower = cut(state.lower)
    state.upper = state.upper.map { cut($0) }
    // Contents as they are may lie a little beyond their limits (a loss at rest, a rounding).
    state.lower = .fixed(.series((0..<count).map { min(now, state.lower.value(at: $0, capacities: sizes)) }))
    if let upper = state.upper {
      state.upper = .fixed(
        .series((0..<count).map { max($0 == 0 ? now : 0, upper.value(at: $0, capacities: sizes)) }))
    }
    state.boundary = .initial(.fixed(.constant(now)))
    state.rowTerms = cut(state.rowTerms)
    return state
  }

  /// The end may be lower than the beginning.
  private func freeEnd(of state: State, _ s: Int, from now: Double, _ count: Int) -> Flow {
    let most = (0..<count).map { ($0 == count - 1 ? 1.0 : 0) * (now + 1) / problem.stepHours }
    return Flow(
      Label(state.label.id, .auxiliary, part: .named("free end \(s)")), states: [StateTerm(s, .one)],
      upper: [.fixed(.series(most))])
  }

  private func capacities(_ peaks: [Int: Double], _ cut: WindowCut) -> [Capacity] {
    let natural = Set(problem.rows.indices.filter { problem.rows[$0].label.part == .mustTake })
    return problem.capacities.enumerated().map { k, capacity in
      var capacity = capacity
      capacity.choice = .continuous
      capacity.rowTerms = capacity.rowTerms.map {
        RowTerm($0.row, natural.contains($0.row) ? cut.foreseen($0.coefficient) : cut($0.coefficient))
      }
      if capacity.label.role == .peak {
        capacity.lower = min(max(capacity.lower, peaks[k] ?? 0), capacity.upper)
      } else {
        capacity.lower = sizes[k]
        capacity.upper = sizes[k]
      }
      return capacity
    }
  }
}

/// Series of the horizon in the steps of a window.
private struct WindowCut {
  let steps: [Int]
  let horizon: Int
  let sources: ([Double]) -> [Double]

  func callAsFunction(_ profile: Profile) -> Profile {
    profile.constantValue == nil ? .series(steps.map { profile[$0] }) : profile
  }
  func callAsFunction(_ terms: [RowTerm]) -> [RowTerm] { terms.map { RowTerm($0.row, self($0.coefficient)) } }
  func callAsFunction(_ bound: Bound) -> Bound {
    var reference = bound.capacity
    if case .byStep(let indices)? = reference { reference = .byStep(steps.map { indices[$0] }) }
    return Bound(offset: self(bound.offset), capacity: reference, factor: self(bound.factor))
  }
  /// What sources are foreseen at.
  func foreseen(_ profile: Profile) -> Profile {
    profile.constantValue == nil ? .series(sources(profile.expanded(horizon))) : profile
  }
}
