package import TulouShares

/// A question asked of a project in its file (`studies:`).
public struct Study: Sendable, Equatable {
  /// What kind of question.
  package enum Kind: String, Sendable, CaseIterable {
    /// All best compromises between two goals.
    case pareto
    /// The same project with other numbers.
    case sensitivity
    /// Given sizes run by a rule.
    case simulate
    /// Many sizes run by rules.
    case search
    /// The value of a number at which an answer turns.
    case breakEven = "break_even"
    /// The share model over representative days.
    case shares
  }

  /// One number of the file with the values that it takes, as written.
  public struct Variation: Sendable, Equatable {
    /// Key path, e.g. `components.wind.capital`.
    public var path: String
    /// Values or ranges, e.g. `x0.5`, `900 USD/kW`, `x0.5 .. x3`.
    public var values: [String]
    /// A variation.
    public init(path: String, values: [String]) {
      self.path = path
      self.values = values
    }
  }

  /// The project with other numbers, under a name.
  package struct Alternative: Sendable, Equatable {
    /// Name.
    package var name: String
    /// Values by key path, as written.
    package var settings: [Variation]
    /// An alternative.
    package init(name: String, settings: [Variation]) {
      self.name = name
      self.settings = settings
    }
  }

  /// A line to the grid that costs by its length.
  package struct GridLine: Sendable, Equatable {
    /// Market behind it.
    package var market: String
    /// Capital [currency/km] and operation [currency/km/y].
    package var capital: Double, operation: Double
    /// A line.
    package init(market: String, capital: Double, operation: Double) {
      self.market = market
      self.capital = capital
      self.operation = operation
    }
  }

  /// Id.
  public var id: String
  /// What kind of question.
  package var kind: Kind
  /// Two goals of a front; empty: not stated.
  public var objectives: [Goal] = []
  /// Points of a front, or of a grid on a continuous size; nil: not stated.
  public var points: Int?
  /// Numbers that a sensitivity varies; of a break-even the one that is sought, with its least and greatest value.
  public var vary: [Variation] = []
  /// How they are combined, nil: not stated.
  public var mode: Mode?
  /// Indicator that a sensitivity draws, or that is to reach a value; nil: not stated.
  public var result: String?
  /// Who answers each case of a sensitivity, nil: not stated, a plan.
  public var by: Answer?
  /// Size that is to be as small as the limits allow, by `id` or `id.part`; nil: cost is sought.
  public var least: String?
  /// Rules; empty: not stated.
  public var strategies: [Strategy] = []
  /// Settings of rules [-]; nil: not stated.
  public var setPoint: Double?, threshold: Double?
  /// How a search chooses designs, nil: not stated.
  public var method: Method?
  /// Totals that a search tries, by `id` or `id.part` in the unit of the size.
  public var candidates: [String: [Double]] = [:]
  /// Years that a search simulates one by one to rank its designs; nil: one year decides.
  public var years: Int?
  /// Given sizes, by `id` or `id.part` in the unit of the size.
  public var sizes: [String: Double] = [:]
  /// What `result` is to reach, in base units; nil: not stated.
  public var reaches: Double?
  /// What a break-even compares; empty: not stated; one: with the project as it stands.
  package var alternatives: [Alternative] = []
  /// The line whose length is sought; nil: none.
  package var line: GridLine?
  /// Generations and individuals of genetic searches beside a front; nil: not stated.
  package var generations: Int?, population: Int?
  /// Designs that are drawn beside a front, by name: total sizes by `id` or `id.part`.
  package var designs: [String: [String: Double]] = [:]
  /// The question to the share model; nil: another kind.
  package var shares: ShareModelQuestion?
  /// A study.
  package init(id: String, kind: Kind) {
    self.id = id
    self.kind = kind
  }
}
