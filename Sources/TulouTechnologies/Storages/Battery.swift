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
