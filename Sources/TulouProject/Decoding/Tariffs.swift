import TulouQuantities
import TulouTechnologies

/// A band of a tariff, as written.
struct BandInput: Sendable {
  var price: Node?
  var hours: Node?
  var days: Node?
  var months: Node?
  static let table = FieldTable<BandInput>(
    "a band",
    [
      .node("price", \.price, .number([.price]), .required, "Price of energy."),
      .node("hours", \.hours, .list(.text), "Spans such as \"10:00-12:00\" by the clock on the wall, summer time included, or 'rest'."),
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
      .number("escalation", \.escalation, .ratePerYear, .silent("0 %/y"), "Real yearly growth; factor 1 in year 1."),
      .number("scale", \.scale, .share, .silent("1"), "Factor on every price."),
      Field("source", .text, "Where the prices come from.") { _, _, _ in },
    ])
}

extension Decoding {
  /// A price: a number, a series, bands over the calendar or tiers of a month; nil after a diagnostic.
  mutating func tariff(_ node: Node, fuel: HeatingValue?) -> Market.Tariff? {
    guard node["bands"] != nil || node["tiers"] != nil || node["monthly_price"] != nil else {
      guard let series = series(node, [.price], fuel: fuel) else { return nil }
      return Market.Tariff(price: PathSeries(series.values, escalation: series.escalation))
    }
    var input = TariffInput()
    let before = diagnostics.count
    read(TariffInput.table, node, into: &input)
    let ways = [node["bands"], node["tiers"], node["monthly_price"]].compactMap(\.self).count
    if ways > 1 { error("A tariff has one of 'bands', 'tiers' and 'monthly_price'.", at: node.mark) }
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    if let monthly = input.monthly {
      let values = (0..<horizon.steps).map { monthly[horizon.civil($0).date.month - 1] * input.scale }
      return Market.Tariff(price: PathSeries(values, escalation: input.escalation))
    }
    if let bands = input.bands { return within("bands") { $0.bands(bands, input, fuel: fuel) } }
    if let tiers = input.tiers { return within("tiers") { $0.tiers(tiers, input, fuel: fuel) } }
    return nil
  }

  private mutating func bands(_ node: Node, _ input: TariffInput, fuel: HeatingValue?) -> Market.Tariff? {
    guard let entries = node.entries, !entries.isEmpty, entries.count <= 200 else {
      error("'bands' takes a mapping from names to bands, at most 200.", at: node.mark)
      return nil
    }
    var names: [String] = []
    var prices: [Double] = []
    var filters: [CalendarFilter] = []
    for entry in entries where !entry.key.hasPrefix("x-") {
      let read: (Double, CalendarFilter)? = within(entry.key) { inner in
        var band = BandInput()
        inner.read(BandInput.table, entry.value, into: &band)
        guard let priceNode = band.price,
          let price = inner.within("price", { $0.number(priceNode, .price, fuel: fuel) }),
          let filter = inner.calendarFilter(hours: band.hours, days: band.days, months: band.months, at: entry.mark)
        else { return nil }
        return (price, filter)
      }
      guard let read else { return nil }
      names.append(entry.key)
      prices.append(read.0 * input.scale)
      filters.append(read.1)
    }
    let horizon = horizon, calendar = calendar
    var bandOfStep = [UInt8](repeating: 0, count: horizon.steps)
    var values = [Double](repeating: 0, count: horizon.steps)
    // Bands are the same for all hours of one day, so the days are asked once.
    var day: CivilDate?
    var open: [Int] = []
    for t in 0..<horizon.steps {
      let moment = horizon.civil(t)
      if moment.date != day {
        day = moment.date
        open = filters.indices.filter { filters[$0].containsDay(moment.date, calendar) }
      }
      let minute = Int((moment.hour * 60).rounded())
      var taken: Int?
      for i in open where !filters[i].isRest && filters[i].minutes.contains(where: { $0.contains(minute) }) {
        if let first = taken {
          error(
            "The bands '\(names[first])' and '\(names[i])' overlap at \(horizon.told(t)).",
            advice: "Each hour belongs to one band.", at: node.mark)
          return nil
        }
        taken = i
      }
      for i in open where taken == nil && filters[i].isRest { taken = i }
      guard let band = taken else {
        error(
          "No band holds at \(horizon.told(t)).", advice: "Add a band with 'hours: rest'.", at: node.mark)
        return nil
      }
      bandOfStep[t] = UInt8(band)
      values[t] = prices[band]
    }
    var tariff = Market.Tariff(price: PathSeries(values, escalation: input.escalation))
    tariff.bands = names
    tariff.bandOfStep = bandOfStep
    return tariff
  }

  private mutating func tiers(_ node: Node, _ input: TariffInput, fuel: HeatingValue?) -> Market.Tariff? {
    guard let items = node.items, !items.isEmpty else {
      error("'tiers' takes a list such as [{up_to: 120 MWh, price: ...}, {price: ...}].", at: node.mark)
      return nil
    }
    var tiers: [Market.Tier] = []
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
      guard (upTo == nil) == (i == items.count - 1) else {
        error(
          upTo == nil
            ? "Only the last tier may lack 'up_to'." : "The last tier has no 'up_to': it holds for all above.",
          at: item.mark)
        return nil
      }
      tiers.append(Market.Tier(upTo: upTo, price: price * input.scale))
    }
    var tariff = Market.Tariff(price: PathSeries(tiers[0].price, escalation: input.escalation))
    tariff.tiers = tiers
    return tariff
  }
}
