import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

/// A band of a tariff, as written.
struct BandInput: Sendable {
  var price: Node?
  var tiers: Node?
  var hours: Node?
  var days: Node?
  var months: Node?
  static let table = FieldTable<BandInput>(
    "a band",
    [
      .node("price", \.price, .number([.price]), "Price of energy."),
      .node("tiers", \.tiers, .list(.table("tier")), "In place of 'price': prices over the energy of a month."),
      .node(
        "hours", \.hours, .list(.text),
        "Spans such as \"10:00-12:00\", or 'rest'; of one past midnight each hour has its own day and month."),
      .node("days", \.days, .list(.text), "workdays, weekend, holidays, or names of days."),
      .node("months", \.months, .list(.text), "Numbers or names of months."),
    ])
}

/// A tier of a tariff, as written.
struct TariffTierInput: Sendable {
  var upTo: Node?
  var price: Node?
  static let table = FieldTable<TariffTierInput>(
    "a tier",
    [
      .node("up_to", \.upTo, .number([.energy]), "Energy of the month up to which it holds; the last tier has none."),
      .node("price", \.price, .number([.price]), .required, "Price of energy."),
    ])
}

/// A tariff of bands or tiers, as written.
struct TariffInput: Sendable {
  var bands: Node?
  var tiers: Node?
  var monthly: [Double]?
  var tiersCount = "month"
  var escalation = 0.0
  var scale = 1.0
  static let table = FieldTable<TariffInput>(
    "a tariff",
    [
      .node("bands", \.bands, .map(.table("band")), "Prices over the calendar."),
      .node("tiers", \.tiers, .list(.table("tier")), "Prices over the energy of a month."),
      Field("monthly_price", .list(.number([.price])), "Prices of the twelve months, each for all its hours.") {
        input, node, decoding in
        guard let values = decoding.numberList(node, .price) else { return }
        if values.count == 12 {
          input.monthly = values
        } else {
          decoding.error("'monthly_price' takes 12 values, one a month, not \(values.count).", at: node.mark)
        }
      },
      .choice(
        "tiers_count", \.tiersCount, TiersCount.allCases.map(\.rawValue), .silent("month"),
        "What fills the tiers of bands: all energy of the month over all bands in the order of time (month), or the energy of each band by itself (band)."
      ),
      .number("escalation", \.escalation, .ratePerYear, .silent("0 %/y"), "Real yearly growth; factor 1 in year 1."),
      .number("scale", \.scale, .share, .silent("1"), "Factor on every price."),
      .note("source", "Where the prices come from."),
    ])
}

/// A price of energy in both readings: as written, and resolved to the steps of the horizon.
struct PriceReading {
  var words: EnergyPrice
  var resolved: Market.Price
}

extension Decoding {
  /// A price: a number, a series, bands over the calendar or tiers of a month; nil after a diagnostic.
  mutating func tariff(_ node: Node, fuel: HeatingValue?) -> PriceReading? {
    let forms = [node["bands"], node["tiers"], node["monthly_price"]].compactMap(\.self)
    guard !forms.isEmpty else {
      guard let series = series(node, [.price], fuel: fuel, mayGrow: true) else { return nil }
      var words = EnergyPrice(series.values.count == 1 ? .constant(series.values[0]) : .series(series.values))
      words.escalation = series.escalation
      return PriceReading(
        words: words, resolved: Market.Price(price: PathSeries(series.values, escalation: series.escalation)))
    }
    var input = TariffInput()
    let before = diagnostics.count
    read(TariffInput.table, node, into: &input)
    if forms.count > 1 { error("A tariff has one of 'bands', 'tiers' and 'monthly_price'.", at: node.mark) }
    if let count = node["tiers_count"], input.bands == nil, input.tiersCount != TiersCount.month.rawValue {
      error(
        "'tiers_count' says what fills the tiers of bands, and this tariff has no bands.",
        advice: "Tiers without bands count all energy of the month.", at: count.mark)
    }
    if node["bands"]?.entries?.contains(where: { $0.value["tiers"] != nil }) != true, input.tiers == nil {
      idle(["tiers_count"], of: node, because: "the tariff has no tiers")
    }
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    var reading: PriceReading?
    if let monthly = input.monthly {
      let values = (0..<horizon.steps).map { monthly[horizon.civil($0).date.month - 1] * input.scale }
      reading = PriceReading(words: EnergyPrice(.monthly(monthly)), resolved: Market.Price(price: PathSeries(values)))
    }
    if let bands = input.bands { reading = within("bands") { $0.bands(bands, input, fuel: fuel) } }
    if let node = input.tiers, let tiers = within("tiers", { $0.tiers(node, fuel: fuel) }) {
      var price = Market.Price(price: PathSeries(tiers[0].price * input.scale))
      price.tiers = tiers.map { Market.Tier(upTo: $0.upTo, price: $0.price * input.scale) }
      reading = PriceReading(words: EnergyPrice(.tiers(tiers)), resolved: price)
    }
    reading?.words.scale = input.scale
    reading?.words.escalation = input.escalation
    reading?.resolved.price.escalation = input.escalation
    return reading
  }

  /// Tiers as written; nil after a diagnostic.
  mutating func tiers(_ node: Node, fuel: HeatingValue?) -> [EnergyPrice.Tier]? {
    guard let items = node.items, !items.isEmpty else {
      error("'tiers' takes a list such as [{up_to: 120 MWh, price: ...}, {price: ...}].", at: node.mark)
      return nil
    }
    var tiers: [EnergyPrice.Tier] = []
    var last = 0.0
    for (i, item) in items.enumerated() {
      var tier = TariffTierInput()
      read(TariffTierInput.table, item, into: &tier)
      guard let priceNode = tier.price, let price = within("price", { $0.number(priceNode, .price, fuel: fuel) }) else {
        return nil
      }
      var upTo: Double?
      if let limit = tier.upTo {
        guard let energy = within("up_to", { $0.number(limit, .energy, in: .positive, fuel: fuel) }) else { return nil }
        guard energy > last else {
          error("'up_to' is cumulative over the month and has to grow from tier to tier.", at: limit.mark)
          return nil
        }
        last = energy
        upTo = energy
      }
      guard hasLimit(upTo != nil, isLast: i == items.count - 1, at: item.mark) else { return nil }
      tiers.append(EnergyPrice.Tier(upTo: upTo, price: price))
    }
    return tiers
  }

  /// Says what is wrong where a tier other than the last lacks its limit, or the last has one.
  mutating func hasLimit(_ hasLimit: Bool, isLast: Bool, at mark: Mark) -> Bool {
    guard hasLimit == isLast else { return true }
    error(
      hasLimit
        ? "The last tier has no 'up_to': it holds for all above." : "Only the last tier may lack 'up_to'.", at: mark)
    return false
  }
}
