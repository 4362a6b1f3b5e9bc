/// A machine that runs on fuel.
package struct Generator: Sendable {
  /// Name for accounts.
  package var id: String
  /// Greatest output [kW].
  package var size: Double
  /// Least output when running, as a share of the size [-].
  package var minimumLoad: Double
  /// Fuel burnt by running, per kW of size [unit/h/kW].
  package var fuelIntercept: Double
  /// Fuel burnt per output [unit/kWh].
  package var fuelSlope: Double
  /// Price of the fuel [money/unit].
  package var fuelPrice: Double
  /// Cost of an hour of running besides fuel: maintenance and wear [money/h].
  package var runCost: Double
  /// Cost of a kWh of output besides fuel [money/kWh].
  package var outputCost: Double
  /// Cost of a start [money].
  package var startCost: Double
  /// Steps that it runs at least once started.
  package var minimumRunSteps: Int

  /// A generator.
  package init(
    _ id: String, size: Double, minimumLoad: Double = 0, fuelIntercept: Double = 0, fuelSlope: Double = 0,
    fuelPrice: Double = 0, runCost: Double = 0, outputCost: Double = 0, startCost: Double = 0, minimumRunSteps: Int = 1
  ) {
    self.id = id
    self.size = size
    self.minimumLoad = minimumLoad
    self.fuelIntercept = fuelIntercept
    self.fuelSlope = fuelSlope
    self.fuelPrice = fuelPrice
    self.runCost = runCost
    self.outputCost = outputCost
    self.startCost = startCost
    self.minimumRunSteps = minimumRunSteps
  }

  /// Cost of running an hour without output [money/h].
  var fixedCost: Double { fuelIntercept * size * fuelPrice + runCost }
  /// Cost of a further kWh [money/kWh].
  var marginalCost: Double { fuelSlope * fuelPrice + outputCost }
}

/// A content that is charged and discharged.
package struct Storage: Sendable {
  /// How the content limits the power.
  package enum Model: Sendable, Equatable {
    /// One tank: any power up to the limits as long as there is content and room.
    case idealised
    /// Two tanks, one at hand and one bound, that even out with time.
    ///
    /// - `share`: part c of the capacity that is at hand [-]; `rate`: k [1/h]; `chargeRate`: greatest charge per unit of
    ///   room alpha [1/h] (infinite: none).
    /// - Source: Manwell, McGowan 1993, Lead acid battery storage model for hybrid energy systems, Solar Energy 50,
    ///   399-405, doi:10.1016/0038-092X(93)90060-2; HOMER manual, kinetic battery model.
    case kinetic(share: Double, rate: Double, chargeRate: Double)
  }

  /// Name for accounts.
  package var id: String
  /// Bus it stands on.
  package var bus: SimulationProblem.Bus
  /// Content when full [kWh].
  package var energy: Double
  /// Greatest charge, measured at the bus [kW].
  package var chargePower: Double
  /// Greatest discharge, measured at the bus [kW].
  package var dischargePower: Double
  /// Share of the charge that becomes content [-].
  package var chargeEfficiency: Double
  /// Share of the content taken that reaches the bus [-].
  package var dischargeEfficiency: Double
  /// Share of the content lost in an hour [-].
  package var selfDischarge: Double
  /// Least content as a share of the full one [-].
  package var leastShare: Double
  /// Content at the start as a share of the full one [-].
  package var startShare: Double
  /// Cost of wear and operation per kWh given [money/kWh]; counts when rules compare costs.
  package var wearCost: Double
  /// How the content limits the power.
  package var model: Model
  /// What flows into the content by itself in each step (a lake) [kW]; empty: nothing. What finds no room runs over.
  package var inflow: [Double] = []

  /// A storage.
  package init(
    _ id: String, bus: SimulationProblem.Bus = .ac, energy: Double, chargePower: Double, dischargePower: Double,
    chargeEfficiency: Double = 1, dischargeEfficiency: Double = 1, selfDischarge: Double = 0, leastShare: Double = 0,
    startShare: Double = 0, wearCost: Double = 0, model: Model = .idealised
  ) {
    self.id = id
    self.bus = bus
    self.energy = energy
    self.chargePower = chargePower
    self.dischargePower = dischargePower
    self.chargeEfficiency = chargeEfficiency
    self.dischargeEfficiency = dischargeEfficiency
    self.selfDischarge = selfDischarge
    self.leastShare = leastShare
    self.startShare = startShare
    self.wearCost = wearCost
    self.model = model
  }
}
