extension Chiller: Machine {
  /// A chiller that electricity drives.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `cop`.
  ///   - cold: Bus that it cools.
  ///   - size: Which totals are to be had [kW of cold].
  ///   - cost: What it costs; nil: as the entry says.
  ///   - bus: Bus that drives it.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, cold: String, size: SizeRange, cost: MachineCost? = nil,
    bus: String = "ac"
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["power": bus, "cold": cold], size: size, cost: cost)
  }
}

extension AbsorptionChiller: Machine {
  /// A chiller that heat drives.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `cop`.
  ///   - heat: Bus that drives it.
  ///   - cold: Bus that it cools.
  ///   - size: Which totals are to be had [kW of cold].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, heat: String, cold: String, size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["heat": heat, "cold": cold], size: size, cost: cost)
  }
}

extension ColdRecovery: Machine {
  /// Regasification of liquefied gas that gives cold, power or both.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - liquid: Bus of the liquefied gas, a fuel with heating value per mass.
  ///   - gas: Bus that receives the gas.
  ///   - cold: Bus that is cooled; nil: no cold is drawn. Its share is stated as `cold_share`.
  ///   - power: Bus that receives power; nil: none is made.
  ///   - size: Which totals are to be had [kW].
  public init(
    _ id: String, liquid: String, gas: String, cold: String? = nil, power: String? = nil, size: SizeRange
  ) {
    self.id = id
    stated = Statement(
      kind: Self.kind, from: nil, ports: ["liquid": liquid, "gas": gas, "cold": cold, "power": power], size: size,
      cost: nil)
  }
}
