/// By what amounts of different years are made one: rate, end, and what plant is worth then.
package struct Discounting: Sendable, Equatable {
  /// Real yearly discount rate i [1/y].
  package var rate: Double
  /// Lifetime of the project N [y].
  package var years: Double
  /// How the rest value at the end is counted.
  package var salvage: Salvage

  /// - Parameters:
  ///   - rate: Real yearly discount rate i [1/y], above -1.
  ///   - years: Lifetime N [y], above 0.
  package init(rate: Double, years: Double, salvage: Salvage = .linear) {
    self.rate = rate
    self.years = years
    self.salvage = salvage
  }
}

/// How the rest value of plant at the end of a project is counted: in proportion to the life that is left, not at all, or such
/// that each year bears the same annuity.
package enum Salvage: String, Sendable { case linear, none, annuity }
