package import TulouAccounts
package import TulouPlanning
package import TulouProblem
package import TulouProject
import TulouQuantities

/// What a report of one plan is made from: the project, its plan, what was measured on it, and the proof.
package struct PlanReport: Sendable {
  /// The proof that comes with a plan, per year of the horizon.
  package struct Proof: Sendable {
    /// `optimal`, `feasible`, `infeasible`, `limit`, `cancelled`.
    package var status = ""
    /// Solver with its version.
    package var solver = ""
    /// Name of the objective as in the project file.
    package var objective = "net_present_cost"
    /// What was minimised, per year.
    package var value = Double.nan
    /// Proven least value, per year.
    package var bound = -Double.infinity
    /// `(value - bound) / |value|`.
    package var gap = Double.infinity
    /// Unit of value and bound, e.g. `USD/y`.
    package var unit = ""
    /// Cash per year within the value.
    package var cash: Double?
    /// Penalties per year within the value.
    package var penalties: Double?
    /// Whether the bound was computed by us from multipliers, not taken from the solver's branching.
    package var isBoundOwn = false
    /// Whether sizes were given, so that only the dispatch was sought.
    package var hasGivenSizes = false
    /// Machines whose commitment is approximated in this plan.
    package var approximated: [String] = []
    /// What was checked after the solve: name, greatest violation, unit.
    package var checks: [(name: String, value: Double, unit: String)] = []
    /// What a person should know of the solve.
    package var messages: [String] = []
    /// Nothing proven yet.
    package init() {}
  }

  /// The project.
  package var project: Project
  /// Its plan.
  package var plan: Plan
  /// What was measured.
  package var accounts: Accounts
  /// The proof.
  package var proof: Proof
  /// The rule behind a simulated year; nil where a solver dispatched.
  package var rules: RuleRecord?
  /// What one more unit of what binds the plan would be worth; empty where no multipliers are known.
  package var shadowPrices: [ShadowPrice] = []
  /// What one more kWh at each bus would cost in each step; empty where that is not known.
  package var hourlyPrices: [HourlyPrice] = []
  /// The plan with sizes in whole steps; nil where that was not asked for.
  package var practical: PracticalPlan?
  /// Whether sizes were sought as whole numbers.
  package var hasWholeNumbers = false
  /// What the money of this report supposes, a sentence for its summary; empty for a plan that is what it is.
  package var supposition = ""
  /// Version of the program.
  package var version: String
  /// What else the numbers were made from: digests of inputs, seed; for the table `provenance`.
  package var provenance: [(key: String, value: String)] = []
  /// Names and colours.
  let legend: Legend
  /// Sums of flows for pictures.
  let flows: YearlyFlows

  /// A report of a plan.
  package init(project: Project, plan: Plan, accounts: Accounts, proof: Proof, version: String) {
    self.project = project
    self.plan = plan.withoutDustInHours()
    self.accounts = accounts
    self.proof = proof
    self.version = version
    legend = Legend(project)
    flows = YearlyFlows(project, self.plan)
  }

  /// What makes a section of a report.
  package typealias SectionMaker = @Sendable (PlanReport) -> Page.Section

  /// The sections of a page in their order: one line each.
  package static let sections: [SectionMaker] = [
    { $0.summarySection() }, { $0.ruleSection() }, { $0.yearsSection() }, { $0.systemSection() },
    { $0.sizesSection() }, { $0.practicalSection() }, { $0.costSection() }, { $0.shadowPriceSection() },
    { $0.cashFlowSection() },
    { $0.energySection() }, { $0.hoursSection() }, { $0.balanceSection() }, { $0.exergySection() },
    { $0.primaryEnergySection() }, { $0.emissionsSection() }, { $0.landSection() },
    { $0.layoutSection() },
    { $0.membersSection() }, { $0.policySection() }, { $0.socialSection() },
    { $0.reliabilitySection() },
    { $0.billsSection() }, { $0.tablesSection() }, { $0.warningsSection() },
    { $0.certificateSection() },
    { $0.indicatorsSection() }, { $0.assumptionsSection() },
  ]

  /// The whole page; sections that have nothing to show are left out.
  ///
  /// - Parameter makers: The sections that it may have, in their order.
  package func page(_ makers: [SectionMaker] = PlanReport.sections) -> Page {
    Page(
      title: project.name, subtitle: subtitle, cover: project.cover,
      sections: makers.map { $0(self) },
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
