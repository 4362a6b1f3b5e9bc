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
