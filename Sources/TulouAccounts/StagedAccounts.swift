/// Accounts of a project in stages: one a stage, and the money of the whole path.
public struct StagedAccounts: Sendable, Equatable {
  /// The stages in order. The accounts of a stage are those of its plan as if it stood alone for the whole lifetime; the
  /// money of the path is in `indicators`, `cashFlow` and `costs`.
  public var stages: [StageAccount] = []
  /// Money of the whole path: `net_present_cost`, `annual_cost`, `capital`, mean `co2`.
  public var indicators: [Indicator] = []
  /// Every payment of the whole path.
  public var cashFlow: [CashFlowRow] = []
  /// Cost by component and kind over the whole path.
  public var costs: [CostLine] = []
  /// Nothing yet.
  public init() {}
  /// The value of an indicator of the whole path.
  public func value(_ key: String) -> Double? { indicators.first { $0.key == key }?.value }
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
