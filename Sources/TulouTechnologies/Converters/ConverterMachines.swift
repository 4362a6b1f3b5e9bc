extension Generator: Machine {
  /// A generator that burns a fuel.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `efficiency` or `fuel_curve`.
  ///   - fuel: Bus that it burns from.
  ///   - size: Which totals are to be had [kW of electricity].
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that it feeds.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, fuel: String, size: SizeRange, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["fuel": fuel, "power": bus], size: size, cost: cost)
  }
}

extension Boiler: Machine {
  /// A boiler that burns a fuel.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `efficiency`.
  ///   - fuel: Bus that it burns from.
  ///   - heat: Bus that it feeds.
  ///   - size: Which totals are to be had [kW of heat].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, fuel: String, heat: String, size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["fuel": fuel, "heat": heat], size: size, cost: cost)
  }
}

extension HeatPump: Machine {
  /// A heat pump.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `cop`.
  ///   - heat: Bus that it feeds.
  ///   - size: Which totals are to be had [kW of heat].
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that drives it.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, heat: String, size: SizeRange, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["power": bus, "heat": heat], size: size, cost: cost)
  }
}

extension CombinedHeatAndPower: Machine {
  /// A machine that makes electricity and heat of a fuel, in one ratio.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - fuel: Bus that it burns from.
  ///   - heat: Bus that receives its heat.
  ///   - efficiency: Electricity and heat over fuel by lower heating value [-].
  ///   - size: Which totals are to be had [kW of electricity].
  ///   - cost: What it costs; nil: nothing.
  public init(
    _ id: String, fuel: String, heat: String, efficiency: (power: Double, heat: Double), size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: nil, ports: ["fuel": fuel, "power": "ac", "heat": heat], size: size, cost: cost)
    var shares = Statement()
    shares["power"] = .number(efficiency.power, "")
    shares["heat"] = .number(efficiency.heat, "")
    stated["efficiency"] = .mapping(shares)
  }

  /// The same by an entry of the catalogue.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from.
  ///   - fuel: Bus that it burns from.
  ///   - heat: Bus that receives its heat.
  ///   - size: Which totals are to be had [kW of electricity].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry, fuel: String, heat: String, size: SizeRange, cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["fuel": fuel, "power": "ac", "heat": heat], size: size, cost: cost)
  }
}

extension Electrolyser: Machine {
  /// An electrolyser.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `efficiency`.
  ///   - hydrogen: Bus that it feeds.
  ///   - size: Which totals are to be had [kW of hydrogen by lower heating value].
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that drives it.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, hydrogen: String, size: SizeRange, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["power": bus, "hydrogen": hydrogen], size: size, cost: cost)
  }
}
