package import TulouDocument
import TulouQuantities

/// Electricity to hydrogen.
public struct Electrolyser: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "electrolyser"
  /// What it is, one sentence.
  public static let sentence = "Electricity to hydrogen, by lower heating value."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: TechnologyInput {
    init() {}
    var common = CommonInput()
    var power: String?
    var hydrogen: String?
    var efficiency: Node?
    var ratedAt: ConverterBlock.PortName?
  }

  static let table = FieldTable<Input>(
    technology: "an electrolyser",
    [
      .reference("power", to: "bus", \.power, .required, "Bus that drives it."),
      .reference("hydrogen", to: "bus", \.hydrogen, .required, "Bus that it feeds."),
      .node(
        "efficiency", \.efficiency, .series([.share]), .required, "Hydrogen by lower heating value over electricity."),
      Field(
        "rated_at", .choice(["power", "hydrogen"]), .value("hydrogen", source: "its useful output"),
        "Port that carries the rating."
      ) {
        $0.ratedAt = $2.choice($1, ["power", "hydrogen"]).flatMap(ConverterBlock.PortName.init)
      },
    ])

  /// The component that a node of the file describes.
  package static func component(_ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    var input = Input()
    decoding.read(table, node, into: &input)
    guard let power = surroundings.port("power", input.power, input.common.member, [.electricity], node, &decoding),
      let hydrogen = surroundings.port(
        "hydrogen", input.hydrogen, input.common.member, [.hydrogen, .fuel], node, &decoding),
      let efficiencyNode = input.efficiency,
      let efficiency = decoding.within(
        "efficiency", { $0.series(efficiencyNode, [.share], in: .positiveShare)?.values })
    else { return nil }
    let plans = [
      PortPlan(name: .power, place: power, coefficient: [-1]),
      PortPlan(name: .hydrogen, place: hydrogen, coefficient: efficiency),
    ]
    guard var block = ConverterBlock(plans, rated: input.ratedAt ?? .hydrogen) else { return nil }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}
