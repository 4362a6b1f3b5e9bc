import TulouDocument
import TulouQuantities
import TulouStreams

/// Ways as written: 'default', 'trenches', pairs such as 'asnaes->novo', and a stream and the bus that it feeds.
struct RoutesInput: Sendable {
  var defaults: Node?
  var trenches: Node?

  static let table = FieldTable<RoutesInput>(
    "routes",
    [
      .node("default", \.defaults, .map(.table("route")), "Rule of each kind, by 'heat', 'water' and so on."),
      .node("trenches", \.trenches, .map(.table("trench")), "Trenches and pipes that several links share."),
    ])
}

/// A rule of ways as written; numbers are read once the kind is known.
struct RouteInput: Sendable {
  var nodes: [String: Node] = [:]

  private static func kept(_ name: String, _ shape: Shape, _ sentence: String) -> Field<RouteInput> {
    Field(name, shape, sentence) { input, node, _ in input.nodes[name] = node }
  }

  static let table = FieldTable<RouteInput>(
    "a route",
    [
      kept("distance", .number([.length]), "Length; left out: the straight line times the detour of 'match'."),
      kept("longest", .number([.length]), "Ways that are longer are rejected."),
      kept("loss", .number([StreamUnits.lossPerLength]), "Share lost by length."),
      kept("cooling", .number([StreamUnits.coolingPerLength]), "Temperature lost by length."),
      kept("delivered", .number([.share]), "What arrives of what is sent, in place of 'loss'."),
      kept("transport", .number(StreamUnits.everyPrice), "Cost by what is sent."),
      kept(
        "transport_per_length",
        .number([
          StreamUnits.energyPricePerLength, StreamUnits.tonnePricePerLength, StreamUnits.volumePricePerLength,
        ]), "Cost by what is sent and by length."),
      kept(
        "emission_per_length", .number([StreamUnits.emissionPerLength, StreamUnits.massPerTonneAndLength]),
        "CO2 by what is sent and by length."),
      kept("fixed", .number([StreamUnits.moneyPerYear]), "Yearly cost once it is built."),
      kept(
        "capacity_cost",
        .number([StreamUnits.powerCost, StreamUnits.massFlowCost, StreamUnits.volumeFlowCost]),
        "Yearly cost by size."),
      kept("investment", .table("investment of a route"), "Capital, made yearly by the discount rate and 'life'."),
      kept("smallest", .number(StreamUnits.everyFlow), "Least size once it is built; left out: 0.1 % of 'largest'."),
      kept("largest", .number(StreamUnits.everyFlow), "Greatest size; left out: what source and sink allow."),
      kept("minimum", .number(StreamUnits.everyAmount), "Least amount sent in a year once it is built."),
      kept("removal", .map(.number([.share])), "Share of each substance taken out on the way."),
    ])
}

/// Capital of a way as written.
struct RouteInvestmentInput: Sendable {
  var fixed: Double?
  var perLength: Double?
  var capacity: Node?
  var life: Double?

  static let table = FieldTable<RouteInvestmentInput>(
    "an investment of a route",
    [
      .number("fixed", \.fixed, .money, in: .notNegative, "Whatever its length and size."),
      .number("per_length", \.perLength, StreamUnits.moneyPerMetre, in: .notNegative, "By length."),
      .node(
        "capacity", \.capacity,
        .number([StreamUnits.powerCapital, StreamUnits.massFlowCapital, StreamUnits.volumeFlowCapital]), "By size."),
      .number("life", \.life, .years, in: .life, "How long it lasts; left out: the project's lifetime."),
    ])
}

/// A trench as written.
struct TrenchInput: Sendable {
  var links: Node?
  var fixed: Double?
  var capital: Double?
  var life: Double?
  var largest: Node?

  static let table = FieldTable<TrenchInput>(
    "a trench",
    [
      .node("links", \.links, .list(.text), .required, "Links in it, such as 's1->d2'."),
      Field("fixed", .number([StreamUnits.moneyPerYear]), "Yearly cost once a link in it is built.") {
        $0.fixed = $2.number($1, StreamUnits.moneyPerYear, in: .notNegative)
      },
      .number("capital", \.capital, .money, in: .notNegative, "What digging costs once."),
      .number("life", \.life, .years, in: .life, "How long it lasts; left out: the project's lifetime."),
      .node("largest", \.largest, .number(StreamUnits.everyFlow), "Greatest sum of sizes in it."),
    ])
}

/// An upgrade as written.
struct UpgradeInput: Sendable {
  var nodes: [String: Node] = [:]
  var kind: StreamKind?
  var delivers: StreamKind?
  var from: Double?
  var to: Double?
  var cop: Double?
  var yield: Double?
  var electricity: Double?
  var electricityEmission: Double?
  var life: Double?
  var passes: Regeneration.Passes?

  private static func kept(_ name: String, _ shape: Shape, _ sentence: String) -> Field<UpgradeInput> {
    Field(name, shape, sentence) { input, node, _ in input.nodes[name] = node }
  }

  static let table = FieldTable<UpgradeInput>(
    "an upgrade",
    [
      Field("kind", .choice(StreamKind.self), .required, "What goes in.") { $0.kind = $2.choice($1, StreamKind.self) },
      Field("delivers", .choice(StreamKind.self), "What comes out; left out: the same.") {
        $0.delivers = $2.choice($1, StreamKind.self)
      },
      .number("from", \.from, .temperature, "Temperature at which it takes heat or cold."),
      .number("to", \.to, .temperature, "Temperature at which it gives heat or cold."),
      .number(
        "cop", \.cop, .number, in: Bounds(1, 100, aboveLow: true, "above 1"),
        "Of a heat pump: heat given per electricity taken."),
      .number(
        "yield", \.yield, .number, in: .positive,
        "What comes out per unit that goes in; of a heat pump it follows from 'cop'."),
      .number("electricity", \.electricity, .price, in: .notNegative, "Price of the electricity that drives it."),
      .number(
        "electricity_emission", \.electricityEmission, .emission, in: .notNegative, "CO2 of that electricity."),
      kept("operation", .number(StreamUnits.everyPrice), "Running cost by what goes in, without electricity."),
      kept(
        "capital",
        .number([StreamUnits.powerCapital, StreamUnits.massFlowCapital, StreamUnits.volumeFlowCapital]),
        "Capital by size of what goes in."),
      .number("life", \.life, .years, in: .life, "How long it lasts; left out: the project's lifetime."),
      kept("removal", .map(.number([.share])), "Share of each substance that is taken out."),
      kept(
        "outlet", .map(.number(StreamUnits.everyConcentration)),
        "Of a regeneration of water: concentration of each substance on the way out, for the target of fresh water."),
      Field("passes", .choice(Regeneration.Passes.self), "Whether water may pass the regeneration 'once' or 'recycle'.")
      {
        $0.passes = $2.choice($1, Regeneration.Passes.self)
      },
    ])
}

/// An agreement as written.
struct StreamAgreementInput: Sendable {
  var name = ""
  var between: Node?
  var streams: Node?
  var minimum: Node?
  var years: Double?
  var price: Node?
  var signed: String?

  static let table = FieldTable<StreamAgreementInput>(
    "an agreement",
    [
      .text("name", \.name, "Free text."),
      .node("between", \.between, .list(.reference("partner")), .required, "The two partners, giver first."),
      .node("streams", \.streams, .list(.reference("stream")), .required, "Streams out that it is about."),
      .node(
        "minimum", \.minimum, .number([.share] + StreamUnits.everyAmount),
        "Least yearly amount, or least share of the streams' yearly amount."),
      .number("years", \.years, .years, in: .positive, "How long it runs."),
      .node("price", \.price, .number(StreamUnits.everyPrice), "Price that it names."),
      .reference("signed", to: "text", \.signed, "Day and place of signing, free text."),
    ])
}

/// Which pairs of streams are looked at.
enum MatchedPairs: String, CaseIterable { case all, listed }

/// How streams are matched, as written.
struct MatchInput: Sendable {
  var blocks: Node?
  var onlyListed = false
  var approach: Double?
  var detour: Double?
  var goal = MatchGoal.money
  var fresh: Node?
  var failure: Double?
  var reports: Node?

  static let table = FieldTable<MatchInput>(
    "a match",
    [
      .node(
        "blocks", \.blocks, .list(.number([.time])),
        "Hours of each block of the year; left out: one block where all flows are flat, else each month's days and nights."
      ),
      Field(
        "pairs", .choice(MatchedPairs.self),
        "Whether all pairs are looked at, or those with a route of their own; left out: all."
      ) {
        if let pairs = $2.choice($1, MatchedPairs.self) { $0.onlyListed = pairs == .listed }
      },
      .number(
        "approach", \.approach, .temperatureDifference, in: .notNegative,
        "Least difference of temperatures of exchangers, half of which each stream takes; left out: 10 K."),
      .number(
        "detour", \.detour, .number, in: Bounds(1, 10, "between 1 and 10"),
        "Length of a way per length of the straight line; left out: 1.3."),
      Field("objective", .choice(MatchGoal.self), "What is made small; left out: money.") {
        if let goal = $2.choice($1, MatchGoal.self) { $0.goal = goal }
      },
      .node(
        "fresh_water", \.fresh, .map(.number(StreamUnits.everyConcentration)), "What fresh water contains."),
      .number("failure", \.failure, .time, in: .positive, "How long a partner that fails is away; left out: 7 d."),
      .node(
        "reports", \.reports, .list(.table("public report")),
        "Totals that public reports print of the whole, set beside the match."),
    ])
}
