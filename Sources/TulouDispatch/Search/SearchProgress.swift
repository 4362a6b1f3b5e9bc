package import TulouPlanning

/// All that a search needs to go on where it was stopped or killed, and to come to the same end, byte for byte.
///
/// `tried`, which only grows, is not part of what is encoded: whoever keeps progress appends what is new of it.
package struct SearchProgress: Sendable, Codable, Equatable {
  /// Same for searches that can be gone on with.
  package var fingerprint: String
  /// Designs run, and feasible among them.
  package var evaluated: Int, feasible: Int
  /// Designs of an optimiser so far, and sizes of a design.
  package var triedCount = 0, sides: Int
  var rejected: [Int] = [], rejectedAlone: [Int] = []
  var keeper: RowKeeper
  var surface: [[DesignSurface.Cell?]] = []
  /// Designs whose years were simulated one by one.
  var valued: [SearchCandidate] = []
  /// The bound of the linear plan, once it was sought.
  var bound: Bound?
  /// Rows opened as full plans, with what perfect foresight came to.
  package var opened: [Opened] = []
  /// Time spent on the designs so far [s].
  var seconds = 0.0
  /// Every design that an optimiser ran, each once.
  package var tried: [TriedDesign] = []

  /// A bound that was sought: nil where none was found.
  struct Bound: Sendable, Codable, Equatable { var value: Double? }

  /// A row that was opened.
  package struct Opened: Sendable, Codable, Equatable {
    /// Place of the strategy.
    package var strategy: Int
    /// Totals by side.
    package var sizes: [Double]
    /// What perfect foresight came to; nil: it was not sought.
    package var foresight: RuleRecord.Foresight?
    /// An opened row.
    package init(strategy: Int, sizes: [Double], foresight: RuleRecord.Foresight?) {
      self.strategy = strategy
      self.sizes = sizes
      self.foresight = foresight
    }
  }

  private enum CodingKeys: String, CodingKey {
    case fingerprint, evaluated, feasible, triedCount, sides, rejected, rejectedAlone, keeper, surface, valued, bound,
      opened
    case seconds
  }

  init(fingerprint: String, sides: Int, evaluated: Int, feasible: Int, keeper: RowKeeper) {
    self.fingerprint = fingerprint
    self.sides = sides
    self.evaluated = evaluated
    self.feasible = feasible
    self.keeper = keeper
  }
}
