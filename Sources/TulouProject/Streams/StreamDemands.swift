import TulouDocument
import TulouQuantities
import TulouStreams
import TulouTechnologies

/// Needs of partners that a bus of the energy plan serves: each becomes a demand that `tulou plan` meets hour by hour.
///
/// The plan buys nothing for it at 'buys': what serves it are the sources, converters and markets of the bus, streams out among
/// them. Where these are the same as in the park, plan and match count the same money.
enum StreamDemands {
  static func all(_ project: Project, _ document: Node, _ decoding: inout Decoding) -> [Demand] {
    guard let symbiosis = project.symbiosis else { return [] }
    var demands: [Demand] = []
    for sink in symbiosis.park.sinks {
      guard let bus = sink.bus else { continue }
      let mark = Validation.mark(document, "streams", "in", sink.id, "bus")
      decoding.within("streams.in.\(sink.id).bus") { inner in
        if let demand = demand(sink, on: bus, of: project, symbiosis, at: mark, &inner) { demands.append(demand) }
      }
    }
    return demands
  }

  private static func demand(
    _ sink: StreamSink, on id: String, of project: Project, _ symbiosis: Symbiosis, at mark: Mark,
    _ decoding: inout Decoding
  ) -> Demand? {
    guard let bus = StreamComponents.bus(id, of: project, at: mark, &decoding) else { return nil }
    let isTaken =
      project.demands.contains { $0.id == sink.id } || project.components.contains { $0.id == sink.id }
      || project.markets.contains { $0.id == sink.id } || project.buses.contains { $0.id == sink.id }
    if isTaken {
      decoding.error("The id '\(sink.id)' stands elsewhere already; ids share one name space.", at: mark)
      return nil
    }
    guard let kind = project.carrier(ofBus: id)?.kind, StreamComponents.fits(sink.kind, kind) else {
      decoding.error("'\(sink.id)' is \(sink.kind.rawValue), but the bus '\(id)' is of '\(bus.carrier)'.", at: mark)
      return nil
    }
    if let wanted = sink.temperatures, let supply = bus.supply {
      let missing = sink.kind == .heat ? wanted.warm - supply : supply - wanted.cold
      guard missing <= 1e-9 else {
        decoding.error(
          "The bus '\(id)' is too \(sink.kind == .heat ? "cold" : "warm") for '\(sink.id)' by \(missing.plain) K.",
          advice: "A heat pump between two buses lifts it.", at: mark)
        return nil
      }
    }
    guard let power = StreamComponents.hourly(sink.need, symbiosis.park.blocks, project.horizon) else {
      decoding.error(
        "A stream that a bus serves is flat, or has a profile of months, days and nights.",
        advice: "Take 'match.blocks' out.", at: mark)
      return nil
    }
    var demand = Demand(id: sink.id, bus: id, power: power)
    if !sink.record.name.isEmpty { demand.name = sink.record.name }
    if sink.kind.hasTemperature, let wanted = sink.temperatures {
      demand.neededTemperature = sink.kind == .heat ? wanted.warm : wanted.cold
    }
    return demand
  }
}
