/// Demand of one price of being shed: parts of waiting demands and fixed demands, by place.
struct ShedGroup: Sendable, Equatable {
  /// Cost of a kWh that is not served [money/kWh]; infinite: it may not be shed.
  var price: Double
  /// Waiting demands with a part of this price.
  var waiting: [Int] = []
  /// Fixed demands of this price.
  var demands: [Int] = []
}

extension SimulationProblem {
  /// All that can be shed by its price, the cheapest first; what may not be shed goes last, where nothing else is left.
  var shedOrder: [ShedGroup] {
    let prices = Set(demands.map(\.shedPrice) + deferrables.flatMap { $0.shedParts.map(\.price) })
    return prices.sorted().map { price in
      ShedGroup(
        price: price,
        waiting: deferrables.indices.filter { d in deferrables[d].shedParts.contains { $0.price == price } },
        demands: demands.indices.filter { demands[$0].shedPrice == price })
    }
  }
}

/// Who goes short where power is short.
extension SimulationRun {
  /// Power that waiting demand d has been asked for and can go without at a price: its dearer parts are still served [kW].
  func sheddable(_ d: Int, at price: Double) -> Double {
    let kept = waiting[d].due(t, tank: tanks[d], above: price)
    return max(0, min(forcedPower[d], deferrablePower[d] - kept))
  }

  /// Power of all that is shed at one price in this step [kW].
  func sheddable(in group: ShedGroup) -> Double {
    var sum = 0.0
    for d in group.waiting { sum += sheddable(d, at: group.price) }
    for d in group.demands { sum += problem.demands[d].power[t] }
    return sum
  }

  /// Divides what is unmet: the cheapest first, of one price forced waiting demand before the demands in their order. Where the
  /// other bus lacks power still, what is cheaper goes without for it too, as far as the converter carries. Returns the demand shed.
  mutating func shed() -> Double {
    var cuts = [Double](repeating: 0, count: problem.demands.count)
    for group in shedOrder where network.need > 0 {
      for helpsOther in [false, true] where network.need > 0 && (!helpsOther || paysAcross(group.price)) {
        for d in group.waiting {
          let cut = goWithout(sheddable(d, at: group.price), at: problem.deferrables[d].bus, helpsOther)
          deferrablePower[d] -= cut
          forcedPower[d] -= cut
        }
        for d in group.demands {
          cuts[d] += goWithout(problem.demands[d].power[t] - cuts[d], at: problem.demands[d].bus, helpsOther)
        }
      }
    }
    for d in cuts.indices where cuts[d] > 0 {
      statistics.shedByDemand[d] += cuts[d] * problem.stepHours
      trace?.shedByDemand[d][t] = cuts[d]
    }
    return cuts.reduce(0, +)
  }

  /// What of a power goes without for the need on its bus, or on the other one as well.
  private mutating func goWithout(_ most: Double, at bus: SimulationProblem.Bus, _ helpsOther: Bool) -> Double {
    guard most > 0 else { return 0 }
    if helpsOther { return network.supply(at: bus, upTo: most) }
    let cut = min(most, max(0, bus == .ac ? network.ac : network.dc))
    if bus == .ac { network.ac -= cut } else { network.dc -= cut }
    return cut
  }

  /// Whether going without at a price pays, loss of the converter included, for the cheapest of what would go short on the bus that
  /// still lacks power.
  private func paysAcross(_ price: Double) -> Bool {
    guard problem.converter != nil, price < .infinity else { return false }
    let needy: SimulationProblem.Bus = network.ac > 0 ? .ac : .dc
    let efficiency = needy == .ac ? network.inverterEfficiency : network.rectifierEfficiency
    let next = shedOrder.first { group in
      group.price > price
        && (group.waiting.contains { problem.deferrables[$0].bus == needy }
          || group.demands.contains { problem.demands[$0].bus == needy })
    }
    return next.map { price < efficiency * $0.price } ?? false
  }
}
