public import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A module by the single-diode equation with the parameters of the CEC library.
///
/// `I = IL - I0 (exp((V + I Rs)/a) - 1) - (V + I Rs)/Rsh`, the five parameters scaled to irradiance and temperature.
/// - Source: W. De Soto, S. A. Klein, W. A. Beckman 2006, Solar Energy 80, 78-88; A. Dobos 2012, Journal of Solar Energy
///   Engineering 134 (adjusted temperature coefficient).
public struct SingleDiode: Sendable, Equatable {
  /// Temperature coefficient of the short-circuit current [A/K].
  public var currentCoefficient: Double
  /// Modified ideality factor at reference a [V].
  public var idealityVoltage: Double
  /// Light current at reference [A].
  public var lightCurrent: Double
  /// Saturation current at reference [A].
  public var saturationCurrent: Double
  /// Shunt resistance at reference [ohm].
  public var shuntResistance: Double
  /// Series resistance [ohm].
  public var seriesResistance: Double
  /// Adjustment of the temperature coefficient [%].
  public var adjustPercent: Double
  /// Rated power at 1,000 W/m2 and 25 degC [W].
  public var ratedWatts: Double

  /// A module; columns of the CEC library: alpha_sc, a_ref, I_L_ref, I_o_ref, R_sh_ref, R_s, Adjust, STC.
  public init(
    currentCoefficient: Double, idealityVoltage: Double, lightCurrent: Double, saturationCurrent: Double,
    shuntResistance: Double, seriesResistance: Double, adjustPercent: Double = 0, ratedWatts: Double
  ) throws(ProjectFault) {
    self.currentCoefficient = currentCoefficient
    self.idealityVoltage = idealityVoltage
    self.lightCurrent = lightCurrent
    self.saturationCurrent = saturationCurrent
    self.shuntResistance = shuntResistance
    self.seriesResistance = seriesResistance
    self.adjustPercent = adjustPercent
    self.ratedWatts = ratedWatts
    var found: [Diagnostic] = []
    check(idealityVoltage, in: 0.01...1000, "ideality voltage of the module", "V", &found)
    check(lightCurrent, in: 1e-3...1000, "light current of the module", "A", &found)
    check(saturationCurrent, in: 1e-30...1e-2, "saturation current of the module", "A", &found)
    check(shuntResistance, in: 1e-2...1e9, "shunt resistance of the module", "ohm", &found)
    check(seriesResistance, in: 0...100, "series resistance of the module", "ohm", &found)
    check(ratedWatts, in: 1e-3...1e5, "rated power of the module", "W", &found)
    if !found.isEmpty { throw ProjectFault(found) }
  }

  /// Largest power [W] and its voltage [V] for irradiance on the cells [kW/m2] and cell temperature [degC].
  ///
  /// The point of largest power solves `d(V I)/dV = 0` along the diode voltage `D = V + I Rs`, in which current and voltage
  /// are explicit; Newton's method from 0.8 of the open-circuit voltage, ended where the step is below 1e-12 of it.
  public func maximumPower(irradiance: Double, celsius: Double) -> (watts: Double, volts: Double) {
    guard irradiance > 1e-9 else { return (0, 0) }
    let k = 8.617333262145e-05, reference = 298.15
    let kelvin = celsius + 273.15
    let gap = 1.121 * (1 - 0.0002677 * (kelvin - reference))
    let a = idealityVoltage * kelvin / reference
    let slope = currentCoefficient * (1 - adjustPercent / 100)
    let light = irradiance * (lightCurrent + slope * (kelvin - reference))
    let ratio = kelvin / reference
    let saturation =
      saturationCurrent * ratio * ratio * ratio * exp(1.121 / (k * reference) - gap / (k * kelvin))
    let leak = irradiance / shuntResistance
    guard light > 0 else { return (0, 0) }
    // Open circuit: light = saturation (e^(d/a) - 1) + leak d, from above; the function is convex and rising.
    var open = a * log1p(light / saturation)
    for _ in 0..<50 {
      let e = exp(open / a)
      let f = saturation * (e - 1) + leak * open - light
      let step = f / (saturation * e / a + leak)
      open -= step
      if abs(step) < 1e-13 * open { break }
    }
    // P(d) = (d - I Rs) I with I(d) = light - saturation (e - 1) - leak d.
    var low = 0.0, high = open
    var d = 0.85 * open
    for _ in 0..<100 {
      let e = exp(d / a)
      let current = light - saturation * (e - 1) - leak * d
      let first = -saturation * e / a - leak
      let second = -saturation * e / (a * a)
      let gradient = current + d * first - 2 * seriesResistance * current * first
      let curvature =
        2 * first + d * second - 2 * seriesResistance * (first * first + current * second)
      if gradient > 0 { low = d } else { high = d }
      var next = d - gradient / curvature
      if !(next > low && next < high) || curvature >= 0 { next = (low + high) / 2 }
      let step = abs(next - d)
      d = next
      if step < 1e-13 * open { break }
    }
    let current = light - saturation * (exp(d / a) - 1) - leak * d
    let volts = d - current * seriesResistance
    return (max(0, volts * current), volts)
  }
}
