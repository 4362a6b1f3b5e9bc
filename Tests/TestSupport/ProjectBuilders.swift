package import TulouFinance
package import TulouProject
import TulouQuantities
package import TulouTechnologies

/// Short spellings for projects made in code.
extension Project {
  /// Gives every size its greatest total, so that there is nothing to decide; a size without one is zero.
  package mutating func fixSizes() {
    for c in components.indices {
      for s in components[c].sizes.indices { components[c].sizes[s].minimum = components[c].sizes[s].maximum ?? 0 }
    }
  }

  /// A project over the first `hours` of `year` with the buses given as `id: carrier`, prices in USD, 5 % over 20 years.
  package static func small(
    _ name: String, year: Int = 2025, hours: Int, buses: [(String, Carrier.Kind)]
  ) -> Project {
    var economy = Economy()
    economy.realDiscountRate = 0.05
    economy.lifetime = 20
    let kinds = Set(buses.map(\.1))
    let carriers = Carrier.Kind.allOfSmall.filter(kinds.contains).map { kind in
      var carrier = Carrier(id: kind == .fuel ? "natural-gas" : kind.rawValue, kind: kind)
      if kind == .fuel { carrier.emission = 0.202 }
      return carrier
    }
    let start = CivilDate(year: year, month: 1, day: 1)
    return Project(
      name: name, horizon: Horizon(periods: [.init(start: start, steps: hours)], stepHours: 1), economy: economy,
      carriers: carriers,
      buses: buses.map { Bus(id: $0.0, carrier: $0.1 == .fuel ? "natural-gas" : $0.1.rawValue) })
  }

  /// Adds a source that gives a share of its capacity.
  package mutating func addSource(
    _ id: String, bus: String = "ac", class energyClass: EnergyClass, share: [Double], max: Double?,
    cost: SizeCost, member: String? = nil
  ) {
    var component = Component(
      id: id, kind: "source", block: .source(SourceBlock(bus: bus, supply: .share(share), energyClass: energyClass)),
      sizes: [.kW(max: max, cost)])
    component.member = member
    components.append(component)
  }

  /// Adds a converter from ports `(name, bus, coefficient)`, the first of which is rated.
  package mutating func addConverter(
    _ id: String, kind: String, ports: [(ConverterBlock.PortName, String, [Double])], max: Double?, cost: SizeCost,
    perKWh: Double = 0
  ) {
    var block = ConverterBlock(
      ports: ports.map { .init(name: $0.0, bus: $0.1, coefficient: $0.2) }, ratedPort: 0)
    block.fuelPort = block.ports.firstIndex { $0.name == .fuel }
    block.costPerKWh = PathSeries(perKWh)
    components.append(Component(id: id, kind: kind, block: .converter(block), sizes: [.kW(max: max, cost)]))
  }

  /// Adds a storage with its own sizes.
  package mutating func addStorage(
    _ id: String, bus: String = "ac", charge: Double, discharge: Double, standingLoss: Double = 0,
    shape: StorageBlock.Shape, sizes: [Size]
  ) {
    var block = StorageBlock(bus: bus, chargeEfficiency: charge, dischargeEfficiency: discharge, shape: shape)
    block.standingLoss = standingLoss
    components.append(Component(id: id, kind: "storage", block: .storage(block), sizes: sizes))
  }

  /// Adds a market.
  package mutating func addMarket(
    _ id: String, bus: String = "ac", buy: [Double], sell: [Double]? = nil, limit: (buy: Double, sell: Double)? = nil,
    emission: Double? = nil
  ) {
    var market = Market(id: id, bus: bus, energyClass: .outside)
    market.buy = .init(price: PathSeries(buy))
    market.sell = sell.map { .init(price: PathSeries($0)) }
    market.buyLimit = limit?.buy
    market.sellLimit = limit?.sell
    market.emission = emission.map { PathSeries($0) }
    markets.append(market)
  }

  /// Adds a demand.
  package mutating func addDemand(_ id: String, bus: String = "ac", _ power: [Double], unservedCost: Double? = nil) {
    var demand = Demand(id: id, bus: bus, power: power)
    if let unservedCost { demand.tiers = [.init(name: "normal", share: 1, unservedCost: unservedCost)] }
    demands.append(demand)
  }
}

extension Carrier.Kind {
  fileprivate static let allOfSmall: [Carrier.Kind] = [.electricity, .heat, .cold, .fuel]
}

extension Size {
  /// A size in kW.
  package static func kW(part: Size.Part = .only, max: Double?, _ cost: SizeCost) -> Size {
    var size = Size(part: part, unit: "kW")
    size.maximum = max
    size.cost = cost
    return size
  }
  /// A size in kWh.
  package static func kWh(max: Double?, _ cost: SizeCost) -> Size {
    var size = Size(part: .energy, unit: "kWh")
    size.maximum = max
    size.cost = cost
    return size
  }
}

extension SizeCost {
  /// Yearly cost alone.
  package static func yearly(_ operation: Double) -> SizeCost {
    var cost = SizeCost()
    cost.operation = operation
    return cost
  }
  /// Capital, replaced at the same cost after `life`, and yearly operation.
  package static func capital(
    _ capital: Double, operation: Double = 0, life: Double, fixed: Double = 0
  ) -> SizeCost {
    var cost = SizeCost()
    cost.capital = capital
    cost.replacement = capital
    cost.fixedCapital = fixed
    cost.fixedReplacement = fixed
    cost.operation = operation
    cost.life = life
    return cost
  }
}
