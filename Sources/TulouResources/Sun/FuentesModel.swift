#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cell temperature by a heat balance with the module's own heat capacity, as PVWatts counts it.
///
/// The one parameter is the temperature at which installed cells settle in 0.8 kW/m2, 20 degC and 1 m/s: 45 degC on an open
/// rack, 49 degC on a roof. From it follow how warm the side below is and how much both sides lose to the air.
/// - Source: M. K. Fuentes 1987, "A simplified thermal model for flat-plate photovoltaic arrays", SAND85-0330, equations 3, 4, 7,
///   8, 22, 24, 26, 27; the two temperatures: A. P. Dobos 2014, PVWatts version 5 manual, NREL/TP-6A20-62641, section 7.
struct FuentesModel {
  // Constants of the report.
  private static let stefanBoltzmann = 5.669e-8
  private static let emissivity = 0.84
  private static let absorptance = 0.83
  /// Heat capacity of a module [J/(m2 K)].
  private static let capacity = 11_000.0
  /// Sine of the tilt that free convection is counted for: 30 degrees.
  private static let sinTilt = 0.5
  /// Hydraulic diameter of a module of 0.32 m by 1.2 m [m].
  private static let length = 2 * (0.31579 * 1.2) / (0.31579 + 1.2)
  /// Wind at the module, 5 m high, over that of a mast of 9.144 m (30 ft).
  private static let windRatio = pow(5 / 9.144, 0.2)
  private static let standardAir = 293.15

  /// Warmth of the ground side over the air, per that of the module [-].
  private let groundRatio: Double
  /// Loss to the air of both sides over that of the upper [-].
  private let convectionRatio: Double
  private let capacity: Double

  init(installedCelsius: Double) {
    let t = installedCelsius + 273.15, air = Self.standardAir
    let sky = 282.21  // of the standard conditions [K]
    let radiation = Self.emissivity * Self.stefanBoltzmann
    let sun = Self.absorptance * 800
    let convection = Self.convection((t + air) / 2, wind: 1, difference: t - air, turbulent: false)
    let ground = radiation * (t * t + air * air) * (t + air)
    func fourth(_ x: Double) -> Double { x * x * x * x }
    let back =
      (sun - radiation * (fourth(t) - fourth(sky)) - convection * (t - air)) / ((ground + convection) * (t - air))
    let below = min(t, max(air, pow(fourth(t) - back * (fourth(t) - fourth(air)), 0.25)))
    groundRatio = (below - air) / (t - air)
    convectionRatio =
      (sun - radiation * (2 * fourth(t) - fourth(sky) - fourth(below))) / (convection * (t - air))
    // Close to a roof, the roof takes part.
    capacity = Self.capacity * (t > 321.15 ? 1 + (t - 321.15) / 12 : 1)
  }

  /// Cell temperature of every step [degC] for irradiance on the plane [kW/m2], air [degC] and wind at 10 m [m/s].
  func series(irradiance: [Double], air: [Double], wind: [Double], stepHours: Double) -> [Double] {
    var module = Self.standardAir
    var before = 0.0
    let radiation = Self.emissivity * Self.stefanBoltzmann
    return irradiance.indices.map { t in
      let ambient = air[t] + 273.15
      let sun = max(0, irradiance[t]) * 1000 * Self.absorptance
      let speed = max(0, wind[t]) * Self.windRatio + 1e-4
      let sky = 0.68 * (0.0552 * ambient * ambient.squareRoot()) + 0.32 * ambient
      var next = module
      for _ in 0..<10 {
        let convection =
          convectionRatio
          * Self.convection((next + ambient) / 2, wind: speed, difference: abs(next - ambient), turbulent: true)
        let toSky = radiation * (next * next + sky * sky) * (next + sky)
        let below = ambient + groundRatio * (next - ambient)
        let toGround = radiation * (next * next + below * below) * (next + below)
        let loss = convection + toSky + toGround
        let exponent = -loss / capacity * stepHours * 3600
        let kept = exponent > -10 ? exp(exponent) : 0
        let drive = convection * ambient + toSky * sky + toGround * below
        next =
          module * kept
          + ((1 - kept) * (drive + before + (sun - before) / exponent) + sun - before) / loss
      }
      module = next
      before = sun
      return next - 273.15
    }
  }

  /// Loss to the air of the upper side [W/(m2 K)]: free, laminar and turbulent flow together.
  private static func convection(_ mean: Double, wind: Double, difference: Double, turbulent: Bool) -> Double {
    let density = 0.003484 * 101_325 / mean
    let viscosity = 0.24237e-6 * pow(mean, 0.76) / density
    let conductivity = 2.1695e-4 * pow(mean, 0.84)
    let reynolds = wind * length / viscosity
    let heat = density * wind * 1007
    let forced =
      turbulent && reynolds > 1.2e5
      ? 0.0282 / pow(reynolds, 0.2) * heat / pow(0.71, 0.4) : 0.86 / reynolds.squareRoot() * heat / pow(0.71, 0.67)
    let grashof = 9.8 / mean * difference * length * length * length / (viscosity * viscosity) * sinTilt
    let free = 0.21 * pow(grashof * 0.71, 0.32) * conductivity / length
    return cbrt(free * free * free + forced * forced * forced)
  }
}
