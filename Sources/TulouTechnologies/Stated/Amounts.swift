/// A power.
public struct Power: Sendable, Equatable {
  /// The power [kW].
  public let kilowatts: Double
  /// So many kilowatts.
  public static func kilowatts(_ value: Double) -> Power { Power(kilowatts: value) }
  /// So many megawatts.
  public static func megawatts(_ value: Double) -> Power { Power(kilowatts: value * 1000) }
}

/// An energy.
public struct Energy: Sendable, Equatable {
  /// The energy [kWh].
  public let kilowattHours: Double
  /// So many kilowatt-hours.
  public static func kilowattHours(_ value: Double) -> Energy { Energy(kilowattHours: value) }
  /// So many megawatt-hours.
  public static func megawattHours(_ value: Double) -> Energy { Energy(kilowattHours: value * 1000) }
  /// So many gigawatt-hours.
  public static func gigawattHours(_ value: Double) -> Energy { Energy(kilowattHours: value * 1_000_000) }
}

/// An area.
public struct Area: Sendable, Equatable {
  /// The area [m2].
  public let squareMetres: Double
  /// So many square metres.
  public static func squareMetres(_ value: Double) -> Area { Area(squareMetres: value) }
}

/// Which totals of a size are to be had.
public struct SizeRange: Sendable, Equatable {
  /// What is stated of the capacity.
  package var stated = Statement()

  /// Any size from zero to a greatest one.
  public static func upTo(_ most: Power) -> SizeRange { SizeRange(max: most.value) }
  /// Any content from zero to a greatest one.
  public static func upTo(_ most: Energy) -> SizeRange { SizeRange(max: most.value) }
  /// Any area from zero to a greatest one.
  public static func upTo(_ most: Area) -> SizeRange { SizeRange(max: most.value) }
  /// Any size between two, both included.
  public static func between(_ least: Power, _ most: Power) -> SizeRange {
    SizeRange(min: least.value, max: most.value)
  }
  /// Any content between two, both included.
  public static func between(_ least: Energy, _ most: Energy) -> SizeRange {
    SizeRange(min: least.value, max: most.value)
  }
  /// Any area between two, both included.
  public static func between(_ least: Area, _ most: Area) -> SizeRange {
    SizeRange(min: least.value, max: most.value)
  }
  /// Just this size.
  public static func fixed(_ size: Power) -> SizeRange { SizeRange(fixed: size.value) }
  /// Just this content.
  public static func fixed(_ size: Energy) -> SizeRange { SizeRange(fixed: size.value) }

  /// Just this area.
  public static func fixed(_ size: Area) -> SizeRange { SizeRange(fixed: size.value) }

  /// The same beside plant that stands already.
  ///
  /// - Parameters:
  ///   - existing: What stands.
  ///   - built: Calendar year in which it was built; nil: new in the first year.
  public func beside(existing: Power, built: Int? = nil) -> SizeRange {
    var own = self
    own.stated["existing"] = existing.value
    own.stated["built"] = built.map { .text("\($0)") }
    return own
  }

  /// The same in whole machines of one size.
  public func inUnits(of unit: Power) -> SizeRange {
    var own = self
    own.stated["unit"] = unit.value
    return own
  }

  private init(min: Statement.Value? = nil, max: Statement.Value? = nil, fixed: Statement.Value? = nil) {
    stated["min"] = min
    stated["max"] = max
    stated["fixed"] = fixed
  }
}

extension Power {
  /// As a value of the file.
  package var value: Statement.Value { .number(kilowatts, "kW") }
}

extension Energy {
  /// As a value of the file.
  package var value: Statement.Value { .number(kilowattHours, "kWh") }
}

extension Area {
  /// As a value of the file.
  package var value: Statement.Value { .number(squareMetres, "m2") }
}

/// What a machine costs, in the project's currency and per kW of its capacity (per m2 of a collector, per kWh of a store that has no
/// power); of a storage with a power also per kWh of its content.
public struct MachineCost: Sendable, Equatable {
  /// Paid in year 0 per unit of new capacity [money/kW, money/m2 or money/kWh].
  public var capital: Double
  /// Paid in year 0 per unit of new content of a storage [money/kWh].
  public var capitalOfContent: Double?
  /// Paid per unit of capacity and year [money/kW/y, money/m2/y or money/kWh/y].
  public var operation: Double
  /// Paid per kWh at the rated port [money/kWh].
  public var operationPerKWh: Double
  /// Years until replacement [y]; nil: the project's lifetime.
  public var life: Double?

  /// A cost; what is left out is zero.
  public init(
    capital: Double, capitalOfContent: Double? = nil, operation: Double = 0, operationPerKWh: Double = 0,
    life: Double? = nil
  ) {
    self.capital = capital
    self.capitalOfContent = capitalOfContent
    self.operation = operation
    self.operationPerKWh = operationPerKWh
    self.life = life
  }

  /// States it among the keys of a machine whose capacity is counted in a unit.
  package func state(in stated: inout Statement, per unit: String) {
    if let capitalOfContent {
      var parts = Statement()
      parts["power"] = .money(capital, per: unit)
      parts["energy"] = .money(capitalOfContent, per: "kWh")
      stated["capital"] = .mapping(parts)
    } else {
      stated["capital"] = .money(capital, per: unit)
    }
    var payments: [Statement.Value] = []
    if operation != 0 { payments.append(.money(operation, per: unit + "/y")) }
    if operationPerKWh != 0 { payments.append(.money(operationPerKWh, per: "kWh")) }
    if !payments.isEmpty { stated["operation"] = payments.count == 1 ? payments[0] : .list(payments) }
    stated["life"] = life.map { .number($0, "y") }
  }
}
