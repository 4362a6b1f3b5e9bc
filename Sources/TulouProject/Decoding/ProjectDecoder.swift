public import TulouQuantities
import TulouTechnologies

/// From a document to a project. Every finding goes into `Decoding`; the project is nil where there is an error.
public struct ProjectDecoder: Sendable {
  var carriers: [Carrier] = []
  var buses: [Bus] = []
  var members: [Member] = []
  var meters: [Component] = []
  /// Links that carry a member's meter: link id, member, cluster bus, own bus, node.
  var meterLinks: [MeterLink] = []
  var reliability = Reliability()
  var timeZone = "UTC"
  var site: SiteInput?

  struct MeterLink: Sendable {
    var link: String
    var member: String
    var own: String
    var limit: Double?
    var charge: Double
    var mark: Mark
  }

  init() {}

  /// The project that a document describes; nil where `decoding` holds an error afterwards.
  public static func project(_ document: Node, _ decoding: inout Decoding) -> Project? {
    var decoder = ProjectDecoder()
    let project = decoder.read(document, &decoding)
    return decoding.hasErrors ? nil : project
  }

  mutating func read(_ document: Node, _ decoding: inout Decoding) -> Project? {
    guard document.entries != nil else {
      decoding.error(
        document.isEmpty ? "The file is empty." : "A project file is a mapping, not \(document.kindName).",
        advice: "It begins with 'tulou: 1'.", at: document.mark)
      return nil
    }
    var input = ProjectInput()
    decoding.read(ProjectInput.table, document, into: &input)
    readSite(input.site, &decoding)
    let horizon = readHorizon(input, document, &decoding)
    if let horizon { decoding.horizon = horizon }
    readCalendar(input.calendar, &decoding)
    let economy = input.economy.flatMap { node in readEconomy(node, &decoding) } ?? Economy()
    readCarriers(input.carriers, &decoding)
    readBuses(input.buses, document, &decoding)
    readMembers(input.members, &decoding)
    reliability = readReliability(input.reliability, &decoding)
    let surroundings = surroundings(input.resources, &decoding)
    guard horizon != nil else { return nil }  // Series without a horizon would only repeat the error.
    let demands = readDemands(input.demands, surroundings, &decoding)
    var components = readComponents(input.components, surroundings, &decoding)
    attachMeters(&components, &decoding)
    let markets = readMarkets(input.markets, surroundings, &decoding)
    let reference = readReference(input.reference, &decoding)
    let limits = readLimits(input.limits, &decoding)
    let sharing = readSharing(input.sharing, &decoding)
    let objective = readObjective(input.objective, &decoding)
    checkIds(input, &decoding)
    var project = Project(
      name: input.name, site: site?.site, siteArea: site?.area, timeZone: timeZone, horizon: decoding.horizon,
      calendar: decoding.calendar, economy: economy, carriers: carriers, buses: buses, members: members,
      demands: demands, components: components, markets: markets, reference: reference, reliability: reliability,
      limits: limits, sharing: sharing, objective: objective)
    Validation.check(project, document, &decoding)
    guard !decoding.hasErrors else { return nil }
    project.assumptions = decoding.assumed.map {
      Assumption(path: $0.path, value: $0.value, source: $0.source, kind: $0.kind)
    }
    project.warnings = decoding.diagnostics.filter { $0.severity != .error }
    return project
  }

  /// One name space: components, demands, buses, members, markets may not share an id.
  private mutating func checkIds(_ input: ProjectInput, _ decoding: inout Decoding) {
    var seen: [String: String] = [:]
    let rooms: [(String, Node?)] = [
      ("buses", input.buses), ("members", input.members), ("demands", input.demands),
      ("components", input.components), ("markets", input.markets),
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
