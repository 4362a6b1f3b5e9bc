import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum s_k G_k <= area` of what stands at a place, s_k the area that a unit keeps, existing plant included.
  func sitingLimit(_ place: String, _ limit: Double) -> LimitForm? {
    var form = LinearForm()
    for component in project.components {
      guard let placement = component.placement, placement.place == place, let size = component.sizes.first,
        let k = capacityOfSize[component.id]?[size.part]
      else { continue }
      form.add(capacity: k, placement.areaPerUnit)
    }
    return LimitForm(form: form, upper: limit, perActivity: 1)
  }
}
