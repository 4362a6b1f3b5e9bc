import TulouProject
import TulouTechnologies

/// Which players are alike: the same demand, plant, meters and contract, whatever their names.
struct Alikeness {
  /// Number of the kind of each player; alike players have the same.
  let kinds: [Int]

  init(_ project: Project, players: [String]) {
    let traits = players.map { Traits(project, player: $0) }
    var kinds: [Int] = []
    for (index, one) in traits.enumerated() {
      kinds.append(traits[..<index].firstIndex(of: one).map { kinds[$0] } ?? index)
    }
    self.kinds = kinds
  }

  /// Kinds of a group's members, sorted: the same for groups that differ by names only.
  func key(_ group: Int) -> [Int] { kinds.indices.filter { group >> $0 & 1 == 1 }.map { kinds[$0] }.sorted() }

  /// Kinds of some members, sorted: the same for groups that differ by names only.
  func kinds(of members: [Int]) -> [Int] { members.map { kinds[$0] }.sorted() }

  /// All that distinguishes a player but its names.
  private struct Traits: Equatable {
    var demands: [Demand]
    var components: [Component]
    var markets: [Market]
    var buses: [Bus]
    var contract: String?
    var isReceiver: Bool
    var zones: [Bool]

    init(_ project: Project, player: String) {
      let prefix = player + "."
      func plain(_ bus: String) -> String { bus.hasPrefix(prefix) ? "." + bus.dropFirst(prefix.count) : bus }
      let member = player.isEmpty ? nil : player
      demands = project.demands.filter { $0.member == member }.enumerated().map { number, demand in
        var own = demand
        own.id = "\(number)"
        own.name = ""
        own.member = nil
        own.bus = plain(own.bus)
        return own
      }
      let mine = project.components.filter { $0.member == member }
      let numbers = Dictionary(mine.enumerated().map { ($1.id, "\($0)") }, uniquingKeysWith: { first, _ in first })
      components = mine.enumerated().map { number, component in
        var own = component
        own.id = "\(number)"
        own.name = ""
        own.member = nil
        own.block = own.block.moved(plain)
        if case .link(var link) = own.block, link.meterOf == player {
          link.meterOf = ""
          own.block = .link(link)
        }
        for size in own.sizes.indices {
          if let other = own.sizes[size].sharedWith { own.sizes[size].sharedWith = numbers[other] ?? other }
        }
        return own
      }
      let buses = project.buses.filter { $0.member == member && member != nil }
      self.buses = buses.map { bus in
        var own = bus
        own.id = plain(own.id)
        own.member = nil
        return own
      }
      markets = project.markets.filter { market in buses.contains { $0.id == market.bus } }.map { market in
        var own = market
        own.bus = plain(own.bus)
        return own
      }
      contract = project.members.first { $0.id == player }?.aloneMarket
      isReceiver = project.sharing.networkChargeTo == member && member != nil
      zones = project.limits.protectedZones.map { $0.members.contains(player) }
    }
  }
}
