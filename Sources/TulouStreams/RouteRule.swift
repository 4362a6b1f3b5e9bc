/// What ways cost and lose: the rule of a kind, of two partners, or of one source and one sink. What is nil is left to the next
/// wider rule.
package struct RouteRule: Sendable, Equatable {
  /// Length [m].
  package var distance: Double?
  /// Greatest length that is looked at [m].
  package var longest: Double?
  /// Share lost per km [1/km].
  package var lossPerKilometre: Double?
  /// Temperature lost per km [K/km].
  package var coolingPerKilometre: Double?
  /// What arrives per unit sent [-], in place of the loss by length.
  package var efficiency: Double?
  /// Cost per unit sent [money/kWh or money/t].
  package var transport: Double?
  /// Cost per unit sent and km [money/kWh/km or money/t/km].
  package var transportPerKilometre: Double?
  /// CO2 per unit sent and km [kg/kWh/km or kg/t/km].
  package var emissionPerKilometre: Double?
  /// Yearly cost once built [money/y], capital annualised.
  package var fixed: Double?
  /// Yearly cost per length once built [money/m/y], capital annualised.
  package var fixedPerMetre: Double?
  /// Yearly cost per size [money/kW/y or money h/t/y], capital annualised.
  package var perCapacity: Double?
  /// Least size once built [kW or t/h].
  package var smallest: Double?
  /// Greatest size [kW or t/h].
  package var largest: Double?
  /// Least yearly amount once built [kWh or t].
  package var minimum: Double?
  /// Share of each substance taken out on the way [-].
  package var removal: [String: Double]?

  /// A rule that says nothing.
  package init() {}

  /// This rule with what it leaves open taken from a wider one.
  package func completed(by wider: RouteRule) -> RouteRule {
    var rule = self
    rule.distance = distance ?? wider.distance
    rule.longest = longest ?? wider.longest
    rule.lossPerKilometre = lossPerKilometre ?? wider.lossPerKilometre
    rule.coolingPerKilometre = coolingPerKilometre ?? wider.coolingPerKilometre
    rule.efficiency = efficiency ?? wider.efficiency
    rule.transport = transport ?? wider.transport
    rule.transportPerKilometre = transportPerKilometre ?? wider.transportPerKilometre
    rule.emissionPerKilometre = emissionPerKilometre ?? wider.emissionPerKilometre
    rule.fixed = fixed ?? wider.fixed
    rule.fixedPerMetre = fixedPerMetre ?? wider.fixedPerMetre
    rule.perCapacity = perCapacity ?? wider.perCapacity
    rule.smallest = smallest ?? wider.smallest
    rule.largest = largest ?? wider.largest
    rule.minimum = minimum ?? wider.minimum
    rule.removal = removal ?? wider.removal
    return rule
  }
}

/// The two ends that a rule is for: ids of partners, or of a source and a sink.
package struct RouteEnds: Sendable, Hashable {
  /// Giver.
  package var from: String
  /// Taker.
  package var to: String
  /// Two ends.
  package init(from: String, to: String) {
    self.from = from
    self.to = to
  }
}

/// Rules of all ways.
package struct RouteRules: Sendable, Equatable {
  /// By kind.
  package var kinds: [StreamKind: RouteRule] = [:]
  /// By partners, or by source and sink.
  package var pairs: [RouteEnds: RouteRule] = [:]
  /// Whether only pairs of a source and a sink that have a rule of their own are looked at.
  package var onlyListed = false
  /// Length of a way per length of the straight line [-].
  package var detour = 1.3
  /// No rules.
  package init() {}

  /// The rule for a source and a sink.
  func rule(_ source: StreamSource, _ sink: StreamSink) -> RouteRule {
    let own = pairs[RouteEnds(from: source.id, to: sink.id)] ?? RouteRule()
    let partners = pairs[RouteEnds(from: source.partner, to: sink.partner)]
    // A distance is the same both ways.
    var back = RouteRule()
    back.distance = pairs[RouteEnds(from: sink.partner, to: source.partner)]?.distance
    return own.completed(by: partners ?? RouteRule()).completed(by: back).completed(
      by: kinds[source.kind] ?? RouteRule())
  }

  /// Whether a pair of source and sink has a rule of its own.
  func lists(_ source: StreamSource, _ sink: StreamSink) -> Bool {
    pairs[RouteEnds(from: source.id, to: sink.id)] != nil
  }
}
