public import TulouDocument
import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Photovoltaics from weather to alternating current, hour by hour.
///
/// Sun -> irradiance on the plane (beam, sky, ground) -> reflection and soiling -> cell temperature -> module -> losses ->
/// inverter with clipping. All outputs are per kW of module power.
/// - Source: chain of PVWatts 5 (A. P. Dobos 2014, NREL/TP-6A20-62641); each link names its own.
public struct PhotovoltaicSystem: Sendable, Equatable {
  /// Module model.
  public enum Module: Sendable, Equatable {
    /// Power in proportion to irradiance, `1 + coefficient (T - 25)`; coefficient about -0.0035 1/K.
    case linear(temperatureCoefficient: Double)
    /// Single-diode equation.
    case singleDiode(SingleDiode)
  }

  /// How the modules stand.
  public var mounting: Mounting
  /// Sky model.
  public var transposition: Transposition
  /// Reflection of the ground [-].
  public var albedo: Double
  /// Share of light that dirt takes [-].
  public var soiling: Double
  /// Reflection at the glass: of the beam by its angle, of sky and ground light at their effective angles.
  public var incidence: IncidenceModifier
  /// Cell temperature.
  public var temperature: CellTemperature
  /// Module.
  public var module: Module
  /// Losses on the direct-current side [-]: shading, mismatch, wiring, connections, first light, nameplate, outages.
  public var losses: Double
  /// Module power over inverter power [-].
  public var powerRatio: Double
  /// Inverter.
  public var inverter: Inverter
  /// Height of the skyline [deg] in equal sectors of azimuth from north over east; empty: a flat horizon. Beam is lost while
  /// the sun stands below it.
  public var skyline: [Double]
  /// Rows that shade each other and see the ground from behind; nil: one plane that nothing shades.
  public var rows: RowField?

  /// A system; the defaults are those of PVWatts with Hay-Davies.
  public init(
    mounting: Mounting, transposition: Transposition = .hayDavies, albedo: Double = 0.2, soiling: Double = 0,
    incidence: IncidenceModifier = .none, temperature: CellTemperature = .openRack,
    module: Module = .linear(temperatureCoefficient: -0.0035), losses: Double = 0.14075660688264469,
    powerRatio: Double = 1.2, inverter: Inverter = .pvwatts(), skyline: [Double] = [],
    rows: RowField? = nil
  ) {
    self.mounting = mounting
    self.transposition = transposition
    self.albedo = albedo
    self.soiling = soiling
    self.incidence = incidence
    self.temperature = temperature
    self.module = module
    self.losses = losses
    self.powerRatio = powerRatio
    self.inverter = inverter
    self.skyline = skyline
    self.rows = rows
  }

  /// PVWatts' product of losses [-]: soiling 2 %, shading 3 %, mismatch 2 %, wiring 2 %, connections 0.5 %, light-induced
  /// 1.5 %, nameplate 1 %, availability 3 %.
  public static let usualLosses = 0.14075660688264469

  /// Irradiance and power of every step, `count == horizon.steps` each.
  public struct Series: Sendable, Equatable {
    /// Irradiance on the plane [kW/m2].
    public var planeIrradiance: [Double]
    /// Cell temperature [degC].
    public var cellTemperature: [Double]
    /// Direct current per kW of module power [-].
    public var directPower: [Double]
    /// Alternating current per kW of module power [-].
    public var power: [Double]
  }

  /// Irradiance on the plane [kW/m2].
  ///
  /// - Throws: where a parameter or an input is outside validity.
  public func planeIrradiance(_ light: Light, path: SunPath) throws(ProjectFault) -> [Double] {
    try validate(light, path)
    var result = [Double](repeating: 0, count: path.up.count)
    run(light, path) { t, plane, _ in result[t] = plane }
    return result
  }

  /// The whole chain; air temperature [degC] and wind speed at 10 m [m/s], one value a step.
  public func series(
    _ light: Light, path: SunPath, airTemperature: [Double], windSpeed: [Double]
  ) throws(ProjectFault) -> Series {
    try validate(light, path)
    let steps = path.up.count
    guard airTemperature.count == steps, windSpeed.count == steps else {
      throw ProjectFault("Air temperature and wind speed must have \(steps) values each.")
    }
    for (name, values) in [("Air temperature", airTemperature), ("Wind speed", windSpeed)] {
      if let t = values.firstIndex(where: { !$0.isFinite }) {
        throw ProjectFault("\(name) of step \(t + 1) is no number.")
      }
    }
    var result = Series(
      planeIrradiance: [Double](repeating: 0, count: steps), cellTemperature: airTemperature,
      directPower: [Double](repeating: 0, count: steps), power: [Double](repeating: 0, count: steps))
    let kept = 1 - losses
    // What a balance with memory needs of the nights as well.
    var remembered: [Double]?
    if case .fuentes = temperature {
      var planes = [Double](repeating: 0, count: steps)
      run(light, path) { t, plane, _ in planes[t] = plane }
      let cells = temperature.series(
        irradiance: planes, air: airTemperature, wind: windSpeed, stepHours: path.stepHours)
      result.cellTemperature = cells
      remembered = cells
    }
    run(light, path) { t, plane, effective in
      guard plane > 0 else { return }
      let cell =
        remembered?[t] ?? temperature.celsius(irradiance: plane, air: airTemperature[t], wind: windSpeed[t])
      let direct: Double
      switch module {
      case .linear(let coefficient): direct = effective * (1 + coefficient * (cell - 25)) * kept
      case .singleDiode(let diode):
        direct = diode.maximumPower(irradiance: effective, celsius: cell).watts / diode.ratedWatts * kept
      }
      result.planeIrradiance[t] = plane
      result.cellTemperature[t] = cell
      result.directPower[t] = direct
      result.power[t] = inverter.output(direct, ratio: powerRatio)
    }
    return result
  }

  /// Light on the horizontal.
  public struct Light: Sendable, Equatable {
    /// Global horizontal irradiance [kW/m2].
    public var global: [Double]
    /// Beam normal irradiance [kW/m2].
    public var beam: [Double]
    /// Diffuse horizontal irradiance [kW/m2].
    public var diffuse: [Double]
    /// Three series of one length.
    public init(global: [Double], beam: [Double], diffuse: [Double]) {
      self.global = global
      self.beam = beam
      self.diffuse = diffuse
    }
    /// Global irradiance split by a model.
    public init(
      global: [Double], path: SunPath, by model: Decomposition = .erbs, pressurePascal: Double? = nil
    ) throws(ProjectFault) {
      let split = try model.split(
        global: global, path: path, pressurePascal: pressurePascal ?? path.site.standardPressurePascal
      ).possible(path)
      self.init(global: global, beam: split.beamNormal, diffuse: split.diffuseHorizontal)
    }
  }

  private func validate(_ light: Light, _ path: SunPath) throws(ProjectFault) {
    var found: [Diagnostic] = []
    mounting.validate(&found)
    rows?.validate(&found)
    if rows != nil, transposition == .perez {
      found.append(Diagnostic(.error, "Rows take the sky of Hay and Davies or an even one, not that of Perez."))
    }
    if rows != nil, mounting == .twoAxis {
      found.append(Diagnostic(.error, "Modules that follow the sun on two axes do not stand in rows."))
    }
    check(albedo, in: 0...1, "albedo", "", &found)
    check(soiling, in: 0...0.95, "soiling", "", &found)
    check(losses, in: 0...0.95, "losses of the array", "", &found)
    check(powerRatio, in: 0.2...5, "ratio of module to inverter power", "", &found)
    for height in skyline { check(height, in: 0...80, "height of the skyline", "deg", &found) }
    let steps = path.up.count
    if light.global.count != steps || light.beam.count != steps || light.diffuse.count != steps {
      found.append(Diagnostic(.error, "Global, beam and diffuse irradiance must have \(steps) values each."))
    } else {
      for (name, values) in [("Global", light.global), ("Beam", light.beam), ("Diffuse", light.diffuse)] {
        if let t = values.firstIndex(where: { !($0 > -0.05 && $0 < 2) }) {
          found.append(
            Diagnostic(
              .error, "\(name) irradiance of step \(t + 1) is \(values[t]) kW/m2, but must lie between 0 and 2 kW/m2."))
        }
      }
    }
    if !found.isEmpty { throw ProjectFault(found) }
  }

  /// Calls `use` with each lit step's irradiance on the plane and what reaches the cells [kW/m2].
  @inline(__always)
  private func run(_ light: Light, _ path: SunPath, _ use: (Int, Double, Double) -> Void) {
    var normal = (0.0, 0.0, 1.0)
    var tracker: SingleAxisTracker.Frame?
    if case .fixed(let tilt, let azimuth) = mounting {
      let s = sin(radians(tilt))
      normal = (s * sin(radians(azimuth)), s * cos(radians(azimuth)), cos(radians(tilt)))
    }
    if case .singleAxis(let axis) = mounting { tracker = SingleAxisTracker.Frame(axis) }
    var sinTilt = (1 - normal.2 * normal.2).squareRoot()
    let clean = 1 - soiling
    var kept = incidence.diffuse(cosTilt: normal.2)
    let field = rows.map { RowTable($0, mounting: mounting) }
    for t in path.up.indices {
      let up = path.up[t]
      let global = light.global[t], diffuse = light.diffuse[t]
      // Twilight counts: the sun of the step's middle may be down in a step that has light.
      guard global > 0 || diffuse > 0 || light.beam[t] > 0 else { continue }
      // Without beam and diffuse the class of Perez' sky is undefined, and the reference gives nothing, ground included.
      if transposition == .perez, diffuse <= 0, light.beam[t] <= 0, path.apparentZenith[t] <= 90 { continue }
      let east = path.east[t], north = path.north[t]
      if let tracker {
        normal = up < 0 ? (0, 0, 1) : tracker.normal(tracker.angle(east, north, up))
        sinTilt = max(0, 1 - normal.2 * normal.2).squareRoot()
        if incidence != .none { kept = incidence.diffuse(cosTilt: normal.2) }
      } else if mounting == .twoAxis && up > 0 {
        normal = (east, north, up)
        sinTilt = max(0, 1 - up * up).squareRoot()
        if incidence != .none { kept = incidence.diffuse(cosTilt: up) }
      }
      let cosine = max(0, east * normal.0 + north * normal.1 + up * normal.2)
      var beam = light.beam[t]
      if !skyline.isEmpty && hidden(path, t) { beam = 0 }
      if let field {
        let circumsolar = transposition == .hayDavies ? light.beam[t] / path.extraterrestrialNormal[t] : 0
        let met = field.light(
          global: global, beam: beam, diffuse: diffuse, circumsolar: circumsolar, sun: (east, north, up),
          normal: normal, sinTilt: sinTilt, albedo: albedo, incidence: incidence)
        use(
          t, met.front + met.rear * field.rearWeight,
          (met.frontEffective + met.rearEffective * field.rearWeight) * clean)
        continue
      }
      let direct = beam * cosine
      let sky = transposition.sky(
        diffuse: diffuse, beam: beam, extraterrestrial: path.extraterrestrialNormal[t], cosIncidence: cosine,
        cosZenith: up, zenith: path.apparentZenith[t], cosTilt: normal.2, sinTilt: sinTilt)
      let ground = global * albedo * (1 - normal.2) * 0.5
      let effective = (direct * incidence.beam(cosIncidence: cosine) + sky * kept.sky + ground * kept.ground) * clean
      use(t, direct + sky + ground, effective)
    }
  }

  private func hidden(_ path: SunPath, _ t: Int) -> Bool {
    let sector = path.azimuth(t) / 360 * Double(skyline.count)
    let left = Int(saturating: sector) % skyline.count
    let share = sector - sector.rounded(.down)
    let height = skyline[left] + (skyline[(left + 1) % skyline.count] - skyline[left]) * share
    return 90 - path.apparentZenith[t] < height
  }
}
