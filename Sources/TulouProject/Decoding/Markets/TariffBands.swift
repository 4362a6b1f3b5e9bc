import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

extension Decoding {
  /// Bands with one price or tiers each; nil after a diagnostic.
  mutating func bands(_ node: Node, _ input: TariffInput, fuel: HeatingValue?) -> PriceReading? {
    guard let entries = node.entries, !entries.isEmpty, entries.count <= 200 else {
      error("'bands' takes a mapping from names to bands, at most 200.", at: node.mark)
      return nil
    }
    var bands: [EnergyPrice.Band] = []
    var filters: [CalendarFilter] = []
    for entry in entries where !entry.key.hasPrefix("x-") {
      let read: (EnergyPrice.Band, CalendarFilter)? = within(entry.key) { $0.band(entry, fuel: fuel) }
      guard let read else { return nil }
      bands.append(read.0)
      filters.append(read.1)
    }
    guard let bandOfStep = bandOfStep(bands.map(\.name), filters, at: node.mark) else { return nil }
    tellOfIdleBands(bands.map(\.name), bandOfStep, node)
    var words = EnergyPrice(.bands(bands))
    words.tiersCount = TiersCount(rawValue: input.tiersCount) ?? .month
    let first = bands.map { $0.tiers[0].price * input.scale }
    var price = Market.Price(price: PathSeries(bandOfStep.map { first[Int($0)] }))
    price.bands = bands.map(\.name)
    price.bandOfStep = bandOfStep
    let most = bands.map(\.tiers.count).max() ?? 1
    if most > 1 {
      price.tiersCount = words.tiersCount
      price.tiers = (0..<most).map { k in
        let tiers = bands.map { $0.tiers[min(k, $0.tiers.count - 1)] }
        return Market.Tier(
          limits: zip(bands, tiers).map { k < $0.tiers.count - 1 ? $1.upTo ?? .infinity : .infinity },
          prices: tiers.map { $0.price * input.scale })
      }
      guard tiersAgree(price, at: node.mark) else { return nil }
    }
    return PriceReading(words: words, resolved: price)
  }

  private mutating func band(_ entry: Node.Entry, fuel: HeatingValue?) -> (EnergyPrice.Band, CalendarFilter)? {
    var band = BandInput()
    read(BandInput.table, entry.value, into: &band)
    guard (band.price == nil) != (band.tiers == nil) else {
      error("A band has 'price' or 'tiers'.", at: entry.mark)
      return nil
    }
    var tiers: [EnergyPrice.Tier] = []
    if let node = band.price {
      guard let price = within("price", { $0.number(node, .price, fuel: fuel) }) else { return nil }
      tiers = [EnergyPrice.Tier(price: price)]
    } else if let node = band.tiers {
      guard let read = within("tiers", { $0.tiers(node, fuel: fuel) }) else { return nil }
      tiers = read
    }
    guard let filter = calendarFilter(hours: band.hours, days: band.days, months: band.months, at: entry.mark) else {
      return nil
    }
    let words = calendarWords(hours: band.hours, days: band.days, months: band.months)
    return (EnergyPrice.Band(entry.key, words, tiers: tiers), filter)
  }

  /// Bands of which a horizon of a whole year holds no step.
  private mutating func tellOfIdleBands(_ names: [String], _ bandOfStep: [UInt8], _ node: Node) {
    // A run of the first hours or of a season says nothing of the year.
    guard horizon.periods.count == 1, Double(horizon.steps) * horizon.stepHours >= 365 * 24 else { return }
    let taken = Set(bandOfStep)
    for (i, name) in names.enumerated() where !taken.contains(UInt8(i)) {
      within(name) {
        $0.warning(
          "The band '\(Node.short(name))' holds in no step of the horizon.",
          advice: "Check its 'hours', 'days' and 'months'.", at: (node[name] ?? node).mark)
      }
    }
  }

  /// The band of each step; nil after a diagnostic where two overlap or none holds.
  private mutating func bandOfStep(_ names: [String], _ filters: [CalendarFilter], at mark: Mark) -> [UInt8]? {
    let horizon = horizon, calendar = calendar
    var bandOfStep = [UInt8](repeating: 0, count: horizon.steps)
    // Bands are the same for all hours of one day, so the days are asked once.
    var day: CivilDate?
    var open: [Int] = []
    for t in 0..<horizon.steps {
      let moment = horizon.civil(t)
      if moment.date != day {
        day = moment.date
        open = filters.indices.filter { filters[$0].containsDay(moment.date, calendar) }
      }
      let minute = Int(saturating: (moment.hour * 60).rounded())
      var taken: Int?
      for i in open where !filters[i].isRest && filters[i].minutes.contains(where: { $0.contains(minute) }) {
        if let first = taken {
          error(
            "The bands '\(names[first])' and '\(names[i])' overlap at \(horizon.told(t)).",
            advice: "Each hour belongs to one band.", at: mark)
          return nil
        }
        taken = i
      }
      for i in open where taken == nil && filters[i].isRest { taken = i }
      guard let band = taken else {
        error("No band holds at \(horizon.told(t)).", advice: "Add a band with 'hours: rest'.", at: mark)
        return nil
      }
      bandOfStep[t] = UInt8(band)
    }
    return bandOfStep
  }

  /// Tiers that count the whole month's energy need the same limits in all bands of a month.
  private mutating func tiersAgree(_ price: Market.Price, at mark: Mark) -> Bool {
    guard price.tiersCount == .month else { return true }
    var lead = [Int?](repeating: nil, count: 12)
    for t in 0..<horizon.steps {
      let band = price.band(t), month = horizon.civil(t).date.month
      // A band of one price does not ask which tier is reached.
      guard price.tiers[0].limit(band: band).isFinite else { continue }
      guard let other = lead[month - 1] else {
        lead[month - 1] = band
        continue
      }
      guard other != band, price.tiers.contains(where: { $0.limit(band: other) != $0.limit(band: band) }) else {
        continue
      }
      error(
        "The tiers of '\(price.bands[other])' and '\(price.bands[band])' end at other energies in one month, and all energy of the month fills them.",
        advice: "Give them the same 'up_to', or 'tiers_count: band' where each band fills its own tiers.", at: mark)
      return false
    }
    return true
  }
}
