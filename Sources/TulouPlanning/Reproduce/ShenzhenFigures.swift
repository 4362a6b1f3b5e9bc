import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// A curve of figure 7 or 8: the cost of energy over an input.
public struct ReproducedCurve: Sendable {
  /// 7 or 8.
  public var figure: Int
  /// `experimental`, `pilot`, `advanced`.
  public var stage: String
  /// What it is, e.g. `sizes of table 7`.
  public var name: String
  /// Input (multiplier of the turbine's capital, or real rate [%]) and cost of energy served [USD/kWh].
  public var points: [(x: Double, y: Double)]
  /// Whether the paper states the points.
  public var isPublished: Bool
}

extension ShenzhenPlans {
  /// Turbine without auxiliaries [USD/kW]: the part that the paper's figure 7 multiplies, as far as its numbers tell.
  private static let turbine = 700.0

  /// The cost of energy over the turbine's capital (figure 7) and the real rate (figure 8): the sizes of table 7 with
  /// their dispatch as it is, and the best sizes planned anew at each point.
  ///
  /// - Parameter given: The plan with the sizes of table 7; its dispatch depends on neither input.
  mutating func addFigures(stage: String, project: Project, given: Plan) throws(ProjectFault) {
    var kept: [Int: [(x: Double, y: Double)]] = [:], planned = kept
    func note(_ figure: Int, _ x: Double, _ changed: Project, _ plans: Bool) throws(ProjectFault) {
      let before = Accounts.make(project: changed, plan: given)
      if let cost = before.value("cost_of_energy_served") { kept[figure, default: []].append((x, cost)) }
      guard plans else { return }
      let outcome = try PlanStudy.run(project: changed, options: options, solver: solver)
      guard let plan = outcome.plan else { return }
      let after = Accounts.make(project: changed, plan: plan)
      if let cost = after.value("cost_of_energy_served") { planned[figure, default: []].append((x, cost)) }
    }
    for factor in [1, 1.5, 2, 2.5, 3] {
      try note(7, factor, ShenzhenPlans.scaled(project, turbine: factor), factor == factor.rounded())
    }
    for rate in [0, 5.0, 6, 10, 15, 20] {
      var changed = project
      changed.economy.realDiscountRate = rate / 100
      try note(8, rate, changed, [0, 6, 10, 20].contains(rate))
    }
    for figure in [7, 8] {
      curves.append(
        ReproducedCurve(
          figure: figure, stage: stage, name: "sizes of table 7", points: kept[figure] ?? [], isPublished: false))
      curves.append(
        ReproducedCurve(
          figure: figure, stage: stage, name: "least cost", points: planned[figure] ?? [], isPublished: false))
    }
    publish(stage)
  }

  /// What the paper says of the figures: base values of table 9, end points in its text.
  private mutating func publish(_ stage: String) {
    let base = paper["t9.coe.\(stage)"]
    // Figure 7: "about 60 %" in the advanced stage, "less than 15 %" in the others.
    let rise = stage == "advanced" ? 1.6 : 1.15
    curves.append(
      ReproducedCurve(
        figure: 7, stage: stage, name: stage == "advanced" ? "published, about +60 %" : "published, less than +15 %",
        points: [(1, base), (3, base * rise)], isPublished: true))
    // Figure 8: end points are stated for the advanced stage, a rise of about 0.05 USD/kWh for the others.
    let points: [(x: Double, y: Double)] =
      stage == "advanced"
      ? [(0, paper["f8.zero"]), (6, base), (20, paper["f8.twenty"])] : [(6, base)]
    curves.append(
      ReproducedCurve(figure: 8, stage: stage, name: "published", points: points, isPublished: true))
  }

  /// The project with the turbine part of its wind plant at another price, at the start and at each replacement.
  static func scaled(_ project: Project, turbine factor: Double) -> Project {
    var changed = project
    guard let c = changed.components.firstIndex(where: { $0.id == "wind" }) else { return project }
    let extra = turbine * (factor - 1)
    for s in changed.components[c].sizes.indices {
      changed.components[c].sizes[s].cost.capital += extra
      changed.components[c].sizes[s].cost.replacement += extra
    }
    return changed
  }
}
