import TulouDocument
import TulouProblem
import TulouProject
import TulouTechnologies

extension Draft {
  /// Capacity that holds how far the lowest hour of the load curve lies below the highest [kW]; nil where no demand draws electricity.
  ///
  /// With P the peak and D the depth: `load_t <= P` and `load_t >= P - D` in every step. The load is what electricity demands draw:
  /// fixed and deferrable demands, charging of vehicles less what they give back, less what is not served.
  mutating func peakValleyDepth() -> Int? {
    if let depth { return depth }
    let demands = project.demands.filter { isElectric($0.bus) }
    guard !demands.isEmpty else { return nil }
    let ids = Set(demands.map(\.id))
    let electric = Set(rowOfBus.filter { isElectric($0.key) }.values)
    var fixed = profile([0])
    for demand in demands where demand.kind == .fixed { fixed = fixed + profile(demand.power) }
    let below = problem.rows.count, above = below + 1
    let label = LimitKey.peakValley.name
    problem.rows.append(HourlyRow(label: Label(label, .limit, part: .named("peak")), upper: fixed * -1))
    problem.rows.append(HourlyRow(label: Label(label, .limit, part: .named("valley")), lower: fixed * -1))
    var most = max(0, fixed.maximum)
    for j in problem.flows.indices where ids.contains(problem.flows[j].label.id) {
      for term in problem.flows[j].rowTerms where electric.contains(term.row) {
        problem.flows[j].rowTerms.append(RowTerm(below, term.coefficient * -1))
        problem.flows[j].rowTerms.append(RowTerm(above, term.coefficient * -1))
      }
      most += greatest(j)
    }
    let peak = problem.capacities.count
    problem.capacities.append(
      Capacity(
        Label(label, .peak, part: .named("peak")), upper: most,
        rows: [RowTerm(below, .constant(-1)), RowTerm(above, .constant(-1))]))
    problem.capacities.append(
      Capacity(Label(label, .peak, part: .named("depth")), upper: most, rows: [RowTerm(above, .one)]))
    depth = peak + 1
    return depth
  }

  /// `D <= limit`.
  mutating func peakValleyLimit(_ limit: Double) -> LimitForm? {
    peakValleyDepth().map { LimitForm(form: LinearForm(capacities: [$0: 1]), upper: limit, perActivity: 1) }
  }

  /// The depth as an objective: as every amount of an objective it is counted over the years.
  mutating func peakValleyForm() -> LinearForm {
    guard let k = peakValleyDepth() else {
      faults.append(
        Diagnostic(
          .error, "No demand draws electricity, so there is no load curve to make even.",
          advice: "Ask another objective.", path: "objective"))
      return LinearForm()
    }
    return LinearForm(capacities: [k: problem.years])
  }

  private func isElectric(_ bus: String) -> Bool { project.carrier(ofBus: bus)?.kind == .electricity }

  /// The most that a flow of a demand can be by its own limits [kW].
  private func greatest(_ j: Int) -> Double {
    problem.flows[j].upper.compactMap { bound in bound.capacity == nil ? max(0, bound.offset.maximum) : nil }.min() ?? 0
  }
}
