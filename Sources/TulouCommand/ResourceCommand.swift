import ArgumentParser
import Foundation
import Tulou
import TulouFiles

/// `tulou resource FILE`: what nature gives at a place, and what is wanted there.
struct ResourceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resource",
    abstract: "Show sun, wind, water and demands of a project or a weather file.",
    discussion: """
      tulou resource my-village/project.yaml --csv
      tulou resource station.epw --split erbs --shift -0.5
      tulou resource station.csv --site 24.72,116.73,230,8

      FILE is a project, or a weather file: EPW, TMY3, PVGIS (CSV, JSON), NSRDB, or a plain CSV with a header such as \
      'time,ghi [W/m2],temperature [degC],wind_speed [m/s]'. resource.html holds months, maps of the hours, duration \
      curves, wind rose and Weibull fit, the best tilt, shapes of demand and what is suspicious in the data.
      """)

  @Argument(help: ArgumentHelp("Project or weather file.", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Folder for the results.", valueName: "dir"))
  var out: String?

  @Flag(name: .long, help: "Write the series as resource.csv too.")
  var csv = false

  @Flag(name: .long, help: "Print the result as JSON on standard output, nothing else there.")
  var json = false

  @Flag(name: .long, help: "No notes.")
  var quiet = false

  @Option(name: .long, help: ArgumentHelp("Project: seed of every synthesis.", valueName: "n"))
  var seed: UInt64?

  @Option(name: .long, help: ArgumentHelp("Project: only the first n hours.", valueName: "n"))
  var hours: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Plain CSV: latitude, longitude, altitude in m, clock against UTC in h.", valueName: "lat,lon,m,h"))
  var site: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Weather file: recompute beam and diffuse (erbs, disc, dirint).", valueName: "model"))
  var split: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Weather file: move the sun against the stamps by h hours.", valueName: "h"))
  var shift: Double?

  @Option(
    name: .long, help: ArgumentHelp("Weather file: fill gaps of up to h hours by straight lines.", valueName: "h"))
  var fill: Double?

  @Option(name: .long, help: ArgumentHelp("Weather file: scale the wind to this mean in m/s.", valueName: "v"))
  var windMean: Double?

  @Flag(name: .long, help: "Weather file: set irradiance in full night to 0.")
  var darkNights = false

  func validate() throws {
    if let hours, hours < 1 { throw ValidationError("--hours takes a whole number from 1, found \(hours).") }
    if let split, Decomposition(rawValue: split) == nil {
      throw ValidationError(
        "'\(split)' is no split; there are \(Decomposition.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    if let fill, !(fill > 0) { throw ValidationError("--fill takes hours above 0, found \(fill).") }
    if let shift, !(abs(shift) <= 12) {
      throw ValidationError("--shift takes hours between -12 and 12, found \(shift).")
    }
    if let windMean, !(windMean > 0 && windMean <= 60) {
      throw ValidationError("--wind-mean takes a speed above 0 and at most 60 m/s, found \(windMean).")
    }
    _ = try place()
  }

  /// Folder of the results.
  private var folder: String {
    let url = URL(fileURLWithPath: file)
    let stem = url.deletingPathExtension().lastPathComponent
    let name = stem == "project" ? url.deletingLastPathComponent().lastPathComponent : stem
    return out ?? "out/" + (name.isEmpty ? "project" : name)
  }

  func run() throws {
    let opened = try open()
    // They may stand beside a plan, of which they replace nothing.
    do throws(ResultFault) { try WholeFiles.check(folder) } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
    switch opened.kind {
    case .project:
      guard site == nil, split == nil, shift == nil, fill == nil, windMean == nil, !darkNights else {
        Terminal.error("tulou: a project names its repairs itself ('weather: {file, split, shift, ...}').")
        throw Exit.usage
      }
      try surveyProject()
    case .described(let format):
      guard site == nil else {
        Terminal.error("tulou: this weather file names its place; --site is for plain CSV files.")
        throw Exit.usage
      }
      try surveyWeather(try weather { () throws(ProjectFault) in try format.read(opened.bytes, name: file) })
    case .plain:
      guard let site = try place() else {
        Terminal.error("tulou: a plain CSV needs its place: --site latitude,longitude,altitude,clock.")
        throw Exit.usage
      }
      try surveyWeather(
        try weather { () throws(ProjectFault) in try PlainWeather.read(opened.bytes, name: file, site: site) })
    }
  }

  private func open() throws -> (kind: WeatherFile.Kind, bytes: [UInt8]) {
    do throws(ProjectFault) { return try WeatherFile.open(file) } catch { try Run.fail(error) }
  }

  private func weather(_ read: () throws(ProjectFault) -> Weather) throws -> Weather {
    do throws(ProjectFault) { return try read() } catch { try Run.fail(error) }
  }

  private func survey(_ make: () throws(ProjectFault) -> ResourceSurvey) throws -> ResourceSurvey {
    do throws(ProjectFault) { return try make() } catch { try Run.fail(error) }
  }

  private func surveyProject() throws {
    let project = try readProject()
    let survey = try survey { () throws(ProjectFault) in try ResourceSurvey.project(project) }
    try finish(survey, demands: project.demands.map { ($0.id, $0.power) })
  }

  private func readProject() throws -> Project {
    do throws(ProjectFault) {
      return try ProjectReader.read(path: file, options: ProjectReader.Options(hours: hours, seed: seed))
    } catch {
      try Run.fail(error)
    }
  }

  private func surveyWeather(_ weather: Weather) throws {
    guard seed == nil, hours == nil else {
      Terminal.error("tulou: --seed and --hours are for projects; a weather file is taken as it is.")
      throw Exit.usage
    }
    let repairs = repairs(weather)
    let survey = try survey { () throws(ProjectFault) in try ResourceSurvey.weather(weather, repairs: repairs) }
    try finish(survey, demands: [])
  }

  private func finish(_ survey: ResourceSurvey, demands: [(id: String, power: [Double])]) throws {
    do throws(ResultFault) {
      try ResourceFiles.write(
        survey, demands: demands, csv: csv, version: Build.version, to: folder, plotlyPath: Parts.plotly())
    } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
    for finding in survey.findings { Terminal.note(finding.description, quiet: quiet) }
    if json {
      Terminal.write(ResourceReport.json(survey, version: Build.version))
    } else {
      let report = ResourceReport(survey, version: Build.version)
      for line in report.lines(survey, page: folder + "/resource.html") { Terminal.result(line) }
    }
  }

  /// Repairs that the options ask for, in the order in which they are made.
  private func repairs(_ weather: Weather) -> [WeatherRepair] {
    var list: [WeatherRepair] = []
    if let fill {
      let longest = Int(saturating: (fill / weather.horizon.stepHours).rounded(.down))
      for quantity in WeatherQuantity.allCases
      where !quantity.isFact && !(weather.columns[quantity]?.missing.isEmpty ?? true) {
        list.append(.interpolate(quantity: quantity, longestGap: longest))
      }
    }
    if let shift, shift != 0 { list.append(.shiftSun(hours: shift)) }
    if darkNights { list.append(.darkNights) }
    if let split, let model = Decomposition(rawValue: split) { list.append(.split(model)) }
    if let windMean { list.append(.windMean(metresPerSecond: windMean)) }
    return list
  }

  /// `--site` as a place; nil without it.
  private func place() throws -> Site? {
    guard let site else { return nil }
    let numbers = site.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
    let values = numbers.compactMap(\.self)
    guard values.count == numbers.count, (2...4).contains(values.count), values.allSatisfy(\.isFinite),
      abs(values[0]) <= 90, abs(values[1]) <= 180
    else {
      throw ValidationError("--site takes latitude,longitude[,altitude[,clock]], found '\(site)'.")
    }
    let clock = values.count > 3 ? values[3] : (values[1] / 15).rounded()
    return Site(
      latitudeDegrees: values[0], longitudeDegrees: values[1], altitudeMetres: values.count > 2 ? values[2] : 0,
      utcOffsetHours: clock)
  }
}
