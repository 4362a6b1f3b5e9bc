public import TulouAccounts
import TulouDocument
import TulouFinance
import TulouProblem
package import TulouProject
public import TulouSolvers
import TulouTechnologies

/// What members and the commons would do without the project, where they own plant already (rule M18).
///
/// Each has its own contract, its demand and the plant that stands, run at least cost; the meter to the cluster, with its
/// loss and its charge, is not there. Who owns no plant buys what it wants: that needs no dispatch.
package enum StandaloneStudy {
  /// Everyone who owns plant already; empty where the project states no reference.
  ///
  /// - Parameters:
  ///   - project: The project, with its members.
  ///   - solver: Finds the dispatch.
  ///   - options: As for one plan.
  package static func all(
    of project: Project, solver: any Solver, options: PlanOptions = PlanOptions()
  ) -> [Standalone] {
    guard project.reference != nil else { return [] }
    return project.ownersOfExistingPlant.map { member in
      let alone = project.alone(member)
      var asked = options
      asked.sizes = [:]
      asked.objective = .netPresentCost
      asked.wholeNumbers = .rounding
      asked.explanationSeconds = nil
      do throws(ProjectFault) {
        let outcome = try PlanStudy.run(project: alone, options: asked, solver: solver)
        // A plan below its own proven least is no reference.
        if let fault = outcome.warnings.first(where: { $0.severity == .error }) {
          return Standalone(member: member, project: alone, plan: nil, reason: fault.message)
        }
        return Standalone(
          member: member, project: outcome.project, plan: outcome.plan,
          reason: outcome.plan == nil ? "its own plant and contract cannot serve all it wants" : "")
      } catch {
        return Standalone(
          member: member, project: alone, plan: nil,
          reason: error.diagnostics.first?.message ?? "its own plant cannot be planned")
      }
    }
  }
}

extension Accounts {
  /// Measures an outcome, with what everybody would pay alone; empty accounts where it has no plan.
  public static func make(
    _ outcome: Outcome, solver: any Solver, options: PlanOptions = PlanOptions()
  ) -> Accounts {
    guard let plan = outcome.plan else { return Accounts() }
    var accounts = make(
      project: outcome.project, plan: plan,
      standalone: StandaloneStudy.all(of: outcome.project, solver: solver, options: options))
    // A limit that given sizes do not keep is told by the study, with the rule.
    let told = Set(outcome.warnings.map(\.path).filter { $0.hasPrefix("limits.") })
    accounts.warnings.removeAll { told.contains($0.path) }
    return accounts
  }
}

extension Project {
  /// The project of one member by itself, or of the commons: nothing is shared.
  ///
  /// - Parameter builds: Whether it may build what it may build in the cluster; else only what stands is run, and demands are served in
  ///   the hours in which they are wanted.
  func alone(_ member: String, builds: Bool = false) -> Project {
    var own = self
    own.components = components.filter { component in
      component.isOwned(by: member) && !component.isMeter
        && (builds || component.sizes.isEmpty || component.sizes.contains { $0.existing > 0 })
    }
    let ids = Set(own.components.map(\.id))
    own.components.removeAll { component in
      component.sizes.contains { size in size.sharedWith.map { !ids.contains($0) } ?? false }
    }
    for c in own.components.indices {
      for s in own.components[c].sizes.indices where !builds && own.components[c].sizes[s].sharedWith == nil {
        let standing = own.components[c].sizes[s].existing
        own.components[c].sizes[s].mayRetire = false
        own.components[c].sizes[s].choice = .fixed(standing)
        own.components[c].sizes[s].minimum = standing
        own.components[c].sizes[s].maximum = standing
      }
      own.components[c].member = nil
    }
    let mine = demands.filter { ($0.member ?? "") == member }
    own.demands = builds ? mine : mine.filter { $0.replaces == nil }.map(Project.wanted)
    for d in own.demands.indices { own.demands[d].member = nil }
    own.markets = marketsAlone(of: member, with: own)
    own.policies = own.policies(for: [member])
    own.members = []
    own.limits = Limits()
    own.reliability = Reliability()
    own.sharing = Sharing()
    own.reference = nil
    own.objective = .netPresentCost
    own.stages = []
    own.weatherYears = []
    own.studies = []
    own.warnings = []
    own.joinBuses(of: member, meters: members.first { $0.id == member }?.ownBuses ?? [:])
    return own
  }

  /// A demand in the hours in which it is wanted, all of it to be served: how the reference counts everybody's.
  private static func wanted(_ demand: Demand) -> Demand {
    var fixed = demand
    if case .vehicles(let fleet) = demand.kind, fleet.chargeEfficiency > 0 {
      fixed.power = demand.power.map { $0 / fleet.chargeEfficiency }
    }
    fixed.kind = .fixed
    fixed.tiers = []
    fixed.member = nil
    return fixed
  }

  /// Its own contract of electricity, the boiler of the reference, and the outside markets of other carriers.
  private func marketsAlone(of member: String, with own: Project) -> [Market] {
    var found: [Market] = []
    for carrier in carriers {
      if carrier.kind == .electricity {
        if var market = marketAlone(of: member, for: carrier) {
          market.onlyAlone = false
          market.outages = nil
          found.append(market)
        }
      } else if carrier.kind == .heat, let boiler = boiler(of: own, carrier) {
        found.append(boiler)
      } else {
        found += markets.filter { !$0.onlyAlone && self.carrier(ofBus: $0.bus)?.id == carrier.id }
      }
    }
    return found
  }

  /// Heat of the reference's boiler as a market of the bus where heat is wanted.
  private func boiler(of own: Project, _ carrier: Carrier) -> Market? {
    guard let reference, let efficiency = reference.heatEfficiency, efficiency > 0,
      let bus = own.demands.first(where: { self.carrier(ofBus: $0.bus)?.id == carrier.id })?.bus
    else { return nil }
    var market = Market(id: "reference-heat", bus: bus, energyClass: reference.heatClass)
    market.buy = Market.Price(price: PathSeries((reference.heatFuelPrice ?? 0) / efficiency))
    market.emission = reference.heatEmission.map { PathSeries($0 / efficiency) }
    market.pollutants = reference.heatPollutants.mapValues { PathSeries($0 / efficiency) }
    return market
  }

  /// Puts everything of one carrier on one bus, unless lines or inverters of its own lie between: what a member has at
  /// its own meter and at buses of the cluster hangs together when it is alone.
  private mutating func joinBuses(of member: String, meters: [String: String]) {
    let hasLinks = components.contains { if case .link = $0.block { true } else { false } }
    let outer = Dictionary(meters.map { ($0.value, $0.key) }) { first, _ in first }
    buses.removeAll { $0.member != nil && $0.member != member }
    var place: [String: String] = [:]
    for bus in buses {
      let market = markets.first { carrier(ofBus: $0.bus)?.id == bus.carrier }?.bus
      let first = buses.first { $0.carrier == bus.carrier }?.id
      place[bus.id] = hasLinks ? outer[bus.id] : market ?? first
    }
    func moved(_ bus: String) -> String { place[bus] ?? bus }
    for d in demands.indices { demands[d].bus = moved(demands[d].bus) }
    for m in markets.indices { markets[m].bus = moved(markets[m].bus) }
    for c in components.indices { components[c].block = components[c].block.moved(moved) }
    let spilling = Set(buses.filter(\.spill).map { moved($0.id) })
    buses.removeAll { moved($0.id) != $0.id }
    for b in buses.indices {
      buses[b].member = nil
      buses[b].spill = spilling.contains(buses[b].id)
    }
  }
}

extension Block {
  /// The block on other buses.
  func moved(_ place: (String) -> String) -> Block {
    switch self {
    case .source(var block):
      block.bus = place(block.bus)
      return .source(block)
    case .converter(var block):
      for p in block.ports.indices { block.ports[p].bus = place(block.ports[p].bus) }
      return .converter(block)
    case .storage(var block):
      block.bus = place(block.bus)
      return .storage(block)
    case .link(var block):
      (block.from, block.to) = (place(block.from), place(block.to))
      return .link(block)
    }
  }
}
