import TulouProblem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension PypsaExport {
  /// Storages of which one size that is sought bounds power and content: PyPSA has them as one thing.
  mutating func storageUnits() {
    for (k, use) in uses.sorted(by: { $0.key < $1.key }) {
      let capacity = problem.capacities[k]
      guard capacity.lower < capacity.upper, use.states.count == 1, use.flows.count == 2, let s = use.states.first
      else {
        continue
      }
      let state = problem.states[s]
      let all = problem.flows.indices.filter { j in problem.flows[j].stateTerms.contains { $0.state == s } }
      guard all.sorted() == use.flows.sorted(), case .cyclic = state.boundary, state.inflow.isZero,
        let charge = side(use.flows, of: s, isCharge: true), let discharge = side(use.flows, of: s, isCharge: false),
        charge.bus == discharge.bus, charge.factor == discharge.factor, let top = share(of: state.upper, k),
        let bottom = share(of: state.lower, k), let retention = Self.constant(state.retention), retention > 0,
        (problem.objective.flows[charge.flow] ?? .zero).isZero,
        let cost = Self.constant(problem.objective.flows[discharge.flow] ?? .zero)
      else { continue }
      if bottom > 0, retention < 1 {
        network.left.append("\(state.label.words): the loss of the part that is never drawn")
      }
      done.formUnion(use.flows)
      doneStates.insert(s)
      network.components[.buses]?.removeAll { $0.name == busOfState[s] }
      let size = charge.factor
      var values = [
        "bus": charge.bus, "carrier": "AC", "p_nom": "0.0", "p_nom_extendable": "True",
        "p_nom_min": PypsaNetwork.text(capacity.lower * size), "p_nom_max": PypsaNetwork.text(capacity.upper * size),
        "capital_cost": PypsaNetwork.text((problem.objective.capacities[k] ?? 0) / problem.years / size),
        "max_hours": PypsaNetwork.text((top - bottom) / size), "cyclic_state_of_charge": "True",
        "efficiency_store": PypsaNetwork.text(charge.gain), "efficiency_dispatch": PypsaNetwork.text(discharge.gain),
      ]
      if cost != 0 { values["marginal_cost"] = PypsaNetwork.text(cost) }
      if retention < 1 { values["standing_loss"] = PypsaNetwork.text(loss(retention)) }
      network.add(.storageUnits, state.label.id, values)
    }
  }

  /// Loss per hour of what stays per step.
  private func loss(_ retention: Double) -> Double { 1 - pow(retention, 1 / problem.stepHours) }

  /// The flow into or out of a content that touches one bus besides, with its efficiency and its share of the size.
  private func side(
    _ flows: [Int], of s: Int, isCharge: Bool
  ) -> (flow: Int, bus: String, gain: Double, factor: Double)? {
    for j in flows {
      let flow = problem.flows[j]
      guard flow.stateTerms.count == 1, let gain = Self.constant(flow.stateTerms[0].gain), (gain > 0) == isCharge,
        flow.rowTerms.count == 1, let bus = busOfRow[flow.rowTerms[0].row],
        let coefficient = Self.constant(flow.rowTerms[0].coefficient), abs(coefficient) == 1,
        (coefficient < 0) == isCharge, flow.upper.count == 1, flow.multipleOf == nil,
        let factor = Self.constant(flow.upper[0].factor), flow.upper[0].offset.isZero, factor > 0
      else { continue }
      return (j, bus, isCharge ? gain : -1 / gain, factor)
    }
    return nil
  }

  /// Content per unit of a capacity; zero where nothing bounds it.
  private func share(of bound: Bound?, _ k: Int) -> Double? {
    guard let bound else { return nil }
    guard let reference = bound.capacity else { return bound.offset.isZero ? 0 : nil }
    guard case .one(k) = reference, bound.offset.isZero else { return nil }
    return Self.constant(bound.factor)
  }

  /// Contents as stores on buses of their own.
  mutating func states() {
    for (s, state) in problem.states.enumerated() where !doneStates.contains(s) {
      guard let bus = busOfState[s] else { continue }
      let what = state.label.words
      if !state.rowTerms.isEmpty { network.left.append("\(what): its part in hourly limits") }
      let rating = rating(state.upper.map { [$0] } ?? [], "e", perFlow: .one, sharers: 1, what)
      var values = rating.values, series: [String: [Double]] = [:]
      values["bus"] = bus
      values["carrier"] = "AC"
      // What it ends with has no upper bound but its size, and begin() says the least of it.
      put(atEnd(rating.share, of: state, last: 1), "e_max_pu", standard: 1, &values, &series)
      if let least = least(of: state, rating, what) {
        put(atEnd(least, of: state, last: 0), "e_min_pu", standard: 0, &values, &series)
      }
      begin(state, &values, &series, what)
      if let retention = Self.constant(state.retention) {
        if retention < 1 { values["standing_loss"] = PypsaNetwork.text(loss(retention)) }
      } else {
        network.left.append("\(what): a loss that changes by the hour")
      }
      // What comes by itself is wanted less: a load of the bus.
      if !state.inflow.isZero { add(load: state.inflow * (-1 / problem.stepHours), at: bus, "drawn from \(bus)") }
      network.add(.stores, "\(state.label.sizeName) store", values, series: series)
    }
  }

  /// Shares that hold at the starts of steps as PyPSA counts them: its content is that at the end of a step.
  ///
  /// - Parameter last: What holds after the last step where the content does not come back to that of the first.
  private func atEnd(_ share: Profile, of state: State, last: Double) -> Profile {
    guard Self.constant(share) == nil else { return share }
    let values = share.expanded(problem.steps)
    var end = values[0]
    if case .initial = state.boundary { end = last }
    return .series(Array(values.dropFirst()) + [end])
  }

  /// The least content as a share of the size.
  private mutating func least(of state: State, _ rating: Rating, _ what: String) -> Profile? {
    let isNothing = state.lower.capacity == nil && state.lower.offset.isZero
    if isNothing { return nil }
    if rating.isFree {
      guard let upper = state.upper, upper.capacity == state.lower.capacity, state.lower.offset.isZero,
        upper.offset.isZero, let factor = Self.constant(upper.factor)
      else {
        network.left.append("\(what): its least content")
        return nil
      }
      return state.lower.factor * (1 / factor)
    }
    guard let size = rating.values["e_nom"].flatMap(Double.init), size > 0 else { return nil }
    let sizes = problem.capacities.map(\.lower)
    return .series((0..<problem.steps).map { state.lower.value(at: $0, capacities: sizes) / size })
  }

  /// How the content begins and ends.
  private mutating func begin(
    _ state: State, _ values: inout [String: String], _ series: inout [String: [Double]], _ what: String
  ) {
    guard case .initial(let bound) = state.boundary else {
      values["e_cyclic"] = "True"
      return
    }
    if case .one(let k)? = bound.capacity, problem.capacities[k].lower < problem.capacities[k].upper {
      network.left.append("\(what): the content at the begin, a share of a size that is sought")
      return
    }
    let start = bound.value(at: 0, capacities: problem.capacities.map(\.lower))
    values["e_initial"] = PypsaNetwork.text(start)
    // It ends with at least what it begins with.
    guard let size = values["e_nom"].flatMap(Double.init), size > 0 else {
      if start > 0 { network.left.append("\(what): the content at the end, no less than at the begin") }
      return
    }
    var least =
      series["e_min_pu"]
      ?? [Double](
        repeating: values["e_min_pu"].flatMap(Double.init) ?? 0, count: problem.steps)
    least[problem.steps - 1] = max(least[problem.steps - 1], start / size)
    series["e_min_pu"] = least
    values["e_min_pu"] = nil
  }

  /// Two flows that share a size that is sought, one in and one out of a content: a port without loss that runs both ways
  /// holds the size, and links without a limit behind it hold the efficiencies.
  mutating func sharedPorts() {
    for (k, use) in uses.sorted(by: { $0.key < $1.key }) {
      let capacity = problem.capacities[k]
      guard capacity.lower < capacity.upper, use.flows.count == 2, use.states.isEmpty,
        !use.flows.contains(where: done.contains)
      else { continue }
      let (a, b) = (use.flows[0], use.flows[1])
      let states = Set((problem.flows[a].stateTerms + problem.flows[b].stateTerms).map(\.state))
      if states.count == 1, let s = states.first, let store = busOfState[s],
        let charge = side(use.flows, of: s, isCharge: true), let discharge = side(use.flows, of: s, isCharge: false),
        charge.bus == discharge.bus, charge.factor == discharge.factor
      {
        let port = network.add(.buses, "port of \(problem.states[s].label.sizeName)", ["carrier": "AC"])
        twoWay(k, from: charge.bus, to: port, factor: charge.factor, "\(problem.states[s].label.id) port")
        for (j, from, to, efficiency) in [
          (charge.flow, port, store, charge.gain), (discharge.flow, store, port, discharge.gain),
        ] {
          var values = [
            "bus0": from, "bus1": to, "carrier": "AC", "p_nom": "1000000000.0",
            "efficiency": PypsaNetwork.text(efficiency),
          ]
          var series: [String: [Double]] = [:]
          // Costs are per unit of the flow at the port; the way out is rated at the content.
          let cost = (problem.objective.flows[j] ?? .zero) * (j == charge.flow ? 1 : discharge.gain)
          put(cost, "marginal_cost", standard: 0, &values, &series)
          network.add(
            .links, "\(problem.flows[j].label.id) \(problem.flows[j].label.role.rawValue)", values, series: series)
        }
        done.formUnion(use.flows)
      } else if let way = losslessWays(a, b) {
        twoWay(k, from: way.from, to: way.to, factor: way.factor, problem.flows[a].label.id)
        done.formUnion(use.flows)
      }
    }
  }

  /// Two ways between two buses without loss and cost, bounded alike.
  private func losslessWays(_ a: Int, _ b: Int) -> (from: String, to: String, factor: Double)? {
    let (one, other) = (terms(of: a), terms(of: b))
    guard one.count == 2, other.count == 2, (problem.objective.flows[a] ?? .zero).isZero,
      (problem.objective.flows[b] ?? .zero).isZero,
      let from = one.first(where: { $0.coefficient == .constant(-1) })?.bus,
      let to = one.first(where: { $0.coefficient == .one })?.bus,
      other.contains(where: { $0.bus == to && $0.coefficient == .constant(-1) }),
      other.contains(where: { $0.bus == from && $0.coefficient == .one }), problem.flows[a].upper.count == 1,
      problem.flows[a].upper == problem.flows[b].upper, let factor = Self.constant(problem.flows[a].upper[0].factor)
    else { return nil }
    return (from, to, factor)
  }

  private mutating func twoWay(_ k: Int, from: String, to: String, factor: Double, _ name: String) {
    let capacity = problem.capacities[k]
    network.add(
      .links, name,
      [
        "bus0": from, "bus1": to, "carrier": "AC", "efficiency": "1.0", "p_min_pu": "-1.0", "p_nom": "0.0",
        "p_nom_extendable": "True", "p_nom_min": PypsaNetwork.text(capacity.lower * factor),
        "p_nom_max": PypsaNetwork.text(capacity.upper * factor),
        "capital_cost": PypsaNetwork.text((problem.objective.capacities[k] ?? 0) / problem.years / factor),
      ])
  }
}
