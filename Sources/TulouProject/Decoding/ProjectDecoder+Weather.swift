public import TulouQuantities
public import TulouResources
import TulouTechnologies

/// Brings weather files; the room Files does it.
public protocol WeatherReader: Sendable {
  /// The weather of a file, its path as the project names it.
  func weather(_ file: String) throws(ProjectFault) -> Weather
}

/// A weather file as the project names it.
struct WeatherInput: Sendable {
  var file: String?
  var year: Int?
  static let table = FieldTable<WeatherInput>(
    "a weather file",
    [
      Field("file", .reference("file"), .required, "File, relative to the project file.") { $0.file = $2.text($1) },
      .integer("year", \.year, in: 1900...2200, "Recorded year that stands for every year of the horizon."),
      Field("source", .text, "Where the file comes from.") { _, _, _ in },
    ])
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
      let weather = try reader.weather(file)
      let horizon = decoding.horizon
      let offset = site == nil ? nil : site?.offset
      func series(_ quantity: WeatherQuantity) throws(ProjectFault) -> [Double]? {
        guard weather.columns[quantity] != nil else { return nil }
        return try weather.series(quantity, over: horizon, utcOffsetHours: offset, weatherYear: input.year)
      }
      func scaled(_ values: [Double]?) -> [Double]? { scale == 1 ? values : values?.map { $0 * scale } }
      entry.irradiance = scaled(try series(.globalHorizontal)) ?? entry.irradiance
      entry.temperature = try series(.airTemperature) ?? entry.temperature
      if let speed = scaled(try series(.windSpeed)) {
        entry.speed = speed
        entry.height = weather.windHeightMetres
      }
      for note in weather.notes where note.severity != .error {
        decoding.diagnostics.append(
          Diagnostic(
            note.severity, note.message, advice: note.advice, path: decoding.path,
            at: note.place ?? decoding.place(place)))
      }
    } catch {
      decoding.adopt(error, at: place)
    }
  }
}
