public import TulouDocument
public import TulouPlanning
public import TulouProject
import TulouQuantities
import TulouSolvers
public import TulouTechnologies

/// A cluster that is made in code: add what there is, then plan it.
///
/// ```swift
/// var park = Cluster("Workshop", at: Location(latitude: 22.55, longitude: 114.10), currency: "EUR", realRate: 0.06, years: 25)
/// let sun = park.add(.sun(monthlyIrradiation: means))
/// park.add(.demand("workshop", annual: .megawattHours(250), profile: "workshop"))
/// park.add(Photovoltaics("roof", resource: sun, size: .upTo(.kilowatts(200)), cost: MachineCost(capital: 700, life: 25)))
/// park.add(.grid(buy: 0.13, sell: 0.02, emission: 0.58))
/// let found = try park.plan()
/// print(found.sizes, found.netPresentCost)
/// ```
///
/// It is read as a project file is: the same fields check units and ranges, fill in defaults and list them, and the same rules look at
/// the whole. `project()` throws everything that is wrong at once.
public struct Cluster: Sendable {
  /// What is stated, by section of the project file.
  private var document = Statement()
  /// Ids that were given twice within a section.
  private var twice: [String] = []
  private var changes = ProjectDecoder.Changes()
  private let currency: String

  /// Machines' numbers by name, for what starts from a catalogue entry; empty unless one is given (`Shelf.entries` of TulouFiles).
  public var catalogue = CatalogueExpansion(entries: [])

  /// Technologies that its machines may be of.
  package var registry: Registry {
    get { changes.registry }
    set { changes.registry = newValue }
  }

  /// A cluster with nothing in it.
  ///
  /// - Parameters:
  ///   - name: Free text.
  ///   - location: Where it is.
  ///   - currency: ISO code of the currency of all prices.
  ///   - realRate: Real yearly discount rate [1/y].
  ///   - years: Lifetime of the project [y].
  ///   - span: Hours planned over.
  public init(
    _ name: String, at location: Location, currency: String, realRate: Double, years: Double,
    over span: Span = Span(start: "2027-01-01")
  ) {
    self.currency = currency
    document["tulou"] = .text("1")
    document["name"] = .text(name)
    document["site"] = .mapping(location.stated)
    document["horizon"] = .mapping(span.stated)
    var economy = Statement()
    economy["currency"] = .text(currency)
    economy["real_discount_rate"] = .number(realRate, "")
    economy["lifetime"] = .number(years, "y")
    document["economy"] = .mapping(economy)
  }

  /// Adds a resource, a demand, a market or a bus; its id, by which others name it.
  @discardableResult
  public mutating func add(_ part: ClusterPart) -> String {
    for entry in part.entries { add(entry.stated, entry.id, to: entry.section) }
    return part.id
  }

  /// Adds a machine, a storage or a link; its id.
  @discardableResult
  public mutating func add(_ machine: some Machine) -> String {
    add(machine.stated, machine.id, to: "components")
    return machine.id
  }

  /// States a value by its key path in the project file, e.g. `state("limits.renewable_fraction.min", "60 %")`; in place of what stands
  /// there, or times it where it is written `x1.25`.
  public mutating func state(_ path: String, _ value: String) {
    changes.overrides.append(DocumentOverride(path: path, value: .text(value)))
  }

  /// Only the first hours of the span; yearly amounts in proportion.
  public mutating func keep(hours: Int) { changes.hours = hours }

  private mutating func add(_ stated: Statement, _ id: String, to section: String) {
    var all = Statement()
    if case .mapping(let found) = document[section] { all = found }
    if all[id] != nil { twice.append("\(section).\(id)") }
    all[id] = .mapping(stated)
    document[section] = .mapping(all)
  }

  /// The project, complete; throws everything that is wrong with it at once.
  public func project() throws(ProjectFault) -> Project {
    var decoding = Decoding(files: [], seriesReader: NoFiles())
    for path in twice {
      decoding.diagnostics.append(
        Diagnostic(.error, "The id '\(path)' was added twice.", advice: "Give each thing an id of its own.", path: path)
      )
    }
    let result = ProjectDecoder.project(
      withBuses(document).node(currency: currency), catalogue: catalogue, changes: changes, &decoding)
    guard let project = result.project, !decoding.hasErrors else {
      throw ProjectFault(Diagnostic.shown(decoding.diagnostics))
    }
    return project
  }

  /// The plan of least cost, with its proof and its accounts.
  ///
  /// - Parameter context: How it is found; nil: by the structured solver on one thread, and by HiGHS for what that cannot take.
  /// - Throws: Everything that is wrong with the project, or what cannot be planned, named.
  public func plan(in context: StudyContext? = nil) throws(ProjectFault) -> ClusterPlan {
    let context = context ?? StudyContext(solver: Self.solver)
    let outcome = try context.plan(try project(), name)
    return ClusterPlan(outcome: outcome, accounts: .make(outcome, solver: context.solver, options: context.plans))
  }

  private var name: String {
    if case .text(let name) = document["name"] { return name }
    return ""
  }

  private static var solver: any Solver {
    AutomaticSolver(
      structured: Structured(), highs: Result { () throws(HighsLibrary.Missing) in Highs(try HighsLibrary.open()) })
  }

  /// `ac`, and `dc` where something stands on it, need no declaration, unless other buses are declared.
  private func withBuses(_ document: Statement) -> Statement {
    guard case .mapping(var buses) = document["buses"] else { return document }
    var electricity = Statement()
    electricity["carrier"] = .text("electricity")
    var used: Set<String> = ["ac"]
    for section in ["demands", "components", "markets"] {
      guard case .mapping(let things) = document[section] else { continue }
      for case (_, .mapping(let thing)) in things.entries {
        for case (_, .text("dc")) in thing.entries { used.insert("dc") }
      }
    }
    for bus in used.sorted() where buses[bus] == nil { buses[bus] = .mapping(electricity) }
    var result = document
    result["buses"] = .mapping(buses)
    return result
  }
}

/// Where a cluster is.
public struct Location: Sendable, Equatable {
  /// What is stated of it.
  package var stated = Statement()

  /// A place.
  ///
  /// - Parameters:
  ///   - latitude: North positive [deg].
  ///   - longitude: East positive [deg].
  ///   - altitude: Above the sea [m]; nil: at the sea.
  ///   - clock: Such as `UTC+8`, without summer time; nil: the whole hour nearest to the longitude.
  public init(latitude: Double, longitude: Double, altitude: Double? = nil, clock: String? = nil) {
    stated["latitude"] = .number(latitude, "deg")
    stated["longitude"] = .number(longitude, "deg")
    stated["altitude"] = altitude.map { .number($0, "m") }
    stated["time_zone"] = clock.map { .text($0) }
  }
}

/// Hours planned over.
public struct Span: Sendable, Equatable {
  /// What is stated of it.
  package var stated = Statement()

  /// Steps from a day on.
  ///
  /// - Parameters:
  ///   - start: First day, e.g. `2027-01-01`.
  ///   - days: How many days; nil: a year.
  ///   - stepHours: Length of a step [h].
  public init(start: String, days: Int? = nil, stepHours: Double = 1) {
    stated["start"] = .text(start)
    stated["length"] = days.map { .text("\($0) d") } ?? .text("1 y")
    stated["step"] = .number(stepHours, "h")
  }
}
