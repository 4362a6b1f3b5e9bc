import TulouDocument
import TulouFinance
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
    belowZero(project, document, &decoding)
    limitsWithoutFactor(project, document, &decoding)
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

  /// Factors below zero: each kWh then pays for others' emission, in the total as in a limit, which a sign written by mistake does too.
  private static func belowZero(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    func tell(_ kind: String, _ id: String, _ key: String, _ least: Double) {
      guard least < 0 else { return }
      decoding.within("\(kind).\(id).\(key)") {
        $0.warning(
          "'\(key)' of '\(id)' is \(shortNumber(least, digits: 4)) kg/kWh, below zero: its use is counted as CO2 taken out of the air.",
          advice: "Check the sign; write 0 where nothing fossil is emitted.", at: mark(document, kind, id, key))
      }
    }
    for carrier in project.carriers { tell("carriers", carrier.id, "emission", carrier.emission) }
    for market in project.markets {
      for (key, factor) in [("emission", market.emission), ("marginal_emission", market.marginalEmission)] {
        tell("markets", market.id, key, factor?.values.min() ?? 0)
      }
    }
  }

  /// A limit, a price or an objective on CO2 beside something without factor, of which it counts nothing.
  private static func limitsWithoutFactor(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    let markets = project.markets.filter {
      $0.buy != nil && !$0.onlyAlone && project.emissionFactor(of: $0) == nil
    }
    let sources = project.components.filter {
      guard case .source(let block) = $0.block else { return false }
      return project.emissionFactor(of: block) == nil
    }
    let names = (markets.map(\.id) + sources.map(\.id)).map { "'\($0)'" }
    guard !names.isEmpty else { return }
    let listed =
      names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    if project.limits[.co2] != nil {
      decoding.within("limits.co2") { inner in
        inner.warning(
          "The limit on CO2 counts nothing for \(listed), which has no emission factor: what comes from there is free to emit.",
          advice: "Give it 'emission', or the limit proves nothing.", at: mark(document, "limits", "co2"))
      }
    }
    if project.objective == .co2 || (project.objective == .weighted && project.weights.contains { $0.goal == .co2 }) {
      decoding.within("objective") { inner in
        inner.warning(
          "The objective counts no CO2 of \(listed), which has no emission factor: what comes from there is free to emit.",
          advice: "Give it 'emission', or the plan is not the one that emits least.", at: mark(document, "objective"))
      }
    }
    if !project.economy.carbonPrice.isZero {
      decoding.within("economy.carbon_price") { inner in
        inner.warning(
          "The price of CO2 is not paid for \(listed), which has no emission factor.",
          advice: "Give it 'emission'.", at: mark(document, "economy", "carbon_price"))
      }
    }
  }
}
