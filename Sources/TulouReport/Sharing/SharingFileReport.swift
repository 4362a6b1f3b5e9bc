import TulouQuantities
package import TulouSharing

/// Answers to a small file of games, allocations and prices.
package struct SharingFileReport: Sendable {
  /// An allocation with its result, Wh of each member; several sources: of each from each.
  package struct AllocationRow: Sendable {
    /// Name, may be empty.
    package var name: String
    /// Names of the members.
    package var members: [String]
    /// Wh.
    package var amounts: [Int]
    /// Wh by source; empty: one source.
    package var bySource: [[Int]]
    /// Common surplus, Wh.
    package var surplus: Int

    /// The result of a case.
    package init(name: String, _ metering: MeteringCase) {
      self.name = name
      members = metering.members
      bySource = metering.key == .sources ? Allocation.bySource(metering) : []
      amounts = Allocation.of(metering)
      let production =
        metering.key == .sources ? metering.sources.reduce(0) { $0 + $1.production } : metering.production
      surplus = production - amounts.reduce(0, +)
    }
  }

  /// A price, money per kWh, with the number of accepted bids and asks.
  package struct PriceRow: Sendable {
    /// Name, may be empty.
    package var name: String
    /// Price.
    package var price: Double
    /// Bids and asks of which any part trades.
    package var bids: Int, asks: Int
    /// A price.
    package init(name: String, price: Double, bids: Int, asks: Int) {
      self.name = name
      self.price = price
      self.bids = bids
      self.asks = asks
    }
  }

  /// What a law says to a question.
  package struct LawRow: Sendable {
    /// Name, may be empty.
    package var name: String
    /// The law.
    package var law: Law
    /// What it says, and what a worked example expects, by name.
    package var values: [(name: String, value: LawValue)], expected: [(name: String, value: LawValue)]
    /// An answer.
    package init(
      name: String, law: Law, values: [(name: String, value: LawValue)], expected: [(name: String, value: LawValue)]
    ) {
      self.name = name
      self.law = law
      self.values = values
      self.expected = expected
    }
  }

  /// Title.
  package var title: String
  /// Games.
  package var games: [GameReport]
  /// Allocations.
  package var allocations: [AllocationRow]
  /// Prices.
  package var prices: [PriceRow]
  /// What laws say.
  package var laws: [LawRow]
  /// Whether the file asked one game: its keys then stand at the top.
  package var isSingleGame: Bool
  /// Version of the program.
  package var version: String

  /// A report.
  package init(
    title: String, games: [GameReport], allocations: [AllocationRow], prices: [PriceRow], laws: [LawRow] = [],
    isSingleGame: Bool, version: String
  ) {
    self.title = title
    self.games = games
    self.allocations = allocations
    self.prices = prices
    self.laws = laws
    self.isSingleGame = isSingleGame
    self.version = version
  }

  /// `result.json`.
  package func json() -> JSON {
    var fields: [(String, JSON)] = [("tulou", .text(version)), ("study", .text("share")), ("status", .text("done"))]
    if isSingleGame, let game = games.first { fields += game.fields.filter { $0.0 != "name" } }
    if !isSingleGame || games.count > 1 { fields.append(("games", .array(games.map { .object($0.fields) }))) }
    fields.append(
      (
        "allocations",
        .array(
          allocations.map { row in
            .object([
              ("name", .text(row.name)), ("members", .array(row.members.map(JSON.text))),
              (
                "allocation",
                row.bySource.isEmpty
                  ? .array(row.amounts.map(JSON.integer)) : .array(row.bySource.map { .array($0.map(JSON.integer)) })
              ), ("sums", .array(row.amounts.map(JSON.integer))), ("surplus", .integer(row.surplus)),
              ("unit", .text("Wh")),
            ])
          })
      ))
    fields.append(
      (
        "prices",
        .array(
          prices.map { row in
            .object([
              ("name", .text(row.name)), ("price", .number(row.price)),
              ("accepted", .array([.integer(row.bids), .integer(row.asks)])),
            ])
          })
      ))
    if !laws.isEmpty { fields.append(("laws", .array(laws.map(\.json)))) }
    return .object(fields)
  }

  /// `result.json` as text.
  package func text() -> String { json().indented }

  /// The answer for a terminal.
  package var lines: [String] {
    var lines: [String] = []
    for (index, game) in games.enumerated() {
      if index > 0 { lines.append("") }
      lines += game.lines
    }
    for table in tables where !table.rows.isEmpty {
      if !lines.isEmpty { lines.append("") }
      lines += table.lines
    }
    return lines
  }

  private var tables: [Table] {
    var energy = Table(
      "Allocations [Wh]", columns: [.text("Case"), .text("Members"), .text("Allocation"), .number("Surplus")])
    for (index, row) in allocations.enumerated() {
      energy.add([
        row.name.isEmpty ? "\(index + 1)" : row.name, row.members.joined(separator: ", "),
        row.amounts.map { "\($0)" }.joined(separator: ", "), "\(row.surplus)",
      ])
    }
    var money = Table("Prices per kWh", columns: [.text("Case"), .number("Price"), .number("Bids"), .number("Asks")])
    for (index, row) in prices.enumerated() {
      money.add([
        row.name.isEmpty ? "\(index + 1)" : row.name, NumberText.significant(row.price, digits: 9), "\(row.bids)",
        "\(row.asks)",
      ])
    }
    var said = Table("What laws say", columns: [.text("Case"), .text("Law"), .text("Says"), .text("Example expects")])
    for (index, row) in laws.enumerated() {
      said.add([
        row.name.isEmpty ? "\(index + 1)" : row.name, row.law.id, LawRow.text(row.values), row.expectedText,
      ])
    }
    return [energy, money, said]
  }

  /// The page.
  package func page() -> Page {
    var sections = games.enumerated().map { $1.section(id: "game-\($0 + 1)") }
    sections.append(
      Page.Section(id: "rules", title: "Allocations and prices", tables.filter { !$0.rows.isEmpty }.map { .table($0) }))
    return Page(title: title, subtitle: "Shares", sections: sections, footer: "Made by Tulou \(version).")
  }

  /// Shares of all games as CSV.
  package func csv() -> [UInt8] {
    games.count == 1 ? games[0].csv() : games.flatMap { game in Array("# \(game.name)\n".utf8) + game.csv() }
  }
}

extension GameReport {
  /// A rule's name at the head of a row.
  static func title(_ method: SharingMethod) -> String { method.words.capitalisedFirst }

  /// The game as a section: a chart of the shares, the table, what is to be said.
  package func section(id: String) -> Page.Section {
    var contents: [Page.Content] = []
    if let coreSentence { contents.append(.lead(coreSentence)) }
    let divided = shares.filter { $0.amounts != nil }
    if members.count <= 14, !divided.isEmpty {
      contents.append(
        .chart(
          Chart(
            id: id + "-chart", title: "Benefit of each member by method",
            summary: "Each bar is what all gain, divided by that rule; a part left of zero is a loss.",
            body: .bars(
              Bars(
                categories: divided.map { Self.title($0.method) },
                series: members.enumerated().map { index, name in
                  Series(name, divided.map { shown($0.amounts?[index] ?? 0) }, colour: .plain(index))
                },
                quantity: "Benefit", unit: unit, direction: .lying, arrangement: .stacked)))))
    }
    contents.append(.table(members.count <= 12 ? table(named: Self.title) : narrow(named: Self.title)))
    if !remarks.isEmpty { contents.append(.list(remarks)) }
    return Page.Section(id: id, title: name.isEmpty ? "Shares" : name, contents)
  }
}
