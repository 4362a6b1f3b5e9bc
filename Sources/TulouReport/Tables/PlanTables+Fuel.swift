import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// Fuels that enter, each with who brings it; what storages give entered before.
  private var fuelSources: [(source: SourceEnergy, carrier: Carrier)] {
    accounts.sources.compactMap { source in
      guard source.kind != GenericStorage.kind, source.yearly > 0,
        let carrier = project.carriers.first(where: { $0.id == source.carrier }), carrier.kind == .fuel
      else { return nil }
      return (source, carrier)
    }
  }

  /// `tables/fuel.csv`: fuel in the unit in which it is bought.
  func fuelTable() -> DataTable {
    var table = DataTable(
      "fuel", "Fuel used", ["from", "fuel", "energy [kWh/y]", "amount", "amount_unit"])
    for (source, carrier) in fuelSources {
      let amount = FuelAmount(source.yearly, of: carrier)
      table.add(
        .text(source.id), .text(carrier.id), .number(source.yearly), .optional(amount?.value),
        .text(amount.map { $0.unit + "/y" } ?? ""))
    }
    return table
  }

  /// A line for a terminal: `diesel 12,340 litres/y (121 MWh/y)`.
  var fuelRows: [(String, String)] {
    var energies: [(carrier: Carrier, energy: Double)] = []
    for (source, carrier) in fuelSources {
      if let i = energies.firstIndex(where: { $0.carrier.id == carrier.id }) {
        energies[i].energy += source.yearly
      } else {
        energies.append((carrier, source.yearly))
      }
    }
    let phrases = energies.compactMap { carrier, energy in
      FuelAmount(energy, of: carrier).map {
        "\(legend.carrier(carrier.id)) \($0.text)/y (\(Scale.text(energy, "kWh/y")))"
      }
    }
    return phrases.isEmpty ? [] : [("Fuel", phrases.joined(separator: ", "))]
  }
}
