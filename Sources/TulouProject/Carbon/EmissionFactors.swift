package import TulouFinance
package import TulouTechnologies

extension Project {
  /// Fossil CO2 of what a market sells to the cluster [kg/kWh]; nil: nobody says.
  ///
  /// The factor of a fuel stands on its market or on its carrier, once (rule M8): the market's counts if it has one. What is
  /// not bought as class N emits nothing fossil, unless the market says otherwise.
  package func emissionFactor(of market: Market) -> PathSeries? {
    if let own = market.emission { return own }
    guard let carrier = carrier(ofBus: market.bus) else { return nil }
    if carrier.kind == .fuel { return carrier.emissionFactor }
    if carrier.kind == .water || carrier.kind == .material { return PathSeries(0) }
    return market.energyClass.isOutside ? nil : PathSeries(0)
  }

  /// Fossil CO2 of what a source gives [kg/kWh]: its own, else that of the fuel that it brings; nil: nobody says.
  package func emissionFactor(of source: SourceBlock) -> PathSeries? {
    if let own = source.emissionPerKWh { return PathSeries(own) }
    guard let carrier = carrier(ofBus: source.bus), carrier.kind == .fuel else { return PathSeries(0) }
    return carrier.emissionFactor
  }
}

extension Carrier {
  /// What burning it emits [kg/kWh]; nil: nobody says.
  package var emissionFactor: PathSeries? {
    statesEmission ? PathSeries(emission, escalation: emissionEscalation) : nil
  }
}
