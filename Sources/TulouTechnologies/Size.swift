package import TulouFinance

/// A size that may be chosen, with what it costs. Money in the project's currency, capacity in `unit`.
package struct Size: Sendable, Equatable {
  /// Which totals are to be had.
  package enum Choice: Sendable, Equatable {
    /// Any total between `minimum` and `maximum`.
    case continuous
    /// Existing plant plus whole units of this size.
    case multiples(of: Double)
    /// One of these totals.
    case options([Double])
    /// Just this total.
    case fixed(Double)
  }

  /// Which size of a component.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    /// The only one.
    case only = ""
    /// Power of a storage.
    case power
    /// Content of a storage.
    case energy

    /// `id` or `id.part`, as results and `--sizes` write it.
    package func name(of id: String) -> String { self == .only ? id : id + "." + rawValue }

    /// What follows the name of a component in tables: nothing, or `, power`.
    package var after: String { self == .only ? "" : ", " + rawValue }
  }

  /// Which size it is of its component.
  package var part: Part
  /// Base unit: `kW`, `kWh`, `m2`, ...
  package var unit: String
  /// What stands already.
  package var existing: Double = 0
  /// Calendar year in which the existing plant was built; nil: new in the first year.
  package var built: Int?
  /// Whether what stands already may be given up; it stays otherwise.
  package var mayRetire = false
  /// Least total.
  package var minimum: Double = 0
  /// Greatest total; nil: not stated.
  package var maximum: Double?
  /// Totals to be had.
  package var choice: Choice = .continuous
  /// Id of the component whose size this one uses (`share_with`), if any.
  package var sharedWith: String?
  /// What it costs.
  package var cost = SizeCost()
  /// Land per unit of capacity [m2].
  package var landPerUnit: Double = 0
  /// CO2 of making and scrapping per unit of new capacity, by phase [kg/unit].
  package var embodied = Embodied()

  /// A size in `unit`.
  package init(part: Part = .only, unit: String) {
    self.part = part
    self.unit = unit
  }

  /// Least total that is to be had: what stands already stays unless it may retire.
  package var least: Double { mayRetire ? minimum : max(minimum, existing) }
}
