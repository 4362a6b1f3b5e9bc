import TulouProject
import TulouQuantities
import TulouTechnologies

extension IndicatorDeclaration {
  /// What is not served, and how long the cluster serves itself.
  static let service: [IndicatorDeclaration] = [
    .init(
      "unserved_energy", "1",
      "Share of the demand of all carriers that is not served.",
      value: { builder in
        let demand = demandOfEnergy(builder.reading)
        return demand > 1e-9 ? min(1, builder.year.unserved / demand) : 0
      }),
    .init(
      "unserved", "kWh/y",
      "Demand that is not served, all carriers.",
      value: { $0.year.unserved }),
    .init(
      "capacity_shortage", "1",
      "(Unserved + short reserve) / demand of electricity.",
      value: { $0.accounts.reliability.capacityShortage }),
    .init(
      "loss_of_power_supply_hours", "1",
      "Share of the hours in which electricity demand is not fully served.",
      value: { $0.accounts.reliability.lossOfPowerSupplyHours }),
    .init(
      "hours_of_autonomy", "h",
      "Mean time from each hour on that own sources and storages serve electricity without grid and fuel deliveries.",
      noted: { builder in
        let hours = builder.accounts.reliability.hoursOfAutonomy
        return (hours.mean, "counted up to \(Int(saturating: hours.limit)) h")
      }),
  ]

  /// Of what is wanted, as the limit counts it and as the reliability of electricity does [kWh/y].
  private static func demandOfEnergy(_ reading: Reading) -> Double {
    reading.project.demands.reduce(0) { sum, demand in
      guard let b = reading.busIndex[demand.bus], reading.carrierOfBus[b] >= 0,
        reading.isEnergy[reading.carrierOfBus[b]]
      else { return sum }
      return sum + reading.perYear(demand.power)
    }
  }
}
