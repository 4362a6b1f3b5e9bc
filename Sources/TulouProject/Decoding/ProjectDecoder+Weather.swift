package import TulouDocument
import TulouQuantities
package import TulouResources
import TulouTechnologies

/// Brings weather files; the room Files does it.
package protocol WeatherReader: Sendable {
  /// The weather of a file, its path as the project names it.
  func weather(_ file: String) throws(ProjectFault) -> Weather
}

/// A weather file as the project names it, with the repairs that the user chose.
struct WeatherInput: Sendable {
  var file: String?
  var year: Int?
  var split: String?
  var shift: Double?
  var darkNights = false
  var fill: Double?

  static let table = FieldTable<WeatherInput>(
    "a weather file",
    [
      Field("file", .reference("file"), .required, "File, relative to the project file.") { $0.file = $2.text($1) },
      .integer("year", \.year, in: 1900...2200, "Recorded year that stands for every year of the horizon."),
      .number(
        "shift", \.shift, .time, in: Bounds(-3, 3, "between -3 h and 3 h"),
        "Repair: moves the sun against the stamps of irradiance."),
      Field(
        "split", .choice(splits),
        "Repair: keeps global irradiance and computes beam and diffuse anew by a model; 'file': keeps the file's own, also where they do not close."
      ) { $0.split = $2.choice($1, splits) },
      .flag("dark_nights", \.darkNights, .silent("false"), "Repair: sets irradiance in full night to 0."),
      .number(
        "fill", \.fill, .time, in: Bounds(0, 72, "between 0 h and 72 h"),
        "Repair: fills gaps of at most this length by straight lines."),
      .note("source", "Where the file comes from."),
    ])

  static let splits = ["file"] + Decomposition.allCases.map(\.rawValue)

  /// The repairs in the order in which they are made.
  func repairs(_ weather: Weather) -> [WeatherRepair] {
    var list: [WeatherRepair] = []
    if let fill {
      let longest = Int(saturating: (fill / weather.horizon.stepHours).rounded(.down))
      for quantity in [WeatherQuantity.globalHorizontal, .beamNormal, .diffuseHorizontal, .airTemperature, .windSpeed]
      where !(weather.columns[quantity]?.missing.isEmpty ?? true) {
        list.append(.interpolate(quantity: quantity, longestGap: longest))
      }
    }
    if let shift, shift != 0 { list.append(.shiftSun(hours: shift)) }
    if darkNights { list.append(.darkNights) }
    if let split, let model = Decomposition(rawValue: split) { list.append(.split(model)) }
    return list
  }
}

extension ProjectDecoder {
  /// Takes irradiance, temperature and wind of a weather file, as far as it has them.
  func readWeather(
    _ node: Node, _ scale: Double, into entry: inout ProjectResources.Entry, _ decoding: inout Decoding
  ) {
    var input = WeatherInput()
    decoding.read(WeatherInput.table, node, into: &input)
    guard let file = input.file else { return }
    guard let reader = decoding.seriesReader as? any WeatherReader else {
      decoding.error("Weather files cannot be read here.", at: node.mark)
      return
    }
    let place = (node["file"] ?? node).mark
    do throws(ProjectFault) {
      let recorded = try reader.weather(file)
      let repairs = input.repairs(recorded)
      var weather = try recorded.repaired(repairs)
      for repair in repairs { decoding.assume(file, source: repair.sentence, kind: .repair) }
      let quality = try WeatherQuality(weather)
      if input.split == "file" {
        try requireLight(weather)
      } else {
        try closeLight(&weather, quality, file, &decoding)
      }
      entry.recorded = recorded
      entry.weather = weather
      entry.facts = WeatherFacts(recorded)
      entry.weatherYear = input.year
      entry.notes.append("\(weather.source).")
      comparePlace(recorded, file, place, &decoding)
      entry.notes += repairs.map(\.sentence)
      try take(weather, year: input.year, scale, into: &entry, decoding.horizon)
      for note in recorded.notes where note.severity != .error { tell(note, place, &decoding) }
      for finding in quality.diagnostics(source: file) { tell(finding, place, &decoding) }
    } catch {
      decoding.adopt(error, at: place)
    }
  }

  /// Beam and diffuse of a file that do not close with its global irradiance are computed anew, and that is listed.
  private func closeLight(
    _ weather: inout Weather, _ quality: WeatherQuality, _ file: String, _ decoding: inout Decoding
  ) throws(ProjectFault) {
    guard weather.columns[.globalHorizontal]?.missing.isEmpty ?? false else { return }
    let complete =
      (weather.columns[.beamNormal]?.missing.isEmpty ?? false)
      && (weather.columns[.diffuseHorizontal]?.missing.isEmpty ?? false)
    guard !complete || (quality.closureWatts ?? .infinity) > WeatherQuality.closureLimit else { return }
    weather = try weather.repaired([.split(.erbs)])
    decoding.within("split") {
      $0.assume(
        "erbs", source: "beam and diffuse of '\(file)' do not close with its global irradiance", kind: .default)
    }
  }

  /// Beam and diffuse that the user wants to keep have to be there.
  private func requireLight(_ weather: Weather) throws(ProjectFault) {
    for quantity in [WeatherQuantity.beamNormal, .diffuseHorizontal] { _ = try weather.complete(quantity) }
  }

  /// Takes the columns of a file over a horizon, which may be the file's own rows.
  func take(
    _ weather: Weather, year: Int?, _ scale: Double, into entry: inout ProjectResources.Entry, _ horizon: Horizon
  ) throws(ProjectFault) {
    let offset = site == nil ? nil : site?.offset
    func series(_ quantity: WeatherQuantity) throws(ProjectFault) -> [Double]? {
      guard weather.columns[quantity] != nil else { return nil }
      return try weather.series(quantity, over: horizon, utcOffsetHours: offset, weatherYear: year)
    }
    func scaled(_ values: [Double]?) -> [Double]? { scale == 1 ? values : values?.map { $0 * scale } }
    if let global = scaled(try series(.globalHorizontal)) {
      entry.irradiance = global
      entry.beam = scaled(try series(.beamNormal))
      entry.diffuse = scaled(try series(.diffuseHorizontal))
      // The sun of a row, told from the middle of a step.
      entry.moment = 0.5 + (weather.momentOfStep - 0.5) * weather.horizon.stepHours / horizon.stepHours
    }
    entry.temperature = try series(.airTemperature) ?? entry.temperature
    if let speed = scaled(try series(.windSpeed)) {
      entry.speed = speed
      entry.height = weather.windHeightMetres
      entry.isStation = true
    }
    if weather.columns[.pressure]?.missing.isEmpty ?? false {
      entry.pressure = try series(.pressure)
      entry.stationMetres = weather.site.altitudeMetres
    }
    if weather.columns[.windDirection]?.missing.isEmpty ?? false { entry.direction = try series(.windDirection) }
  }

  private func tell(_ note: Diagnostic, _ place: Mark, _ decoding: inout Decoding) {
    decoding.diagnostics.append(
      Diagnostic(
        note.severity, note.message, advice: note.advice, path: decoding.path, at: note.place ?? decoding.place(place)))
  }
}
