import Tulou

/// The decomposition of the Yanqing study on plans (R106).
enum YanqingPlans {
  /// Plans a project with and without its storages and takes the difference of emission apart.
  ///
  /// The value is the greatest departure, relative to the emissions: of the four terms from their total, and of the total
  /// from what the two carbon accounts say.
  static func decomposition(
    of project: Project, options: PlanOptions, solver: any Solver
  ) throws(ProjectFault) -> ComputedValue {
    var bare = project
    bare.components.removeAll { if case .storage = $0.block { true } else { false } }
    guard let base = try carbon(bare, options, solver), let target = try carbon(project, options, solver) else {
      return ComputedValue(nil, "a plan of '\(project.name)' was not found")
    }
    let parts = EmissionDecomposition(from: base.fleet, to: target.fleet)
    let scale = max(1, base.fossil + target.fossil)
    let worst = max(abs(parts.residual), abs(parts.total - (base.fossil - target.fossil))) / scale
    return ComputedValue(
      worst,
      "planned without and with storages: substitution \(tonnes(parts.substitution)), losses \(tonnes(parts.losses)), saving \(tonnes(parts.saving)), factor \(tonnes(parts.factor)) t/y"
    )
  }

  private static func carbon(
    _ project: Project, _ options: PlanOptions, _ solver: any Solver
  ) throws(ProjectFault) -> CarbonAccount? {
    var quiet = options
    quiet.explanationSeconds = nil
    let outcome = try PlanStudy.run(project: project, options: quiet, solver: solver)
    return outcome.plan.map { Accounts.make(project: project, plan: $0).carbon }
  }

  private static func tonnes(_ mass: Double) -> String {
    // What the accounts' rounding leaves is zero.
    NumberText.significant(abs(mass) < 1 ? 0 : mass / 1000, digits: 6)
  }
}
