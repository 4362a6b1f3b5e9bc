import TulouAccounts
import TulouFinance
package import TulouProblem
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
        let name = Label.Part.built(.init(size.part))
        addFixedCapital(
          size.cost.fixedCapital, of: newCapacity[k] ?? k, Label(component.id, .auxiliary, part: name), to: &form)
      }
    }
    let constant = form.constant
    form.constant = 0
    return LimitForm(form: form, upper: limit - constant, perActivity: 1)
  }

  /// `sum capital_k new_k` [money], without capital that does not grow with the size.
  package func capitalForm() -> LinearForm {
    var form = LinearForm()
    for (k, price) in capital.sorted(by: { $0.key < $1.key }) where price != 0 {
      form.add(capacity: k, price)
      form.constant -= price * problem.capacities[k].existing
    }
    return form
  }

  /// A whole number says whether anything new is built: `new <= greatest new x built`.
  private mutating func addFixedCapital(
    _ capital: Double, of k: Int, _ label: Label, to form: inout LinearForm
  ) {
    let capacity = problem.capacities[k]
    let room = capacity.upper - capacity.existing
    guard room > 0 else { return }
    let built = problem.capacities.count
    problem.capacities.append(Capacity(label, upper: 1, choice: .multiples(of: 1)))
    builtFlags.append(BuiltFlag(capacity: k, flag: built, row: problem.yearlyRows.count, capital: capital))
    problem.yearlyRows.append(
      YearlyRow(
        Label(label.id, .limit, part: label.part), LinearForm(capacities: [k: 1, built: -room]),
        upper: capacity.existing))
    form.add(capacity: built, capital)
  }
}

/// A whole number that says whether anything new is built.
package struct BuiltFlag: Sendable, Equatable {
  /// Capacity indices of the plant and of the number.
  package var capacity: Int, flag: Int
  /// Yearly row that ties them.
  package var row: Int
  /// Capital that is paid then whatever the size [money].
  package var capital: Double
}
