extension Photovoltaics: Machine {
  /// A photovoltaic field.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from.
  ///   - resource: Id of the sun that it lives on.
  ///   - size: Which totals are to be had [kW of modules].
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that receives its output.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, resource: String, size: SizeRange, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["bus": bus, "resource": resource], size: size, cost: cost)
  }
}

extension WindPower: Machine {
  /// Wind turbines.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `turbine` or `power_curve`.
  ///   - resource: Id of the wind that it lives on.
  ///   - size: Which totals are to be had [kW].
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that receives its output.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, resource: String, size: SizeRange, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["bus": bus, "resource": resource], size: size, cost: cost)
  }
}

extension Hydro: Machine {
  /// A run-of-river station; state `design_flow`, `turbine` or `reservoir` by `stating`.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from.
  ///   - resource: Id of the river that it lives on.
  ///   - head: Net head [m]; gross head where a turbine is stated.
  ///   - size: Which totals are to be had [kW].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, resource: String, head: Double, size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["bus": "ac", "resource": resource], size: size, cost: cost)
    stated["head"] = .number(head, "m")
  }
}

extension TidalPower: Machine {
  /// Turbines in a tidal current.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from.
  ///   - resource: Id of the current that it lives on.
  ///   - ratedSpeed: Current at which it gives its rating [m/s].
  ///   - size: Which totals are to be had [kW].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, resource: String, ratedSpeed: Double, size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["bus": "ac", "resource": resource], size: size, cost: cost)
    stated["rated_speed"] = .number(ratedSpeed, "m/s")
  }
}

extension GenericSource: Machine {
  /// What limits the output of a source.
  public enum Limit: Sendable, Equatable {
    /// Share of the capacity that is available in each step [-].
    case availability([Double])
    /// What nature gives in each step [kW].
    case natural([Double])
    /// Gas of a resource, by its id.
    case resource(String)
    /// An amount a year, storable through the year.
    case stock(Energy)
  }

  /// A source that a series, a resource or a yearly amount limits.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - energyClass: Where its energy comes from, as the project file writes it, e.g. `S.sun`, `B`, `N.coal`.
  ///   - limit: What limits its output.
  ///   - size: Which totals are to be had [kW]; nil: what nature gives is all there is.
  ///   - cost: What it costs; nil: nothing.
  ///   - bus: Bus that receives its output.
  public init(
    _ id: String, class energyClass: String, limit: Limit, size: SizeRange? = nil, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: nil, ports: ["bus": bus, "class": energyClass], size: size, cost: cost)
    switch limit {
    case .availability(let shares): stated["availability"] = .numbers(shares, "1")
    case .natural(let power): stated["natural"] = .numbers(power, "kW")
    case .resource(let resource): stated["resource"] = .text(resource)
    case .stock(let annual):
      var stock = Statement()
      stock["annual"] = .number(annual.kilowattHours, "kWh/y")
      stated["stock"] = .mapping(stock)
    }
  }
}
