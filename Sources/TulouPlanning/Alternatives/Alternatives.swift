package import TulouDocument

/// What designs cost hardly more than the best one: for each free size the least and the most of it, with proof.
package struct Alternatives: Sendable {
  /// One end of a size: no plan within the budget has less (more) of it.
  package struct End: Sendable {
    /// The size of the plan found, in the unit of the size.
    package var value: Double
    /// Proven: no plan within the budget has less (more) of it. Infinite without proof.
    package var bound: Double
    /// Cost of the cheapest plan with this size, penalties included [currency/y].
    package var cost: Double
    /// All free sizes of that plan, by name.
    package var sizes: [String: Double]
  }

  /// A free size.
  package struct Row: Sendable {
    /// `id` or `id.part`, as `--sizes` takes it.
    package var name: String
    /// Name of the machine for people.
    package var title: String
    /// Unit of the size.
    package var unit: String
    /// The size in the plan of least cost.
    package var best: Double
    /// The least and the most of it; nil where the solver brought no plan.
    package var least: End?, most: End?
    /// Whether the most stands at a limit that the project does not state but the assembly derived.
    package var isAtDerivedLimit = false

    /// Whether every plan within the budget is proven to have some of it.
    package var isNeeded: Bool { (least?.bound ?? 0) > 1e-6 * max(1, best) }
    /// Whether a plan within the budget does without it.
    package var canBeLeftOut: Bool { least.map { $0.value == 0 } ?? false }
  }

  /// By how much a plan may cost more than the best one [share].
  package var share: Double
  /// Cost of the plan of least cost and its proven least, penalties included [currency/y].
  package var cost: Double, bound: Double
  /// What a plan may cost at most [currency/y].
  package var budget: Double
  /// Free sizes in the order of the file.
  package var rows: [Row]
  /// What a person should know.
  package var notes: [Diagnostic]
  /// Whether the search was stopped before every end was looked for.
  package var isStopped = false
  /// Seconds in solvers.
  package var solveSeconds: Double
}
