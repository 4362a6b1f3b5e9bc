import TulouDocument
import TulouProblem
import TulouProject
import TulouTechnologies

extension Draft {
  /// What is minimised. Penalties stand beside the cash; other objectives are amounts.
  mutating func chooseObjective() {
    switch objective {
    case .netPresentCost:
      problem.objective = cash
      problem.objective.add(penalties)
    case .co2: problem.objective = emission
    case .outsideEnergy: problem.objective = outside
    case .peakValleyDifference: problem.objective = peakValleyForm()
    case .localEnergy:
      // Most demand from W, B, S is least demand from N: what is served is given, and neither sale nor loss may earn.
      let account = renewableAccount(of: .all)
      problem.objective = account.nonrenewable
      problem.objective.add(account.unserved)
    case .weighted:
      faults.append(
        Diagnostic(
          .error, "The objective 'weighted' is for one plan of one year.", advice: "Ask 'tulou plan'.",
          path: "objective"))
    case .exergyEfficiency:
      // The ratio is sought level by level (`RatioSearch`); level 1 is where nothing would be destroyed.
      exergy = exergyForms(path: "objective")
      problem.objective = exergy?.shortfall(at: 1) ?? LinearForm()
    }
    for limit in limitRows where limit.price != nil && objective != .netPresentCost {
      faults.append(
        Diagnostic(
          .error, "Limit '\(limit.key)' may be broken at a price, but the objective is not money.",
          advice: "Take the price away, or plan for net_present_cost.", path: limit.key.path))
    }
  }
}
