package import TulouDocument
import TulouQuantities

/// Splits a metered demand into a part that follows heating degrees, one that follows cooling degrees and the rest.
///
/// Daily energies are fitted by `E_d = b + h max(0, Th - T_d) + c max(0, T_d - Tc)` (least squares, no negative slope), Th
/// and Tc searched in whole degrees; the fitted heat and cold of a day are spread over its hours like the degrees of the
/// hours, never more than what was metered.
/// - Source: the change-point model of energy signatures, M. F. Fels 1986, "PRISM: an introduction", Energy and Buildings 9,
///   5-18; with two change points: Kissock, Haberl, Claridge 2003, ASHRAE Transactions 109(2), 425-434.
package struct TemperatureSplit: Sendable, Equatable {
  /// Electricity that does not follow temperature [kW].
  package var base: [Double]
  /// Electricity for heating [kW].
  package var heating: [Double]
  /// Electricity for cooling [kW].
  package var cooling: [Double]
  /// Temperature below which heating begins [degC].
  package var heatingCelsius: Double
  /// Temperature above which cooling begins [degC].
  package var coolingCelsius: Double
  /// Electricity for heating per kelvin below its change point, and for cooling per kelvin above [kW/K].
  package var heatingSlope: Double, coolingSlope: Double
  /// Whether at least three days lie on either side of the change point; else the point is the usual one, and base and part
  /// cannot be told apart.
  package var showsHeating: Bool, showsCooling: Bool
  /// Part of the variance of daily energies that the fit explains, R2 [-].
  package var explained: Double

  /// Splits a meter; the three parts add up to it in every step.
  ///
  /// - Parameters:
  ///   - metered: Power [kW], whole days of equal steps.
  ///   - temperature: Outdoor temperature [degC].
  ///   - stepHours: Length of a step [h], a part of a day.
  package init(metered: [Double], temperature: [Double], stepHours: Double = 1) throws(ProjectFault) {
    let perDay = Int(saturating: (24 / stepHours).rounded())
    guard perDay > 0, metered.count == temperature.count, metered.count >= 28 * perDay, metered.count % perDay == 0
    else {
      throw ProjectFault("A split by temperature needs at least 28 whole days of power and temperature.")
    }
    if let t = metered.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw ProjectFault("The metered power of step \(t + 1) is \(metered[t]) kW, but must not be negative.")
    }
    let days = metered.count / perDay
    func daily(_ series: [Double]) -> [Double] {
      (0..<days).map { series[($0 * perDay)..<(($0 + 1) * perDay)].reduce(0, +) / Double(perDay) }
    }
    let load = daily(metered), air = daily(temperature)
    var best = (error: Double.infinity, heat: 15.0, cold: 24.0, h: 0.0, c: 0.0)
    // Nearest to the usual points first: where days on one side of a point are missing, many points fit alike.
    for heatBase in TemperatureSplit.candidates(8...20, usual: 15) {
      for coldBase in TemperatureSplit.candidates(18...28, usual: 24) where coldBase >= heatBase {
        let x = air.map { max(0, heatBase - $0) }, y = air.map { max(0, $0 - coldBase) }
        let fit = TemperatureSplit.fit(load, x, y)
        if fit.error < best.error * (1 - 1e-9) { best = (fit.error, heatBase, coldBase, fit.h, fit.c) }
      }
    }
    heatingCelsius = best.heat
    coolingCelsius = best.cold
    heatingSlope = best.h
    coolingSlope = best.c
    showsHeating = air.count { $0 > best.heat } >= 3 && air.count { $0 < best.heat } >= 3
    showsCooling = air.count { $0 < best.cold } >= 3 && air.count { $0 > best.cold } >= 3
    let mean = load.reduce(0, +) / Double(days)
    let spread = load.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    explained = spread > 0 ? max(0, 1 - best.error / spread) : 0
    base = metered
    heating = [Double](repeating: 0, count: metered.count)
    cooling = heating
    for d in 0..<days {
      let range = (d * perDay)..<((d + 1) * perDay)
      let warmth = range.map { max(0, best.heat - temperature[$0]) }
      let heat = range.map { max(0, temperature[$0] - best.cold) }
      let wantedHeat = best.h * max(0, best.heat - air[d]) * Double(perDay)
      let wantedCold = best.c * max(0, air[d] - best.cold) * Double(perDay)
      let sumWarmth = warmth.reduce(0, +), sumHeat = heat.reduce(0, +)
      for (i, t) in range.enumerated() {
        let a = sumWarmth > 0 ? wantedHeat * warmth[i] / sumWarmth : 0
        let b = sumHeat > 0 ? wantedCold * heat[i] / sumHeat : 0
        let scale = a + b > metered[t] ? metered[t] / (a + b) : 1
        heating[t] = a * scale
        cooling[t] = b * scale
        base[t] = max(0, metered[t] - heating[t] - cooling[t])
      }
    }
  }

  /// Whole degrees of a range, the usual one first, then outwards.
  private static func candidates(_ range: ClosedRange<Int>, usual: Int) -> [Double] {
    range.sorted { (abs($0 - usual), $0) < (abs($1 - usual), $1) }.map(Double.init)
  }

  /// Least squares of `z = b + h x + c y`; a negative slope is set to 0 and the rest fitted again.
  private static func fit(_ z: [Double], _ x: [Double], _ y: [Double]) -> (error: Double, h: Double, c: Double) {
    func centred(_ v: [Double]) -> [Double] {
      let mean = v.reduce(0, +) / Double(v.count)
      return v.map { $0 - mean }
    }
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let a = centred(z), u = centred(x), v = centred(y)
    let uu = product(u, u), vv = product(v, v), uv = product(u, v), ua = product(u, a), va = product(v, a)
    let determinant = uu * vv - uv * uv
    var h = 0.0, c = 0.0
    if determinant > 1e-9 * max(1, uu * vv) {
      h = (ua * vv - va * uv) / determinant
      c = (va * uu - ua * uv) / determinant
    }
    if h < 0 || c < 0 || determinant <= 1e-9 * max(1, uu * vv) {
      let alone = (uu > 0 ? max(0, ua / uu) : 0, vv > 0 ? max(0, va / vv) : 0)
      let gain = (alone.0 * ua, alone.1 * va)
      (h, c) = gain.0 >= gain.1 ? (alone.0, 0) : (0, alone.1)
    }
    let error = zip(a, zip(u, v)).reduce(0) { sum, pair in
      let rest = pair.0 - h * pair.1.0 - c * pair.1.1
      return sum + rest * rest
    }
    return (error, h, c)
  }
}
