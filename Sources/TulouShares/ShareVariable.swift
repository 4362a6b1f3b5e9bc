/// The 27 variables of the share model, in order.
///
/// - Source: Y. Lu, X. Yang, K. Alanne 2018, Energies 11(4), 1007, table 1.
package enum ShareVariable: Int, Sendable, CaseIterable {
  // Shares of electricity.
  case biomassPower, wind, photovoltaics, photovoltaicThermal, trough, grid, fuelCell
  // Shares of space heating.
  case heatPumpHeating, solarHeating, airConditionerHeating, electricHeating
  // Shares of hot water.
  case heatPumpWater, solarWater, gasBoilerWater, electricWater
  // Shares of cooling.
  case solarCooling, heatPumpCooling, airConditionerCooling
  // Storages [MW, MWh].
  case batteryPower, batteryEnergy, tankPower, tankEnergy, vehiclePower, vehicleEnergy
  // Shares of the waste heat.
  case wasteToHeating, wasteToWater, wasteToCooling

  /// Short name as the paper has it, with what it is a share of.
  package var name: String {
    switch self {
    case .biomassPower: "EL BCHP"
    case .wind: "EL WT"
    case .photovoltaics: "EL PV"
    case .photovoltaicThermal: "EL PVT"
    case .trough: "EL PT"
    case .grid: "EL PE"
    case .fuelCell: "EL FC"
    case .heatPumpHeating: "SH HP"
    case .solarHeating: "SH STH"
    case .airConditionerHeating: "SH AC"
    case .electricHeating: "SH ETH"
    case .heatPumpWater: "DHW HP"
    case .solarWater: "DHW STH"
    case .gasBoilerWater: "DHW GB"
    case .electricWater: "DHW ETH"
    case .solarCooling: "CC SAC"
    case .heatPumpCooling: "CC HP"
    case .airConditionerCooling: "CC AC"
    case .batteryPower: "battery MW"
    case .batteryEnergy: "battery MWh"
    case .tankPower: "TS MW"
    case .tankEnergy: "TS MWh"
    case .vehiclePower: "EVV2G MW"
    case .vehicleEnergy: "EVV2G MWh"
    case .wasteToHeating: "WHU to SH"
    case .wasteToWater: "WHU to DHW"
    case .wasteToCooling: "WHU to CC"
    }
  }

  /// Name in files: the demand or store, and what serves it.
  package var key: String {
    switch self {
    case .biomassPower: "electricity_bchp"
    case .wind: "electricity_wt"
    case .photovoltaics: "electricity_pv"
    case .photovoltaicThermal: "electricity_pvt"
    case .trough: "electricity_pt"
    case .grid: "electricity_grid"
    case .fuelCell: "electricity_fc"
    case .heatPumpHeating: "heating_hp"
    case .solarHeating: "heating_sth"
    case .airConditionerHeating: "heating_ac"
    case .electricHeating: "heating_eth"
    case .heatPumpWater: "hot_water_hp"
    case .solarWater: "hot_water_sth"
    case .gasBoilerWater: "hot_water_gb"
    case .electricWater: "hot_water_eth"
    case .solarCooling: "cooling_sac"
    case .heatPumpCooling: "cooling_hp"
    case .airConditionerCooling: "cooling_ac"
    case .batteryPower: "battery_power"
    case .batteryEnergy: "battery_energy"
    case .tankPower: "tank_power"
    case .tankEnergy: "tank_energy"
    case .vehiclePower: "vehicle_power"
    case .vehicleEnergy: "vehicle_energy"
    case .wasteToHeating: "waste_to_heating"
    case .wasteToWater: "waste_to_hot_water"
    case .wasteToCooling: "waste_to_cooling"
    }
  }

  /// Whether it is a storage, whose size is common to all days.
  package var isStorage: Bool { (18..<24).contains(rawValue) }
  /// Whether it is a storage's power [MW]; the other storages are energies [MWh].
  package var isPower: Bool { isStorage && rawValue % 2 == 0 }

  /// The demand that it is a share of; nil: a storage or a share of waste heat.
  package var carrier: ShareCarrier? {
    switch rawValue {
    case 0..<7: .electricity
    case 7..<11: .heating
    case 11..<15: .water
    case 15..<18: .cooling
    default: nil
    }
  }
}

/// The four demands of the share model.
package enum ShareCarrier: Int, Sendable, CaseIterable {
  case electricity, heating, water, cooling

  /// Short name as the paper has it.
  package var name: String { ["EL", "SH", "DHW", "CC"][rawValue] }
  /// Its variables.
  var variables: Range<Int> { [0..<7, 7..<11, 11..<15, 15..<18][rawValue] }
}
