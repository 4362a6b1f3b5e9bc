package import TulouFinance

extension Market {
  /// Price of energy, resolved to the steps of the horizon: what the plan works with.
  package struct Price: Sendable, Equatable {
    /// Price in each step (count 1: constant) [money/kWh], of the first tier where there are tiers.
    package var price: PathSeries
    /// Names of the bands; empty where the price is one number or a series.
    package var bands: [String] = []
    /// Band of each step, an index into `bands`; empty without bands.
    package var bandOfStep: [UInt8] = []
    /// Tiers, cumulative per calendar month; empty: none.
    package var tiers: [Tier] = []
    /// What fills the tiers where there are bands.
    package var tiersCount = TiersCount.month
    /// A price.
    package init(price: PathSeries) { self.price = price }

    /// Band of a step; 0 without bands.
    package func band(_ t: Int) -> Int { bandOfStep.isEmpty ? 0 : Int(bandOfStep[t]) }
    /// How many bands are told apart; 1 without bands.
    package var bandCount: Int { max(1, bands.count) }
    /// The price in a step of the tier that costs least there.
    package func least(_ t: Int) -> Double {
      let b = band(t)
      return tiers.reduce(price[t]) { min($0, $1.price(band: b)) }
    }
    /// The price in a step of the tier that costs most there.
    package func greatest(_ t: Int) -> Double {
      let b = band(t)
      return tiers.reduce(price[t]) { max($0, $1.price(band: b)) }
    }
    /// Multiplies every price.
    package mutating func scale(by factor: Double) {
      price = PathSeries(price.values.map { $0 * factor }, escalation: price.escalation)
      for i in tiers.indices { tiers[i].prices = tiers[i].prices.map { $0 * factor } }
    }
  }

  /// A tier of a price.
  package struct Tier: Sendable, Equatable {
    /// Cumulative energy of the month up to which it holds, by band or one for all [kWh]; infinite: all above.
    package var limits: [Double]
    /// Its price, by band or one for all [money/kWh].
    package var prices: [Double]
    /// A tier by band.
    package init(limits: [Double], prices: [Double]) {
      self.limits = limits
      self.prices = prices
    }
    /// A tier that is the same in all bands; `upTo` nil: all above.
    package init(upTo: Double?, price: Double) { self.init(limits: [upTo ?? .infinity], prices: [price]) }
    /// Limit in a band [kWh].
    package func limit(band: Int) -> Double { limits.count == 1 ? limits[0] : limits[band] }
    /// Price in a band [money/kWh].
    package func price(band: Int) -> Double { prices.count == 1 ? prices[0] : prices[band] }
  }

  /// A charge on a highest power, with the steps in which it counts.
  package struct DemandCharge: Sendable, Equatable {
    /// What it costs and how it is measured.
    package var terms: PeakTerms
    /// Steps whose power counts, whatever the months that are billed; nil: all.
    package var steps: [Bool]?
    /// A charge.
    package init(_ terms: PeakTerms) { self.terms = terms }
    /// A charge with one rate [money/kW/month].
    package init(rate: Double) { terms = PeakTerms(rate: rate) }
  }

  /// Whether what it charges depends on more than the hour: tiers, peaks, set-off, least bills.
  package var looksBeyondTheHour: Bool {
    !(buy?.tiers.isEmpty ?? true) || !(sell?.tiers.isEmpty ?? true) || !demandCharges.isEmpty || netMetering != nil
      || minimumPerMonth != 0
  }

  /// Brings all prices to another level, the words and what is resolved alike; nothing grows any more.
  ///
  /// - Parameters:
  ///   - buy: Factor on the price of purchase.
  ///   - sell: Factor on the price of sale.
  ///   - demand: Factor on each demand charge.
  package mutating func freeze(buy: Double, sell: Double, demand: [Double]) {
    scale(buy: buy, sell: sell)
    self.buy?.price.escalation = 0
    self.sell?.price.escalation = 0
    tariff?.buy?.escalation = 0
    tariff?.sell?.escalation = 0
    for (r, factor) in demand.enumerated() where demandCharges.indices.contains(r) {
      demandCharges[r].terms.scale(by: factor)
      demandCharges[r].terms.escalation = 0
      guard let words = tariff, words.demandCharges.indices.contains(r) else { continue }
      tariff?.demandCharges[r].terms.scale(by: factor)
      tariff?.demandCharges[r].terms.escalation = 0
    }
  }

  /// Multiplies the prices of energy, the words and what is resolved alike.
  package mutating func scale(buy: Double, sell: Double) {
    self.buy?.scale(by: buy)
    self.sell?.scale(by: sell)
    tariff?.buy?.scale *= buy
    tariff?.sell?.scale *= sell
    tariff?.netMetering?.trueUp *= sell
    netMetering?.trueUp *= sell
  }

  /// The tariff in words: that of the file, or, of a market made in code, what is resolved.
  package var words: Tariff {
    if let tariff { return tariff }
    func price(_ price: Price?) -> EnergyPrice? {
      guard let price else { return nil }
      var words = EnergyPrice(
        price.tiers.isEmpty
          ? price.price.values.count == 1 ? .constant(price.price.values[0]) : .series(price.price.values)
          : .tiers(
            price.tiers.map { EnergyPrice.Tier(upTo: $0.limits[0].isFinite ? $0.limits[0] : nil, price: $0.prices[0]) }
          ))
      words.escalation = price.price.escalation
      return words
    }
    var words = Tariff()
    words.buy = price(buy)
    words.sell = price(sell)
    words.demandCharges = demandCharges.map { charge in
      var words = Tariff.DemandCharge(charge.terms)
      words.steps = charge.steps
      return words
    }
    if fixedChargePerMonth != 0 { words.fixedCharges.append(.init(fixedChargePerMonth, per: .month)) }
    if fixedChargePerDay != 0 { words.fixedCharges.append(.init(fixedChargePerDay, per: .day)) }
    words.minimumPerMonth = minimumPerMonth
    words.netMetering = netMetering
    return words
  }
}
