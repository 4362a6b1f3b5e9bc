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
