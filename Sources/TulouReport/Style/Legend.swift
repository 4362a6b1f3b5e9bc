package import TulouAccounts
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// Names and colours of everything in a project, the same through the whole report.
package struct Legend: Sendable {
  private var names: [String: String] = [:]
  private var colours: [String: Colour] = [:]
  private var members: [String: String] = [:]
  private var carriers: [String: String] = [:]
  private let classNames: [String: String]

  /// The legend of a project. Things of one meaning get shades of one colour, in the order of the file.
  package init(_ project: Project) {
    classNames = project.classNames
    var count: [Colour: Int] = [:]
    func shade(_ colour: Colour) -> Colour {
      let index = count[colour, default: 0]
      count[colour] = index + 1
      return colour.variant(index)
    }
    for carrier in project.carriers { carriers[carrier.id] = Legend.plain(carrier.id) }
    for bus in project.buses {
      let member = bus.member.flatMap { id in project.members.first { $0.id == id }?.name }
      let own = bus.id.split(separator: ".").last.map(String.init) ?? bus.id
      names[bus.id] = member.map { "\($0), \(own)" } ?? (bus.place.isEmpty ? bus.id : bus.place)
      colours[bus.id] = Legend.colour(of: project.carrier(ofBus: bus.id))
    }
    for component in project.components {
      names[component.id] = Legend.title(component.id, component.name)
      let base: Colour
      switch component.block {
      case .source(let source): base = Colour.of(energyClass: source.energyClass)
      case .storage: base = .storage
      case .link: base = .lost
      case .converter(let converter):
        let outputs = converter.ports.filter { $0.coefficient.contains { $0 > 0 } }
        let kinds = outputs.compactMap { project.carrier(ofBus: $0.bus)?.kind }
        base =
          kinds.contains(.electricity)
          ? .fuel : kinds.contains(.cold) ? .cold : kinds.contains(.hydrogen) ? .water : .heat
      }
      colours[component.id] = shade(base)
    }
    for market in project.markets {
      names[market.id] = Legend.title(market.id, market.name)
      colours[market.id] = shade(Colour.of(energyClass: market.energyClass))
    }
    for demand in project.demands {
      names[demand.id] = Legend.title(demand.id, demand.name)
      colours[demand.id] = shade(.demand)
    }
    for member in project.members { members[member.id] = member.name }
    // The same name twice would make tables ambiguous; the id tells them apart.
    let doubled = Dictionary(grouping: names.keys, by: { names[$0] ?? "" }).values.filter { $0.count > 1 }
    for ids in doubled { for id in ids where names[id] != id { names[id] = "\(names[id] ?? id) (\(id))" } }
  }

  /// Name of a component, market, demand or bus.
  package func name(_ id: String) -> String { names[id] ?? id }
  /// Colour of it.
  package func colour(_ id: String) -> Colour { colours[id] ?? .plain(0) }
  /// Name of a member; `commons` for the empty id.
  package func member(_ id: String) -> String { id.isEmpty ? "commons" : members[id] ?? id }
  /// Name of a carrier in plain words.
  package func carrier(_ id: String) -> String { id == "all" ? "all forms of energy" : carriers[id] ?? id }

  /// `natural-gas` as `natural gas`, `heat_pump` as `heat pump`.
  static func plain(_ key: String) -> String {
    String(key.map { $0 == "-" || $0 == "_" ? " " : $0 })
  }

  /// An indicator in plain words.
  package static func indicator(_ key: String) -> String {
    if key == "co2" { return "CO₂" }
    if let pollutant = Pollutant.all.first(where: { $0.key == key }) { return Scale.pretty(pollutant.name) }
    if let title = IndicatorDeclaration.of(key)?.title, !title.isEmpty { return title }
    // What belongs to a component names it behind the point.
    let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
    return ([plain(parts.first ?? key).capitalisedFirst] + parts.dropFirst()).joined(separator: ", ")
  }

  /// The name that the file gives, or the id in plain words.
  static func title(_ id: String, _ name: String) -> String { name.isEmpty || name == id ? plain(id) : name }

  /// What a class means.
  func words(_ energyClass: EnergyClass) -> String { energyClass.words(classNames) }

  /// What a kind of cost means.
  package static func costName(_ kind: CostKind) -> String {
    switch kind {
    case .capital: "Capital"
    case .replacement: "Replacement"
    case .salvage: "Salvage value"
    case .operation: "Operation"
    case .variable: "Operation by output"
    case .fuel: "Fuel"
    case .purchase: "Energy bought"
    case .sale: "Energy sold"
    case .demandCharge: "Demand charge"
    case .fixedCharge: "Fixed charge"
    case .carbon: "Carbon price"
    case .pollutants: "Price of pollutants"
    case .networkCharge: "Network charge"
    case .policy: "Policies"
    case .internal: "Between members"
    }
  }

  /// Colour of a kind of cost.
  package static func costColour(_ kind: CostKind) -> Colour {
    switch kind {
    case .capital: .water
    case .replacement: .wind
    case .salvage: Colour.wind.shaded(0.55)
    case .operation: .biomass
    case .variable: Colour.biomass.shaded(0.45)
    case .fuel: .fuel
    case .purchase: .outside
    case .sale: .sun
    case .demandCharge: .storage
    case .fixedCharge: Colour.storage.shaded(0.5)
    case .carbon: .heat
    case .pollutants: Colour.heat.shaded(0.5)
    case .networkCharge: .other
    case .policy: Colour.other.shaded(0.5)
    case .internal: .lost
    }
  }

  /// Colour of a carrier.
  static func colour(of carrier: Carrier?) -> Colour {
    switch carrier?.kind {
    case .electricity: .demand
    case .heat: .heat
    case .cold: .cold
    case .water: .water
    case .hydrogen: .storage
    case .fuel: .fuel
    case .material, nil: .lost
    }
  }
}
