package import TulouDocument
import TulouQuantities
import TulouResources

/// What machines that pump heat share.
struct PumpInput: TechnologyInput {
  init() {}
  var common = CommonInput()
  var power: String?
  var heat: String?
  var cold: String?
  var cop: Node?
  var source: Node?
  var ratedAt: ConverterBlock.PortName?
  var minimumLoad: Double = 0
}

/// Electricity to heat, drawing the rest from around.
public struct HeatPump: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "heat-pump"
  /// What it is, one sentence.
  public static let sentence = "Electricity to heat, drawing the rest from air, ground, water or waste heat."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<PumpInput>(
    technology: "a heat pump",
    [
      .reference("power", to: "bus", \.power, .required, "Bus that drives it."),
      .reference("heat", to: "bus", \.heat, .required, "Bus that it feeds."),
      .node(
        "cop", \.cop, .either([.series([.number]), .table("performance")]), .required,
        "Heat over electricity: a number, a series, {carnot_share, limit}, or {temperatures, values} over 'source'."),
      .node(
        "source", \.source, .either([.reference("resource"), .series([.temperature])]),
        "Where its heat comes from: a resource with temperature, or a temperature."),
      Field(
        "rated_at", .choice(["heat", "power"]), .value("heat", source: "its useful output"),
        "Port that carries the rating."
      ) {
        $0.ratedAt = $2.choice($1, ["heat", "power"]).flatMap(ConverterBlock.PortName.init)
      },
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = PumpInput()
    decoding.read(table, node, into: &input)
    guard let power = surroundings.port("power", input.power, input.common.member, [.electricity], node, &decoding),
      let heat = surroundings.port("heat", input.heat, input.common.member, [.heat], node, &decoding),
      let copNode = input.cop
    else { return nil }
    let cop: [Double]? = decoding.within("cop") { inner in
      inner.performance(copNode, input.source, hotSide: heat.supply, coldSide: nil, surroundings)
    }
    guard let cop else { return nil }
    decoding.tellOfIdleSource(copNode, node)
    let rated = input.ratedAt ?? .heat
    let plans = [
      PortPlan(name: .power, place: power, coefficient: [-1]), PortPlan(name: .heat, place: heat, coefficient: cop),
    ]
    guard var block = ConverterBlock(plans, rated: rated) else { return nil }
    block.ambientHeat = rated == .heat ? cop.map { max(0, 1 - 1 / $0) } : cop.map { max(0, $0 - 1) }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}

/// Electricity to cold.
public struct Chiller: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "chiller"
  /// What it is, one sentence.
  public static let sentence = "Electricity to cold, giving its heat to the surroundings."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<PumpInput>(
    technology: "a chiller",
    [
      .reference("power", to: "bus", \.power, .required, "Bus that drives it."),
      .reference("cold", to: "bus", \.cold, .required, "Bus that it cools."),
      .node(
        "cop", \.cop, .either([.series([.number]), .table("performance")]), .required,
        "Cold over electricity: a number, a series, {carnot_share, limit}, or {temperatures, values} over 'source'."),
      .node(
        "source", \.source, .either([.reference("resource"), .series([.temperature])]),
        "Where its heat goes: a resource with temperature, or a temperature."),
      Field(
        "rated_at", .choice(["cold", "power"]), .value("cold", source: "its useful output"),
        "Port that carries the rating."
      ) {
        $0.ratedAt = $2.choice($1, ["cold", "power"]).flatMap(ConverterBlock.PortName.init)
      },
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = PumpInput()
    decoding.read(table, node, into: &input)
    guard let power = surroundings.port("power", input.power, input.common.member, [.electricity], node, &decoding),
      let cold = surroundings.port("cold", input.cold, input.common.member, [.cold], node, &decoding),
      let copNode = input.cop
    else { return nil }
    let cop: [Double]? = decoding.within("cop") { inner in
      inner.performance(copNode, input.source, hotSide: nil, coldSide: cold.supply, surroundings)
    }
    guard let cop else { return nil }
    decoding.tellOfIdleSource(copNode, node)
    let plans = [
      PortPlan(name: .power, place: power, coefficient: [-1]), PortPlan(name: .cold, place: cold, coefficient: cop),
    ]
    guard var block = ConverterBlock(plans, rated: input.ratedAt ?? .cold) else { return nil }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}

/// Heat to cold.
public struct AbsorptionChiller: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "absorption-chiller"
  /// What it is, one sentence.
  public static let sentence = "Heat to cold."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<PumpInput>(
    technology: "an absorption chiller",
    [
      .reference("heat", to: "bus", \.heat, .required, "Bus that drives it."),
      .reference("cold", to: "bus", \.cold, .required, "Bus that it cools."),
      .node("cop", \.cop, .series([.number]), .required, "Cold over driving heat."),
      Field(
        "rated_at", .choice(["cold", "heat"]), .value("cold", source: "its useful output"),
        "Port that carries the rating."
      ) {
        $0.ratedAt = $2.choice($1, ["cold", "heat"]).flatMap(ConverterBlock.PortName.init)
      },
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = PumpInput()
    decoding.read(table, node, into: &input)
    guard let heat = surroundings.port("heat", input.heat, input.common.member, [.heat], node, &decoding),
      let cold = surroundings.port("cold", input.cold, input.common.member, [.cold], node, &decoding),
      let copNode = input.cop,
      let cop = decoding.within(
        "cop", { $0.series(copNode, [.number], in: Bounds(0, 3, aboveLow: true, "above 0 and at most 3"))?.values })
    else { return nil }
    let plans = [
      PortPlan(name: .heat, place: heat, coefficient: [-1]), PortPlan(name: .cold, place: cold, coefficient: cop),
    ]
    guard var block = ConverterBlock(plans, rated: input.ratedAt ?? .cold) else { return nil }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}

/// A coefficient of performance that depends on temperatures, as written.
struct PerformanceInput: Sendable {
  var share: Double?
  var limit: Double?
  var celsius: [Double]?
  var values: [Double]?

  static let table = FieldTable<PerformanceInput>(
    "a coefficient of performance",
    [
      Field(
        "carnot_share", .number([.share]), "Share of Carnot's performance; needs 'source' and a bus with a temperature."
      ) {
        $0.share = $2.number($1, .share, in: .positiveShare)
      },
      .number(
        "limit", \.limit, .number, in: Bounds(1, 50, "between 1 and 50"),
        "With 'carnot_share': greatest performance, where the two temperatures come close; left out: 8."),
      Field("temperatures", .list(.number([.temperature])), "Of the source, ascending, for 'values' beside them.") {
        $0.celsius = $2.numberList($1, .temperature)
      },
      Field("values", .list(.number([.number])), "Performance at these temperatures.") {
        // They have no unit, so a plain list is enough.
        let mark = $1.mark
        let list = $1.items.map {
          Node(.mapping([Node.Entry(key: "values", value: Node(.sequence($0), mark: mark))]), mark: mark)
        }
        $0.values = $2.numberList(list ?? $1, .number, in: Bounds(0, 50, aboveLow: true, "above 0 and at most 50"))
      },
      .note("source", "Where the numbers come from."),
    ])
}

extension Decoding {
  /// A stated performance holds whatever the temperature of the source.
  mutating func tellOfIdleSource(_ cop: Node, _ node: Node) {
    guard cop["carnot_share"] == nil, cop["temperatures"] == nil else { return }
    idle(["source"], of: node, because: "'cop' is stated, whatever the temperature")
  }

  /// Coefficient of performance in each step: a number, a series, a share of Carnot's between a source and a bus, or a table
  /// over the temperature of the source; nil after a diagnostic.
  mutating func performance(
    _ node: Node, _ source: Node?, hotSide: Double?, coldSide: Double?, _ surroundings: Surroundings
  ) -> [Double]? {
    let temperatures = source.flatMap { source in within("source") { $0.sourceTemperature(source, surroundings) } }
    if source != nil, temperatures == nil { return nil }
    guard let rule = performanceRule(node) else { return nil }
    let own = hotSide ?? coldSide
    guard let temperatures, let own else {
      // Without both temperatures a stated value stands as it is.
      if case .stated(let values) = rule { return values }
      if temperatures == nil {
        error(
          "A coefficient of performance over temperatures needs 'source', the temperature of the other side.",
          at: node.mark)
      } else {
        error("'carnot_share' needs a bus with a supply temperature.", at: node.mark)
      }
      return nil
    }
    let heats = hotSide != nil
    let series = model(at: node.mark) { () throws(ProjectFault) in
      try rule.series(
        cold: heats ? temperatures : [own], hot: heats ? [own] : temperatures, service: heats ? .heat : .cold)
    }
    guard let series else { return nil }
    if series.limited > 0, case .carnot(let share, let limit) = rule {
      warning(
        "In \(series.limited) of \(series.values.count) steps the two temperatures are so close that \((share * 100).plain) % of Carnot's performance would exceed \(limit.plain); the coefficient of performance stays at \(limit.plain) there.",
        advice: "Give 'limit' beside 'carnot_share', or a table {temperatures, values} of the machine.", at: node.mark)
    }
    return series.values
  }

  /// The rule that a node writes.
  private mutating func performanceRule(_ node: Node) -> Performance? {
    guard node["carnot_share"] != nil || node["temperatures"] != nil || node["limit"] != nil else {
      let plausible = Bounds(0, 50, aboveLow: true, "above 0 and at most 50")
      return series(node, [.number], in: plausible).map { .stated($0.values) }
    }
    var input = PerformanceInput()
    let before = diagnostics.count
    read(PerformanceInput.table, node, into: &input)
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    switch (input.share, input.celsius, input.values) {
    case (let share?, nil, nil):
      if let limit = input.limit { return .carnot(share: share, limit: limit) }
      within("limit") {
        $0.assume(
          Performance.usualLimit.plain,
          source: "our assumption, above the regressions of Staffell et al. 2012, Energy Environ. Sci. 5, 9291-9306",
          kind: .default)
      }
      return .carnot(share: share)
    case (nil, let celsius?, let values?) where node["limit"] == nil:
      guard celsius.count == values.count, zip(celsius, celsius.dropFirst()).allSatisfy({ $0 < $1 }) else {
        error("A table of performance has as many values as temperatures, which ascend.", at: node.mark)
        return nil
      }
      return .table(celsius: celsius, values: values)
    case (nil, _, _) where node["limit"] == nil:
      error("A table of performance has 'temperatures' and 'values'.", at: node.mark)
      return nil
    default:
      error(
        "A coefficient of performance is a number, a series, {carnot_share, limit}, or {temperatures, values}.",
        at: node.mark)
      return nil
    }
  }

  private mutating func sourceTemperature(_ node: Node, _ surroundings: Surroundings) -> [Double]? {
    if let text = node.text, Quantity.reading(text) == nil {
      return surroundings.resources.series(.temperature, of: text, &self, at: node.mark)
    }
    return series(node, [.temperature], in: Bounds(-90, 2000, "between -90 degC and 2000 degC"))?.values
  }
}
