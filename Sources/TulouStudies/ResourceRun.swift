import Foundation
public import Tulou
import TulouFiles

/// `resource`: what nature gives at a place, and what is wanted there; of a project or of a weather file.
public struct ResourceRun: Sendable {
  let run: StudyRun
  /// Place of a plain table; nil: not stated.
  public var site: Site?
  /// Repairs of a weather file.
  public var repairs = Repairs()
  /// Whether the series are written as `resource.csv` too.
  public var hasSeries = false

  /// What is mended in a weather file, in the order in which it is done.
  public struct Repairs: Sendable, Equatable {
    /// Gaps up to so many hours are filled by straight lines.
    public var fill: Double?
    /// Hours by which the sun is moved against the stamps.
    public var shift: Double?
    /// Whether irradiance in full night is set to zero.
    public var darkNights = false
    /// By which model beam and diffuse are computed again.
    public var split: Decomposition?
    /// Mean that the wind is scaled to [m/s].
    public var windMean: Double?
    /// Nothing is mended.
    public init() {}

    /// The same with the model of a split by its word, where all are in their ranges.
    package func checked(split word: String?) throws(WordFault) -> Repairs {
      var own = self
      if let word {
        guard let split = Decomposition(rawValue: word) else {
          let known = Decomposition.allCases.map(\.rawValue).joined(separator: ", ")
          throw WordFault("'\(word)' is no split; there are \(known).")
        }
        own.split = split
      }
      if let fill, !(fill > 0) { throw WordFault("--fill takes hours above 0, found \(fill).") }
      if let shift, !(abs(shift) <= 12) { throw WordFault("--shift takes hours between -12 and 12, found \(shift).") }
      if let windMean, !(windMean > 0 && windMean <= 60) {
        throw WordFault("--wind-mean takes a speed above 0 and at most 60 m/s, found \(windMean).")
      }
      return own
    }

    /// The repairs of a weather.
    func list(_ weather: Weather) -> [WeatherRepair] {
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
      if let split { list.append(.split(split)) }
      if let windMean { list.append(.windMean(metresPerSecond: windMean)) }
      return list
    }
  }

  /// A survey.
  public init(_ run: StudyRun) { self.run = run }

  /// Reads, looks, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    let file = run.request.file
    let opened = try run.stopping { () throws(ProjectFault) in try WeatherFile.open(file) }
    // They may stand beside a plan, of which they replace nothing.
    try run.reserve(run.folder, isPlan: true)
    switch opened.kind {
    case .project:
      guard site == nil, repairs == Repairs() else {
        throw StudyEnd(
          .usage, "tulou: a project names its repairs itself ('weather: {file, split, shift, ...}').")
      }
      let options = run.request.read
      let project = try run.stopping { () throws(ProjectFault) in try ProjectReader.read(path: file, options: options) }
      let survey = try run.stopping { () throws(ProjectFault) in try ResourceSurvey.project(project) }
      return try answer(survey, demands: project.demands.map { ($0.id, $0.power) })
    case .described(let format):
      guard site == nil else {
        throw StudyEnd(.usage, "tulou: this weather file names its place; --site is for plain CSV files.")
      }
      return try answer(try run.stopping { () throws(ProjectFault) in try format.read(opened.bytes, name: file) })
    case .plain:
      guard let site else {
        throw StudyEnd(.usage, "tulou: a plain CSV needs its place: --site latitude,longitude,altitude,clock.")
      }
      return try answer(
        try run.stopping { () throws(ProjectFault) in try PlainWeather.read(opened.bytes, name: file, site: site) })
    }
  }

  private func answer(_ weather: Weather) throws(StudyEnd) -> StudyAnswer {
    guard run.request.read.seed == nil, run.request.read.hours == nil else {
      throw StudyEnd(.usage, "tulou: --seed and --hours are for projects; a weather file is taken as it is.")
    }
    let list = repairs.list(weather)
    return try answer(
      try run.stopping { () throws(ProjectFault) in try ResourceSurvey.weather(weather, repairs: list) }, demands: [])
  }

  private func answer(
    _ survey: ResourceSurvey, demands: [(id: String, power: [Double])]
  ) throws(StudyEnd) -> StudyAnswer {
    let version = run.request.version
    try run.writing { () throws(ResultFault) in
      try ResourceFiles.write(
        survey, demands: demands, csv: hasSeries, version: version, to: run.folder, plotlyPath: Parts.plotly(),
        language: run.request.language)
    }
    for finding in survey.findings { run.listener.tell(.note(finding.description)) }
    let report = ResourceReport(survey, version: version)
    return StudyAnswer(
      lines: report.lines(survey, page: run.folder + "/resource.html"),
      json: ResourceReport.json(survey, version: version))
  }
}
