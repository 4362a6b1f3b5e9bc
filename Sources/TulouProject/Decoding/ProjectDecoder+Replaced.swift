import TulouDocument
import TulouQuantities
import TulouTechnologies

/// Fuel that vehicles burnt before.
struct ReplacedFuelInput: Sendable {
  var fuel = 0.0
  var emission = 0.0
  var price: Double?
  var distance: Double?

  static let table = FieldTable<ReplacedFuelInput>(
    "a replaced fuel",
    [
      .number("fuel", \.fuel, .fuelPerDistance, .required, in: .notNegative, "Fuel per distance."),
      .number("emission", \.emission, .massPerVolume, .required, in: .notNegative, "CO2 per volume of the fuel."),
      .number(
        "price", \.price, Measure("money per volume", in: "¤/L", example: "7.5 CNY/L"), in: .notNegative,
        "Price of the fuel, for the comparison with business as usual."),
      .number(
        "distance", \.distance, Measure("a distance per year", in: "km/y", example: "40000 km/y"), in: .notNegative,
        "Distance of all vehicles in a year; those of 'kind: vehicles' have it from their trips."),
    ])
}

extension ProjectDecoder {
  /// The fuel that a demand replaces; nil after a diagnostic.
  func readReplaced(
    _ node: Node, _ vehicles: VehicleInput?, _ demand: Demand, _ decoding: inout Decoding
  ) -> Demand.ReplacedFuel? {
    decoding.within("replaces") { inner in
      var input = ReplacedFuelInput()
      let count = inner.diagnostics.count
      inner.read(ReplacedFuelInput.table, node, into: &input)
      guard inner.diagnostics[count...].allSatisfy({ $0.severity != .error }) else { return nil }
      var distance = input.distance
      if let vehicles {
        if let mark = node["distance"]?.mark {
          inner.error("The distance of these vehicles follows from 'count' and 'trip'.", at: mark)
        }
        let consumption = vehicles.consumption ?? 0
        let energy = inner.horizon.yearlyEnergy(demand.power)
        distance = consumption > 0 ? energy / consumption : 0
      }
      guard let distance else {
        inner.error("'replaces' needs 'distance' where the demand is not of 'kind: vehicles'.", at: node.mark)
        return nil
      }
      return Demand.ReplacedFuel(
        distance: distance, fuel: input.fuel, emission: input.emission, price: input.price)
    }
  }
}

extension Horizon {
  /// Energy a year of a power in each step; count 1 means the same in every step [kWh/y].
  func yearlyEnergy(_ power: [Double]) -> Double {
    var sum = 0.0
    for t in 0..<steps { sum += weights[t] * (power.count == 1 ? power[0] : power[t]) }
    return sum * stepHours / years
  }
}
