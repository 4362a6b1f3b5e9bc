import TulouFinance
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
  /// Fossil factor [kg/kWh]; zero where nobody says.
  var factor: PathSeries
  /// Whether somebody says what it emits.
  var hasFactor: Bool
}

extension Reading {
  /// The origin of what a market sells to the cluster; nil where its bus is unknown.
  func origin(of market: Market, bought: [Double]) -> Origin? {
    guard let carrier = carrier(market.bus) else { return nil }
    let isFuel = carrier.kind == .fuel
    let factor = project.emissionFactor(of: market)
    return Origin(
      id: market.id, kind: isFuel ? .fuel : .grid, carrier: carrier, scope: isFuel ? 1 : 2, series: bought,
      factor: factor ?? PathSeries(0), hasFactor: factor != nil)
  }

  /// The origin of what a source brings in; nil for storages, converters and links.
  func origin(of component: Component) -> Origin? {
    guard case .source(let source) = component.block, let carrier = carrier(source.bus) else { return nil }
    let factor = project.emissionFactor(of: source)
    return Origin(
      id: component.id, kind: carrier.kind == .fuel ? .fuel : .source, carrier: carrier, scope: 1,
      series: total(component.id, .production), factor: factor ?? PathSeries(0), hasFactor: factor != nil)
  }
}
