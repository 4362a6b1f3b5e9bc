import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Capacity factors that sun and wind do not have anywhere.
  static let availabilityRule: Rule = { project, document, decoding in
    guard project.horizon.steps > 0 else { return }
    let isYear = project.horizon.years > 0.9
    for component in project.components {
      guard case .source(let block) = component.block, case .share(let share) = block.supply,
        component.sizes.first?.unit == "kW"
      else { continue }
      let mean = share.reduce(0, +) / Double(max(1, share.count))
      let most = share.max() ?? 0
      let limits: (low: Double, high: Double)? =
        block.energyClass.belongs(to: .sun)
        ? (0.06, 0.35) : block.energyClass.belongs(to: .wind) ? (0.08, 0.65) : nil
      decoding.within("components.\(component.id)") { inner in
        let place = mark(document, "components", component.id)
        func percent(_ value: Double) -> String { "\((value * 1000).rounded() / 10) %" }
        // Modelled modules pass their rating on cold bright days; a share that somebody writes does not.
        if most > (component.kind == GenericSource.kind ? 1 + 1e-9 : 1.2) {
          inner.warning(
            "'\(component.id)' reaches \(percent(most)) of its capacity.",
            advice: "An availability is a share of the capacity; check its unit and scale.", at: place)
        } else if most == 0 {
          inner.warning("'\(component.id)' never gives anything.", at: place)
        } else if let limits, isYear, mean < limits.low || mean > limits.high {
          inner.warning(
            "The capacity factor of '\(component.id)' is \(percent(mean)), which is unusual for \(block.energyClass.belongs(to: .wind) ? "wind" : "the sun").",
            advice: "Check the series, its unit and its scale.", at: place)
        }
      }
    }
  }
}
