package import TulouAccounts
import TulouAssembly
import TulouDispatch
import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
package import TulouReport
import TulouTechnologies

extension StoredResult {
  /// The report of these results, made anew: flows and sizes as stored, everything else from the project.
  ///
  /// Auxiliary flows are not stored; they have no part in any account.
  ///
  /// - Parameters:
  ///   - project: The project of the results' lock file.
  ///   - standalone: What those who own plant already would do without the project.
  package func report(project: Project, standalone: [Standalone] = []) throws(ResultFault) -> PlanReport {
    guard !flows.isEmpty, !sizes.isEmpty || project.components.allSatisfy({ $0.sizes.isEmpty }) else {
      throw ResultFault("'\(directory)' holds no plan (\(status)).")
    }
    let assembled: Assembled
    // Weights change what is sought, not the flows; like other goals than cost they serve everything.
    let sought = Objective(rawValue: objective.name) ?? project.objective
    let drawn = sought == .weighted ? Objective.outsideEnergy : sought
    do {
      if simulation != nil {
        assembled = try StoredSimulation.assembled(of: project, sizes: sizes)
      } else {
        assembled = try Assembly.problem(for: project, objective: drawn)
      }
    } catch { throw ResultFault("The project of '\(directory)' cannot be planned any more: \(error)") }
    var problem = assembled.problem
    guard stamps.count == problem.steps else {
      throw ResultFault("'\(directory)/flows.csv' has \(stamps.count) steps, the project \(problem.steps).")
    }
    if simulation != nil {
      // What rules shed, threw away and had not at hand, as far as it is stored.
      var titles = FlowTitles(problem: problem, project: project)
      for flow in StoredSimulation.addedFlows(of: project, to: problem) {
        var tried = problem
        tried.flows.append(flow)
        titles = FlowTitles(problem: tried, project: project)
        if let title = titles.flows.last, flows[title] != nil { problem = tried }
      }
    }
    let titles = FlowTitles(problem: problem, project: project)
    let nothing = [Double](repeating: 0, count: problem.steps)
    var solution = Solution(status: Solution.Status(rawValue: status) ?? .feasible, solver: solver)
    for title in titles.flows {
      guard let series = title.isEmpty ? nothing : flows[title] else {
        throw ResultFault("'\(directory)/flows.csv' has no column '\(title)'.")
      }
      solution.flows.append(series)
    }
    for title in titles.states {
      guard let series = title.isEmpty ? nothing : flows[title] else {
        throw ResultFault("'\(directory)/flows.csv' has no column '\(title)'.")
      }
      solution.contents.append(series)
    }
    solution.capacities = problem.capacities.map { capacity in
      let label = capacity.label
      if label.role == .auxiliary, let kept = keptSize(label) { return kept }
      return sizes[label.sizeName] ?? capacity.lower
    }
    // Tiers and billed peaks follow from purchases and sales.
    solution = assembled.settled(solution)
    if simulation != nil { StoredSimulation.fillStarts(&solution, of: problem) }
    solution.objective = objective.value.map { $0 * problem.years } ?? .nan
    solution.bound = objective.bound.map { $0 * problem.years } ?? -.infinity
    let plan = Plan(problem: problem, solution: solution)
    var proof = PlanReport.Proof()
    proof.status = status
    proof.solver = solver
    proof.objective = objective.name
    proof.unit = objective.unit
    proof.value = objective.value ?? .nan
    proof.bound = objective.bound ?? -.infinity
    proof.gap = objective.gap ?? .infinity
    proof.cash = cash
    proof.penalties = penalties
    proof.checks = checks
    proof.messages = messages
    proof.isBoundOwn = isBoundOwn
    proof.hasGivenSizes = hasGivenSizes
    var project = project
    if !assumptions.isEmpty { project.assumptions = assumptions }
    var accounts = Accounts.make(project: project, plan: plan, standalone: standalone)
    if !warnings.isEmpty {
      project.warnings = []
      accounts.warnings = warnings
    }
    var report = PlanReport(project: project, plan: plan, accounts: accounts, proof: proof, version: version)
    report.rules = rules
    report.shadowPrices = shadowPrices
    report.hourlyPrices = hourlyPrices(of: project)
    report.hasWholeNumbers = hasWholeNumbers
    return report
  }

  /// The prices of each bus that `flows.csv` holds.
  private func hourlyPrices(of project: Project) -> [HourlyPrice] {
    let units = ["/kWh", "/m3"].map { project.economy.currency + $0 }
    let titles = Set(flowNames)
    return project.buses.map(\.id).flatMap { bus in
      units.compactMap { unit in
        let title = FlowTitles.title(ofPriceAt: bus, unit)
        guard titles.contains(title), let values = flows[title] else { return nil }
        return HourlyPrice(bus: bus, unit: unit, values: values)
      }
    }
  }

  /// What of existing plant that may retire is kept; nil for other labels.
  private func keptSize(_ label: Label) -> Double? {
    guard let part = Size.Part.allCases.first(where: { label.part == .kept(Label.Part($0)) }) else { return nil }
    return keptSizes[part.name(of: label.id)]
  }

  /// Writes `report.html` anew, into the folder of the results unless another is named.
  package func writeReport(
    project: Project, standalone: [Standalone] = [], to folder: String? = nil, plotlyPath: String? = nil,
    language: String? = nil
  ) throws(ResultFault) {
    let html = try report(project: project, standalone: standalone).page().file(
      plotly: plotlyPath.flatMap(PlotlyLibrary.text), in: language)
    try WholeFiles.write([("report.html", html)], to: folder ?? directory, names: ResultNames.page)
  }
}
