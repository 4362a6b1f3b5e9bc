import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Markets, and a reference, that say nothing of what they emit: CO2 is then at least what is printed.
  static let emissionRule: Rule = { project, document, decoding in
    for market in project.markets where market.buy != nil && market.emission == nil {
      guard let kind = project.carrier(ofBus: market.bus)?.kind, kind != .fuel, kind != .water, kind != .material else {
        continue
      }
      decoding.within("markets.\(market.id).emission") { inner in
        guard project.emissionFactor(of: market) == nil else {
          inner.assume(
            "0 kg/kWh", source: "our assumption: class \(market.energyClass) emits nothing fossil", kind: .default)
          return
        }
        inner.assume(
          "no factor", source: "none was given: CO2 counts nothing for it and is at least what is printed",
          kind: .default)
        inner.warning(
          "The market '\(market.id)' says nothing of its emission, so CO2 is at least what is printed.",
          advice: "Give 'emission', or 'emission: 0 kg/kWh' where that is meant.",
          at: mark(document, "markets", market.id))
      }
    }
    guard let reference = project.reference, reference.heatEfficiency != nil, reference.heatEmission == nil,
      reference.heatClass.isOutside
    else {
      return
    }
    decoding.within("reference.heat.emission") { inner in
      inner.assume("no factor", source: "none was given: no reduction of CO2 is stated", kind: .default)
      inner.warning(
        "The heat of the reference says nothing of its emission, so no reduction of CO2 can be stated.",
        advice: "Give 'emission', or 'emission: 0 kg/kWh' where that is meant.",
        at: mark(document, "reference", "heat"))
    }
  }
}
