import TulouAccounts
import TulouAssembly
package import TulouDocument
import TulouProblem
package import TulouProject
import TulouSimulation
import TulouTechnologies

/// A year of a project's life with one weather, ready to be run at any prices.
package struct YearRun: Sendable {
  private let system: SimulatedSystem
  private let dispatch: RuleDispatch
  private let strategy: DispatchStrategy
  private let cheapest: Bool
  /// The year at the prices that are expected.
  let expected: SimulatedYear

  package init(_ year: Int, of project: Project, _ path: PlantPath, _ options: SimulateOptions) throws(ProjectFault) {
    let then = project.year(year, faded: path.sourcesLeft(project, at: year))
    let (assembled, _) = try SimulateStudy.sized(then, options.sizes)
    var system = try SystemReader.system(of: assembled)
    var left: [(id: String, left: Double)] = []
    for (s, part) in system.storages.enumerated() {
      let share = path.contentLeft(project.components[part.component])
      system.problem.storages[s].energy *= share
      left.append((then.components[part.component].id, share))
    }
    guard let dispatch = system.dispatch(options.strategy, cheapest: options.cheapest) else {
      throw ProjectFault([Diagnostic(.error, "Year \(year) has no dispatch.")])
    }
    self.system = system
    self.dispatch = dispatch
    strategy = options.strategy
    cheapest = options.cheapest
    expected = SimulatedYear(year, path, contents: left, system, dispatch)
  }

  /// The year with the prices of each market multiplied: the rule decides by them, and they are paid; and with failures
  /// of markets drawn from another seed.
  ///
  /// - Returns: nil where the project cannot be run so.
  package func drawn(_ factors: [String: Double], failures: UInt64? = nil) -> DrawnYear? {
    guard !factors.isEmpty || failures != nil else {
      return DrawnYear(
        operation: expected.operation.reduce(0) { $0 + $1.amount }, unserved: expected.unserved, wear: expected.wear)
    }
    var assembled = system.assembled
    assembled.project = assembled.project.priced(factors)
    if let failures {
      for m in assembled.project.markets.indices {
        assembled.project.markets[m].outages = assembled.project.markets[m].outages?.redrawn(
          steps: assembled.problem.steps, stepHours: assembled.problem.stepHours, seed: failures)
      }
    }
    guard var priced = try? SystemReader.system(of: assembled) else { return nil }
    for s in priced.problem.storages.indices { priced.problem.storages[s].energy = system.problem.storages[s].energy }
    // The least peaks that can be kept have nothing to do with prices, and are dear to find.
    let same: RuleDispatch? =
      if case .peakShaving(_, _)? = dispatch.rule, let rule = dispatch.rule {
        priced.dispatch(rule, dispatch.strategy)
      } else { nil }
    guard let own = same ?? priced.dispatch(strategy, cheapest: cheapest) else { return nil }
    let plan = SimulatedPlan.plan(priced, own)
    let accounts = Accounts.ofDesign(project: assembled.project, plan: plan)
    return DrawnYear(
      operation: Self.operation(accounts).reduce(0) { $0 + $1.amount }, unserved: accounts.value("unserved") ?? 0,
      wear: priced.wear(own))
  }

  /// Payments of a year's operation.
  static func operation(_ accounts: Accounts) -> [CashFlowRow] {
    let plant: Set<CostKind> = [.capital, .replacement, .salvage, .policy]
    return accounts.cashFlow.filter { $0.year == 1 && !plant.contains($0.kind) }
  }
}
