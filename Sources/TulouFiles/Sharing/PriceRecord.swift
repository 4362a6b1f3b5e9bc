import TulouDocument
import TulouSharing

/// Bids and asks of one interval with a rule, as a file has them.
struct PriceRecord {
  var name = ""
  var rule: PriceRule?
  var bids: [Offer] = []
  var asks: [Offer] = []
  var divider = 0.5
  var compensation = 0.0
  var pruned = false

  static let table = FieldTable<PriceRecord>(
    "a price",
    [
      .text("name", \.name, "Free text."),
      Field(
        "rule", .choice(PriceRule.allCases.map(\.rawValue)), .required, "How the price is made."
      ) { root, node, decoding in root.rule = decoding.choice(node, PriceRule.self) },
      Field("bids", .list(.list(.text)), .required, "Pairs of amount (kWh) and price that buyers offer.") {
        root, node, decoding in
        root.bids = offers(node, &decoding)
      },
      Field("asks", .list(.list(.text)), .required, "Pairs of amount (kWh) and price that sellers ask.") {
        root, node, decoding in
        root.asks = offers(node, &decoding)
      },
      Field("divider", .text, "Where the mid-market price lies, from the highest ask (0) to the lowest bid (1).") {
        root, node, decoding in root.divider = part(node, &decoding) ?? 0.5
      },
      Field("compensation", .text, "Part of the distance from ask to bid that sellers get on top, from 0 to 1.") {
        root, node, decoding in root.compensation = part(node, &decoding) ?? 0
      },
      .flag("pruned", \.pruned, .absent, "Whether only offers that trade in merit order count."),
    ])

  static func price(_ node: Node, _ decoding: inout Decoding) -> SharingFile.NamedPrice? {
    var record = PriceRecord()
    let before = decoding.diagnostics.count
    decoding.read(table, node, into: &record)
    guard decoding.diagnostics.count == before, let rule = record.rule else { return nil }
    return .init(
      name: record.name, market: CommunityMarket(bids: record.bids, asks: record.asks), rule: rule,
      divider: record.divider,
      compensation: record.compensation, pruned: record.pruned)
  }

  private static func part(_ node: Node, _ decoding: inout Decoding) -> Double? {
    guard let number = decoding.plainNumber(node) else { return nil }
    guard (0...1).contains(number) else {
      decoding.error("'\(decoding.key)' lies from 0 to 1; found \(number).", at: node.mark)
      return nil
    }
    return number
  }

  private static func offers(_ node: Node, _ decoding: inout Decoding) -> [Offer] {
    var list: [Offer] = []
    decoding.each(node) { item, inner in
      guard let pair = inner.plainNumbers(item) else { return }
      guard pair.count == 2, pair[0] > 0 else {
        inner.error("An offer is a pair of an amount above 0 and a price, such as [500, 0.12].", at: item.mark)
        return
      }
      list.append(Offer(amount: pair[0], price: pair[1]))
    }
    return list
  }
}
