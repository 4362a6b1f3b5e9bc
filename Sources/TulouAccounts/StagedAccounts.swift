package import TulouDocument

/// Accounts of a project in stages: one a stage, and the money of the whole path.
package struct StagedAccounts: Sendable, Equatable {
  /// The stages in order. Energy, emission and service in the accounts of a stage are those of a year of it. Their money
  /// is that of the same plant bought at the stage's prices and left as it is for a whole lifetime, and says so; what the
  /// path pays, and when, is in `indicators`, `cashFlow`, `costs`, and in the payments of each stage.
  package var stages: [StageAccount] = []
  /// What a person should know of the year of each stage, with its id.
  package var warnings: [Diagnostic] {
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
  package var indicators: [Indicator] = []
  /// Every payment of the whole path.
  package var cashFlow: [CashFlowRow] = []
  /// Cost by component and kind over the whole path.
  package var costs: [CostLine] = []
  /// Nothing yet.
  package init() {}
  /// An indicator of the whole path.
  package func indicator(_ key: String) -> Indicator? { indicators.first { $0.key == key } }
  /// The value of an indicator of the whole path.
  package func value(_ key: String) -> Double? { indicator(key)?.value }
}

/// One stage.
package struct StageAccount: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Calendar year in which it begins.
  package var year: Int
  /// Years from the start of the project to its start and to its end [y].
  package var start: Double, end: Double
  /// `v_s`: present worth of one unit of money in each of its years [y].
  package var worth: Double
  /// Its accounts.
  package var accounts: Accounts
  /// Capital paid as it begins, for what it adds [money].
  package var capital = 0.0
  /// Replacements paid during the stage, undiscounted [money].
  package var replacement = 0.0
  /// What a year of it costs to run: operation, fuel, purchase less sale, charges, carbon; mean of its years by present
  /// worth [money/y].
  package var running = 0.0
  /// A stage.
  package init(id: String, year: Int, start: Double, end: Double, worth: Double, accounts: Accounts) {
    self.id = id
    self.year = year
    self.start = start
    self.end = end
    self.worth = worth
    self.accounts = accounts
  }
}
