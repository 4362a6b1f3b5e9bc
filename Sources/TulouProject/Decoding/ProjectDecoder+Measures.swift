import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

/// An efficiency measure: it lowers a demand by a stated amount at a cost, wholly or in part (R5).
struct MeasureInput: Sendable {
  var name = ""
  var demand: String?
  var saves: Amount?
  var capital = 0.0
  var operation = 0.0
  var life: Double?
  var isWhole = false

  static let table = FieldTable<MeasureInput>(
    "a measure",
    [
      .text("name", \.name, "Free text."),
      .reference("demand", to: "demand", \.demand, .required, "Demand that it lowers."),
      Field(
        "saves", .number([.share, .energyPerYear]), .required,
        "What it saves: a share of every hour's demand, or an energy a year with the demand's profile."
      ) { root, node, decoding in root.saves = decoding.steadyAmount(node, [.share, .energyPerYear]) },
      .number("capital", \.capital, .money, .silent("0 ¤"), in: .notNegative, "Cost of the whole measure."),
      .number(
        "operation", \.operation, .moneyPerYear, .silent("0 ¤/y"),
        "Cost of the whole measure in a year; may be negative."),
      .number("life", \.life, .years, in: .life, "Years until it has to be done again.").needing("capital"),
      .flag("whole", \.isWhole, .silent("false"), "Whether it is taken wholly or not at all."),
    ])
}

extension Measure {
  /// Money in a year.
  fileprivate static let moneyPerYear = Measure("money per year", in: "¤/y", example: "200 USD/y")
}

extension ProjectDecoder {
  /// Measures as components: sources of class `saving` on the bus of their demand, which must be taken as far as they
  /// are chosen. Their size runs from 0 to 1, the whole measure.
  func readMeasures(_ node: Node?, _ demands: [Demand], _ decoding: inout Decoding) -> [Component] {
    guard let node else { return [] }
    var components: [Component] = []
    decoding.within("measures") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          if let component = measure(entry, demands, &inner) { components.append(component) }
        }
      }
    }
    return components
  }

  private func measure(_ entry: Node.Entry, _ demands: [Demand], _ decoding: inout Decoding) -> Component? {
    var input = MeasureInput()
    let count = decoding.diagnostics.count
    decoding.read(MeasureInput.table, entry.value, into: &input)
    guard decoding.diagnostics[count...].allSatisfy({ $0.severity != .error }), let saves = input.saves else {
      return nil
    }
    let mark = entry.value["demand"]?.mark ?? entry.mark
    guard let demand = demands.first(where: { $0.id == input.demand }) else {
      let nearest = nearestName(to: input.demand ?? "", among: demands.map(\.id))
      decoding.within("demand") {
        $0.error(
          "There is no demand '\(input.demand ?? "")'.", advice: nearest.map { "Did you mean '\($0)'?" } ?? "", at: mark
        )
      }
      return nil
    }
    guard demand.kind == .fixed else {
      decoding.within("demand") {
        $0.error("A measure lowers a fixed demand; '\(demand.id)' is deferrable.", at: mark)
      }
      return nil
    }
    let wanted = decoding.horizon.yearlyEnergy(demand.power)
    let share = saves.measure == 0 ? saves.value : saves.value / max(wanted, 1e-9)
    guard share > 0, share <= 1 else {
      decoding.within("saves") {
        $0.error("'saves' has to be above 0 and at most what '\(demand.id)' wants.", at: saves.mark)
      }
      return nil
    }
    var source = SourceBlock(
      bus: demand.bus, supply: .share(demand.power.map { $0 * share }), energyClass: .saving)
    source.mustTake = true
    var size = Size(unit: "1")
    size.maximum = 1
    if input.isWhole { size.choice = .options([0, 1]) }
    size.cost.capital = input.capital
    size.cost.replacement = input.capital
    size.cost.operation = input.operation
    size.cost.life = input.life
    var component = Component(id: entry.key, kind: "measure", block: .source(source), sizes: [size])
    if !input.name.isEmpty { component.name = input.name }
    component.member = demand.member
    return component
  }
}
