package import TulouAccounts
import TulouAssembly
package import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
import TulouSolvers
import TulouTechnologies

/// Who answers a case of a sensitivity.
package enum SensitivityQuestion: Sendable {
  /// A plan of the project's objective, with its proof.
  case plan
  /// The plan in which this size is as small as the limits allow, by `id` or `id.part`.
  case least(String)
  /// Given sizes under a rule.
  case simulate(SimulateOptions)
  /// The best of many sizes under rules.
  case search(SearchOptions)
}

/// The study `sensitivity`: the same project with other numbers, one answer a case, in parallel, resumable.
package enum SensitivityStudy {
  /// Answers every case that is not done yet.
  ///
  /// - Parameters:
  ///   - cases: As `SensitivityCase.all` makes them.
  ///   - question: Who answers.
  ///   - done: Rows of an interrupted run; their cases are not planned again.
  ///   - context: Who solves, how many at a time, and what each plan is asked; an infeasible case is a row, without
  ///     explanation.
  ///   - read: The project with overrides by path.
  ///   - measure: Indicators of an outcome.
  ///   - finished: Told of each row as soon as it is there, in the order in which they finish.
  /// - Returns: The rows of all cases in their order; without those that a cancelled study did not reach.
  package static func run(
    cases: [SensitivityCase], asking question: SensitivityQuestion = .plan, done: [SensitivityRow] = [],
    in context: StudyContext,
    read: @escaping @Sendable ([String: String]) throws(ProjectFault) -> Project,
    measure: @escaping @Sendable (Outcome) -> [Indicator],
    finished: @escaping @Sendable (SensitivityRow) -> Void = { _ in }
  ) async -> [SensitivityRow] {
    let known = Dictionary(done.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var rows = [SensitivityRow?](repeating: nil, count: cases.count)
    var open: [Int] = []
    for (i, one) in cases.enumerated() {
      if var row = known[one.key] {
        row.number = one.number
        rows[i] = row
      } else {
        open.append(i)
      }
    }
    var plain = context.plans
    plain.explanationSeconds = nil
    let asked = plain
    let solver = context.solver
    await withTaskGroup(of: (Int, SensitivityRow?).self) { group in
      var next = open.makeIterator()
      func start() -> Bool {
        guard !Task.isCancelled, !asked.solve.isCancelled(), let i = next.next() else { return false }
        let one = cases[i]
        group.addTask { (i, row(of: one, question, asked, solver, read, measure)) }
        return true
      }
      for _ in 0..<context.workers where !start() { break }
      while let (i, row) = await group.next() {
        if let row {
          rows[i] = row
          finished(row)
        }
        _ = start()
      }
    }
    return rows.compactMap { $0 }
  }

  private static func row(
    of one: SensitivityCase, _ question: SensitivityQuestion, _ options: PlanOptions, _ solver: any Solver,
    _ read: @Sendable ([String: String]) throws(ProjectFault) -> Project,
    _ measure: @Sendable (Outcome) -> [Indicator]
  ) -> SensitivityRow? {
    var row = SensitivityRow(number: one.number, settings: one.settings)
    do {
      let project = try read(one.settings)
      let outcome: Outcome
      switch question {
      case .plan: outcome = try PlanStudy.run(project: project, options: options, solver: solver)
      case .least(let size):
        outcome = try LeastSizeStudy.run(project: project, size: size, options: options, solver: solver)
      case .simulate(var asked):
        asked.plan = options
        asked.comparesWithForesight = false
        outcome = try SimulateStudy.run(project: project, options: asked, solver: solver)
        row.fill(rule: outcome)
      case .search(var asked):
        asked.plan = options
        asked.seeksBound = false
        let found = try SearchStudy.run(project: project, options: asked, solver: solver)
        guard !found.isStopped else { return nil }
        row.fill(found)
        return row
      }
      // A plan that was stopped halfway is no result of this case.
      if options.solve.isCancelled(), outcome.status != .optimal, outcome.status != .infeasible { return nil }
      row.fill(outcome)
      if outcome.hasPlan { row.take(measure(outcome)) }
    } catch {
      row.status = .refused
      row.message = error.diagnostics.first { $0.severity == .error }?.message ?? error.description
    }
    return row
  }
}

extension SensitivityRow {
  /// What a plan found.
  mutating func fill(_ outcome: Outcome) {
    status = Status(outcome.status)
    seconds = outcome.solveSeconds
    if let certificate = outcome.certificate {
      value = certificate.value
      bound = certificate.bound.isFinite ? certificate.bound : nil
      gap = certificate.gap.isFinite ? certificate.gap : nil
      unit = certificate.unit
    }
    guard let plan = outcome.plan else { return }
    message = outcome.warnings.filter { $0.severity != .note && !outcome.assembled.notes.contains($0) }.map(\.message)
      .joined(separator: " ")
    for (capacity, total) in zip(plan.problem.capacities, plan.solution.capacities)
    where capacity.label.role == .size {
      let label = capacity.label
      sizes[label.sizeName] = total
    }
    system = SystemType.name(of: outcome.project, sizes: sizes)
  }

  /// Limits that a rule does not keep are said.
  mutating func fill(rule outcome: Outcome) {
    let broken = (outcome.givenSizes ?? []).filter { !$0.holds }.map(\.key)
    if !broken.isEmpty { message = "These sizes do not keep " + broken.joined(separator: ", ") + "." }
  }

  /// The best that a search found.
  mutating func fill(_ found: SearchOutcome) {
    seconds = found.seconds
    unit = found.project.economy.currency + "/y"
    guard let best = found.rows.first, best.isFeasible else {
      status = .infeasible
      return
    }
    status = .feasible
    value = best.value
    for (side, size) in zip(found.sides, best.sizes) { sizes[side.sizeKey(in: found.project)] = size }
    system = SystemType.name(of: found.project, sizes: sizes)
    let said = found.warnings.filter { $0.severity != .note && !found.project.warnings.contains($0) }.map(\.message)
    message = said.joined(separator: " ")
    if found.strategies.count > 1 {
      message = (["Run by \(found.strategy(best).words)."] + said).joined(separator: " ")
    }
    indicators = [
      "net_present_cost": best.netPresentCost, "annual_cost": best.annualCost, "capital": best.capital,
      "co2": best.co2 / 1000,
      "unserved_energy": best.lossOfPowerSupply, "unserved": best.unserved,
      "capacity_shortage": best.capacityShortage, "curtailed": best.curtailed, "bought": best.bought,
      "sold": best.sold, "land": best.land,
    ]
    if let share = best.renewableFraction { indicators["renewable_fraction"] = share }
    if let share = best.exergyEfficiency { indicators["exergy_efficiency"] = share }
    if let share = best.renewableFractionWithStorage { indicators["renewable_fraction_with_storage"] = share }
    if best.isCarbonAtLeast { atLeast = ["co2"] }
    for (pollutant, amount) in zip(Pollutant.all, best.pollutants) { indicators[pollutant.key] = amount }
    if best.served > 0 { indicators["cost_of_energy_served"] = best.costOfEnergy }
    if best.served + best.sold > 0 {
      indicators["cost_of_energy_served_and_sold"] = best.annualCost / (best.served + best.sold)
    }
    if best.produced > 0 { indicators["cost_of_energy_produced"] = best.annualCost / best.produced }
  }
}

/// Which components a design has: what HOMER calls the type of a system.
package enum SystemType {
  /// Components with a size, free or given, that is more than a ten-thousandth of the largest of its unit, joined by ` + `.
  ///
  /// - Parameter sizes: Totals by `id` or `id.part`.
  package static func name(of project: Project, sizes: [String: Double]) -> String {
    var largest: [String: Double] = [:]
    func total(_ component: Component, _ size: Size) -> Double {
      sizes[size.part.name(of: component.id)]
        ?? (component.sizes.count == 1 ? sizes[component.id] : nil) ?? SimulateStudy.fixedTotal(size) ?? 0
    }
    for component in project.components {
      for size in component.sizes {
        let value = total(component, size)
        largest[size.unit] = max(largest[size.unit] ?? 0, value)
      }
    }
    let built = project.components.filter { component in
      component.sizes.contains { size in
        guard size.sharedWith == nil else { return false }
        let value = total(component, size)
        return value > 1e-4 * (largest[size.unit] ?? 0) && value > 1e-6
      }
    }
    return built.isEmpty ? "nothing built" : built.map(\.id).joined(separator: " + ")
  }
}
