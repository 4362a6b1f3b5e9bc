import TulouDocument
package import TulouProblem
import TulouProject
package import TulouQuantities
import TulouTechnologies

extension Draft {
  /// What is wanted: at once, within a window, or by vehicles.
  mutating func add(_ demand: Demand) {
    guard let row = row(demand.bus, for: demand.id) else { return }
    let power = profile(demand.power)
    if isEnergy(demand.bus) { self.demand += sum(power) }
    switch demand.kind {
    case .fixed:
      wanted[row] = wanted[row] + power
      shed(demand, power: power, rows: [RowTerm(row, .one)], states: [])
    case .sliding(let delay, let advance, let peak):
      let window = ServiceWindow.sliding(
        power.expanded(steps), delayHours: delay, advanceHours: advance, of: problem)
      add(window, of: demand, row: row, power: power, peak: peak)
    case .daily(let peak):
      let window = ServiceWindow.daily(power.expanded(steps), horizon: project.horizon, of: problem)
      add(window, of: demand, row: row, power: power, peak: peak)
    case .tank(let energy, let peak, let least):
      addTank(energy: energy, of: demand, row: row, power: power, peak: peak)
      if least > 0 {
        assumptions.append(
          Assumption(
            path: "demands.\(demand.id).tank.minimum_load", value: shortNumber(least),
            source: "a least load needs whole numbers: rule dispatch obeys it, the plan does not", kind: .relaxation))
      }
    case .vehicles(let fleet): add(fleet, of: demand, row: row, power: power)
    }
  }

  /// Shares that may be shed, each at its penalty; a tier without one may not be shed (rule K16), except under rules.
  private mutating func shed(_ demand: Demand, power: Profile, rows: [RowTerm], states: [StateTerm]) {
    // Other objectives serve everything, unless a limit on unserved energy or hours is given (rule M14).
    if objective != .netPresentCost, project.limits.unservedEnergy == nil, project.limits[.unservedHours] == nil {
      return
    }
    for part in demand.shedParts {
      guard part.price != nil || project.reliability.shedsAnything else { continue }
      let j = add(
        Flow(
          Label(demand.id, .unserved, part: .named(part.tier), bus: demand.bus), rows: rows, states: states,
          upper: [.fixed(power * part.share)]))
      if let price = part.price { penalties.add(flow: j, .constant(price)) }
      if isEnergy(demand.bus) { unserved.add(flow: j, .one) }
      sheds.append((j, demand))
    }
  }

  private mutating func add(
    _ window: ServiceWindow, of demand: Demand, row: Int, power: Profile, peak: Double?
  ) {
    let s = problem.states.count
    problem.states.append(
      State(
        Label(demand.id, .content), inflow: .series(window.drain), upper: .fixed(.series(window.room)),
        boundary: .cyclic))
    add(
      Flow(
        Label(demand.id, .serve, bus: demand.bus), rows: [RowTerm(row, .constant(-1))],
        states: [StateTerm(s, .one)], upper: [.fixed(peak.map(Profile.constant) ?? .series(window.reach))]))
    shed(demand, power: power, rows: [], states: [StateTerm(s, .one)])
  }

  private mutating func addTank(energy: Double, of demand: Demand, row: Int, power: Profile, peak: Double?) {
    let s = problem.states.count
    problem.states.append(
      State(
        Label(demand.id, .content), inflow: power * -stepHours, upper: .fixed(.constant(energy)), boundary: .cyclic))
    add(
      Flow(
        Label(demand.id, .serve, bus: demand.bus), rows: [RowTerm(row, .constant(-1))],
        states: [StateTerm(s, .one)],
        upper: [.fixed(peak.map(Profile.constant) ?? power.map { $0 + energy / stepHours })]))
    shed(demand, power: power, rows: [], states: [StateTerm(s, .one)])
  }

  private mutating func add(_ fleet: Demand.Fleet, of demand: Demand, row: Int, power: Profile) {
    let s = problem.states.count
    problem.states.append(
      State(
        Label(demand.id, .content), inflow: profile(fleet.tripEnergy) * -1,
        lower: .fixed(profile(fleet.leastContent)), upper: .fixed(profile(fleet.greatestContent)), boundary: .cyclic))
    let serve = add(
      Flow(
        Label(demand.id, .serve, bus: demand.bus), rows: [RowTerm(row, .constant(-1))],
        states: [StateTerm(s, .constant(fleet.chargeEfficiency))], upper: [.fixed(profile(fleet.chargePower))]))
    if fleet.dischargePower.contains(where: { $0 > 0 }) {
      let discharge = add(
        Flow(
          Label(demand.id, .discharge, bus: demand.bus), rows: [RowTerm(row, .one)],
          states: [StateTerm(s, .constant(-1 / fleet.dischargeEfficiency))],
          upper: [.fixed(profile(fleet.dischargePower))]))
      problem.opposed.append(Exclusion(serve, discharge))
    }
    shed(demand, power: power, rows: [], states: [StateTerm(s, .one)])
  }
}

/// When a deferrable demand may be served, as a content that starts and ends each block empty.
///
/// With W the energy wanted up to t, due_t what must have been served by then and allowed_t what may have been, the
/// content is `served_t - due_t`, between zero and `allowed_t - due_t`; what falls due drains it.
package struct ServiceWindow: Sendable, Equatable {
  /// Energy that falls due during step t, negative [kWh].
  package var drain: [Double]
  /// Greatest content at the start of step t [kWh].
  package var room: [Double]
  /// Most power that could be of use in step t [kW].
  package var reach: [Double]

  /// Wanted in step s, served in s - advance ... s + delay; nothing wraps at the end of a block (rule M9).
  package static func sliding(
    _ wanted: [Double], delayHours: Double, advanceHours: Double, of problem: HourlyProblem
  ) -> ServiceWindow {
    // A window longer than the horizon is the horizon.
    let most = Double(problem.steps)
    let delay = Int(saturating: min(most, (delayHours / problem.stepHours + 1e-9).rounded(.down)))
    let advance = Int(saturating: min(most, (advanceHours / problem.stepHours + 1e-9).rounded(.down)))
    return window(wanted, of: problem) { t, block in
      // At the start of step t: what was wanted by t - 1 - delay is served, what is wanted by t - 1 + advance may be.
      (max(block.lowerBound, t - delay), min(block.upperBound, t + advance))
    }
  }

  /// Any steps of the same day on the wall.
  package static func daily(_ wanted: [Double], horizon: Horizon, of problem: HourlyProblem) -> ServiceWindow {
    var day = [Int](repeating: 0, count: problem.steps)
    for t in day.indices { day[t] = horizon.civil(t).date.dayNumber }
    return window(wanted, of: problem) { t, block in
      guard t > block.lowerBound else { return (t, t) }
      guard t < block.upperBound else { return (t, t) }
      // Within a day all of it may have been served, and none of it need have been.
      guard day[t] == day[t - 1] else { return (t, t) }
      var first = t
      while first > block.lowerBound, day[first - 1] == day[t] { first -= 1 }
      var end = t
      while end < block.upperBound, day[end] == day[t] { end += 1 }
      return (first, end)
    }
  }

  /// `bounds(t)`: steps below the first must be served by the start of t, steps from the second on may not yet be.
  private static func window(
    _ wanted: [Double], of problem: HourlyProblem, bounds: (Int, Range<Int>) -> (Int, Int)
  ) -> ServiceWindow {
    let dt = problem.stepHours
    var sums = [0.0]
    sums.reserveCapacity(wanted.count + 1)
    for value in wanted { sums.append(sums[sums.count - 1] + value * dt) }
    var drain = [Double](repeating: 0, count: problem.steps)
    var room = drain
    var reach = drain
    for block in problem.blocks {
      var due = sums[block.lowerBound]
      for t in block {
        let now = t == block.lowerBound ? (t, t) : bounds(t, block)
        let next = t + 1 == block.upperBound ? (t + 1, t + 1) : bounds(t + 1, block)
        room[t] = sums[now.1] - sums[now.0]
        drain[t] = -(sums[next.0] - due)
        due = sums[next.0]
        reach[t] = max(0, sums[max(next.1, now.1)] - sums[now.0]) / dt
      }
    }
    return ServiceWindow(drain: drain, room: room, reach: reach)
  }
}
