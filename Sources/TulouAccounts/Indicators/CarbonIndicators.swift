import TulouProject
import TulouTechnologies

extension IndicatorDeclaration {
  /// Fossil CO2.
  static let carbon: [IndicatorDeclaration] = [
    .init(
      "co2", "t/y",
      "Fossil CO2 of fuels and purchases, each counted where it enters, mean over the years; no credit for sale.",
      noted: { ($0.accounts.carbon.fossil / 1000, withoutFactor($0.accounts.carbon.withoutFactor)) }
    ),
    .init(
      "co2_business_as_usual", "t/y",
      "Fossil CO2 of the reference without the project.",
      noted: { builder in
        let carbon = builder.accounts.carbon
        return (carbon.businessAsUsual.map { $0 / 1000 }, withoutFactor(carbon.usualWithoutFactor))
      }),
    .init(
      "co2_reduction", "1",
      "1 - co2 / co2_business_as_usual.",
      noted: { builder in
        let carbon = builder.accounts.carbon
        return (
          carbon.reduction,
          carbon.reductionMissing ?? (carbon.reduction == nil ? "no reference" : "")
        )
      }),
  ]

  /// Other pollutants.
  static let pollutants = Pollutant.all.map { pollutant in
    IndicatorDeclaration(
      pollutant.key, "kg/y",
      "\(pollutant.meaning): of fuel where it is burnt and of purchases, mean over the years; no credit for sale.",
      noted: { builder in
        guard builder.reading.project.emitsPollutants else {
          return (nil, "nothing says what it emits")
        }
        return (builder.accounts.pollutants[pollutant], "")
      })
  }

  private static func withoutFactor(_ ids: [String]) -> String {
    ids.isEmpty
      ? ""
      : "at least: no emission factor was given for \(ids.map { "'\($0)'" }.joined(separator: ", "))"
  }
}
