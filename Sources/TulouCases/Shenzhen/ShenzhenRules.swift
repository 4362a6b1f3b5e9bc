import Tulou

extension ShenzhenPlans {
  /// Rules that the sizes of table 7 are dispatched by: what HOMER, the tool of the paper, offers.
  static let rules: [(strategy: DispatchStrategy, name: String)] = [
    (.loadFollowing, "load following"), (.cycleCharging(setPoint: 0), "cycle charging"),
  ]

  /// The sizes of table 7 dispatched by rules (R64), each beside perfect foresight with the same sizes.
  ///
  /// The gas turbines of a stage run as one machine, because the paper does not say how many there are.
  mutating func addRules(stage: String, project: Project) throws(ProjectFault) {
    var fractions: [String] = []
    for rule in Self.rules {
      var asked = SimulateOptions()
      asked.strategy = rule.strategy
      asked.sizes = publishedSizes(stage)
      asked.plan = options
      let outcome = try SimulateStudy.run(project: project, options: asked, solver: solver)
      let accounts = note(
        outcome, project, stage: stage, design: "sizes of table 7, \(rule.name)", price: Self.price)
      guard let last = columns.indices.last else { continue }
      if let foresight = outcome.rules?.foresight {
        columns[last].remark +=
          foresight.excess.isFinite
          ? ": costs \(NumberText.percent(foresight.excess)) more than perfect foresight" : ": " + foresight.remark
      }
      if let share = accounts?.value("renewable_fraction_with_storage") {
        fractions.append("\(rule.name) \(percent(share))")
      }
      if rule.strategy == .loadFollowing {
        values["r64.rules.\(stage)"] = ComputedValue(
          columns[last].unserved, "of the demand; with perfect foresight nothing need be left")
      }
    }
    let key = "r64.rf.\(stage)"
    if var known = values[key], !fractions.isEmpty {
      known.how += "; by rules: " + fractions.joined(separator: ", ")
      values[key] = known
    }
  }
}
