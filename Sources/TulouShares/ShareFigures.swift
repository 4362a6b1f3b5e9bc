/// What a design of the share model comes to on a day.
package struct ShareFigures: Sendable, Equatable {
  /// Exergy efficiency (7) [-].
  package var efficiency = 0.0
  /// Life-cycle cost (8) [EUR per kWh delivered].
  package var cost = 0.0
  /// Hours with less supply than demand per hours with demand (14) [-].
  package var lossHours = 0.0
  /// Energy that lacks per energy that is wanted [-].
  package var lossEnergy = 0.0
  /// Share of each demand that shares and waste heat reach, over 1 where there is more.
  package var reached = SIMD4<Double>(repeating: 0)
  /// Waste heat of the day [MWh].
  package var wasteHeat = 0.0
  /// Electricity that heat pumps and heaters take [MWh].
  package var driven = 0.0
  /// Exergy that demands get of what they need, and exergy that enters for it [MWh].
  package var used = 0.0, entered = 0.0
  /// What the day costs [1000 EUR], and the energy that is wanted [MWh].
  package var paid = 0.0, wanted = 0.0
  /// A design of nothing.
  package init() {}
}

/// What sunlight and wind count as where they enter.
package enum ShareBasis: String, Sendable, CaseIterable {
  /// Irradiation and kinetic energy before the device.
  case radiation
  /// What leaves the device.
  case deviceOutput = "device_output"
}
