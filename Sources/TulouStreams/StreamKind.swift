/// What flows in a stream.
///
/// Forms of energy are kept in kW and kWh, water and materials in t/h and t; nothing of one kind serves another unless an
/// `Upgrade` says so.
package enum StreamKind: String, Sendable, Hashable, CaseIterable {
  /// Electric power.
  case electricity
  /// Heat, at a temperature.
  case heat
  /// Cold, at a temperature.
  case cold
  /// Water, with what is dissolved in it.
  case water
  /// Fuel gas, by its lower heating value.
  case gas
  /// Solids and slurries.
  case material

  /// Whether amounts are energies.
  package var isEnergy: Bool {
    switch self {
    case .electricity, .heat, .cold, .gas: true
    case .water, .material: false
    }
  }

  /// Whether temperatures decide who may use it.
  package var hasTemperature: Bool { self == .heat || self == .cold }

  /// Unit of a flow, e.g. `kW`.
  package var flowUnit: String { isEnergy ? "kW" : "t/h" }

  /// Unit of a yearly amount without `/y`, e.g. `kWh`.
  package var amountUnit: String { isEnergy ? "kWh" : "t" }
}

/// Whose partner it is.
package enum PartnerRole: String, Sendable, Hashable, CaseIterable {
  /// A firm.
  case `private`
  /// A public body.
  case `public`
  /// Somebody who only receives or gives and has no seat.
  case neighbour
}

/// A firm or public body that gives or takes streams.
package struct Partner: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Free text.
  package var name: String
  /// What it does, free text.
  package var trade = ""
  /// Private, public or neighbour.
  package var role = PartnerRole.private
  /// Share of the time in which he is away, for designs that weigh failures [-].
  package var away = 0.0
  /// Place [degrees north, degrees east], if stated.
  package var latitude: Double?, longitude: Double?

  /// A partner.
  package init(id: String, name: String? = nil) {
    self.id = id
    self.name = name ?? id
  }
}

/// The way that heat or cold goes through temperatures, from where it enters to where it leaves [degC].
///
/// Heat given runs downwards, heat taken upwards; cold given warms up, what is cooled by it runs downwards. Both ends equal:
/// all of it at one temperature, as in condensing steam.
package struct TemperatureSpan: Sendable, Equatable {
  /// Where it begins [degC].
  package var start: Double
  /// Where it ends [degC].
  package var end: Double

  /// A span.
  package init(from start: Double, to end: Double) {
    self.start = start
    self.end = end
  }

  /// The warmer end [degC].
  package var warm: Double { max(start, end) }
  /// The colder end [degC].
  package var cold: Double { min(start, end) }

  /// Share of it that lies above a temperature; a level of one temperature counts as above itself.
  package func share(above level: Double) -> Double {
    if warm == cold { return warm >= level ? 1 : 0 }
    return min(1, max(0, (warm - max(cold, level)) / (warm - cold)))
  }

  /// Share of it that lies below a temperature.
  package func share(below level: Double) -> Double {
    if warm == cold { return cold <= level ? 1 : 0 }
    return min(1, max(0, (min(warm, level) - cold) / (warm - cold)))
  }
}
