import TulouProject
import TulouQuantities
import TulouTechnologies

/// The cluster as an engineer sketches it: buses as bars, machines and demands as boxes on them, members as frames.
struct SystemDiagram {
  /// A box.
  struct Box {
    var id: String
    var name: String
    var detail: String
    var colour: Colour
    /// Buses that it touches, the one it hangs on first.
    var buses: [String]
  }
  /// A bar with what hangs on it.
  struct Bar {
    var id: String
    var name: String
    var colour: Colour
    var member: String
    var above: [Box] = []
    var below: [Box] = []
  }

  /// Bars from top to bottom, those of a member together.
  var bars: [Bar]
  /// What a reader who cannot see it should know.
  var summary: String

  /// The diagram of a project; `sizes` are written into the boxes, e.g. `400 kW` by component id.
  init(_ project: Project, legend: Legend, sizes: [String: String] = [:]) {
    let order = [""] + project.members.map(\.id)
    var bars = order.flatMap { member in
      project.buses.filter { ($0.member ?? "") == member }.map { bus in
        Bar(
          id: bus.id,
          name: legend.name(bus.id) + " – " + SystemDiagram.words(project.carrier(ofBus: bus.id), bus, legend),
          colour: legend.colour(bus.id), member: member)
      }
    }
    let place = Dictionary(bars.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    func box(_ component: Component, on buses: [String]) -> Box {
      let owner = component.member.map { legend.member($0) } ?? ""
      let grouped = buses.contains { id in bars.contains { $0.id == id && !$0.member.isEmpty } }
      let parts = [
        grouped || owner.isEmpty ? Legend.plain(component.kind) : "\(Legend.plain(component.kind)) of \(owner)",
        sizes[component.id] ?? "",
      ].filter { !$0.isEmpty }
      return Box(
        id: component.id, name: legend.name(component.id), detail: parts.joined(separator: " · "),
        colour: legend.colour(component.id), buses: buses.sorted { (place[$0] ?? 0) < (place[$1] ?? 0) })
    }
    for market in project.markets where !market.onlyAlone {
      let ways = [market.buy == nil ? "" : "buys", market.sell == nil ? "" : "sells"].filter { !$0.isEmpty }
      let detail =
        market.buy != nil && market.sell != nil ? "market · both ways" : ways == ["buys"] ? "market" : "market · takes"
      if let i = place[market.bus] {
        bars[i].above.append(
          Box(
            id: market.id, name: legend.name(market.id), detail: detail, colour: legend.colour(market.id),
            buses: [market.bus]))
      }
    }
    for component in project.components {
      switch component.block {
      case .source(let source):
        if let i = place[source.bus] { bars[i].above.append(box(component, on: [source.bus])) }
      case .storage(let storage):
        if let i = place[storage.bus] { bars[i].below.append(box(component, on: [storage.bus])) }
      case .link(let link):
        let made = box(component, on: [link.from, link.to])
        if let i = place[made.buses[0]] { bars[i].below.append(made) }
      case .converter(let converter):
        var touched: [String] = []
        for port in converter.ports where !touched.contains(port.bus) { touched.append(port.bus) }
        let made = box(component, on: touched)
        if let first = made.buses.first, let i = place[first] { bars[i].below.append(made) }
      }
    }
    for demand in project.demands {
      guard let i = place[demand.bus] else { continue }
      let owner = bars[i].member.isEmpty ? demand.member.map { " · " + legend.member($0) } ?? "" : ""
      bars[i].below.append(
        Box(
          id: demand.id, name: legend.name(demand.id), detail: SystemDiagram.words(demand.kind) + owner,
          colour: legend.colour(demand.id), buses: [demand.bus]))
    }
    self.bars = bars
    let counted = bars.map { bar in
      "\(bar.name): " + (bar.above + bar.below).map(\.name).joined(separator: ", ")
    }
    summary = "Buses and what is on them. " + counted.joined(separator: "; ") + "."
  }

  private static func words(_ carrier: Carrier?, _ bus: Bus, _ legend: Legend) -> String {
    var text = carrier.map { legend.carrier($0.id) } ?? ""
    if let supply = bus.supply, let back = bus.return {
      text += " \(NumberText.significant(supply)) / \(NumberText.significant(back)) °C"
    }
    return text
  }

  private static func words(_ kind: Demand.Kind) -> String {
    switch kind {
    case .fixed: "demand"
    case .sliding, .daily, .tank: "flexible demand"
    case .vehicles: "vehicles"
    }
  }
}
