package import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum land_k G_k <= land`, existing plant included.
  func landLimit(_ limit: Double) -> LimitForm? { LimitForm(form: landForm(), upper: limit, perActivity: 1) }

  /// Land that the sizes take [m2].
  package func landForm() -> LinearForm {
    var form = LinearForm()
    for component in project.components {
      for size in component.sizes where size.landPerUnit != 0 {
        guard let k = capacityOfSize[component.id]?[size.part] else { continue }
        form.add(capacity: k, size.landPerUnit)
      }
    }
    return form
  }
}
