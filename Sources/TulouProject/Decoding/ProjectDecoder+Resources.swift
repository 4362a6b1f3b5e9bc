import TulouDocument
import TulouQuantities
import TulouResources
import TulouTechnologies

extension ProjectDecoder {
  func readResources(
    _ node: Node?, lakes: [String: String] = [:], _ decoding: inout Decoding
  ) -> any ResourceProvider {
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
          input.noteDefaults(entry.value, runSeed: seed, &inner)
          var resource = readResource(input, entry, &inner)
          joinUpstream(input, entry, resources, lakes, into: &resource, &inner)
          resources.entries.append((entry.key, resource))
          readOwnRows(input, entry, resource, into: &resources, &inner)
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
    entry.source = input.source
    entry.seed = seed
    entry.dailyRange = input.dailyRange
    entry.monthlyTemperature = input.monthlyTemperature
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
        entry.notes.append("Hours of sun drawn from monthly means, seed \(seed).")
      } else {
        decoding.error("'monthly_ghi' needs 'site' with latitude and longitude.", at: node.mark)
      }
    } else if let values = given("ghi", input.ghi, .irradiance, Bounds(0, 2, "between 0 and 2 kW/m2"), &decoding) {
      entry.irradiance = full(values, times: input.scale)
    }
    if let monthly = input.monthlyTemperature {
      entry.temperature = synthesis("monthly_temperature", &decoding) { (horizon) throws(ProjectFault) in
        try TemperatureSynthesis(monthlyMeans: monthly, diurnalRange: .kelvin(input.dailyRange), seed: seed)
          .series(over: horizon)
      }
      entry.notes.append("Hours of temperature drawn from monthly means, seed \(seed).")
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
      entry.notes.append("Hours of wind drawn from means by a Weibull distribution, seed \(seed).")
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
    if let stability = input.stability {
      if !entry.shearIsDefault {
        decoding.error("'stability' takes the place of 'roughness' and 'shear_exponent'.", at: node.mark)
      }
      entry.stability = stability
      entry.shearIsDefault = false
      entry.notes.append("Wind carried in height by the stability of the air (\(stability)).")
    }
    entry.ecological = input.ecological
    if let monthly = input.monthlyFlow {
      entry.flow = synthesis("monthly_flow", &decoding) { (horizon) throws(ProjectFault) in
        try FlowSynthesis(monthlyMeans: monthly, seed: seed).series(over: horizon)
      }.map { full($0, times: input.scale) }
      entry.notes.append("Hours of flow drawn from monthly means, seed \(seed).")
    } else if let values = given("flow", input.flow, .flow, .notNegative, &decoding) {
      entry.flow = full(values, times: input.scale)
    }
    if let curve = input.flowDuration { bring(to: curve, &entry, &decoding) }
    if let weather = input.weather {
      decoding.within("weather") { readWeather(weather, input.scale, into: &entry, &$0) }
    }
    if input.rain != nil || input.snowDays != nil {
      entry.facts = WeatherFacts(
        rain: input.rain ?? entry.facts?.rain, snowDays: input.snowDays ?? entry.facts?.snowDays,
        greatestSnow: entry.facts?.greatestSnow)
    }
    scaleToAtlas(input, node, &entry, &decoding)
    readCurrent(input, &entry, &decoding)
    if let gas = input.digested(node, &decoding) {
      entry.gas = full([gas], times: input.scale)
    } else if input.animals.isEmpty, input.residues.isEmpty,
      let values = given("gas", input.gas, .gasFlow, .notNegative, &decoding)
    {
      entry.gas = full(values, times: input.scale)
    }
    let empty =
      entry.irradiance == nil && entry.temperature == nil && entry.speed == nil && entry.flow == nil && entry.gas == nil
      && entry.current == nil && entry.facts == nil && input.upstream == nil
    if empty && !decoding.hasErrors {
      decoding.error(
        "The resource '\(node.key)' gives nothing.",
        advice: "Give it 'monthly_ghi', 'speed', 'flow', 'temperature' or another series.", at: node.mark)
    }
    return entry
  }

  /// Scales the wind to an atlas's mean at its height.
  private func scaleToAtlas(
    _ input: ResourceFileInput, _ node: Node.Entry, _ entry: inout ProjectResources.Entry, _ decoding: inout Decoding
  ) {
    guard let atlas = input.atlas else { return }
    decoding.within("atlas") { inner in
      var value = AtlasInput()
      inner.read(AtlasInput.table, atlas, into: &value)
      guard value.speed > 0, value.height > 0 else { return }
      guard let speed = entry.speed, let mean = weightedMean(speed, inner.horizon), mean > 0 else {
        inner.error("There is no wind to scale.", advice: "Give 'weather', 'speed' or 'monthly_speed'.", at: atlas.mark)
        return
      }
      // The shape of the hours stays; height and mean are the atlas's from here on.
      entry.atlasFactor = value.speed / mean
      entry.speed = speed.map { $0 * value.speed / mean }
      entry.height = value.height
      entry.isStation = false
      let sentence = "Wind scaled to a mean of \(value.speed.plain) m/s at \(value.height.plain) m."
      entry.notes.append(sentence)
      inner.assume("\(value.speed.plain) m/s at \(value.height.plain) m", source: sentence, kind: .repair)
    }
  }

  private func weightedMean(_ values: [Double], _ horizon: Horizon) -> Double? {
    var sum = 0.0, weights = 0.0
    for (period, start) in zip(horizon.periods, horizon.periodStarts) {
      for t in start..<min(values.count, start + period.steps) {
        sum += values[t] * period.weight
        weights += period.weight
      }
    }
    return weights > 0 ? sum / weights : nil
  }

  /// Tide by constituents, or a current as given.
  private func readCurrent(
    _ input: ResourceFileInput, _ entry: inout ProjectResources.Entry, _ decoding: inout Decoding
  ) {
    if let tidal = input.tidal {
      decoding.within("tidal") { inner in
        var tide = TideInput()
        inner.read(TideInput.table, tidal, into: &tide)
        do throws(ProjectFault) {
          let current = try TidalCurrent(mean: tide.mean, constituents: tide.constituents).series(over: inner.horizon)
          entry.current = current.map { $0 * input.scale }
          entry.notes.append("Current of \(tide.constituents.count) tidal constituents, without nodal corrections.")
        } catch {
          inner.adopt(error, at: tidal.mark)
        }
      }
    } else if let current = input.current {
      decoding.within("current") { inner in
        let bounds = Bounds(-15, 15, "between -15 m/s and 15 m/s")
        guard let values = inner.series(current, [.speed], in: bounds)?.values else { return }
        let all = values.count == 1 ? [Double](repeating: values[0], count: inner.horizon.steps) : values
        entry.current = all.map { $0 * input.scale }
      }
    }
  }
}
