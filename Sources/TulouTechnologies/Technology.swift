package import TulouDocument
import TulouQuantities

/// A kind of machine, storage or link: its keys, and how they become a block.
package protocol Technology: Sendable {
  /// Word in the file, e.g. `heat-pump`.
  static var kind: String { get }
  /// One sentence.
  static var sentence: String { get }
  /// Its keys.
  static var descriptions: [FieldDescription] { get }
  /// Reads a component; nil after a diagnostic.
  static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
}

/// Inputs of a technology: what all have, and its own.
protocol TechnologyInput: Sendable {
  init()
  /// What all have.
  var common: CommonInput { get set }
}

/// What every component may say.
struct CommonInput: Sendable {
  var kind: String?
  var use: String?
  var name: String?
  var member: String?
  var capacity: Node?
  var capital: Node?
  var replacement: Node?
  var operation: Node?
  var life: Double?
  var land: Node?
  var embodied: Node?
  var maximumHours: Double?
}

extension FieldTable where Root: TechnologyInput {
  /// A technology's keys: those that every component has, then its own.
  ///
  /// - Parameter unit: The unit that its capacity is counted in.
  /// - Parameter charged: Which kWh an `operation` per kWh is paid for.
  /// - Parameter isCapped: Whether its hours at full load may have a limit, which takes a capacity in kW.
  init(
    technology title: String, _ own: [Field<Root>], unit: CapacityUnit = .power, charged: String = "at the rated port",
    isCapped: Bool = true, reserved: [String: String] = [:]
  ) {
    let cost = Shape.number([unit.capital])
    let yearly = Shape.number([unit.yearly, .price])
    let common: [Field<Root>] = [
      Field("kind", .reference("kind"), "What it is.") { $0.common.kind = $2.text($1) },
      Field("use", .reference("catalogue entry"), "Catalogue entry whose numbers it starts from.") {
        $0.common.use = $2.text($1)
      },
      Field("name", .text, "Free text.") { $0.common.name = $2.text($1) },
      Field("member", .reference("member"), "Who owns, pays and earns; none: the commons.") {
        $0.common.member = $2.text($1)
      },
      .note("source", "Where its numbers come from."),
      Field("capacity", .table("capacity"), "What stands, and what may be chosen.") { root, node, _ in
        root.common.capacity = node
      },
      Field("capital", .either([cost, .table("cost")]), "Paid in year 0 per unit of new capacity, and 'fixed' once.") {
        root, node, _ in
        root.common.capital = node
      },
      Field("replacement", .either([cost, .table("cost")]), "Paid at each replacement; left out, as 'capital'.") {
        root, node, _ in root.common.replacement = node
      }.needing("life", "cycle_life", "life_hours", "fade"),
      Field(
        "operation", .either([yearly, .list(yearly), .table("operation")]),
        "Per unit and year where '/y' is written, else per kWh \(charged); a list gives both."
      ) {
        root, node, _ in root.common.operation = node
      },
      Field("life", .number([.years]), "Years until replacement; left out, the project's lifetime.") {
        $0.common.life = $2.number($1, .years, in: .life)
      },
      Field(
        "embodied", .either([.number([unit.embodied]), .table("embodied")]),
        "CO2 of making and scrapping per unit of capacity, a number or phase by phase; a line of its own, in no total."
      ) { root, node, _ in root.common.embodied = node },
      Field("land", .number([unit.land]), "Land per unit of capacity.") { root, node, _ in
        root.common.land = node
      },
    ]
    let cap: [Field<Root>] =
      isCapped && unit.name == CapacityUnit.power.name
      ? [
        .number(
          "maximum_hours", \.common.maximumHours, .time, in: Bounds(1, 8784, "between 1 h and 8784 h"),
          "Greatest energy of a year by the capacity, hours at full load; with 'commitment: exact' hours on line. Plans hold it, rules refuse it."
        )
      ] : []
    let ownNames = Set(own.map(\.description.name))
    var known = [
      "end_of_life": "what happens when it is worn out", "part_load": "efficiency over load",
      "growth": "growth over the years",
    ]
    known.merge(reserved) { $1 }
    self.init(title, reserved: known, common.filter { !ownNames.contains($0.description.name) } + cap + own)
  }
}
