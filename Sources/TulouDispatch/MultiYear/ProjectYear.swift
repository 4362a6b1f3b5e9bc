import TulouAccounts
import TulouFinance
import TulouProject
import TulouTechnologies

extension Project {
  /// The project as it is in one year of its life: demand grown, prices and factors at that year's level, sources faded;
  /// nothing of it grows or fades any more.
  ///
  /// - Parameters:
  ///   - year: From 1, in which nothing has grown yet.
  ///   - faded: Output left of each source that ages, by component id [-].
  func year(_ year: Int, faded: [String: Double]) -> Project {
    func level(_ path: PathSeries) -> PathSeries {
      let factor = TulouFinance.growth(path.escalation, year: year)
      return factor == 1 ? PathSeries(path.values) : PathSeries(path.values.map { $0 * factor })
    }
    var then = self
    then.economy.carbonPrice = YearPath(economy.carbonPrice.value(year: year))
    then.economy.pollutantPrices = economy.pollutantPrices.mapValues { YearPath($0.value(year: year)) }
    for c in then.carriers.indices {
      then.carriers[c].emission *= TulouFinance.growth(carriers[c].emissionEscalation, year: year)
      then.carriers[c].emissionEscalation = 0
    }
    for d in then.demands.indices where demands[d].growth != 0 {
      let factor = TulouFinance.growth(demands[d].growth, year: year)
      then.demands[d].power = demands[d].power.map { $0 * factor }
      if case .vehicles(var fleet) = demands[d].kind {
        // More vehicles, each as before.
        for series in [
          \Demand.Fleet.chargePower, \.dischargePower, \.leastContent, \.greatestContent, \.tripEnergy,
        ] {
          fleet[keyPath: series] = fleet[keyPath: series].map { $0 * factor }
        }
        then.demands[d].kind = .vehicles(fleet)
      }
    }
    for m in then.markets.indices {
      func factor(_ escalation: Double?) -> Double { TulouFinance.growth(escalation ?? 0, year: year) }
      then.markets[m].freeze(
        buy: factor(markets[m].buy?.price.escalation), sell: factor(markets[m].sell?.price.escalation),
        demand: markets[m].demandCharges.map { factor($0.terms.escalation) })
      then.markets[m].emission = markets[m].emission.map(level)
      then.markets[m].pollutants = markets[m].pollutants.mapValues(level)
      then.markets[m].marginalEmission = markets[m].marginalEmission.map(level)
    }
    for c in then.components.indices {
      for s in then.components[c].sizes.indices {
        let cost = components[c].sizes[s].cost
        let factor = TulouFinance.growth(cost.operationEscalation, year: year)
        then.components[c].sizes[s].cost.operation *= factor
        then.components[c].sizes[s].cost.fixedOperation *= factor
        then.components[c].sizes[s].cost.operationEscalation = 0
      }
      let left = faded[components[c].id] ?? 1
      then.components[c].block = components[c].block.mapped(level, left: left)
    }
    return then
  }
}

extension Project {
  /// What has a price that may walk: markets, and components that bring a fuel for money.
  var priceWalks: [String] {
    let fuels = components.filter { component in
      guard case .source(let source) = component.block, !source.pricePerKWh.isZero else { return false }
      return carrier(ofBus: source.bus)?.kind == .fuel
    }
    return (markets.map(\.id) + fuels.map(\.id)).sorted()
  }

  /// The project with the prices of each market, and what a stock costs, multiplied.
  ///
  /// - Parameter factors: By id of the market or component; left out = 1.
  func priced(_ factors: [String: Double]) -> Project {
    var priced = self
    for m in priced.markets.indices {
      guard let factor = factors[priced.markets[m].id] else { continue }
      priced.markets[m].scale(buy: factor, sell: factor)
    }
    for c in priced.components.indices {
      guard let factor = factors[priced.components[c].id], case .source(var source) = priced.components[c].block
      else { continue }
      source.pricePerKWh = PathSeries(
        source.pricePerKWh.values.map { $0 * factor }, escalation: source.pricePerKWh.escalation)
      priced.components[c].block = .source(source)
    }
    return priced
  }
}

extension Block {
  /// The block with its prices at a level, and a source with what is left of its output.
  fileprivate func mapped(_ level: (PathSeries) -> PathSeries, left: Double) -> Block {
    switch self {
    case .source(var source):
      source.costPerKWh = level(source.costPerKWh)
      source.pricePerKWh = level(source.pricePerKWh)
      source.degradation = 0
      if left != 1 {
        switch source.supply {
        case .share(let values): source.supply = .share(values.map { $0 * left })
        case .natural(let values): source.supply = .natural(values.map { $0 * left })
        case .reservoir(var lake):
          lake.inflow = lake.inflow.map { $0 * left }
          source.supply = .reservoir(lake)
        case .stock: break
        }
      }
      return .source(source)
    case .converter(var converter):
      converter.costPerKWh = level(converter.costPerKWh)
      return .converter(converter)
    case .storage(var storage):
      storage.costPerKWh = level(storage.costPerKWh)
      return .storage(storage)
    case .link(var link):
      link.costPerKWh = level(link.costPerKWh)
      return .link(link)
    }
  }
}
