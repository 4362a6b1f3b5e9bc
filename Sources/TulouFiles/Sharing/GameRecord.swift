import TulouDocument
import TulouQuantities
import TulouSharing

/// A game as a file has it: members with the values of groups, or with their surpluses and prices.
struct GameRecord {
  var name = ""
  var members: [String]?
  var values: Node?
  var net: Node?
  var buy: [Double]?
  var sell: [Double]?

  static let table = FieldTable<GameRecord>(
    "a game",
    [
      .text("name", \.name, "Free text."),
      Field("members", .list(.text), "Names of the members, in the order of the bits of 'values'.") {
        root, node, decoding in
        root.members = decoding.texts(node)
      },
      .node(
        "values", \.values, .either([.list(.text), .map(.text)]),
        "Values of all groups: a list of 2^n numbers by bit mask (nobody, first, second, both, ...), or a mapping from names joined by + "
          + "to numbers; a group that is left out of the mapping is worth 0."),
      .node("net", \.net, .map(.list(.text)), "Surplus (above 0) or deficit of each member in each step, kWh."),
      Field("buy", .list(.text), "Price of purchase in each step, money/kWh, with 'net'.") { root, node, decoding in
        root.buy = decoding.plainNumbers(node)
      },
      Field("sell", .list(.text), "Price of sale in each step, money/kWh, with 'net'.") { root, node, decoding in
        root.sell = decoding.plainNumbers(node)
      },
    ])

  static func game(_ node: Node, _ decoding: inout Decoding) -> SharingFile.NamedGame? {
    var record = GameRecord()
    let before = decoding.diagnostics.count
    decoding.read(table, node, into: &record)
    guard decoding.diagnostics.count == before else { return nil }
    if let names = record.members {
      if Set(names).count < names.count {
        decoding.error(
          "A member stands twice in 'members'.", advice: "Give each member a name of its own.", at: node.mark)
        return nil
      }
      if let bad = names.first(where: { $0.contains("+") || $0.isEmpty }) {
        decoding.error("'\(bad)' is no member's name: + joins names of a group.", at: node.mark)
        return nil
      }
    }
    switch (record.values, record.net) {
    case (let values?, nil): return record.byValues(values, node, &decoding)
    case (nil, let net?): return record.byNet(net, node, &decoding)
    case (nil, nil):
      decoding.error(
        "A game needs 'values' (what each group is worth), or 'net' with 'buy' and 'sell'.",
        advice: "For example values: {a: 0, b: 0, a+b: 10}.", at: node.mark)
    case (_?, _?):
      decoding.error("A game takes 'values' or 'net', not both.", advice: "Take one of them out.", at: node.mark)
    }
    return nil
  }

  private func byValues(_ values: Node, _ node: Node, _ decoding: inout Decoding) -> SharingFile.NamedGame? {
    if values.entries != nil { return byNames(values, node, &decoding) }
    guard let list = decoding.within("values", { $0.plainNumbers(values) }) else { return nil }
    let count = members?.count ?? list.count.trailingZeroBitCount
    guard count <= Game.mostMembers, count > 0, list.count == 1 << count else {
      guard (1...Game.mostMembers).contains(members?.count ?? 1) else { return refuse(count, node, &decoding) }
      decoding.error(
        members == nil
          ? "'values' has \(list.count) numbers; a list by bit mask has 2, 4, 8, 16, ... of them."
          : "'values' has \(list.count) numbers, \(count) members need 2^\(count): one for each group, nobody first.",
        at: values.mark)
      return nil
    }
    guard list[0] == 0 else {
      decoding.error("The first of 'values' is that of nobody, and has to be 0; found \(list[0]).", at: values.mark)
      return nil
    }
    let names = members ?? (1...count).map { "\($0)" }
    return Game(members: names, values: list).map { .init(name: name, table: $0, netting: nil) }
  }

  private func byNames(_ values: Node, _ node: Node, _ decoding: inout Decoding) -> SharingFile.NamedGame? {
    let entries = values.entries ?? []
    var names = members ?? []
    if members == nil {
      for entry in entries {
        for name in Self.parts(entry.key) where !names.contains(name) { names.append(name) }
      }
    }
    guard fits(names.count, node, &decoding) else { return nil }
    var table = [Double](repeating: 0, count: 1 << names.count)
    var known: [Int: String] = [:]
    var isWhole = true
    for entry in entries {
      var group = 0
      for name in Self.parts(entry.key) {
        guard let member = names.firstIndex(of: name) else {
          let near = nearestName(to: name, among: names).map { "Did you mean '\($0)'?" } ?? "List it under 'members'."
          decoding.error(
            "'\(Node.short(name))' in '\(Node.short(entry.key))' is no member.", advice: near, at: entry.mark)
          isWhole = false
          continue
        }
        group |= 1 << member
      }
      if let first = known.updateValue(entry.key, forKey: group) {
        decoding.error("'\(entry.key)' is the same group as '\(first)'.", advice: "Keep one of them.", at: entry.mark)
        isWhole = false
      }
      guard let value = decoding.within("values." + entry.key, { $0.plainNumber(entry.value) }) else {
        isWhole = false
        continue
      }
      table[group] = value
    }
    if isWhole, known[(1 << names.count) - 1] == nil {
      decoding.error(
        "'values' does not say what all members are worth together.", advice: "Add '\(names.joined(separator: "+"))'.",
        at: values.mark)
      return nil
    }
    guard isWhole else { return nil }
    return Game(members: names, values: table).map { .init(name: name, table: $0, netting: nil) }
  }

  private static func parts(_ key: String) -> [String] {
    key.split(separator: "+").map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  /// Says that there are too many members, or none.
  private func refuse(_ count: Int, _ node: Node, _ decoding: inout Decoding) -> SharingFile.NamedGame? {
    _ = fits(count, node, &decoding)
    return nil
  }

  private func fits(_ count: Int, _ node: Node, _ decoding: inout Decoding) -> Bool {
    guard count >= 1, count <= Game.mostMembers else {
      decoding.error(
        "A game by values has 1 to \(Game.mostMembers) members; found \(count).",
        advice:
          "Values of \(count) members' groups would be 2^\(count) numbers; give 'net', 'buy' and 'sell', and shares are sampled.",
        at: node.mark)
      return false
    }
    return true
  }

  private func byNet(_ net: Node, _ node: Node, _ decoding: inout Decoding) -> SharingFile.NamedGame? {
    guard let buy, let sell else {
      decoding.error("'net' needs 'buy' and 'sell', a price for each step.", at: net.mark)
      return nil
    }
    guard let entries = net.entries, !entries.isEmpty else {
      decoding.error("'net' takes a mapping from members to lists of kWh.", at: net.mark)
      return nil
    }
    let names = members ?? entries.map(\.key)
    var rows: [[Double]] = []
    for name in names {
      guard let row = net[name] else {
        decoding.error("'net' has no line for '\(name)'.", at: net.mark)
        return nil
      }
      guard let numbers = decoding.within("net." + name, { $0.plainNumbers(row) }) else { return nil }
      guard numbers.count == buy.count, sell.count == buy.count else {
        decoding.error(
          "'net.\(name)' has \(numbers.count) steps, 'buy' \(buy.count) and 'sell' \(sell.count).",
          advice: "Give all the same number.",
          at: row.mark)
        return nil
      }
      rows.append(numbers)
    }
    for entry in entries where !names.contains(entry.key) {
      decoding.error("'\(entry.key)' under 'net' is no member.", at: entry.mark)
      return nil
    }
    guard let game = NettingGame(members: names, net: rows, buy: buy, sell: sell) else {
      decoding.error(
        "A price of sale lies above the price of purchase.",
        advice: "Selling for more than buying costs would make money from nothing.", at: net.mark)
      return nil
    }
    return .init(name: name, table: names.count <= 14 ? game.table() : nil, netting: game)
  }
}
