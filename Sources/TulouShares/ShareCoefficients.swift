/// What a unit of energy by each of the 27 variables brings with it: exergy, cost, electricity, waste heat.
struct ShareCoefficients {
  var entering = [Double](repeating: 0, count: 27)
  var costs = [Double](repeating: 0, count: 27)
  var driving = [Double](repeating: 0, count: 27)
  var heating = [Double](repeating: 0, count: 27)
  var factors = SIMD4<Double>(repeating: 0)

  init(_ season: ShareSeason, _ a: ShareAssumptions, _ basis: ShareBasis) {
    let ambient = season.ambient
    func carnot(_ temperature: Double) -> Double { carnotFactor(temperature, ambient: ambient) }
    factors = SIMD4(
      1, max(0, carnot(a["temperature.sh"])), max(0, carnot(a["temperature.dhw"])), max(0, -carnot(a["temperature.cc"]))
    )
    setElectricity(a, basis, warmest: max(factors[1], factors[2], max(0, carnot(a["temperature.collector"]))))
    setHeat(a, basis, factors, collector: max(0, carnot(a["temperature.collector"])))
    setCosts(a)
  }

  /// - Parameter warmest: Exergy per heat of what leaves a PVT field, at the warmest temperature at which it may be used.
  private mutating func setElectricity(_ a: ShareAssumptions, _ basis: ShareBasis, warmest: Double) {
    func set(_ variable: ShareVariable, _ value: Double) { entering[variable.rawValue] = value }
    set(.biomassPower, a["fuel.exergy"] / a["bchp.power"])
    set(.fuelCell, a["gas.exergy"] / a["fc.power"])
    set(.grid, 1)
    switch basis {
    case .deviceOutput:
      // Wind counts by its kinetic share as the paper has it; the sun by what leaves the device.
      set(.wind, 1)
      set(.photovoltaics, 1)
      // Its heat leaves the device, too, and counts where it enters.
      set(.photovoltaicThermal, 1 + a["pvt.heat"] * warmest)
      set(.trough, 1)
    case .radiation:
      set(.wind, a["wind.kinetic"] / a["wind.power_coefficient"])
      set(.photovoltaics, a["sun.exergy"] / a["pv.efficiency"])
      set(.photovoltaicThermal, a["sun.exergy"] / a["pv.efficiency"])
      set(.trough, a["sun.exergy"] / a["pt.efficiency"])
    }
    heating[ShareVariable.biomassPower.rawValue] = a["bchp.heat"] / a["bchp.power"]
    heating[ShareVariable.fuelCell.rawValue] = a["fc.heat"] / a["fc.power"]
    heating[ShareVariable.photovoltaicThermal.rawValue] = a["pvt.heat"]
  }

  private mutating func setHeat(
    _ a: ShareAssumptions, _ basis: ShareBasis, _ factors: SIMD4<Double>, collector: Double
  ) {
    func drive(_ variable: ShareVariable, _ cop: Double) { driving[variable.rawValue] = 1 / cop }
    drive(.heatPumpHeating, a["hp.cop"])
    drive(.airConditionerHeating, a["ac.cop"])
    drive(.electricHeating, a["eth.efficiency"])
    drive(.heatPumpWater, a["hp.cop"])
    drive(.electricWater, a["eth.efficiency"])
    drive(.heatPumpCooling, a["hp.cooling"])
    drive(.airConditionerCooling, a["ac.cooling"])
    let sun = a["sun.exergy"] / a["sth.efficiency"]
    entering[ShareVariable.solarHeating.rawValue] = basis == .radiation ? sun : factors[1]
    entering[ShareVariable.solarWater.rawValue] = basis == .radiation ? sun : factors[2]
    entering[ShareVariable.solarCooling.rawValue] = (basis == .radiation ? sun : collector) / a["sac.cop"]
    entering[ShareVariable.gasBoilerWater.rawValue] = a["gas.exergy"] / a["gb.efficiency"]
  }

  private mutating func setCosts(_ a: ShareAssumptions) {
    let prices = ShareCosts(a)
    let electricity = a["escalation.electricity"], gas = a["escalation.gas"]
    func set(_ variables: [ShareVariable], _ id: String, _ further: Double = 0) {
      let cost = prices.perKWh(id) + further
      for variable in variables { costs[variable.rawValue] = cost }
    }
    set([.biomassPower], "bchp", prices.price("biofuel", escalation: 0) / a["bchp.power"])
    set([.fuelCell], "fc", prices.price("gas", escalation: gas) / a["fc.power"])
    set([.wind], "wt")
    set([.photovoltaics], "pv")
    set([.photovoltaicThermal], "pvt")
    set([.trough], "pt")
    costs[ShareVariable.grid.rawValue] = prices.price("electricity", escalation: electricity)
    set([.heatPumpHeating, .heatPumpWater, .heatPumpCooling], "hp")
    set([.solarHeating, .solarWater], "sth")
    set([.airConditionerHeating, .airConditionerCooling], "ac")
    set([.electricHeating, .electricWater], "eth")
    set([.gasBoilerWater], "gb", prices.price("biogas", escalation: gas) / a["gb.efficiency"])
    set([.solarCooling], "sac")
  }
}

/// The Carnot factor `1 - T0/T` of heat at one temperature [-]; temperatures in degC.
package func carnotFactor(_ temperature: Double, ambient: Double) -> Double {
  (temperature - ambient) / (temperature + 273.15)
}
