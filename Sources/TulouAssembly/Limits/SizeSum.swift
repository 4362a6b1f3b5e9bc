package import TulouProblem
import TulouProject
package import TulouTechnologies

extension Draft {
  /// A limit on what stands: `sum a_k G_k <= limit`, or `>= limit`, a_k what a unit of a size takes.
  func sizeLimit(_ key: LimitKey, _ perUnit: (Component, Size) -> Double, _ limit: Double)
    -> LimitForm
  {
    let sum = sizeSum(perUnit)
    guard key.sense == .least else { return LimitForm(form: sum, upper: limit, perActivity: 1) }
    var form = LinearForm()
    form.add(sum, times: -1)
    return LimitForm(form: form, upper: -limit, perActivity: 1)
  }

  /// What the sizes take together, existing plant included.
  package func sizeSum(_ perUnit: (Component, Size) -> Double) -> LinearForm {
    var form = LinearForm()
    for component in project.components {
      for size in component.sizes {
        let amount = perUnit(component, size)
        guard amount != 0, let k = capacityOfSize[component.id]?[size.part] else { continue }
        form.add(capacity: k, amount)
      }
    }
    return form
  }
}
