import TulouAccounts
public import TulouProject
public import TulouQuantities

extension ShenzhenPlans {
  /// Rules that the sizes of table 7 are dispatched by: what HOMER, the tool of the paper, offers.
  static let rules: [(strategy: DispatchStrategy, name: String)] = [
    (.loadFollowing, "load following"), (.cycleCharging(setPoint: 0), "cycle charging"),
  ]

  /// The sizes of table 7 dispatched by rules (R64), each beside perfect foresight with the same sizes.
  ///
  /// The gas turbines of a stage run as one machine, because the paper does not say how many there are.
  public mutating func addRules(stage: String, project: Project) throws(ProjectFault) {
    var fractions: [String] = []
    for rule in Self.rules {
      var asked = SimulateOptions()
      asked.strategy = rule.strategy
      asked.sizes = publishedSizes(stage)
      asked.plan = options
      let outcome = try SimulateStudy.run(project: project, options: asked, solver: solver)
      let accounts = addColumn(
        outcome, project, stage: stage, design: "sizes of table 7, \(rule.name)", price: Self.price)
      guard let last = columns.indices.last else { continue }
      if let foresight = outcome.rules?.foresight {
        columns[last].remark +=
          foresight.excess.isFinite
          ? ": costs \(shortNumber(foresight.excess * 100)) % more than perfect foresight" : ": " + foresight.remark
      }
      if let share = accounts?.value("renewable_fraction_with_storage") {
        fractions.append("\(rule.name) \(shortNumber(share * 100)) %")
      }
    }
    let key = "r64.rf.\(stage)"
    if var known = values[key], !fractions.isEmpty {
      known.how += "; by rules: " + fractions.joined(separator: ", ")
      values[key] = known
    }
  }
}
