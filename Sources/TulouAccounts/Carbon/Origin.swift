import TulouProblem
import TulouProject
import TulouTechnologies

/// Where fossil carbon enters: a market or a source, with its energy and factor.
struct Origin {
  var id: String
  var kind: CarbonLine.Kind
  var carrier: Carrier
  var scope: Int
  /// Energy by step [kW].
  var series: [Double]
  /// Fossil factor [kg/kWh].
  var factor: PathSeries
}

extension Reading {
  /// The origin of what a market sells to the cluster; nil where its bus is unknown.
  ///
  /// The factor of a fuel stands on its market or on its carrier, once (rule M8): the market's counts if it has one.
  func origin(of market: Market, bought: [Double]) -> Origin? {
    guard let carrier = carrier(market.bus) else { return nil }
    let isFuel = carrier.kind == .fuel
    let ofCarrier = PathSeries(isFuel ? carrier.emission : 0, escalation: carrier.emissionEscalation)
    return Origin(
      id: market.id, kind: isFuel ? .fuel : .grid, carrier: carrier, scope: isFuel ? 1 : 2, series: bought,
      factor: market.emission.isZero ? ofCarrier : market.emission)
  }

  /// The origin of what a source brings in; nil for storages, converters and links.
  func origin(of component: Component) -> Origin? {
    guard case .source(let source) = component.block, let carrier = carrier(source.bus) else { return nil }
    let isFuel = carrier.kind == .fuel
    let ofCarrier = PathSeries(isFuel ? carrier.emission : 0, escalation: carrier.emissionEscalation)
    return Origin(
      id: component.id, kind: isFuel ? .fuel : .source, carrier: carrier, scope: 1,
      series: total(component.id, .production),
      factor: source.emissionPerKWh != 0 ? PathSeries(source.emissionPerKWh) : ofCarrier)
  }
}
