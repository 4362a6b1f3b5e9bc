import TulouDocument
import TulouQuantities

/// CO2 of making, building, keeping and scrapping a unit of capacity [kg/unit], in the phases of a life cycle.
package struct Embodied: Sendable, Equatable {
  /// Making of the machine.
  package var component = 0.0
  /// Transport and building in.
  package var installation = 0.0
  /// Upkeep of a year [kg/unit/y].
  package var maintenance = 0.0
  /// Scrapping; negative where recycling saves more than it takes.
  package var recycling = 0.0
  /// Nothing.
  package init() {}
  /// Making alone.
  package init(component: Double) { self.component = component }

  /// The same `factor` times.
  func scaled(by factor: Double) -> Embodied {
    var result = self
    result.component *= factor
    result.installation *= factor
    result.maintenance *= factor
    result.recycling *= factor
    return result
  }
  /// Whether nothing is stated.
  package var isZero: Bool { self == Embodied() }
}

/// `embodied` as a table of phases; the amount of `component` has its unit by the capacity.
struct EmbodiedInput: Sendable {
  var component: Node?
  var installation = 0.05
  var maintenance = 0.005
  var recycling = 0.05

  static let table = FieldTable<EmbodiedInput>(
    "embodied emissions",
    [
      .node(
        "component", \.component,
        .number([CapacityUnit.power.embodied, CapacityUnit.energy.embodied, CapacityUnit.area.embodied]),
        .required, "CO2 of making a unit of capacity."),
      .number(
        "installation", \.installation, .share, .value("5 %", source: "our assumption"), in: .notNegative,
        "CO2 of transport and building in, share of 'component'."),
      .number(
        "maintenance", \.maintenance, .ratePerYear, .value("0.5 %/y", source: "our assumption"), in: .notNegative,
        "CO2 of upkeep a year, share of 'component'."),
      .number(
        "recycling", \.recycling, .share, .value("5 %", source: "our assumption"),
        in: Bounds(-1, 1, "between -100 % and 100 %"),
        "CO2 of scrapping, share of 'component'; negative where recycling saves more than it takes."),
    ])
}

extension Decoding {
  /// `embodied` as an amount or a table of phases, with the index of the unit that it is per; nil after a diagnostic.
  mutating func embodied(_ node: Node, _ units: [CapacityUnit]) -> (value: Embodied, measure: Int)? {
    guard node["component"] != nil || node["installation"] != nil || node["recycling"] != nil else {
      return steadyAmount(node, units.map(\.embodied)).map { (Embodied(component: $0.value), $0.measure) }
    }
    var input = EmbodiedInput()
    read(EmbodiedInput.table, node, into: &input)
    guard let component = input.component,
      let amount = within("component", { $0.steadyAmount(component, units.map(\.embodied)) })
    else { return nil }
    var value = Embodied(component: amount.value)
    value.installation = input.installation * amount.value
    value.maintenance = input.maintenance * amount.value
    value.recycling = input.recycling * amount.value
    return (value, amount.measure)
  }
}
