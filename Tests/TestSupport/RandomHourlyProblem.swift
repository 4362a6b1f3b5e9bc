package import TulouProblem
import TulouQuantities

/// Seeded random small clusters that use every kind of element an `HourlyProblem` can hold.
///
/// Loads can be shed at a price in most of them, so most are feasible; limits over the horizon are drawn wide and narrow,
/// so some are not. Costs are positive unless `freeCapacities` asks for capacities that cost nothing or next to nothing.
package struct RandomHourlyProblem {
  /// Kinds of element, for counting how often each was drawn.
  package enum Kind: String, CaseIterable, Sendable {
    case secondBus, storage, depthOfDischarge, initialContent, horizonCycle, fleet, ramp, converter, severalBounds,
      demandCharge, reserve, mustTake, yearlyLimit, capacityLimit, weights, blocks, stages, existing, fixedSize,
      oddUnits, stateCost, yearlyBand, tank, member
  }

  /// The problem.
  package private(set) var problem: HourlyProblem
  /// What it holds.
  package private(set) var kinds: Set<Kind> = []
  private var random: SeededRandom
  private var unit = 1.0
  private let horizonSteps: Int

  /// The problem of a seed.
  ///
  /// - Parameters:
  ///   - seed: Same seed, same problem.
  ///   - steps: Length; drawn from 8 to 168 if not given.
  ///   - freeCapacities: Capacities cost nothing or 1e-4 of the usual.
  package init(seed: UInt64, steps: Int? = nil, freeCapacities: Bool = false) {
    var random = SeededRandom(seed: seed)
    let lengths = [8, 13, 24, 48, 49, 72, 96, 168]
    let count = steps ?? lengths[Int(random.uniform() * 8)]
    self.random = random
    horizonSteps = count
    problem = HourlyProblem(steps: count, stepHours: 1, years: 1)
    build(freeCapacities)
  }

  private mutating func draw(_ kind: Kind, _ chance: Double) -> Bool {
    let hit = random.uniform() < chance
    if hit { kinds.insert(kind) }
    return hit
  }

  private mutating func series(_ range: ClosedRange<Double>) -> Profile {
    .series((0..<horizonSteps).map { _ in random.uniform(range) })
  }

  /// A day shape with noise, zero at night where asked for.
  private mutating func daily(_ level: Double, night: Bool = false) -> Profile {
    .series(
      (0..<horizonSteps).map { t in
        let hour = Double(t % 24)
        let sun = max(0, 1 - abs(hour - 12) / 6)
        let shape = night ? sun : 0.6 + 0.4 * sun
        return shape == 0 ? 0 : level * shape * random.uniform(0.7...1.2)
      })
  }

  @discardableResult private mutating func size(
    _ id: String, most: Double, cost: Double, free: Bool
  ) -> Int {
    var capacity = Capacity(Label(id, .size), upper: most * unit)
    if draw(.existing, 0.15) { capacity.lower = 0.1 * most * unit }
    if draw(.fixedSize, 0.1) {
      capacity.lower = 0.4 * most * unit
      capacity.upper = capacity.lower
    }
    problem.capacities.append(capacity)
    let k = problem.capacities.count - 1
    let factor = free ? (random.uniform() < 0.5 ? 0 : 1e-4) : 1
    problem.objective.add(capacity: k, cost * factor * random.uniform(0.5...1.5) / unit * Double(horizonSteps) / 24)
    return k
  }

  private mutating func flow(
    _ id: String, _ role: Label.Role, rows: [RowTerm], states: [StateTerm] = [], upper: [Bound], cost: Profile = .zero
  ) -> Int {
    problem.flows.append(Flow(Label(id, role), rows: rows, states: states, upper: upper))
    if !cost.isZero { problem.objective.add(flow: problem.flows.count - 1, cost * (1 / unit)) }
    return problem.flows.count - 1
  }

  private mutating func build(_ free: Bool) {
    if draw(.oddUnits, 0.3) { unit = [1e-3, 1e3][Int(random.uniform() * 2)] }
    if draw(.blocks, 0.3), horizonSteps >= 24 {
      let count = 2 + Int(random.uniform() * 3)
      problem.blockStarts = Array(Set((0..<count).map { $0 * horizonSteps / count })).sorted()
    }
    if draw(.weights, 0.3) {
      var weights = [Double](repeating: 1, count: horizonSteps)
      for block in problem.blocks {
        let weight = random.uniform(1...30)
        for t in block { weights[t] = weight }
      }
      problem.weight = weights
    }
    let load = daily(100 * unit)
    problem.rows = [.balance(Label("ac", .balance), equals: load)]
    let buses = draw(.secondBus, 0.4) ? 2 : 1
    var loads = [load]
    if buses == 2 {
      let heat = daily(60 * unit)
      loads.append(heat)
      problem.rows.append(.balance(Label("heat", .balance), equals: heat))
    }
    var dirty: [Int] = []
    var sold: [Int] = []
    for b in 0..<buses {
      let plus = [RowTerm(b, .one)], minus = [RowTerm(b, .constant(-1))]
      let solar = size("solar\(b)", most: 600, cost: 2, free: free)
      let take = daily(1, night: true)
      if draw(.mustTake, 0.2) {
        problem.capacities[solar].rowTerms = [RowTerm(b, take)]
        _ = flow("spill\(b)", .spill, rows: minus, upper: [.capacity(solar, factor: take)])
      } else {
        _ = flow("solar\(b)", .production, rows: plus, upper: [.capacity(solar, factor: take)])
      }
      dirty.append(
        flow(
          "buy\(b)", .purchase, rows: plus, upper: [.fixed(.constant(random.uniform(20...150) * unit))],
          cost: series(0.1...0.4)))
      if random.uniform() < 0.6 {
        sold.append(
          flow(
            "sell\(b)", .sale, rows: minus, upper: [.fixed(.constant(40 * unit))], cost: series(0.02...0.09) * -1))
      }
      let unserved: [Bound] = random.uniform() < 0.5 ? [] : [.fixed(loads[b])]
      _ = flow("unserved\(b)", .unserved, rows: plus, upper: unserved, cost: .constant(5))
      if draw(.storage, 0.7) { addStorage(bus: b, free) }
    }
    if draw(.converter, 0.5) { addConverter(buses, &dirty, free) }
    if draw(.fleet, 0.25) { addFleet() }
    if draw(.ramp, 0.25) { addRamp(&dirty, free) }
    if draw(.tank, 0.2) { addTank(free) }
    if draw(.member, 0.2) { addMember(free) }
    if draw(.reserve, 0.25) { addReserve() }
    if draw(.demandCharge, 0.3) { addDemandCharge(dirty[0]) }
    if draw(.stages, 0.2) { addStages() }
    addLimits(dirty, sold)
  }

  private mutating func addStorage(bus b: Int, _ free: Bool) {
    let energy = size("battery\(b) energy", most: 800, cost: 0.4, free: free)
    let power = size("battery\(b) power", most: 200, cost: 0.2, free: free)
    var state = State(
      Label("battery\(b)", .content), retention: .constant(random.uniform(0.98...1)), upper: .capacity(energy))
    if draw(.depthOfDischarge, 0.3) { state.lower = .capacity(energy, factor: .constant(0.2)) }
    if draw(.initialContent, 0.25) {
      state.boundary = .initial(.capacity(energy, factor: .constant(0.5)))
    } else if draw(.horizonCycle, 0.3) {
      state.boundary = .cyclicOverHorizon
    }
    if draw(.stateCost, 0.15) {
      problem.objective.states[problem.states.count] = .constant(0.001 / unit)
    }
    let s = problem.states.count
    problem.states.append(state)
    _ = flow(
      "battery\(b)", .charge, rows: [RowTerm(b, .constant(-1))], states: [StateTerm(s, .constant(0.95))],
      upper: [.capacity(power)])
    _ = flow(
      "battery\(b)", .discharge, rows: [RowTerm(b, .one)], states: [StateTerm(s, .constant(-1 / 0.95))],
      upper: [.capacity(power)])
  }

  private mutating func addConverter(_ buses: Int, _ dirty: inout [Int], _ free: Bool) {
    let most = size("converter", most: 150, cost: 1.5, free: free)
    var rows = [RowTerm(0, .one)]
    if buses == 2 { rows = [RowTerm(0, .constant(0.4)), RowTerm(1, series(0.3...0.6))] }
    var upper = [Bound.capacity(most, factor: .constant(1.2))]
    if draw(.severalBounds, 0.6) {
      upper.append(.fixed(.constant(80 * unit)))
      if problem.capacities.count > 2 { upper.append(.capacity(0, factor: .constant(0.8))) }
    }
    dirty.append(flow("converter", .conversion, rows: rows, upper: upper, cost: .constant(0.15)))
  }

  private mutating func addFleet() {
    let s = problem.states.count
    let plugged = Profile.series((0..<horizonSteps).map { $0 % 24 < 7 || $0 % 24 > 17 ? 30 * unit : 0 })
    let trips = Profile.series((0..<horizonSteps).map { $0 % 24 == 8 ? -40 * unit : 0 })
    let least = Profile.series((0..<horizonSteps).map { $0 % 24 == 8 ? 60 * unit : 0 })
    problem.states.append(
      State(Label("fleet", .content), inflow: trips, lower: .fixed(least), upper: .fixed(.constant(90 * unit))))
    _ = flow(
      "fleet", .charge, rows: [RowTerm(0, .constant(-1))], states: [StateTerm(s, .constant(0.9))],
      upper: [.fixed(plugged)])
    if random.uniform() < 0.5 {
      _ = flow(
        "fleet", .discharge, rows: [RowTerm(0, .one)], states: [StateTerm(s, .constant(-1.1))],
        upper: [.fixed(plugged)])
    }
    // Vehicles that cannot be charged in time are charged elsewhere, dearly.
    _ = flow(
      "fleet", .unserved, rows: [], states: [StateTerm(s, .one)], upper: [.fixed(.constant(100 * unit))],
      cost: .constant(3))
  }

  private mutating func addRamp(_ dirty: inout [Int], _ free: Bool) {
    let most = size("plant", most: 120, cost: 2, free: free)
    let s = problem.states.count
    problem.states.append(State(Label("plant", .content), upper: .capacity(most), rows: [RowTerm(0, .one)]))
    problem.objective.states[s] = .constant(0.12 / unit)
    for (role, gain) in [(Label.Role.charge, 1.0), (.discharge, -1)] {
      _ = flow(
        "plant", role, rows: [], states: [StateTerm(s, .constant(gain))], upper: [.fixed(.constant(15 * unit))])
    }
  }

  private mutating func addTank(_ free: Bool) {
    let b = problem.rows.count - 1
    let energy = size("tank", most: 500, cost: 0.1, free: free)
    let s = problem.states.count
    let efficiency = random.uniform() < 0.5 ? 1.0 : 0.97
    let upper: [Bound] = random.uniform() < 0.6 ? [.capacity(energy, factor: .constant(1.1))] : []
    problem.states.append(State(Label("tank", .content), retention: .constant(0.99), upper: .capacity(energy)))
    _ = flow(
      "tank", .charge, rows: [RowTerm(b, .constant(-1))], states: [StateTerm(s, .constant(efficiency))], upper: upper)
    _ = flow(
      "tank", .discharge, rows: [RowTerm(b, .one)], states: [StateTerm(s, .constant(-1 / efficiency))], upper: upper)
  }

  /// A member with its own bus and sun behind a two-way link.
  private mutating func addMember(_ free: Bool) {
    let r = problem.rows.count
    let load = daily(20 * unit)
    problem.rows.append(.balance(Label("member", .balance), equals: load))
    let sun = size("member sun", most: 100, cost: 2, free: free)
    _ = flow(
      "member sun", .production, rows: [RowTerm(r, .one)], upper: [.capacity(sun, factor: daily(1, night: true))])
    let line = size("line", most: 60, cost: 0.05, free: free)
    _ = flow(
      "line", .forward, rows: [RowTerm(0, .constant(-1)), RowTerm(r, .constant(0.98))], upper: [.capacity(line)])
    _ = flow(
      "line", .backward, rows: [RowTerm(0, .constant(0.98)), RowTerm(r, .constant(-1))], upper: [.capacity(line)])
    _ = flow("member", .unserved, rows: [RowTerm(r, .one)], upper: [.fixed(load)], cost: .constant(5))
  }

  /// Purchase and sale under one connection, active in the day only; and a reserve with a dear shortage.
  private mutating func addReserve() {
    let r = problem.rows.count
    let limit = Profile.series((0..<horizonSteps).map { $0 % 24 > 6 ? 90 * unit : .infinity })
    problem.rows.append(HourlyRow(label: Label("connection", .limit), upper: limit))
    problem.flows[1].rowTerms.append(RowTerm(r, .one))
    problem.rows.append(
      HourlyRow(
        label: Label("reserve", .limit), lower: .constant(10 * unit), upper: .constant(random.uniform(300...900) * unit)
      ))
    problem.capacities[0].rowTerms.append(RowTerm(r + 1, .constant(0.5)))
    if !problem.states.isEmpty { problem.states[0].rowTerms.append(RowTerm(r + 1, .constant(0.2))) }
    _ = flow(
      "reserve", .reserveShortage, rows: [RowTerm(r + 1, .one)], upper: [.fixed(.constant(10 * unit))],
      cost: .constant(1))
    _ = flow(
      "reserve", .spill, rows: [RowTerm(r + 1, .constant(-1))], upper: [.fixed(.constant(1000 * unit))])
  }

  private mutating func addDemandCharge(_ purchase: Int) {
    let months = 2 + Int(random.uniform() * 3)
    let first = problem.capacities.count
    for m in 0..<months {
      problem.capacities.append(Capacity(Label("peak", .peak, part: .named("\(m)")), upper: 200 * unit))
      problem.objective.add(capacity: first + m, random.uniform(0.5...3) / unit)
    }
    let indices = (0..<horizonSteps).map { t -> Int32 in
      let m = t * months / horizonSteps
      return m == 1 && t % 24 < 5 ? -1 : Int32(first + m)
    }
    // Where no peak acts (-1) the bound's constant holds alone.
    let offset = Profile.series(indices.map { $0 < 0 ? 200 * unit : 0 })
    problem.flows[purchase].upper.append(Bound(offset: offset, capacity: .byStep(indices), factor: .one))
  }

  /// A plant in two stages: the second's total is not below the first's.
  private mutating func addStages() {
    let first = problem.capacities.count
    for stage in 0..<2 {
      problem.capacities.append(Capacity(Label("wind", .size, stage: "\(stage)"), upper: 300 * unit))
      problem.objective.add(capacity: first + stage, random.uniform(1...4) / unit)
    }
    let indices = (0..<horizonSteps).map { Int32($0 < horizonSteps / 2 ? first : first + 1) }
    let bound = Bound(offset: .zero, capacity: .byStep(indices), factor: series(0...0.6))
    _ = flow("wind", .production, rows: [RowTerm(0, .one)], upper: [bound])
    problem.yearlyRows.append(
      YearlyRow(
        Label("stages", .limit), LinearForm(capacities: [first: 1, first + 1: -1]), upper: 0))
  }

  private mutating func addLimits(_ dirty: [Int], _ sold: [Int]) {
    let weights = problem.weight
    var served = 0.0
    let load = problem.rows[0].upper
    for t in 0..<horizonSteps { served += weights[t] * load[t] }
    if draw(.yearlyLimit, 0.6) {
      var form = LinearForm()
      for j in dirty { form.add(flow: j, .one) }
      for j in sold { form.add(flow: j, .constant(-0.3)) }
      problem.yearlyRows.append(
        YearlyRow(Label("renewable", .limit), form, upper: random.uniform(0.05...1.2) * served))
    }
    if draw(.capacityLimit, 0.3) {
      var form = LinearForm()
      for k in 0..<min(3, problem.capacities.count) { form.add(capacity: k, random.uniform(1...3)) }
      problem.yearlyRows.append(
        YearlyRow(Label("land", .limit), form, upper: random.uniform(300...3000) * unit))
    }
    if draw(.yearlyBand, 0.2) {
      var form = LinearForm()
      form.add(flow: dirty[0], .one)
      if !problem.states.isEmpty, random.uniform() < 0.3 { form.states[0] = .constant(0.01) }
      let low = random.uniform(0.02...0.1) * served
      let high = random.uniform() < 0.3 ? low : low + 0.3 * served
      problem.yearlyRows.append(YearlyRow(Label("contract", .limit), form, lower: low, upper: high))
    }
  }
}
