import TulouProblem

/// A park as an hourly problem: blocks are its steps, links and fresh supply its flows, sizes and yes-or-no its capacities.
///
///     min  sum_t w_t (price_d x_dt + disposal_s z_st + transport_a f_at) + sum_a (fixed_a y_a + perCapacity_a C_a)
///          + sum_k fixed_k Y_k + sum_m cost_m r_m
///     sources   sum_a f_at + z_st + sum_m saves_m S_st r_m = S_st
///     sinks     sum_a efficiency_a f_at + x_dt + sum_m saves_m D_dt r_m = D_dt
///     links     f_at <= C_a, f_at <= min(S_st, D_dt / efficiency_a) y_a, smallest_a y_a <= C_a <= largest_a y_a,
///               sum_t w_t f_at >= minimum_a y_a; agreements: sum_links sum_t w_t f_at >= minimum
///     sinks     sum_a efficiency_a f_at <= accepts_dt; blending: sum_a (content - limit) efficiency_a f_at + (fresh - limit) x_dt <= 0
///     heat      the cascade of each source (`HeatLevels`)
///     trenches  y_a <= Y_k, sum_a C_a <= largest_k
struct MatchProblem {
  let park: Park
  let goal: MatchGoal
  var problem: HourlyProblem
  /// Columns by what they stand for.
  let flowOfLink: [Int], fresh: [Int], disposed: [Int]
  let size: [Int], built: [Int], trench: [Int], measure: [Int]
  /// Balances of sources and of sinks.
  private(set) var supplyRow: [Int] = [], needRow: [Int] = []

  init(_ park: Park, goal: MatchGoal = .money) {
    self.park = park
    self.goal = goal
    problem = HourlyProblem(
      steps: max(1, park.blocks.count), stepHours: 1, weight: park.blocks.isEmpty ? [0] : park.blocks, years: 1)
    let counts = (a: park.links.count, s: park.sources.count, d: park.sinks.count)
    flowOfLink = Array(0..<counts.a)
    fresh = Array(counts.a..<counts.a + counts.d)
    disposed = Array(counts.a + counts.d..<counts.a + counts.d + counts.s)
    size = Array(0..<counts.a)
    built = Array(counts.a..<2 * counts.a)
    trench = Array(2 * counts.a..<2 * counts.a + park.trenches.count)
    let head = 2 * counts.a + park.trenches.count
    measure = Array(head..<head + park.reductions.count)
    addCapacities()
    addColumns()
    addSourceRows()
    addSinkRows()
    addLinkRows()
    addTrenchRows()
    addAgreements(park.agreements)
  }

  // MARK: Columns

  private mutating func addCapacities() {
    for link in park.links {
      problem.capacities.append(Capacity(Label(link.id, .size), upper: max(0, usefulSize(link))))
    }
    for link in park.links {
      problem.capacities.append(
        Capacity(
          Label(link.id, .size, part: .built(.only)), upper: 1,
          choice: .multiples(of: 1)))
    }
    for trench in park.trenches {
      problem.capacities.append(
        Capacity(Label(trench.id, .size, part: .built(.only)), upper: 1, choice: .multiples(of: 1)))
    }
    for (reduction, _) in park.reductions {
      problem.capacities.append(Capacity(Label(reduction.id, .size), upper: 1, choice: .multiples(of: 1)))
    }
    let price = MatchPrices(goal, carbonPrice: park.carbonPrice)
    for (a, link) in park.links.enumerated() {
      problem.objective.add(capacity: size[a], price.money(link.perCapacity))
      problem.objective.add(capacity: built[a], price.money(link.fixed))
    }
    for (k, one) in park.trenches.enumerated() { problem.objective.add(capacity: trench[k], price.money(one.fixed)) }
    for (m, entry) in park.reductions.enumerated() {
      problem.objective.add(capacity: measure[m], price.yearly(entry.measure, lowers: entry.lowers, in: park))
    }
  }

  private mutating func addColumns() {
    let price = MatchPrices(goal, carbonPrice: park.carbonPrice)
    for (a, link) in park.links.enumerated() {
      let most = Profile.series(
        zip(park.sources[link.source].supply, park.sinks[link.sink].need).map { max(0, min($0, $1 / link.efficiency)) })
      problem.flows.append(
        Flow(Label(link.id, .forward), upper: [.capacity(size[a]), .capacity(built[a], factor: most)]))
      problem.objective.add(flow: flowOfLink[a], .constant(price.transport(link)))
    }
    for (d, sink) in park.sinks.enumerated() {
      problem.flows.append(Flow(Label(sink.id, .purchase), upper: [.fixed(.series(sink.need))]))
      problem.objective.add(flow: fresh[d], .constant(price.fresh(sink)))
    }
    for (s, source) in park.sources.enumerated() {
      problem.flows.append(Flow(Label(source.id, .spill), upper: [.fixed(.series(source.supply))]))
      problem.objective.add(flow: disposed[s], .constant(price.disposal(source)))
    }
  }

  // MARK: Rows

  private mutating func addSourceRows() {
    for (s, source) in park.sources.enumerated() {
      let row = problem.rows.count
      supplyRow.append(row)
      problem.rows.append(.balance(Label(source.id, .balance), equals: .series(source.supply)))
      problem.flows[disposed[s]].rowTerms.append(RowTerm(row, .one))
      for (a, link) in park.links.enumerated() where link.source == s {
        problem.flows[flowOfLink[a]].rowTerms.append(RowTerm(row, .one))
      }
      addSavings(.source(s), of: source.supply, to: row)
      for level in HeatLevels(park, source: s).levels {
        let row = problem.rows.count
        let share = level.ofSource
        problem.rows.append(
          HourlyRow(label: Label(source.id, .limit), upper: .series(source.supply.map { share * $0 })))
        for (a, part) in level.ofLinks {
          problem.flows[flowOfLink[a]].rowTerms.append(RowTerm(row, .constant(part)))
        }
        addSavings(.source(s), of: source.supply.map { share * $0 }, to: row)
      }
    }
  }

  /// What measures take off a stream, in a row of it.
  private mutating func addSavings(_ end: StreamEnd, of flow: [Double], to row: Int) {
    for (m, entry) in park.reductions.enumerated() where entry.lowers == end {
      problem.capacities[measure[m]].rowTerms.append(RowTerm(row, .series(flow.map { entry.measure.saves * $0 })))
    }
  }

  private mutating func addSinkRows() {
    for (d, sink) in park.sinks.enumerated() {
      let row = problem.rows.count
      needRow.append(row)
      problem.rows.append(.balance(Label(sink.id, .balance), equals: .series(sink.need)))
      problem.flows[fresh[d]].rowTerms.append(RowTerm(row, .one))
      let into = park.links.indices.filter { park.links[$0].sink == d }
      for a in into {
        problem.flows[flowOfLink[a]].rowTerms.append(RowTerm(row, .constant(park.links[a].efficiency)))
      }
      addSavings(.sink(d), of: sink.need, to: row)
      guard !into.isEmpty else { continue }
      if let accepts = sink.accepts {
        let row = problem.rows.count
        problem.rows.append(HourlyRow(label: Label(sink.id, .limit), upper: .series(accepts)))
        for a in into {
          problem.flows[flowOfLink[a]].rowTerms.append(RowTerm(row, .constant(park.links[a].efficiency)))
        }
      }
      for (name, limit) in sink.limits.sorted(by: { $0.key < $1.key }) { addBlending(d, into, name, limit) }
    }
  }

  private mutating func addBlending(_ d: Int, _ into: [Int], _ name: String, _ limit: Double) {
    let sink = park.sinks[d]
    let row = problem.rows.count
    problem.rows.append(HourlyRow(label: Label(sink.id, .limit, part: .named(name)), upper: .zero))
    problem.flows[fresh[d]].rowTerms.append(
      RowTerm(row, .constant(sink.freshContents[name, default: 0] - limit)))
    for a in into {
      let link = park.links[a]
      let arriving = park.sources[link.source].contents[name, default: 0] * (1 - link.removal[name, default: 0])
      problem.flows[flowOfLink[a]].rowTerms.append(RowTerm(row, .constant((arriving - limit) * link.efficiency)))
    }
  }

  /// Greatest size that a link is of use with: no more than flows in any block. The relaxation is the tighter for it.
  private func usefulSize(_ link: Link) -> Double {
    guard link.perCapacity >= 0 else { return link.largest }
    let flows = zip(park.sources[link.source].supply, park.sinks[link.sink].need).map { min($0, $1 / link.efficiency) }
    return min(link.largest, max(link.smallest, flows.max() ?? 0))
  }

  private mutating func addLinkRows() {
    for (a, link) in park.links.enumerated() {
      let label = Label(link.id, .limit)
      problem.yearlyRows.append(
        YearlyRow(label, LinearForm(capacities: [size[a]: 1, built[a]: -usefulSize(link)]), upper: 0))
      if link.smallest > 0 {
        problem.yearlyRows.append(
          YearlyRow(label, LinearForm(capacities: [size[a]: 1, built[a]: -link.smallest]), lower: 0))
      }
      if link.minimum > 0 {
        let form = LinearForm(flows: [flowOfLink[a]: .one], capacities: [built[a]: -link.minimum])
        problem.yearlyRows.append(YearlyRow(label, form, lower: 0))
      }
    }
  }

  private mutating func addTrenchRows() {
    for (k, one) in park.trenches.enumerated() {
      let inside = park.links.indices.filter { one.links.contains(park.links[$0].id) }
      for a in inside {
        problem.yearlyRows.append(
          YearlyRow(Label(one.id, .limit), LinearForm(capacities: [built[a]: 1, trench[k]: -1]), upper: 0))
      }
      if one.largest.isFinite, !inside.isEmpty {
        let form = LinearForm(capacities: Dictionary(uniqueKeysWithValues: inside.map { (size[$0], 1.0) }))
        problem.yearlyRows.append(YearlyRow(Label(one.id, .limit), form, upper: one.largest))
      }
    }
  }

  private mutating func addAgreements(_ agreements: [StreamAgreement]) {
    for agreement in agreements {
      let least = agreement.minimum(in: park)
      guard least > 0 else { continue }
      var form = LinearForm()
      for (a, link) in park.links.enumerated() where agreement.covers(link, in: park) {
        form.add(flow: flowOfLink[a], .one)
      }
      problem.yearlyRows.append(YearlyRow(Label(agreement.id, .limit), form, lower: least))
    }
  }

  // MARK: What may be decided

  /// Never builds a link.
  mutating func forbid(_ link: Int) {
    problem.capacities[built[link]].lower = 0
    problem.capacities[built[link]].upper = 0
  }

  /// Builds exactly these links.
  mutating func fix(built pattern: [Bool]) {
    for (a, isBuilt) in pattern.enumerated() {
      problem.capacities[built[a]].lower = isBuilt ? 1 : 0
      problem.capacities[built[a]].upper = isBuilt ? 1 : 0
    }
  }

  /// Takes exactly these measures.
  mutating func fix(measures pattern: [Bool]) {
    for (m, isTaken) in pattern.enumerated() {
      problem.capacities[measure[m]].lower = isTaken ? 1 : 0
      problem.capacities[measure[m]].upper = isTaken ? 1 : 0
    }
  }

  /// Leaves out every set of links that differs from `pattern` in fewer than `distance` links.
  mutating func cutOff(_ pattern: [Bool], distance: Int) {
    var form = LinearForm()
    for (a, isBuilt) in pattern.enumerated() { form.add(capacity: built[a], isBuilt ? -1 : 1) }
    let count = Double(pattern.filter { $0 }.count)
    problem.yearlyRows.append(YearlyRow(Label("other", .limit), form, lower: Double(distance) - count))
  }

  /// Asks no least amount of these agreements.
  mutating func waive(agreements ids: Set<String>) {
    problem.yearlyRows.removeAll { $0.label.role == .limit && ids.contains($0.label.id) && $0.form.capacities.isEmpty }
  }

  /// What a solution says; nil without a plan.
  func read(_ solution: Solution) -> MatchPlan? {
    guard solution.hasPlan else { return nil }
    func clean(_ values: [Double]) -> [Double] { values.map { $0 < 1e-9 ? max(0, $0) : $0 } }
    return MatchPlan(
      goal: goal, value: solution.objective, bound: solution.bound, isProven: solution.status == .optimal,
      built: built.map { solution.capacities[$0] > 0.5 }, sizes: size.map { max(0, solution.capacities[$0]) },
      trenches: trench.map { solution.capacities[$0] > 0.5 }, measures: measure.map { solution.capacities[$0] > 0.5 },
      flows: flowOfLink.map { clean(solution.flows[$0]) }, fresh: fresh.map { clean(solution.flows[$0]) },
      disposed: disposed.map { clean(solution.flows[$0]) }, seconds: solution.seconds)
  }
}
