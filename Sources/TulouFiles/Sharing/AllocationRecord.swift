import TulouDocument
import TulouSharing

/// Energy of one interval to be divided, as a file has it.
struct AllocationRecord {
  var name = ""
  var key: MeteringKey?
  var interval: Int? = 0
  var members: [String] = []
  var need: [Int] = []
  var production: Int?
  var injected: [Int]?
  var weights: [Int]?
  var weightUnit: Int?
  var groups: [[String]] = []
  var inner: MeteringKey?
  var sources: [Node] = []

  private static let most = 0...1_000_000_000_000_000

  static let table = FieldTable<AllocationRecord>(
    "an allocation",
    [
      .text("name", \.name, "Free text."),
      Field(
        "key", .choice(MeteringKey.allCases.map(\.rawValue)), .required, "How production is divided."
      ) { root, node, decoding in root.key = decoding.choice(node, MeteringKey.self) },
      .integer("interval", \.interval, in: most, "Number of the interval: who is first among equal remainders."),
      Field("members", .list(.text), .required, "Names of the members.") { root, node, decoding in
        root.members = decoding.texts(node) ?? []
      },
      Field("need", .list(.integer), .required, "Need of each member, Wh.") { root, node, decoding in
        root.need = decoding.wholeNumbers(node) ?? []
      },
    ] + divided)

  static let source = FieldTable<AllocationRecord>(
    "a source",
    [
      Field(
        "key", .choice(MeteringKey.allCases.map(\.rawValue)), .required, "How its production is divided."
      ) { root, node, decoding in root.key = decoding.choice(node, MeteringKey.self) }
    ] + divided)

  private static let divided: [Field<AllocationRecord>] = [
    .integer("production", \.production, in: most, "Shared production, Wh."),
    Field("injected", .list(.integer), "What each plant injected, Wh, for 'virtual'.") { root, node, decoding in
      root.injected = decoding.wholeNumbers(node)
    },
    Field("weights", .list(.integer), "Weight of each member, as parts of 'weight_unit'.") { root, node, decoding in
      root.weights = decoding.wholeNumbers(node)
    },
    .integer("weight_unit", \.weightUnit, in: 1...1_000_000_000, "What weights are parts of; left out: their sum."),
    Field("groups", .list(.list(.text)), "Groups of members in order, for 'priority'.") { root, node, decoding in
      decoding.each(node) { item, inner in root.groups.append(inner.texts(item) ?? []) }
    },
    Field(
      "inner", .choice(MeteringKey.allCases.map(\.rawValue)), "Key inside a group, or of the shared energy."
    ) { root, node, decoding in root.inner = decoding.choice(node, MeteringKey.self) },
    Field("sources", .list(.table("source")), "Sources in order, for 'sources'.") { root, node, decoding in
      root.sources = node.items ?? []
    },
  ]

  static func allocation(_ node: Node, _ decoding: inout Decoding) -> SharingFile.NamedAllocation? {
    var record = AllocationRecord()
    let before = decoding.diagnostics.count
    decoding.read(table, node, into: &record)
    guard decoding.diagnostics.count == before else { return nil }
    if record.need.count != record.members.count {
      decoding.error("'need' has \(record.need.count) numbers for \(record.members.count) members.", at: node.mark)
    }
    if Set(record.members).count < record.members.count {
      decoding.error("A member stands twice in 'members'.", at: node.mark)
    }
    guard decoding.diagnostics.count == before else { return nil }
    guard let metering = record.metering(members: record.members, need: record.need, node, &decoding) else {
      return nil
    }
    return .init(name: record.name, metering: metering)
  }

  private func metering(members: [String], need: [Int], _ node: Node, _ decoding: inout Decoding) -> MeteringCase? {
    guard let key else { return nil }
    let before = decoding.diagnostics.count
    let dividing = key == .priority || key == .virtual ? inner ?? .proRata : key
    if dividing == .priority || dividing == .virtual || (dividing == .sources && key != .sources) {
      decoding.error("'inner' is a plain key: static, iterative, pro-rata, ex-ante or file.", at: node.mark)
    }
    var unit = 1
    if dividing.needsWeights {
      let given = weights ?? []
      unit = weightUnit ?? max(given.reduce(0, +), 1)
      if given.count != members.count {
        decoding.error(
          "'\(dividing.rawValue)' needs 'weights', one for each of the \(members.count) members; found \(given.count).",
          at: node.mark)
      } else if dividing != .iterative, given.reduce(0, +) > unit {
        decoding.error("'weights' sum to \(given.reduce(0, +)), above the 'weight_unit' of \(unit).", at: node.mark)
      }
    }
    if key != .sources, key != .virtual, production == nil {
      decoding.error("'\(key.rawValue)' needs 'production', Wh.", at: node.mark)
    }
    if key == .virtual, injected == nil, production == nil {
      decoding.error("'virtual' needs 'injected', Wh of each plant.", at: node.mark)
    }
    if key == .priority {
      for name in groups.flatMap({ $0 }) where !members.contains(name) {
        decoding.error("'\(Node.short(name))' under 'groups' is no member.", at: node.mark)
      }
      let named = groups.flatMap { $0 }
      if Set(named).count < named.count { decoding.error("A member stands in two of the 'groups'.", at: node.mark) }
      if groups.isEmpty { decoding.error("'priority' needs 'groups', lists of members in order.", at: node.mark) }
    }
    var parts: [MeteringCase] = []
    if key == .sources {
      if sources.isEmpty {
        decoding.error("'sources' needs a list 'sources', each with 'key' and 'production'.", at: node.mark)
      }
      for source in sources {
        var record = AllocationRecord()
        decoding.read(Self.source, source, into: &record)
        if record.key == .sources { decoding.error("A source is divided by a plain key.", at: source.mark) }
        if decoding.diagnostics.count == before,
          let part = record.metering(members: members, need: need, source, &decoding)
        {
          parts.append(part)
        }
      }
    }
    guard decoding.diagnostics.count == before else { return nil }
    return MeteringCase(
      key: key, interval: interval ?? 0, members: members, need: need,
      production: key == .virtual ? (injected?.reduce(0, +) ?? production ?? 0) : production ?? 0,
      weights: weights ?? [], weightUnit: unit,
      groups: groups, inner: inner ?? .proRata, sources: parts)
  }
}
