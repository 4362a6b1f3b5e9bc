import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum f_t <= share x hours with demand`, with `f_t` one in an hour that fails and zero in all others.
  ///
  /// What electricity demands leave unserved in an hour is at most all that may be shed in it, times `f_t`. With `f_t` in any share the
  /// row says that the mean share of what may be shed is at most the limit, which bounds every plan with whole hours.
  mutating func unservedHoursLimit(_ share: Double) -> LimitForm? {
    let ids = Set(project.demands.filter { project.carrier(ofBus: $0.bus)?.kind == .electricity }.map(\.id))
    let missing = problem.flows.indices.filter {
      problem.flows[$0].label.role == .unserved && ids.contains(problem.flows[$0].label.id)
    }
    guard !missing.isEmpty else { return nil }
    var most = profile([0]), wanted = profile([0])
    for j in missing { for bound in problem.flows[j].upper where bound.capacity == nil { most = most + bound.offset } }
    for demand in project.demands where ids.contains(demand.id) { wanted = wanted + profile(demand.power) }
    let row = problem.rows.count
    let name = LimitKey.unservedHours.name
    problem.rows.append(HourlyRow(label: Label(name, .limit, part: .hours), lower: .constant(-.infinity), upper: .zero))
    for j in missing { problem.flows[j].rowTerms.append(RowTerm(row, .one)) }
    let flag = problem.flows.count
    problem.flows.append(
      Flow(
        Label(name, .auxiliary, part: .hours), rows: [RowTerm(row, most * -1)], upper: [.fixed(.one)], multipleOf: 1))
    let hours = (0..<steps).reduce(0.0) { $0 + (wanted[$1] > 0 ? problem.weight[$1] * stepHours : 0) }
    assumptions.append(
      Assumption(
        path: LimitKey.unservedHours.path, value: "\(shortNumber(share * 100)) %",
        source:
          "whole hours: which of them fail is rounded from the linear plan, whose bound counts parts of hours; '--exact' seeks the best",
        kind: .relaxation))
    return LimitForm(form: LinearForm(flows: [flag: .one]), upper: share * hours, perActivity: 1 / max(hours, 1e-9))
  }
}
