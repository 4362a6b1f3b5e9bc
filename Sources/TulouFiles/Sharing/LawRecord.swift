import TulouDocument
import TulouProject
import TulouQuantities
package import TulouSharing

/// A question to a law with what it says.
package struct LawAnswer: Sendable {
  /// Name of the question, may be empty.
  package var name: String
  /// The law.
  package var law: Law
  /// What it says, by name.
  package var values: [(name: String, value: LawValue)]
  /// What a worked example expects, by name; empty of questions.
  package var expected: [(name: String, value: LawValue)]
}

/// A question to a law, as a file has it: `{use: austria-2021, grid_charge: {reach: local, ...}}`. Energies are in kWh (of intervals in
/// Wh), powers in kW, prices in money per kWh.
struct LawRecord: LawHolder {
  var law = Law()
  var name = ""
  var questions: [LawQuestion] = []
  var expected: Node?

  /// Keys of questions, without those of the law itself.
  private static let asked: [Field<LawRecord>] = [
    .text("name", \.name, "Free text."),
    Field("tariff", .table("tariff of a law"), "Premium at a power and a zone price.") { root, node, decoding in
      let n = LawNumbers(node, &decoding, ["power", "zone_price"], flags: ["solar"], texts: ["zone"])
      guard n.isSound, LawRecord.pays(root.law, n, node, &decoding) else { return }
      root.questions.append(
        .tariff(
          power: n["power"], zonePrice: n["zone_price"], solar: n.flags["solar"] ?? true, zone: n.texts["zone"] ?? ""))
    },
    Field("premium", .table("premium of hours"), "Premium of hours by what is injected and withdrawn.") {
      root, node, decoding in
      let n = LawNumbers(
        node, &decoding, ["power"], lists: ["zone_price"], tables: ["injected", "withdrawn"], flags: ["solar"],
        texts: ["zone"])
      guard n.isSound, LawRecord.pays(root.law, n, node, &decoding) else { return }
      let hours = n.lists["zone_price"]?.count ?? 0
      guard ((n.tables["injected"] ?? []) + (n.tables["withdrawn"] ?? [])).allSatisfy({ $0.count == hours }) else {
        decoding.error(
          "'zone_price' has \(hours) hours, and a list of 'injected' or 'withdrawn' has another number.", at: node.mark)
        return
      }
      root.questions.append(
        .premium(
          injected: n.tables["injected"] ?? [], withdrawn: n.tables["withdrawn"] ?? [],
          zonePrice: n.lists["zone_price"] ?? [], power: n["power"], solar: n.flags["solar"] ?? true,
          zone: n.texts["zone"] ?? ""))
    },
    Field("surplus", .table("surplus of a law"), "What of a premium is reserved.") { root, node, decoding in
      let n = LawNumbers(node, &decoding, ["shared", "injected", "premium"], flags: ["grant"])
      guard n.isSound, n.keeps("shared", within: "injected", node, &decoding) else { return }
      if n["shared"] == 0, n["premium"] > 0 {
        decoding.within("premium") {
          $0.error(
            "'premium' is \(shortNumber(n["premium"])), and nothing is shared for which it could be paid; expected 0.",
            at: (node["premium"] ?? node).mark)
        }
        return
      }
      root.questions.append(
        .surplus(
          shared: n["shared"], injected: n["injected"], premium: n["premium"], grant: n.flags["grant"] ?? false))
    },
    Field(
      "grid_charge", .table("grid charge of a law"), "Charge of the grid on energy from the community and the rest."
    ) {
      root, node, decoding in
      let n = LawNumbers(
        node, &decoding, ["community", "price"], optional: ["rest", "level"], texts: ["reach"], words: ["stations"])
      guard n.isSound, LawRecord.letsOff(root.law, n, node, &decoding) else { return }
      let stations = n.words["stations"] ?? []
      root.questions.append(
        .gridCharge(
          reach: stations.isEmpty ? n.texts["reach"] ?? "" : root.law.reach(stations: stations),
          level: n.numbers["level"].map { Int(saturating: $0) }, community: n["community"], rest: n["rest"],
          price: n["price"]))
    },
    Field("allocation", .table("allocation"), "Division of an interval by the law's key, Wh.") { root, node, decoding in
      if let question = LawRecord.allocation(node, root.law, &decoding) { root.questions.append(question) }
    },
    Field("coefficients", .table("coefficients of a law"), "Parts of each hour's production, agreed beforehand, Wh.") {
      root, node, decoding in
      let n = LawNumbers(node, &decoding, ["unit"], lists: ["production"], tables: ["need", "weights"])
      guard n.isSound else { return }
      let hours = n.lists["production"]?.count ?? 0
      let need = n.tables["need"] ?? [], weights = n.tables["weights"] ?? []
      guard need.count == hours, weights.count == hours, zip(need, weights).allSatisfy({ $0.count == $1.count }),
        n["unit"] > 0
      else {
        decoding.error(
          "'coefficients' takes 'need' and 'weights' for each of the \(hours) hours of 'production', one number a member, and a 'unit' above 0.",
          at: node.mark)
        return
      }
      if let hour = weights.firstIndex(where: { $0.reduce(0, +) > n["unit"] * (1 + 1e-9) }) {
        decoding.within("weights") {
          $0.error(
            "'weights' of hour \(hour + 1) sum to \(shortNumber(weights[hour].reduce(0, +))); "
              + "expected at most the 'unit' of \(shortNumber(n["unit"])).",
            at: (node["weights"]?.items?[hour] ?? node).mark)
        }
        return
      }
      root.questions.append(
        .coefficients(production: n.lists["production"] ?? [], need: need, weights: weights, unit: n["unit"]))
    },
    Field("change", .table("change of a law"), "Whether agreed parts may be changed on a day.") {
      root, node, decoding in
      let n = LawNumbers(node, &decoding, [], days: ["last", "request"])
      guard n.isSound else { return }
      if (n.days["request"] ?? []).lexicographicallyPrecedes(n.days["last"] ?? []) {
        decoding.within("request") {
          $0.error(
            "'request' is before 'last', the day of the last change; expected that day or a later one.",
            at: (node["request"] ?? node).mark)
        }
        return
      }
      root.questions.append(.change(last: n.days["last"] ?? [], request: n.days["request"] ?? []))
    },
    Field("area", .table("area of a question"), "Whether plant and use may share on a day.") { root, node, decoding in
      let n = LawNumbers(node, &decoding, [], flags: ["same", "adjacent", "same_control_area"], days: ["day"])
      guard n.isSound else { return }
      let day = n.days["day"].map { CivilDate(year: $0[0], month: $0[1], day: $0[2]).description } ?? ""
      root.questions.append(
        .area(
          day: day, sameArea: n.flags["same"] ?? false, adjacent: n.flags["adjacent"] ?? false,
          sameControlArea: n.flags["same_control_area"] ?? false))
    },
    Field("cost", .table("cost under a law"), "What a member pays for shared energy and the rest.") {
      root, node, decoding in
      let n = LawNumbers(node, &decoding, ["shared", "rest", "agreed", "charges", "supplier"])
      guard n.isSound else { return }
      root.questions.append(
        .cost(
          shared: n["shared"], rest: n["rest"], agreed: n["agreed"], charges: n["charges"], supplier: n["supplier"]))
    },
    Field("generation", .table("generation under a law"), "Whether plant is large enough for the connections.") {
      root, node, decoding in
      let n = LawNumbers(node, &decoding, ["power", "connection"])
      guard n.isSound else { return }
      root.questions.append(.generation(power: n["power"], connection: n["connection"]))
    },
    Field("year", .table("year under a law"), "Whether a year's energies meet the shares.") { root, node, decoding in
      let n = LawNumbers(node, &decoding, ["year", "available", "self_use", "consumption"])
      guard n.isSound, n.keeps("self_use", within: "available", node, &decoding),
        n.keeps("self_use", within: "consumption", node, &decoding)
      else { return }
      root.questions.append(
        .year(
          Int(saturating: n["year"]), available: n["available"], selfUse: n["self_use"], consumption: n["consumption"]))
    },
    .node("expected", \.expected, .map(.text), "What a worked example expects."),
  ]

  private static let worked = Field<LawRecord>(
    "examples", .list(.map(.text)), "Worked examples: questions with what is expected."
  ) { _, _, _ in }

  /// Keys of a question: the law's own first, so that questions find its numbers.
  static let table = FieldTable<LawRecord>("a question to a law", LawFields.fields() + asked + [worked])

  /// Answers to what an item of `laws` asks; an item without a question tells the worked examples of its law.
  static func answers(_ node: Node, _ laws: LawExpansion, _ decoding: inout Decoding) -> [LawAnswer] {
    guard let full = laws.merged(node, withExamples: true, &decoding) else { return [] }
    let currency = decoding.currency
    defer { decoding.currency = currency }
    if let own = full["currency"]?.text { decoding.currency = own }
    var record = LawRecord()
    let before = decoding.diagnostics.count
    // Questions are answered by the law's numbers, so these are read first, wherever they stand.
    let questions = Set(asked.map(\.description.name))
    let entries = full.entries ?? []
    let ordered = entries.filter { !questions.contains($0.key) } + entries.filter { questions.contains($0.key) }
    decoding.read(table, Node(.mapping(ordered), mark: full.mark), into: &record)
    guard decoding.diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return [] }
    var found = record.answers(&decoding)
    if found.isEmpty {
      for (index, example) in (full["examples"]?.items ?? []).enumerated() {
        var inner = LawRecord()
        inner.law = record.law
        let told = decoding.diagnostics.count
        decoding.within("examples.\(index + 1)") {
          $0.read(FieldTable<LawRecord>("a worked example", asked), example, into: &inner)
          if $0.diagnostics[told...].allSatisfy({ $0.severity != .error }) { found += inner.answers(&$0) }
        }
      }
    }
    if found.isEmpty, decoding.diagnostics[before...].allSatisfy({ $0.severity != .error }) {
      decoding.error(
        "Nothing is asked of '\(record.law.id)'.",
        advice:
          "Ask for \(asked.map(\.description.name).filter { $0 != "name" && $0 != "expected" }.joined(separator: ", ")).",
        at: node.mark)
    }
    return found
  }

  private func answers(_ decoding: inout Decoding) -> [LawAnswer] {
    let names = questions.flatMap { law.answer($0).map(\.name) }
    for entry in expected?.entries ?? [] where !names.contains(entry.key) && !questions.isEmpty {
      decoding.within("expected") { inner in
        inner.error(
          "'\(Node.short(entry.key))' is nothing that the law says here.",
          advice: "It says \(names.joined(separator: ", ")).",
          at: entry.mark)
      }
    }
    return questions.map { question in
      let values = law.answer(question)
      var wanted: [(name: String, value: LawValue)] = []
      for entry in expected?.entries ?? [] {
        // Several questions beside one another share what is expected: each name belongs to one of them.
        guard values.contains(where: { $0.name == entry.key }) else { continue }
        let flag = entry.value.text.flatMap { ["true": true, "false": false][$0] }
        if let flag {
          wanted.append((entry.key, .flag(flag)))
        } else if let number = decoding.within(entry.key, { $0.plainNumber(entry.value) }) {
          wanted.append((entry.key, .number(number)))
        }
      }
      return LawAnswer(name: name, law: law, values: values, expected: wanted)
    }
  }

  private static func allocation(_ node: Node, _ law: Law, _ decoding: inout Decoding) -> LawQuestion? {
    let n = LawNumbers(
      node, &decoding, ["production"], optional: ["interval", "charge", "discharge", "weight_unit"], lists: ["need"],
      optionalLists: ["weights"], texts: ["key"], words: ["members"], isWhole: true)
    guard n.isSound else { return nil }
    var need = (n.lists["need"] ?? []).map { Int(saturating: $0) }
    var names = n.words["members"] ?? need.indices.map { "m\($0 + 1)" }
    guard names.count == need.count, Set(names).count == names.count, !need.isEmpty, need.allSatisfy({ $0 >= 0 }) else {
      decoding.error("'need' takes one amount a member, each member once.", at: node.mark)
      return nil
    }
    var key = law.key == .virtual ? .proRata : law.key
    if let word = n.texts["key"] {
      guard let chosen = MeteringKey(rawValue: word), [.fixed, .proRata, .iterative, .exAnte].contains(chosen) else {
        decoding.error(
          "'\(Node.short(word))' divides no interval by itself.",
          advice: "Take static, pro-rata, iterative or ex-ante.",
          at: node.mark)
        return nil
      }
      key = chosen
    }
    // Agreed parts are a static key, also where the law divides in proportion otherwise; none agreed is equal parts.
    var weights = (n.lists["weights"] ?? []).map { Int(saturating: $0) }
    if !weights.isEmpty, !key.needsWeights { key = .fixed }
    var unit = n.numbers["weight_unit"].map { Int(saturating: $0) } ?? weights.reduce(0, +)
    if weights.isEmpty, key.needsWeights {
      weights = need.map { _ in 1 }
      unit = need.count
    }
    guard
      weights.isEmpty || weights.count == need.count && weights.reduce(0, +) <= unit && weights.allSatisfy({ $0 >= 0 })
    else {
      decoding.error(
        "'weights' takes one number a member, at most 'weight_unit' together; "
          + "found \(weights.count) for \(need.count) members, \(weights.reduce(0, +)) of \(unit).",
        at: (node["weights"] ?? node).mark)
      return nil
    }
    for key in ["charge", "discharge"] where !law.countsStores && node[key] != nil {
      decoding.within(key) {
        $0.error("Under '\(law.id)' stores take no part, so '\(key)' counts for nothing.", at: (node[key] ?? node).mark)
      }
    }
    if law.countsStores, let charge = n.numbers["charge"] {
      names.append("store")
      need.append(Int(saturating: charge))
      if !weights.isEmpty { weights.append(0) }
    }
    let production = n["production"] + (law.countsStores ? n["discharge"] : 0)
    return .allocation(
      MeteringCase(
        key: key, interval: Int(saturating: n["interval"]), members: names, need: need,
        production: max(0, Int(saturating: production)), weights: weights, weightUnit: max(unit, 1)))
  }
}
