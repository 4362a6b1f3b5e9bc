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
