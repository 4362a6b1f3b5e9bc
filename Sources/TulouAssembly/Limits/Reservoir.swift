import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum v_k G_k <= volume`, v_k the water behind a unit of a pumped storage's size, existing reservoirs included.
  func reservoirLimit(_ limit: Double) -> LimitForm? {
    var form = LinearForm()
    for component in project.components {
      for (part, water) in component.waterPerSize {
        guard let k = capacityOfSize[component.id]?[part] else { continue }
        form.add(capacity: k, water)
      }
    }
    return LimitForm(form: form, upper: limit, perActivity: 1)
  }
}
