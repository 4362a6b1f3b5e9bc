import ArgumentParser
import Foundation
import Tulou
import TulouFiles
import TulouStudies

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

  func run() throws {
    var request = StudyRequest(file: file, version: Build.version)
    request.out = out
    request.read = ProjectReader.Options(hours: hours, seed: seed)
    var work = ResourceRun(StudyRun(request, listener: Terminal.listener(quiet: quiet, json: json)))
    work.site = try place()
    work.hasSeries = csv
    work.repairs.fill = fill
    work.repairs.shift = shift
    work.repairs.darkNights = darkNights
    work.repairs.split = split.flatMap(Decomposition.init)
    work.repairs.windMean = windMean
    try Terminal.show(work.go(), json: json, quiet: quiet)
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
