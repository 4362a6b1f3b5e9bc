import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `energy of the horizon <= hours x years x G` for each source and converter with `maximum_hours`.
  ///
  /// Hours at full load: part load counts by its part. Where whole machines are committed (`commitment: exact`) hours on line are
  /// counted in place of it, whatever the load: `sum of o_t <= hours x years x G`, with `o_t` in whole machines.
  mutating func addHourCaps() {
    for component in project.components {
      guard let hours = component.maximumHours, let j = productions[component.id] ?? conversions[component.id] else {
        continue
      }
      guard let k = capacity(component) else {
        faults.append(
          Diagnostic(
            .error, "'maximum_hours' of '\(component.id)' needs a capacity, of which it counts the hours.",
            advice: "Give it 'capacity: {max: ...}'.", path: "components.\(component.id).maximum_hours"))
        continue
      }
      let online = wholeMachinesOnline(component)
      let counted = online.isEmpty ? [j] : online
      problem.yearlyRows.append(
        YearlyRow(
          Label(component.id, .limit, part: .hours),
          LinearForm(
            flows: Dictionary(uniqueKeysWithValues: counted.map { ($0, .one) }),
            capacities: [k: -hours * problem.years]), upper: 0))
      assumptions.append(
        Assumption(
          path: "components.\(component.id).maximum_hours", value: "\(shortNumber(hours)) h",
          source: online.isEmpty
            ? "hours at full load: part load counts by its part ('commitment: exact' of a converter counts hours on line)"
            : "hours on line of whole machines, whatever their load",
          kind: online.isEmpty ? .relaxation : .note))
    }
  }

  /// Flows of what a component has on line, where that is whole machines.
  private func wholeMachinesOnline(_ component: Component) -> [Int] {
    guard case .converter(let converter) = component.block, converter.exactCommitment else { return [] }
    return problem.flows.indices.filter {
      problem.flows[$0].label.id == component.id && problem.flows[$0].label.role == .online
    }
  }
}
