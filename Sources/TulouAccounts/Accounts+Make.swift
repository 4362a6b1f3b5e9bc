import TulouDocument
import TulouFinance
public import TulouProblem
public import TulouProject
import TulouTechnologies

extension Accounts {
  /// Measures a plan.
  ///
  /// - Parameters:
  ///   - project: The project; its horizon has the steps of the plan.
  ///   - plan: A plan with a solution (`solution.hasPlan`).
  ///   - stage: Stage of the labels to read, where the problem holds several; empty: labels without stage.
  ///   - standalone: What those who own plant already would do without the project; of whom it is not known, cost alone
  ///     and with it the reference stay empty.
  /// - Returns: All accounts. Of a solution without a plan they are empty but for a warning.
  public static func make(
    project: Project, plan: Plan, stage: String = "", standalone: [Standalone] = []
  ) -> Accounts {
    make(
      project: project, plan: plan, stage: stage, standalone: standalone,
      declared: IndicatorDeclaration.all)
  }

  /// Measures a plan by the indicators that are declared.
  package static func make(
    project: Project, plan: Plan, stage: String = "", standalone: [Standalone] = [],
    declared: [IndicatorDeclaration]
  ) -> Accounts {
    guard plan.solution.hasPlan else {
      var empty = Accounts()
      empty.currency = project.economy.currency
      empty.warnings = [
        Diagnostic(.warning, "There is no plan to measure: the solver ended '\(plan.solution.status.rawValue)'.")
      ]
      return empty
    }
    return AccountMaker(Reading(project: project, plan: plan, stage: stage), standalone).accounts(
      declared)
  }

  /// Measures one of many designs: the same numbers as `make`, without what is only shown of a single plan: hours and months of
  /// the balance, members, single machines, hours of autonomy, the comparison with a reference, warnings.
  ///
  /// - Parameters:
  ///   - project: The project; its horizon has the steps of the plan.
  ///   - plan: A plan with a solution, labels without stage.
  public static func ofDesign(project: Project, plan: Plan) -> Accounts {
    AccountMaker(Reading(project: project, plan: plan)).numbersOfDesign()
  }
}

/// Makes the accounts in the order in which they need each other.
struct AccountMaker {
  let reading: Reading
  let standalone: [Standalone]
  private var project: Project { reading.project }
  private var economy: Economy { project.economy }

  init(_ reading: Reading, _ standalone: [Standalone] = []) {
    self.reading = reading
    self.standalone = standalone
  }

  /// Every payment of the plan.
  var items: [MoneyItem] {
    let settlement = Settlement(reading)
    let items = plant + OperationItems(reading, settlement).items
    return items + PolicyItems(reading, settlement, items).items
  }

  /// Accounts with bills, payments and costs alone, and the table that these come from.
  private func money(_ settlement: Settlement) -> (Accounts, CashFlowTable) {
    var accounts = Accounts()
    accounts.currency = economy.currency
    accounts.years = reading.years
    accounts.firstYear = project.firstYear
    let operation = OperationItems(reading, settlement)
    let payments = yearlyPayments(rate: economy.realDiscountRate, years: economy.lifetime)
    let items = plant + operation.items
    let policies = PolicyItems(reading, settlement, items)
    let table = CashFlowTable(items + policies.items, economy: economy, payments: payments)
    accounts.bills = operation.bills
    accounts.cashFlow = table.rows
    accounts.costs = table.lines
    let losses = CashFlowTable(policies.losses, economy: economy, payments: payments).lines
    accounts.policies = PolicyAccount.all(of: project, lines: table.lines, losses: losses)
    return (accounts, table)
  }

  func accounts(_ declared: [IndicatorDeclaration] = IndicatorDeclaration.all) -> Accounts {
    let settlement = Settlement(reading)
    var (accounts, table) = money(settlement)
    let builder = BalanceBuilder(reading)
    accounts.balance = builder.balance()
    let referenceItems = project.reference.map { ReferenceItems(reading, $0, standalone) }
    accounts.reference = referenceItems.map { ReferenceAccount($0, economy: economy, cashFlow: table.rows) }
    (accounts.members, accounts.commonsShares, accounts.commonsKey) =
      MemberBuilder(
        reading: reading, settlement: settlement, cashFlow: table.rows, costs: table.lines, reference: referenceItems
      ).accounts()
    accounts.carbon = CarbonAccount(
      reading, balance: builder, costs: table.lines, reference: accounts.reference)
    accounts.pollutants = PollutantAccount(reading, costs: table.lines, reference: accounts.reference)
    accounts.reliability = ReliabilityAccount(reading)
    accounts.land = LandAccount(reading)
    accounts.social = SocialAccount(reading)
    accounts.exergy = ExergyAccount(reading)
    accounts.machines = reading.machineStatistics(costs: table.lines)
    accounts.storages = reading.storageStatistics()
    accounts.sources = reading.sourceEnergies()
    accounts.removeDust()
    accounts.indicators = IndicatorBuilder(reading, builder, accounts, declared: declared)
      .indicators()
    accounts.primaryEnergy = PrimaryEnergyAccount(reading, accounts)
    accounts.warnings =
      PlanWarnings(reading: reading, accounts: accounts, unpriced: settlement.unpriced).all() + builder.lossWarning
    return accounts
  }

  func numbersOfDesign() -> Accounts {
    var (accounts, table) = money(Settlement(reading))
    let builder = BalanceBuilder(reading)
    accounts.balance = builder.balanceOfYear()
    accounts.carbon = CarbonAccount(reading, balance: builder, costs: table.lines, reference: nil)
    accounts.pollutants = PollutantAccount(reading, costs: table.lines, reference: nil)
    accounts.reliability = ReliabilityAccount(reading, autonomy: .leftOut)
    accounts.land = LandAccount(reading)
    accounts.exergy = ExergyAccount(reading, detail: .sums)
    accounts.removeDust()
    accounts.indicators = IndicatorBuilder(reading, builder, accounts).indicators()
    return accounts
  }

  /// Payments for plant, new and existing.
  private var plant: [MoneyItem] {
    var items = PlantItems([project], StageFactors(stageYears: [project.firstYear], economy.discounting))
    for component in project.components {
      let member = reading.payer(component.member)
      for size in component.sizes {
        let sizing = reading.sizing(component, size)
        items.buy(sizing.new, of: size, id: component.id, member: member)
        if size.sharedWith == nil {
          items.keep(size, [sizing.kept], id: component.id, member: member, firstYear: project.firstYear)
        }
        items.operate(sizing.total, of: size, id: component.id, member: member)
      }
    }
    return items.items[0]
  }
}
