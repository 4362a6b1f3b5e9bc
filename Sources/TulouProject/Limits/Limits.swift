package import TulouTechnologies

/// Limits of the whole, per year.
package struct Limits: Sendable, Equatable {
  /// A zone that forbids some kinds of components to some members.
  package struct ProtectedZone: Sendable, Equatable {
    /// Id.
    package var id: String
    /// Catalogue entries or kinds that it forbids.
    package var forbids: [String]
    /// Members it holds for; empty: all.
    package var members: [String]
    /// A zone.
    package init(id: String, forbids: [String], members: [String]) {
      self.id = id
      self.forbids = forbids
      self.members = members
    }

    /// Whether it forbids a component: by kind, catalogue entry or id, for its members (all, if none is named).
    package func forbids(_ component: Component) -> Bool {
      let names = [component.kind, component.catalogueEntry ?? component.kind, component.id]
      guard forbids.contains(where: names.contains) else { return false }
      return members.isEmpty || members.contains(component.member ?? "")
    }
  }

  /// What each limit allows, in its base unit.
  package var values: [LimitKey: Double] = [:]
  /// Price of breaking a limit; such a limit is elastic. Money per kWh that is short or beyond (fractions, shares and energy),
  /// per kg of CO2 or a pollutant; for land per m2 and year, for capital per unit of money and year.
  package var prices: [LimitKey: Double] = [:]
  /// What the renewable fraction is one of.
  package var renewableFractionOf = EnergyScope.electricity
  /// Protected zones.
  package var protectedZones: [ProtectedZone] = []
  /// No limits.
  package init() {}

  /// Every limit that may be stated here: those of all projects, those on own electricity, then those of places and what else is stated.
  package var keys: [LimitKey] {
    let known = LimitKey.all + LimitKey.ofOwnPower
    return known + values.keys.filter { !known.contains($0) }.sorted { $0.name < $1.name }
  }

  /// What a limit allows; nil: it is not stated.
  package subscript(key: LimitKey) -> Double? {
    get { values[key] }
    set { values[key] = newValue }
  }

  /// Least renewable fraction [-].
  package var renewableFraction: Double? {
    get { self[.renewableFraction] }
    set { self[.renewableFraction] = newValue }
  }
  /// The paper's fraction with storage output (rules and integers only) [-].
  package var renewableFractionWithStorage: Double? {
    get { self[.renewableFractionWithStorage] }
    set { self[.renewableFractionWithStorage] = newValue }
  }
  /// Greatest emission [kg CO2/y].
  package var co2: Double? {
    get { self[.co2] }
    set { self[.co2] = newValue }
  }
  /// Greatest energy from outside [kWh/y].
  package var outsideEnergy: Double? {
    get { self[.outsideEnergy] }
    set { self[.outsideEnergy] = newValue }
  }
  /// Greatest share of unserved energy [-].
  package var unservedEnergy: Double? {
    get { self[.unservedEnergy] }
    set { self[.unservedEnergy] = newValue }
  }
  /// Greatest share of capacity shortage [-].
  package var capacityShortage: Double? {
    get { self[.capacityShortage] }
    set { self[.capacityShortage] = newValue }
  }
  /// Greatest land use [m2].
  package var land: Double? {
    get { self[.land] }
    set { self[.land] = newValue }
  }
  /// Greatest capital [money].
  package var budget: Double? {
    get { self[.budget] }
    set { self[.budget] = newValue }
  }
}

extension Project {
  /// Whether any demand may be shed: a tier with a price (rule K16).
  public var mayShed: Bool { demands.contains { $0.tiers.contains { $0.unservedCost != nil && $0.share > 0 } } }
}
