import Tulou

/// A curve of figure 7 or 8: the cost of energy over an input.
package struct ReproducedCurve: Sendable {
  /// 7 or 8.
  package var figure: Int
  /// `experimental`, `pilot`, `advanced`.
  var stage: String
  /// What it is, e.g. `sizes of table 7`.
  package var name: String
  /// Input (multiplier of the turbine's capital, or real rate [%]) and cost of energy served [USD/kWh].
  package var points: [(x: Double, y: Double)]
  /// Whether the paper states the points.
  var isPublished: Bool
}

extension ShenzhenPlans {
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
      try note(
        7, factor, Self.scaled(project, turbine: paper["t5.wind.turbine"], by: factor), factor == factor.rounded())
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
    record(stage, triple: kept[7] ?? [], interest: kept[8] ?? [])
    publish(stage)
  }

  /// Ends and rises of both figures with the sizes of table 7.
  private mutating func record(_ stage: String, triple: [(x: Double, y: Double)], interest: [(x: Double, y: Double)]) {
    func at(_ points: [(x: Double, y: Double)], _ x: Double) -> Double { points.first { $0.x == x }?.y ?? .nan }
    let how = "sizes of table 7 and their dispatch as they are"
    values["f7.rise.\(stage)"] = ComputedValue(
      (at(triple, 3) / at(triple, 1) - 1) * 100, how + ", the turbine's 700 USD/kW tripled")
    if stage == "advanced" {
      values["f8.zero.advanced"] = ComputedValue(at(interest, 0), how)
      values["f8.twenty.advanced"] = ComputedValue(at(interest, 20), how)
    } else {
      values["f8.rise.\(stage)"] = ComputedValue(at(interest, 20) - at(interest, 0), how)
    }
  }

  /// What the paper prints of the figures: base values of table 9, and end points in its text. A bound is no point.
  private mutating func publish(_ stage: String) {
    let base = paper["t9.coe.\(stage)"]
    let rise = paper["f7.rise.\(stage)"]
    curves.append(
      ReproducedCurve(
        figure: 7, stage: stage, name: stage == "advanced" ? "published, about +60 %" : "published",
        points: stage == "advanced" ? [(1, base), (3, base * (1 + rise / 100))] : [(1, base)], isPublished: true))
    curves.append(
      ReproducedCurve(
        figure: 8, stage: stage, name: "published",
        points: stage == "advanced"
          ? [(0, paper["f8.zero.advanced"]), (6, base), (20, paper["f8.twenty.advanced"])] : [(6, base)],
        isPublished: true))
  }

  /// The project with the turbine part of its wind plant [USD/kW] at another price, at the start and at each replacement.
  static func scaled(_ project: Project, turbine: Double, by factor: Double) -> Project {
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
