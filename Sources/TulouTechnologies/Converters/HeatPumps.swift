public import TulouQuantities

/// What machines that pump heat share.
struct PumpInput: TechnologyInput {
  init() {}
  var common = CommonInput()
  var power: String?
  var heat: String?
  var cold: String?
  var cop: Node?
  var source: Node?
  var ratedAt: String?
  var minimumLoad: Double = 0
}

/// Electricity to heat, drawing the rest from around.
public enum HeatPump: Technology {
  /// Kind as the project file writes it.
  public static let kind = "heat-pump"
  /// What it is, one sentence.
  public static let sentence = "Electricity to heat, drawing the rest from air, ground, water or waste heat."
  /// Meaning of each field, by key.
  public static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<PumpInput>(
    technology: "a heat pump",
    [
      .reference("power", to: "bus", \.power, .required, "Bus that drives it."),
      .reference("heat", to: "bus", \.heat, .required, "Bus that it feeds."),
      .node(
        "cop", \.cop, .series([.number]), .required,
        "Heat over electricity: a number, a series, {carnot_share}, or {temperatures, values} over 'source'."),
      .node(
        "source", \.source, .reference("resource"),
        "Where its heat comes from: a resource with temperature, or a temperature."),
      Field("rated_at", .choice(["heat", "power"]), "Port that carries the rating.") {
        $0.ratedAt = $2.choice($1, ["heat", "power"])
      },
    ])

  /// The component that a node of the file describes.
  public static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = PumpInput()
    decoding.read(table, node, into: &input)
    guard let power = surroundings.port("power", input.power, input.common.member, ["electricity"], node, &decoding),
      let heat = surroundings.port("heat", input.heat, input.common.member, ["heat"], node, &decoding),
      let copNode = input.cop
    else { return nil }
    let cop: [Double]? = decoding.within("cop") { inner in
      inner.performance(copNode, input.source, hotSide: heat.supply, coldSide: nil, surroundings)
    }
    guard let cop else { return nil }
    let rated = input.ratedAt ?? "heat"
    let plans = [
      PortPlan(name: "power", place: power, coefficient: [-1]), PortPlan(name: "heat", place: heat, coefficient: cop),
    ]
    guard var block = ConverterBlock(plans, rated: rated) else { return nil }
    block.ambientHeat = rated == "heat" ? cop.map { max(0, 1 - 1 / $0) } : cop.map { max(0, $0 - 1) }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}

/// Electricity to cold.
public enum Chiller: Technology {
  /// Kind as the project file writes it.
  public static let kind = "chiller"
  /// What it is, one sentence.
  public static let sentence = "Electricity to cold, giving its heat to the surroundings."
  /// Meaning of each field, by key.
  public static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<PumpInput>(
    technology: "a chiller",
    [
      .reference("power", to: "bus", \.power, .required, "Bus that drives it."),
      .reference("cold", to: "bus", \.cold, .required, "Bus that it cools."),
      .node(
        "cop", \.cop, .series([.number]), .required,
        "Cold over electricity: a number, a series, {carnot_share}, or {temperatures, values} over 'source'."),
      .node(
        "source", \.source, .reference("resource"),
        "Where its heat goes: a resource with temperature, or a temperature."),
      Field("rated_at", .choice(["cold", "power"]), "Port that carries the rating.") {
        $0.ratedAt = $2.choice($1, ["cold", "power"])
      },
    ])

  /// The component that a node of the file describes.
  public static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = PumpInput()
    decoding.read(table, node, into: &input)
    guard let power = surroundings.port("power", input.power, input.common.member, ["electricity"], node, &decoding),
      let cold = surroundings.port("cold", input.cold, input.common.member, ["cold"], node, &decoding),
      let copNode = input.cop
    else { return nil }
    let cop: [Double]? = decoding.within("cop") { inner in
      inner.performance(copNode, input.source, hotSide: nil, coldSide: cold.supply, surroundings)
    }
    guard let cop else { return nil }
    let plans = [
      PortPlan(name: "power", place: power, coefficient: [-1]), PortPlan(name: "cold", place: cold, coefficient: cop),
    ]
    guard var block = ConverterBlock(plans, rated: input.ratedAt ?? "cold") else { return nil }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}

/// Heat to cold.
public enum AbsorptionChiller: Technology {
  /// Kind as the project file writes it.
  public static let kind = "absorption-chiller"
  /// What it is, one sentence.
  public static let sentence = "Heat to cold."
  /// Meaning of each field, by key.
  public static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<PumpInput>(
    technology: "an absorption chiller",
    [
      .reference("heat", to: "bus", \.heat, .required, "Bus that drives it."),
      .reference("cold", to: "bus", \.cold, .required, "Bus that it cools."),
      .node("cop", \.cop, .series([.number]), .required, "Cold over driving heat."),
      Field("rated_at", .choice(["cold", "heat"]), "Port that carries the rating.") {
        $0.ratedAt = $2.choice($1, ["cold", "heat"])
      },
    ])

  /// The component that a node of the file describes.
  public static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = PumpInput()
    decoding.read(table, node, into: &input)
    guard let heat = surroundings.port("heat", input.heat, input.common.member, ["heat"], node, &decoding),
      let cold = surroundings.port("cold", input.cold, input.common.member, ["cold"], node, &decoding),
      let copNode = input.cop,
      let cop = decoding.within(
        "cop", { $0.series(copNode, [.number], in: Bounds(0, 3, aboveLow: true, "above 0 and at most 3"))?.values })
    else { return nil }
    let plans = [
      PortPlan(name: "heat", place: heat, coefficient: [-1]), PortPlan(name: "cold", place: cold, coefficient: cop),
    ]
    guard var block = ConverterBlock(plans, rated: input.ratedAt ?? "cold") else { return nil }
    return input.common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}

extension Decoding {
  /// Coefficient of performance in each step: a number, a series, or a share of Carnot's between a source and a bus.
  ///
  /// Heating: share x T_hot / (T_hot - T_cold); cooling: share x T_cold / (T_hot - T_cold), temperatures in K.
  mutating func performance(
    _ node: Node, _ source: Node?, hotSide: Double?, coldSide: Double?, _ surroundings: Surroundings
  ) -> [Double]? {
    let plausible = Bounds(0, 50, aboveLow: true, "above 0 and at most 50")
    let temperatures = source.flatMap { source in within("source") { $0.sourceTemperature(source, surroundings) } }
    if node["temperatures"] != nil {
      guard let values = performanceTable(node, temperatures, given: source != nil) else { return nil }
      checkCarnot(values, temperatures, hotSide, coldSide, at: node.mark)
      return values
    }
    guard let shareNode = node["carnot_share"] else {
      guard let values = series(node, [.number], in: plausible)?.values else { return nil }
      checkCarnot(values, temperatures, hotSide, coldSide, at: node.mark)
      return values
    }
    for entry in node.entries ?? [] where entry.key != "carnot_share" {
      unknown(entry, among: ["carnot_share"], in: "a coefficient of performance")
    }
    guard let share = within("carnot_share", { $0.number(shareNode, .share, in: .positiveShare) }) else { return nil }
    guard let temperatures else {
      if source == nil { error("'carnot_share' needs 'source', the temperature of the other side.", at: node.mark) }
      return nil
    }
    guard let own = hotSide ?? coldSide else {
      error("'carnot_share' needs a bus with a supply temperature.", at: node.mark)
      return nil
    }
    return temperatures.map {
      Decoding.carnot(other: $0, own: own, heats: hotSide != nil).map { min(50, share * $0) } ?? 50
    }
  }

  /// A manufacturer's table over the temperature of the other side, straight between points, its ends beyond them.
  private mutating func performanceTable(_ node: Node, _ source: [Double]?, given: Bool) -> [Double]? {
    for entry in node.entries ?? [] where !["temperatures", "values", "source"].contains(entry.key) {
      unknown(entry, among: ["temperatures", "values", "source"], in: "a table of performance")
    }
    guard let x = node["temperatures"], let y = node["values"] else {
      error("A table of performance has 'temperatures' and 'values'.", at: node.mark)
      return nil
    }
    let list = y.items.map {
      Node(.mapping([Node.Entry(key: "values", value: Node(.sequence($0), mark: y.mark))]), mark: y.mark)
    }
    guard let celsius = within("temperatures", { $0.numberList(x, .temperature) }),
      let values = within(
        "values", { $0.numberList(list ?? y, .number, in: Bounds(0, 50, aboveLow: true, "above 0 and at most 50")) })
    else { return nil }
    guard let source else {
      if !given { error("A table of performance needs 'source', the temperature of the other side.", at: node.mark) }
      return nil
    }
    guard celsius.count == values.count, zip(celsius, celsius.dropFirst()).allSatisfy({ $0 < $1 }) else {
      error("A table of performance has as many values as temperatures, which ascend.", at: node.mark)
      return nil
    }
    return source.map { temperature in
      guard let i = celsius.firstIndex(where: { $0 >= temperature }) else { return values[values.count - 1] }
      guard i > 0 else { return values[0] }
      return values[i - 1] + (values[i] - values[i - 1]) * (temperature - celsius[i - 1])
        / (celsius[i] - celsius[i - 1])
    }
  }

  /// Carnot's coefficient; nil where no lift is needed. Lifts below 5 K count as 5 K.
  private static func carnot(other: Double, own: Double, heats: Bool) -> Double? {
    let lift = max(5, heats ? own - other : other - own)
    return (own + 273.15) / lift
  }

  private mutating func checkCarnot(
    _ cop: [Double], _ temperatures: [Double]?, _ hotSide: Double?, _ coldSide: Double?, at mark: Mark
  ) {
    guard let temperatures, let own = hotSide ?? coldSide else { return }
    for t in 0..<max(cop.count, temperatures.count) {
      let other = temperatures[temperatures.count == 1 ? 0 : t]
      let lift = hotSide != nil ? own - other : other - own
      guard lift > 0 else { continue }
      let limit = (own + 273.15) / lift
      let value = cop[cop.count == 1 ? 0 : t]
      if value > limit {
        error(
          "A coefficient of performance of \(value.plain) is above Carnot's \(((limit * 100).rounded() / 100).plain) between \(other.plain) degC and \(own.plain) degC.",
          at: mark)
        return
      }
    }
  }

  private mutating func sourceTemperature(_ node: Node, _ surroundings: Surroundings) -> [Double]? {
    if let text = node.text, Quantity.reading(text) == nil {
      return surroundings.resources.series(.temperature, of: text, &self, at: node.mark)
    }
    return series(node, [.temperature], in: Bounds(-90, 2000, "between -90 degC and 2000 degC"))?.values
  }
}
