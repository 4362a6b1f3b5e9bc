public import TulouDocument

/// Everything that is measured on a plan: money, carbon, balance, members, reliability, land.
///
/// A pure function of (Project, Plan); nothing here is computed inside a solver. Money in the project's currency,
/// energies in kWh per year of the plan (sums over the horizon divided by `years`), emissions in kg CO2 per year,
/// unless a name says otherwise. What is paid is positive, what is received negative, so that the present worth of
/// `cashFlow` is the net present cost.
public struct Accounts: Sendable, Equatable {
  /// ISO code of the currency.
  public var currency = ""
  /// Years Y that the horizon stands for.
  public var years = 1.0
  /// Calendar year at time 0.
  public var firstYear = 0
  /// Every indicator of `IndicatorDeclaration.all`, in that order, then the ones of single machines.
  public var indicators: [Indicator] = []
  /// Every payment with its exact time, ordered by time, then component.
  public var cashFlow: [CashFlowRow] = []
  /// Cost by component and kind.
  public var costs: [CostLine] = []
  /// Energy of the cluster by class, carrier by carrier and together.
  public var balance = ClusterBalance()
  /// Energy by source and month.
  public var sources: [SourceEnergy] = []
  /// What policies pay and take; empty without policies.
  public var policies: [PolicyAccount] = []
  /// Money and energy of each member; empty without members.
  public var members: [MemberAccount] = []
  /// Shares by which the commons' result is divided, by member id.
  public var commonsShares: [MemberShare] = []
  /// What they go by: `investment`, `energy`, `equal`; that of the file, or the next where it is zero for all.
  public var commonsKey = ""
  /// Unserved energy and hours.
  public var reliability = ReliabilityAccount()
  /// Land, zones, reservoirs.
  public var land = LandAccount()
  /// Primary energy by factors; nil: not asked for.
  package var primaryEnergy: PrimaryEnergyAccount?
  /// Work, people, guests and rooms for floods; empty where nothing is asked.
  package var social = SocialAccount()
  /// Exergy: where it enters, where it is destroyed.
  public var exergy = ExergyAccount()
  /// Emissions, each counted once.
  public var carbon = CarbonAccount()
  /// Other pollutants, each counted once.
  public var pollutants = PollutantAccount()
  /// Bills of the outside markets, computed apart from the optimiser.
  public var bills: [Bill] = []
  /// Capacity factors, full-load hours and yields of machines.
  public var machines: [MachineStatistics] = []
  /// Use of storages.
  public var storages: [StorageStatistics] = []
  /// What the project is compared with; nil without `reference`.
  public var reference: ReferenceAccount?
  /// What a person should know about this plan.
  public var warnings: [Diagnostic] = []

  /// Empty accounts.
  public init() {}

  /// The indicator of a key.
  public func indicator(_ key: String) -> Indicator? { indicators.first { $0.key == key } }
  /// The value of an indicator, nil where it has none.
  public func value(_ key: String) -> Double? { indicator(key)?.value }
}
