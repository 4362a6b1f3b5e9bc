/// Direct to alternating current.
public enum Inverter: Sendable, Equatable {
  /// The PVWatts curve: `eta = nominal / 0.9637 (-0.0162 z - 0.0059 / z + 0.9858)`, z = load share; clipped at nominal x rated.
  /// - Source: A. P. Dobos 2014, PVWatts Version 5 Manual, NREL/TP-6A20-62641, equation 11.
  case pvwatts(nominalEfficiency: Double = 0.96)
  /// A constant efficiency, clipped at rated output.
  case constant(efficiency: Double)

  /// Output per kW of module power [-] from direct current per kW of module power, where the inverter's rating is
  /// 1 / `ratio` of the modules' (ratio of direct to alternating current rating, e.g. 1.2).
  @inline(__always)
  func output(_ direct: Double, ratio: Double) -> Double {
    guard direct > 0 else { return 0 }
    switch self {
    case .pvwatts(let nominal):
      // The modules' rating over the ratio is the inverter's output; its input limit lies above by the efficiency.
      let limit = 1 / ratio / nominal
      let load = direct / limit
      let efficiency = nominal / 0.9637 * (-0.0162 * load - 0.0059 / load + 0.9858)
      return max(0, min(nominal * limit, efficiency * direct))
    case .constant(let efficiency): return min(1 / ratio, direct * efficiency)
    }
  }
}
