/// What sun and wind count as where they enter an exergy account.
package enum ExergyBasis: String, Sendable, CaseIterable {
  /// What leaves the device.
  case deviceOutput = "device_output"
  /// Irradiation and kinetic energy before the device.
  case radiation
}

/// What exergy is counted against.
package struct ExergySurroundings: Sendable, Equatable {
  /// Temperature of the surroundings [degC], one value or one a step; empty: that of the only resource that has one.
  package var ambient: [Double] = []
  /// Exergy efficiency of the machine that high-grade heating and cooling is compared with [-].
  package var comparison = 0.45
  /// What sun and wind count as.
  package var basis = ExergyBasis.deviceOutput
  /// Exergy of irradiation per irradiation [-].
  package var sunShare = 0.95
  /// Efficiency of modules of which only the power is stated, from which their area follows [-].
  package var moduleEfficiency = 0.2
  /// Nothing stated.
  package init() {}
}

extension Project {
  /// Temperature of the surroundings in each step [degC]: what the file says, else that of the only resource with a
  /// temperature; empty where there is none or more than one.
  public func ambientTemperature(steps: Int) -> [Double] {
    let stated = exergy.ambient
    if stated.count == 1 { return [Double](repeating: stated[0], count: steps) }
    if !stated.isEmpty { return stated.count >= steps ? Array(stated.prefix(steps)) : [] }
    let known = resources.compactMap { $0.values(.temperature) }
    guard known.count == 1, known[0].count >= steps else { return [] }
    return Array(known[0].prefix(steps))
  }
}
