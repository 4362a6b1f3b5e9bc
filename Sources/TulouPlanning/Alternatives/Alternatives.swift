public import TulouQuantities

/// What designs cost hardly more than the best one: for each free size the least and the most of it, with proof.
public struct Alternatives: Sendable {
  /// One end of a size: no plan within the budget has less (more) of it.
  public struct End: Sendable {
    /// The size of the plan found, in the unit of the size.
    public var value: Double
    /// Proven: no plan within the budget has less (more) of it. Infinite without proof.
    public var bound: Double
    /// Cost of the cheapest plan with this size, penalties included [currency/y].
    public var cost: Double
    /// All free sizes of that plan, by name.
    public var sizes: [String: Double]
  }

  /// A free size.
  public struct Row: Sendable {
    /// `id` or `id.part`, as `--sizes` takes it.
    public var name: String
    /// Name of the machine for people.
    public var title: String
    /// Unit of the size.
    public var unit: String
    /// The size in the plan of least cost.
    public var best: Double
    /// The least and the most of it; nil where the solver brought no plan.
    public var least: End?, most: End?
    /// Whether the most stands at a limit that the project does not state but the assembly derived.
    public var isAtDerivedLimit = false

    /// Whether every plan within the budget is proven to have some of it.
    public var isNeeded: Bool { (least?.bound ?? 0) > 1e-6 * max(1, best) }
    /// Whether a plan within the budget does without it.
    public var canBeLeftOut: Bool { least.map { $0.value == 0 } ?? false }
  }

  /// By how much a plan may cost more than the best one [share].
  public var share: Double
  /// Cost of the plan of least cost and its proven least, penalties included [currency/y].
  public var cost: Double, bound: Double
  /// What a plan may cost at most [currency/y].
  public var budget: Double
  /// Free sizes in the order of the file.
  public var rows: [Row]
  /// What a person should know.
  public var notes: [Diagnostic]
  /// Whether the search was stopped before every end was looked for.
  public var isStopped = false
  /// Seconds in solvers.
  public var solveSeconds: Double
}
