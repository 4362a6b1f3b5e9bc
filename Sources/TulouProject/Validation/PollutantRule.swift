import TulouDocument
import TulouFinance
import TulouQuantities
package import TulouTechnologies

extension Validation {
  /// Prices and limits of pollutants that nothing in the project emits.
  static let pollutantRule: Rule = { project, document, decoding in
    for (section, key, named) in [
      ("economy", "pollutant_prices", Set(project.economy.pollutantPrices.keys)),
      ("limits", "pollutants", Set(Pollutant.all.filter { project.limits[.pollutant($0)] != nil })),
    ] {
      for pollutant in Pollutant.all where named.contains(pollutant) && !project.emits(pollutant) {
        decoding.within("\(section).\(key).\(pollutant.name)") {
          $0.warning(
            "Nothing in the project says how much \(pollutant.name) it emits, so this does nothing.",
            advice: "Give 'pollutants' to the fuel's carrier, the machine, or the market.",
            at: mark(document, section, key, pollutant.name))
        }
      }
    }
  }
}

extension Project {
  /// Whether a fuel, a machine or a market says how much of a pollutant it emits.
  package func emits(_ pollutant: Pollutant) -> Bool {
    func says(_ factors: [Pollutant: Double]) -> Bool { (factors[pollutant] ?? 0) > 0 }
    return carriers.contains { says($0.pollutants) }
      || markets.contains { !($0.pollutants[pollutant]?.isZero ?? true) }
      || components.contains { component in
        if case .converter(let converter) = component.block { says(converter.pollutants) } else { false }
      }
  }

  /// Whether anything in the project emits a pollutant other than CO2.
  public var emitsPollutants: Bool { Pollutant.all.contains { emits($0) } }
}
