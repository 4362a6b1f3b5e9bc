import TulouAccounts
public import TulouProblem
public import TulouProject
public import TulouQuantities
public import TulouSolvers
import TulouTechnologies

/// The Shenzhen study computed again: what its tables allow, and what plans of its stages show.
public enum ShenzhenReproduction {
  /// Rows that need no plan, by id.
  public static func arithmetic(of paper: PublishedCase) -> [String: ComputedValue] {
    ShenzhenArithmetic.values(of: paper)
  }
}

/// The three stages of the Shenzhen study planned by us: the sizes of its table 7 dispatched as given, and the best
/// sizes under the same limits, side by side.
///
/// Ids are those of `Examples/shenzhen`: `wind`, `panels`, `converter`, `turbines`, `reservoirs`, market `grid`,
/// deferrable demand `later`.
public struct ShenzhenPlans: Sendable {
  /// What is compared, one column a plan.
  public struct Column: Sendable {
    /// `experimental`, `pilot`, `advanced`.
    public var stage: String
    /// Whose sizes, in words.
    public var design: String
    /// Purchase price [USD/kWh].
    public var price: Double
    /// How the plan ended.
    public var status: Solution.Status
    /// Sizes [MW]: wind, PV, gas, converter, pumped hydro.
    public var sizes: [String: Double]
    /// Energy in a year [GWh]: wind, PV, gas, grid, pumped hydro, sold, unserved.
    public var energy: [String: Double]
    /// Net present cost [MUSD].
    public var npc: Double
    /// Cost per served energy [USD/kWh].
    public var coe: Double
    /// Renewable fraction without and with storage output [-].
    public var renewableFraction: Double, renewableFractionWithStorage: Double
    /// Emission [kt/y].
    public var co2: Double
    /// Value and proven bound of what was minimised [MUSD/y].
    public var value: Double, bound: Double
    /// Relative gap.
    public var gap: Double
    /// Who solved, with a remark.
    public var remark: String
  }

  /// Sizes of the project in the order of table 7: our id, the paper's name.
  public static let sizes = [
    ("wind", "wind"), ("panels", "pv"), ("turbines", "gas"), ("converter", "converter"), ("reservoirs", "psh"),
  ]
  /// Price that is not in the paper, backed out of its stage 1 [USD/kWh].
  public static let price = 0.18
  /// The city's mean tariff [USD/kWh].
  public static let tariff = 0.127

  /// Plans in the order in which they were made.
  public var columns: [Column] = []
  /// Rows that need a plan, by id.
  public var values: [String: ComputedValue] = [:]
  /// Searches under rules in the order in which they were made.
  public var searches: [Search] = []
  /// Curves of figures 7 and 8, ours and the paper's.
  public var curves: [ReproducedCurve] = []
  let paper: PublishedCase
  let solver: any Solver
  let options: PlanOptions

  /// Nothing planned yet.
  public init(paper: PublishedCase, solver: any Solver, options: PlanOptions) {
    self.paper = paper
    self.solver = solver
    self.options = options
  }

  /// The sizes of table 7 of a stage as `PlanOptions.sizes` wants them [kW].
  func publishedSizes(_ stage: String) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: Self.sizes.map { ($0.0, paper["t7.\($0.1).\(stage)"] * 1000) })
  }

  /// Plans a stage at the price of its file: as table 7 says, and as it is best.
  public mutating func add(stage: String, project: Project) throws(ProjectFault) {
    var given = options
    given.sizes = publishedSizes(stage)
    let asGiven = try plan(project, given, stage: stage, design: "sizes of table 7", price: Self.price)
    if let plan = lastPlan { try addFigures(stage: stage, project: project, given: plan) }
    let best = try plan(project, options, stage: stage, design: "least cost", price: Self.price)
    if let asGiven {
      let why = "purchase price, wind series and load shapes are not in the paper"
      values["r66.coe.\(stage)"] = ComputedValue(asGiven.value("cost_of_energy_served"), "sizes as given; " + why)
      values["r66.npc.\(stage)"] = ComputedValue(
        asGiven.value("net_present_cost").map { $0 / 1e6 }, "sizes as given; " + why)
      values["r64.rf.\(stage)"] = ComputedValue(
        asGiven.value("renewable_fraction_with_storage").map { $0 * 100 },
        "perfect foresight; honest fraction \(percent(asGiven.value("renewable_fraction")))")
    }
    guard let best, let plan = lastPlan else { return }
    record(stage, project, plan, best)
  }

  /// Plans a stage at the city's mean tariff, where sale is dearer than purchase: a bound, and the best plan found.
  ///
  /// - Parameter seconds: Time that the search may take [s].
  public mutating func addTariff(stage: String, project: Project, seconds: Double) throws(ProjectFault) {
    var limited = options
    limited.solve.timeLimit = seconds
    _ = try plan(project, limited, stage: stage, design: "least cost", price: Self.tariff)
  }

  /// The least wind that meets a renewable fraction of 40 % with everything served.
  public mutating func addLeastWind(stage: String, project: Project) throws(ProjectFault) {
    var asked = project
    asked.limits.renewableFraction = 0.4
    asked.limits.unservedEnergy = 0
    var assembled = try Assembly.problem(for: asked)
    guard let k = assembled.problem.capacities.firstIndex(where: { $0.label.id == "wind" }) else { return }
    assembled.problem.objective = LinearForm(capacities: [k: 1])
    let solution = solver.solve(assembled.problem, options: options.solve)
    guard solution.hasPlan else {
      values["r71.\(stage)"] = ComputedValue(nil, "no plan meets it: \(solution.status.rawValue)")
      return
    }
    values["r71.\(stage)"] = ComputedValue(
      solution.capacities[k] / 1000,
      "least wind by a problem of its own, bound \(shortNumber(solution.bound / 1000)) MW; with our wind series")
  }

  /// The stages chained: what is built stays.
  public mutating func addStages(project: Project) throws(ProjectFault) {
    let outcome = try StageStudy.run(project: project, mode: .myopic, options: options, solver: solver)
    var fall = 0.0
    for (before, after) in zip(outcome.stages, outcome.stages.dropFirst()) {
      for capacity in before.plan.problem.capacities {
        guard let first = before.plan.capacity(capacity.label), let then = after.plan.capacity(capacity.label),
          capacity.label.role == .size
        else { continue }
        fall = max(fall, first - then)
      }
    }
    guard outcome.stages.count == project.stages.count else {
      values["r74.shrink"] = ComputedValue(nil, "the stages have no plan: \(outcome.status.rawValue)")
      return
    }
    values["r74.shrink"] = ComputedValue(
      fall, "myopic, \(outcome.stages.count) stages", holds: fall <= 1e-6 * 1e6)
  }

  // MARK: One plan

  private var lastPlan: Plan?

  private mutating func plan(
    _ project: Project, _ options: PlanOptions, stage: String, design: String, price: Double
  ) throws(ProjectFault) -> Accounts? {
    let outcome = try PlanStudy.run(project: project, options: options, solver: solver)
    lastPlan = outcome.plan
    return addColumn(outcome, project, stage: stage, design: design, price: price)
  }

  /// A column for what a study found; its accounts, nil without a plan.
  mutating func addColumn(
    _ outcome: Outcome, _ project: Project, stage: String, design: String, price: Double
  ) -> Accounts? {
    guard let plan = outcome.plan, let certificate = outcome.certificate else {
      columns.append(
        Column(
          stage: stage, design: design, price: price, status: outcome.status, sizes: [:], energy: [:], npc: .nan,
          coe: .nan, renewableFraction: .nan, renewableFractionWithStorage: .nan, co2: .nan, value: .nan, bound: .nan,
          gap: .nan, remark: outcome.warnings.map(\.message).joined(separator: " ")))
      return nil
    }
    let accounts = Accounts.make(project: project, plan: plan)
    var sizes: [String: Double] = [:]
    for (id, name) in Self.sizes {
      let capacity = plan.problem.capacities.firstIndex { $0.label.id == id && $0.label.role == .size }
      sizes[name] = (capacity.map { plan.solution.capacities[$0] } ?? 0) / 1000
    }
    func yearly(_ id: String, _ role: Label.Role) -> Double {
      guard let series = plan.total(id, role) else { return 0 }
      return zip(series, plan.problem.weight).reduce(0) { $0 + $1.0 * $1.1 } * plan.problem.stepHours
        / plan.problem.years / 1e6
    }
    let energy = [
      "wind": yearly("wind", .production), "pv": yearly("panels", .production), "gas": yearly("turbines", .conversion),
      "grid": yearly("grid", .purchase), "psh": yearly("reservoirs", .discharge), "sold": yearly("grid", .sale),
      "unserved": (accounts.value("unserved_energy") ?? 0) * (accounts.value("p_o") ?? 0) / 1e6,
    ]
    columns.append(
      Column(
        stage: stage, design: design, price: price, status: outcome.status, sizes: sizes, energy: energy,
        npc: (accounts.value("net_present_cost") ?? .nan) / 1e6, coe: accounts.value("cost_of_energy_served") ?? .nan,
        renewableFraction: accounts.value("renewable_fraction") ?? .nan,
        renewableFractionWithStorage: accounts.value("renewable_fraction_with_storage") ?? .nan,
        co2: (accounts.value("co2") ?? .nan) / 1e3, value: certificate.value / 1e6, bound: certificate.bound / 1e6,
        gap: certificate.gap,
        remark: certificate.solver + (certificate.message.isEmpty ? "" : ": " + certificate.message)))
    return accounts
  }

  /// Properties of the best plan of a stage.
  private mutating func record(_ stage: String, _ project: Project, _ plan: Plan, _ accounts: Accounts) {
    let peak = max(plan.total("grid", .purchase)?.max() ?? 0, plan.total("grid", .sale)?.max() ?? 0) / 1000
    values["r51.grid.\(stage)"] = ComputedValue(
      peak, "highest purchase or sale", holds: peak <= paper["t7.grid.\(stage)"] * (1 + 1e-9))
    if let rf = accounts.value("renewable_fraction") {
      let limit = project.limits.renewableFraction ?? 0
      values["r58.rf.\(stage)"] = ComputedValue(rf * 100, "least cost", holds: rf >= limit - 1e-6)
    }
    values["r73.coe.\(stage)"] = ComputedValue(
      accounts.value("cost_of_energy_served"), "least cost at \(Self.price) USD/kWh, carbon 10 USD/t", holds: true)
    if let served = plan.total("later", .serve), let demand = project.demands.first(where: { $0.id == "later" }) {
      let given = demand.power.reduce(0, +), got = served.reduce(0, +)
      values["r38.deferrable.\(stage)"] = ComputedValue(
        got * plan.problem.stepHours / plan.problem.years / 1e6, "given and served",
        holds: abs(got - given) <= 1e-6 * given)
    }
    guard stage == "experimental" else { return }
    let unserved = (accounts.value("unserved_energy") ?? .nan) * 100
    values["r58.shortage"] = ComputedValue(unserved, "share of demand", holds: unserved <= 1)
    let wanted = project.demands.reduce(0) { $0 + $1.power.reduce(0, +) } * plan.problem.stepHours / 1e6
    values["r39.energy"] = ComputedValue(
      wanted, "five profiles; their printed energies are rounded to 0.01 GWh", holds: abs(wanted - 280) <= 0.005)
    if let converter = plan.total("converter", .forward),
      let k = plan.problem.capacities.firstIndex(where: { $0.label.id == "converter" })
    {
      let excess = (converter.max() ?? 0) * 0.95 - plan.solution.capacities[k]
      values["r52.converter"] = ComputedValue(max(0, excess), "highest output minus size", holds: excess <= 1e-3)
    }
    if let npc = accounts.value("net_present_cost") {
      let present = accounts.cashFlow.reduce(0) { $0 + $1.discounted }
      values["r63.cash"] = ComputedValue(abs(present - npc) / max(1, abs(npc)), "discounted rows of the cash flow")
    }
  }

  private func percent(_ share: Double?) -> String { share.map { shortNumber($0 * 100) + " %" } ?? "none" }
}
