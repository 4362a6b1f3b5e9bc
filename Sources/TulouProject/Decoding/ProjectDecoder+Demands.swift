import TulouDemand
import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

struct DemandInput: Sendable {
  var name: String?
  var member: String?
  var bus: String?
  var kind = Kind.fixed
  var power: Node?
  var annual: Node?
  var bills: [Double]?
  var duration: Node?
  var charging: Node?
  var appliances: Node?
  var buildings: Node?
  var split: Node?
  var profile: Node?
  var tiers: Node?
  var needs: Double?
  var window: Node?
  var tank: Node?
  var peak: Double?
  var seed: Int?
  var growth = 0.0
  var replaces: Node?
  var vehicles = VehicleInput()

  /// Kinds that say their energy by hours, and the one that follows from its vehicles.
  private static let byHours = ["fixed", "deferrable"], fleetOnly = ["vehicles"]

  /// When a demand has to come.
  enum Kind: String, CaseIterable { case fixed, deferrable, vehicles }

  static let table = FieldTable<DemandInput>(
    "a demand",
    [
      .reference("name", to: "text", \.name, "Free text."),
      .reference("member", to: "member", \.member, "Who wants it; none: the commons."),
      .reference("bus", to: "bus", \.bus, .required, "Bus that serves it."),
      .choice("kind", \.kind, .silent("fixed"), "When it has to come."),
      .node("power", \.power, .series([.power]), "Wanted power: a number or a series.").needing(
        "kind", as: byHours),
      .node("annual", \.annual, .number([.energy, .energyPerYear]), "Wanted energy a year, with 'profile'.")
        .needing("kind", as: byHours),
      Field(
        "bills", .list(.number([.energy])), "In place of 'annual': energy of each of the twelve months, with 'profile'."
      ) {
        input, node, decoding in
        guard let values = decoding.numberList(node, .energy, in: .notNegative) else { return }
        if values.count == 12 {
          input.bills = values
        } else {
          decoding.error("'bills' takes 12 values, one a month, not \(values.count).", at: node.mark)
        }
      }.needing("kind", as: byHours),
      .node(
        "duration", \.duration, .table("duration curve"),
        "In place of 'annual': the load-duration curve that the hours of 'profile' are brought to."
      ).needing("kind", as: byHours),
      .node(
        "charging", \.charging, .list(.table("charging block")),
        "In place of 'power': points in use at fixed hours of every day."
      ).needing("kind", as: byHours),
      .node(
        "appliances", \.appliances, .either([.list(.table("appliance")), .table("rows of a file")]),
        "In place of 'power': what stands in the rooms, bottom up."
      ).needing("kind", as: byHours),
      .node(
        "buildings", \.buildings, .either([.list(.table("building")), .table("rows of a file")]),
        "In place of 'annual': floors or persons times a benchmark, bottom up, each with its shape."
      ).needing("kind", as: byHours),
      .node(
        "split", \.split, .table("split"),
        "The demand is a meter that also made heat, hot water or cold: these become demands of their own."),
      .node(
        "profile", \.profile, .either([.reference("archetype"), .table("profile")]),
        "Shape over the hours; a name alone is its archetype."
      ).needing("kind", as: byHours),
      .node("tiers", \.tiers, .map(.number([.share])), "Shares that may be shed, at the prices of 'reliability'."),
      .number("needs", \.needs, .temperature, in: BusInput.temperature, "Temperature that it needs."),
      .node(
        "window", \.window, .either([.choice(["day"]), .table("window")]),
        "How far a deferrable demand may move: {delay, advance}, 'day', or {tank}."
      ).needing("kind", as: byHours),
      .node("tank", \.tank, .table("window's tank"), "In place of 'window': a tank that the demand empties.")
        .needing("kind", as: ["deferrable"]),
      .number("peak", \.peak, .power, in: .positive, "Greatest power of a deferrable demand.").needing(
        "kind", as: byHours),
      .integer("seed", \.seed, in: 0...Int.max, "Start of its random numbers.").needing("profile", "buildings"),
      .number(
        "growth", \.growth, .ratePerYear, .silent("0 %/y"), in: Bounds(-0.5, 0.5, "between -50 %/y and 50 %/y"),
        "Yearly growth, factor 1 in the horizon's first year: later years of the horizon and stages have more."),
      .node(
        "replaces", \.replaces, .table("replaced fuel"), "Fuel that vehicles moved by this demand burnt before."),
      .number("count", \.vehicles.count, .number, in: .notNegative, "Number of vehicles.")
        .needing("kind", as: fleetOnly),
      .number("battery", \.vehicles.battery, .energy, in: .positive, "Content of one vehicle's battery.")
        .needing("kind", as: fleetOnly),
      .number("charger", \.vehicles.charger, .power, in: .positive, "Power of one charge point.")
        .needing("kind", as: fleetOnly),
      .number(
        "trip", \.vehicles.trip, Measure("a distance per day", in: "km/d", example: "90 km/d"), in: .notNegative,
        "Distance per vehicle and day."
      ).needing("kind", as: fleetOnly),
      .number(
        "consumption", \.vehicles.consumption, Measure("energy per distance", in: "kWh/km", example: "0.35 kWh/km"),
        in: .notNegative, "Energy per distance."
      ).needing("kind", as: fleetOnly),
      .node(
        "away", \.vehicles.away, .list(.text), "Hours in which the vehicles are on the road, such as \"08:00-17:30\"."
      ).needing("kind", as: fleetOnly),
      .flag("v2g", \.vehicles.givesBack, .silent("false"), "Whether parked vehicles may feed back.")
        .needing("kind", as: fleetOnly),
      .number(
        "efficiency", \.vehicles.efficiency, .share, .silent("100 %"), in: .positiveShare,
        "Of charging, and of feeding back."
      ).needing("kind", as: fleetOnly),
    ])
}

struct VehicleInput: Sendable {
  var count: Double?
  var battery: Double?
  var charger: Double?
  var trip: Double?
  var consumption: Double?
  var away: Node?
  var givesBack = false
  var efficiency = 1.0
}

struct WindowInput: Sendable {
  var delay = 0.0
  var advance = 0.0
  var tank: Node?
  static let table = FieldTable<WindowInput>(
    "a window",
    [
      .number("delay", \.delay, .time, .silent("0 h"), in: .notNegative, "How much later it may be served."),
      .number("advance", \.advance, .time, .silent("0 h"), in: .notNegative, "How much earlier it may be served."),
      .node("tank", \.tank, .table("window's tank"), "A tank that the demand empties."),
    ])
}

struct WindowTankInput: Sendable {
  var energy = 0.0
  var peak: Double?
  var minimumLoad = 0.0
  static let table = FieldTable<WindowTankInput>(
    "a window's tank",
    [
      .number("energy", \.energy, .energy, .required, in: .positive, "Its content."),
      .number("peak", \.peak, .power, in: .positive, "Greatest power that fills it."),
      .number(
        "minimum_load", \.minimumLoad, .share, .silent("0 %"), in: .share, "Least load while it fills (rules only)."),
    ])
}

extension Decoding {
  /// The tank of a deferrable demand; `peak` is that of the demand.
  fileprivate mutating func windowTank(_ node: Node, peak: Double?) -> Demand.Kind {
    var tank = WindowTankInput()
    read(WindowTankInput.table, node, into: &tank)
    return .tank(energy: tank.energy, peak: tank.peak ?? peak, minimumLoad: tank.minimumLoad)
  }
}

extension ProjectDecoder {
  mutating func readDemands(_ node: Node?, _ surroundings: Surroundings, _ decoding: inout Decoding) -> [Demand] {
    guard let node else { return [] }
    var demands: [Demand] = []
    decoding.within("demands") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          if let demand = readDemand(entry, surroundings, &inner) {
            demands += splitDemand(demand, entry, surroundings, &inner)
          }
        }
      }
    }
    return demands
  }

  private func readDemand(_ entry: Node.Entry, _ surroundings: Surroundings, _ decoding: inout Decoding) -> Demand? {
    let node = entry.value
    var input = DemandInput()
    decoding.read(DemandInput.table, node, into: &input)
    checkMember(input.member, surroundings, node, &decoding)
    guard let bus = input.bus,
      let place = decoding.within(
        "bus", { surroundings.place(bus, of: input.member, &$0, at: (node["bus"] ?? node).mark) })
    else { return nil }
    checkNeed(input.needs, place, node, &decoding)
    var demand = Demand(id: entry.key, bus: place.id, power: [])
    demand.name = input.name ?? entry.key
    demand.member = input.member
    demand.neededTemperature = input.needs
    demand.tiers = readTiers(input.tiers, place, &decoding)
    if input.kind == .vehicles {
      let factors = growthFactors(input.growth, node, &decoding)
      guard var fleet = readVehicles(input, factors, into: demand, node, &decoding) else { return nil }
      if let replaces = input.replaces { fleet.replaces = readReplaced(replaces, input.vehicles, fleet, &decoding) }
      fleet.growth = input.growth
      return fleet
    }
    guard let power = readPower(input, entry, place, surroundings, &decoding) else { return nil }
    let factors = growthFactors(input.growth, node, &decoding)
    demand.power = factors.map { growth in power.indices.map { power[$0] * growth[$0] } } ?? power
    if let replaces = input.replaces { demand.replaces = readReplaced(replaces, nil, demand, &decoding) }
    demand.growth = input.growth
    if input.kind == .deferrable {
      guard let kind = readWindow(input, node, &decoding) else { return nil }
      demand.kind = kind
    } else if let window = input.window ?? (input.peak == nil ? nil : node["peak"]) {
      decoding.error("'window' and 'peak' belong to a demand of 'kind: deferrable'.", at: window.mark)
    }
    return demand
  }

  /// How far a demand has grown in each step, by whole calendar years since the horizon's first and by the stage's
  /// year; nil: it does not grow.
  private func growthFactors(_ growth: Double, _ node: Node, _ decoding: inout Decoding) -> [Double]? {
    guard growth != 0 else { return nil }
    if stageYear == nil, !hasStages, decoding.horizon.calendarYears.count == 1 {
      decoding.within("growth") {
        $0.warning(
          "Growth begins after the horizon's first year, so it changes nothing in a plan of that year.",
          advice: "Give the project 'stages', or a horizon of several years, or `tulou simulate --years`.",
          at: (node["growth"] ?? node).mark)
      }
    }
    return growthFactors(growth, decoding.horizon)
  }

  /// The same without a word; nil: it does not grow.
  func growthFactors(_ growth: Double, _ horizon: Horizon) -> [Double]? {
    guard growth != 0 else { return nil }
    let first = horizon.moment(0).date.year
    let years = horizon.calendarYears
    let later = (stageYear ?? first) - first
    let factors = Dictionary(
      uniqueKeysWithValues: years.map { ($0, Calibration.growth(rate: growth, from: first, to: $0 + later)) })
    return (0..<horizon.steps).map { factors[horizon.moment($0).date.year] ?? 1 }
  }

  private func readPower(
    _ input: DemandInput, _ entry: Node.Entry, _ place: Surroundings.Place, _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> [Double]? {
    let given = ["power", "annual", "bills", "duration", "charging", "appliances", "buildings"]
      .filter { entry.value[$0] != nil }
    guard given.count == 1 else {
      decoding.error(
        "'\(entry.key)' takes either 'power', or 'annual' with 'profile'.",
        advice: given.count > 1 ? "It has \(given.map { "'\($0)'" }.joined(separator: ", "))." : "",
        at: entry.value.mark)
      return nil
    }
    let steps = decoding.horizon.steps
    if input.profile != nil, let key = given.first, ["charging", "appliances", "buildings"].contains(key) {
      decoding.error(
        "'profile' belongs to 'annual', not to '\(key)'.", at: (entry.value["profile"] ?? entry.value).mark)
    }
    if let charging = input.charging { return decoding.within("charging") { $0.charging(charging) } }
    if let appliances = input.appliances {
      return decoding.within("appliances") { $0.appliances(appliances) }
    }
    if let buildings = input.buildings {
      return decoding.within("buildings") { readBuildings(buildings, input, entry, place, surroundings, &$0) }
    }
    if let power = input.power {
      if input.profile != nil {
        decoding.error(
          "'profile' belongs to 'annual', not to 'power'.", at: (entry.value["profile"] ?? entry.value).mark)
      }
      guard
        let series = decoding.within(
          "power",
          { inner in
            inner.series(power, [.power], in: .notNegative, fuel: place.heatingValue, mayGrow: true)
          })
      else { return nil }
      if series.escalation != 0 {
        decoding.within("power") { $0.notBuilt("'growth' (growth of a demand over the years)", at: power.mark) }
      }
      return series.values.count == 1 ? [Double](repeating: series.values[0], count: steps) : series.values
    }
    return readProfile(input, entry, place, surroundings, &decoding)
  }

  private func readTiers(_ node: Node?, _ place: Surroundings.Place, _ decoding: inout Decoding) -> [Demand.Tier] {
    guard let node else { return [] }
    return decoding.within("tiers") { inner in
      var tiers: [Demand.Tier] = []
      guard let entries = node.entries else {
        inner.error("'tiers' takes a mapping from names to shares, not \(node.kindName).", at: node.mark)
        return []
      }
      for tier in entries where !tier.key.hasPrefix("x-") {
        inner.within(tier.key) { deeper in
          guard let share = deeper.number(tier.value, .share, in: .share) else { return }
          let cost =
            reliability.unservedCost[tier.key] ?? reliability.unservedCost[place.carrier]
            ?? reliability.unservedCost[place.kind.rawValue]
          if !reliability.unservedCost.isEmpty, cost == nil {
            deeper.warning(
              "The tier '\(Node.short(tier.key))' has no 'unserved_cost', so it may not be shed.", at: tier.mark)
          }
          tiers.append(Demand.Tier(name: tier.key, share: share, unservedCost: cost))
        }
      }
      if reliability.unservedCost.isEmpty, !tiers.isEmpty, abs(tiers.reduce(0) { $0 + $1.share } - 1) < 1e-9 {
        inner.warning(
          "No tier has an 'unserved_cost', so nothing of this demand may be shed and its tiers do nothing.",
          advice: "Give 'reliability: {unserved_cost: {\(Node.short(tiers[0].name)): ...}}'.", at: node.mark)
      }
      let sum = tiers.reduce(0) { $0 + $1.share }
      if sum > 1 + 1e-9 { inner.error("The tiers add up to \((sum * 100).plain) %.", at: node.mark) }
      if sum < 1 - 1e-9 {
        inner.warning("The tiers add up to \((sum * 100).plain) %; the rest may not be shed.", at: node.mark)
      }
      return tiers
    }
  }

  /// A heat demand needs at most the supply temperature of its bus, a cold one at least.
  func checkNeed(_ needs: Double?, _ place: Surroundings.Place, _ node: Node, _ decoding: inout Decoding) {
    guard let needs else { return }
    decoding.within("needs") { inner in
      let mark = (node["needs"] ?? node).mark
      guard place.kind == .heat || place.kind == .cold else {
        inner.error("Only demands of heat and cold need a temperature.", at: mark)
        return
      }
      guard let supply = place.supply else { return }
      if place.kind == .heat && needs > supply {
        inner.error(
          "It needs \(needs.plain) degC, but '\(place.id)' is supplied at \(supply.plain) degC.",
          advice: "Raise 'supply', or serve it from a warmer bus.", at: mark)
      } else if place.kind == .cold && needs < supply {
        inner.error(
          "It needs \(needs.plain) degC, but '\(place.id)' is supplied at \(supply.plain) degC.",
          advice: "Lower 'supply', or serve it from a colder bus.", at: mark)
      }
    }
  }

  /// Whether a member that is named exists.
  func checkMember(_ member: String?, _ surroundings: Surroundings, _ node: Node, _ decoding: inout Decoding) {
    guard let member, !surroundings.members.contains(member) else { return }
    let names = members.map(\.id)
    decoding.within("member") {
      $0.error(
        "There is no member '\(Node.short(member))'.",
        advice: nearestName(to: member, among: names).map { "Did you mean '\($0)'?" }
          ?? (names.isEmpty ? "The project has no members." : "Members: \(names.joined(separator: ", "))."),
        at: (node["member"] ?? node).mark)
    }
  }

  private func readWindow(_ input: DemandInput, _ node: Node, _ decoding: inout Decoding) -> Demand.Kind? {
    if (input.tank ?? input.window?["tank"])?["peak"] != nil {
      decoding.idle(["peak"], of: node, because: "the tank has a 'peak' of its own")
    }
    if let tank = input.tank {
      if let window = input.window {
        decoding.error("A deferrable demand has 'window' or 'tank', not both.", at: window.mark)
        return nil
      }
      return decoding.within("tank") { $0.windowTank(tank, peak: input.peak) }
    }
    guard let window = input.window else {
      decoding.error(
        "A deferrable demand needs 'window'.", advice: "For example 'window: {delay: 6 h}' or 'window: day'.",
        at: node.mark)
      return nil
    }
    return decoding.within("window") { inner in
      if window.text == "day" { return .daily(peak: input.peak) }
      guard window.entries != nil else {
        inner.error("'window' takes 'day', {delay, advance} or {tank}, not \(window.kindName).", at: window.mark)
        return nil
      }
      var value = WindowInput()
      inner.read(WindowInput.table, window, into: &value)
      if value.tank != nil { inner.idle(["delay", "advance"], of: window, because: "the tank says when it is filled") }
      if let tank = value.tank { return inner.within("tank") { $0.windowTank(tank, peak: input.peak) } }
      if value.delay == 0 && value.advance == 0 {
        inner.warning("The window is zero, so the demand cannot move.", at: window.mark)
      }
      return .sliding(delayHours: value.delay, advanceHours: value.advance, peak: input.peak)
    }
  }
}
