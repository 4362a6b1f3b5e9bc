import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Photovoltaics on a bus of its own whose derating seems to hold the inverter's loss already.
  static let inverterLossRule: Rule = { project, document, decoding in
    for component in project.components where component.kind == Photovoltaics.kind {
      guard case .source(let block) = component.block else { continue }
      let behind = project.components.contains { other in
        if case .link(let link) = other.block { return other.kind == Inverter.kind && link.from == block.bus }
        return false
      }
      guard behind,
        let text = document["components"]?[component.id]?["derating"].flatMap({ $0.text ?? $0["value"]?.text }),
        let derating = Quantity.reading(text),
        derating.number * derating.unit.numerator / derating.unit.denominator < 0.85
      else { continue }
      decoding.within("components.\(component.id).derating") {
        $0.warning(
          "'\(component.id)' stands behind an inverter, and a derating of \(text) often holds the inverter's loss already.",
          advice: "Count that loss once: raise 'derating', or give the inverter 100 %.",
          at: mark(document, "components", component.id, "derating"))
      }
    }
  }
}
