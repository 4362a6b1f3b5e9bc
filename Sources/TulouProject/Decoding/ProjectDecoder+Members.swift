import TulouDocument
import TulouQuantities
import TulouTechnologies

struct MemberInput: Sendable {
  var name: String?
  var kind = ""
  var population: Double?
  var at: Node?
  var meters: Node?
  var alone: String?
  var discountRate: Double?

  static let kinds = ["sme", "village", "farm", "energy-station", "state", "producer"]
  static let table = FieldTable<MemberInput>(
    "a member",
    reserved: ["growth": "growth over the years", "votes": "seats of the association"],
    [
      .reference("name", to: "text", \.name, "Free text."),
      .choice("kind", \.kind, kinds, .required, "What kind of member."),
      .number("population", \.population, .number, in: .notNegative, "Number of people."),
      .node("at", \.at, .list(.number([.angle])), "Latitude and longitude."),
      .node("meters", \.meters, .map(.table("meter")), "Buses on which it has its own, behind a meter."),
      .reference("alone", to: "market", \.alone, "Market that it would have outside."),
      .number(
        "discount_rate", \.discountRate, .share, in: EconomyInput.rate,
        "Real discount rate by which its benefit is valued; left out: the project's."),
    ])
}

struct MeterInput: Sendable {
  var loss: Double?
  var limit: Double?
  var charge = 0.0
  var via: String?

  static let table = FieldTable<MeterInput>(
    "a meter",
    [
      .number(
        "loss", \.loss, .share, in: Bounds(0, 0.999, "between 0 % and 99.9 %"), "Loss on the way, in either direction."),
      .number("limit", \.limit, .power, in: .notNegative, "Limit at the input of each direction."),
      .number("charge", \.charge, .price, .silent("0 ¤/kWh"), in: .notNegative, "Network charge per kWh at the input."),
      .reference("via", to: "component", \.via, "Link component that stands in its place."),
    ])
}

extension ProjectDecoder {
  mutating func readMembers(_ node: Node?, _ decoding: inout Decoding) {
    guard let node else { return }
    let clusterBuses = buses.filter { $0.member == nil }
    decoding.within("members") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = MemberInput()
          inner.read(MemberInput.table, entry.value, into: &input)
          var member = Member(id: entry.key, kind: input.kind)
          member.name = input.name ?? entry.key
          member.population = input.population
          member.aloneMarket = input.alone
          member.discountRate = input.discountRate
          if let at = input.at {
            inner.within("at") { deeper in
              guard let items = at.items, items.count == 2,
                let latitude = deeper.number(items[0], .angle, in: Bounds(-90, 90, "a latitude")),
                let longitude = deeper.number(items[1], .angle, in: Bounds(-180, 180, "a longitude"))
              else {
                if at.items?.count != 2 { deeper.error("'at' takes [latitude, longitude].", at: at.mark) }
                return
              }
              member.latitude = latitude
              member.longitude = longitude
              deeper.note(at)
            }
          }
          if let meters = input.meters { inner.within("meters") { readMeters(meters, &member, clusterBuses, &$0) } }
          members.append(member)
        }
      }
    }
  }

  private mutating func readMeters(
    _ node: Node, _ member: inout Member, _ clusterBuses: [Bus], _ decoding: inout Decoding
  ) {
    guard let entries = node.entries else {
      decoding.error("'meters' takes a mapping from buses to meters, not \(node.kindName).", at: node.mark)
      return
    }
    for entry in entries where !entry.key.hasPrefix("x-") {
      decoding.within(entry.key) { inner in
        guard let bus = clusterBuses.first(where: { $0.id == entry.key }) else {
          let names = clusterBuses.map(\.id)
          inner.error(
            "There is no bus '\(Node.short(entry.key))'.",
            advice: nearestName(to: entry.key, among: names).map { "Did you mean '\($0)'?" }
              ?? "Buses: \(names.joined(separator: ", ")).", at: entry.mark)
          return
        }
        var meter = MeterInput()
        inner.read(MeterInput.table, entry.value, into: &meter)
        var own = bus
        own.id = "\(member.id).\(bus.id)"
        own.member = member.id
        buses.append(own)
        member.ownBuses[bus.id] = own.id
        if let via = meter.via {
          if meter.loss != nil {
            inner.error("The loss of a meter with 'via' stands at the link '\(via)'.", at: entry.mark)
          }
          meterLinks.append(
            MeterLink(
              link: via, member: member.id, own: own.id, limit: meter.limit, charge: meter.charge,
              mark: (entry.value["via"] ?? entry.value).mark))
          return
        }
        if meter.loss == nil {
          inner.within("loss") {
            $0.assume("0 %", source: "no loss was given", kind: .default)
            $0.defaults.append(($0.path, "0 %"))
          }
        }
        var block = LinkBlock(from: bus.id, to: own.id, efficiency: 1 - (meter.loss ?? 0))
        block.twoWay = true
        block.limit = meter.limit
        block.meterOf = member.id
        block.chargePerKWh = meter.charge
        var component = Component(id: "\(own.id).meter", kind: Component.meterKind, block: .link(block))
        component.name = "Meter of \(member.name), \(bus.id)"
        component.member = member.id
        meters.append(component)
      }
    }
  }

  /// Adds the meters, and marks the links that stand in for one.
  mutating func attachMeters(_ components: inout [Component], _ decoding: inout Decoding) {
    for meter in meterLinks {
      decoding.within("members.\(meter.member).meters") { inner in
        guard let i = components.firstIndex(where: { $0.id == meter.link }) else {
          if !inner.hasErrors {
            inner.error(
              "There is no component '\(Node.short(meter.link))'.",
              advice: nearestName(to: meter.link, among: components.map(\.id)).map { "Did you mean '\($0)'?" } ?? "",
              at: meter.mark)
          }
          return
        }
        guard case .link(var link) = components[i].block else {
          inner.error("'via' names a link, but '\(meter.link)' is a \(components[i].kind).", at: meter.mark)
          return
        }
        guard link.to == meter.own || link.from == meter.own else {
          inner.error("The link '\(meter.link)' does not touch '\(meter.own)'.", at: meter.mark)
          return
        }
        link.meterOf = meter.member
        link.chargePerKWh = meter.charge
        if let limit = meter.limit { link.limit = limit }
        components[i].block = .link(link)
      }
    }
    components += meters
  }
}

extension Component {
  /// Whether a network charge is paid for what it carries.
  var paysNetwork: Bool { if case .link(let link) = block { link.chargePerKWh != 0 } else { false } }
}
