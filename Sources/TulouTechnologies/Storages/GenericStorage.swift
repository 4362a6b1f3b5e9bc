package import TulouDocument
import TulouQuantities

/// Content with charge and discharge: battery, pumped hydro, tank, gas holder.
public struct GenericStorage: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "storage"
  /// What it is, one sentence.
  public static let sentence = "Content with charge and discharge on one bus."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: TechnologyInput {
    init() {}
    var common = CommonInput()
    var bus: String?
    var roundTrip: Double?
    var charge: Double?
    var discharge: Double?
    var standingLoss: Double = 0
    var hours: Node?
    var depth: Double = 1
    var initial: Double?
    var cycleLife: Double?
    var head: Double?
    var kinetic: KineticBattery?
    var fade: StorageFade?
  }

  static let table = FieldTable<Input>(
    technology: "a storage",
    [
      .reference("bus", to: "bus", \.bus, .required, "Bus that it charges from and discharges to."),
      Field(
        "capacity", .either([.table("capacity"), .table("storage capacity")]),
        "What stands, and what may be chosen: of power with 'hours', of content, or of both."
      ) { root, node, _ in root.common.capacity = node },
      .number(
        "round_trip", \.roundTrip, .share, in: .positiveShare, "Efficiency of both ways together; each has its root."),
      Field("efficiency", .table("storage efficiency"), "Efficiency of each way.") { input, node, decoding in
        decoding.read(efficiencyTable, node, into: &input)
      },
      .number(
        "standing_loss", \.standingLoss, .ratePerHour, .silent("0 %/h"), in: .share,
        "Share of the content lost per hour."),
      .node(
        "hours", \.hours, .either([.number([.time]), .table("range of hours")]),
        "Whole content over power: a time, or {min, max}."),
      .number("depth", \.depth, .share, .silent("100 %"), in: .positiveShare, "Share of the content that may be used."),
      .number("initial", \.initial, .share, in: .share, "Content at the start; left out, the end is the start."),
      Field("kinetic", .table("kinetic"), "Two tanks, as lead batteries have them; rules honour it.") {
        var kinetic = KineticInput()
        $2.read(KineticInput.table, $1, into: &kinetic)
        $0.kinetic = kinetic.value
      },
      Field("fade", .table("fade"), "Fade of the content over the years; acts in `--years`.") {
        var fade = FadeInput()
        $2.read(FadeInput.table, $1, into: &fade)
        $0.fade = fade.value
      },
      .number(
        "cycle_life", \.cycleLife, .number, in: Bounds(10, 1e9, "between 10 and 1e9 cycles"),
        "Full cycles until worn out."),
      .number(
        "head", \.head, .length, in: Bounds(1, 2500, "between 1 m and 2500 m"),
        "Pumped hydro: net head, by which the report states flow and volume of the basins."),
    ],
    charged: "that it gives to its bus", isCapped: false, reserved: ["reservoir": "water of a lake with inflow"])

  static let efficiencyTable = FieldTable<Input>(
    "a storage's efficiency",
    [
      .number("charge", \.charge, .share, in: .positiveShare, "Share of what is taken that is stored."),
      .number("discharge", \.discharge, .share, in: .positiveShare, "Share of what leaves that arrives."),
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = Input()
    decoding.read(table, node, into: &input)
    guard let bus = input.bus,
      let place = decoding.within(
        "bus", { surroundings.place(bus, of: input.common.member, &$0, at: (node["bus"] ?? node).mark) })
    else { return nil }
    let hasEfficiency = input.charge != nil || input.discharge != nil
    if hasEfficiency && input.roundTrip != nil {
      decoding.error("A storage has 'round_trip' or 'efficiency', not both.", at: node.mark)
    } else if !hasEfficiency && input.roundTrip == nil && node["efficiency"] == nil && node["round_trip"] == nil {
      decoding.within("round_trip") {
        $0.warning(
          "'\(id)' says nothing of its losses, so it has none in charging and discharging.",
          advice: "Give 'round_trip', or 'round_trip: 100 %' where that is meant.", at: node.mark)
        $0.assume("100 %", source: "nothing was given", kind: .default)
        $0.defaults.append(($0.path, "100 %"))
      }
    }
    if hasEfficiency {
      decoding.within("efficiency") { inner in
        inner.assume("charge", "100 %", in: node["efficiency"])
        inner.assume("discharge", "100 %", in: node["efficiency"])
      }
    }
    decoding.assume("initial", "as at the end", in: node)
    let way = input.roundTrip?.squareRoot()
    guard let (shape, sizes) = shape(id, input, node, &decoding) else { return nil }
    var block = StorageBlock(
      bus: place.id, chargeEfficiency: way ?? input.charge ?? 1, dischargeEfficiency: way ?? input.discharge ?? 1,
      shape: shape)
    block.standingLoss = input.standingLoss
    block.depth = input.depth
    block.initialShare = input.initial
    block.cycleLife = input.cycleLife
    block.headMetres = input.head
    block.kinetic = input.kinetic
    block.fade = input.fade
    if let initial = input.initial, initial < 1 - input.depth - 1e-12 {
      decoding.error("'initial' is below the least content, which 'depth' sets.", at: (node["initial"] ?? node).mark)
    }
    var priced = sizes
    let hours: Double? = if case .hours(let h) = shape { h } else { nil }
    if let perKWh = input.common.applyCosts(to: &priced, [.power, .energy], hours: hours, node, &decoding) {
      block.costPerKWh = perKWh
    }
    return input.common.finished(Component(id: id, kind: kind, block: .storage(block), sizes: priced))
  }

  private static func shape(
    _ id: String, _ input: Input, _ node: Node, _ decoding: inout Decoding
  ) -> (StorageBlock.Shape, [Size])? {
    guard let capacity = input.common.capacity else {
      decoding.error(
        "'\(id)' needs 'capacity'.", advice: "For example 'capacity: {max: 500 kW}' with 'hours: 4 h'.", at: node.mark)
      return nil
    }
    var hours: ClosedRange<Double>?
    if let wanted = input.hours {
      guard let range = decoding.within("hours", { $0.hourRange(wanted) }) else { return nil }
      hours = range
    }
    return decoding.within("capacity") { inner in
      if capacity["power"] != nil || capacity["energy"] != nil {
        var both = StorageCapacityInput()
        inner.read(StorageCapacityInput.table, capacity, into: &both)
        guard let powerNode = both.power, let energyNode = both.energy else { return nil }
        guard let power = inner.within("power", { $0.size(powerNode, part: .power, .power) }),
          let energy = inner.within("energy", { $0.size(energyNode, part: .energy, .energy) })
        else { return nil }
        guard let hours else { return (.independent, [power, energy]) }
        return (.hoursBetween(hours.lowerBound, hours.upperBound), [power, energy])
      }
      if let hours {
        guard let power = inner.size(capacity, part: .power, .power) else { return nil }
        if hours.lowerBound == hours.upperBound { return (.hours(hours.lowerBound), [power]) }
        if power.existing > 0 {
          inner.error(
            "Existing plant with a range of hours needs 'capacity: {power: ..., energy: ...}'.", at: capacity.mark)
          return nil
        }
        var energy = Size(part: .energy, unit: "kWh")
        energy.maximum = power.maximum.map { $0 * hours.upperBound }
        return (.hoursBetween(hours.lowerBound, hours.upperBound), [power, energy])
      }
      if let text = firstNumber(capacity), Quantity.reading(text)?.unit.dimension == Dimension(energy: 1, time: -1) {
        inner.error(
          "The capacity of a storage is a power, so its content is not known.",
          advice: "Add 'hours: 4 h', or give 'capacity: {power: ..., energy: ...}', or an energy alone.",
          at: capacity.mark)
        return nil
      }
      guard let energy = inner.size(capacity, part: .energy, .energy) else { return nil }
      return (.energyOnly, [energy])
    }
  }

  private static func firstNumber(_ capacity: Node) -> String? {
    for key in ["max", "fixed", "existing", "min", "unit"] {
      if let node = capacity[key] { return node.text ?? node["value"]?.text }
    }
    if let unit = capacity["options"]?["unit"]?.text { return "1 \(unit)" }
    return nil
  }
}

extension Decoding {
  /// A time, or `{min, max}`; nil after a diagnostic.
  mutating func hourRange(_ node: Node) -> ClosedRange<Double>? {
    guard node.entries != nil, node["value"] == nil else {
      return number(node, .time, in: .positive).map { $0...$0 }
    }
    var range = HourRange()
    read(HourRange.table, node, into: &range)
    guard let low = range.low, let high = range.high else { return nil }
    guard low <= high else {
      error("'min' is above 'max'.", at: node.mark)
      return nil
    }
    return low...high
  }
}

/// A capacity of power and one of content, as written.
struct StorageCapacityInput: Sendable {
  var power: Node?
  var energy: Node?
  static let table = FieldTable<StorageCapacityInput>(
    "a storage's capacity",
    [
      .node("power", \.power, .table("capacity"), .required, "Its power."),
      .node("energy", \.energy, .table("capacity"), .required, "Its content, in units of energy."),
    ])
}

struct HourRange: Sendable {
  var low: Double?
  var high: Double?
  static let table = FieldTable<HourRange>(
    "a range of hours",
    [
      Field("min", .number([.time]), .required, "Least content over power.") {
        $0.low = $2.number($1, .time, in: .positive)
      },
      Field("max", .number([.time]), .required, "Greatest content over power.") {
        $0.high = $2.number($1, .time, in: .positive)
      },
    ])
}

struct KineticInput: Sendable {
  var share: Double?
  var rate: Double?
  var chargeRate: Double?
  /// The two tanks, where both numbers are there.
  var value: KineticBattery? {
    guard let share, let rate else { return nil }
    var battery = KineticBattery(share: share, rate: rate)
    if let chargeRate { battery.chargeRate = chargeRate }
    return battery
  }
  static let table = FieldTable<KineticInput>(
    "kinetic",
    [
      Field("share", .number([.share]), .required, "Part of the capacity that is at hand (c).") {
        $0.share = $2.number($1, .share, in: .positiveShare)
      },
      Field("rate", .number([.ratePerHour]), .required, "Rate at which the tanks even out (k).") {
        $0.rate = $2.number($1, .ratePerHour, in: .positive)
      },
      .number(
        "charge_rate", \.chargeRate, .ratePerHour, in: .positive, "Greatest charge per room that is left (alpha)."),
    ])
}

struct FadeInput: Sendable {
  var value = StorageFade()
  static let table = FieldTable<FadeInput>(
    "fade",
    [
      .number(
        "per_cycle", \.value.perCycle, .share, .silent("0 %"), in: .share, "Capacity lost by a full cycle (A)."),
      .number(
        "exponent", \.value.exponent, .number, .silent("1"), in: .notNegative,
        "A cycle of depth D loses A D^exponent: 1 counts throughput, 0 counts cycles."),
      .number("per_year", \.value.perYear, .ratePerYear, .silent("0 %/y"), in: .share, "Capacity lost a year."),
      .number(
        "end", \.value.end, .share, .value("80 %", source: "usual warranty of makers"), in: .positiveShare,
        "Capacity left when it is replaced."),
    ])
}
