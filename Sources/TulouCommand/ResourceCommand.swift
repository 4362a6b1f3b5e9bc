import ArgumentParser
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

  @Argument(help: .value("file", "Project or weather file."))
  var file: String

  @Option(help: .value("dir", "Folder for the results."))
  var out: String?

  @Flag(help: "Write the series as resource.csv too.")
  var csv = false

  @Flag(help: "Print the result as JSON on standard output, nothing else there.")
  var json = false

  @Flag(help: "No notes.")
  var quiet = false

  @Option(help: .value("n", "Project: seed of every synthesis."))
  var seed: UInt64?

  @Option(help: .value("n", "Project: only the first n hours."))
  var hours: Int?

  @Option(
    parsing: .unconditional,
    help: .value("lat,lon,m,h", "Plain CSV: latitude, longitude, altitude in m, clock against UTC in h."))
  var site: String?

  @Option(help: .value("model", "Weather file: recompute beam and diffuse (erbs, disc, dirint)."))
  var split: String?

  @Option(
    parsing: .unconditional,
    help: .value("h", "Weather file: move the sun against the stamps by h hours."))
  var shift: Double?

  @Option(help: .value("h", "Weather file: fill gaps of up to h hours by straight lines."))
  var fill: Double?

  @Option(help: .value("v", "Weather file: scale the wind to this mean in m/s."))
  var windMean: Double?

  @Flag(help: "Weather file: set irradiance in full night to 0.")
  var darkNights = false

  @OptionGroup var pages: PageOptions

  func validate() throws {
    if let hours, hours < 1 { throw ValidationError("--hours takes a whole number from 1, found \(hours).") }
    _ = try repairs()
    _ = try read(try site.map(QuestionWords.place))
  }

  func run() throws {
    var request = StudyRequest(file: file, version: Build.version)
    request.out = out
    request.language = pages.language
    request.read = ProjectReader.Options(hours: hours, seed: seed)
    var work = ResourceRun(StudyRun(request, listener: Terminal.listener(quiet: quiet, json: json)))
    work.site = try read(try site.map(QuestionWords.place))
    work.hasSeries = csv
    work.repairs = try repairs()
    try Terminal.show(work.go(), json: json, quiet: quiet)
  }

  private func repairs() throws -> ResourceRun.Repairs {
    var asked = ResourceRun.Repairs()
    asked.fill = fill
    asked.shift = shift
    asked.darkNights = darkNights
    asked.windMean = windMean
    return try read(try asked.checked(split: split))
  }
}
