import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum capital_k new_k + fixed capital of what is built <= budget`.
  mutating func budgetLimit(_ limit: Double) -> LimitForm? {
    var form = capitalForm()
    for component in project.components {
      for size in component.sizes where size.cost.fixedCapital > 0 {
        guard let k = capacityOfSize[component.id]?[size.part] else { continue }
        addFixedCapital(size.cost.fixedCapital, of: k, to: &form)
      }
    }
    let constant = form.constant
    form.constant = 0
    return LimitForm(form: form, upper: limit - constant, perActivity: 1)
  }

  /// `sum capital_k new_k` [money], without capital that does not grow with the size.
  func capitalForm() -> LinearForm {
    var form = LinearForm()
    for component in project.components {
      for size in component.sizes where size.cost.capital != 0 {
        guard let k = capacityOfSize[component.id]?[size.part] else { continue }
        form.add(capacity: k, size.cost.capital)
        if size.sharedWith == nil { form.constant -= size.cost.capital * problem.capacities[k].existing }
      }
    }
    return form
  }

  /// A whole number says whether anything new is built: `new <= greatest new x built`.
  private mutating func addFixedCapital(_ capital: Double, of k: Int, to form: inout LinearForm) {
    let capacity = problem.capacities[k]
    let room = capacity.upper - capacity.existing
    guard room > 0 else { return }
    let built = problem.capacities.count
    problem.capacities.append(
      Capacity(Label(capacity.label.id, .auxiliary, part: "built"), upper: 1, choice: .multiples(of: 1)))
    problem.yearlyRows.append(
      YearlyRow(
        Label(capacity.label.id, .limit, part: "built"), LinearForm(capacities: [k: 1, built: -room]),
        upper: capacity.existing))
    form.add(capacity: built, capital)
  }
}
