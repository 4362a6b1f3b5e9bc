import Tulou

extension ShenzhenPlans {
  /// Dispatches of the same sizes at the same cost in which wind, or the sun, comes last.
  ///
  /// Both are free, and where both are thrown away the plan does not say which of them is used: a share that differs between these
  /// dispatches is not determined by the inputs.
  func mixes(_ project: Project, _ given: PlanOptions, stage: String) throws(ProjectFault) -> [ShenzhenColumn] {
    var found: [ShenzhenColumn] = []
    for id in ["wind", "panels"] {
      var last = project
      guard let c = last.components.firstIndex(where: { $0.id == id }),
        case .source(var source) = last.components[c].block
      else { continue }
      // Far below any price, far above what the solver leaves open.
      source.costPerKWh = PathSeries(
        source.costPerKWh.values.map { $0 + 1e-6 }, escalation: source.costPerKWh.escalation)
      last.components[c].block = .source(source)
      let outcome = try PlanStudy.run(project: last, options: given, solver: solver)
      let accounts = outcome.plan.map { Accounts.make(project: project, plan: $0) }
      found.append(ShenzhenColumn(outcome, accounts, stage: stage, design: "\(id) last", price: Self.price))
    }
    return found
  }

  /// The share of a source, or the two ends between which it may lie where they differ by more than half a printed digit.
  func share(_ source: String, _ column: ShenzhenColumn, _ mixes: [ShenzhenColumn], _ how: String) -> ComputedValue {
    let shares = ([column] + mixes).compactMap { $0.share(source) }
    guard let least = shares.min(), let most = shares.max(), most - least > 0.5 else {
      return ComputedValue(column.share(source), how)
    }
    func text(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
    return ComputedValue(
      words: ["\(text(least)) to \(text(most))"],
      how + "; not determined: wind and sun are both free and both curtailed, so dispatches of the same cost differ")
  }
}
