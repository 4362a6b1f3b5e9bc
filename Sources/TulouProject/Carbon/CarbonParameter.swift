import TulouDocument
package import TulouQuantities

/// A number of a carbon account that can be varied: its path in the file, its unit, how it is read and set.
///
/// The list of these gives decoding, sensitivity, tornado and Monte Carlo; it stands here and nowhere else.
package struct CarbonParameter: Sendable {
  /// Path in the file, e.g. `renewables.target`, `sectors.primary.saving`.
  package let path: String
  /// What it measures.
  package let measure: Measure
  /// One sentence.
  package let sentence: String
  /// What stands where the key is left out.
  let fallback: Fallback
  /// Which numbers it takes.
  let bounds: Bounds
  /// Its value in a case.
  package let value: @Sendable (CarbonCase) -> Double
  /// Sets it in a case.
  package let set: @Sendable (inout CarbonCase, Double) -> Void

  init(
    _ path: String, _ key: any WritableKeyPath<CarbonCase, Double> & Sendable, _ measure: Measure,
    _ sentence: String, in bounds: Bounds = .notNegative, _ fallback: Fallback = .required
  ) {
    self.path = path
    self.measure = measure
    self.sentence = sentence
    self.fallback = fallback
    self.bounds = bounds
    value = { $0[keyPath: key] }
    set = { $0[keyPath: key] = $1 }
  }

  /// A number of the thing with an id in a list of the case.
  private init<Thing>(
    _ path: String, _ list: any WritableKeyPath<CarbonCase, [Thing]> & Sendable, _ index: Int,
    _ key: any WritableKeyPath<Thing, Double> & Sendable, _ sentence: String
  ) {
    self.path = path
    measure = .share
    self.sentence = sentence
    fallback = .required
    bounds = .share
    value = { $0[keyPath: list][index][keyPath: key] }
    set = { $0[keyPath: list][index][keyPath: key] = $1 }
  }

  /// The group of the file that it stands in.
  var group: String { String(path.prefix { $0 != "." }) }
  /// Its key in the group.
  var key: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// Parameters that every case has, in the order of the file.
  static let fixed: [CarbonParameter] = [
    .init("thermal.coal_rate", \.coalRate, .emission, "Standard coal per kWh of thermal units.", in: .positive),
    .init("thermal.coal_factor", \.coalFactor, .number, "Mass of CO2 per mass of standard coal.", in: .positive),
    .init("renewables.base", \.renewablesBase, .energy, "Renewable generation of the base year."),
    .init("renewables.target", \.renewablesTarget, .energy, "Renewable generation of the target year."),
    .init(
      "renewables.attributed", \.renewablesAttributed, .share, "Share that the energy internet brings.", in: .share),
    .init("gas_power.increase", \.gasIncrease, .energy, "More generation from gas than in the base year."),
    .init("gas_power.attributed", \.gasAttributed, .share, "Share that the energy internet brings.", in: .share),
    .init("gas_power.net_factor", \.gasNetFactor, .share, "1 less emission of gas by that of coal power.", in: .share),
    .init(
      "network.generation", \.generation, .energy, "Generation of the target year without the energy internet.",
      in: .positive),
    .init(
      "network.microgrid_loss_reduction", \.microgridLossReduction, .share, "Loss saved where microgrids reach all.",
      in: .share),
    .init(
      "network.microgrid_permeability", \.microgridPermeability, .share, "Gain of microgrid permeability.", in: .share),
    .init("vehicles.added", \.vehiclesAdded, .number, "Electric vehicles added since the base year."),
    .init("vehicles.consumption", \.vehicleConsumption, .energyPerDistance, "Electricity per distance."),
    .init("vehicles.distance", \.vehicleDistance, .distance, "Distance of a vehicle in a year."),
    .init(
      "vehicles.line_loss", \.lineLoss, .share, "Loss on the way to the charger.",
      in: Bounds(0, 0.99, "between 0 % and 99 %")),
    .init("vehicles.fuel", \.fuel, .fuelPerDistance, "Gasoline per distance that it replaces."),
    .init("vehicles.fuel_factor", \.fuelFactor, .massPerVolume, "CO2 per volume of gasoline."),
    .init("vehicles.total", \.vehiclesTotal, .number, "Electric vehicles in the target year."),
    .init(
      "vehicles.charging_at_peak", \.chargingAtPeak, .share,
      "Share of all vehicles that no longer charges at the peak.", in: .share),
    .init("vehicles.charger", \.charger, .power, "Power of a charger."),
    .init("gas_vehicles.number", \.gasVehicles, .number, "Gas vehicles added."),
    .init("gas_vehicles.distance", \.gasDistance, .distance, "Distance of a vehicle in a year."),
    .init("gas_vehicles.fuel", \.gasSavedFuel, .fuelPerDistance, "Gasoline per distance that it replaces."),
    .init("gas_vehicles.fuel_factor", \.gasSavedFactor, .massPerVolume, "CO2 per volume of gasoline."),
    .init("gas_vehicles.gas", \.gasConsumption, .gasPerDistance, "Gas per distance."),
    .init("gas_vehicles.gas_factor", \.gasFactor, .massPerGas, "CO2 per volume of gas."),
    .init("load.peak", \.peakLoad, .power, "Load at the peak of which sectors shift a part.", in: .positive),
    .init("load.storage_at_peak", \.storageAtPeak, .power, "Discharge of storages at the peak."),
    .init("load.maximum", \.maximumLoad, .power, "Maximum load.", in: .positive),
    .init("load.coal_saved", \.coalSaved, .emission, "Coal saved per kWh by a load rate one percentage point higher."),
    .init("options.saving_scale", \.savingScale, .number, "Scale of all saving potentials.", .silent("1")),
  ]

  /// All parameters of a case, those of its lines and sectors included.
  package static func all(of carbonCase: CarbonCase) -> [CarbonParameter] {
    var list = fixed
    for (i, line) in carbonCase.lines.enumerated() {
      let path = "uhv.\(line.id)"
      list.append(.init("\(path).loss_reduction", \.lines, i, \.lossReduction, "Loss that the line saves."))
      list.append(.init("\(path).base", \.lines, i, \.base, "Share of the generation in the base year."))
      list.append(.init("\(path).target", \.lines, i, \.target, "Share of the generation in the target year."))
    }
    for (i, sector) in carbonCase.sectors.enumerated() {
      let path = "sectors.\(sector.id)"
      list.append(.init("\(path).share", \.sectors, i, \.share, "Share of the consumption."))
      list.append(.init("\(path).meters", \.sectors, i, \.meters, "Permeability of smart meters."))
      list.append(.init("\(path).saving", \.sectors, i, \.saving, "Saving potential."))
      list.append(.init("\(path).shift", \.sectors, i, \.shift, "Potential to shift load from the peak."))
    }
    return list
  }
}

extension Measure {
  /// Electricity per distance [kWh/km].
  static let energyPerDistance = Measure("an energy per distance", in: "kWh/km", example: "0.18 kWh/km")
  /// Distance [km].
  static let distance = Measure("a distance", in: "km", example: "12000 km")
  /// Liquid fuel per distance [l/km].
  static let fuelPerDistance = Measure("a volume per distance", in: "L/km", example: "0.08 L/km")
  /// Gas per distance [m3/km].
  static let gasPerDistance = Measure("a volume per distance", in: "m3/km", example: "0.09 m3/km")
  /// Mass per volume of a liquid [kg/l].
  static let massPerVolume = Measure("a mass per volume", in: "kg/L", example: "2.3 kg/L")
  /// Mass per volume of a gas [kg/m3].
  static let massPerGas = Measure("a mass per volume", in: "kg/m3", example: "1.9 kg/m3")
  /// Mass [kg].
  static let mass = Measure("a mass", in: "kg", example: "9838.7 t")
}
