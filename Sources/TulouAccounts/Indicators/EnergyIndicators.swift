import TulouProblem
import TulouProject
import TulouTechnologies

extension IndicatorDeclaration {
  /// Where energy comes from and whom it serves.
  static let energy: [IndicatorDeclaration] = [
    .init(
      "autonomy", "1",
      "1 - P_N / (P_O + charged + sold + losses), all carriers.",
      value: { $0.year.autonomy }),
    .init(
      "autonomy_without_losses", "1",
      "1 - P_N / P_O, all carriers.",
      value: { $0.year.autonomyWithoutLosses }),
    .init(
      "p_o", "kWh/y",
      "Energy served, all carriers.",
      title: "Energy served (P_O)",
      value: { $0.year.served }),
    .init(
      "p_a", "kWh/y",
      "Energy served to members other than villages, the commons included.",
      title: "Served to firms and the commons (P_A)",
      value: { $0.year.served - servedToVillages($0) }),
    .init(
      "p_a_prime", "kWh/y",
      "Energy served to villages.",
      title: "Served to villages (P_A')",
      value: { servedToVillages($0) }),
    .init(
      "p_w", "kWh/y",
      "Energy that enters from wind (class W), after curtailment.",
      title: "From wind (P_W)",
      value: { $0.year.entry(.wind) }),
    .init(
      "p_b", "kWh/y",
      "Energy that enters from own biomass (class B), fuels by lower heating value.",
      title: "From own biomass (P_B)",
      value: { $0.year.entry(.biomass) }),
    .init(
      "p_s", "kWh/y",
      "Energy that enters from sun and water (classes S.*), after curtailment.",
      title: "From sun and water (P_S)",
      value: { $0.year.entry(.sunAndWater) }),
    .init(
      "p_n", "kWh/y",
      "Energy bought outside (class N), fuels by lower heating value.",
      title: "Bought outside (P_N)",
      value: { $0.year.entry(.outside) }),
    .init(
      "ambient", "kWh/y",
      "Heat taken from air, ground or water; in none of P_W, P_B, P_S, P_N.",
      value: { $0.year.entry(.ambient) }),
  ]

  /// What is left, traded and lost.
  static let trade: [IndicatorDeclaration] = [
    .init(
      "curtailed", "kWh/y",
      "What sources could have given and did not, natural flow left out.",
      value: { $0.year.curtailed }),
    .init(
      "bought", "kWh/y",
      "Electricity bought.",
      value: { traded($0.reading, .purchase) }),
    .init(
      "sold", "kWh/y",
      "Electricity sold.",
      value: { traded($0.reading, .sale) }),
    .init(
      "losses", "kWh/y",
      "Losses of links and converters and what buses spill.",
      value: { $0.year.losses }),
  ]

  /// How even the load is, and what of the exergy is used.
  static let quality: [IndicatorDeclaration] = [
    .init(
      "peak_valley_difference", "kW",
      "Highest less lowest hour of what electricity demands draw, vehicles' charging less what they give back included.",
      value: { $0.reading.peakValleyDifference }),
    .init(
      "exergy_efficiency", "1",
      "Exergy of what is served per exergy of what enters.",
      noted: { builder in
        let exergy = builder.accounts.exergy
        let none = exergy.efficiency == nil ? "nothing enters" : ""
        return (exergy.efficiency, exergy.missing.first.map { "not stated: " + $0 } ?? none)
      }),
  ]

  private static func servedToVillages(_ builder: IndicatorBuilder) -> Double {
    builder.year.servedByKind.reduce(0) { $1.name == "village" ? $0 + $1.energy : $0 }
  }

  private static func traded(_ reading: Reading, _ role: Label.Role) -> Double {
    reading.project.markets.filter { !$0.onlyAlone && reading.isElectric($0.bus) }
      .reduce(0) { $0 + reading.perYear(reading.total($1.id, role)) }
  }
}
