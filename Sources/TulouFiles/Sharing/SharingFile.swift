import Foundation
package import TulouDocument
import TulouProject
package import TulouSharing

/// What a small file of `tulou share` asks: games, allocations of metered energy, prices inside a community.
package struct SharingFile: Sendable {
  /// A game with its name; exactly one of the two forms.
  package struct NamedGame: Sendable {
    /// Name, may be empty.
    package var name: String
    /// Values of all groups; nil where members' surpluses are given and are too many for a table.
    package var table: Game?
    /// Members' surpluses and deficits with prices; nil where values are given.
    package var netting: NettingGame?
  }

  /// An allocation with its name.
  package struct NamedAllocation: Sendable {
    /// Name, may be empty.
    package var name: String
    /// The interval.
    package var metering: MeteringCase
  }

  /// A market with the rule of its price.
  package struct NamedPrice: Sendable {
    /// Name, may be empty.
    package var name: String
    /// Bids and asks.
    package var market: CommunityMarket
    /// The rule.
    package var rule: PriceRule
    /// Where between ask and bid the mid-market price lies.
    package var divider: Double
    /// What sellers get on top by the supply-demand ratio.
    package var compensation: Double
    /// Whether only the accepted offers count.
    package var pruned: Bool

    /// The price, money per kWh.
    package var price: Double {
      (pruned ? market.pruned : market).price(rule, divider: divider, compensation: compensation)
    }
  }

  /// Title, may be empty.
  package var name = ""
  /// Games in the order of the file.
  package var games: [NamedGame] = []
  /// Allocations.
  package var allocations: [NamedAllocation] = []
  /// Prices.
  package var prices: [NamedPrice] = []
  /// What laws say to questions.
  package var laws: [LawAnswer] = []
  /// Whether the file has one game under `game`.
  package var isSingleGame = false
}

/// From a small file to what it asks.
package enum SharingReader {
  /// Keys at the top of such a file.
  static let marks: Set<String> = ["game", "games", "allocation", "allocations", "price", "prices", "laws"]

  /// Whether a file is of this kind rather than a project: one of its first keys says so.
  package static func isSharingFile(_ path: String) -> Bool {
    guard let bytes = try? FileBytes.read(path, most: YamlDocument.mostBytes),
      let text = String(validating: bytes, as: UTF8.self)
    else { return false }
    if let root = try? YamlDocument.node(text, file: 0, name: "") {
      return root.entries?.contains { marks.contains($0.key) } ?? false
    }
    return text.split(whereSeparator: \.isNewline).contains { line in marks.contains { line.hasPrefix($0 + ":") } }
  }

  /// What a file asks; throws everything that is wrong with it at once.
  package static func read(path: String) throws(ProjectFault) -> SharingFile {
    try read(text: ProjectReader.text(path: path), path: path)
  }

  /// What a text at `path` asks.
  package static func read(text: String, path: String) throws(ProjectFault) -> SharingFile {
    let document = try YamlDocument.node(text, file: 0, name: path)
    let folder = FileBytes.folder(of: path)
    let sources = [SourceText(name: path, text: text)] + Shelf.laws(after: 0).files
    var decoding = Decoding(files: sources, seriesReader: SeriesFolder(folder: folder))
    var file = SharingFile()
    decoding.read(table, document, into: &file)
    if decoding.hasErrors { throw ProjectFault(Diagnostic.shown(decoding.diagnostics)) }
    return file
  }

  private static let table = FieldTable<SharingFile>(
    "a sharing file",
    [
      .integer("tulou", \.version, in: 1...1, "Version of the format: 1."),
      .text("name", \.name, "Free text."),
      Field("game", .table("game"), "One game.") { root, node, decoding in
        if let game = GameRecord.game(node, &decoding) { root.games.append(game) }
        root.isSingleGame = true
      },
      Field("games", .list(.table("game")), "Games.") { root, node, decoding in
        decoding.eachOfSome(node) { node, inner in
          if let game = GameRecord.game(node, &inner) { root.games.append(game) }
        }
      },
      Field("allocation", .table("allocation"), "One interval's energy to be divided.") { root, node, decoding in
        if let one = AllocationRecord.allocation(node, &decoding) { root.allocations.append(one) }
      },
      Field("allocations", .list(.table("allocation")), "Intervals' energy to be divided.") { root, node, decoding in
        decoding.eachOfSome(node) { node, inner in
          if let one = AllocationRecord.allocation(node, &inner) { root.allocations.append(one) }
        }
      },
      Field("laws", .list(.table("question to a law")), "Questions to laws of sharing energy.") {
        root, node, decoding in
        let shelf = Shelf.laws(after: 0)
        decoding.eachOfSome(node) { item, inner in
          root.laws += LawRecord.answers(item, LawExpansion(entries: shelf.entries), &inner)
        }
      },
      Field("price", .table("price"), "One price inside a community.") { root, node, decoding in
        if let one = PriceRecord.price(node, &decoding) { root.prices.append(one) }
      },
      Field("prices", .list(.table("price")), "Prices inside a community.") { root, node, decoding in
        decoding.eachOfSome(node) { node, inner in
          if let one = PriceRecord.price(node, &inner) { root.prices.append(one) }
        }
      },
    ])
}

extension SharingFile {
  /// Version of the format.
  var version: Int? {
    get { 1 }
    set { _ = newValue }
  }
}

extension Decoding {
  /// Reads each item of a list.
  mutating func each(_ node: Node, _ body: (Node, inout Decoding) -> Void) {
    guard let items = node.items else {
      error("'\(key)' takes a list, not \(node.kindName).", at: node.mark)
      return
    }
    for (index, item) in items.enumerated() { within("\(index + 1)") { body(item, &$0) } }
  }

  /// Reads each item of a list that has to ask something.
  mutating func eachOfSome(_ node: Node, _ body: (Node, inout Decoding) -> Void) {
    if node.items?.isEmpty == true {
      error(
        "'\(key)' is an empty list: nothing is asked.", advice: "Write one item at least, or leave it out.",
        at: node.mark)
    }
    each(node, body)
  }

  /// A plain number, or a fraction such as `19/2`.
  mutating func plainNumber(_ node: Node) -> Double? {
    let parts = (node.text ?? "").split(separator: "/", omittingEmptySubsequences: false)
      .map { Double($0.filter { !$0.isWhitespace }) }
    if parts.count == 1, let number = parts[0], number.isFinite { return number }
    if parts.count == 2, let above = parts[0], let below = parts[1], below != 0, (above / below).isFinite {
      return above / below
    }
    error("'\(key)' takes a number such as 12.5 or 25/2, not \(node.kindName).", at: node.mark)
    return nil
  }

  /// A list of plain numbers.
  mutating func plainNumbers(_ node: Node) -> [Double]? {
    guard let items = node.items else {
      error("'\(key)' takes a list of numbers, not \(node.kindName).", at: node.mark)
      return nil
    }
    let numbers = items.compactMap { plainNumber($0) }
    return numbers.count == items.count ? numbers : nil
  }

  /// A list of whole numbers that are not negative.
  mutating func wholeNumbers(_ node: Node) -> [Int]? {
    guard let items = node.items else {
      error("'\(key)' takes a list of whole numbers, not \(node.kindName).", at: node.mark)
      return nil
    }
    let numbers = items.compactMap { integer($0, in: 0...1_000_000_000_000_000) }
    return numbers.count == items.count ? numbers : nil
  }
}
