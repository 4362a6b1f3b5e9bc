public import TulouProject
import TulouTechnologies

extension Project {
  /// The project of a group: its members with their demands, plant and meters, on the cluster's buses and markets.
  ///
  /// A member alone has its own contract where `sharing.outside` says so; then no limit of the cluster holds for it. Plant and demand
  /// that belong to nobody are the commons', the player with the empty id.
  public func group(_ players: Set<String>) -> Project {
    if players.count == 1, let one = players.first, sharing.outside == .contract { return alone(one, builds: true) }
    var own = self
    own.members = members.filter { players.contains($0.id) }
    own.buses = buses.filter { $0.member == nil || players.contains($0.member ?? "") }
    let places = Set(own.buses.map(\.id))
    own.components = components.filter { players.contains($0.member ?? "") && $0.block.stands(on: places) }
    // What shares a size with plant of somebody outside cannot stand without it.
    let ids = Set(own.components.map(\.id))
    own.components.removeAll { component in
      component.sizes.contains { size in size.sharedWith.map { !ids.contains($0) } ?? false }
    }
    own.demands = demands.filter { players.contains($0.member ?? "") && places.contains($0.bus) }
    own.markets = markets.filter { places.contains($0.bus) }
    own.policies = own.policies(for: own.members.map(\.id))
    own.reliability.reserve = reliability.reserve.filter { places.contains($0.key) }
    if let receiver = sharing.networkChargeTo, !players.contains(receiver) { own.sharing.networkChargeTo = nil }
    if players.count == 1 { own.limits = Limits() }
    own.reference = nil
    own.stages = []
    own.weatherYears = []
    own.studies = []
    own.warnings = []
    return own
  }
}

extension Block {
  /// Whether all its buses are among these.
  fileprivate func stands(on places: Set<String>) -> Bool {
    switch self {
    case .source(let block): places.contains(block.bus)
    case .converter(let block): block.ports.allSatisfy { places.contains($0.bus) }
    case .storage(let block): places.contains(block.bus)
    case .link(let block): places.contains(block.from) && places.contains(block.to)
    }
  }
}
