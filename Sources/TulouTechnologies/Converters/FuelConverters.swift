package import TulouDocument
import TulouQuantities

/// What converters that burn something share.
struct FuelInput: TechnologyInput {
  init() {}
  var common = CommonInput()
  var fuel: String?
  var power: String?
  var heat: String?
  var efficiency: Node?
  var fuelCurve: Node?
  var minimumLoad: Double = 0
  var commitment = Commitment.relaxed
  var startCost: Double = 0
  var minimumRun: Double = 0
  var runCost: Double = 0
  var lifeHours: Double?
  var failures: MachineFailures?
  var ratedAt: ConverterBlock.PortName?
  var pollutants: Node?

  static let efficiency = Field<FuelInput>.node(
    "efficiency", \.efficiency, .series([.share]), "Output over fuel by lower heating value.")

  /// Whether machines on line are whole ones.
  enum Commitment: String, CaseIterable { case relaxed, exact }

  static let burning: [Field<FuelInput>] = [
    .reference("fuel", to: "bus", \.fuel, .required, "Bus that it burns from."),
    .number("minimum_load", \.minimumLoad, .share, .silent("0 %"), in: .share, "Least load of what runs."),
    .choice(
      "commitment", \.commitment, .value("relaxed", source: "our assumption"),
      "Whether machines on line are whole ones."
    ).needing("minimum_load", "fuel_curve", "start_cost"),
    .number(
      "start_cost", \.startCost, Measure("money per kW", in: "¤/kW", example: "3 USD/kW"), .silent("0 ¤/kW"),
      in: .notNegative, "Cost of a start per unit of capacity."),
    .number("minimum_run", \.minimumRun, .time, .silent("0 h"), in: .notNegative, "Least hours on line."),
    .node(
      "pollutants", \.pollutants, .table("pollutants"),
      "What it forms of its fuel; a pollutant left out is formed as the fuel's carrier says."),
  ]
  static func ratedAt(_ ports: [String]) -> Field<FuelInput> {
    Field(
      "rated_at", .choice(ports), .value(ports[0], source: "its useful output"), "Port that carries the rating."
    ) { $0.ratedAt = $2.choice($1, ports).flatMap(ConverterBlock.PortName.init) }
  }
}

/// Fuel to electricity: diesel or gas engine, turbine.
public struct Generator: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "generator"
  /// What it is, one sentence.
  public static let sentence = "Fuel to electricity, with a straight fuel curve."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<FuelInput>(
    technology: "a generator",
    FuelInput.burning + [
      FuelInput.efficiency,
      .reference("power", to: "bus", \.power, .required, "Bus that it feeds."),
      .node("fuel_curve", \.fuelCurve, .table("fuel curve"), "Fuel at no load and per output."),
      .number(
        "run_cost", \.runCost, Measure("money per kW and hour", in: "¤/kWh", example: "0.02 USD/kWh"),
        .silent("0 ¤/kWh"), in: .notNegative, "Cost of an hour on line per kW of capacity: maintenance by run hours."),
      .number(
        "life_hours", \.lifeHours, .time, in: Bounds(100, 1e6, "between 100 h and 1,000,000 h"),
        "Hours on line until worn out; acts in `--years`."),
      Field("failures", .table("failures"), "How it fails when the outside is lost.") { input, node, decoding in
        var failures = FailuresInput()
        decoding.read(FailuresInput.table, node, into: &failures)
        input.failures = failures.value
      },
      FuelInput.ratedAt(["power", "fuel"]),
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = FuelInput()
    decoding.read(table, node, into: &input)
    guard let fuel = surroundings.port("fuel", input.fuel, input.common.member, [], node, &decoding),
      let power = surroundings.port("power", input.power, input.common.member, [.electricity], node, &decoding)
    else { return nil }
    guard (input.efficiency == nil) != (input.fuelCurve == nil) else {
      decoding.error("'\(id)' takes either 'efficiency' or 'fuel_curve'.", at: node.mark)
      return nil
    }
    var slope: [Double] = [1]
    var noLoad = 0.0
    if let efficiency = input.efficiency {
      guard let value = decoding.efficiency(efficiency, "efficiency") else { return nil }
      slope = value.map { 1 / $0 }
    } else if let curve = input.fuelCurve {
      guard let (f0, f1) = decoding.within("fuel_curve", { $0.fuelCurve(curve, fuel.heatingValue) }) else { return nil }
      noLoad = f0
      slope = [f1]
    }
    let plans = [
      PortPlan(name: .fuel, place: fuel, coefficient: slope.map { -$0 }),
      PortPlan(name: .power, place: power, coefficient: [1]),
    ]
    let rated = input.ratedAt ?? .power
    if rated == .fuel && noLoad > 0 {
      decoding.error("A fuel curve belongs to a generator rated at 'power'.", at: node.mark)
      return nil
    }
    return input.component(id, kind, plans, rated: rated, noLoad: noLoad, node, &decoding)
  }
}

/// Fuel to heat.
public struct Boiler: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "boiler"
  /// What it is, one sentence.
  public static let sentence = "Fuel to heat."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<FuelInput>(
    technology: "a boiler",
    FuelInput.burning + [
      FuelInput.efficiency,
      .reference("heat", to: "bus", \.heat, .required, "Bus that it feeds."), FuelInput.ratedAt(["heat", "fuel"]),
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = FuelInput()
    decoding.read(table, node, into: &input)
    guard let fuel = surroundings.port("fuel", input.fuel, input.common.member, [], node, &decoding),
      let heat = surroundings.port("heat", input.heat, input.common.member, [.heat], node, &decoding)
    else { return nil }
    guard let stated = input.efficiency else {
      decoding.error("'\(id)' needs 'efficiency'.", at: node.mark)
      return nil
    }
    guard let efficiency = decoding.efficiency(stated, "efficiency") else { return nil }
    decoding.idle(
      ["minimum_run"], of: node, because: "plans do not keep it, and dispatch by rules runs no heat")
    let plans = [
      PortPlan(name: .fuel, place: fuel, coefficient: [-1]),
      PortPlan(name: .heat, place: heat, coefficient: efficiency),
    ]
    return input.component(id, kind, plans, rated: input.ratedAt ?? .heat, noLoad: 0, node, &decoding)
  }
}

/// Fuel to electricity and heat in one ratio.
public struct CombinedHeatAndPower: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "chp"
  /// What it is, one sentence.
  public static let sentence = "Fuel to electricity and heat."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  static let table = FieldTable<FuelInput>(
    technology: "a CHP",
    FuelInput.burning + [
      .node("efficiency", \.efficiency, .table("CHP efficiency"), .required, "Power and heat over fuel."),
      .reference("power", to: "bus", \.power, .required, "Bus that receives electricity."),
      .reference("heat", to: "bus", \.heat, .required, "Bus that receives heat."),
      FuelInput.ratedAt(["power", "heat", "fuel"]),
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = FuelInput()
    decoding.read(table, node, into: &input)
    guard let fuel = surroundings.port("fuel", input.fuel, input.common.member, [], node, &decoding),
      let power = surroundings.port("power", input.power, input.common.member, [.electricity], node, &decoding),
      let heat = surroundings.port("heat", input.heat, input.common.member, [.heat], node, &decoding)
    else { return nil }
    guard let both = input.efficiency else { return nil }
    guard both.entries != nil else {
      decoding.error("'\(id)' needs 'efficiency: {power: ..., heat: ...}'.", at: both.mark)
      return nil
    }
    decoding.idle(
      ["minimum_run"], of: node, because: "plans do not keep it, and dispatch by rules runs no heat")
    let efficiencies: ([Double], [Double])? = decoding.within("efficiency") { inner in
      var ports = PortEfficiencies()
      inner.read(PortEfficiencies.table, both, into: &ports)
      guard let power = ports.power.flatMap({ inner.efficiency($0, "power") }),
        let heat = ports.heat.flatMap({ inner.efficiency($0, "heat") })
      else { return nil }
      return (power, heat)
    }
    guard let (electric, thermal) = efficiencies else { return nil }
    if let e = electric.max(), let t = thermal.max(), e + t > 1.1 {
      decoding.error(
        "'\(id)' gives \(Int(saturating: ((e + t) * 100).rounded())) % of its fuel, more than a condensing machine can.",
        at: both.mark)
    }
    let plans = [
      PortPlan(name: .fuel, place: fuel, coefficient: [-1]),
      PortPlan(name: .power, place: power, coefficient: electric),
      PortPlan(name: .heat, place: heat, coefficient: thermal),
    ]
    return input.component(id, kind, plans, rated: input.ratedAt ?? .power, noLoad: 0, node, &decoding)
  }
}

extension FuelInput {
  func component(
    _ id: String, _ kind: String, _ plans: [PortPlan], rated: ConverterBlock.PortName, noLoad: Double, _ node: Node,
    _ decoding: inout Decoding
  ) -> Component? {
    guard var block = ConverterBlock(plans, rated: rated) else { return nil }
    block.noLoad = noLoad
    block.minimumLoad = minimumLoad
    block.exactCommitment = commitment == .exact
    block.startCost = startCost
    block.minimumRunHours = minimumRun
    block.runCost = runCost
    block.lifeHours = lifeHours
    block.failures = failures
    if let pollutants {
      let fuel = plans.first { $0.name == .fuel }?.place.heatingValue
      block.pollutants = decoding.within("pollutants") { $0.pollutants(pollutants, fuel: fuel) }
    }
    if minimumLoad > 0 || noLoad > 0, commitment == .relaxed {
      decoding.within("commitment") {
        $0.assume(
          "relaxed",
          source: "minimum load is approximated and real fuel use may be higher; 'commitment: exact' honours it",
          kind: .relaxation)
      }
    }
    return common.component(id, kind: kind, unit: .power, capacity: .needed, node, &decoding) { perKWh in
      block.costPerKWh = perKWh
      return .converter(block)
    }
  }
}

extension Surroundings {
  /// The bus of a port.
  func port(
    _ name: String, _ bus: String?, _ member: String?, _ kinds: Set<CarrierKind>, _ node: Node,
    _ decoding: inout Decoding
  ) -> Place? {
    guard let bus else { return nil }
    return decoding.within(name) { place(bus, of: member, kinds: kinds, &$0, at: (node[name] ?? node).mark) }
  }
}

extension Decoding {
  /// An efficiency above 0 and up to 110 % (condensing, by lower heating value), constant or a series.
  mutating func efficiency(_ node: Node, _ name: String) -> [Double]? {
    within(name) { inner in
      inner.series(
        node, [.share], in: Bounds(0, 1.1, aboveLow: true, "above 0 % and at most 110 % (by lower heating value)"))?
        .values
    }
  }

  /// Fuel at no load and per output: `kW/kW` by lower heating value, or `m3/h/kW`.
  mutating func fuelCurve(_ node: Node, _ fuel: HeatingValue?) -> (Double, Double)? {
    var curve = FuelCurve()
    read(FuelCurve.table, node, into: &curve)
    guard let noLoadNode = curve.noLoad, let slopeNode = curve.slope,
      let noLoad = within("no_load", { $0.number(noLoadNode, .fuelPerPower, in: .notNegative, fuel: fuel) }),
      let slope = within("slope", { $0.number(slopeNode, .fuelPerPower, in: .positive, fuel: fuel) })
    else { return nil }
    if slope < 1 {
      within("slope") {
        $0.error(
          "A slope of \(slope) kW of fuel per kW gives more electricity than the fuel holds.", at: slopeNode.mark)
      }
    }
    return (noLoad, slope)
  }
}

extension Measure {
  static let fuelPerPower = Measure("fuel per power", in: "kW/kW", example: "0.08 kW/kW")
}

/// What a CHP makes of its fuel, as written.
struct PortEfficiencies: Sendable {
  var power: Node?
  var heat: Node?
  static let table = FieldTable<PortEfficiencies>(
    "a CHP's efficiency",
    [
      .node("power", \.power, .series([.share]), .required, "Electricity over fuel by lower heating value."),
      .node("heat", \.heat, .series([.share]), .required, "Heat over fuel by lower heating value."),
    ])
}

struct FailuresInput: Sendable {
  var value = MachineFailures(meanHoursToFailure: .infinity)
  static let table = FieldTable<FailuresInput>(
    "failures",
    [
      Field("mean_time_to_failure", .number([.time]), .required, "Mean time from start to failure.") {
        if let hours = $2.number($1, .time, in: .positive) { $0.value.meanHoursToFailure = hours }
      },
      .number(
        "availability", \.value.availability, .share, .silent("100 %"), in: .share,
        "Probability that it is not under repair when an outage begins."),
      .number(
        "start_failure", \.value.startFailure, .share, .silent("0 %"), in: .share, "Probability that it does not start."
      ),
    ])
}

struct FuelCurve: Sendable {
  var noLoad: Node?
  var slope: Node?
  static let table = FieldTable<FuelCurve>(
    "a fuel curve",
    [
      .node(
        "no_load", \.noLoad, .number([.fuelPerPower]), .required,
        "Fuel of a running machine without load, per kW of it (F0)."),
      .node("slope", \.slope, .number([.fuelPerPower]), .required, "Fuel per kW of output (F1)."),
    ])
}
