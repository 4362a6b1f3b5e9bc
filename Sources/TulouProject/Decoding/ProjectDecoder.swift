package import TulouDocument
import TulouQuantities
package import TulouTechnologies

/// From a document to a project. Every finding goes into `Decoding`; the project is nil where there is an error.
package struct ProjectDecoder: Sendable {
  var carriers: [Carrier] = []
  var buses: [Bus] = []
  /// Names of the catalogue's entries.
  var catalogueNames: [String] = []
  /// Free text of the project's own classes, by id.
  var classNames: [String: String] = [:]
  var members: [Member] = []
  var meters: [Component] = []
  /// Links that carry a member's meter: link id, member, cluster bus, own bus, node.
  var meterLinks: [MeterLink] = []
  var reliability = Reliability()
  /// Clock of the site.
  var zone = ZoneRules.utc
  var site: SiteInput?
  /// Buses as the file names them, also those that could not be read.
  var declaredBuses: [String] = []
  /// Start of all random numbers where the run gives one.
  var seed: UInt64?
  /// Hours that are kept of the horizon.
  var hours: Int?
  /// Year in which the stage begins that is being read; nil: the project as a whole.
  var stageYear: Int?
  /// Whether the project has stages.
  var hasStages = false
  /// What components may be.
  var registry = Registry.standard

  struct MeterLink: Sendable {
    var link: String
    var member: String
    var own: String
    var limit: Double?
    var charge: Double
    var mark: Mark
  }

  init() {}

  /// What a run changes of a project, and what its components may be.
  package struct Changes: Sendable {
    /// Values by key path.
    package var overrides: [DocumentOverride] = []
    /// Only the first hours of the horizon.
    package var hours: Int?
    /// Start of all random numbers.
    package var seed: UInt64?
    /// Technologies that components may be of.
    package var registry = Registry.standard
    /// Names of the catalogue's entries, for what names them.
    var catalogueNames: [String] = []
    /// No changes.
    package init() {}
  }

  /// A project with the document that it was read from: catalogue and changes worked in.
  package struct Result: Sendable {
    /// The project; nil where there is an error.
    package var project: Project?
    /// What was read.
    package var document: Node
  }

  /// The project that a document describes; nil where `decoding` holds an error afterwards.
  package static func project(
    _ document: Node, catalogue: CatalogueExpansion = CatalogueExpansion(entries: []),
    laws: LawExpansion = LawExpansion(entries: []), changes: Changes = Changes(), _ decoding: inout Decoding
  ) -> Result {
    guard document.entries != nil else {
      decoding.error(
        document.isEmpty ? "The file is empty." : "A project file is a mapping, not \(document.kindName).",
        advice: "It begins with 'tulou: 1'.", at: document.mark)
      return Result(project: nil, document: document)
    }
    let lock = LockSection.read(document, &decoding)
    var changes = changes
    changes.hours = changes.hours ?? lock?.hours
    changes.seed = changes.seed ?? lock?.seed
    changes.catalogueNames = catalogue.entries.map(\.key)
    // A lock file holds the catalogue's numbers already; a later catalogue must not add to it.
    var full = document["lock"] == nil ? catalogue.applied(to: document, &decoding) : document
    for change in changes.overrides { full = change.applied(to: full, &decoding) }
    if document["lock"] == nil { full = laws.applied(to: full, &decoding) }
    let catalogued = decoding.assumed
    let (years, chained) = WeatherYearDocuments.all(&full, &decoding)
    guard var project = read(years.first?.studied(full) ?? full, changes, &decoding) else {
      return Result(project: nil, document: full)
    }
    project.chainsWeatherYears = chained
    let firstDefaults = decoding.defaults
    // Findings about a stage or a year that the whole project has too are not said again.
    let known = Set(decoding.diagnostics.map { $0.path + $0.message })
    for (i, year) in years.enumerated() where !decoding.hasErrors {
      guard i > 0 else {
        project.weatherYears.append(WeatherYear(name: year.name, project: project))
        continue
      }
      var inner = decoding
      inner.diagnostics = []
      inner.assumed = catalogued
      let part = read(year.document, changes, &inner)
      for finding in inner.diagnostics where !known.contains(finding.path + finding.message) {
        var told = finding
        told.path = "weather_years.\(year.name): \(finding.path)"
        decoding.diagnostics.append(told)
      }
      if let part { project.weatherYears.append(WeatherYear(name: year.name, project: part)) }
    }
    let noted = decoding.assumed.count
    let stages = StageDocuments.all(full, &decoding)
    project.assumptions += decoding.assumed[noted...].map {
      Assumption(path: $0.path, value: $0.value, source: $0.source, kind: $0.kind)
    }
    for stage in stages where !decoding.hasErrors {
      var inner = decoding
      inner.diagnostics = []
      inner.assumed = catalogued
      let part = read(stage.document, changes, stageYear: stage.year, &inner)
      for finding in inner.diagnostics where !known.contains(finding.path + finding.message) {
        var told = finding
        told.path = "stages.\(stage.id): \(finding.path)"
        decoding.diagnostics.append(told)
      }
      if let part { project.stages.append(Stage(id: stage.id, year: stage.year, project: part)) }
    }
    layCarbonPrice(&project, full, &decoding)
    layPolicies(&project)
    Validation.checkAges(project, full, &decoding)
    decoding.defaults = firstDefaults
    // Stages have the assumptions and warnings of the whole, so that a lock file can give them back.
    for i in project.stages.indices {
      project.stages[i].project.assumptions = project.assumptions
      project.stages[i].project.warnings = decoding.diagnostics.filter { $0.severity != .error }
    }
    for i in project.weatherYears.indices {
      project.weatherYears[i].project.assumptions = project.assumptions
      project.weatherYears[i].project.warnings = decoding.diagnostics.filter { $0.severity != .error }
    }
    project.warnings = decoding.diagnostics.filter { $0.severity != .error }
    if let lock { restore(lock, &project, &decoding) }
    return Result(project: decoding.hasErrors ? nil : project, document: full)
  }

  /// What the first reading had to say, in place of what a reading of the lock file says.
  private static func restore(_ lock: LockSection, _ project: inout Project, _ decoding: inout Decoding) {
    decoding.assumed = lock.assumptions
    decoding.diagnostics = decoding.diagnostics.filter { $0.severity == .error } + lock.warnings
    project.assumptions = lock.assumptions
    project.warnings = lock.warnings
    for i in project.stages.indices {
      project.stages[i].project.assumptions = project.assumptions
      project.stages[i].project.warnings = project.warnings
    }
    for i in project.weatherYears.indices {
      project.weatherYears[i].project.assumptions = project.assumptions
      project.weatherYears[i].project.warnings = project.warnings
    }
  }

  private static func read(
    _ document: Node, _ changes: Changes, stageYear: Int? = nil, _ decoding: inout Decoding
  ) -> Project? {
    var decoder = ProjectDecoder()
    decoder.stageYear = stageYear
    decoder.hasStages = document["stages"] != nil
    decoder.seed = changes.seed
    decoder.hours = changes.hours
    decoder.catalogueNames = changes.catalogueNames
    decoder.registry = changes.registry
    let project = decoder.read(document, &decoding)
    return decoding.hasErrors ? nil : project
  }

  mutating func read(_ document: Node, _ decoding: inout Decoding) -> Project? {
    var input = ProjectInput()
    decoding.read(ProjectInput.table, document, into: &input)
    readSite(input.site, &decoding)
    let horizon = readHorizon(input, document, &decoding)?.by(zone)
    if let horizon {
      decoding.horizon = hours.map { shortened(horizon, $0, &decoding) } ?? horizon
      decoding.wholeHorizon = horizon
      site?.offset = horizon.clock.standardHours
      checkClock(input.site, horizon.clock, &decoding)
    }
    readCalendar(input.calendar, &decoding)
    let economy = input.economy.flatMap { node in readEconomy(node, &decoding) } ?? Economy()
    readClasses(input.classes, &decoding)
    readCarriers(input.carriers, &decoding)
    declaredBuses = input.buses?.entries?.map(\.key) ?? []
    readBuses(input.buses, document, &decoding)
    readMembers(input.members, &decoding)
    checkOwnBuses(input.buses, &decoding)
    reliability = readReliability(input.reliability, &decoding)
    let surroundings = surroundings(input.resources, input.components, &decoding)
    guard horizon != nil else { return nil }  // Series without a horizon would only repeat the error.
    let demands = readDemands(input.demands, surroundings, &decoding)
    var components = readComponents(input.components, surroundings, &decoding)
    attachMeters(&components, &decoding)
    components += readMeasures(input.measures, demands, &decoding)
    let markets = readMarkets(input.markets, surroundings, &decoding)
    let reference = readReference(input.reference, &decoding)
    let limits = readLimits(input.limits, &decoding)
    let sharing = readSharing(input.sharing, &decoding)
    let objective = readObjective(input.objective, &decoding)
    let exergy = readExergy(input.exergy, &decoding)
    checkIds(input, &decoding)
    var project = Project(
      name: input.name, site: site?.site, siteArea: site?.area, horizon: decoding.horizon,
      calendar: decoding.calendar, economy: economy, carriers: carriers, buses: buses, members: members,
      demands: demands, components: components, markets: markets, reference: reference, reliability: reliability,
      limits: limits, sharing: sharing, objective: objective.objective)
    project.classNames = classNames
    project.cover = readCover(input.report, &decoding)
    project.cover.language = input.language
    project.cover.words = FileWords(document)
    project.exergy = exergy
    project.weights = objective.weights
    project.referenceSizes = objective.reference
    project.policies = readPolicies(input.policies, project, &decoding)
    layLaw(&project, document, &decoding)
    project.growth = readGrowth(input.growth, firstYear: project.firstYear, &decoding)
    project.primaryEnergy = readPrimaryEnergy(input.primaryEnergy, project, &decoding)
    project.studies = readStudies(input.studies, document, &decoding)
    project.resources = (surroundings.resources as? ProjectResources)?.described ?? []
    project.symbiosis = StreamDecoder.read(input.streamNodes, economy: economy, &decoding)
    project.components += StreamComponents.all(project, document, &decoding)
    project.demands += StreamDemands.all(project, document, &decoding)
    project.layout = readLayout(input.layout, &project, &decoding)
    project.social = readSocial(input.social, project, &decoding)
    checkNames(project, document, &decoding)
    Validation.check(project, document, &decoding)
    guard !decoding.hasErrors else { return nil }
    // A stage may not have yet what a key of the whole project is for.
    if stageYear == nil { Validation.partnerRule(project, document, &decoding) }
    project.assumptions = decoding.assumed
    project.warnings = decoding.diagnostics.filter { $0.severity != .error }
    return project
  }

  /// The first hours of a horizon.
  private func shortened(_ horizon: Horizon, _ hours: Int, _ decoding: inout Decoding) -> Horizon {
    let steps = Int(saturating: (Double(hours) / horizon.stepHours).rounded(.down))
    guard hours > 0, steps >= 1 else {
      decoding.error("\(hours) h are less than one step.", at: Mark())
      return horizon
    }
    return steps >= horizon.steps ? horizon : horizon.prefix(steps)
  }

  /// One name space: components, demands, buses, members, markets may not share an id.
  private mutating func checkIds(_ input: ProjectInput, _ decoding: inout Decoding) {
    var seen: [String: String] = [:]
    let rooms: [(String, Node?)] = [
      ("buses", input.buses), ("members", input.members), ("demands", input.demands),
      ("components", input.components), ("measures", input.measures), ("markets", input.markets),
      ("policies", input.policies),
    ]
    for (room, node) in rooms {
      for entry in node?.entries ?? [] where !entry.key.hasPrefix("x-") {
        if let first = seen[entry.key], first != room {
          decoding.within(room) { outer in
            outer.within(entry.key) {
              $0.error(
                "The id '\(entry.key)' stands under '\(first)' already; ids share one name space.", at: entry.mark)
            }
          }
        } else {
          seen[entry.key] = room
        }
      }
    }
  }
}
