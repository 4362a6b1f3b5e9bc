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

extension Inverter: Machine {
  /// An inverter between a bus of direct and one of alternating current.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `efficiency`.
  ///   - source: Bus of direct current.
  ///   - target: Bus of alternating current.
  ///   - size: Which totals are to be had [kW at its output].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, source: String = "dc", target: String = "ac", size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["from": source, "to": target], size: size, cost: cost)
  }
}

/// A battery: a storage of electricity with a fixed number of hours.
public struct Battery: Machine {
  /// Id in the project.
  public let id: String
  /// What is stated of it.
  public var stated: Statement

  /// A battery.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `round_trip`.
  ///   - hours: Whole content over power [h].
  ///   - size: Which totals of its power are to be had.
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that it charges from and discharges to.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, hours: Double, size: SizeRange, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(kind: GenericStorage.kind, from: entry, ports: ["bus": bus], size: size, cost: cost)
    stated["hours"] = .number(hours, "h")
  }
}

/// A machine of any kind of the registry, with what is stated of it by the keys of the project file.
public struct OtherMachine: Machine {
  /// Id in the project.
  public let id: String
  /// What is stated of it.
  public var stated: Statement

  /// A machine of a kind, e.g. `chp`; state its buses and the rest by `stating`.
  public init(_ id: String, kind: String, size: SizeRange? = nil, cost: MachineCost? = nil) {
    self.id = id
    stated = Statement(kind: kind, from: nil, ports: [:], size: size, cost: cost)
  }
}
