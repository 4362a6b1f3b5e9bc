import TulouAccounts
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouTechnologies

/// From a simulated design to a row of a search: every number is one that `tulou simulate` prints of these sizes.
package struct RowMaker: Sendable {
  /// Keys of the limits, in the order of the bits of a row.
  let limits: [String]
  /// Components of the sides, in the order of the bits of a type.
  let components: [String]
  /// What single machines do.
  let parts: PartReader
  private let bitOfSide: [Int]

  /// - Parameter probe: A design with every size above zero.
  package init(sides: [SearchSide], probe: SimulatedDesign) {
    limits = probe.limits.map(\.key)
    parts = PartReader(probe.system)
    var ids: [String] = []
    var bits: [Int] = []
    for side in sides {
      if !ids.contains(side.id) { ids.append(side.id) }
      bits.append(min(63, ids.firstIndex(of: side.id) ?? 63))
    }
    components = ids
    bitOfSide = bits
  }

  /// Limits that are broken, a bit each, and the sum of what they are broken by, each over its limit [-].
  func broken(_ measured: [MeasuredLimit]) -> (bits: UInt64, violation: Double) {
    var bits: UInt64 = 0, violation = 0.0
    for limit in measured where limit.isBroken {
      bits |= 1 << UInt64(min(63, limits.firstIndex(of: limit.key) ?? 63))
      violation += limit.violation
    }
    return (bits, violation)
  }

  /// Components that are built, a bit each.
  func type(_ x: [Double]) -> UInt64 {
    var type: UInt64 = 0
    for (bit, size) in zip(bitOfSide, x) where size > 1e-6 { type |= 1 << UInt64(bit) }
    return type
  }

  /// The row of a design.
  func row(_ x: [Double], _ design: SimulatedDesign) -> SearchCandidate {
    let (accounts, plan, system) = (design.accounts, design.plan, design.system)
    let problem = plan.problem
    func value(_ key: String) -> Double { accounts.value(key) ?? 0 }
    func yearly(_ flow: Int) -> Double {
      let series = plan.solution.flows[flow]
      var sum = 0.0
      for t in series.indices { sum += problem.weight[t] * series[t] }
      return sum * problem.stepHours / problem.years
    }
    let annual = value("annual_cost"), capital = value("capital")
    let economy = system.project.economy
    let recovery = capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
    let (bits, violation) = broken(design.limits)
    let electricity = accounts.balance.electricity?.yearly
    var row = SearchCandidate(
      sizes: x, broken: bits, violation: violation, value: design.certificate.value, annualCost: annual,
      netPresentCost: value("net_present_cost"), capital: capital, operatingCost: annual - capital * recovery,
      served: electricity?.served ?? 0, sold: value("sold"),
      produced: electricity?.entries.reduce(0) { $0 + $1.energy } ?? 0,
      renewableFraction: accounts.value("renewable_fraction"),
      renewableFractionWithStorage: accounts.value("renewable_fraction_with_storage"), co2: accounts.carbon.fossil,
      unserved: value("unserved"), lossOfPowerSupply: value("unserved_energy"),
      capacityShortage: value("capacity_shortage"), curtailed: value("curtailed"), bought: value("bought"),
      generated: 0,
      fuel: 0, generatorHours: design.dispatch.hours.reduce(0, +) / problem.years,
      generatorStarts: design.dispatch.starts.reduce(0, +) / problem.years, land: accounts.land.total, isExact: true,
      type: type(x))
    row.isCarbonAtLeast = accounts.carbon.isAtLeast
    for part in system.generators {
      row.generated += yearly(part.flow) * part.output
      row.fuel += part.fuelUsed(plan) / problem.years
    }
    row.exergyEfficiency = accounts.value("exergy_efficiency")
    if system.project.emitsPollutants { row.pollutants = Pollutant.all.map { accounts.pollutants[$0] } }
    row.parts = parts.values(system, design.dispatch, plan)
    row.warning = PenetrationWarning(system, plan, meanDemand: PartReader.meanDemand(system))
    return row
  }
}

extension SimulatedSystem.GeneratorPart {
  /// Fuel over the horizon, running and at no load [kWh].
  func fuelUsed(_ plan: Plan) -> Double {
    let problem = plan.problem
    let driving = plan.solution.flows[flow], onLine = online.map { plan.solution.flows[$0] }
    var sum = 0.0
    for t in 0..<problem.steps {
      sum += problem.weight[t] * (driving[t] * fuel[t] + (onLine?[t] ?? 0) * noLoad)
    }
    return sum * problem.stepHours
  }
}
