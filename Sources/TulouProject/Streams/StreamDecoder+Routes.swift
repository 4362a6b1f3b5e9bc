import TulouDocument
import TulouQuantities
import TulouStreams

/// Ways, trenches, upgrades and agreements.
extension StreamDecoder {
  mutating func readRoutes(_ node: Node?, _ decoding: inout Decoding) -> RouteRules {
    var rules = RouteRules()
    guard let node else { return rules }
    decoding.within("routes") { outer in
      guard let entries = node.entries else {
        outer.error("'routes' takes a mapping, not \(node.kindName).", at: node.mark)
        return
      }
      var input = RoutesInput()
      let known = Set(RoutesInput.table.descriptions.map(\.name))
      let own = Node(.mapping(entries.filter { known.contains($0.key) }), mark: node.mark)
      outer.read(RoutesInput.table, own, into: &input)
      if let node = input.defaults { outer.within("default") { readDefaults(node, &rules, &$0) } }
      if let node = input.trenches { outer.within("trenches") { readTrenches(node, &$0) } }
      for entry in entries where !known.contains(entry.key) && !entry.key.hasPrefix("x-") {
        outer.within(entry.key) { readPair(entry, &rules, &$0) }
      }
    }
    return rules
  }

  private func readDefaults(_ node: Node, _ rules: inout RouteRules, _ decoding: inout Decoding) {
    guard let entries = node.entries else {
      decoding.error("'default' takes a mapping from kinds to rules, not \(node.kindName).", at: node.mark)
      return
    }
    for entry in entries where !entry.key.hasPrefix("x-") {
      decoding.within(entry.key) { inner in
        guard let kind = StreamKind(rawValue: entry.key) else {
          inner.error(
            "'\(Node.short(entry.key))' is no kind of stream.",
            advice: nearestName(to: entry.key, among: StreamKind.words).map { "Did you mean '\($0)'?" }
              ?? "Kinds: \(StreamKind.words.joined(separator: ", ")).", at: entry.mark)
          return
        }
        rules.kinds[kind] = rule(entry.value, StreamUnits(kind), &inner)
      }
    }
  }

  private func readPair(_ entry: Node.Entry, _ rules: inout RouteRules, _ decoding: inout Decoding) {
    let ends = entry.key.split(separator: ">", maxSplits: 1).map(String.init)
    guard ends.count == 2, ends[0].hasSuffix("-") else {
      decoding.error(
        "'\(Node.short(entry.key))' is no way.",
        advice: "Write 'default', 'trenches', or two partners or two streams such as 'asnaes->novo'.", at: entry.mark)
      return
    }
    let from = ends[0].dropLast().trimmed, to = ends[1][...].trimmed
    let source = park.sources.first { $0.id == from }, sink = park.sinks.first { $0.id == to }
    let partners = park.partners.map(\.id)
    let kind: StreamKind
    if let source, sink != nil || source.bus == to {
      kind = source.kind
    } else if partners.contains(from), partners.contains(to) {
      // Partners may exchange anything; numbers then have to fit one kind.
      let kinds = Set(park.sources.filter { $0.partner == from }.map(\.kind))
      kind = kinds.count == 1 ? kinds.first ?? .heat : .heat
    } else {
      let names = partners + park.sources.map(\.id) + park.sinks.map(\.id) + (source?.bus.map { [$0] } ?? [])
      let unknown = names.contains(from) ? to : from
      decoding.error(
        "'\(Node.short(entry.key))' joins no two partners, and no stream out to a stream in or to the bus that it feeds.",
        advice: nearestName(to: unknown, among: names).map { "Did you mean '\($0)' in place of '\(unknown)'?" }
          ?? "Names: \(names.joined(separator: ", ")).", at: entry.mark)
      return
    }
    rules.pairs[RouteEnds(from: from, to: to)] = rule(entry.value, StreamUnits(kind, fuel: fuels[from]), &decoding)
  }

  private func rule(_ node: Node, _ units: StreamUnits, _ decoding: inout Decoding) -> RouteRule {
    var input = RouteInput()
    decoding.read(RouteInput.table, node, into: &input)
    func number(_ key: String, _ measures: [Measure], _ decoding: inout Decoding, in bounds: Bounds = .notNegative)
      -> Double?
    {
      decoding.stream(input.nodes[key], key, measures, fuel: units.fuel, in: bounds)
    }
    var rule = RouteRule()
    rule.distance = number("distance", [.length], &decoding)
    rule.longest = number("longest", [.length], &decoding)
    rule.lossPerKilometre = number("loss", [StreamUnits.lossPerLength], &decoding)
    rule.coolingPerKilometre = number("cooling", [StreamUnits.coolingPerLength], &decoding)
    rule.efficiency = number("delivered", [.share], &decoding, in: .positiveShare)
    rule.transport = number("transport", units.price, &decoding, in: .any)
    rule.transportPerKilometre = number("transport_per_length", units.pricePerLength, &decoding)
    rule.emissionPerKilometre = number("emission_per_length", units.emissionPerLength, &decoding)
    rule.fixed = number("fixed", [StreamUnits.moneyPerYear], &decoding)
    rule.perCapacity = number("capacity_cost", units.yearlyPerCapacity, &decoding)
    rule.smallest = number("smallest", units.flow, &decoding)
    rule.largest = number("largest", units.flow, &decoding)
    rule.minimum = number("minimum", units.amount, &decoding)
    rule.removal = decoding.shares(input.nodes["removal"], "removal")
    if let investment = input.nodes["investment"] {
      decoding.within("investment") { addInvestment(investment, to: &rule, units, &$0) }
    }
    if let smallest = rule.smallest, let largest = rule.largest, smallest > largest {
      decoding.within("smallest") {
        $0.error(
          "'smallest' is \(smallest.plain) \(units.kind.flowUnit), above 'largest' with \(largest.plain) \(units.kind.flowUnit).",
          at: input.nodes["smallest"]?.mark ?? node.mark)
      }
    }
    return rule
  }

  private func addInvestment(
    _ node: Node, to rule: inout RouteRule, _ units: StreamUnits, _ decoding: inout Decoding
  ) {
    var input = RouteInvestmentInput()
    decoding.read(RouteInvestmentInput.table, node, into: &input)
    if let fixed = input.fixed { rule.fixed = (rule.fixed ?? 0) + yearly(fixed, life: input.life) }
    if let perLength = input.perLength { rule.fixedPerMetre = yearly(perLength, life: input.life) }
    let capacity = decoding.stream(input.capacity, "capacity", units.capitalPerCapacity, in: .notNegative)
    if let capacity { rule.perCapacity = (rule.perCapacity ?? 0) + yearly(capacity, life: input.life) }
  }

  private mutating func readTrenches(_ node: Node, _ decoding: inout Decoding) {
    for entry in decoding.things(node) {
      decoding.within(entry.key) { inner in
        var input = TrenchInput()
        inner.read(TrenchInput.table, entry.value, into: &input)
        var links: [String] = []
        var kind = StreamKind.heat
        for item in input.links?.items ?? [] {
          guard let text = inner.text(item) else { continue }
          let ends = text.split(separator: ">", maxSplits: 1).map(String.init)
          guard ends.count == 2, ends[0].hasSuffix("-"),
            let source = park.sources.first(where: { $0.id == ends[0].dropLast().trimmed }),
            let sink = park.sinks.first(where: { $0.id == ends[1].split(separator: " ").first.map(String.init) ?? "" })
          else {
            inner.within("links") {
              $0.error(
                "'\(Node.short(text))' is no link.", advice: "Write a stream out and a stream in, such as 's1->d2'.",
                at: item.mark)
            }
            continue
          }
          kind = source.kind
          let way = ends[1].split(separator: " ").count > 1 ? String(ends[1].drop { $0 != " " }) : ""
          links.append("\(source.id)->\(sink.id)" + way)
        }
        if let node = input.links, node.items == nil {
          inner.error("'links' takes a list of links such as 's1->d2'.", at: node.mark)
        }
        let largest = inner.stream(input.largest, "largest", StreamUnits(kind).flow, in: .notNegative)
        park.trenches.append(
          Trench(
            id: entry.key, links: links, fixed: (input.fixed ?? 0) + yearly(input.capital ?? 0, life: input.life),
            largest: largest ?? .infinity))
      }
    }
  }

  // MARK: Upgrades

  mutating func readUpgrades(_ node: Node?, _ decoding: inout Decoding) -> ([Upgrade], [WaterRegeneration]) {
    guard let node else { return ([], []) }
    var upgrades: [Upgrade] = []
    var regenerations: [WaterRegeneration] = []
    decoding.within("upgrades") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = UpgradeInput()
          inner.read(UpgradeInput.table, entry.value, into: &input)
          guard let kind = input.kind else { return }
          if let outlet = input.nodes["outlet"] {
            for (name, value) in inner.concentrations(outlet, "outlet", mustFit: false).sorted(by: { $0.key < $1.key })
            {
              regenerations.append(
                WaterRegeneration(
                  id: entry.key, substance: name,
                  regeneration: Regeneration(outlet: value, passes: input.passes ?? .recycle)))
            }
          }
          if let upgrade = upgrade(entry, input, kind, &inner) { upgrades.append(upgrade) }
        }
      }
    }
    return (upgrades, regenerations)
  }

  private func upgrade(
    _ entry: Node.Entry, _ input: UpgradeInput, _ kind: StreamKind, _ decoding: inout Decoding
  ) -> Upgrade? {
    let units = StreamUnits(kind)
    var upgrade = Upgrade(id: entry.key, kind: kind, delivers: input.delivers)
    upgrade.from = input.from
    upgrade.to = input.to
    upgrade.removal = decoding.shares(input.nodes["removal"], "removal") ?? [:]
    upgrade.operation = decoding.stream(input.nodes["operation"], "operation", units.price) ?? 0
    let capital = decoding.stream(input.nodes["capital"], "capital", units.capitalPerCapacity, in: .notNegative)
    upgrade.yearlyPerCapacity = yearly(capital ?? 0, life: input.life)
    if let cop = input.cop {
      if input.yield != nil {
        decoding.within("yield") { $0.error("A heat pump has 'cop'; its 'yield' follows from that.", at: entry.mark) }
      }
      if let from = input.from, let to = input.to, to > from, cop > (to + 273.15) / (to - from) {
        decoding.within("cop") {
          $0.error(
            "'cop' is \(cop.plain), above the limit of Carnot between \(from.plain) and \(to.plain) degC: \(((to + 273.15) / (to - from)).plain).",
            at: entry.value["cop"]?.mark ?? entry.mark)
        }
      }
      // Heat given = heat taken + electricity, electricity = heat given / cop.
      upgrade.yield = cop / (cop - 1)
      let electricity = 1 / (cop - 1)
      upgrade.operation += electricity * (input.electricity ?? 0)
      upgrade.emission = electricity * (input.electricityEmission ?? 0)
      upgrade.outsideEnergy = electricity
      if input.electricity == nil { decoding.assume("electricity", "free", in: entry.value) }
    } else {
      upgrade.yield = input.yield ?? 1
    }
    if let from = input.from, let to = input.to, kind == .heat, to <= from {
      decoding.within("to") {
        $0.error(
          "'to' is \(to.plain) degC, but has to be above 'from' with \(from.plain) degC.",
          at: entry.value["to"]?.mark ?? entry.mark)
      }
    }
    // What only cleans for the target of fresh water is no way between two streams.
    let isTargetOnly = input.nodes["outlet"] != nil && input.nodes["removal"] == nil
    return isTargetOnly ? nil : upgrade
  }

  // MARK: Agreements

  /// Energy in a mass of the first stream of which that is known.
  private func fuel(of streams: [String]) -> Decoding.HeatingValue? {
    for id in streams {
      if let fuel = fuels[id] { return fuel }
    }
    return nil
  }

  mutating func readAgreements(_ node: Node?, _ decoding: inout Decoding) {
    guard let node else { return }
    decoding.within("agreements") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = StreamAgreementInput()
          inner.read(StreamAgreementInput.table, entry.value, into: &input)
          guard let between = input.between, let list = input.streams else { return }
          guard let pair = between.items, pair.count == 2, let giver = inner.text(pair[0]),
            let taker = inner.text(pair[1])
          else {
            inner.within("between") {
              $0.error("'between' takes a list of two partners, giver first.", at: between.mark)
            }
            return
          }
          inner.within("between") { deeper in
            checkPartner(giver, at: pair[0].mark, &deeper)
            checkPartner(taker, at: pair[1].mark, &deeper)
          }
          let streams = inner.within("streams") { $0.texts(list) } ?? []
          let own = park.sources.filter { $0.partner == giver }
          for id in streams where !own.contains(where: { $0.id == id }) {
            inner.within("streams") {
              $0.error(
                "'\(Node.short(giver))' gives no stream '\(Node.short(id))'.",
                advice: nearestName(to: id, among: own.map(\.id)).map { "Did you mean '\($0)'?" }
                  ?? (own.isEmpty
                    ? "It gives none; the giver stands first."
                    : "Its streams: \(own.map(\.id).joined(separator: ", "))."),
                at: list.mark)
            }
          }
          guard let kind = own.first(where: { streams.contains($0.id) })?.kind else { return }
          var agreement = StreamAgreement(id: entry.key, giver: giver, taker: taker, streams: streams)
          agreement.name = input.name
          agreement.years = input.years
          let units = StreamUnits(kind, fuel: fuel(of: streams))
          agreement.price = inner.stream(input.price, "price", units.price, fuel: units.fuel)
          if let minimum = input.minimum {
            inner.within("minimum") { deeper in
              guard let amount = deeper.steadyAmount(minimum, [.share] + units.amount, fuel: units.fuel) else { return }
              if amount.value < 0 || amount.measure == 0 && amount.value > 1 {
                deeper.error(
                  "'minimum' is \(Node.short(minimum.writtenNumber)), but has to be between 0 and all of the stream.",
                  at: minimum.mark)
              }
              if amount.measure == 0 {
                agreement.minimumShare = amount.value
              } else {
                agreement.minimumAmount = amount.value
              }
            }
          }
          if let signed = entry.value["signed"] { inner.within("signed") { $0.note(signed) } }
          park.agreements.append(agreement)
        }
      }
    }
  }
}

extension Decoding {
  /// Shares by name; nil where nothing is written.
  mutating func shares(_ node: Node?, _ key: String) -> [String: Double]? {
    guard let node else { return nil }
    return within(key) { inner in
      guard let entries = node.entries else {
        inner.error("'\(key)' takes a mapping from substances to shares, not \(node.kindName).", at: node.mark)
        return nil
      }
      var values: [String: Double] = [:]
      for entry in entries where !entry.key.hasPrefix("x-") {
        values[entry.key] = inner.within(entry.key) { $0.number(entry.value, .share, in: .share) }
      }
      return values
    }
  }
}

extension Substring {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = self
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
