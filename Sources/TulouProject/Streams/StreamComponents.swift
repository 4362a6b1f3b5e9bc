import TulouDocument
import TulouFinance
import TulouQuantities
import TulouStreams
import TulouTechnologies

/// Streams that feed a bus of the energy plan: each becomes a source whose size and hours `tulou plan` decides.
///
/// Its output is at most what arrives of the stream; a kWh sent costs what carrying it costs less what disposal would have
/// cost; its size and its way cost what the match counts for them: the way goes to the partner whose needs the bus serves, or is
/// named by a route from the stream to the bus. Where neither is so, what depends on length is left out, and that is listed.
enum StreamComponents {
  static func all(_ project: Project, _ document: Node, _ decoding: inout Decoding) -> [Component] {
    guard let symbiosis = project.symbiosis else { return [] }
    var components: [Component] = []
    for source in symbiosis.park.sources {
      guard let bus = source.bus else { continue }
      let path = "streams.out.\(source.id).bus"
      let mark = Validation.mark(document, "streams", "out", source.id, "bus")
      decoding.within(path) { inner in
        if let component = component(source, on: bus, of: project, symbiosis, at: mark, &inner) {
          components.append(component)
        }
      }
    }
    return components
  }

  private static func component(
    _ source: StreamSource, on id: String, of project: Project, _ symbiosis: Symbiosis, at mark: Mark,
    _ decoding: inout Decoding
  ) -> Component? {
    guard let bus = bus(id, of: project, at: mark, &decoding) else { return nil }
    if project.components.contains(where: { $0.id == source.id }) {
      decoding.error("The id '\(source.id)' stands under 'components' already; ids share one name space.", at: mark)
      return nil
    }
    guard let kind = project.carrier(ofBus: id)?.kind, fits(source.kind, kind) else {
      decoding.error("'\(source.id)' is \(source.kind.rawValue), but the bus '\(id)' is of '\(bus.carrier)'.", at: mark)
      return nil
    }
    let way = symbiosis.park.way(source, toBus: id, symbiosis.rules)
    guard way.efficiency > 0 else {
      decoding.error(
        "All of '\(source.id)' is lost on the way of \(way.kilometres.plain) km to the bus '\(id)'.", at: mark)
      return nil
    }
    guard let share = usableShare(source, bus, cooling: way.cooling, at: mark, &decoding) else { return nil }
    guard let flows = hourly(source.supply, symbiosis.park.blocks, project.horizon) else {
      decoding.error(
        "A stream that feeds a bus is flat, or has a profile of months, days and nights.",
        advice: "Take 'match.blocks' out.", at: mark)
      return nil
    }
    // Per kWh and kW that arrive.
    let arriving = way.efficiency
    var block = SourceBlock(
      bus: id, supply: .natural(flows.map { arriving * share * $0 }),
      energyClass: source.kind == .gas ? .biomass : .wasteHeat)
    block.costPerKWh = PathSeries((way.transport - source.disposal) / arriving)
    block.emissionPerKWh = (way.emission - source.disposalEmission) / arriving
    var size = Size(unit: "kW")
    size.maximum = arriving * (way.rule.largest ?? flows.max() ?? 0)
    size.cost.operation = (way.rule.perCapacity ?? 0) / arriving
    size.cost.life = project.economy.lifetime
    size.cost.fixedOperation = way.fixed
    noteLimits(way, to: id, &decoding)
    var component = Component(id: source.id, kind: "stream", block: .source(block), sizes: [size])
    if !source.record.name.isEmpty { component.name = source.record.name }
    return component
  }

  /// What the match counts of a way and the plan does not.
  private static func noteLimits(_ way: Way, to bus: String, _ decoding: inout Decoding) {
    if way.lacksLength {
      decoding.assume(
        "without what the way costs and loses by its length",
        source:
          "the bus '\(bus)' serves several partners, or none whose place is known; a route from the stream to the bus tells it",
        kind: .default)
    }
    if (way.rule.smallest ?? 0) > 0 || (way.rule.minimum ?? 0) > 0 {
      decoding.assume(
        "without least size and least amount of the way", source: "'tulou match' holds them", kind: .default)
    }
  }

  /// A bus by its id; nil after an error.
  static func bus(_ id: String, of project: Project, at mark: Mark, _ decoding: inout Decoding) -> Bus? {
    if let bus = project.buses.first(where: { $0.id == id }) { return bus }
    let names = project.buses.map(\.id)
    decoding.error(
      "There is no bus '\(Node.short(id))'.",
      advice: nearestName(to: id, among: names).map { "Did you mean '\($0)'?" }
        ?? (names.isEmpty ? "The project has no buses." : "Buses: \(names.joined(separator: ", "))."), at: mark)
    return nil
  }

  /// Whether what flows is what a bus carries.
  static func fits(_ stream: StreamKind, _ carrier: CarrierKind) -> Bool {
    switch (stream, carrier) {
    case (.heat, .heat), (.cold, .cold), (.electricity, .electricity), (.gas, .fuel): true
    default: false
    }
  }

  /// Share of the stream that the temperatures of the bus let it use; nil after an error.
  private static func usableShare(
    _ source: StreamSource, _ bus: Bus, cooling: Double, at mark: Mark, _ decoding: inout Decoding
  ) -> Double? {
    guard let own = source.temperatures, let supply = bus.supply else { return 1 }
    let margin = 2 * source.approach + cooling
    let missing = source.kind == .heat ? supply + margin - own.warm : own.cold + margin - supply
    guard missing <= 1e-9 else {
      decoding.error(
        "'\(source.id)' is too \(source.kind == .heat ? "cold" : "warm") for the bus '\(bus.id)' by \(missing.plain) K.",
        advice: "A heat pump between two buses lifts it.", at: mark)
      return nil
    }
    guard let back = bus.return else { return 1 }
    return source.kind == .heat ? own.share(above: back + margin) : own.share(below: back - margin)
  }

  /// Flows of blocks as one value a step; nil where blocks are neither one nor days and nights of months.
  static func hourly(_ flows: [Double], _ blocks: [Double], _ horizon: Horizon) -> [Double]? {
    if let first = flows.first, flows.allSatisfy({ $0 == first }) {
      return [Double](repeating: first, count: horizon.steps)
    }
    guard blocks == StreamDecoder.months.flatMap({ [$0 * 12, $0 * 12] }) else { return nil }
    return (0..<horizon.steps).map { t in
      let moment = horizon.civil(t)
      return flows[2 * (moment.date.month - 1) + (moment.hour >= 7 && moment.hour < 19 ? 0 : 1)]
    }
  }
}
