package import TulouQuantities

/// What kind of amount a limit is on: how the file writes it, how people read it, what breaking it is paid by.
package struct LimitQuantity: Sendable, Hashable {
  /// Measure of the limit in the file; its unit is the base unit of the limit.
  package let measure: Measure
  /// Base unit as tables print it, `money` for the project's currency.
  package let unit: String
  /// Greater unit in which one step of the limit is spoken of, with its size in base units; empty: the currency.
  package let step: (name: String, size: Double)
  /// Measure of the price of each unit by which it is broken.
  let penalty: Measure
  /// Whether it is a sum over the hours of the horizon; otherwise it is what stands at any time.
  package let isFlow: Bool

  private init(
    _ measure: Measure, _ unit: String, step: (name: String, size: Double), penalty: Measure, isFlow: Bool = true
  ) {
    self.measure = measure
    self.unit = unit
    self.step = step
    self.penalty = penalty
    self.isFlow = isFlow
  }

  /// A share of energy [-]; broken by kWh.
  package static let share = LimitQuantity(.share, "1", step: ("percentage point", 0.01), penalty: .price)
  /// Energy in a year [kWh/y].
  package static let energy = LimitQuantity(.energyPerYear, "kWh/y", step: ("MWh/y", 1000), penalty: .price)
  /// Mass in a year [kg/y].
  package static let mass = LimitQuantity(.massPerYear, "kg/y", step: ("t/y", 1000), penalty: .pricePerMass)
  /// Area that is taken [m2].
  package static let area = LimitQuantity(
    .area, "m2", step: ("hectare", 10_000),
    penalty: Measure("money per area and year", in: "¤/m2/y", example: "2 USD/m2/y"), isFlow: false)
  /// Volume that is kept [m3].
  package static let volume = LimitQuantity(
    .volume, "m3", step: ("1000 m3", 1000),
    penalty: Measure("money per volume and year", in: "¤/m3/y", example: "0.5 USD/m3/y"), isFlow: false)
  /// Power at any time [kW].
  package static let power = LimitQuantity(
    .power, "kW", step: ("MW", 1000), penalty: .demandRatePerYear, isFlow: false)
  /// Money that is spent [money].
  package static let money = LimitQuantity(.money, "money", step: ("", 1), penalty: .ratePerYear, isFlow: false)

  /// What is one more of a limit: the greater unit, but of limits below it the base unit.
  package func step(of limit: Double) -> (name: String, size: Double) {
    isShare || step.name.isEmpty || abs(limit) >= step.size ? step : (unit, 1)
  }

  /// The base unit as people read it: money in the currency of their project.
  package func unit(in currency: String) -> String { self == .money ? currency : unit }

  /// Whether it is a share.
  package var isShare: Bool { self == .share }

  /// Quantities are told apart by their unit.
  package static func == (a: LimitQuantity, b: LimitQuantity) -> Bool { a.unit == b.unit }

  /// By its unit.
  package func hash(into hasher: inout Hasher) { hasher.combine(unit) }
}
