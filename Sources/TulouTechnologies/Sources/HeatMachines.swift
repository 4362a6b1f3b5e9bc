extension TroughField: Machine {
  /// Parabolic troughs, by their area: heat on a bus of heat, power on a bus of electricity.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from.
  ///   - resource: Id of the sun that it lives on.
  ///   - size: Which totals are to be had [m2].
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that receives heat or power.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, resource: String, size: SizeRange, cost: MachineCost? = nil,
    bus: String
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["bus": bus, "resource": resource], size: size, cost: cost, per: "m2")
  }
}

extension CollectorField: Machine {
  /// Solar collectors, by their area.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `optical_efficiency` and `linear_loss`.
  ///   - resource: Id of the sun that it lives on.
  ///   - heat: Bus that receives the heat.
  ///   - size: Which totals are to be had [m2].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, resource: String, heat: String, size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["bus": heat, "resource": resource], size: size, cost: cost, per: "m2")
  }
}

extension PhotovoltaicThermal: Machine {
  /// Collectors with cells, by their area: heat on one bus, power on another.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from.
  ///   - resource: Id of the sun that it lives on.
  ///   - heat: Bus that receives the heat.
  ///   - size: Which totals are to be had [m2].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, resource: String, heat: String, size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: entry, ports: ["bus": heat, "power": "ac", "resource": resource], size: size, cost: cost,
      per: "m2")
  }
}

extension WasteHeatSource: Machine {
  /// Waste heat of a stream; the bus needs supply and return temperature.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - power: Heat of the stream in each step, from its temperature down to `reference` [kW].
  ///   - temperature: Temperature at which the stream comes [degC].
  ///   - heat: Bus that receives it.
  ///   - size: Which totals are to be had [kW]; nil: the stream is all there is.
  ///   - cost: What it costs; nil: nothing.
  public init(
    _ id: String, power: [Double], temperature: Double, heat: String, size: SizeRange? = nil, cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: nil, ports: ["bus": heat], size: size, cost: cost)
    stated["natural"] = .numbers(power, "kW")
    stated["temperature"] = .number(temperature, "degC")
  }
}
