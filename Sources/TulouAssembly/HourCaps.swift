import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `energy of the horizon <= hours x years x G` for each source and converter with `maximum_hours`.
  ///
  /// Hours at full load: part load counts by its part, for hours on line would need whole numbers in every step.
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
      problem.yearlyRows.append(
        YearlyRow(
          Label(component.id, .limit, part: .named("hours")),
          LinearForm(flows: [j: .one], capacities: [k: -hours * problem.years]), upper: 0))
      assumptions.append(
        Assumption(
          path: "components.\(component.id).maximum_hours", value: "\(shortNumber(hours)) h",
          source: "hours at full load: part load counts by its part, hours on line would need whole numbers",
          kind: .relaxation))
    }
  }
}
