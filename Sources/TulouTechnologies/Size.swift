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

/// Capital, replacement and yearly operation of a size.
package struct SizeCost: Sendable, Equatable {
  /// Paid in year 0 per unit of new capacity [money/unit].
  package var capital: Double = 0
  /// Paid once if anything new is built [money].
  package var fixedCapital: Double = 0
  /// Paid per unit at each replacement [money/unit].
  package var replacement: Double = 0
  /// Paid at each replacement if the size is above zero [money].
  package var fixedReplacement: Double = 0
  /// Years until replacement [y]; nil: the project's lifetime.
  package var life: Double?
  /// What ends the life: years alone as the file states it, or use where a simulation shortened it.
  package var lifeEnd = LifeEnd.calendar
  /// Paid per unit and year [money/unit/y].
  package var operation: Double = 0
  /// Paid a year if the size is above zero [money/y]; an integer like `fixedCapital`.
  package var fixedOperation: Double = 0
  /// Real yearly growth of `operation` and `fixedOperation` [1/y].
  package var operationEscalation: Double = 0
  /// No cost.
  package init() {}
}

/// Why plant is replaced: its years are over, its hours on line, the energy it may pass, or what it may lose of its content.
package enum LifeEnd: String, Sendable { case calendar, hours, throughput, fade }

/// A price or factor that may vary over the steps and grow over the years.
package struct PathSeries: Sendable, Equatable {
  /// Value in each step in year 1; count 1 means the same in every step.
  package var values: [Double]
  /// Real yearly growth [1/y]; factor 1 in year 1.
  package var escalation: Double
  /// A path.
  package init(_ values: [Double], escalation: Double = 0) {
    self.values = values
    self.escalation = escalation
  }
  /// A constant path.
  package init(_ value: Double, escalation: Double = 0) { self.init([value], escalation: escalation) }
  /// The value in step t of year 1.
  package subscript(t: Int) -> Double { values.count == 1 ? values[0] : values[t] }
  /// Whether it is zero everywhere.
  package var isZero: Bool { values.allSatisfy { $0 == 0 } }
}
