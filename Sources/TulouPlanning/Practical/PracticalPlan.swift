/// The plan with every size rounded to a step in which such plant is sold, dispatched again: what rounding costs, with proof.
package struct PracticalPlan: Sendable {
  /// Where a step comes from.
  package enum Basis: String, Sendable {
    /// Whoever asked gave it.
    case given
    /// The rule: 1, 2 or 5 times a power of ten, at most a twentieth of the size.
    case rule
    /// The file sells whole machines or lists totals already.
    case file
    /// Nothing new is built, so nothing is rounded.
    case none
  }

  /// A size before and after.
  package struct Row: Sendable {
    /// `id` or `id.part`, as `--sizes` takes it.
    package var name: String
    /// Id of the component.
    package var id: String
    /// Unit of the size.
    package var unit: String
    /// The size in the best plan, and in the rounded one.
    package var best: Double, practical: Double
    /// The step; nil where there is none.
    package var step: Double?
    /// Where the step comes from.
    package var basis: Basis
  }

  /// Free sizes in the order of the file.
  package var rows: [Row]
  /// Value of the best plan, of the rounded one, and the proven least value of any sizes, per year of the horizon.
  package var best: Double, value: Double, bound: Double
  /// Unit of these: of what was minimised.
  package var unit: String
  /// Cash and penalties of the best plan and of the rounded one [currency/y].
  package var bestCost: Double, cost: Double
  /// Largest breach of any limit by the rounded plan, in the limit's unit.
  package var largestResidual: Double
  /// Designs dispatched in the search, and whether none of the neighbours of the one found is better.
  package var designs: Int, isLocalOptimum: Bool
  /// Solver of the dispatch.
  package var solver: String

  /// What rounding costs [currency/y]; below zero where the best plan was rounded itself, and less well.
  package var extraCost: Double { cost - bestCost }
  /// The most by which the rounded plan may lie above the best there is, as a share of its value.
  package var gap: Double { value == bound ? 0 : (value - bound) / max(abs(value), .leastNormalMagnitude) }
  /// The rounded sizes as `--sizes` takes them.
  package var sizes: [(name: String, size: Double)] { rows.map { ($0.name, $0.practical) } }

  /// The largest of 1, 2 and 5 times a power of ten that is at most a twentieth of a size.
  package static func step(for size: Double) -> Double {
    var power = 1.0
    let most = size / 20 * (1 + 1e-9)
    while power > most { power /= 10 }
    while power * 10 <= most { power *= 10 }
    return [5, 2, 1].map { $0 * power }.first { $0 <= most } ?? power
  }
}
