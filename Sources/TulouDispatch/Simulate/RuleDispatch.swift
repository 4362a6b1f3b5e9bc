import TulouQuantities
package import TulouSimulation

/// What a rule did in every step of a horizon.
struct RuleDispatch {
  /// The hours.
  var trace: SimulationTrace
  /// Settings that were used, those that were left open filled in.
  var strategy: DispatchStrategy
  /// What the engine was told; nil for a rolling horizon, which tells it every step.
  var rule: Strategy?
  /// Settings in words.
  var words: String {
    guard case .peakShaving(let highest, let byStep)? = rule, let least = byStep.min(), least < highest else {
      return strategy.words
    }
    return "peak shaving month by month at \(shortNumber(least, digits: 4)) to \(shortNumber(highest, digits: 4)) kW"
  }
  /// Greatest difference between contents at end and start over the content when full [-], where they are to be equal.
  var apart = 0.0
  /// Greatest hourly residual of the energy balance, relative.
  var balanceResidual = 0.0
  /// Starts of each generator, hours on line.
  var starts: [Double]
  var hours: [Double]
}

extension SimulatedSystem {
  /// Runs the rules over every block of the horizon, each repeating itself.
  func dispatch(_ strategy: DispatchStrategy, cheapest: Bool) -> RuleDispatch? {
    guard let (rule, resolved) = rule(strategy, cheapest: cheapest) else { return nil }
    return dispatch(rule, resolved)
  }

  /// Runs a rule whose settings are known.
  func dispatch(_ rule: Strategy, _ resolved: DispatchStrategy) -> RuleDispatch? {
    var dispatch: RuleDispatch?
    for block in blocks {
      let part = problem.part(block)
      let (result, _, apart, _) = Simulation.runRepeating(part, rule.part(block), isCyclic: isCyclic)
      guard let trace = result.trace else { continue }
      let sums = result.statistics
      guard var whole = dispatch else {
        dispatch = RuleDispatch(
          trace: trace, strategy: resolved, rule: rule, apart: apart, balanceResidual: sums.balanceResidual,
          starts: sums.generators.map(\.starts), hours: sums.generators.map(\.hours))
        continue
      }
      whole.trace.append(trace)
      whole.apart = max(whole.apart, apart)
      whole.balanceResidual = max(whole.balanceResidual, sums.balanceResidual)
      for g in sums.generators.indices {
        whole.starts[g] += sums.generators[g].starts
        whole.hours[g] += sums.generators[g].hours
      }
      dispatch = whole
    }
    return dispatch
  }

  /// The engine's strategy with settings that were left open filled in; nil for `optimal`, which is no rule.
  package func rule(_ strategy: DispatchStrategy, cheapest: Bool) -> (rule: Strategy, resolved: DispatchStrategy)? {
    let order: DispatchOrder = cheapest ? .cheapest : .storageFirst
    switch strategy {
    case .loadFollowing: return (.loadFollowing(order: order), strategy)
    case .cycleCharging(let point): return (.cycleCharging(setPoint: point, order: order), strategy)
    case .combined(let threshold): return (.combined(threshold: threshold, order: order), strategy)
    case .selfConsumption: return (.selfConsumption, strategy)
    case .priceThreshold(let low, let high):
      let (cheap, dear) = priceQuarters()
      let used = (low ?? cheap, high ?? dear)
      return (.priceThreshold(low: used.0, high: used.1), .priceThreshold(low: used.0, high: used.1))
    case .peakShaving(let limit):
      if let limit { return (.peakShaving(limit: limit), strategy) }
      let limits = PeakLimits(self)
      return (.peakShaving(limit: limits.highest, byStep: limits.byStep), .peakShaving(limit: limits.highest))
    case .optimal: return nil
    }
  }

  /// Lower and upper quarter of the purchase prices over the hours; where they are one price, of the prices that there
  /// are. A flat tariff charges nothing from the grid.
  private func priceQuarters() -> (Double, Double) {
    guard let prices = problem.grid?.buyPrice.sorted(), !prices.isEmpty else { return (-.infinity, 0) }
    func quarters(_ sorted: [Double]) -> (Double, Double) {
      (sorted[sorted.count / 4], sorted[min(sorted.count - 1, 3 * sorted.count / 4)])
    }
    var (low, high) = quarters(prices)
    if low >= high { (low, high) = quarters(Set(prices).sorted()) }
    return low < high ? (low, high) : (-.infinity, high)
  }
}
