/// What a way costs and loses over its length: the same numbers for a link of the match and for a bus of the energy plan.
package struct Way: Sendable, Equatable {
  /// What was said about it.
  package var rule: RouteRule
  /// Length [m], if known.
  package var length: Double?

  /// A way of a length.
  package init(_ rule: RouteRule, length: Double?) {
    self.rule = rule
    self.length = length
  }

  /// Length [km]; 0 where it is not known.
  package var kilometres: Double { (length ?? 0) / 1000 }
  /// Loss of temperature [K].
  package var cooling: Double { (rule.coolingPerKilometre ?? 0) * kilometres }
  /// What arrives per unit sent [-].
  package var efficiency: Double { rule.efficiency ?? max(0, 1 - (rule.lossPerKilometre ?? 0) * kilometres) }
  /// Cost per unit sent [money/kWh or money/t].
  package var transport: Double { (rule.transport ?? 0) + (rule.transportPerKilometre ?? 0) * kilometres }
  /// CO2 per unit sent [kg/kWh or kg/t].
  package var emission: Double { (rule.emissionPerKilometre ?? 0) * kilometres }
  /// Yearly cost once built [money/y].
  package var fixed: Double { (rule.fixed ?? 0) + (rule.fixedPerMetre ?? 0) * (length ?? 0) }

  /// Whether something of it depends on a length that is not known.
  package var lacksLength: Bool {
    guard length == nil else { return false }
    let byLength = [
      rule.efficiency == nil ? rule.lossPerKilometre : nil, rule.coolingPerKilometre, rule.transportPerKilometre,
      rule.emissionPerKilometre, rule.fixedPerMetre,
    ]
    return byLength.contains { ($0 ?? 0) > 0 }
  }
}

extension Park {
  /// The way from a source to a sink.
  package func way(_ source: StreamSource, to sink: StreamSink, _ rules: RouteRules) -> Way {
    let rule = rules.rule(source, sink)
    return Way(
      rule, length: rule.distance ?? Screening.distance(self, source.partner, sink.partner).map { $0 * rules.detour })
  }

  /// The way from a source to a bus of the energy plan: that of the rule which names both, completed by the way to the partner
  /// whose needs the bus serves. A bus that serves several partners, or none, has no place of its own.
  package func way(_ source: StreamSource, toBus bus: String, _ rules: RouteRules) -> Way {
    let own = rules.pairs[RouteEnds(from: source.id, to: bus)] ?? RouteRule()
    let ways = sinks.filter { $0.bus == bus && $0.kind == source.kind }.map { way(source, to: $0, rules) }
    if let first = ways.first, ways.allSatisfy({ $0 == first }) {
      return Way(own.completed(by: first.rule), length: own.distance ?? first.length)
    }
    let rule = own.completed(by: rules.kinds[source.kind] ?? RouteRule())
    return Way(rule, length: rule.distance)
  }
}
