import Synchronization
import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// What a search says of a design is what `tulou simulate` says of it: every number of every row, place of the surface and rejected
/// design, whatever the project holds and however designs are run.
struct SearchRowsProperty {
  let random: RandomRuleProject
  let strategy: DispatchStrategy
  let cheapest: Bool
  /// A number that differs, with both values.
  private(set) var differences: [String] = []
  private(set) var isInLanes = false
  private(set) var designs = 0
  private var known: [[Double]: Single] = [:]

  /// What `tulou simulate` says, read from the accounts of a plan and from nothing of the search.
  struct Single {
    var accounts: Accounts
    var certificate: Certificate
    var outcome: Outcome
    var broken: Set<String>
    var penalties: Double
  }

  static let strategies: [DispatchStrategy] = [
    .loadFollowing, .loadFollowing, .cycleCharging(setPoint: 0), .selfConsumption, .cycleCharging(setPoint: 0.8),
    .combined(threshold: 0.5),
  ]

  init(seed: UInt64, hours: Int = 96) {
    random = RandomRuleProject(seed: seed, hours: hours)
    strategy = Self.strategies[Int(seed / 2) % Self.strategies.count]
    cheapest = seed % 7 == 3
  }

  var project: Project { random.project }

  /// Runs a search of some thirty designs and compares all that it shows.
  mutating func run(method: SearchOptions.Method = .grid) throws {
    var options = SearchOptions()
    options.strategy = strategy
    options.cheapest = cheapest
    options.method = method
    options.rows = 1000
    options.most = 60
    options.seeksBound = false
    // Three sizes at three totals, the others at one: between them every part of a project is there and missing.
    for (n, side) in try SearchStudy.space(project, options).sides.enumerated() where method == .grid {
      let top = side.probe, least = side.isDiscrete ? side.values[0] : side.lower
      options.candidates[side.name] =
        n > 2 ? [top] : side.isDiscrete ? [least, top] : [least, 0.4 * (least + top), top]
    }
    let outcome = try SearchStudy.run(project: project, options: options, solver: nil)
    isInLanes = outcome.engineReasons.isEmpty
    designs = outcome.evaluated
    for row in outcome.rows + outcome.rejectedSample + [outcome.leastCapital].compactMap({ $0 }) {
      try compare(row, outcome)
    }
    for (_, _, cell) in outcome.surface?.all ?? [] {
      let single = try single(cell.sizes, outcome)
      note(cell.value, single.certificate.value, "surface value", cell.sizes)
      note(cell.netPresentCost, single.accounts.value("net_present_cost"), "surface npc", cell.sizes)
      note(cell.capital, single.accounts.value("capital"), "surface capital", cell.sizes)
      note(cell.renewableFraction ?? .nan, single.accounts.value("renewable_fraction"), "surface rf", cell.sizes)
      note(cell.co2, single.accounts.value("co2").map { $0 * 1000 }, "surface co2", cell.sizes)
      if (cell.violation > 0) != !single.broken.isEmpty { differences.append("surface violation of \(cell.sizes)") }
    }
    guard method == .grid else { return }
    // Counts are those of all designs.
    var feasible = 0
    var rejected: [String: Int] = [:]
    let space = try SearchStudy.space(project, options)
    for i in 0..<outcome.evaluated {
      let broken = try single(space.design(i), outcome).broken
      if broken.isEmpty { feasible += 1 }
      for key in broken { rejected[key, default: 0] += 1 }
    }
    if feasible != outcome.feasible { differences.append("feasible: \(outcome.feasible), simulated \(feasible)") }
    for (key, count) in zip(outcome.limits, outcome.rejected) where count != rejected[key] ?? 0 {
      differences.append("rejected by \(key): \(count), simulated \(rejected[key] ?? 0)")
    }
  }

  private mutating func note(_ ours: Double, _ theirs: Double?, _ what: String, _ sizes: [Double]) {
    guard let theirs else {
      if ours.isFinite { differences.append("\(what) of \(sizes): \(ours), simulated has none") }
      return
    }
    if !(abs(ours - theirs) <= 1e-9 * max(1, abs(theirs), abs(ours))) {
      differences.append("\(what) of \(sizes): \(ours), simulated \(theirs)")
    }
  }

  private mutating func single(_ sizes: [Double], _ outcome: SearchOutcome) throws -> Single {
    if let single = known[sizes] { return single }
    var options = SimulateOptions()
    options.comparesWithForesight = false
    options.strategy = strategy
    options.cheapest = cheapest && strategy.takesCheapest
    for (side, size) in zip(outcome.sides, sizes) { options.sizes[side.name] = size }
    let found = try SimulateStudy.run(project: project, options: options, solver: nil)
    let plan = try #require(found.plan)
    let accounts = Accounts.make(project: found.project, plan: plan)
    let single = Single(
      accounts: accounts, certificate: try #require(found.certificate), outcome: found,
      broken: broken(accounts, plan), penalties: penalties(accounts, plan))
    known[sizes] = single
    return single
  }

  /// Limits that the indicators break, by their definitions in the format.
  private func broken(_ accounts: Accounts, _ plan: Plan) -> Set<String> {
    let limits = project.limits
    var broken: Set<String> = []
    func above(_ key: String, _ value: Double?, _ limit: Double?) {
      guard let value, let limit, !limits.prices.keys.contains(where: { $0.name == key }) else { return }
      if value > limit + 1e-9 * max(1, abs(limit), abs(value)) { broken.insert(key) }
    }
    func below(_ key: String, _ value: Double?, _ limit: Double?) { above(key, value.map { -$0 }, limit.map { -$0 }) }
    below("renewable_fraction", accounts.value("renewable_fraction"), limits.renewableFraction)
    below(
      "renewable_fraction_with_storage", accounts.value("renewable_fraction_with_storage"),
      limits.renewableFractionWithStorage)
    above("co2", accounts.value("co2").map { $0 * 1000 }, limits.co2)
    above("outside_energy", accounts.value("p_n"), limits.outsideEnergy)
    above("unserved_energy", accounts.value("unserved_energy"), limits.unservedEnergy)
    above("capacity_shortage", accounts.value("capacity_shortage"), limits.capacityShortage)
    above("land", accounts.value("land"), limits.land)
    above("budget", accounts.value("capital"), limits.budget)
    var forbidden = 0.0
    for (j, flow) in plan.problem.flows.enumerated() where flow.label.role == .unserved {
      let tiers = project.demands.first { $0.id == flow.label.id }?.tiers ?? []
      guard tiers.first(where: { $0.name == flow.label.part.name })?.unservedCost == nil else { continue }
      for t in 0..<plan.problem.steps { forbidden += plan.problem.weight[t] * plan.solution.flows[j][t] }
    }
    var short = 0.0
    for (j, flow) in plan.problem.flows.enumerated() where flow.label.role == .reserveShortage {
      for t in 0..<plan.problem.steps { short += plan.problem.weight[t] * plan.solution.flows[j][t] }
    }
    if !project.reliability.reserve.isEmpty, limits.capacityShortage == nil,
      short * plan.problem.stepHours / plan.problem.years > 1e-9 * (accounts.value("p_o") ?? 0)
    {
      broken.insert("reserve")
    }
    if forbidden * plan.problem.stepHours / plan.problem.years > 1e-9 * (accounts.value("p_o") ?? 0) {
      broken.insert("unserved")
    }
    for component in project.components {
      guard case .storage(let storage) = component.block, case .hoursBetween(let low, let high) = storage.shape,
        let power = plan.capacity(Label(component.id, .size, part: .power)),
        let energy = plan.capacity(Label(component.id, .size, part: .energy))
      else { continue }
      if energy < low * power * (1 - 1e-9) || energy > high * power * (1 + 1e-9) {
        broken.insert("hours of " + component.id)
      }
    }
    return broken
  }

  /// What is not served at its tier's price, and limits with a price as far as indicators break them [currency/y].
  private func penalties(_ accounts: Accounts, _ plan: Plan) -> Double {
    var sum = 0.0
    for demand in project.demands {
      for tier in demand.tiers {
        guard let price = tier.unservedCost,
          let j = plan.problem.flows.firstIndex(where: {
            $0.label == Label(demand.id, .unserved, part: .named(tier.name), bus: demand.bus)
          })
        else { continue }
        var energy = 0.0
        for t in 0..<plan.problem.steps { energy += plan.problem.weight[t] * plan.solution.flows[j][t] }
        sum += energy * plan.problem.stepHours / plan.problem.years * price
      }
    }
    let limits = project.limits
    let demand = (accounts.balance.all.yearly.served + accounts.balance.all.yearly.unserved)
    func add(_ key: String, _ excess: Double?) {
      guard let price = limits.prices.first(where: { $0.key.name == key })?.value, let excess else { return }
      sum += price * max(0, excess)
    }
    add("co2", limits.co2.map { (accounts.value("co2") ?? 0) * 1000 - $0 })
    add("outside_energy", limits.outsideEnergy.map { (accounts.value("p_n") ?? 0) - $0 })
    add("unserved_energy", limits.unservedEnergy.map { ((accounts.value("unserved_energy") ?? 0) - $0) * demand })
    add("capacity_shortage", limits.capacityShortage.map { ((accounts.value("capacity_shortage") ?? 0) - $0) * demand })
    add(
      "renewable_fraction",
      limits.renewableFraction.map {
        ($0 - (accounts.value("renewable_fraction") ?? 0)) * (demand + (accounts.value("sold") ?? 0))
      })
    return sum
  }

  private mutating func compare(_ row: SearchCandidate, _ outcome: SearchOutcome) throws {
    let single = try single(row.sizes, outcome)
    let accounts = single.accounts
    if !row.isExact { differences.append("\(row.sizes) is shown as the lanes have it") }
    if Set(outcome.reasons(row)) != single.broken {
      differences.append("limits broken by \(row.sizes): \(outcome.reasons(row)), simulated \(single.broken.sorted())")
    }
    let said = Set((single.outcome.givenSizes ?? []).filter { !$0.holds && !$0.isElastic }.map(\.key))
    if said != single.broken { differences.append("simulate says \(said), not \(single.broken)") }
    note(row.value, single.certificate.value, "value", row.sizes)
    note(row.value, (accounts.value("annual_cost") ?? .nan) + single.penalties, "cost and penalties", row.sizes)
    let indicators: [(String, Double)] = [
      ("net_present_cost", row.netPresentCost), ("annual_cost", row.annualCost), ("capital", row.capital),
      ("renewable_fraction", row.renewableFraction ?? .nan),
      ("renewable_fraction_with_storage", row.renewableFractionWithStorage ?? .nan), ("co2", row.co2 / 1000),
      ("unserved_energy", row.lossOfPowerSupply), ("unserved", row.unserved),
      ("capacity_shortage", row.capacityShortage), ("curtailed", row.curtailed), ("bought", row.bought),
      ("sold", row.sold), ("land", row.land), ("exergy_efficiency", row.exergyEfficiency ?? .nan),
    ]
    for (key, value) in indicators { note(value, accounts.value(key), key, row.sizes) }
    if row.served > 1e-6 { note(row.costOfEnergy, accounts.value("cost_of_energy_served"), "coe", row.sizes) }
    if row.produced > 1e-6 {
      note(row.annualCost / row.produced, accounts.value("cost_of_energy_produced"), "coe produced", row.sizes)
    }
    for machine in accounts.machines {
      guard let i = outcome.partNames.firstIndex(where: { $0.key == machine.id + ".energy" }) else { continue }
      note(row.parts[i], machine.energy, machine.id + ".energy", row.sizes)
    }
    for use in single.outcome.rules?.generators ?? [] {
      for (key, value) in [("hours", use.hours), ("starts", use.starts)] {
        guard let i = outcome.partNames.firstIndex(where: { $0.key == "\(use.id).\(key)" }) else { continue }
        note(row.parts[i], value / accounts.years, "\(use.id).\(key)", row.sizes)
      }
    }
  }
}

/// A few of them in every run of the tests.
@Suite("Rows of a search") struct SearchRowsTests {
  @Test("say what simulate says of the same sizes", arguments: UInt64(0)..<14) func rows(seed: UInt64) throws {
    var property = SearchRowsProperty(seed: seed, hours: 48)
    try property.run()
    #expect(
      property.differences.isEmpty, "\(property.random): \(property.differences.prefix(6).joined(separator: "\n"))")
  }

  @Test("those of an optimiser too", arguments: [UInt64(2), 5]) func optimiser(seed: UInt64) throws {
    var property = SearchRowsProperty(seed: seed, hours: 48)
    try property.run(method: .optimise)
    #expect(
      property.differences.isEmpty, "\(property.random): \(property.differences.prefix(6).joined(separator: "\n"))")
  }
}

/// Many of them, with a week of hours.
@Suite("Rows of many searches", .enabled(if: SlowTests.areWanted)) struct SearchRowsSlowTests {
  @Test("say what simulate says of the same sizes") func rows() throws {
    var inLanes = 0, designs = 0
    var kinds: [String: Int] = [:]
    for seed in UInt64(0)..<150 {
      var property = SearchRowsProperty(seed: seed, hours: seed % 5 == 0 ? 216 : 96)
      try property.run(method: seed % 9 == 4 ? .optimise : .grid)
      if property.isInLanes { inLanes += 1 }
      designs += property.designs
      for kind in property.random.kinds { kinds[kind, default: 0] += 1 }
      #expect(
        property.differences.isEmpty, "\(property.random): \(property.differences.prefix(6).joined(separator: "\n"))")
    }
    print("\(designs) designs, \(inLanes) of 150 projects in lanes; \(kinds.sorted { $0.key < $1.key })")
    #expect(inLanes > 15)
  }
}
