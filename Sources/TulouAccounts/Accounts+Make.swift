public import TulouProblem
public import TulouProject
import TulouQuantities
import TulouTechnologies

extension Accounts {
  /// Measures a plan.
  ///
  /// - Parameters:
  ///   - project: The project; its horizon has the steps of the plan.
  ///   - plan: A plan with a solution (`solution.hasPlan`).
  ///   - stage: Stage of the labels to read, where the problem holds several; empty: labels without stage.
  /// - Returns: All accounts. Of a solution without a plan they are empty but for a warning.
  public static func make(project: Project, plan: Plan, stage: String = "") -> Accounts {
    guard plan.solution.hasPlan else {
      var empty = Accounts()
      empty.currency = project.economy.currency
      empty.warnings = [
        Diagnostic(.warning, "There is no plan to measure: the solver ended '\(plan.solution.status.rawValue)'.")
      ]
      return empty
    }
    return AccountMaker(Reading(project: project, plan: plan, stage: stage)).accounts()
  }
}

/// Makes the accounts in the order in which they need each other.
struct AccountMaker {
  let reading: Reading
  private var project: Project { reading.project }
  private var economy: Economy { project.economy }

  init(_ reading: Reading) { self.reading = reading }

  func accounts() -> Accounts {
    var accounts = Accounts()
    accounts.currency = economy.currency
    accounts.years = reading.years
    accounts.firstYear = project.firstYear
    let settlement = Settlement(reading)
    let operation = OperationItems(reading, settlement)
    let payments = yearlyPayments(rate: economy.realDiscountRate, years: economy.lifetime)
    let table = CashFlowTable(plant.items + operation.items, economy: economy, payments: payments)
    accounts.bills = operation.bills
    accounts.cashFlow = table.rows
    accounts.costs = table.lines
    let builder = BalanceBuilder(reading)
    accounts.balance = builder.balance()
    let referenceItems = project.reference.map { ReferenceItems(reading, $0) }
    accounts.reference = referenceItems.map { ReferenceAccount($0, economy: economy, cashFlow: table.rows) }
    (accounts.members, accounts.commonsShares) =
      MemberBuilder(
        reading: reading, settlement: settlement, cashFlow: table.rows, costs: table.lines, reference: referenceItems
      ).accounts()
    accounts.carbon = CarbonAccount(
      reading, balance: builder, costs: table.lines, reference: accounts.reference)
    accounts.pollutants = PollutantAccount(reading, costs: table.lines, reference: accounts.reference)
    accounts.reliability = ReliabilityAccount(reading)
    accounts.land = LandAccount(reading)
    accounts.machines = reading.machineStatistics(costs: table.lines)
    accounts.storages = reading.storageStatistics()
    accounts.sources = reading.sourceEnergies()
    accounts.indicators = IndicatorBuilder(reading: reading, balance: builder, accounts: accounts).indicators()
    accounts.warnings = PlanWarnings(reading: reading, accounts: accounts, unpriced: settlement.unpriced).all()
    return accounts
  }

  /// Payments for plant, new and existing.
  private var plant: PlantItems {
    var items = PlantItems(economy: economy)
    for component in project.components {
      let member = reading.payer(component.member)
      for size in component.sizes {
        let (total, existing) = reading.sizing(component, size)
        items.buy(total - existing, of: size, id: component.id, member: member)
        if size.sharedWith == nil {
          items.keep(size, id: component.id, member: member, firstYear: project.firstYear)
        }
        items.operate(total, of: size, id: component.id, member: member)
      }
    }
    return items
  }
}
