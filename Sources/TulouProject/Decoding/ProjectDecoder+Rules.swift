import TulouDocument
import TulouQuantities
import TulouTechnologies

struct ReliabilityInput: Sendable {
  var unservedCost: Node?
  var reserve: Node?
  var survival: Node?
  static let table = FieldTable<ReliabilityInput>(
    "a reliability",
    [
      .node(
        "unserved_cost", \.unservedCost, .map(.number([.price])),
        "Penalty of unserved energy by tier, or by carrier for tiers without one of their own."),
      .node(
        "reserve", \.reserve, .map(.map(.number([.share]))),
        "Reserve by bus: share of 'demand', of its greatest value ('peak'), and of the output of sources by class."),
      .node("survival", \.survival, .table("survival"), "How survival of an outage is counted by `tulou simulate`."),
    ])
}

struct SurvivalInput: Sendable {
  var longest = 168.0
  var fuel: Double?
  static let table = FieldTable<SurvivalInput>(
    "survival",
    [
      .number(
        "longest", \.longest, .time, .value("168 h", source: "our assumption"),
        in: Bounds(0, 8784, aboveLow: true, "above 0 h and at most 8784 h"),
        "Longest outage looked at."),
      .number(
        "fuel", \.fuel, .energy, in: .notNegative,
        "Fuel at hand when an outage begins, by lower heating value; left out: any."),
    ])
}

struct ReferenceInput: Sendable {
  var electricity: String?
  var heat: Node?
  static let table = FieldTable<ReferenceInput>(
    "a reference",
    [
      .reference(
        "electricity", to: "market", \.electricity, "'alone': each member on its own market; or the name of a market."),
      .node("heat", \.heat, .table("reference heat"), "Boiler that would make the heat."),
    ])
}

struct ReferenceHeatInput: Sendable {
  var efficiency: Double?
  var fuelPrice: Double?
  var emission: Double?
  var pollutants: [Pollutant: Double] = [:]
  var energyClass = EnergyClass.outside
  static let table = FieldTable<ReferenceHeatInput>(
    "a reference boiler",
    [
      Field("efficiency", .number([.share]), .required, "Heat over fuel.") {
        $0.efficiency = $2.number($1, .share, in: Bounds(0, 1.1, aboveLow: true, "above 0 % and at most 110 %"))
      },
      Field("fuel_price", .number([.price]), .required, "Price of its fuel.") {
        $0.fuelPrice = $2.number($1, .price, in: .notNegative)
      },
      .number("emission", \.emission, .emission, in: .notNegative, "CO2 per energy of fuel."),
      Field("pollutants", .table("pollutants"), "What it forms of its fuel.") {
        $0.pollutants = $2.pollutants($1, fuel: nil)
      },
      .energyClass(\.energyClass, .outside, "Class of its fuel."),
    ])
}

extension ProjectDecoder {
  func readReliability(_ node: Node?, _ decoding: inout Decoding) -> Reliability {
    var reliability = Reliability()
    guard let node else { return reliability }
    decoding.within("reliability") { inner in
      var input = ReliabilityInput()
      inner.read(ReliabilityInput.table, node, into: &input)
      if let costs = input.unservedCost {
        inner.within("unserved_cost") { deeper in
          for entry in deeper.things(costs) {
            deeper.within(entry.key) { deepest in
              if let price = deepest.number(entry.value, .price, in: .notNegative) {
                reliability.unservedCost[entry.key] = price
              }
            }
          }
        }
      }
      if let reserve = input.reserve { inner.within("reserve") { reliability.reserve = readReserve(reserve, &$0) } }
      if let survival = input.survival {
        inner.within("survival") { deeper in
          var value = SurvivalInput()
          deeper.read(SurvivalInput.table, survival, into: &value)
          reliability.longestOutage = value.longest
          reliability.outageFuel = value.fuel
        }
      }
    }
    return reliability
  }

  private func readReserve(_ node: Node, _ decoding: inout Decoding) -> [String: BusReserve] {
    var all: [String: BusReserve] = [:]
    guard let entries = node.entries else {
      decoding.error("'reserve' takes a mapping from buses to shares, not \(node.kindName).", at: node.mark)
      return all
    }
    let names = buses.map(\.id)
    for bus in entries where !bus.key.hasPrefix("x-") {
      decoding.within(bus.key) { inner in
        guard names.contains(bus.key) else {
          inner.error(
            "There is no bus '\(Node.short(bus.key))'.",
            advice: nearestName(to: bus.key, among: names).map { "Did you mean '\($0)'?" } ?? "",
            at: bus.mark)
          return
        }
        guard let shares = bus.value.entries else {
          inner.error(
            "A reserve is a mapping from 'demand', 'peak' and classes to shares, not \(bus.value.kindName).",
            at: bus.value.mark
          )
          return
        }
        var reserve = BusReserve()
        for entry in shares where !entry.key.hasPrefix("x-") {
          // Keys with dots (S.sun) are one key of this mapping.
          inner.within(entry.key) { readReserve(entry, into: &reserve, &$0) }
        }
        all[bus.key] = reserve
      }
    }
    return all
  }

  /// One share of a reserve: of the demand, of its greatest value, or of a class.
  private func readReserve(_ entry: Node.Entry, into reserve: inout BusReserve, _ decoding: inout Decoding) {
    let share = decoding.number(entry.value, .share, in: .notNegative)
    switch entry.key {
    case "demand": reserve.ofDemand = share ?? 0
    case "peak": reserve.ofPeak = share ?? 0
    default:
      guard let found = EnergyClass.reading(entry.key, declared: decoding.declaredClasses) else {
        decoding.error(
          "'\(Node.short(entry.key))' is neither 'demand' nor 'peak' nor a class of energy.",
          advice: nearestName(to: entry.key, among: ["demand", "peak"]).map { "Did you mean '\($0)'?" }
            ?? EnergyClass.advice(for: entry.key, declared: decoding.declaredClasses), at: entry.mark)
        return
      }
      reserve.ofClass[found] = share
    }
  }

  func readReference(_ node: Node?, _ decoding: inout Decoding) -> Reference? {
    guard let node else { return nil }
    var reference = Reference()
    decoding.within("reference") { inner in
      var input = ReferenceInput()
      inner.read(ReferenceInput.table, node, into: &input)
      reference.electricityMarket = input.electricity
      if let heat = input.heat {
        inner.within("heat") { deeper in
          var value = ReferenceHeatInput()
          deeper.read(ReferenceHeatInput.table, heat, into: &value)
          reference.heatEfficiency = value.efficiency
          reference.heatFuelPrice = value.fuelPrice
          reference.heatEmission = value.emission
          reference.heatPollutants = value.pollutants
          reference.heatClass = value.energyClass
        }
      }
    }
    return reference
  }
}
