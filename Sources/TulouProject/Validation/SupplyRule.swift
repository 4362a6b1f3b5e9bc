import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Buses that nothing supplies though something draws from them, and buses that nothing touches.
  static let supplyRule: Rule = { project, document, decoding in
    // A project of streams alone needs no bus.
    if project.symbiosis != nil, project.demands.isEmpty, project.components.isEmpty, project.markets.isEmpty { return }
    var gives: Set<String> = []
    var takes: [String: String] = [:]
    for component in project.components {
      switch component.block {
      case .source(let block): gives.insert(block.bus)
      case .converter(let block):
        for port in block.ports {
          if port.coefficient.contains(where: { $0 > 0 }) { gives.insert(port.bus) }
          if port.coefficient.contains(where: { $0 < 0 }), takes[port.bus] == nil { takes[port.bus] = component.id }
        }
      case .storage(let block): if takes[block.bus] == nil { takes[block.bus] = component.id }
      case .link(let block):
        gives.insert(block.to)
        if block.twoWay { gives.insert(block.from) }
        if block.meterOf == nil, takes[block.from] == nil { takes[block.from] = component.id }
      }
    }
    for market in project.markets where !market.onlyAlone {
      if market.buy != nil { gives.insert(market.bus) }
      if market.sell != nil, takes[market.bus] == nil { takes[market.bus] = market.id }
    }
    // The share model has no buses: a file that asks it alone connects nothing.
    let isEmpty = project.components.isEmpty && project.demands.isEmpty && project.markets.isEmpty
    if isEmpty, project.studies.contains(where: { $0.kind == .shares }) { return }
    for bus in project.buses {
      let wanting = project.demands.filter { $0.bus == bus.id }
      let key = bus.id.split(separator: ".").last.map(String.init) ?? bus.id
      decoding.within("buses.\(key)") { inner in
        let place =
          document["buses"]?[bus.id] != nil || bus.member == nil
          ? mark(document, "buses", bus.id) : mark(document, "members", bus.member ?? "", "meters", key)
        if !gives.contains(bus.id) {
          if let demand = wanting.first(where: { $0.tiers.isEmpty || $0.tiers.contains { $0.unservedCost == nil } }),
            demand.power.contains(where: { $0 > 0 })
          {
            inner.error(
              "Nothing supplies the bus '\(bus.id)', but the demand '\(demand.id)' stands on it and may not be shed.",
              advice: "Add a source, a market, a converter or a link that feeds it.", at: place)
          } else if let taker = takes[bus.id] {
            inner.warning(
              "Nothing supplies the bus '\(bus.id)', so '\(taker)' cannot run.",
              advice: "Add a market or a source to it.", at: place)
          } else if wanting.isEmpty {
            inner.warning("Nothing is connected to the bus '\(bus.id)'.", at: place)
          }
        } else if wanting.isEmpty && takes[bus.id] == nil && bus.member == nil && !hasMeter(bus.id, project) {
          inner.warning("Nothing takes from the bus '\(bus.id)'.", at: place)
        }
      }
    }
  }

  private static func hasMeter(_ bus: String, _ project: Project) -> Bool {
    project.members.contains { $0.ownBuses[bus] != nil }
  }
}
