public import TulouDocument
public import TulouProblem
public import TulouProject
import TulouTechnologies

/// From a project to the hourly problem, once, into plain arrays.
///
/// Every kind of block has its file beside this one, every limit its file in `Limits/`. Nothing here decides
/// anything: what the project says becomes flows, contents, capacities and rows, as model.md sections 3 and 5 state.
package enum Assembly {
  /// The hourly problem of a project.
  ///
  /// - Parameters:
  ///   - project: Typed and complete; its `stages` are not looked at (see `Stages`).
  ///   - objective: What is minimised; nil: the project's own.
  /// - Throws: What cannot be put into rows, named: an objective not built yet, a sale above purchase without limits.
  package static func problem(
    for project: Project, objective: Objective? = nil
  ) throws(ProjectFault) -> Assembled {
    try assembled(project, money: MoneyFactors(project: project), objective: objective ?? project.objective)
  }

  package static func assembled(
    _ project: Project, money: MoneyFactors, objective: Objective
  ) throws(ProjectFault) -> Assembled {
    var draft = Draft(project: project, money: money, objective: objective)
    try draft.fill()
    draft.chooseObjective()
    if draft.hasErrors { throw ProjectFault(draft.faults) }
    return draft.finished()
  }
}

/// A problem with what the rest of the room needs to know of how it was made. All forms are over the horizon.
public struct Assembled: Sendable {
  /// The project that it was made from.
  public var project: Project
  /// The problem, ready for a solver.
  public var problem: HourlyProblem
  /// What is minimised by `problem.objective`.
  package var objective: Objective
  /// Money that changes hands, existing plant's constants included.
  public var cash: LinearForm
  /// Penalties: unserved energy and broken elastic limits.
  public var penalties: LinearForm
  /// Emission [kg CO2], mean factors over the years.
  public var emission: LinearForm
  /// Energy bought or brought in of which nobody says what it emits [kWh].
  public var withoutFactor = LinearForm()
  /// Pollutants other than CO2 [kg], mean factors over the years, in the order of `Pollutant.all`; empty: nothing in the
  /// project emits any.
  public var pollution: [LinearForm]
  /// Energy that enters from outside, class N, fuels by lower heating value [kWh].
  public var outside: LinearForm
  /// Unserved energy [kWh].
  public var unserved: LinearForm
  /// Exergy that enters and is used, where its ratio is sought [kWh].
  package var exergy: ExergyForms?
  /// Terms of the renewable fraction that the project looks at, limited or not.
  package var renewable: RenewableAccount
  /// Demand of energy [kWh] over the horizon.
  public var demand: Double
  /// What is assumed or derived, for the register and for warnings.
  public var notes: [Diagnostic]
  /// Relaxations, as the register of assumptions lists them.
  public var assumptions: [Assumption]
  /// Yearly rows that state limits of the project (`limits:`): index, key, and whether existing plans must obey.
  package var limitRows: [LimitRow]
  /// Upper limits of sizes that the project does not state: capacity index and limit.
  public var derivedLimits: [Int: Double]
  /// Yearly investment [money per unit of new capacity] by capacity index, part of `cash`, over the horizon.
  public var investment: [Int: Double]
  /// Yearly operation that a size costs as soon as it is above zero [money over the horizon], part of its fixed charge.
  public var yearlyCharge: [Int: Double]
  /// Units of the objective per unit of money, where goals are weighed against each other.
  package var weightOfMoney: Double?
  /// Where the terms of contracts that look beyond the hour stand.
  package var layouts: [MarketLayout] = []
  /// What subsidies with a cap pay.
  package var capitalCaps: [CapLayout] = []
  /// The parts where several problems stand one after the other in this one; nil: it is one.
  package var parts: StackedParts?
  /// The largest sum of money that a plan turns over per year, by which gaps near zero are measured.
  package func turnover(of plan: Plan) -> Double {
    let solution = plan.solution
    return problem.value(
      of: cash, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
    ).largest / years
  }

  /// Lets series that are equal to known ones share their memory.
  package mutating func share(with pool: inout ProfilePool) {
    pool.share(&problem)
    for form in [\Assembled.cash, \.penalties, \.emission, \.withoutFactor, \.outside, \.unserved] {
      pool.share(&self[keyPath: form])
    }
    for i in pollution.indices { pool.share(&pollution[i]) }
  }

  /// Flows whose first upper bound is no limit of the project, but the most that its buses let them be.
  package var foundLimits: [Int] = []
  /// Existing plant that may retire.
  package var retirable: [Retirable] = []
  /// Capital per unit of new capacity by capacity index [money/unit].
  public var capital: [Int: Double] = [:]
  /// Whole numbers that say whether anything new is built, where a budget has to know.
  package var builtFlags: [BuiltFlag] = []
  /// Yearly rows that hold once (ratchet, tiers), not limits.
  public var years: Double { problem.years }
}

/// A limit of the project that became a yearly row.
package struct LimitRow: Sendable, Equatable {
  /// Index into `HourlyProblem.yearlyRows`.
  package var row: Int
  /// Which limit.
  package var key: LimitKey
  /// Limit as the file states it, in base units of its quantity.
  package var limit: Double
  /// What one unit of the row's right-hand side is worth in units of `limit`.
  package var perActivity: Double
  /// Price of each unit of the row beyond its limit over the horizon [currency]; nil: the limit holds.
  package var price: Double?
  /// For a share: what it is a share of, which the plan decides; nil where `perActivity` says all.
  package var whole: LinearForm?

  /// Units of `limit` per unit of the row at a plan.
  package func perActivity(at solution: Solution, of problem: HourlyProblem) -> Double {
    guard let whole else { return perActivity }
    let sum = problem.value(
      of: whole, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
    ).sum
    return sum > 0 ? 1 / sum : perActivity
  }
}

extension Assembled {
  /// What a fixed charge counts in the objective: all where money is sought, its weight where goals are weighed, nothing where the goal
  /// is an amount of something else.
  package var chargeWeight: Double { weightOfMoney ?? (objective == .netPresentCost ? 1 : 0) }

  /// What is solved for the goal. Fixed charges of `problem` are money, whatever the objective, so that accounts and the second solve
  /// for least cost find them.
  package var problemOfGoal: HourlyProblem {
    guard chargeWeight != 1 else { return problem }
    var goal = problem
    for k in goal.capacities.indices { goal.capacities[k].fixedCharge *= chargeWeight }
    return goal
  }
}
