package import TulouDocument
package import TulouQuantities

/// A pollutant other than CO2 that is formed where fuel is burnt, here or in the plants of the outside.
package struct Pollutant: Sendable, Hashable {
  /// Name in the file, e.g. `NOx`.
  package let name: String
  /// What it is, a sentence's beginning.
  package let meaning: String

  private init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }

  /// Every pollutant, in the order in which they are shown: a further one is a further line here.
  package static let all = [
    Pollutant("CO", "Carbon monoxide"),
    Pollutant("UHC", "Unburnt hydrocarbons"),
    Pollutant("PM", "Particulate matter"),
    Pollutant("SO2", "Sulphur dioxide"),
    Pollutant("NOx", "Nitrogen oxides, counted as NO2"),
  ]

  /// Key in results, e.g. `nox`.
  package var key: String { name.lowercased() }
}

extension Pollutant {
  /// A mapping from pollutants to something.
  package static func table(_ title: String, _ shape: Shape, _ words: String) -> FieldTable<[Pollutant: Node]> {
    FieldTable(
      title,
      all.map { pollutant in
        Field(pollutant.name, shape, "\(pollutant.meaning), \(words).") { nodes, node, _ in nodes[pollutant] = node }
      } + [.note("source", "Where the numbers are from.")])
  }

  /// What a unit of fuel forms where it is burnt.
  package static let factors = table("pollutants", .number([.pollution]), "per fuel that is burnt")
}

extension Measure {
  /// Mass of a pollutant per energy [kg/kWh].
  package static let pollution = Measure("a mass per energy", in: "kg/kWh", example: "2.7 g/kWh")
}

extension Decoding {
  /// Reads a mapping by a table and each of its values by `body`, within its key.
  package mutating func pollutants<Value>(
    _ node: Node, _ table: FieldTable<[Pollutant: Node]>, _ body: (Node, inout Decoding) -> Value?
  ) -> [Pollutant: Value] {
    var nodes: [Pollutant: Node] = [:]
    read(table, node, into: &nodes)
    var values: [Pollutant: Value] = [:]
    for pollutant in Pollutant.all {
      guard let own = nodes[pollutant] else { continue }
      values[pollutant] = within(pollutant.name) { body(own, &$0) }
    }
    return values
  }

  /// Reads what a unit of fuel forms [kg/kWh].
  package mutating func pollutants(_ node: Node, fuel: HeatingValue?) -> [Pollutant: Double] {
    pollutants(node, Pollutant.factors) { own, inner in
      inner.number(own, .pollution, in: .notNegative, fuel: fuel)
    }
  }
}
