import TulouDocument
import TulouQuantities
import TulouStreams

/// When a stream flows, in one word.
enum StreamProfile: String, CaseIterable { case flat, day, night }

/// Which way a stream goes: out of a partner, or into one.
enum StreamWay {
  case out, into

  /// Keys of the temperature that must be there, and of the other one.
  var temperatures: (main: String, other: String) {
    switch self {
    case .out: ("supply", "return")
    case .into: ("needs", "from")
    }
  }
}

/// The streams of a project as written.
struct StreamsInput: Sendable {
  var out: Node?
  var into: Node?

  static let table = FieldTable<StreamsInput>(
    "streams",
    [
      .node("out", \.out, .map(.table("stream out")), "What partners have to spare."),
      .node("in", \.into, .map(.table("stream in")), "What partners need."),
    ])
}

/// A stream as written, whichever way it goes; numbers are read once its kind is known.
struct StreamInput: Sendable {
  var nodes: [String: Node] = [:]
  var name = ""
  var partner: String?
  var kind: StreamKind?
  var since: Int?, year: Int?
  var source = ""
  var isInferred = false
  var wasteCode = ""
  var isBarred = false
  var bus: String?

  private static func kept(_ name: String, _ shape: Shape, _ sentence: String) -> Field<StreamInput> {
    Field(name, shape, sentence) { input, node, _ in input.nodes[name] = node }
  }

  private static let head: [Field<StreamInput>] = [
    .text("name", \.name, "Free text."),
    .reference("partner", to: "partner", \.partner, .required, "Who gives or takes it."),
    Field("kind", .choice(StreamKind.self), .required, "What flows.") { $0.kind = $2.choice($1, StreamKind.self) },
    kept(
      "amount", .either([.number(StreamUnits.everyFlow), .list(.number(StreamUnits.everyFlow))]),
      "Flow, or amount per year; a list has one flow for each block of 'match'."),
    kept(
      "capacity_flow", .number([StreamUnits.capacityFlow]),
      "Heat capacity flow in place of 'amount': times the difference of the two temperatures it is the flow of heat."),
    kept(
      "content", .number([StreamUnits.energyPerTonne]),
      "Energy in a mass of it, for energies: amounts and prices by mass are taken as energies by it."),
    kept(
      "profile", .either([.choice(StreamProfile.self), .list(.number([.number])), .text]),
      "When it flows: 'flat', 'day' (7 to 19 h), 'night', 'batch 12 per year', twelve numbers for the months, or one for each block; the yearly amount is kept. Left out: flat."
    ),
    kept(
      "approach", .number([.temperatureDifference]),
      "Its part of the least difference of temperatures; left out: half of that of 'match'."),
  ]

  private static let tail: [Field<StreamInput>] = [
    kept("reduce", .list(.table("reduction of a stream")), "Measures that lower it where it arises."),
    .integer("since", \.since, in: 1800...2200, "Year from which it flows."),
    .integer("year", \.year, in: 1800...2200, "Year that the numbers are of."),
    .text("source", \.source, "Where the numbers come from."),
    .flag("inferred", \.isInferred, .silent("false"), "Whether partner or amount are inferred rather than printed."),
  ]

  static let out = FieldTable<StreamInput>(
    "a stream out",
    head + [
      kept("grade", .text, "What it is, e.g. 'gypsum'."),
      kept("supply", .number([.temperature]), "Temperature at which heat or cold is there."),
      kept("return", .number([.temperature]), "Temperature to which it can be used; left out: all at 'supply'."),
      kept(
        "disposal", .number(StreamUnits.everyPrice), "What it costs to be rid of it; below 0 where it is paid for."),
      kept("disposal_emission", .number(StreamUnits.everyEmission), "CO2 of disposal."),
      kept(
        "emergency", .number(StreamUnits.everyPrice),
        "What disposal costs that was not planned; left out: twice 'disposal'."),
      kept(
        "contents", .map(.number(StreamUnits.everyConcentration)),
        "What is dissolved or contained, by name: contaminants, composition, moisture; 100 % together at most."),
      .text("waste_code", \.wasteCode, "Code of the law of waste."),
      .flag("barred", \.isBarred, .silent("false"), "Whether the law of waste forbids that others use it."),
      .reference(
        "bus", to: "bus", \.bus,
        "Bus that it may feed in the energy plan: 'tulou plan' then decides how much of it is taken, hour by hour."),
      kept(
        "certain", .number([.share]), "Share of the time in which it is really there; told beside each match."),
      kept("sorting", .number([.share]), "Share of the amount that is sorted out, as of household waste."),
    ] + tail)

  static let into = FieldTable<StreamInput>(
    "a stream in",
    head + [
      kept("grades", .list(.text), "What may serve it, e.g. '[gypsum]'; left out: anything of its kind."),
      kept("needs", .number([.temperature]), "Temperature that is needed."),
      kept("from", .number([.temperature]), "Temperature from which it is brought there; left out: all at 'needs'."),
      kept("buys", .number(StreamUnits.everyPrice), "What it costs to buy it fresh."),
      kept("emission", .number(StreamUnits.everyEmission), "CO2 of the fresh supply."),
      kept(
        "outside_energy", .number([.number, StreamUnits.energyPerTonne, StreamUnits.energyPerVolume]),
        "Energy from outside that the fresh supply takes."),
      kept(
        "emergency", .number(StreamUnits.everyPrice),
        "What a purchase costs that was not planned; left out: twice 'buys'."),
      kept(
        "accepts",
        .either([
          .number(StreamUnits.everyFlow), .list(.number(StreamUnits.everyFlow)), .table("capacity to accept"),
        ]), "Most that it can take from others, alone or as '{max: ...}'; left out: all of its need."),
      .reference(
        "bus", to: "bus", \.bus,
        "Bus of the energy plan that serves it there: 'tulou plan' then meets it hour by hour, as a demand."),
      kept(
        "limits", .map(.number(StreamUnits.everyConcentration)), "Most that it stands of each substance, when mixed."),
      kept("stock", .number([.time]), "How long its stock lasts when nothing comes."),
      kept(
        "takes_up", .table("load of a washing"),
        "Of water that washes: the load in place of an amount; its flow is free for targets."),
    ] + tail)
}

/// A load that water takes up, as written.
struct WashingInput: Sendable {
  var substance: String?
  var load: Double?
  var outlet: Double?

  static let table = FieldTable<WashingInput>(
    "a load of a washing",
    [
      .reference(
        "substance", to: "substance", \.substance, .required, "What is taken up; 'limits' says what may come in."),
      Field("load", .number([StreamUnits.load]), .required, "How much is taken up.") {
        $0.load = $2.number($1, StreamUnits.load, in: .positive)
      },
      Field("outlet", .number(StreamUnits.everyConcentration), .required, "Highest concentration on the way out.") {
        $0.outlet = $2.steadyAmount($1, StreamUnits.everyConcentration)?.value
      },
    ])
}

/// A measure at the origin of a stream, as written.
struct StreamReductionInput: Sendable {
  var name: String?
  var saves = 0.0
  var cost: Double?
  var capital: Double?
  var life: Double?
  var worth: Node?
  var avoids: Node?

  static let table = FieldTable<StreamReductionInput>(
    "a reduction of a stream",
    [
      .reference("name", to: "text", \.name, .required, "Free text."),
      .number("saves", \.saves, .share, .required, in: .share, "Share of the stream that is no longer there."),
      .number("capital", \.capital, .money, in: .notNegative, "What it costs once."),
      Field("cost", .number([StreamUnits.moneyPerYear]), "What it costs a year.") {
        $0.cost = $2.number($1, StreamUnits.moneyPerYear)
      },
      .number("life", \.life, .years, in: .life, "How long it lasts; left out: the project's lifetime."),
      .node(
        "worth", \.worth, .number(StreamUnits.everyPrice),
        "What each unit saved is worth at its origin, beside its price or disposal."),
      .node("avoids", \.avoids, .number(StreamUnits.everyEmission), "CO2 avoided at the origin by each unit saved."),
    ])
}
