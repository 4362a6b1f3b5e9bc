import TulouDocument
import TulouQuantities
import TulouResources
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The series of all resources of a project, over its horizon.
struct ProjectResources: ResourceProvider {
  struct Entry: Sendable {
    var irradiance: [Double]?
    var beam: [Double]?
    var diffuse: [Double]?
    var temperature: [Double]?
    var speed: [Double]?
    var direction: [Double]?
    /// Pressure at the station of a weather file [Pa], and the station's height [m].
    var pressure: [Double]?
    var stationMetres = 0.0
    var flow: [Double]?
    var gas: [Double]?
    var current: [Double]?
    var ecological = 0.0
    /// Lake above on the same river, with what comes beside its releases.
    var regulated: RegulatedFlow?
    var height = 10.0
    var shear = WindShear.power(exponent: 1.0 / 7)
    var shearIsDefault = true
    /// Class of stability, or `hourly`; nil: the shear above.
    var stability: String?
    /// Whether the wind is that of a weather station, which seldom stands where turbines do.
    var isStation = false
    /// Where in the step the irradiance belongs.
    var moment = 0.5
    var monthlyTemperature: [Double]?
    var dailyRange = 8.0
    var seed: UInt64 = 1
    /// Recorded year of a weather file that stands for every year.
    var weatherYear: Int?
    /// Factor that a wind atlas put on the wind.
    var atlasFactor = 1.0
    var source = ""
    var notes: [String] = []
    var weather: Weather?
    var recorded: Weather?
    var facts: WeatherFacts?
  }

  var entries: [(id: String, entry: Entry)] = []
  /// Resources at the rows of their own files, where these are not the project's steps: of sun, and of wind.
  var sunRows: [String: OwnRows] = [:]
  var windRows: [String: OwnRows] = [:]
  var site: Site?
  var horizon = Horizon.year(2025)

  /// What the page of resources shows.
  var described: [ProjectResource] {
    entries.map { id, entry in
      var resource = ProjectResource(id: id, source: entry.source, notes: entry.notes)
      resource.windHeightMetres = entry.height
      resource.momentOfStep = entry.moment
      resource.weather = entry.weather
      resource.recorded = entry.recorded
      resource.facts = entry.facts
      if let own = sunRows[id] {
        let light: [(ProjectResource.Kind, [Double]?)] = [
          (.irradiance, own.entry.irradiance), (.beam, own.entry.beam), (.diffuse, own.entry.diffuse),
          (.temperature, own.entry.temperature), (.speed, own.entry.speed),
        ]
        resource.rows = (
          own.grid, own.entry.moment,
          light.compactMap { kind, values in values.map { ProjectResource.Series(kind, $0) } }
        )
      }
      let usable = entry.flow.map { $0.map { max(0, $0 - entry.ecological) } }
      let all: [(ProjectResource.Kind, [Double]?)] = [
        (.irradiance, entry.irradiance), (.beam, entry.beam), (.diffuse, entry.diffuse),
        (.temperature, entry.temperature), (.speed, entry.speed), (.direction, entry.direction), (.flow, entry.flow),
        (.usableFlow, entry.ecological > 0 ? usable : nil), (.gas, entry.gas), (.current, entry.current),
      ]
      resource.series = all.compactMap { kind, values in values.map { ProjectResource.Series(kind, $0) } }
      return resource
    }
  }

  func regulated(_ resource: String) -> RegulatedFlow? { entries.first { $0.id == resource }?.entry.regulated }

  func airTemperature(near resource: String, _ decoding: inout Decoding) -> [Double] {
    let own = entries.first { $0.id == resource }?.entry.temperature
    let having = entries.filter { $0.entry.temperature != nil }
    if let series = own ?? (having.count == 1 ? having[0].entry.temperature : nil) { return series }
    decoding.within("air_temperature") {
      $0.assume("15 degC", source: "no single resource has a temperature", kind: .default)
    }
    return [Double](repeating: 15, count: horizon.steps)
  }

  func windSpeed(near resource: String, _ decoding: inout Decoding) -> [Double] {
    let own = entries.first { $0.id == resource }?.entry.speed
    let having = entries.filter { $0.entry.speed != nil }
    if let series = own ?? (having.count == 1 ? having[0].entry.speed : nil) { return series }
    decoding.within("wind_speed") {
      $0.assume("1 m/s", source: "no single resource has a wind speed", kind: .default)
    }
    return [Double](repeating: 1, count: horizon.steps)
  }

  func light(of resource: String, _ decoding: inout Decoding, at mark: Mark) -> ResourceLight? {
    guard let global = series(.irradiance, of: resource, &decoding, at: mark),
      let entry = entries.first(where: { $0.id == resource })?.entry
    else { return nil }
    guard let site else {
      decoding.error("A tilted plane needs 'site' with latitude and longitude.", at: mark)
      return nil
    }
    do throws(ProjectFault) {
      let path = try SunPath(site: site, horizon: horizon, momentOfStep: entry.moment)
      if let beam = entry.beam, let diffuse = entry.diffuse {
        return ResourceLight(path: path, light: .init(global: global, beam: beam, diffuse: diffuse))
      }
      return ResourceLight(path: path, light: try .init(global: global, path: path))
    } catch {
      decoding.adopt(error, at: mark)
      return nil
    }
  }

  func series(_ quantity: ResourceQuantity, of resource: String, _ decoding: inout Decoding, at mark: Mark) -> [Double]?
  {
    guard let entry = entries.first(where: { $0.id == resource })?.entry else {
      let names = entries.map(\.id)
      decoding.error(
        "There is no resource '\(Node.short(resource))'.",
        advice: nearestName(to: resource, among: names).map { "Did you mean '\($0)'?" }
          ?? (names.isEmpty ? "The project has no 'resources'." : "Resources: \(names.joined(separator: ", "))."),
        at: mark)
      return nil
    }
    func missing(_ what: String, _ keys: String) -> [Double]? {
      decoding.error("The resource '\(resource)' has no \(what).", advice: "Give it \(keys).", at: mark)
      return nil
    }
    switch quantity {
    case .irradiance: return entry.irradiance ?? missing("irradiance", "'monthly_ghi' or 'ghi'")
    case .windSpeed(let height):
      guard let speed = entry.speed else { return missing("wind speed", "'monthly_speed', 'mean_speed' or 'speed'") }
      return wind(speed, entry, at: height, &decoding, mark)
    case .airDensityRatio(let height):
      do throws(ProjectFault) {
        return [try AirDensity.altitudeRatio(metres: (site?.altitudeMetres ?? 0) + height)]
      } catch {
        decoding.adopt(error, at: mark)
        return nil
      }
    case .hourlyDensityRatio(let height):
      let air = airTemperature(near: resource, &decoding)
      let ground = site?.altitudeMetres ?? 0
      // Pressure of the standard atmosphere at the hub; temperature of the hour, with its gradient.
      let base = 1 - 0.0065 * (ground + height) / 288.15
      let pressure = 101_325 * pow(max(0.1, base), 5.2559)
      return air.map {
        let hub = AirDensity.temperature($0, from: 2, to: height)
        return AirDensity.idealGas(pressurePascal: pressure, temperatureCelsius: hub) / AirDensity.standard
      }
    case .measuredDensityRatio(let height):
      guard let pressure = entry.pressure else {
        return missing("pressure", "'weather' with a file that holds it, or take 'density_from: temperature'")
      }
      let air = airTemperature(near: resource, &decoding)
      let hubMetres = (site?.altitudeMetres ?? entry.stationMetres) + height
      return air.indices.map { t in
        AirDensity.idealGas(
          pressurePascal: pressure[t], pressureHeight: entry.stationMetres, hubHeight: hubMetres,
          hubTemperatureCelsius: AirDensity.temperature(air[t], from: 2, to: height)) / AirDensity.standard
      }
    case .temperature: return entry.temperature ?? missing("temperature", "'monthly_temperature' or 'temperature'")
    case .flow: return entry.flow ?? missing("flow", "'monthly_flow' or 'flow'")
    case .ecologicalFlow: return [entry.ecological]
    case .gas: return entry.gas ?? missing("gas", "'cattle' with 'yield', or 'gas'")
    case .current: return entry.current ?? missing("current", "'tidal' or 'current'")
    }
  }

  /// The wind at a height by the stability of the air: of one class, or of each hour's sun and wind.
  private func stable(
    _ speed: [Double], _ stability: String, _ entry: Entry, at height: Double, _ decoding: inout Decoding, _ mark: Mark
  ) -> [Double]? {
    let having = entries.filter { $0.entry.irradiance != nil }
    let light = entry.irradiance ?? (having.count == 1 ? having[0].entry.irradiance : nil)
    let fixed = WindStability(rawValue: stability)
    guard fixed != nil || light != nil else {
      decoding.error(
        "'stability: hourly' needs the sun: give this resource irradiance, or the project one resource that has it.",
        at: mark)
      return nil
    }
    do throws(ProjectFault) {
      let factors = try WindStability.allCases.map { kind throws(ProjectFault) in
        try WindShear.power(exponent: kind.exponent).factor(from: entry.height, to: height)
      }
      return speed.indices.map { t in
        let kind = fixed ?? WindStability.of(windSpeed: speed[t], irradiance: light?[t] ?? 0)
        return speed[t] * factors[kind.index]
      }
    } catch {
      decoding.adopt(error, at: mark)
      return nil
    }
  }

  /// The wind at a height; a town's mast is not a wind farm, and that is said.
  private func wind(_ speed: [Double], _ entry: Entry, at height: Double, _ decoding: inout Decoding, _ mark: Mark)
    -> [Double]?
  {
    if height != entry.height && entry.shearIsDefault {
      decoding.within("shear_exponent") {
        $0.assume("0.143", source: "power law over open land; give 'roughness' or 'shear_exponent'", kind: .default)
      }
    }
    if let stability = entry.stability { return stable(speed, stability, entry, at: height, &decoding, mark) }
    do throws(ProjectFault) {
      let factor = try entry.shear.factor(from: entry.height, to: height)
      if entry.isStation && height > 4 * entry.height {
        decoding.warning(
          "The wind is carried from \(entry.height.plain) m to \(height.plain) m; a weather station's mast, often in town, is not a wind farm.",
          advice: "Scale it to a wind atlas's mean: 'atlas: {speed: 6.5 m/s, height: 100 m}'.", at: mark)
        let mean = speed.reduce(0, +) / Double(max(1, speed.count)) * factor
        if mean < 3 || mean > 12 {
          decoding.warning(
            "A mean of \(((mean * 100).rounded() / 100).plain) m/s at the hub is implausible for a wind turbine's site.",
            at: mark)
        }
      }
      return speed.map { $0 * factor }
    } catch {
      decoding.adopt(error, at: mark)
      return nil
    }
  }
}
