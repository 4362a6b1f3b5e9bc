import TulouAccounts
import TulouAssembly
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouTechnologies

/// From sums over the horizon, which is all that lanes know of a design, to its cost and limits: the forms of the hourly problem
/// at these sums. Exact only where every coefficient is one number for all hours; `LaneExactness` says where.
package struct LaneForms: Sendable {
  let assembled: Assembled
  let sides: [SearchSide]
  /// What rows are made with: bits of limits and types.
  let rows: RowMaker
  /// Forms whose values decide: cash, emission, non-renewable, use of the renewable fraction, then the limits, then what those of
  /// shares are shares of, then energy without an emission factor where there may be any.
  let forms: [LinearForm]
  /// Limits taken out of the problem.
  let released: [LimitRow]
  private let bounds: [(lower: Double, upper: Double)]
  /// Place of the form that a limit is a share of; nil: `perActivity` says all.
  private let wholes: [Int?]
  /// Place of the energy without an emission factor; nil: everything has one.
  private let placeWithoutFactor: Int?
  private let charges: [(capacity: Int, amount: Double)]
  private let costs: [(capacity: Int, existing: Double, capital: Double, fixed: Double, land: Double)]
  private let hours: [(id: String, power: Int, energy: Int, low: Double, high: Double)]
  private let zones: [(key: String, capacities: [(capacity: Int, existing: Double)])]
  private let years: Double
  private let recovery: Double
  private let demand: Double
  /// Sizes that use may wear out before their years, by component.
  private let wearing: [(id: String, sizes: [(capacity: Int, size: Size)])]

  /// The first form of a limit.
  static let firstLimit = 4

  /// - Parameter charges: Paid once by each capacity that is built, over the horizon, by capacity index.
  init(assembled: Assembled, released: ReleasedLimits, sides: [SearchSide], charges: [Double], rows: RowMaker) {
    self.assembled = assembled
    self.sides = sides
    self.rows = rows
    let problem = assembled.problem
    let project = assembled.project
    years = problem.years
    recovery = capitalRecoveryFactor(rate: project.economy.realDiscountRate, years: project.economy.lifetime)
    demand = assembled.demand / years
    self.charges = charges.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) }
    self.released = released.rows.map(\.limit)
    bounds = released.rows.map { ($0.row.lower, $0.row.upper) }
    var forms = [assembled.cash, assembled.emission, assembled.renewable.nonrenewable, assembled.renewable.use]
    forms += released.rows.map(\.row.form)
    var wholes: [Int?] = []
    for row in released.rows {
      wholes.append(row.limit.whole.map { _ in forms.count })
      if let whole = row.limit.whole { forms.append(whole) }
    }
    if !assembled.withoutFactor.flows.isEmpty {
      placeWithoutFactor = forms.count
      forms.append(assembled.withoutFactor)
    } else {
      placeWithoutFactor = nil
    }
    self.forms = forms
    self.wholes = wholes
    func index(_ id: String, _ part: Size.Part) -> Int? {
      problem.capacities.firstIndex { $0.label == Label(size: part, of: id) }
    }
    var costs: [(capacity: Int, existing: Double, capital: Double, fixed: Double, land: Double)] = []
    for component in project.components {
      for size in component.sizes {
        let own = size.sharedWith.flatMap { other in
          problem.capacities.firstIndex { $0.label.role == .size && $0.label.id == other }
        }
        guard let k = own ?? index(component.id, size.part) else { continue }
        let existing = assembled.retirable.first { $0.total == k }?.existing ?? problem.capacities[k].existing
        costs.append((k, existing, size.cost.capital, size.cost.fixedCapital, size.landPerUnit))
      }
    }
    self.costs = costs
    hours = project.components.compactMap { component in
      guard case .storage(let storage) = component.block, case .hoursBetween(let low, let high) = storage.shape,
        let power = index(component.id, .power), let energy = index(component.id, .energy)
      else { return nil }
      return (component.id, power, energy, low, high)
    }
    zones = project.limits.protectedZones.map { zone in
      let plant = project.components.filter { zone.forbids($0) }
      let sizes = plant.flatMap { component in
        component.sizes.filter { $0.sharedWith == nil }.compactMap { size in
          index(component.id, size.part).map { (capacity: $0, existing: size.existing) }
        }
      }
      return ("protected." + zone.id, sizes)
    }
    wearing = project.components.compactMap { component in
      guard component.mayWearByUse else { return nil }
      let sizes = component.sizes.filter(component.wearsByUse).compactMap { size in
        index(component.id, size.part).map { (capacity: $0, size: size) }
      }
      return (component.id, sizes)
    }
  }

  /// Sums over the horizon that decide about a design.
  struct Sums {
    /// Values of `forms` over the horizon, fixed charges left out.
    var values: [Double]
    /// Penalties of what is not served over the horizon [currency].
    var penalties = 0.0
    /// Electricity not served in all, and of it what nobody may shed [kWh].
    var unserved = 0.0, forbidden = 0.0
    /// Reserve that is asked for and not there [kWh].
    var reserveShort = 0.0
    /// Output of all sources, and of storages [kWh].
    var renewable = 0.0, discharged = 0.0
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
        let before = annualCost(of: size.cost, economy.discounting)
        let after = annualCost(of: worn.cost, economy.discounting)
        let capacity = assembled.problem.capacities[k]
        let new = max(0, capacities[k] - size.existing)
        if capacity.isBuilt(at: capacities[k]) {
          sum += new * (after.perUnit - before.perUnit) + after.fixed - before.fixed
        }
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

  /// Every limit of the project, in the order of `DesignLimits`, and what those with a price cost over the horizon.
  private func measured(_ sums: Sums, _ capacities: [Double]) -> (limits: [MeasuredLimit], penalties: Double) {
    var found: [MeasuredLimit] = [], penalties = 0.0
    for (i, limit) in released.enumerated() {
      let activity = sums.values[LaneForms.firstLimit + i]
      let isUpper = bounds[i].upper.isFinite
      let excess = isUpper ? activity - bounds[i].upper : activity - bounds[i].lower
      if let price = limit.price { penalties += price * max(0, isUpper ? excess : -excess) }
      let whole = wholes[i].map { sums.values[$0] } ?? 0
      let perActivity = whole > 0 ? 1 / whole : limit.perActivity
      // A renewable fraction is a least share written as a greatest remainder.
      let isLeast = limit.key.sense == .least
      found.append(
        MeasuredLimit(
          limit.key.name, limit: limit.limit, reached: limit.limit + (isLeast ? -1 : 1) * excess * perActivity,
          unit: limit.key.quantity.unit(in: assembled.project.economy.currency), isLeast: isLeast,
          isElastic: limit.price != nil))
    }
    if let least = assembled.project.limits[.renewableFractionWithStorage] {
      let all = sums.renewable + sums.values[2] + sums.discharged
      found.append(
        MeasuredLimit(
          LimitKey.renewableFractionWithStorage.name, limit: least,
          reached: all > 1e-9 ? (sums.renewable + sums.discharged) / all : least, unit: "1", isLeast: true))
    }
    found.append(
      MeasuredLimit(
        DesignLimits.forbidden, limit: 0, reached: demand > 1e-9 ? sums.forbidden / years / demand : 0, unit: "1",
        isLeast: false))
    if assembled.project.mayNotLackReserve {
      found.append(
        MeasuredLimit(
          DesignLimits.reserve, limit: 0, reached: demand > 1e-9 ? sums.reserveShort / years / demand : 0, unit: "1",
          isLeast: false))
    }
    for zone in zones {
      let new = zone.capacities.reduce(0) { $0 + max(0, capacities[$1.capacity] - $1.existing) }
      found.append(MeasuredLimit(zone.key, limit: 0, reached: new, unit: "kW", isLeast: false))
    }
    for storage in hours {
      found.append(
        MeasuredLimit(
          hoursOf: storage.id, power: capacities[storage.power], energy: capacities[storage.energy], low: storage.low,
          high: storage.high))
    }
    return (found, penalties)
  }

  /// The numbers of a design by which it is ranked and drawn; those that only a row shows are not filled in.
  func candidate(_ x: [Double], capacities: [Double], _ sums: Sums) -> SearchCandidate {
    var cash = sums.values[0]
    for charge in charges where assembled.problem.capacities[charge.capacity].isBuilt(at: capacities[charge.capacity]) {
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
    let (limits, elastic) = measured(sums, capacities)
    let (bits, violation) = rows.broken(limits)
    let whole = assembled.renewable.demand + sums.values[3]
    var found = SearchCandidate(
      sizes: x, broken: bits, violation: violation, value: annual + (sums.penalties + elastic) / years,
      annualCost: annual, netPresentCost: annual / recovery, capital: capital,
      operatingCost: annual - capital * recovery, served: demand - sums.unserved / years, sold: 0, produced: 0,
      renewableFraction: whole > 1e-9 ? 1 - (sums.values[2] + sums.unserved) / whole : nil,
      renewableFractionWithStorage: 0, co2: sums.values[1] / years, unserved: sums.unserved / years,
      lossOfPowerSupply: demand > 1e-9 ? sums.unserved / years / demand : 0, capacityShortage: 0, curtailed: 0,
      bought: 0, generated: 0, fuel: 0, generatorHours: 0, generatorStarts: 0, land: land, isExact: false,
      type: rows.type(x))
    found.isCarbonAtLeast = placeWithoutFactor.map { sums.values[$0] / years > 1e-6 } ?? false
    return found
  }

  /// Totals of all capacities of a design.
  func capacities(_ x: [Double]) -> [Double] {
    var totals = assembled.problem.capacities.map(\.lower)
    for (side, size) in zip(sides, x) { totals[side.capacity] = size }
    totals = assembled.completed(totals)
    for one in assembled.builtFlags {
      totals[one.flag] = assembled.problem.capacities[one.capacity].isBuilt(at: totals[one.capacity]) ? 1 : 0
    }
    return totals
  }
}
