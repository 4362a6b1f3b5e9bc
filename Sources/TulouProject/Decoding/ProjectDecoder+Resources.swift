import TulouQuantities
import TulouResources
import TulouTechnologies

/// The series of all resources of a project, over its horizon.
struct ProjectResources: ResourceProvider {
  struct Entry: Sendable {
    var irradiance: [Double]?
    var temperature: [Double]?
    var speed: [Double]?
    var flow: [Double]?
    var gas: [Double]?
    var ecological = 0.0
    var height = 10.0
    var shear = WindShear.power(exponent: 1.0 / 7)
    var shearIsDefault = true
    var monthlyTemperature: [Double]?
    var dailyRange = 8.0
    var seed: UInt64 = 1
  }

  var entries: [(id: String, entry: Entry)] = []
  var site: Site?
  var horizon = Horizon.year(2025)

  func airTemperature(near resource: String, _ decoding: inout Decoding) -> [Double] {
    let own = entries.first { $0.id == resource }?.entry.temperature
    let having = entries.filter { $0.entry.temperature != nil }
    if let series = own ?? (having.count == 1 ? having[0].entry.temperature : nil) { return series }
    decoding.within("air_temperature") {
      $0.assume("15 degC", source: "no single resource has a temperature", kind: "default")
    }
    return [Double](repeating: 15, count: horizon.steps)
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
    case .irradiance(let tilt, let azimuth):
      guard let light = entry.irradiance else { return missing("irradiance", "'monthly_ghi' or 'ghi'") }
      guard let tilt, tilt != 0 else { return light }
      return plane(light, tilt: tilt, azimuth: azimuth, &decoding, at: mark)
    case .windSpeed(let height):
      guard let speed = entry.speed else { return missing("wind speed", "'monthly_speed', 'mean_speed' or 'speed'") }
      if height != entry.height && entry.shearIsDefault {
        decoding.within("shear_exponent") {
          $0.assume("0.143", source: "power law over open land; give 'roughness' or 'shear_exponent'", kind: "default")
        }
      }
      do throws(ProjectFault) {
        let factor = try entry.shear.factor(from: entry.height, to: height)
        return speed.map { $0 * factor }
      } catch {
        decoding.adopt(error, at: mark)
        return nil
      }
    case .airDensityRatio(let height):
      do throws(ProjectFault) {
        return [try AirDensity.altitudeRatio(metres: (site?.altitudeMetres ?? 0) + height)]
      } catch {
        decoding.adopt(error, at: mark)
        return nil
      }
    case .temperature: return entry.temperature ?? missing("temperature", "'monthly_temperature' or 'temperature'")
    case .flow: return entry.flow ?? missing("flow", "'monthly_flow' or 'flow'")
    case .ecologicalFlow: return [entry.ecological]
    case .gas: return entry.gas ?? missing("gas", "'cattle' with 'yield', or 'gas'")
    }
  }

  /// Irradiance on a tilted plane, the diffuse part split off by Erbs, carried over by Hay and Davies.
  private func plane(_ light: [Double], tilt: Double, azimuth: Double?, _ decoding: inout Decoding, at mark: Mark)
    -> [Double]?
  {
    guard let site else {
      decoding.error("A tilted plane needs 'site' with latitude and longitude.", at: mark)
      return nil
    }
    do throws(ProjectFault) {
      let path = try SunPath(site: site, horizon: horizon, momentOfStep: 0.5)
      let mounting = Mounting.fixed(tilt: tilt, azimuth: azimuth ?? (site.latitudeDegrees < 0 ? 0 : 180))
      let parts = try PhotovoltaicSystem.Light(global: light, path: path)
      return try PhotovoltaicSystem(mounting: mounting).planeIrradiance(parts, path: path)
    } catch {
      decoding.adopt(error, at: mark)
      return nil
    }
  }
}

extension ProjectDecoder {
  func readResources(_ node: Node?, _ decoding: inout Decoding) -> any ResourceProvider {
    var resources = ProjectResources()
    resources.site = site?.site
    resources.horizon = decoding.horizon
    guard let node else { return resources }
    decoding.within("resources") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = ResourceFileInput()
          inner.read(ResourceFileInput.table, entry.value, into: &input)
          if let seed { input.seed = Int(clamping: seed) }
          resources.entries.append((entry.key, readResource(input, entry, &inner)))
        }
      }
    }
    return resources
  }

  private func readResource(_ input: ResourceFileInput, _ node: Node.Entry, _ decoding: inout Decoding)
    -> ProjectResources.Entry
  {
    var entry = ProjectResources.Entry()
    let steps = decoding.horizon.steps
    let seed = UInt64(input.seed)
    func full(_ values: [Double], times factor: Double = 1) -> [Double] {
      let all = values.count == 1 ? [Double](repeating: values[0], count: steps) : values
      return factor == 1 ? all : all.map { $0 * factor }
    }
    func synthesis(_ key: String, _ decoding: inout Decoding, _ make: (Horizon) throws(ProjectFault) -> [Double])
      -> [Double]?
    {
      decoding.within(key) { inner in
        do throws(ProjectFault) { return try make(inner.horizon) } catch {
          inner.adopt(error, at: (node.value[key] ?? node.value).mark)
          return nil
        }
      }
    }
    func given(_ key: String, _ value: Node?, _ measure: Measure, _ bounds: Bounds, _ decoding: inout Decoding)
      -> [Double]?
    {
      value.flatMap { value in decoding.within(key) { $0.series(value, [measure], in: bounds)?.values } }
    }
    if let monthly = input.monthlyGHI {
      if let site = site?.site {
        entry.irradiance = synthesis("monthly_ghi", &decoding) { (horizon) throws(ProjectFault) in
          try IrradianceSynthesis(site: site, monthlyMeans: monthly, linkeTurbidity: input.turbidity, seed: seed)
            .series(over: horizon)
        }.map { full($0, times: input.scale) }
      } else {
        decoding.error("'monthly_ghi' needs 'site' with latitude and longitude.", at: node.mark)
      }
    } else if let values = given("ghi", input.ghi, .irradiance, Bounds(0, 2, "between 0 and 2 kW/m2"), &decoding) {
      entry.irradiance = full(values, times: input.scale)
    }
    entry.seed = seed
    entry.dailyRange = input.dailyRange ?? 8
    entry.monthlyTemperature = input.monthlyTemperature
    if let monthly = input.monthlyTemperature {
      entry.temperature = synthesis("monthly_temperature", &decoding) { (horizon) throws(ProjectFault) in
        try TemperatureSynthesis(monthlyMeans: monthly, diurnalRange: .kelvin(input.dailyRange ?? 8), seed: seed)
          .series(over: horizon)
      }
    } else if let values = given(
      "temperature", input.temperature, .temperature, Bounds(-90, 2000, "between -90 degC and 2000 degC"), &decoding)
    {
      entry.temperature = full(values)
    }
    if let means = input.monthlySpeed ?? input.meanSpeed.map({ [$0] }) {
      entry.speed = synthesis(input.monthlySpeed == nil ? "mean_speed" : "monthly_speed", &decoding) {
        (horizon) throws(ProjectFault) in
        try WindSynthesis(
          means: means, weibullShape: input.weibullShape, hourAutocorrelation: input.autocorrelation,
          diurnalStrength: input.diurnalStrength, peakHour: input.peakHour, seed: seed
        ).series(over: horizon)
      }.map { full($0, times: input.scale) }
    } else if let values = given("speed", input.speed, .speed, Bounds(0, 100, "between 0 and 100 m/s"), &decoding) {
      entry.speed = full(values, times: input.scale)
    }
    entry.height = input.height
    if let roughness = input.roughness {
      entry.shear = .logarithmic(roughnessMetres: roughness)
      entry.shearIsDefault = false
    } else if let exponent = input.shearExponent {
      entry.shear = .power(exponent: exponent)
      entry.shearIsDefault = false
    }
    entry.ecological = input.ecological
    if let monthly = input.monthlyFlow {
      entry.flow = synthesis("monthly_flow", &decoding) { (horizon) throws(ProjectFault) in
        try FlowSynthesis(monthlyMeans: monthly, seed: seed).series(over: horizon)
      }.map { full($0, times: input.scale) }
    } else if let values = given("flow", input.flow, .flow, .notNegative, &decoding) {
      entry.flow = full(values, times: input.scale)
    }
    if let weather = input.weather {
      decoding.within("weather") { readWeather(weather, input.scale, into: &entry, &$0) }
    }
    let heads = input.animals.values.reduce(0, +)
    if !input.animals.isEmpty {
      if let yield = input.yield {
        entry.gas = full([heads * yield * input.collected], times: input.scale)
      } else {
        decoding.error(
          "Animals need 'yield', the gas of one head.", advice: "For example 'yield: 1.0 m3/d'.", at: node.mark)
      }
    } else if let values = given("gas", input.gas, .gasFlow, .notNegative, &decoding) {
      entry.gas = full(values, times: input.scale)
    }
    let empty =
      entry.irradiance == nil && entry.temperature == nil && entry.speed == nil && entry.flow == nil && entry.gas == nil
    if empty && !decoding.hasErrors {
      decoding.error(
        "The resource '\(node.key)' gives nothing.",
        advice: "Give it 'monthly_ghi', 'speed', 'flow', 'temperature' or another series.", at: node.mark)
    }
    return entry
  }
}
