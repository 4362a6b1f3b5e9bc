import TulouAccounts
package import TulouDocument
import TulouFinance
package import TulouProject
import TulouTechnologies

/// The study `break_even`: the value of one number at which an answer turns.
package enum BreakEvenStudy {
  /// What turns.
  package enum Target: Sendable, Equatable {
    /// An indicator reaches a value, in the indicator's unit.
    case indicator(String, Double)
    /// Two sets of overrides cost the same; empty overrides are the project as it stands.
    case alternatives([Alternative])
  }

  /// A set of overrides under a name.
  package struct Alternative: Sendable, Equatable {
    /// Name.
    package var name: String
    /// Overrides by path.
    package var settings: [String: String]
    /// An alternative.
    package init(name: String, settings: [String: String]) {
      self.name = name
      self.settings = settings
    }
  }

  /// What was found at one value of the number.
  package struct Point: Sendable, Equatable {
    /// The number, in the unit of the file.
    package var x: Double
    /// Answers, one an alternative, or the indicator alone; nil where there is no plan.
    package var answers: [Double?]
    /// Whether the indicator is at least the number.
    package var isAtLeast: Bool
    /// A point.
    package init(x: Double, answers: [Double?], isAtLeast: Bool = false) {
      self.isAtLeast = isAtLeast
      self.x = x
      self.answers = answers
    }
  }

  /// What came of it.
  package struct Result: Sendable, Equatable {
    /// Every value that was looked at, ascending.
    package var points: [Point]
    /// Changes of sign, ascending; empty: none within the range.
    package var crossings: [Crossing]
    /// Whether the user stopped it.
    package var isStopped: Bool
  }

  /// Looks at evenly spread values, then closes in on every change of sign between two neighbours.
  ///
  /// - Parameters:
  ///   - low: Least value.
  ///   - high: Greatest value.
  ///   - points: Values of the first look, both ends included.
  ///   - target: What turns: the difference is that to the wanted value, or between the two alternatives.
  ///   - evaluate: Answers of several values, in their order; nil: the user stopped.
  /// - Returns: Crossings to a ten-thousandth of the range.
  package static func run(
    low: Double, high: Double, points: Int, target: Target, evaluate: ([Double]) async -> [Point]?
  ) async -> Result {
    let count = max(2, points)
    let places = (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
    guard var found = await evaluate(places) else { return Result(points: [], crossings: [], isStopped: true) }
    var result = Result(points: found, crossings: [], isStopped: false)
    found.sort { $0.x < $1.x }
    for (before, after) in zip(found, found.dropFirst()) {
      guard let a = difference(before, target), let b = difference(after, target) else { continue }
      if a == 0, b == 0 { continue }
      guard
        var search = CrossingSearch(low: (before.x, a), high: (after.x, b), tolerance: 1e-4 * abs(high - low))
      else { continue }
      var steps = 0
      while let x = search.next, steps < 60 {
        guard let point = await evaluate([x])?.first else {
          result.isStopped = true
          break
        }
        result.points.append(point)
        guard let y = difference(point, target) else { break }
        search.take(x, y)
        steps += 1
      }
      result.crossings.append(search.crossing)
      if result.isStopped { break }
    }
    result.points.sort { $0.x < $1.x }
    return result
  }

  /// What has to change its sign; nil where an answer is missing.
  static func difference(_ point: Point, _ target: Target) -> Double? {
    switch target {
    case .indicator(_, let wanted): return point.answers.first.flatMap { $0 }.map { $0 - wanted }
    case .alternatives:
      guard point.answers.count == 2, let first = point.answers[0], let second = point.answers[1] else { return nil }
      return first - second
    }
  }

  /// The length at which a line to the grid costs as much as doing without the grid.
  ///
  ///     D = (C_without - C_with) / (c_capital CRF(i, N) + c_operation)
  ///
  /// with both costs per year, those with the grid without its line. The line outlives the project.
  ///
  /// - Parameters:
  ///   - without: Cost of the best system without the market [currency/y]; nil: there is none.
  ///   - with: Cost of the best system with it, the line not counted [currency/y].
  ///   - line: Capital and operation by length.
  ///   - economy: Rate and lifetime.
  /// - Returns: The length [km], below zero where the grid is not worth a line of any length; nil where there is no
  ///   system without the grid, so that any length pays.
  /// - Source: HOMER Pro manual, "Breakeven grid extension distance", with the planned system with grid in place of
  ///   HOMER's purchase of all demand at one price.
  package static func distance(
    without: Double?, with: Double, line: Study.GridLine, economy: Economy
  ) -> Double? {
    guard let without else { return nil }
    let yearly = line.capital * recovery(economy) + line.operation
    return yearly > 0 ? (without - with) / yearly : nil
  }

  /// The yearly cost of a line of one kilometre [currency/km/y].
  package static func yearlyCost(of line: Study.GridLine, economy: Economy) -> Double {
    line.capital * recovery(economy) + line.operation
  }

  private static func recovery(_ economy: Economy) -> Double {
    capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
  }

  /// The project without one of its markets.
  package static func without(market: String, _ project: Project) throws(ProjectFault) -> Project {
    guard project.markets.contains(where: { $0.id == market }) else {
      throw ProjectFault([
        Diagnostic(
          .error, "The project has no market '\(market)'.",
          advice: "Markets: \(project.markets.map(\.id).joined(separator: ", ")).")
      ])
    }
    var island = project
    island.markets.removeAll { $0.id == market }
    return island
  }
}
