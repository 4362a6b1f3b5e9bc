package import TulouDocument
import TulouQuantities
package import TulouSharing

/// Something that is read with a law's numbers in it: a project's `law`, or a question to one.
package protocol LawHolder: Sendable {
  /// The law.
  var law: Law { get set }
}

/// Keys of a law: what a law file states of it, and what a file that uses it may state anew.
package enum LawFields {
  /// The keys.
  package static func fields<Root: LawHolder>() -> [Field<Root>] {
    [
      Field("use", .text, .required, "Name of the law, as in the files of laws (italy-2024, austria-2021, ...).") {
        $0.law.id = $2.text($1) ?? ""
      },
      Field("title", .text, "What the law is called.") { $0.law.title = $2.text($1) ?? "" },
      Field("country", .text, "Where it holds.") { $0.law.country = $2.text($1) ?? "" },
      Field("currency", .text, "Currency of its amounts.") { _, node, decoding in
        if decoding.text(node) != nil { decoding.note(node) }
      },
      Field("valid_from", .date, "First day on which it holds.") { $0.law.validFrom = $2.date($1)?.description ?? "" },
      Field("source", .text, "Where its numbers are from, and when they were read.") {
        $0.law.source = $2.text($1) ?? ""
        $2.note($1)
      },
      Field(
        "key", .choice(MeteringKey.allCases.map(\.rawValue)),
        "How what is shared is divided among meters, where members agree nothing else."
      ) { if let key = $2.choice($1, MeteringKey.self) { $0.law.key = key } },
      Field("interval", .number([.time]), "Interval by which meters are counted.") {
        $0.law.interval = $2.number($1, .time, in: .positive) ?? 1
      },
      Field(
        "replaces", .choice(Law.Replaced.allCases.map(\.rawValue)),
        "What a shared kWh takes the place of: nothing (it is counted only), the supplier's energy, or the whole purchase."
      ) { if let word = $2.choice($1, Law.Replaced.self) { $0.law.replaces = word } },
    ] + paid() + limited()
  }

  private static func paid<Root: LawHolder>() -> [Field<Root>] {
    [
      Field(
        "discounts", .list(.table("discount of a law")),
        "What of the grid charge falls away, by what members share of the grid."
      ) {
        root, node, decoding in root.law.discounts = list(node, discount, Law.Discount(), &decoding)
      },
      Field("one_station", .text, "Reach of members that hang on one station.") {
        $0.law.oneStation = $2.text($1) ?? ""
      },
      Field("several_stations", .text, "Reach of members that hang on several.") {
        $0.law.severalStations = $2.text($1) ?? ""
      },
      Field(
        "bands", .list(.table("premium of a law")),
        "Premium on shared energy by power of the plant, the smallest first."
      ) {
        root, node, decoding in root.law.bands = list(node, band, Law.Band(), &decoding)
      },
      Field(
        "reference_price", .number([.price]), "Zone price below which the premium rises by what is missing."
      ) { $0.law.referencePrice = $2.number($1, .price) ?? 0 },
      Field("corrections", .map(.number([.price])), "What solar plant gets on top, by place.") { root, node, decoding in
        for entry in decoding.things(node) {
          if let price = decoding.within(entry.key, { $0.number(entry.value, .price) }) {
            root.law.corrections[entry.key] = price
          }
        }
      },
      Field("reserved_above", .number([.share]), "Shared part of what is injected above which a premium is reserved.") {
        $0.law.reservedAbove = $2.number($1, .share, in: .share)
      },
      Field("reserved_above_with_grant", .number([.share]), "The same where a capital grant was paid.") {
        $0.law.reservedAboveWithGrant = $2.number($1, .share, in: .share)
      },
    ]
  }

  private static func limited<Root: LawHolder>() -> [Field<Root>] {
    [
      Field(
        "self_consumption", .list(.table("share of a law")),
        "Least share of generation used on the site, from a year on."
      ) {
        root, node, decoding in root.law.selfConsumption = list(node, share, Law.YearShare(), &decoding)
      },
      Field(
        "self_coverage", .list(.table("share of a law")),
        "Least share of consumption that own plant covers, from a year on."
      ) {
        root, node, decoding in root.law.selfCoverage = list(node, share, Law.YearShare(), &decoding)
      },
      Field("export_share", .number([.share]), "Greatest share of generation that is sold.") {
        $0.law.exportShare = $2.number($1, .share, in: .share)
      },
      Field("least_generation", .number([.share]), "Least power of plant per power of the members' connections.") {
        $0.law.leastGeneration = $2.number($1, .share, in: .share)
      },
      Field("areas", .list(.table("area of a law")), "Where plant and use may lie, from a day on.") {
        root, node, decoding in root.law.areas = list(node, area, Law.Area(), &decoding)
      },
      Field("change_after", .integer, "Months after which agreed parts may be changed.") {
        $0.law.changeAfter = $2.integer($1, in: 0...120)
      },
      Field("counts_stores", .flag, "Whether a store takes part: charging is consumption, discharging production.") {
        $0.law.countsStores = $2.flag($1) ?? false
      },
    ]
  }

  /// `{reach: regional, levels: [6, 7], part: 28 %}`.
  package static let discount = FieldTable<Law.Discount>(
    "a discount of a law",
    [
      .text("reach", \.reach, .required, "What members share of the grid."),
      Field("levels", .list(.integer), "Grid levels for which it holds; left out: all.") { root, node, decoding in
        root.levels = (node.items ?? []).compactMap { decoding.integer($0, in: 1...9) }
      },
      .number("part", \.part, .share, .required, in: .share, "Part of the charge that falls away."),
    ])

  /// `{power: 200 kW, base: 80 EUR/MWh, cap: 120 EUR/MWh}`.
  package static let band = FieldTable<Law.Band>(
    "a premium of a law",
    [
      .number("power", \.power, .power, in: .notNegative, "Greatest power of the plant; left out: any."),
      .number("base", \.base, .price, .required, "Premium at or above the reference price."),
      .number("cap", \.cap, .price, .required, "Most that it is."),
    ])

  /// `{from: 2030, share: 35 %}`.
  package static let share = FieldTable<Law.YearShare>(
    "a share of a law",
    [
      Field("from", .integer, .required, "Calendar year from which it holds.") {
        $0.from = $2.integer($1, in: 1900...2300) ?? 0
      },
      .number("share", \.share, .share, .required, in: .share, "The share."),
    ])

  /// `{from: 2028-06-01, adjacent: true}`.
  package static let area = FieldTable<Law.Area>(
    "an area of a law",
    [
      Field("from", .date, .required, "First day on which it holds.") { $0.from = $2.date($1)?.description ?? "" },
      .flag("adjacent", \.adjacent, .absent, "Whether directly adjacent areas of one control area may share."),
    ])

  private static func list<Item>(
    _ node: Node, _ table: FieldTable<Item>, _ empty: Item, _ decoding: inout Decoding
  ) -> [Item] {
    guard let items = node.items else {
      decoding.error("'\(decoding.key)' takes a list, not \(node.kindName).", at: node.mark)
      return []
    }
    return items.enumerated().map { index, item in
      var found = empty
      decoding.within("\(index + 1)") { $0.read(table, item, into: &found) }
      return found
    }
  }
}

/// Fills what names a law by `use` with the numbers of the law's file; what stands beside it stays.
package struct LawExpansion: Sendable {
  /// Laws by name: mappings.
  package var entries: [Node.Entry]

  /// Laws of files.
  package init(entries: [Node.Entry]) { self.entries = entries }

  /// A law with its numbers; nil after a diagnostic.
  ///
  /// - Parameter withExamples: Whether worked examples come with it, which a project has no use for.
  package func merged(_ own: Node, withExamples: Bool = false, _ decoding: inout Decoding) -> Node? {
    // A bare name is short for `{use: name}`.
    var own = own
    if own.text != nil, own.entries == nil {
      own = Node(.mapping([Node.Entry(key: "use", mark: own.mark, value: own)]), mark: own.mark)
    }
    guard let use = own["use"], let name = use.text else { return own }
    guard let law = entries.first(where: { $0.key == name })?.value else {
      let names = entries.map(\.key)
      decoding.within("use") {
        $0.error(
          "'\(Node.short(name))' is no law that Tulou has a file of.",
          advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
            ?? "Laws: \(names.joined(separator: ", ")).", at: use.mark)
      }
      return nil
    }
    var result = own
    let written = Set(own.entries?.map(\.key) ?? [])
    for item in law.entries ?? [] where !written.contains(item.key) && (withExamples || item.key != "examples") {
      result[item.key] = item.value
    }
    return result
  }

  /// The document with its law filled in.
  package func applied(to document: Node, _ decoding: inout Decoding) -> Node {
    guard var sharing = document["sharing"], let law = sharing["law"] else { return document }
    let filled = decoding.within("sharing") { outer in outer.within("law") { merged(law, &$0) } }
    // What is no law is left out: its error is said.
    sharing["law"] = filled
    var result = document
    result["sharing"] = sharing
    return result
  }
}
