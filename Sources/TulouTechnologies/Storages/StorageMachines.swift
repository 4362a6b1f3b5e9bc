extension GenericStorage: Machine {
  /// A store of content alone, such as a tank or a gas holder, whose power has no limit.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `round_trip`.
  ///   - bus: Bus that it charges from and discharges to.
  ///   - content: Which totals of its content are to be had.
  ///   - cost: What it costs, per kWh; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, bus: String, content: SizeRange, cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["bus": bus], size: content, cost: cost, per: "kWh")
  }

  /// A store with a power and a content that are chosen apart from each other.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `round_trip`.
  ///   - bus: Bus that it charges from and discharges to.
  ///   - power: Which totals of its power are to be had.
  ///   - content: Which totals of its content are to be had.
  ///   - cost: What it costs, per kW and per kWh; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, bus: String, power: SizeRange, content: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["bus": bus], size: nil, cost: cost)
    var sizes = Statement()
    sizes["power"] = .mapping(power.stated)
    sizes["energy"] = .mapping(content.stated)
    stated["capacity"] = .mapping(sizes)
  }
}
