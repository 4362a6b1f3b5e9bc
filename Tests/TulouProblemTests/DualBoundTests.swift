import Testing
import TulouProblem

/// Two hours, a load of 10 and 20 kW, a source of free size at 5 a kW running at 1 a kWh, purchase of at most 8 kW at 4.
///
/// Optimum by hand: an additional kW of size saves purchase of 3 a kWh in each hour in which it runs. Below 10 kW it runs
/// in both hours (worth 6 > 5), above only in one (worth 3 < 5), but purchase ends at 8 kW, so G = 12: cost
/// 12 * 5 + (10 + 12) * 1 + 8 * 4 = 114. Multipliers: hour 0: 1 (source has room), hour 1: the next kWh needs a further
/// kW: 5 + 1 = 6.
private func twoHours() -> HourlyProblem {
  var problem = HourlyProblem(steps: 2, stepHours: 1, years: 1)
  problem.rows = [.balance(Label("bus", .balance), equals: .series([10, 20]))]
  problem.capacities = [Capacity(Label("source", .size), upper: 100)]
  problem.flows = [
    Flow(Label("source", .production), rows: [RowTerm(0, .one)], upper: [.capacity(0)]),
    Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(8))]),
  ]
  problem.objective.add(flow: 0, .one)
  problem.objective.add(flow: 1, .constant(4))
  problem.objective.add(capacity: 0, 5)
  return problem
}

@Suite("Dual bound") struct DualBoundTests {
  @Test("is the optimum where the multipliers are") func exact() {
    let problem = twoHours()
    let best = Multipliers(rows: [[1, 6]], states: [], yearly: [])
    #expect(abs(problem.dualBound(best) - 114) < 1e-12)
    #expect(problem.objectiveValue(flows: [[10, 12], [0, 8]], contents: [], capacities: [12]) == 114)
    #expect(problem.residuals(flows: [[10, 12], [0, 8]], contents: [], capacities: [12]).largest == 0)
  }

  @Test("stays below the optimum for any multipliers") func valid() {
    let problem = twoHours()
    for a in stride(from: -10.0, through: 10, by: 0.5) {
      for b in stride(from: -10.0, through: 10, by: 0.5) {
        #expect(problem.dualBound(Multipliers(rows: [[a, b]], states: [], yearly: [])) <= 114 + 1e-9)
      }
    }
  }

  /// A lossless battery of 4 kWh moves energy from a cheap to a dear hour: with prices 1 and 3 and loads 0 and 6 the
  /// least cost is 4 * 1 + 2 * 3 = 10; content that comes in hour 0 is worth 1, in hour 1 3.
  @Test("takes contents and their cycles into account") func contents() {
    var problem = HourlyProblem(steps: 2, stepHours: 1, years: 1)
    problem.rows = [.balance(Label("bus", .balance), equals: .series([0, 6]))]
    problem.states = [State(Label("battery", .content), upper: .fixed(.constant(4)))]
    problem.flows = [
      Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(50))]),
      Flow(
        Label("battery", .charge), rows: [RowTerm(0, .constant(-1))], states: [StateTerm(0, .one)],
        upper: [.fixed(.constant(9))]),
      Flow(
        Label("battery", .discharge), rows: [RowTerm(0, .one)], states: [StateTerm(0, .constant(-1))],
        upper: [.fixed(.constant(9))]),
    ]
    problem.objective.add(flow: 0, .series([1, 3]))
    let best = Multipliers(rows: [[1, 3]], states: [[-1, -3]], yearly: [])
    #expect(abs(problem.dualBound(best) - 10) < 1e-12)
    let plan = (flows: [[4.0, 2], [4, 0], [0, 4]], contents: [[0.0, 4]])
    #expect(problem.residuals(flows: plan.flows, contents: plan.contents, capacities: []).largest == 0)
    problem.states[0].boundary = .initial(.fixed(.constant(2)))
    // Half full at the start and the end: 2 kWh moved, 2 + 4 * 3 = 14.
    #expect(abs(problem.dualBound(best) - 14) < 1e-12)
    for a in stride(from: -4.0, through: 4, by: 1) {
      for b in stride(from: -4.0, through: 4, by: 1) {
        #expect(problem.dualBound(Multipliers(rows: [[1, 3]], states: [[a, b]], yearly: [])) <= 14 + 1e-9)
      }
    }
  }

  @Test("does not rise by the rounding of a reduced cost times a wide limit") func rounding() {
    // Zero is 1e9 + 0.1 - 1e9 - 0.1 in reals, 2e-8 too little or too much in doubles; the size may be as large as 1e9.
    var problem = HourlyProblem(steps: 1, stepHours: 1, years: 1)
    problem.rows = (0..<4).map { .balance(Label("r\($0)", .balance), equals: .zero) }
    problem.capacities = [
      Capacity(Label("size", .size), upper: 1e9, rows: (0..<4).map { RowTerm($0, .one) })
    ]
    for order in [[1e9, 0.1, -1e9, -0.1], [0.1, 1e9, -0.1, -1e9], [1e9, -0.1, 0.1, -1e9], [0.1, -1e9, 1e9, -0.1]] {
      let bound = problem.dualBound(Multipliers(rows: order.map { [$0] }, states: [], yearly: []))
      #expect(bound <= 0 && bound > -1e-3, "\(order)")
    }
  }

  @Test("clips the sign of a multiplier whose limit is infinite") func clipping() {
    var problem = twoHours()
    problem.rows[0].upper = .constant(.infinity)
    let multipliers = Multipliers(rows: [[-5, 6]], states: [], yearly: [])
    let clipped = Multipliers(rows: [[0, 6]], states: [], yearly: [])
    #expect(problem.dualBound(multipliers) == problem.dualBound(clipped))
  }

  @Test("proves a bound for a flow without one where a row allows") func implied() {
    var problem = twoHours()
    problem.flows.append(Flow(Label("load", .unserved), rows: [RowTerm(0, .one)]))
    #expect(problem.impliedRanges().flowUpper[2] == [10, 20])
    // The multiplier is above the price of 0, so the reduced cost is negative and the bound needs the limit.
    #expect(abs(problem.dualBound(Multipliers(rows: [[1, 1]], states: [], yearly: []))) < 1e-12)
    problem.flows.append(Flow(Label("park", .sale), rows: [RowTerm(0, .constant(-1))]))
    #expect(problem.dualBound(Multipliers(rows: [[1, 1]], states: [], yearly: [])) == -.infinity)
  }

  @Test("splits a reduced cost over several bounds as told") func shares() {
    var problem = twoHours()
    problem.flows[0].upper.append(.fixed(.constant(11)))
    problem.flows[1].upper = [.fixed(.constant(50))]
    // Purchase may grow now: G = 10, cost 50 + 20 + 10 * 4 = 110 with multipliers 3 (hour 0) and 4 (hour 1).
    let told = Multipliers(rows: [[3, 4]], states: [], yearly: [], shares: [0: [[1, 1], [0, 0]]])
    #expect(abs(problem.dualBound(told) - 110) < 1e-12)
    let other = Multipliers(rows: [[3, 4]], states: [], yearly: [], shares: [0: [[0, 0], [1, 1]]])
    #expect(problem.dualBound(other) < 110)
  }
}

@Suite("Residuals and faults") struct ResidualTests {
  @Test("finds the worst breach with its place") func breaches() {
    let problem = twoHours()
    let found = problem.residuals(flows: [[10, 13], [0, 9]], contents: [], capacities: [12])
    #expect(found.rows.amount == 2 && found.rows.step == 1 && found.rows.element == 0)
    #expect(found.flowBounds.amount == 1)
    #expect(found.capacityBounds.amount == 0)
    #expect(problem.residuals(flows: [[.nan, 13], [0, 9]], contents: [], capacities: [12]).largest == .infinity)
  }

  @Test("names what is wrong with the arrays") func faults() {
    var problem = twoHours()
    #expect(problem.faults() == [])
    problem.flows[0].rowTerms.append(RowTerm(7, .one))
    problem.rows[0].upper = .series([10, 19])
    problem.capacities[0].lower = 200
    problem.objective.flows[1] = .series([1, 2, .nan])
    #expect(problem.faults().count >= 4)
  }
}
