import TulouAccounts
import TulouAssembly
import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSimulation
import TulouSolvers
import TulouTechnologies

/// Given sizes run under a rule: what `tulou simulate` says of them, and what every row of a search is made of.
package struct SimulatedDesign {
  /// The system, with the lives that use leaves to its plant.
  var system: SimulatedSystem
  /// What the rule did.
  var dispatch: RuleDispatch
  /// The same as flows.
  var plan: Plan
  /// Its value.
  var certificate: Certificate
  /// The numbers that a design is judged by.
  var accounts: Accounts
  /// Every limit of the project.
  var limits: [MeasuredLimit]
  /// The problem as it was before use wore anything out.
  var asGiven: Assembled
  /// Windows of a rolling horizon that had no plan.
  var failures = 0

  /// The project that accounts are made of.
  var project: Project { system.project }
}

extension SimulateStudy {
  /// Runs given sizes under a rule and measures them.
  ///
  /// - Parameters:
  ///   - asGiven: The problem of the sizes (`sized`), limits taken out.
  ///   - system: The same as rules see it.
  /// - Returns: nil where the user stopped it.
  static func design(
    _ project: Project, _ asGiven: Assembled, _ system: SimulatedSystem, _ options: SimulateOptions,
    _ solver: (any Solver)?
  ) throws(ProjectFault) -> SimulatedDesign? {
    var system = system
    var failures = 0
    guard let dispatch = try dispatch(project, system, options, solver, &failures) else { return nil }
    // Plant that its use wears out is replaced earlier than its years say.
    if let worn = project.worn(by: system.wear(dispatch)) {
      system.assembled = try sized(worn, options.sizes).0
    }
    let plan = SimulatedPlan.plan(system, dispatch)
    let accounts = Accounts.ofDesign(project: system.project, plan: plan)
    return SimulatedDesign(
      system: system, dispatch: dispatch, plan: plan,
      certificate: certificate(plan, system.assembled, dispatch, cheapest: options.cheapest), accounts: accounts,
      limits: DesignLimits(
        project: system.project, accounts: accounts, plan: plan, demand: system.assembled.demand
      ).measured(), asGiven: asGiven, failures: failures)
  }

  /// Runs given sizes under a rule and measures them, from the project on.
  static func design(
    _ project: Project, _ options: SimulateOptions, _ solver: (any Solver)?
  ) throws(ProjectFault) -> SimulatedDesign? {
    let asGiven = try sized(project, options.sizes).0
    return try design(project, asGiven, try SystemReader.system(of: asGiven), options, solver)
  }
}
