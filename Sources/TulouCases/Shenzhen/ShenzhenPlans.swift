package import Tulou

/// The three stages of the Shenzhen study planned by us: the sizes of its table 7 dispatched as given, and the best
/// sizes under the same limits, side by side.
///
/// Ids are those of `Examples/shenzhen`: `wind`, `panels`, `converter`, `turbines`, `reservoirs`, market `grid`,
/// deferrable demand `later`.
package struct ShenzhenPlans: Sendable {
  /// Price of purchase that is not in the paper [USD/kWh]; `price.experimental` says where it comes from.
  static let price = 0.18

  /// Plans in the order in which they were made.
  var columns: [ShenzhenColumn] = []
  /// Rows that need a plan, by id.
  package var values: [String: ComputedValue] = [:]
  /// Searches under rules in the order in which they were made.
  var searches: [Search] = []
  /// Curves of figures 7 and 8, ours and the paper's.
  package var curves: [ReproducedCurve] = []
  /// Tables 5 to 11 and figures 1 to 6 as data.
  var tables = ShenzhenTables()
  /// What the projects use for the printed inputs, by id.
  var used: [String: Double] = [:]
  let paper: PublishedCase
  let solver: any Solver
  let options: PlanOptions

  /// Nothing planned yet.
  package init(paper: PublishedCase, solver: any Solver, options: PlanOptions) {
    self.paper = paper
    self.solver = solver
    self.options = options
  }

  /// The sizes of table 7 of a stage as `PlanOptions.sizes` wants them [kW].
  package func publishedSizes(_ stage: String) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: ShenzhenColumn.sizes.map { ($0.0, paper["t7.\($0.1).\(stage)"] * 1000) })
  }

  /// Plans a stage at the price of its file: as table 7 says, and as it is best.
  package mutating func add(stage: String, project: Project) throws(ProjectFault) {
    var given = options
    given.sizes = publishedSizes(stage)
    let dispatch = try PlanStudy.run(project: project, options: given, solver: solver)
    if let plan = dispatch.plan {
      let accounts = note(dispatch, project, stage: stage, design: "sizes of table 7", price: Self.price)
      let mixes = try mixes(project, given, stage: stage)
      if let accounts { record(dispatch: plan, accounts, stage, project, mixes) }
      try addFigures(stage: stage, project: project, given: plan)
      try addLine(stage: stage, project: project, given: plan, options: given)
    } else {
      _ = note(dispatch, project, stage: stage, design: "sizes of table 7", price: Self.price)
    }
    let best = try PlanStudy.run(project: project, options: options, solver: solver)
    guard let accounts = note(best, project, stage: stage, design: "least cost", price: Self.price),
      let plan = best.plan
    else { return }
    record(best: plan, accounts, stage, project)
    if stage != "experimental" {
      values["remote.\(stage)"] = ComputedValue(words: ["feasible"], "the plan of least cost")
    }
  }

  /// Plans a stage at the city's mean tariff, where sale is dearer than purchase: a bound, and the best plan found.
  ///
  /// - Parameter seconds: Time that the search may take [s].
  mutating func addTariff(stage: String, project: Project, seconds: Double) throws(ProjectFault) {
    var limited = options
    limited.solve.timeLimit = seconds
    let outcome = try PlanStudy.run(project: project, options: limited, solver: solver)
    _ = note(outcome, project, stage: stage, design: "least cost", price: paper["tariff"])
  }

  /// The least wind that meets a renewable fraction of 40 % with everything served.
  mutating func addLeastWind(stage: String, project: Project) throws(ProjectFault) {
    var asked = project
    asked.limits.renewableFraction = 0.4
    let outcome = try LeastSizeStudy.run(project: asked, size: "wind", options: options, solver: solver)
    guard let value = outcome.certificate?.value else {
      values["least.\(stage)"] = ComputedValue(nil, "no plan meets it: \(outcome.status.rawValue)")
      return
    }
    values["least.\(stage)"] = ComputedValue(
      value / 1000, "least wind by a problem of its own, everything served, storage output not counted")
  }

  /// The stages chained: what is built stays.
  mutating func addStages(project: Project) throws(ProjectFault) {
    let outcome = try StageStudy.run(project: project, mode: .myopic, options: options, solver: solver)
    guard outcome.stages.count == project.stages.count else {
      values["r74.shrink"] = ComputedValue(nil, "the stages have no plan: \(outcome.status.rawValue)")
      return
    }
    var fall = 0.0
    for (before, after) in zip(outcome.stages, outcome.stages.dropFirst()) {
      for capacity in before.plan.problem.capacities where capacity.label.role == .size {
        guard let first = before.plan.capacity(capacity.label), let then = after.plan.capacity(capacity.label) else {
          continue
        }
        fall = max(fall, first - then)
      }
    }
    values["r74.shrink"] = ComputedValue(fall, "myopic, \(outcome.stages.count) stages")
  }

  /// Keeps a column for what a study found; its accounts, nil without a plan.
  mutating func note(
    _ outcome: Outcome, _ project: Project, stage: String, design: String, price: Double
  ) -> Accounts? {
    let accounts = outcome.plan.map { Accounts.make(project: project, plan: $0) }
    columns.append(ShenzhenColumn(outcome, accounts, stage: stage, design: design, price: price))
    return accounts
  }
}
