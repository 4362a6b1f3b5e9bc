package import TulouDocument
package import TulouProject
package import TulouQuantities
package import TulouResources

/// What nature gives at a place and what is wanted there, before anything is planned: series, best planes, winds, shapes of
/// demand, and what is suspicious in the data.
package struct ResourceSurvey: Sendable {
  /// Name of the project or station.
  package var name: String
  /// Coordinates and source, one line.
  package var subtitle: String
  /// What stands on the cover of a project.
  package var cover = Cover()
  /// Where it is, if known.
  package var site: Site?
  /// The steps.
  package var horizon: Horizon
  /// The resources with their series.
  package var resources: [ProjectResource]
  /// Irradiance on planes, one a resource with light.
  package var planes: [PlaneSurvey] = []
  /// Winds, one a resource with speeds.
  package var winds: [WindSurvey] = []
  /// Demands by day and month.
  package var demands: [DemandSurvey] = []
  /// Quality of weather files.
  package var quality: [QualitySurvey] = []
  /// Rain and snow, one a resource that knows of them.
  package var facts: [FactSurvey] = []
  /// What a user has to know, a sentence each.
  package var findings: [Diagnostic] = []
  /// Inputs that a default or an unsure source supplied.
  package var assumptions: [Assumption] = []

  /// A survey of nothing yet.
  init(name: String, subtitle: String, site: Site?, horizon: Horizon, resources: [ProjectResource]) {
    self.name = name
    self.subtitle = subtitle
    self.site = site
    self.horizon = horizon
    self.resources = resources
  }

  /// The survey of a project.
  package static func project(_ project: Project) throws(ProjectFault) -> ResourceSurvey {
    var survey = ResourceSurvey(
      name: project.name, subtitle: subtitle(project.site, "project file"), site: project.site,
      horizon: project.horizon, resources: project.resources)
    survey.cover = project.cover
    survey.findings = project.warnings.filter {
      $0.path.hasPrefix("resources") || $0.path.hasPrefix("demands") || $0.path.hasSuffix("resource")
    }
    let ends = ["shear_exponent", "air_temperature", "wind_speed"]
    survey.assumptions = project.assumptions.filter { assumption in
      assumption.path.hasPrefix("resources") || assumption.path.hasPrefix("demands")
        || ends.contains { assumption.path.hasSuffix($0) }
    }
    survey.demands = project.demands.compactMap { DemandSurvey($0, project) }
    try survey.examine()
    return survey
  }

  /// The survey of a weather file, after repairs that the user chose.
  package static func weather(_ recorded: Weather, repairs: [WeatherRepair] = []) throws(ProjectFault) -> ResourceSurvey
  {
    let weather = try recorded.repaired(repairs)
    var resource = ProjectResource(id: "weather", source: recorded.source, notes: repairs.map(\.sentence))
    resource.recorded = recorded
    resource.facts = WeatherFacts(recorded)
    resource.weather = weather
    resource.momentOfStep = weather.momentOfStep
    resource.windHeightMetres = weather.windHeightMetres
    let kinds: [(WeatherQuantity, ProjectResource.Kind)] = [
      (.globalHorizontal, .irradiance), (.beamNormal, .beam), (.diffuseHorizontal, .diffuse),
      (.airTemperature, .temperature), (.windSpeed, .speed), (.windDirection, .direction),
    ]
    for (quantity, kind) in kinds {
      guard let column = weather.columns[quantity], column.missing.count < column.values.count else { continue }
      var values = column.values
      for t in column.missing where values.indices.contains(t) { values[t] = .nan }
      resource.series.append(ProjectResource.Series(kind, values))
    }
    var survey = ResourceSurvey(
      name: recorded.source, subtitle: subtitle(recorded.site, "weather file"), site: recorded.site,
      horizon: weather.horizon.by(
        ZoneRules(fixedSeconds: Int(saturating: (weather.site.utcOffsetHours * 3600).rounded()))), resources: [resource]
    )
    survey.findings = recorded.notes + (recorded.clockFinding(recorded.source).map { [$0] } ?? [])
    survey.assumptions = repairs.map {
      Assumption(path: "weather", value: "", source: $0.sentence, kind: .repair)
    }
    try survey.examine()
    return survey
  }

  private mutating func examine() throws(ProjectFault) {
    for resource in resources {
      if let facts = resource.facts { self.facts.append(FactSurvey(resource: resource.id, facts)) }
      if let site, let plane = try PlaneSurvey(resource, site, horizon, resources) { planes.append(plane) }
      if let wind = WindSurvey(resource, horizon) { winds.append(wind) }
      guard let recorded = resource.recorded else { continue }
      let before = try WeatherQuality(recorded)
      quality.append(try QualitySurvey(resource, recorded, before))
      // A project's reading has told of its files already.
      if !findings.contains(where: { $0.path.hasPrefix("resources.\(resource.id)") }) {
        findings += before.diagnostics(source: recorded.source)
      }
    }
    if horizon.steps < 8760, abs(Double(horizon.steps) * horizon.stepHours - 8760) > 25 {
      findings.append(Diagnostic(.note, "The horizon is not one year; sums and means are those of its steps."))
    }
  }

  /// Everything that is looked at in a weather file as it is: what `resource` finds and what `check` says.
  ///
  /// - Parameter hasPlace: Whether the place is known; a plain CSV has none of its own.
  package static func findings(of recorded: Weather, hasPlace: Bool = true) throws(ProjectFault) -> [Diagnostic] {
    guard hasPlace else {
      return recorded.notes
        + (try WeatherQuality(recorded, hasPlace: false).diagnostics(source: recorded.source))
    }
    return try weather(recorded).findings
  }

  /// Latitude and longitude [deg], altitude [m], clock against universal time [h]; nil where the place is not known.
  package var coordinates: (latitude: Double, longitude: Double, altitude: Double, utcOffset: Double)? {
    site.map { ($0.latitudeDegrees, $0.longitudeDegrees, $0.altitudeMetres, $0.utcOffsetHours) }
  }

  private static func subtitle(_ site: Site?, _ kind: String) -> String {
    guard let site else { return kind }
    func degrees(_ value: Double, _ plus: String, _ minus: String) -> String {
      "\(((abs(value) * 1000).rounded() / 1000).plain)° \(value < 0 ? minus : plus)"
    }
    return degrees(site.latitudeDegrees, "N", "S") + ", " + degrees(site.longitudeDegrees, "E", "W")
      + ", \(Int(saturating: site.altitudeMetres.rounded())) m · \(kind)"
  }
}

/// Rain and snow of a resource by calendar month: facts, in no model.
package struct FactSurvey: Sendable {
  /// Id of the resource.
  package var resource: String
  /// Rain and snow as water in each month [mm]; nil: not known.
  package var rain: [Double]?
  /// Days of each month with snow on the ground; nil: not known.
  package var snowDays: [Double]?
  /// Greatest depth of the snow [m]; nil: not known.
  package var greatestSnow: Double?

  init(resource: String, _ facts: WeatherFacts) {
    self.resource = resource
    rain = facts.rain
    snowDays = facts.snowDays
    greatestSnow = facts.greatestSnow
  }
}
