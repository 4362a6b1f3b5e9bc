public import TulouAccounts
public import TulouPlanning
public import TulouProblem
public import TulouProject
import TulouQuantities

/// What a report of one plan is made from: the project, its plan, what was measured on it, and the proof.
public struct PlanReport: Sendable {
  /// The proof that comes with a plan, per year of the horizon.
  public struct Proof: Sendable {
    /// `optimal`, `feasible`, `infeasible`, `limit`, `cancelled`.
    public var status = ""
    /// Solver with its version.
    public var solver = ""
    /// Name of the objective as in the project file.
    public var objective = "net_present_cost"
    /// What was minimised, per year.
    public var value = Double.nan
    /// Proven least value, per year.
    public var bound = -Double.infinity
    /// `(value - bound) / |value|`.
    public var gap = Double.infinity
    /// Unit of value and bound, e.g. `USD/y`.
    public var unit = ""
    /// Cash per year within the value.
    public var cash: Double?
    /// Penalties per year within the value.
    public var penalties: Double?
    /// Whether the bound was computed by us from multipliers, not taken from the solver's branching.
    public var isBoundOwn = false
    /// Whether sizes were given, so that only the dispatch was sought.
    public var hasGivenSizes = false
    /// Machines whose commitment is approximated in this plan.
    public var approximated: [String] = []
    /// What was checked after the solve: name, greatest violation, unit.
    public var checks: [(name: String, value: Double, unit: String)] = []
    /// What a person should know of the solve.
    public var messages: [String] = []
    /// Nothing proven yet.
    public init() {}
  }

  /// The project.
  public var project: Project
  /// Its plan.
  public var plan: Plan
  /// What was measured.
  public var accounts: Accounts
  /// The proof.
  public var proof: Proof
  /// The rule behind a simulated year; nil where a solver dispatched.
  public var rules: RuleRecord?
  /// What one more unit of what binds the plan would be worth; empty where no multipliers are known.
  public var shadowPrices: [ShadowPrice] = []
  /// What one more kWh at each bus would cost in each step; empty where that is not known.
  public var hourlyPrices: [HourlyPrice] = []
  /// Whether sizes were sought as whole numbers.
  public var hasWholeNumbers = false
  /// What the money of this report supposes, a sentence for its summary; empty for a plan that is what it is.
  public var supposition = ""
  /// Version of the program.
  public var version: String
  /// What else the numbers were made from: digests of inputs, seed; for the table `provenance`.
  public var provenance: [(key: String, value: String)] = []
  /// Names and colours.
  let legend: Legend
  /// Sums of flows for pictures.
  let flows: YearlyFlows

  /// A report of a plan.
  public init(project: Project, plan: Plan, accounts: Accounts, proof: Proof, version: String) {
    self.project = project
    self.plan = plan.withoutDustInHours()
    self.accounts = accounts
    self.proof = proof
    self.version = version
    legend = Legend(project)
    flows = YearlyFlows(project, self.plan)
  }

  /// The whole page; sections that have nothing to show are left out.
  public func page() -> Page {
    var sections = [
      summarySection(), ruleSection(), yearsSection(), systemSection(), sizesSection(), costSection(),
      shadowPriceSection(),
      cashFlowSection(), energySection(),
      hoursSection(), balanceSection(), exergySection(), emissionsSection(), landSection(), membersSection(),
      policySection(),
      reliabilitySection(),
      billsSection(), tablesSection(), warningsSection(), certificateSection(), indicatorsSection(),
      assumptionsSection(),
    ]
    sections.removeAll { $0.contents.isEmpty }
    return Page(
      title: project.name, subtitle: subtitle, sections: sections,
      footer:
        "Made by Tulou \(version). Full precision is in result.json, every hour in flows.csv, every payment in cashflow.csv, all inputs in project.lock.yaml."
    )
  }

  private var subtitle: String {
    let first = project.horizon.moment(0).date, last = project.horizon.moment(project.horizon.steps - 1).date
    return
      "Energy plan · \(first) to \(last) (\(clockWords)) · \(NumberText.significant(project.economy.lifetime)) years at \(NumberText.percent(project.economy.realDiscountRate)) real discount rate · money in \(project.economy.currency)\(project.economy.priceYear.map { " of \($0)" } ?? "")"
  }

  /// Which clock the stamps of the page are.
  private var clockWords: String {
    let clock = project.horizon.clock
    return project.horizon.hasClockChanges
      ? "\(clock.zone), hours in standard time \(clock.standardName)" : clock.zone
  }

  /// Whether what was minimised is CO2 of which some is not counted for want of a factor.
  var objectiveIsAtLeast: Bool { proof.objective == Objective.co2.rawValue && accounts.carbon.isAtLeast }

  /// A sum of money as printed.
  func money(_ value: Double, per unit: String = "") -> String {
    Scale.text(value, project.economy.currency + unit)
  }
}
