public import TulouQuantities

/// Accounts of a project in stages: one a stage, and the money of the whole path.
public struct StagedAccounts: Sendable, Equatable {
  /// The stages in order. Energy, emission and service in the accounts of a stage are those of a year of it. Their money
  /// is that of the same plant bought at the stage's prices and left as it is for a whole lifetime, and says so; what the
  /// path pays, and when, is in `indicators`, `cashFlow`, `costs`, and in the payments of each stage.
  public var stages: [StageAccount] = []
  /// What a person should know of the year of each stage, with its id.
  public var warnings: [Diagnostic] {
    stages.flatMap { stage in
      stage.accounts.warnings.map { warning in
        var own = warning
        own.message = "Stage '\(stage.id)': " + own.message
        return own
      }
    }
  }
  /// Money of the whole path: `net_present_cost`, `annual_cost`, `capital`, `cost_of_energy_all_carriers` (and
  /// `cost_of_energy_served` where only electricity is), mean `co2`.
  public var indicators: [Indicator] = []
  /// Every payment of the whole path.
  public var cashFlow: [CashFlowRow] = []
  /// Cost by component and kind over the whole path.
  public var costs: [CostLine] = []
  /// Nothing yet.
  public init() {}
  /// An indicator of the whole path.
  public func indicator(_ key: String) -> Indicator? { indicators.first { $0.key == key } }
  /// The value of an indicator of the whole path.
  public func value(_ key: String) -> Double? { indicator(key)?.value }
}

/// One stage.
public struct StageAccount: Sendable, Equatable {
  /// Id.
  public var id: String
  /// Calendar year in which it begins.
  public var year: Int
  /// Years from the start of the project to its start and to its end [y].
  public var start: Double, end: Double
  /// `v_s`: present worth of one unit of money in each of its years [y].
  public var worth: Double
  /// Its accounts.
  public var accounts: Accounts
  /// Capital paid as it begins, for what it adds [money].
  public var capital = 0.0
  /// Replacements paid during the stage, undiscounted [money].
  public var replacement = 0.0
  /// What a year of it costs to run: operation, fuel, purchase less sale, charges, carbon; mean of its years by present
  /// worth [money/y].
  public var running = 0.0
  /// A stage.
  public init(id: String, year: Int, start: Double, end: Double, worth: Double, accounts: Accounts) {
    self.id = id
    self.year = year
    self.start = start
    self.end = end
    self.worth = worth
    self.accounts = accounts
  }
}
