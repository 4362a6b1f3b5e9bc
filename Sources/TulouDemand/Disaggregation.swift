public import TulouQuantities

/// Splits metered electricity into electricity proper and the heat and cold that it made.
///
/// `EL = metered - (heat - heat by others) / eta - cold / COP`.
/// - Source: Lu, Yang, Alanne 2018, Energies 11(4), 1007, section 3.2, with eta = 0.98.
public struct Disaggregation: Sendable, Equatable {
  /// Efficiency of electric heating eta [-].
  public var heatingEfficiency: Double
  /// Coefficient of performance of electric cooling [-].
  public var coolingPerformance: Double

  /// A rule; the paper's is 0.98 for heat, and 0.98 for cold as well.
  public init(heatingEfficiency: Double = 0.98, coolingPerformance: Double = 0.98) {
    self.heatingEfficiency = heatingEfficiency
    self.coolingPerformance = coolingPerformance
  }

  /// Electricity proper [same unit].
  ///
  /// - Throws: where heat and cold would take more than was metered.
  public func electricity(
    metered: Double, spaceHeat: Double, hotWater: Double, cold: Double, heatByOthers: Double
  ) throws(ProjectFault) -> Double {
    var found: [Diagnostic] = []
    check(heatingEfficiency, in: 0.1...10, "efficiency of electric heating", "", &found)
    check(coolingPerformance, in: 0.1...20, "performance of electric cooling", "", &found)
    if !found.isEmpty { throw ProjectFault(found) }
    let rest =
      metered - max(0, spaceHeat + hotWater - heatByOthers) / heatingEfficiency - cold / coolingPerformance
    guard rest >= 0 else {
      throw ProjectFault(
        "Heat and cold would take \(metered - rest) of the \(metered) metered, so the split cannot be right.",
        advice: "Check the heat demands, or give a heat pump's performance in place of the heater's efficiency.")
    }
    return rest
  }

  /// Electricity that the split moved out per heat and cold that it put in [-]: 1/eta where the tables close.
  ///
  /// Xizhou: 0.900, 0.900 and 0.981, so the paper's tables 2 and 3 do not close with its 0.98.
  public static func closure(
    metered: Double, electricity: Double, spaceHeat: Double, hotWater: Double, cold: Double, heatByOthers: Double
  ) -> Double {
    (metered - electricity) / (spaceHeat + hotWater + cold - heatByOthers)
  }
}
