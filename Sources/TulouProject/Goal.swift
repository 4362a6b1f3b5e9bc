import TulouQuantities
package import TulouTechnologies

extension Study {
  /// Something that a front is drawn over, or that an objective weighs: one declaration.
  ///
  /// A further goal on what stands (area, water, mass, noise ...) is one declaration with `perUnit`, in a file of its own, and its line in
  /// `allCases`. What a goal on hours sums up stands in `TulouPlanning/Pareto/ParetoAxis.swift`.
  public struct Goal: Sendable, RawRepresentable, CaseIterable {
    /// As the file and the command write it.
    public let rawValue: String
    /// Name in plain words.
    public let quantity: String
    /// Unit of its values; `$` stands for the currency.
    package let unit: String
    /// Whether it is a quotient of two sums of the plan, of which more is better.
    public let isShare: Bool
    /// Whether an objective may weigh it.
    package let isWeighable: Bool
    /// The limit that keeps a plan at a value or better; nil: there is none.
    package let limit: LimitKey?
    /// Key of the indicator that measures it, and units of the goal per unit of that; nil: none does.
    package let indicator: (key: String, perIndicator: Double)?
    /// What a unit of a size takes of it, where it is a sum over all that stands; nil: it is another sum.
    package let perUnit: (@Sendable (Component, Size) -> Double)?

    /// A goal.
    ///
    /// - Parameters:
    ///   - name: As the file and the command write it.
    ///   - quantity: Name in plain words.
    ///   - unit: Unit of its values, `$` for the currency; `1`: it is a share, of which more is better.
    ///   - isWeighable: Whether an objective may weigh it; no share can be.
    ///   - limit: The limit that keeps a plan at a value or better.
    ///   - indicator: Key of the indicator that measures it, and units of the goal per unit of that.
    ///   - perUnit: What a unit of a size takes of it, where it is a sum over all that stands.
    package init(
      _ name: String, _ quantity: String, _ unit: String, isWeighable: Bool = true,
      limit: LimitKey? = nil,
      indicator: (key: String, perIndicator: Double)? = nil,
      perUnit: (@Sendable (Component, Size) -> Double)? = nil
    ) {
      rawValue = name
      self.quantity = quantity
      self.unit = unit
      isShare = unit == "1"
      self.isWeighable = isWeighable && unit != "1"
      self.limit = limit
      self.indicator = indicator
      self.perUnit = perUnit
    }

    /// The goal of a name; nil: there is none.
    public init?(rawValue: String) {
      guard let found = Goal.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = found
    }

    /// Every goal, in the order in which help lists them.
    public static let allCases: [Goal] = [
      netPresentCost, co2, outsideEnergy, localEnergy, renewableFraction, exergyEfficiency, land,
      capital,
      unservedEnergy,
    ]

    /// Goals that an objective may weigh: those that are linear in the plan and no share.
    public static let weighable = allCases.filter(\.isWeighable)

    /// Unit of its values.
    public func unit(currency: String) -> String {
      unit.first == "$" ? currency + unit.dropFirst() : unit
    }

    /// Whether a smaller value is better.
    public var smallerIsBetter: Bool { !isShare }
  }
}

extension Study.Goal: Hashable, CustomStringConvertible {
  /// Goals are told apart by their names.
  public static func == (a: Study.Goal, b: Study.Goal) -> Bool { a.rawValue == b.rawValue }

  /// By its name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// Its name.
  public var description: String { rawValue }
}

extension Study.Goal {
  /// Cash and penalties per year.
  public static let netPresentCost = Study.Goal(
    "net_present_cost", "Cost and penalties per year", "$/y")
  /// Emission per year.
  public static let co2 = Study.Goal("co2", "CO₂", "kg/y", limit: .co2, indicator: ("co2", 1000))
  /// Energy from outside per year (P_N).
  public static let outsideEnergy = Study.Goal(
    "outside_energy", "Energy from outside", "kWh/y", limit: .outsideEnergy, indicator: ("p_n", 1))
  /// Demand that is not met from own sources, per year: the amount that the objective `local_energy` minimises.
  public static let localEnergy = Study.Goal(
    "local_energy", "Demand not met from own sources", "kWh/y")
  /// Share of electricity that is renewable; more is better.
  public static let renewableFraction = Study.Goal(
    "renewable_fraction", "Renewable fraction", "1", limit: .renewableFraction,
    indicator: ("renewable_fraction", 1))
  /// Exergy that is used and sold per exergy that enters; more is better.
  public static let exergyEfficiency = Study.Goal(
    "exergy_efficiency", "Exergy efficiency", "1", limit: .exergyEfficiency,
    indicator: ("exergy_efficiency", 1))
  /// Land that the sizes take.
  public static let land = Study.Goal(
    "land", "Land", "m2", limit: .land, indicator: ("land", 1), perUnit: { $1.landPerUnit })
  /// Capital of all that is new, without its interest.
  public static let capital = Study.Goal(
    "capital", "Capital", "$", limit: .budget, indicator: ("capital", 1))
  /// Demand that is not served, per year.
  public static let unservedEnergy = Study.Goal(
    "unserved_energy", "Energy not served", "kWh/y", isWeighable: false, limit: .unservedEnergy,
    indicator: ("unserved", 1))
}
