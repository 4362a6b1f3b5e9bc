import TulouDemand
import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

/// How a meter is split, as written.
struct SplitInput: Sendable {
  var parts: [MeterSplit.Part: Node] = [:]
  var air: String?

  static let table = FieldTable<SplitInput>(
    "a split",
    [
      part(.spaceHeat, "split heat", "Space heat that electricity made."),
      part(.hotWater, "split hot water", "Hot water that electricity made."),
      part(.cooling, "split cold", "Cold that electricity made."),
      .reference(
        "air", to: "resource", \.air,
        "Resource with the outdoor temperature of the metered hours; left out: the only one that has one."),
    ])

  private static func part(_ part: MeterSplit.Part, _ table: String, _ sentence: String) -> Field<SplitInput> {
    Field(part.rawValue, .table(table), sentence) { input, node, _ in input.parts[part] = node }
  }
}

/// A part of a split, as written.
struct SplitPartInput: Sendable {
  var name: String?
  var bus: String?
  var needs: Double?
  var efficiency: Double?
  var performance: Double?
  var power: Node?
  var annual: Node?
  var profile: Node?
  var share: Double?
  var byOthers: Node?

  static let heat = FieldTable<SplitPartInput>(
    "space heat of a split", fields + [efficiency("98 %"), performance("a heat pump's")])
  static let hotWater = FieldTable<SplitPartInput>(
    "hot water of a split",
    fields + [
      efficiency("98 %"), performance("a heat pump's"),
      .number(
        "share", \.share, .share, in: .positiveShare,
        "In place of 'power' and 'annual': share of the electricity that does not follow the temperature."),
    ])
  static let cold = FieldTable<SplitPartInput>(
    "cold of a split", fields + [performance("cold per electricity; left out: 3, approximate, room air conditioners'")])

  private static let fields: [Field<SplitPartInput>] = [
    .reference("name", to: "text", \.name, "Free text."),
    .reference("bus", to: "bus", \.bus, .required, "Bus of heat or cold that serves it."),
    .number("needs", \.needs, .temperature, in: BusInput.temperature, "Temperature that it needs."),
    .node(
      "power", \.power, .series([.power]),
      "The heat or cold itself, where it is known; left out: found by the outdoor temperature."),
    .node("annual", \.annual, .number([.energy, .energyPerYear]), "Heat or cold of a year, with 'profile'."),
    .node(
      "profile", \.profile, .either([.reference("archetype"), .table("profile")]),
      "Shape of 'annual'; left out: the archetype of the part."),
    .node("by_others", \.byOthers, .series([.power]), "What others made of it, such as a solar tank."),
  ]
  private static func efficiency(_ text: String) -> Field<SplitPartInput> {
    .number(
      "efficiency", \.efficiency, .share, in: .positiveShare, "Heat per electricity of a heater; left out: \(text).")
  }
  private static func performance(_ text: String) -> Field<SplitPartInput> {
    .number(
      "cop", \.performance, .number, in: Bounds(1, 12, "between 1 and 12"), "Coefficient of performance, \(text).")
  }
}

extension MeterSplit.Use {
  /// Whether the outdoor temperature says how much of the meter it is.
  fileprivate var isFitted: Bool { if case .fitted = amount { true } else { false } }
}

extension MeterSplit.Part {
  fileprivate var table: FieldTable<SplitPartInput> {
    switch self {
    case .spaceHeat: SplitPartInput.heat
    case .hotWater: SplitPartInput.hotWater
    case .cooling: SplitPartInput.cold
    }
  }
  fileprivate var suffix: String { rawValue.split(separator: "_").joined(separator: "-") }
  fileprivate var archetype: String { self == .cooling ? "cooling" : suffix }
  fileprivate var carrier: CarrierKind { self == .cooling ? .cold : .heat }
}

extension ProjectDecoder {
  /// A demand, or where it is a meter that is split, electricity proper with the demands of heat and cold beside it.
  func splitDemand(
    _ demand: Demand, _ entry: Node.Entry, _ surroundings: Surroundings, _ decoding: inout Decoding
  ) -> [Demand] {
    guard let node = entry.value["split"], !node.isEmpty else { return [demand] }
    return decoding.within("split") { split(demand, entry, node, surroundings, &$0) }
  }

  private func split(
    _ demand: Demand, _ entry: Node.Entry, _ node: Node, _ surroundings: Surroundings, _ decoding: inout Decoding
  ) -> [Demand] {
    guard case .fixed = demand.kind else {
      decoding.error("Only a fixed demand can be split.", at: node.mark)
      return [demand]
    }
    guard surroundings.places[demand.bus]?.kind == .electricity else {
      decoding.error("'split' belongs to a demand of electricity.", at: node.mark)
      return [demand]
    }
    var input = SplitInput()
    decoding.read(SplitInput.table, node, into: &input)
    if input.parts.isEmpty {
      decoding.error(
        "A split says what is taken out of the meter.", advice: "Give 'space_heat', 'hot_water' or 'cooling'.",
        at: node.mark)
      return [demand]
    }
    let before = decoding.diagnostics.count
    var uses: [MeterSplit.Part: MeterSplit.Use] = [:]
    var parts: [(part: MeterSplit.Part, demand: Demand)] = []
    for part in MeterSplit.Part.allCases {
      guard let own = input.parts[part] else { continue }
      decoding.within(part.rawValue) { inner in
        guard let (made, use) = readPart(part, own, of: demand, entry, surroundings, &inner) else { return }
        parts.append((part, made))
        uses[part] = use
      }
    }
    guard decoding.diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return [demand] }
    if !uses.values.contains(where: \.isFitted) {
      decoding.idle(["air"], of: node, because: "no part is found by the outdoor temperature")
    }
    do throws(ProjectFault) {
      let horizon = decoding.horizon
      // What is known of heat and cold is that of the first year; all parts grow alike.
      let growth = growthFactors(demand.growth, horizon) ?? [Double](repeating: 1, count: horizon.steps)
      let split = try MeterSplit(
        metered: zip(demand.power, growth).map { $0 / $1 },
        temperature: try (surroundings.resources as? ProjectResources)?.horizonTemperature(input.air),
        day: (0..<horizon.steps).map { horizon.civil($0).date.dayNumber }, stepHours: horizon.stepHours, uses: uses)
      tell(split, parts.map(\.part), node, &decoding)
      var rest = demand
      rest.power = zip(split.electricity, growth).map { $0 * $1 }
      return [rest]
        + parts.map { part, made in
          var made = made
          made.power = zip(split.made[part] ?? [], growth).map { $0 * $1 }
          return made
        }
    } catch {
      decoding.adopt(error, at: node.mark)
      return [demand]
    }
  }

  /// A part as a demand without hours yet, and how it is made.
  private func readPart(
    _ part: MeterSplit.Part, _ node: Node, of demand: Demand, _ entry: Node.Entry, _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> (Demand, MeterSplit.Use)? {
    var input = SplitPartInput()
    let before = decoding.diagnostics.count
    decoding.read(part.table, node, into: &input)
    guard decoding.diagnostics[before...].allSatisfy({ $0.severity != .error }), let bus = input.bus,
      let place = decoding.within(
        "bus",
        { surroundings.place(bus, of: demand.member, kinds: [part.carrier], &$0, at: (node["bus"] ?? node).mark) })
    else { return nil }
    var made = Demand(id: "\(demand.id)-\(part.suffix)", bus: place.id, power: [])
    made.name = input.name ?? "\(demand.name), \(part.rawValue.split(separator: "_").joined(separator: " "))"
    made.member = demand.member
    made.neededTemperature = input.needs
    made.growth = demand.growth
    checkNeed(input.needs, place, node, &decoding)
    if input.efficiency != nil && input.performance != nil {
      decoding.error("'efficiency' and 'cop' say the same; give one of them.", at: node.mark)
      return nil
    }
    let performance: Double
    if let given = input.efficiency ?? input.performance {
      performance = given
    } else if part == .cooling {
      performance = 3
      decoding.within("cop") { $0.assume("3", source: "room air conditioners, a common middle", kind: .approximate) }
    } else {
      performance = 0.98
      decoding.within("efficiency") {
        $0.assume("98 %", source: "electric heating, Lu, Yang, Alanne 2018, section 3.2", kind: .default)
      }
    }
    var others: [Double] = []
    if let node = input.byOthers {
      guard let series = decoding.within("by_others", { $0.series(node, [.power], in: .notNegative) }) else {
        return nil
      }
      others = series.values
    }
    guard let amount = amount(part, input, node, made.id, place, surroundings, &decoding) else { return nil }
    return (made, MeterSplit.Use(performance: performance, amount: amount, byOthers: others))
  }

  private func amount(
    _ part: MeterSplit.Part, _ input: SplitPartInput, _ node: Node, _ id: String, _ place: Surroundings.Place,
    _ surroundings: Surroundings, _ decoding: inout Decoding
  ) -> MeterSplit.Amount? {
    let given = ["power", "annual", "share"].filter { node[$0] != nil }
    guard given.count <= 1 else {
      decoding.error("\(given.map { "'\($0)'" }.joined(separator: " and ")) say the same; give one.", at: node.mark)
      return nil
    }
    if input.profile != nil && input.annual == nil {
      decoding.error("'profile' belongs to 'annual'.", at: (node["profile"] ?? node).mark)
      return nil
    }
    if let power = input.power {
      return decoding.within("power") { $0.series(power, [.power], in: .notNegative) }.map {
        let values = $0.values.count == 1 ? [Double](repeating: $0.values[0], count: decoding.horizon.steps) : $0.values
        return .known(values)
      }
    }
    guard input.annual != nil || input.share != nil else {
      if part == .hotWater {
        decoding.error(
          "The meter does not show hot water by the temperature.", advice: "Give 'annual', 'power' or 'share'.",
          at: node.mark)
        return nil
      }
      return .fitted
    }
    var profiled = DemandInput()
    profiled.annual = input.annual ?? .text("1 kWh/y", mark: node.mark)
    profiled.profile = input.profile ?? .text(part.archetype, mark: node.mark)
    let entry = Node.Entry(key: id, mark: node.mark, value: node)
    guard let series = readProfile(profiled, entry, place, surroundings, &decoding) else { return nil }
    return input.share.map { .share($0, shape: series) } ?? .placed(series)
  }

  /// Lists what a split found, and warns where the meter shows nothing of what is sought.
  private func tell(
    _ split: MeterSplit, _ parts: [MeterSplit.Part], _ node: Node, _ decoding: inout Decoding
  ) {
    func short(_ value: Double) -> String { ((value * 1000).rounded() / 1000).plain }
    for part in parts {
      decoding.within(part.rawValue) { inner in
        let share = "\(short(split.share(part) * 100)) % of the meter"
        guard let fit = split.fit, part != .hotWater, node[part.rawValue]?["power"] == nil,
          node[part.rawValue]?["annual"] == nil
        else {
          inner.assume(share, source: "split of the meter by what is given", kind: .split)
          return
        }
        let slope = part == .spaceHeat ? fit.heatingSlope : fit.coolingSlope
        let words =
          part == .spaceHeat
          ? "below \(short(fit.heatingCelsius)) degC" : "above \(short(fit.coolingCelsius)) degC"
        inner.assume(
          share,
          source: "change-point fit of daily energies: \(short(slope)) kW/K \(words), R2 \(short(fit.explained))",
          kind: .split)
        if slope <= 0 || split.share(part) < 0.001 {
          inner.warning(
            "The meter shows no \(part.rawValue) over the outdoor temperature.",
            advice: "Check that the temperature is that of the metered hours, or give 'annual' or 'power'.",
            at: (node[part.rawValue] ?? node).mark)
        } else if !(part == .spaceHeat ? fit.showsHeating : fit.showsCooling) {
          inner.warning(
            "Nearly all metered days lie on one side of \(short(part == .spaceHeat ? fit.heatingCelsius : fit.coolingCelsius)) degC, so the meter does not show where \(part.rawValue) begins.",
            advice: "Give a longer record, or 'annual' or 'power' of the part.", at: (node[part.rawValue] ?? node).mark)
        } else if fit.explained < 0.3 {
          inner.warning(
            "The outdoor temperature explains only \(short(fit.explained * 100)) % of the meter's daily course.",
            advice: "Check that the temperature is that of the metered hours.", at: (node[part.rawValue] ?? node).mark)
        }
      }
    }
  }
}
