import TulouAccounts
import TulouProblem
import TulouProject
import TulouTechnologies

/// From sums over the horizon to a candidate: money, limits, shares. Both evaluators end here.
struct CandidateBuilder: Sendable {
  let assembled: Assembled
  let sides: [SearchSide]
  /// Forms whose values decide: cash, emission, other pollutants, then the released limits.
  let forms: [LinearForm]
  private let pollutants: Range<Int>
  /// Names of what may be broken, in the order of the bits.
  let limitNames: [String]
  /// Components of the sides, in the order of the bits of a type.
  let components: [String]
  private let charges: [(capacity: Int, existing: Double, amount: Double)]
  private let costs: [(capacity: Int, existing: Double, capital: Double, fixed: Double, land: Double)]
  private let hours: [(power: Int, energy: Int, low: Double, high: Double, bit: Int)]
  private let bounds: [(bound: Double, isUpper: Bool, price: Double?)]
  private let years: Double
  private let recovery: Double
  private let demand: Double
  private let fossil: [(flow: Int, factor: Double)]
  private let isShedLimited: Bool
  private let bitOfShed: Int, bitOfStorageFraction: Int
  private let bitOfSide: [Int]
  /// Sizes that use may wear out before their years, by component.
  private let wearing: [(id: String, sizes: [(capacity: Int, size: Size)])]

  /// - Parameter charges: Paid once by each capacity that is built, over the horizon, by capacity index.
  init(assembled: Assembled, released: ReleasedLimits, sides: [SearchSide], charges: [Double]) {
    self.assembled = assembled
    self.sides = sides
    let problem = assembled.problem
    let project = assembled.project
    years = problem.years
    recovery = capitalRecoveryFactor(rate: project.economy.realDiscountRate, years: project.economy.lifetime)
    var demand = 0.0
    for one in project.demands {
      let power = Profile(one.power, steps: problem.steps)
      for t in 0..<problem.steps { demand += problem.weight[t] * power[t] }
    }
    self.demand = demand * problem.stepHours / years
    fossil = CandidateBuilder.fossil(assembled)
    isShedLimited = project.limits.unservedEnergy != nil || project.limits.capacityShortage != nil
    self.charges = charges.enumerated().filter { $0.element > 0 }.map {
      ($0.offset, problem.capacities[$0.offset].existing, $0.element)
    }
    var costs: [(capacity: Int, existing: Double, capital: Double, fixed: Double, land: Double)] = []
    var hours: [(power: Int, energy: Int, low: Double, high: Double, bit: Int)] = []
    var names = released.rows.map(\.limit.key.name) + ["unserved", LimitKey.renewableFractionWithStorage.name]
    bitOfShed = released.rows.count
    bitOfStorageFraction = released.rows.count + 1
    func index(_ id: String, _ part: String) -> Int? {
      problem.capacities.firstIndex { $0.label == Label(id, .size, part: part) }
    }
    for component in project.components {
      for size in component.sizes {
        let own = size.sharedWith.flatMap { other in
          problem.capacities.firstIndex { $0.label.role == .size && $0.label.id == other }
        }
        guard let k = own ?? index(component.id, size.part) else { continue }
        let standing = assembled.retirable.first { $0.total == k }?.existing ?? problem.capacities[k].existing
        costs.append((k, standing, size.cost.capital, size.cost.fixedCapital, size.landPerUnit))
      }
      if case .storage(let storage) = component.block, case .hoursBetween(let low, let high) = storage.shape,
        let power = index(component.id, "power"), let energy = index(component.id, "energy"), names.count < 64
      {
        hours.append((power, energy, low, high, names.count))
        names.append("hours of " + component.id)
      }
    }
    self.costs = costs
    self.hours = hours
    wearing = project.components.compactMap { component in
      guard component.mayWearByUse else { return nil }
      let sizes = component.sizes.filter(component.wearsByUse).compactMap { size in
        index(component.id, size.part).map { (capacity: $0, size: size) }
      }
      return (component.id, sizes)
    }
    limitNames = names
    bounds = released.rows.map {
      ($0.row.upper.isFinite ? $0.row.upper : $0.row.lower, $0.row.upper.isFinite, $0.limit.price)
    }
    pollutants = 2..<(2 + assembled.pollution.count)
    forms = [assembled.cash, assembled.emission] + assembled.pollution + released.rows.map(\.row.form)
    var ids: [String] = []
    var bits: [Int] = []
    for side in sides {
      if !ids.contains(side.id) { ids.append(side.id) }
      bits.append(min(63, ids.firstIndex(of: side.id) ?? 63))
    }
    components = ids
    bitOfSide = bits
  }

  /// What counts as non-renewable: flows with their share of fossil electricity.
  private static func fossil(_ assembled: Assembled) -> [(flow: Int, factor: Double)] {
    let project = assembled.project
    var fossil: [(flow: Int, factor: Double)] = []
    for (j, flow) in assembled.problem.flows.enumerated() {
      if flow.label.role == .purchase, let market = project.markets.first(where: { $0.id == flow.label.id }),
        project.carrier(ofBus: market.bus)?.kind == .electricity, market.energyClass.isOutside
      {
        fossil.append((j, 1 - market.renewableShare))
      }
      guard flow.label.role == .conversion,
        let component = project.components.first(where: { $0.id == flow.label.id }),
        case .converter(let converter) = component.block,
        let power = converter.ports.first(where: { project.carrier(ofBus: $0.bus)?.kind == .electricity }),
        let fuel = converter.ports.first(where: { $0.coefficient.contains { $0 < 0 } })
      else { continue }
      let isBought = project.markets.contains { $0.bus == fuel.bus && $0.energyClass.isOutside && !$0.onlyAlone }
      if isBought { fossil.append((j, power.coefficient.first ?? 1)) }
    }
    return fossil
  }

  /// Sums over the horizon that decide about a design.
  struct Sums {
    /// Every flow of the assembled problem [kWh].
    var flows: [Double]
    /// Values of `forms` over the horizon, fixed charges left out.
    var values: [Double]
    /// Penalties over the horizon [currency].
    var penalties: Double
    /// Electricity not served in all, and of it what nobody may shed [kWh].
    var unserved = 0.0, forbidden = 0.0
    /// Short reserve beyond that [kWh].
    var shortReserve = 0.0
    var curtailed = 0.0, bought = 0.0, sold = 0.0, generated = 0.0, fuel = 0.0, discharged = 0.0
    var renewable = 0.0
    /// Exergy of the fuel [kWh].
    var fuelExergy = 0.0
    var generatorHours = 0.0, generatorStarts = 0.0
    /// What the year wears, by component.
    var wear: [String: YearlyWear] = [:]
  }

  /// Whether use may wear out anything.
  var mayWear: Bool { !wearing.isEmpty }

  /// What replacements by use cost beyond those by years [currency/y].
  private func costOfWear(_ wear: [String: YearlyWear], _ capacities: [Double]) -> Double {
    let economy = assembled.project.economy
    var sum = 0.0
    for part in wearing {
      guard let end = wear[part.id]?.end else { continue }
      for (k, size) in part.sizes where end.years < (size.cost.life ?? economy.lifetime) - 1e-9 {
        var worn = size
        worn.cost.life = end.years
        let before = TulouAccounts.annualCost(of: size.cost, economy: economy)
        let after = TulouAccounts.annualCost(of: worn.cost, economy: economy)
        let new = capacities[k] - size.existing
        if new > 1e-9 { sum += new * (after.perUnit - before.perUnit) + after.fixed - before.fixed }
        guard size.existing > 0 else { continue }
        let firstYear = assembled.project.firstYear
        let kept = min(1, capacities[k] / size.existing)
        sum +=
          kept
          * (existingConstants(of: worn, economy: economy, firstYear: firstYear).present
            - existingConstants(of: size, economy: economy, firstYear: firstYear).present) * recovery
      }
    }
    return sum
  }

  func candidate(_ x: [Double], capacities: [Double], _ sums: Sums, isExact: Bool) -> SearchCandidate {
    var cash = sums.values[0]
    for charge in charges where capacities[charge.capacity] > charge.existing + 1e-9 * (1 + charge.existing) {
      cash += charge.amount
    }
    var capital = 0.0, land = 0.0
    for cost in costs {
      let new = capacities[cost.capacity] - cost.existing
      if new > 1e-9 { capital += new * cost.capital + cost.fixed }
      land += capacities[cost.capacity] * cost.land
    }
    if mayWear { cash += costOfWear(sums.wear, capacities) * years }
    let annual = cash / years
    var nonRenewable = 0.0
    for (j, factor) in fossil { nonRenewable += sums.flows[j] * factor }
    let sold = sums.sold / years
    let whole = demand + sold
    let all = sums.renewable + nonRenewable + sums.discharged
    var broken: UInt64 = 0
    var violation = 0.0
    var penalties = sums.penalties
    func note(_ bit: Int, _ excess: Double, _ limit: Double) {
      broken |= 1 << UInt64(min(63, bit))
      violation += excess / max(abs(limit), 1e-6)
    }
    for (i, limit) in bounds.enumerated() {
      let activity = sums.values[pollutants.upperBound + i]
      let excess = limit.isUpper ? activity - limit.bound : limit.bound - activity
      let scale = max(abs(limit.bound), 1e-9)
      if excess > 1e-9 * scale {
        if let price = limit.price { penalties += price * excess } else { note(i, excess, scale) }
      }
    }
    if !isShedLimited, sums.forbidden / years > 1e-9 * demand {
      note(bitOfShed, sums.forbidden / years, demand * 1e-3)
    }
    if let least = assembled.project.limits.renewableFractionWithStorage, all > 0 {
      let reached = (sums.renewable + sums.discharged) / all
      if reached < least - 1e-9 { note(bitOfStorageFraction, least - reached, least) }
    }
    for storage in hours {
      let power = capacities[storage.power], energy = capacities[storage.energy]
      if energy < storage.low * power * (1 - 1e-9) || energy > storage.high * power * (1 + 1e-9) {
        note(storage.bit, max(storage.low * power - energy, energy - storage.high * power), max(energy, power))
      }
    }
    var type: UInt64 = 0
    for (bit, size) in zip(bitOfSide, x) where size > 1e-6 { type |= 1 << UInt64(bit) }
    let entering = sums.renewable + sums.bought + sums.fuelExergy
    var row = SearchCandidate(
      sizes: x, broken: broken, violation: violation, value: annual + penalties / years, annualCost: annual,
      netPresentCost: annual / recovery, capital: capital, operatingCost: annual - capital * recovery,
      served: demand - sums.unserved / years, sold: sold,
      produced: (sums.renewable + sums.generated + sums.bought) / years,
      renewableFraction: whole > 0 ? 1 - (nonRenewable + sums.unserved) / years / whole : 0,
      renewableFractionWithStorage: all > 0 ? (sums.renewable + sums.discharged) / all : 0,
      co2: sums.values[1] / years, unserved: sums.unserved / years,
      lossOfPowerSupply: demand > 0 ? sums.unserved / years / demand : 0,
      capacityShortage: demand > 0 ? (sums.unserved + sums.shortReserve) / years / demand : 0,
      curtailed: sums.curtailed / years, bought: sums.bought / years, generated: sums.generated / years,
      fuel: sums.fuel / years, generatorHours: sums.generatorHours / years,
      generatorStarts: sums.generatorStarts / years, land: land, isExact: isExact, type: type)
    row.pollutants = sums.values[pollutants].map { $0 / years }
    if entering > 0 { row.exergyEfficiency = (row.served + row.sold) * years / entering }
    return row
  }

  /// Totals of all capacities of a design.
  func capacities(_ x: [Double]) -> [Double] {
    var totals = assembled.problem.capacities.map(\.lower)
    for (side, size) in zip(sides, x) { totals[side.capacity] = size }
    return assembled.completed(totals)
  }
}
