import TulouDocument
import TulouFinance
import TulouQuantities
import TulouSharing

/// Growth as written.
struct GrowthInput: Sendable {
  var start: [String] = []
  var entries: Node?
  var exits: Node?
  var rule = SharingMethod.shapley
  var resale = 0.0

  static let table = FieldTable<GrowthInput>(
    "growth",
    [
      Field("start", .list(.reference("member")), .required, "Who begins.") { $0.start = $2.texts($1) ?? [] },
      .node(
        "entries", \.entries, .map(.list(.reference("member"))),
        "Who enters, by calendar year, such as '2029: [mill]'."),
      .node(
        "exits", \.exits, .map(.list(.number([.years]))),
        "Who may leave, and after how many years from its own entry, each a case: 'mill: [3 y, 8 y, 12 y]'."),
      Field(
        "rule", .choice(Growth.rules.map(\.rawValue)), .value("shapley", source: "our assumption"),
        "Rule by which 'tulou growth' divides at each step."
      ) { root, node, decoding in
        if let word = decoding.choice(node, Growth.rules.map(\.rawValue)), let rule = SharingMethod(rawValue: word) {
          root.rule = rule
        }
      },
      .number(
        "resale", \.resale, .share, .silent("0 %"), in: .share,
        "What plant that is left behind fetches, in parts of its capital that is not worn yet."
      ).needing("exits"),
    ])
}

extension ProjectDecoder {
  /// Who enters and leaves; nil where the file does not say.
  func readGrowth(_ node: Node?, firstYear: Int, _ decoding: inout Decoding) -> Growth? {
    // A stage has its own members; growth is of the whole.
    guard let node, stageYear == nil else { return nil }
    return decoding.within("growth") { inner in
      var input = GrowthInput()
      inner.read(GrowthInput.table, node, into: &input)
      var growth = Growth()
      growth.rule = input.rule
      growth.resale = input.resale
      growth.start = known(input.start, node["start"] ?? node, "start", &inner)
      if node["start"] != nil, input.start.isEmpty {
        inner.within("start") {
          $0.error("Nobody begins.", advice: "Name at least one member.", at: (node["start"] ?? node).mark)
        }
      }
      if let entries = input.entries {
        inner.within("entries") { growth.entries = readEntries(entries, firstYear: firstYear, &$0) }
      }
      if let exits = input.exits { inner.within("exits") { growth.exits = readExits(exits, &$0) } }
      check(growth, node, &inner)
      return growth
    }
  }

  private func known(_ names: [String], _ node: Node, _ key: String, _ decoding: inout Decoding) -> [String] {
    var found: [String] = []
    decoding.within(key) { inner in
      for name in names {
        guard members.contains(where: { $0.id == name }) else {
          let near = nearestName(to: name, among: members.map(\.id)).map { "Did you mean '\($0)'?" }
          inner.error(
            "There is no member '\(Node.short(name))'.",
            advice: near
              ?? (members.isEmpty
                ? "The project has no members." : "Members: \(members.map(\.id).joined(separator: ", "))."),
            at: node.mark)
          continue
        }
        if found.contains(name) { inner.error("'\(name)' is named twice.", at: node.mark) } else { found.append(name) }
      }
    }
    return found
  }

  private func readEntries(_ node: Node, firstYear: Int, _ decoding: inout Decoding) -> [Growth.Entry] {
    guard let entries = node.entries else {
      decoding.error("'entries' takes a mapping from years to members, such as '{2029: [mill]}'.", at: node.mark)
      return []
    }
    var list: [Growth.Entry] = []
    for entry in entries {
      guard let year = Int(entry.key), (1900...2300).contains(year) else {
        decoding.error("'\(Node.short(entry.key))' is not a year such as '2029'.", at: entry.mark)
        continue
      }
      if year < firstYear {
        decoding.error("The entry in \(year) lies before the project, which begins in \(firstYear).", at: entry.mark)
      }
      if let last = list.last, year <= last.year {
        decoding.error(
          "The entry in \(year) stands after that in \(last.year).", advice: "Entries are written in order of time.",
          at: entry.mark)
      }
      guard let names = decoding.within(entry.key, { $0.texts(entry.value) }) else { continue }
      list.append(Growth.Entry(year: year, members: known(names, entry.value, entry.key, &decoding)))
    }
    return list
  }

  private func readExits(_ node: Node, _ decoding: inout Decoding) -> [Growth.Exit] {
    guard let entries = node.entries else {
      decoding.error("'exits' takes a mapping from members to years, such as '{mill: [3 y, 8 y]}'.", at: node.mark)
      return []
    }
    return entries.compactMap { entry in
      guard !known([entry.key], Node(.mapping([]), mark: entry.mark), entry.key, &decoding).isEmpty else { return nil }
      let items = entry.value.items ?? [entry.value]
      let years = items.compactMap { item in
        decoding.within(entry.key) { $0.number(item, .years, in: Bounds(0.25, 200, "between 0.25 y and 200 y")) }
      }
      return years.isEmpty ? nil : Growth.Exit(member: entry.key, years: years)
    }
  }

  /// Each member begins or enters, once.
  private func check(_ growth: Growth, _ node: Node, _ decoding: inout Decoding) {
    var seen = Set(growth.start)
    for entry in growth.entries {
      for name in entry.members where !seen.insert(name).inserted {
        decoding.within("entries") {
          $0.error("'\(name)' is there already when it enters in \(entry.year).", at: (node["entries"] ?? node).mark)
        }
      }
    }
    let missing = members.map(\.id).filter { !seen.contains($0) }
    guard !decoding.hasErrors else { return }
    if !missing.isEmpty {
      decoding.error(
        "\(missing.map { "'\($0)'" }.joined(separator: ", ")) neither begin\(missing.count == 1 ? "s" : "") nor enter\(missing.count == 1 ? "s" : "").",
        advice: "Name \(missing.count == 1 ? "it" : "them") under 'start' or 'entries'.", at: node.mark)
    }
    if members.count < 2 {
      decoding.error("Growth is of two members or more.", at: node.mark)
    }
  }
}
