package import TulouAccounts
import TulouAssembly
package import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities

extension PlanReport {
  /// The report of an outcome with its accounts; nil where the outcome has no plan (see `InfeasibleReport`).
  package init?(outcome: Outcome, accounts: Accounts, version: String) {
    guard let plan = outcome.plan else { return nil }
    var accounts = accounts
    accounts.warnings = outcome.warnings + accounts.warnings
    var project = outcome.project
    project.assumptions += outcome.assumptions.filter { !project.assumptions.contains($0) }
    self.init(
      project: project, plan: plan, accounts: accounts, proof: Proof(outcome), version: version)
    rules = outcome.rules
    shadowPrices = outcome.shadowPrices
    hourlyPrices = outcome.hourlyPrices
    practical = outcome.practical
    hasWholeNumbers = outcome.integers != nil
  }
}

extension PlanReport.Proof {
  /// The proof that comes with an outcome.
  package init(_ outcome: Outcome) {
    self.init()
    status = outcome.status.rawValue
    solver = outcome.plan?.solution.solver ?? ""
    objective = outcome.assembled.objective.rawValue
    if let certificate = outcome.certificate {
      take(certificate)
      isBoundOwn = outcome.integers?.method != .exact
      checks = [
        ("Greatest breach of any limit, in its unit", certificate.largestResidual, ""),
        ("Greatest breach, relative to the limit's terms", certificate.largestRelativeResidual, ""),
        ("Value after removing numerical noise", certificate.tidiedValue, certificate.unit),
        ("Iterations", Double(certificate.iterations), ""),
      ]
      if !certificate.message.isEmpty { messages.append(certificate.message) }
    }
    approximated = outcome.approximated
    if let sentence = approximation { messages.append(sentence) }
    if let integers = outcome.integers { messages.append(PlanReport.Proof.words(integers)) }
    if let second = outcome.secondSolve {
      messages.append(
        "Best value of the objective: \(NumberText.significant(second.best, digits: 6)) \(Scale.pretty(unit)); "
          + (second.isCheapest
            ? "the plan is the cheapest one within a millionth of it."
            : "the plan is within a millionth of it, and that it is the cheapest such is not proven.")
      )
    }
    hasGivenSizes = outcome.givenSizes != nil
    for limit in outcome.givenSizes ?? [] {
      messages.append(
        "Sizes were given, so limits are reported only: \(Legend.plain(limit.key)) asks \(Scale.text(limit.limit, limit.unit)), the plan reaches \(Scale.text(limit.reached, limit.unit))\(limit.holds ? "." : ": NOT kept.")"
      )
    }
  }

  /// What the approximation of machines means for the plan; nil where none is approximated.
  var approximation: String? {
    guard !approximated.isEmpty else { return nil }
    let names = PlanReport.listed(approximated.map { "'\($0)'" })
    return
      "Of \(names) any share may be on line: least load and no-load use are approximated, real machines burn at least as much fuel for the same output, and the real cost is no lower ('commitment: exact' plans whole machines)."
  }

  /// Solver, value, bound and money of a certificate.
  mutating func take(_ certificate: Certificate) {
    solver = certificate.solver
    objective = certificate.objective
    value = certificate.value
    bound = certificate.bound
    gap = certificate.gap
    unit = certificate.unit
    cash = certificate.cash
    penalties = certificate.penalties
  }

  private static func words(_ report: IntegerReport) -> String {
    switch report.method {
    case .exact:
      return "Whole units were sought exactly, by branching."
    case .rounding:
      let local =
        report.isLocalOptimum ? "no neighbouring design is better" : "time ran out before all neighbours were tried"
      return
        "Whole units were found by rounding and re-dispatch: \(report.designs) designs tried, \(local); the gap is that to the bound without whole units."
    }
  }
}
