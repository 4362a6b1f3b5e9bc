import TulouDocument
import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

extension Draft {
  /// A bus that may throw surplus away has a flow for it.
  mutating func addSpill() {
    for bus in project.buses where bus.spill {
      guard let row = rowOfBus[bus.id] else { continue }
      add(Flow(Label(bus.id, .spill, bus: bus.id), rows: [RowTerm(row, .constant(-1))]))
    }
  }

  /// Limits for flows that state none, from what their buses could give or take at most.
  ///
  /// Such a limit excludes no plan; it only makes the bound on cost rigorous (a flow without limit would need the sign
  /// of its reduced cost). What is asked for prices asks without it (`Assembled.foundLimits`).
  mutating func boundFreeFlows() {
    guard !freeFlows.isEmpty else { return }
    let free = Set(freeFlows)
    let most = problem.flows.indices.map { free.contains($0) ? nil : greatest(problem.flows[$0]) }
    // What each bus could take from, and give to, a flow that has no limit of its own.
    var taken = [Double](repeating: 0, count: wanted.count)
    var given = taken
    for row in wanted.indices {
      taken[row] = max(0, wanted[row].maximum)
      given[row] = max(0, -wanted[row].minimum)
    }
    for (j, flow) in problem.flows.enumerated() {
      guard let limit = most[j] else { continue }
      for term in flow.rowTerms where term.row < wanted.count {
        taken[term.row] += max(0, -term.coefficient.minimum) * limit
        given[term.row] += max(0, term.coefficient.maximum) * limit
      }
    }
    let everything = zip(taken, given).reduce(scale.peak) { $0 + $1.0 + $1.1 }
    for j in freeFlows {
      let flow = problem.flows[j]
      let rows = flow.rowTerms.filter { $0.row < wanted.count }
      var limit = everything
      if rows.count == 1, let term = rows.first {
        let coefficient = term.coefficient
        if coefficient.minimum > 0 { limit = taken[term.row] / coefficient.minimum }
        if coefficient.maximum < 0 { limit = given[term.row] / -coefficient.maximum }
        // Another flow without limit on the same bus may take or give more than is known.
        let others = freeFlows.filter { $0 != j && problem.flows[$0].rowTerms.contains { $0.row == term.row } }
        if limit == 0, !others.isEmpty { limit = everything }
      }
      problem.flows[j].upper.insert(.fixed(.constant(limit)), at: 0)
    }
  }

  /// Markets give and take nothing in their outages.
  mutating func cutOff() {
    for (j, outages) in cutFlows {
      let available = profile(outages.available(steps: steps))
      for b in problem.flows[j].upper.indices where problem.flows[j].upper[b].capacity == nil {
        problem.flows[j].upper[b].offset = problem.flows[j].upper[b].offset * available
      }
    }
  }

  /// The most that a flow can be, once `boundFreeFlows` has seen to it that it has a limit.
  func greatest(of flow: Int) -> Double { greatest(problem.flows[flow]) ?? scale.peak }

  /// The most that a flow can be under its limits, capacities at theirs.
  private func greatest(_ flow: Flow) -> Double? {
    var least: Double?
    for bound in flow.upper {
      var value = bound.offset.maximum
      switch bound.capacity {
      case .one(let k):
        value += bound.factor.maximum * problem.capacities[k].upper
      case .byStep: continue
      case nil: break
      }
      least = min(least ?? .infinity, value)
    }
    return least
  }

  /// Where selling pays more than buying costs, buying and selling in one step would be a money machine (rule M13).
  mutating func addExclusions() {
    // Where energies are set off over a month or a year, a kWh bought and sold again earns nothing.
    for market in project.markets where market.metering == .net && !market.onlyAlone && market.netMetering == nil {
      guard let buy = market.buy, let sell = market.sell, let sale = sales[market.id],
        let bought = purchases[market.id]
      else { continue }
      let cheapest = buy.tiers.isEmpty ? profile(buy.price.values) : .series((0..<steps).map(buy.least))
      let cost =
        cheapest * money.level(buy.price.escalation) + carbonCost(of: market) + pollutantCost(of: market)
        + (policyCost[market.id] ?? .zero)
      let dearest = sell.tiers.isEmpty ? profile(sell.price.values) : .series((0..<steps).map(sell.greatest))
      let gain = dearest * money.level(sell.price.escalation) + (policyGain[market.id] ?? .zero)
      let margin = (gain - cost).expanded(steps).map { $0 > 1e-12 }
      guard margin.contains(true) else { continue }
      guard let buyLimit = market.buyLimit, let sellLimit = market.sellLimit else {
        faults.append(
          Diagnostic(
            .error,
            "Market '\(market.id)' pays more for sale than it charges for purchase in \(margin.filter { $0 }.count) steps, and has no limit on both.",
            advice: "Give 'limit: {buy: ..., sell: ...}', or 'metering: gross' where that is the contract.",
            path: "markets.\(market.id).limit"))
        continue
      }
      notes.append(
        Diagnostic(
          .warning,
          "Market '\(market.id)' pays more for sale than it charges for purchase in \(margin.filter { $0 }.count) steps.",
          advice: "The plan needs a whole number for each of them ('--exact'); else only a bound is exact.",
          path: "markets.\(market.id).sell"))
      // i/I + x/X <= 1 holds with and without the whole numbers and tightens the bound.
      let r = problem.rows.count
      problem.rows.append(
        HourlyRow(
          label: Label(market.id, .limit, part: .netMetering, bus: market.bus), lower: .constant(-.infinity),
          upper: .series(margin.map { $0 ? 1 : .infinity })))
      for j in bought {
        problem.flows[j].rowTerms.append(RowTerm(r, .constant(1 / max(buyLimit, 1e-9))))
        problem.exclusions.append(Exclusion(j, sale, steps: margin))
      }
      problem.flows[sale].rowTerms.append(RowTerm(r, .constant(1 / max(sellLimit, 1e-9))))
    }
  }
}
