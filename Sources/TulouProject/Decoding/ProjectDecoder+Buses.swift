import TulouDocument
import TulouQuantities
import TulouTechnologies

struct CarrierInput: Sendable {
  var kind = Carrier.Kind.fuel
  var heatingValue: Node?
  var exergyFactor = 1.0
  var emission: Node?
  var biogenic: Node?
  var slip = 0.0
  var pollutants: Node?

  static let table = FieldTable<CarrierInput>(
    "a carrier",
    [
      .choice("kind", \.kind, .required, "What it is."),
      .node(
        "heating_value", \.heatingValue, .number([.heatPerVolume, .heatPerMass]),
        "Lower heating value per volume or mass."),
      .number(
        "exergy_factor", \.exergyFactor, .number, .value("1", source: "exergy taken as the lower heating value"),
        in: Bounds(0, 2, "between 0 and 2"), "Exergy over lower heating value."
      ).needing("kind", as: ["fuel"]),
      .node("emission", \.emission, .number([.emission]), "Fossil CO2 per energy, or per natural unit.")
        .needing("kind", as: ["fuel"]),
      .node("biogenic_emission", \.biogenic, .number([.emission]), "Biogenic CO2, counted apart.")
        .needing("kind", as: ["fuel"]),
      .node(
        "pollutants", \.pollutants, .table("pollutants"),
        "What forms where the fuel is burnt, unless the machine says otherwise."),
      .number(
        "methane_slip", \.slip, .share, .silent("0 %"), in: .share, "Share of the methane that slips unburnt."
      ).needing("kind", as: ["fuel"]),
      .note("name", "Free text."),
    ])
}

extension Measure {
  static let heatPerVolume = Measure("an energy per volume", in: "kWh/m3", example: "10 kWh/m3")
  static let heatPerMass = Measure("an energy per mass", in: "kWh/kg", example: "4.3 kWh/kg")
}

struct BusInput: Sendable {
  var carrier: String?
  var place = ""
  var supply: Double?
  var back: Double?
  var spill = false
  var member: String?

  static let temperature = Bounds(-100, 1500, "between -100 degC and 1500 degC")
  static let table = FieldTable<BusInput>(
    "a bus",
    [
      .reference("carrier", to: "carrier", \.carrier, .required, "Carrier that balances here."),
      .text("place", \.place, "Free text."),
      .number("supply", \.supply, .temperature, in: temperature, "Supply temperature of heat or cold."),
      .number("return", \.back, .temperature, in: temperature, "Return temperature of heat or cold."),
      .flag("spill", \.spill, .silent("false"), "Whether surplus may be curtailed."),
      .reference(
        "member", to: "member", \.member,
        "Member whose own bus it is, apart from the cluster: it has a connection of its own, and what stands there is the member's."
      ),
    ])
}

extension ProjectDecoder {
  static let builtInCarriers = ["electricity", "heat", "cold", "water", "hydrogen"]

  mutating func readCarriers(_ node: Node?, _ decoding: inout Decoding) {
    carriers = Self.builtInCarriers.map { Carrier(id: $0, kind: Carrier.Kind(rawValue: $0) ?? .material) }
    if let i = carriers.firstIndex(where: { $0.id == Carrier.Kind.hydrogen.rawValue }) {
      carriers[i].heatingValue = 33.33  // Lower heating value of hydrogen, 119.96 MJ/kg.
    }
    guard let node else { return }
    decoding.within("carriers") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = CarrierInput()
          inner.read(CarrierInput.table, entry.value, into: &input)
          var carrier = Carrier(id: entry.key, kind: input.kind)
          if let value = input.heatingValue {
            inner.within("heating_value") { deeper in
              if let amount = deeper.steadyAmount(value, [.heatPerVolume, .heatPerMass]) {
                if amount.value <= 0 { deeper.error("'heating_value' has to be above 0.", at: value.mark) }
                carrier.heatingValue = amount.value
                carrier.heatingValueUnit = amount.measure == 0 ? "m3" : "kg"
              }
            }
          }
          carrier.exergyFactor = input.exergyFactor
          carrier.methaneSlip = input.slip
          let fuel = carrier.heating
          if let emission = input.emission {
            inner.within("emission") { deeper in
              if let amount = deeper.amount(emission, [.emission], fuel: fuel) {
                carrier.emission = amount.value
                carrier.emissionEscalation = amount.escalation
              }
            }
          } else if carrier.kind == .fuel {
            carrier.statesEmission = false
            inner.within("emission") {
              $0.warning(
                "The fuel '\(entry.key)' says nothing of its emission, so CO2 is at least what is printed.",
                advice: "Give 'emission', or 'emission: 0 kg/kWh' where that is meant.", at: entry.mark)
              $0.assume(
                "no factor", source: "none was given: CO2 counts nothing for it and is at least what is printed",
                kind: .default)
            }
          }
          if let biogenic = input.biogenic {
            carrier.biogenicEmission =
              inner.within("biogenic_emission") { $0.number(biogenic, .emission, fuel: fuel) } ?? 0
          }
          if let pollutants = input.pollutants {
            inner.within("pollutants") { deeper in
              if carrier.kind == .fuel {
                carrier.pollutants = deeper.pollutants(pollutants, fuel: fuel)
              } else {
                deeper.error(
                  "'\(entry.key)' is no fuel, so burning it forms nothing that a carrier could say.",
                  advice: "Say it at the market that sells it, or at the machine that burns it.", at: pollutants.mark)
              }
            }
          }
          if let i = carriers.firstIndex(where: { $0.id == entry.key }) {
            carriers[i] = carrier
          } else {
            carriers.append(carrier)
          }
        }
      }
    }
  }

  mutating func readBuses(_ node: Node?, _ document: Node, _ decoding: inout Decoding) {
    guard let node else {
      // `ac` and `dc` need no declaration; `dc` stands only where something is on it.
      buses = [Bus(id: "ac", carrier: "electricity")]
      if Self.mentions("dc", in: [document["components"], document["demands"], document["markets"]]) {
        buses.append(Bus(id: "dc", carrier: "electricity"))
      }
      return
    }
    let known = carriers.map(\.id)
    decoding.within("buses") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = BusInput()
          inner.read(BusInput.table, entry.value, into: &input)
          guard let carrier = input.carrier else { return }
          guard let kind = carriers.first(where: { $0.id == carrier })?.kind else {
            inner.within("carrier") {
              $0.error(
                "There is no carrier '\(Node.short(carrier))'.",
                advice: nearestName(to: carrier, among: known).map { "Did you mean '\($0)'?" }
                  ?? "Carriers: \(known.joined(separator: ", ")).", at: (entry.value["carrier"] ?? entry.value).mark)
            }
            return
          }
          var bus = Bus(id: entry.key, carrier: carrier)
          bus.place = input.place
          bus.supply = input.supply
          bus.return = input.back
          bus.spill = input.spill
          bus.member = input.member
          if kind != .heat && kind != .cold && (input.supply != nil || input.back != nil) {
            inner.error("Only buses of heat and cold have temperatures.", at: entry.mark)
          }
          if let supply = input.supply, let back = input.back {
            if kind == .heat && back >= supply {
              inner.error("'return' has to be colder than 'supply' on a heat bus.", at: entry.mark)
            }
            if kind == .cold && back <= supply {
              inner.error("'return' has to be warmer than 'supply' on a cold bus.", at: entry.mark)
            }
          }
          buses.append(bus)
        }
      }
    }
  }

  /// Buses of their own name members that there are.
  mutating func checkOwnBuses(_ node: Node?, _ decoding: inout Decoding) {
    let ids = members.map(\.id)
    for index in buses.indices {
      guard let member = buses[index].member, let place = node?[buses[index].id]?["member"], !ids.contains(member)
      else {
        continue
      }
      decoding.within("buses.\(buses[index].id).member") {
        $0.error(
          "'\(Node.short(member))' is no member.",
          advice: nearestName(to: member, among: ids).map { "Did you mean '\($0)'?" }
            ?? (ids.isEmpty
              ? "The project has none; list it under 'members'." : "Members: \(ids.joined(separator: ", "))."),
          at: place.mark)
      }
      buses[index].member = nil
    }
  }

  private static func mentions(_ name: String, in nodes: [Node?]) -> Bool {
    nodes.contains { node in
      guard let node else { return false }
      switch node.content {
      case .scalar(let text, _): return text == name
      case .sequence(let items): return mentions(name, in: items)
      case .mapping(let entries): return mentions(name, in: entries.map(\.value))
      }
    }
  }

}

extension Carrier {
  /// What converts its natural amounts to energy.
  var heating: Decoding.HeatingValue? {
    heatingValue.map {
      Decoding.HeatingValue(value: $0, per: heatingValueUnit == "m3" ? Dimension(length: 3) : Dimension(mass: 1))
    }
  }
}
