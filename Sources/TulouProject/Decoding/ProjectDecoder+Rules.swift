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
        "unserved_cost", \.unservedCost, .map(.number([.price])), "Penalty of unserved energy by tier, or by carrier."),
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
        "longest", \.longest, .time, .silent("168 h"),
        in: Bounds(0, 8784, aboveLow: true, "above 0 h and at most 8784 h"),
        "Longest outage looked at."),
      .number(
        "fuel", \.fuel, .energy, in: .notNegative,
        "Fuel at hand when an outage begins, by lower heating value; left out: any."),
    ])
}

struct LimitsInput: Sendable {
  var limits = Limits()
  static let names = [
    "renewable_fraction", "renewable_fraction_with_storage", "co2", "pollutants", "outside_energy", "unserved_energy",
    "capacity_shortage", "land", "budget", "protected",
  ]
  static func most(
    _ name: String, _ key: any WritableKeyPath<Limits, Double?> & Sendable, _ measure: Measure, _ bounds: Bounds,
    penalty: Measure, _ sentence: String
  ) -> Field<LimitsInput> {
    Field(name, .table("upper limit"), sentence) { input, node, decoding in
      let table = FieldTable<Limits>(
        "the limit '\(name)'",
        [
          Field("max", .number([measure]), .required, sentence) {
            $0[keyPath: key] = $2.number($1, measure, in: bounds)
          },
          LimitsInput.penalty(name, penalty),
        ])
      decoding.read(table, node, into: &input.limits)
    }
  }

  /// A limit with a price is elastic: the plan may break it where that is cheaper.
  static func penalty(_ name: String, _ measure: Measure) -> Field<Limits> {
    Field("penalty", .number([measure]), penaltySentence) {
      $0.elasticPrice[name] = $2.number($1, measure, in: .notNegative)
    }
  }

  static let penaltySentence =
    "Price of each unit by which the limit is broken (a share: per kWh); left out: it holds whatever it costs."
  static let landPenalty = Measure("money per area and year", in: "¤/m2/y", example: "2 USD/m2/y")

  static let table = FieldTable<LimitsInput>(
    "limits",
    reserved: ["reservoir": "volume of a lake"],
    [
      Field("renewable_fraction", .table("renewable fraction"), "Least renewable fraction.") { input, node, decoding in
        let of = ["electricity", "heat", "all"]
        let table = FieldTable<Limits>(
          "the limit 'renewable_fraction'",
          [
            Field("min", .number([.share]), .required, "Least fraction.") {
              $0.renewableFraction = $2.number($1, .share, in: .share)
            },
            .choice("of", \.renewableFractionOf, of, .silent("electricity"), "Of what."),
            penalty("renewable_fraction", .price),
          ])
        decoding.read(table, node, into: &input.limits)
      },
      Field(
        "renewable_fraction_with_storage", .table("lower limit"),
        "Least fraction with storage output (rules and integers only)."
      ) { input, node, decoding in
        let table = FieldTable<Limits>(
          "the limit 'renewable_fraction_with_storage'",
          [
            Field("min", .number([.share]), .required, "Least fraction.") {
              $0.renewableFractionWithStorage = $2.number($1, .share, in: .share)
            }
          ])
        decoding.read(table, node, into: &input.limits)
      },
      most("co2", \.co2, .massPerYear, .notNegative, penalty: .pricePerMass, "Greatest emission a year."),
      Field("pollutants", .table("pollutant limits"), "Greatest emission of pollutants a year.") {
        $0.limits.readPollutants($1, &$2)
      },
      most(
        "outside_energy", \.outsideEnergy, .energyPerYear, .notNegative, penalty: .price,
        "Greatest energy from outside a year."),
      most(
        "unserved_energy", \.unservedEnergy, .share, .share, penalty: .price,
        "Greatest share of demand that is not served."),
      most(
        "capacity_shortage", \.capacityShortage, .share, .share, penalty: .price, "Greatest share of capacity shortage."
      ),
      most("land", \.land, .area, .notNegative, penalty: landPenalty, "Greatest land use."),
      most("budget", \.budget, .money, .notNegative, penalty: .ratePerYear, "Greatest capital."),
      Field("protected", .map(.table("protected zone")), "Zones that forbid some components to some members.") {
        input, node, decoding in
        for entry in decoding.things(node) {
          decoding.within(entry.key) { inner in
            var zone = Limits.ProtectedZone(id: entry.key, forbids: [], members: [])
            inner.read(zoneTable, entry.value, into: &zone)
            input.limits.protectedZones.append(zone)
          }
        }
      },
    ])

  static let zoneTable = FieldTable<Limits.ProtectedZone>(
    "a protected zone",
    [
      Field("forbids", .list(.text), .required, "Catalogue entries or kinds.") { $0.forbids = $2.texts($1) ?? [] },
      Field("members", .list(.reference("member")), "Whom it holds for; left out: all.") {
        $0.members = $2.texts($1) ?? []
      },
    ])
}

struct SharingInput: Sendable {
  var rule = "pro-rata"
  var internalPrice: Node?
  var commons = "investment"
  var chargeTo: String?
  static let laterRules = ["shapley", "nucleolus", "equal", "least-core", "midmarket", "contribution", "nash"]
  static let table = FieldTable<SharingInput>(
    "sharing",
    [
      .text("rule", \.rule, .silent("pro-rata"), "How money is divided: 'pro-rata'."),
      .node("internal_price", \.internalPrice, .number([.price]), "'midpoint' of the outside prices, or a price."),
      .choice(
        "commons", \.commons, ["investment", "energy", "equal"], .silent("investment"), "Key of the commons' result."),
      .reference(
        "network_charge_to", to: "member", \.chargeTo,
        "Who receives network charges; no member: they leave the cluster."),
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

  func readLimits(_ node: Node?, _ decoding: inout Decoding) -> Limits {
    guard let node else { return Limits() }
    var input = LimitsInput()
    decoding.within("limits") { inner in
      inner.read(LimitsInput.table, node, into: &input)
      let names = members.map(\.id)
      for zone in input.limits.protectedZones {
        for member in zone.members where !names.contains(member) {
          inner.within("protected.\(zone.id)") {
            $0.error(
              "There is no member '\(Node.short(member))'.",
              advice: nearestName(to: member, among: names).map { "Did you mean '\($0)'?" } ?? "",
              at: (node["protected"]?[zone.id]?["members"] ?? node).mark)
          }
        }
      }
    }
    return input.limits
  }

  func readSharing(_ node: Node?, _ decoding: inout Decoding) -> Sharing {
    var sharing = Sharing()
    guard let node else { return sharing }
    decoding.within("sharing") { inner in
      var input = SharingInput()
      inner.read(SharingInput.table, node, into: &input)
      if input.rule != "pro-rata" {
        inner.within("rule") { deeper in
          let mark = (node["rule"] ?? node).mark
          if SharingInput.laterRules.contains(input.rule) {
            deeper.notBuilt("The sharing rule '\(input.rule)'", at: mark)
          } else {
            deeper.error(
              "'\(Node.short(input.rule))' is not a sharing rule.", advice: "The rule of this version is 'pro-rata'.",
              at: mark)
          }
        }
      }
      if let price = input.internalPrice, price.text != "midpoint" {
        sharing.internalPrice = inner.within("internal_price") { $0.number(price, .price, in: .notNegative) }
      }
      sharing.commonsKey = input.commons
      if let receiver = input.chargeTo {
        if members.contains(where: { $0.id == receiver }) {
          sharing.networkChargeTo = receiver
        } else if let near = nearestName(to: receiver, among: members.map(\.id), within: 1) {
          inner.warning(
            "'\(Node.short(receiver))' is no member, so network charges leave the cluster.",
            advice: "Did you mean '\(near)'?", at: (node["network_charge_to"] ?? node).mark)
        }
      }
    }
    return sharing
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
