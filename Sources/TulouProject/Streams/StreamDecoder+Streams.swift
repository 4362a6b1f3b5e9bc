import TulouDocument
import TulouQuantities
import TulouStreams

/// Sources and sinks.
extension StreamDecoder {
  mutating func readStreams(_ node: Node?, _ decoding: inout Decoding) {
    guard let node else {
      decoding.error("'partners' and 'match' need 'streams'.", at: Mark())
      return
    }
    decoding.within("streams") { outer in
      var input = StreamsInput()
      outer.read(StreamsInput.table, node, into: &input)
      if let out = input.out {
        outer.within("out") { room in
          for entry in room.things(out) { room.within(entry.key) { readSource(entry, &$0) } }
        }
      }
      if let into = input.into {
        outer.within("in") { room in
          for entry in room.things(into) {
            room.within(entry.key) { inner in
              if park.sources.contains(where: { $0.id == entry.key }) {
                inner.error("The id '\(entry.key)' stands under 'out' already.", at: entry.mark)
              }
              readSink(entry, &inner)
            }
          }
        }
      }
    }
  }

  private mutating func readSource(_ entry: Node.Entry, _ decoding: inout Decoding) {
    guard let stream = head(StreamInput.out, entry, .out, &decoding) else { return }
    let input = stream.input, units = stream.units
    var source = StreamSource(id: entry.key, partner: stream.partner, kind: units.kind, supply: stream.flow)
    source.record = stream.record
    fuels[entry.key] = units.fuel
    source.temperatures = stream.span
    source.approach = stream.approach
    if let share = decoding.stream(input.nodes["sorting"], "sorting", [.share], in: .share) {
      source.supply = source.supply.map { share * $0 }
    }
    func price(_ key: String, _ decoding: inout Decoding) -> Double? {
      decoding.stream(input.nodes[key], key, units.price, fuel: units.fuel)
    }
    let disposal = price("disposal", &decoding)
    source.disposal = disposal ?? 0
    if disposal == nil { decoding.assume("disposal", "free", in: entry.value) }
    source.disposalEmission =
      decoding.stream(input.nodes["disposal_emission"], "disposal_emission", units.emission, fuel: units.fuel) ?? 0
    source.emergencyDisposal = price("emergency", &decoding) ?? max(0, 2 * source.disposal)
    if input.nodes["emergency"] == nil { decoding.assume("emergency", "twice 'disposal'", in: entry.value) }
    source.contents = decoding.concentrations(input.nodes["contents"], "contents", mustFit: true)
    source.certainty = decoding.stream(input.nodes["certain"], "certain", [.share], in: .share) ?? 1
    if let node = input.nodes["grade"] { source.grade = decoding.within("grade") { $0.text(node) } ?? "" }
    source.wasteCode = input.wasteCode
    source.isBarred = input.isBarred
    source.bus = input.bus
    source.reductions = readReductions(input.nodes["reduce"], entry.key, units, &decoding)
    park.sources.append(source)
  }

  private mutating func readSink(_ entry: Node.Entry, _ decoding: inout Decoding) {
    guard let stream = head(StreamInput.into, entry, .into, &decoding) else { return }
    let input = stream.input, units = stream.units
    var sink = StreamSink(id: entry.key, partner: stream.partner, kind: units.kind, need: stream.flow)
    sink.record = stream.record
    sink.temperatures = stream.span
    sink.approach = stream.approach
    func price(_ key: String, _ decoding: inout Decoding) -> Double? {
      decoding.stream(input.nodes[key], key, units.price, fuel: units.fuel)
    }
    let buys = price("buys", &decoding)
    sink.price = buys ?? 0
    if buys == nil { decoding.assume("buys", "free", in: entry.value) }
    sink.emission = decoding.stream(input.nodes["emission"], "emission", units.emission, fuel: units.fuel) ?? 0
    sink.outsideEnergy =
      decoding.stream(input.nodes["outside_energy"], "outside_energy", units.outsideEnergy, fuel: units.fuel) ?? 0
    sink.emergencyPrice = price("emergency", &decoding) ?? 2 * sink.price
    if input.nodes["emergency"] == nil { decoding.assume("emergency", "twice 'buys'", in: entry.value) }
    if let node = input.nodes["accepts"] {
      sink.accepts = decoding.within("accepts") { readAccepts(node, units, &$0) }
    }
    if let node = input.nodes["grades"] { sink.grades = decoding.within("grades") { $0.texts(node) } ?? [] }
    sink.limits = decoding.concentrations(input.nodes["limits"], "limits", mustFit: false)
    if units.kind == .water { sink.freshContents = fresh }
    sink.bus = input.bus
    sink.stockHours = decoding.stream(input.nodes["stock"], "stock", [.time], in: .notNegative) ?? 0
    sink.reductions = readReductions(input.nodes["reduce"], entry.key, units, &decoding)
    if let node = input.nodes["takes_up"] {
      decoding.within("takes_up") { readWashing(node, entry, &sink, &$0) }
    }
    for (name, limit) in sink.limits.sorted(by: { $0.key < $1.key }) where sink.freshContents[name, default: 0] > limit
    {
      decoding.within("limits") {
        $0.error(
          "Fresh water holds \(sink.freshContents[name, default: 0].plain) mg/kg of \(name), but '\(entry.key)' stands \(limit.plain) mg/kg only.",
          advice: "Even fresh water cannot serve it; treat it, or look at 'match.fresh_water'.",
          at: input.nodes["limits"]?.mark ?? entry.mark)
      }
    }
    park.sinks.append(sink)
  }

  private struct Head {
    var input: StreamInput
    var units: StreamUnits
    var partner: String
    var flow: [Double]
    var span: TemperatureSpan?
    var approach: Double
    var record: StreamRecord
  }

  /// What both ways have in common; nil where kind or partner is missing.
  private func head(
    _ table: FieldTable<StreamInput>, _ entry: Node.Entry, _ way: StreamWay,
    _ decoding: inout Decoding
  ) -> Head? {
    var input = StreamInput()
    decoding.read(table, entry.value, into: &input)
    guard let kind = input.kind, let partner = input.partner else { return nil }
    decoding.within("partner") { checkPartner(partner, at: entry.value["partner"]?.mark ?? entry.mark, &$0) }
    var units = StreamUnits(kind)
    if let node = input.nodes["content"] {
      if kind.isEnergy {
        if let value = decoding.stream(node, "content", [StreamUnits.energyPerTonne], in: .positive) {
          units.fuel = Decoding.HeatingValue(value: value / 1000, per: Dimension(mass: 1))
        }
      } else {
        decoding.within("content") {
          $0.error("'content' is for forms of energy; '\(kind.rawValue)' is none.", at: node.mark)
        }
      }
    }
    let span = span(input, kind, way, entry, &decoding)
    var record = StreamRecord()
    record.name = input.name
    record.since = input.since
    record.year = input.year
    record.source = input.source
    record.isInferred = input.isInferred
    let own = decoding.stream(input.nodes["approach"], "approach", [.temperatureDifference], in: .notNegative)
    let flow = flow(input, units, span, entry, &decoding)
    return Head(
      input: input, units: units, partner: partner, flow: flow, span: span, approach: own ?? approach, record: record)
  }

  private func span(
    _ input: StreamInput, _ kind: StreamKind, _ way: StreamWay, _ entry: Node.Entry,
    _ decoding: inout Decoding
  ) -> TemperatureSpan? {
    let isSource = way == .out
    let (main, other) = way.temperatures
    let given = decoding.stream(input.nodes[main], main, [.temperature])
    let second = decoding.stream(input.nodes[other], other, [.temperature])
    guard kind.hasTemperature else {
      for key in [main, other] where input.nodes[key] != nil {
        decoding.within(key) {
          $0.error(
            "'\(key)' is for heat and cold; '\(entry.key)' is \(kind.rawValue).",
            at: input.nodes[key]?.mark ?? entry.mark)
        }
      }
      return nil
    }
    guard let given else {
      if input.nodes[main] == nil {
        decoding.within(main) {
          $0.error(
            "\(kind == .heat ? "Heat" : "Cold") needs '\(main)': at which temperature it is \(isSource ? "there" : "needed").",
            at: entry.mark)
        }
      }
      return nil
    }
    let far = second ?? given
    // Heat is given downwards and taken upwards, cold the other way round.
    let isUpward = (kind == .heat) != isSource
    let start = isSource ? given : far, end = isSource ? far : given
    if isUpward ? end < start : end > start {
      decoding.within(other) {
        $0.error(
          "'\(main)' is \(given.plain) degC and '\(other)' \(far.plain) degC, but \(kind.rawValue) that is \(isSource ? "given" : "taken") goes \(isUpward ? "up" : "down") from '\(isSource ? main : other)' to '\(isSource ? other : main)'.",
          advice: "Exchange the two, or look at their signs.", at: input.nodes[other]?.mark ?? entry.mark)
      }
    }
    return TemperatureSpan(from: start, to: end)
  }

  // MARK: Amounts

  private func flow(
    _ input: StreamInput, _ units: StreamUnits, _ span: TemperatureSpan?, _ entry: Node.Entry,
    _ decoding: inout Decoding
  ) -> [Double] {
    let zero = park.blocks.map { _ in 0.0 }
    var flow = zero
    switch (input.nodes["amount"], input.nodes["capacity_flow"]) {
    case (let amount?, nil):
      flow = decoding.within("amount") { flows(amount, units, &$0) } ?? zero
    case (nil, let capacity?):
      guard let span else {
        decoding.within("capacity_flow") { $0.error("'capacity_flow' needs two temperatures.", at: capacity.mark) }
        return zero
      }
      let value = decoding.stream(capacity, "capacity_flow", [StreamUnits.capacityFlow], in: .notNegative) ?? 0
      flow = park.blocks.map { _ in value * (span.warm - span.cold) }
    case (_?, let capacity?):
      decoding.within("capacity_flow") {
        $0.error("A stream has 'amount' or 'capacity_flow', not both.", at: capacity.mark)
      }
    case (nil, nil):
      if input.nodes["takes_up"] == nil {
        decoding.within("amount") {
          $0.error("A stream needs 'amount'.", advice: "For example '12 t/h' or '4 GWh/y'.", at: entry.mark)
        }
      }
    }
    guard let node = input.nodes["profile"] else {
      if input.nodes["amount"]?.items == nil { decoding.assume("profile", "flat", in: entry.value) }
      return flow
    }
    if input.nodes["amount"]?.items != nil {
      decoding.within("profile") { $0.error("A list of flows says already when it flows.", at: node.mark) }
      return flow
    }
    guard let factors = decoding.within("profile", { profile(node, &$0) }) else { return flow }
    let mean = park.yearly(factors) / park.blocks.reduce(0, +)
    guard mean > 0 else {
      decoding.within("profile") { $0.error("The profile is 0 all year, so the amount never flows.", at: node.mark) }
      return flow
    }
    return zip(flow, factors).map { $0 * $1 / mean }
  }

  /// One flow for all blocks, or a list of one each.
  private func flows(_ node: Node, _ units: StreamUnits, _ decoding: inout Decoding) -> [Double]? {
    func one(_ node: Node, _ decoding: inout Decoding) -> Double? {
      // A mass a year becomes an energy a year by its content.
      let measures = units.fuel == nil ? units.flow : units.flow + [StreamUnits.energyAmount]
      guard let amount = decoding.steadyAmount(node, measures, fuel: units.fuel) else { return nil }
      guard amount.value >= 0 else {
        decoding.error(
          "'\(decoding.key)' is \(Node.short(node.writtenNumber)), but has to be 0 or more.", at: node.mark)
        return nil
      }
      return amount.measure < units.flow.count ? amount.value : amount.value / Horizon.hoursPerYear
    }
    guard let items = node.items else {
      guard let value = one(node, &decoding) else { return nil }
      return park.blocks.map { _ in value }
    }
    let values = items.compactMap { one($0, &decoding) }
    guard values.count == items.count else { return nil }
    guard values.count == park.blocks.count else {
      decoding.error(
        "'\(decoding.key)' has \(values.count) flows, but 'match' has \(park.blocks.count) blocks.",
        advice: "Give one flow a block, or one number for all.", at: node.mark)
      return nil
    }
    return values
  }

  /// A flow, a list of flows, or either as 'max'.
  private func readAccepts(_ node: Node, _ units: StreamUnits, _ decoding: inout Decoding) -> [Double]? {
    guard node.entries != nil else { return flows(node, units, &decoding) }
    var input = AcceptsInput()
    decoding.read(AcceptsInput.table, node, into: &input)
    return input.most.flatMap { most in decoding.within("max") { flows(most, units, &$0) } }
  }

  private func profile(_ node: Node, _ decoding: inout Decoding) -> [Double]? {
    if let items = node.items {
      let values = items.compactMap { decoding.number($0, .number, in: .notNegative) }
      guard values.count == items.count else { return nil }
      if values.count == park.blocks.count { return values }
      if isCalendar, values.count == 12 { return values.flatMap { [$0, $0] } }
      decoding.error(
        "The profile has \(values.count) numbers, but 'match' has \(park.blocks.count) blocks.",
        advice: isCalendar ? "Give twelve numbers for the months." : "Give one number a block.", at: node.mark)
      return nil
    }
    guard let word = node.text else {
      decoding.error("'profile' takes a word or a list of numbers, not \(node.kindName).", at: node.mark)
      return nil
    }
    let known = StreamProfile(rawValue: word)
    if known == .flat { return park.blocks.map { _ in 1 } }
    let parts = word.split(separator: " ")
    if parts.count == 4, let count = Double(parts[1]), count >= 1, "batch \(parts[1]) per year" == word {
      decoding.assume(
        "evened out by a store of a \(parts[1])th of the year's amount", source: Decoding.ours, kind: .default)
      return park.blocks.map { _ in 1 }
    }
    guard let known else {
      decoding.error(
        "'\(Node.short(word))' is no profile.",
        advice: "Write 'flat', 'day', 'night', 'batch 12 per year' or a list of numbers.", at: node.mark)
      return nil
    }
    guard isCalendar else {
      decoding.error(
        "'\(word)' needs blocks of days and nights, but 'match.blocks' gives others.",
        advice: "Give one number a block.", at: node.mark)
      return nil
    }
    return park.blocks.indices.map { ($0 % 2 == 0) == (known == .day) ? 1 : 0 }
  }

  // MARK: Measures and washing

  private func readReductions(
    _ node: Node?, _ id: String, _ units: StreamUnits, _ decoding: inout Decoding
  ) -> [Reduction] {
    guard let node else { return [] }
    return decoding.within("reduce") { outer in
      guard let items = node.items else {
        outer.error("'reduce' takes a list of measures, not \(node.kindName).", at: node.mark)
        return []
      }
      return items.map { item in
        var input = StreamReductionInput()
        outer.read(StreamReductionInput.table, item, into: &input)
        let name = input.name ?? ""
        return Reduction(
          id: "\(id): \(name)", name: name, saves: input.saves,
          yearlyCost: (input.cost ?? 0) + yearly(input.capital ?? 0, life: input.life),
          worth: outer.stream(input.worth, "worth", units.price, fuel: units.fuel) ?? 0,
          avoidedEmission: outer.stream(input.avoids, "avoids", units.emission, fuel: units.fuel) ?? 0)
      }
    }
  }

  private mutating func readWashing(
    _ node: Node, _ entry: Node.Entry, _ sink: inout StreamSink, _ decoding: inout Decoding
  ) {
    guard sink.kind == .water else {
      decoding.error("'takes_up' is for water; '\(entry.key)' is \(sink.kind.rawValue).", at: node.mark)
      return
    }
    var input = WashingInput()
    decoding.read(WashingInput.table, node, into: &input)
    guard let substance = input.substance, let load = input.load, let outlet = input.outlet else { return }
    let inlet = sink.limits[substance] ?? 0
    sink.limits[substance] = inlet
    guard outlet > inlet, outlet > fresh[substance, default: 0] else {
      decoding.within("outlet") {
        $0.error(
          "'outlet' is \(outlet.plain) mg/kg, but has to be above what comes in: \(max(inlet, fresh[substance, default: 0]).plain) mg/kg.",
          at: node["outlet"]?.mark ?? node.mark)
      }
      return
    }
    // In matching the process takes the flow with which it reaches both its limits.
    if entry.value["amount"] == nil { sink.need = park.blocks.map { _ in 1000 * load / (outlet - inlet) } }
    processes.append(
      WaterProcess(
        sink: sink.id, substance: substance,
        operation: WaterOperation(partner: sink.partner, load: load, inlet: inlet, outlet: outlet)))
  }
}
