package import TulouDocument
import TulouFinance
import TulouQuantities

/// Anything whose output nature or a stock limits.
public struct GenericSource: Technology {
  /// Id of one that is made in code.
  public let id: String
  /// What is stated of it.
  public var stated: Statement
  /// Kind as the project file writes it.
  public static let kind = "source"
  /// What it is, one sentence.
  public static let sentence = "Output limited by a series, by what nature gives, by a resource or by a yearly stock."
  /// Meaning of each field, by key.
  package static var descriptions: [FieldDescription] { table.descriptions }

  struct Input: TechnologyInput {
    init() {}
    var common = CommonInput()
    var bus: String?
    var energyClass: EnergyClass?
    var availability: Node?
    var natural: Node?
    var resource: Node?
    var stock: Node?
    var mustTake = false
    var cost: Node?
    var emission: Double?
    var degradation: Double = 0
  }

  static let table = FieldTable<Input>(
    technology: "a source",
    [
      .reference("bus", to: "bus", \.bus, .required, "Bus that receives the output."),
      .energyClass(
        \.energyClass, .required,
        "Where its energy comes from: W, B, S.sun, S.hydro, N or ambient, with children such as N.coal, or one of 'classes'."
      ),
      .node("availability", \.availability, .series([.share]), "Share of the capacity that is available in each step."),
      .node("natural", \.natural, .series([.power]), "What nature gives in each step."),
      .node("resource", \.resource, .reference("resource"), "Resource that gives the series by physics."),
      .node("stock", \.stock, .table("stock"), "Amount a year, storable through the year."),
      .flag("must_take", \.mustTake, .silent("false"), "Whether all that is available is produced."),
      .node("cost", \.cost, .number([.price]), "Cost of what it gives, per kWh or per natural unit of its carrier."),
      .number(
        "emission", \.emission, .emission, in: .notNegative,
        "Direct emission per kWh of output; left out: that of the fuel that it brings, else none."),
      .number(
        "degradation", \.degradation, .ratePerYear, .silent("0 %/y"), in: .share, "Yearly loss of output by ageing."),
    ])

  /// The component that a node of the file describes.
  package static func component(
    _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
  ) -> Component? {
    var input = Input()
    decoding.read(table, node, into: &input)
    guard let bus = input.bus, let energyClass = input.energyClass,
      let place = decoding.within(
        "bus", { surroundings.place(bus, of: input.common.member, &$0, at: (node["bus"] ?? node).mark) })
    else { return nil }
    let given = [input.availability, input.natural, input.resource, input.stock].compactMap(\.self).count
    guard given == 1 else {
      decoding.error(
        given == 0
          ? "'\(id)' does not say what limits it." : "'\(id)' says in more than one way what limits it.",
        advice: "A source has one of 'availability', 'natural', 'resource' and 'stock'.", at: node.mark)
      return nil
    }
    guard let supply = supply(input, place, surroundings, &decoding) else { return nil }
    if input.stock != nil {
      decoding.idle(
        ["must_take", "degradation"], of: node, because: "a stock waits until it is wanted, and does not age")
    }
    var buffer: Double?
    if let node = input.stock?["buffer"] {
      buffer = decoding.within("stock") { $0.within("buffer") { $0.number(node, .time, in: .notNegative) } }
    }
    let need: CapacityNeed = if case .share = supply { .needed } else { .optional }
    var fuelCost: PathSeries?
    if let cost = input.cost {
      fuelCost = decoding.within("cost") { inner in
        inner.amount(cost, [.price], fuel: place.heatingValue).map { PathSeries($0.value, escalation: $0.escalation) }
      }
    }
    return input.common.component(id, kind: kind, unit: .power, capacity: need, node, &decoding) { perKWh in
      var block = SourceBlock(bus: place.id, supply: supply, energyClass: energyClass)
      block.mustTake = input.mustTake
      block.costPerKWh = perKWh
      block.pricePerKWh = fuelCost ?? PathSeries(0)
      block.emissionPerKWh = input.emission
      block.degradation = input.degradation
      block.bufferHours = buffer
      return .source(block)
    }
  }

  private static func supply(
    _ input: Input, _ place: Surroundings.Place, _ surroundings: Surroundings, _ decoding: inout Decoding
  ) -> SourceBlock.Supply? {
    if let node = input.availability {
      return decoding.within("availability") { inner in
        inner.series(node, [.share], in: .notNegative).map { .share($0.values) }
      }
    }
    if let node = input.natural {
      return decoding.within("natural") { inner in
        inner.series(node, [.power], in: .notNegative, fuel: place.heatingValue).map { .natural($0.values) }
      }
    }
    if let node = input.resource {
      return decoding.within("resource") { inner in
        guard let name = inner.text(node),
          let flow = surroundings.resources.series(.gas, of: name, &inner, at: node.mark)
        else { return nil }
        guard let heating = place.heatingValue, heating.per == Dimension(length: 3) else {
          inner.error(
            "Gas from '\(name)' needs a bus whose carrier has a heating value per volume.", at: node.mark)
          return nil
        }
        return .natural(flow.map { $0 * heating.value })
      }
    }
    guard let node = input.stock else { return nil }
    return decoding.within("stock") { inner in
      var stock = StockInput()
      inner.read(StockInput.table, node, into: &stock)
      guard let annual = stock.annual else { return nil }
      return inner.within("annual") { deeper in
        deeper.number(annual, .energyPerYear, in: .notNegative, fuel: place.heatingValue).map {
          .stock(annualEnergy: $0)
        }
      }
    }
  }
}

/// A yearly amount.
struct StockInput: Sendable {
  var annual: Node?
  var buffer: Double?
  static let table = FieldTable<StockInput>(
    "a stock",
    [
      .node("annual", \.annual, .number([.energyPerYear, .massPerYear]), .required, "Amount a year."),
      .number(
        "buffer", \.buffer, .time, in: .notNegative,
        "How long the store room holds what comes evenly through the year; left out: it keeps all."),
    ])
}
