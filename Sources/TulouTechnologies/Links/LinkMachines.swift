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

extension Rectifier: Machine {
  /// A rectifier between a bus of alternating and one of direct current.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `efficiency`.
  ///   - source: Bus of alternating current.
  ///   - target: Bus of direct current.
  ///   - size: Which totals are to be had [kW at its output].
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, source: String = "ac", target: String = "dc", size: SizeRange,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["from": source, "to": target], size: size, cost: cost)
  }
}

extension Link: Machine {
  /// A line, a pipe or a cable between two buses of one carrier.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - entry: Catalogue entry that it starts from; without one, state `efficiency` or `loss`.
  ///   - source: Bus at its beginning.
  ///   - target: Bus at its end.
  ///   - size: Which totals are to be had [kW at its input]; nil: it has no limit.
  ///   - cost: What it costs; nil: as the entry says.
  public init(
    _ id: String, from entry: CatalogueEntry? = nil, source: String, target: String, size: SizeRange? = nil,
    cost: MachineCost? = nil
  ) {
    self.id = id
    stated = Statement(kind: Self.kind, from: entry, ports: ["from": source, "to": target], size: size, cost: cost)
  }
}
