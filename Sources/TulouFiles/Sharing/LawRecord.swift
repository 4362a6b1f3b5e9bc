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
      root.questions.append(
        .tariff(
          power: n["power"], zonePrice: n["zone_price"], solar: n.flags["solar"] ?? true, zone: n.texts["zone"] ?? ""))
    },
    Field("premium", .table("premium of hours"), "Premium of hours by what is injected and withdrawn.") {
      root, node, decoding in
      let n = LawNumbers(
        node, &decoding, ["power"], lists: ["zone_price"], tables: ["injected", "withdrawn"], flags: ["solar"],
        texts: ["zone"])
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
      root.questions.append(
        .coefficients(production: n.lists["production"] ?? [], need: need, weights: weights, unit: n["unit"]))
    },
    Field("change", .table("change of a law"), "Whether agreed parts may be changed on a day.") {
      root, node, decoding in
      let n = LawNumbers(node, &decoding, [], days: ["last", "request"])
      root.questions.append(.change(last: n.days["last"] ?? [], request: n.days["request"] ?? []))
    },
    Field("area", .table("area of a question"), "Whether plant and use may share on a day.") { root, node, decoding in
      let n = LawNumbers(node, &decoding, [], flags: ["same", "adjacent", "same_control_area"], days: ["day"])
      let day = n.days["day"].map { CivilDate(year: $0[0], month: $0[1], day: $0[2]).description } ?? ""
      root.questions.append(
        .area(
          day: day, sameArea: n.flags["same"] ?? false, adjacent: n.flags["adjacent"] ?? false,
          sameControlArea: n.flags["same_control_area"] ?? false))
    },
    Field("cost", .table("cost under a law"), "What a member pays for shared energy and the rest.") {
      root, node, decoding in
      let n = LawNumbers(node, &decoding, ["shared", "rest", "agreed", "charges", "supplier"])
      root.questions.append(
        .cost(
          shared: n["shared"], rest: n["rest"], agreed: n["agreed"], charges: n["charges"], supplier: n["supplier"]))
    },
    Field("generation", .table("generation under a law"), "Whether plant is large enough for the connections.") {
      root, node, decoding in
      let n = LawNumbers(node, &decoding, ["power", "connection"])
      root.questions.append(.generation(power: n["power"], connection: n["connection"]))
    },
    Field("year", .table("year under a law"), "Whether a year's energies meet the shares.") { root, node, decoding in
      let n = LawNumbers(node, &decoding, ["year", "available", "self_use", "consumption"])
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
        decoding.within("examples.\(index + 1)") {
          $0.read(FieldTable<LawRecord>("a worked example", asked), example, into: &inner)
          found += inner.answers(&$0)
        }
      }
    }
    if found.isEmpty {
      decoding.error(
        "Nothing is asked of '\(record.law.id)'.",
        advice:
          "Ask for \(asked.map(\.description.name).filter { $0 != "name" && $0 != "expected" }.joined(separator: ", ")).",
        at: node.mark)
    }
    return found
  }

  private func answers(_ decoding: inout Decoding) -> [LawAnswer] {
    questions.map { question in
      let values = law.answer(question)
      var wanted: [(name: String, value: LawValue)] = []
      for entry in expected?.entries ?? [] {
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
      optionalLists: ["weights"], texts: ["key"], words: ["members"])
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
      decoding.error("'weights' takes one number a member, at most 'weight_unit' together.", at: node.mark)
      return nil
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

/// Plain numbers, lists and words of a question, each told where it is missing or no number.
struct LawNumbers {
  var numbers: [String: Double] = [:]
  var lists: [String: [Double]] = [:]
  var tables: [String: [[Double]]] = [:]
  var flags: [String: Bool] = [:]
  var texts: [String: String] = [:]
  var words: [String: [String]] = [:]
  var days: [String: [Int]] = [:]

  /// A number; zero where it may be left out and is.
  subscript(name: String) -> Double { numbers[name] ?? 0 }

  init(
    _ node: Node, _ decoding: inout Decoding, _ needed: [String], optional: [String] = [], lists: [String] = [],
    optionalLists: [String] = [], tables: [String] = [], flags: [String] = [], texts: [String] = [],
    words: [String] = [], days: [String] = []
  ) {
    guard let entries = node.entries else {
      decoding.error("'\(decoding.key)' takes a mapping, not \(node.kindName).", at: node.mark)
      return
    }
    let known = needed + optional + lists + optionalLists + tables + flags + texts + words + days
    for entry in entries {
      decoding.within(entry.key) { inner in
        let key = entry.key
        if needed.contains(key) || optional.contains(key) {
          numbers[key] = inner.plainNumber(entry.value)
        } else if lists.contains(key) || optionalLists.contains(key) {
          self.lists[key] = inner.plainNumbers(entry.value)
        } else if tables.contains(key) {
          self.tables[key] = (entry.value.items ?? []).compactMap { inner.plainNumbers($0) }
        } else if flags.contains(key) {
          self.flags[key] = inner.flag(entry.value)
        } else if texts.contains(key) {
          self.texts[key] = inner.text(entry.value)
        } else if words.contains(key) {
          self.words[key] = inner.texts(entry.value)
        } else if days.contains(key) {
          self.days[key] = inner.date(entry.value).map { [$0.year, $0.month, $0.day] }
        } else {
          inner.unknown(entry, among: known, in: "this question")
        }
      }
    }
    for key in needed + lists + tables + days where node[key] == nil {
      decoding.within(key) { $0.error("The question needs '\(key)'.", at: node.mark) }
    }
  }
}
