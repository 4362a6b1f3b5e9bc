import TulouDocument
import TulouQuantities
import TulouTechnologies

/// Net metering over a period, as written.
struct NetMeteringInput: Sendable {
  var period: String?
  var surplus = "paid"
  var trueUp: Double?
  var lastMonth: Node?

  static let table = FieldTable<NetMeteringInput>(
    "net metering",
    [
      Field(
        "period", .choice(NetMetering.Period.allCases.map(\.rawValue)), .required,
        "Over which time purchases and sales are set off, band by band."
      ) { input, node, decoding in
        input.period = decoding.choice(node, NetMetering.Period.allCases.map(\.rawValue))
      },
      .choice(
        "surplus", \.surplus, NetMetering.Surplus.allCases.map(\.rawValue), .value("paid", source: "our assumption"),
        "A surplus of a period is paid at the price of 'sell', carried as energy into the next month, or lost."),
      .number(
        "true_up", \.trueUp, .price, in: .notNegative,
        "Paid for what is left after the last month of the year; with 'period: year' in place of 'sell'."),
      .node(
        "last_month", \.lastMonth, .text, .value("december", source: "our assumption"),
        "The last month of the year of set-off."),
    ])
}

extension Decoding {
  /// Net metering, checked beside the prices that it works on; nil after a diagnostic.
  mutating func netMetering(_ node: Node, buy: EnergyPrice?, sell: EnergyPrice?) -> NetMetering? {
    var input = NetMeteringInput()
    let before = diagnostics.count
    read(NetMeteringInput.table, node, into: &input)
    guard let period = input.period.flatMap(NetMetering.Period.init),
      let surplus = NetMetering.Surplus(rawValue: input.surplus)
    else { return nil }
    var net = NetMetering(period, surplus: surplus)
    if let trueUp = input.trueUp { net.trueUp = trueUp }
    if let month = input.lastMonth {
      let months = within("last_month") { $0.monthNumbers(month) }
      net.lastMonth = months?.first ?? 12
    }
    if period == .month, surplus != .carried {
      idle(["last_month"], of: node, because: "nothing is carried from month to month")
    }
    func mark(_ key: String) -> Mark { (node[key] ?? node).mark }
    if period == .year {
      if surplus == .carried {
        error(
          "A year's surplus has no next period to be carried into.", advice: "Take 'paid' with 'true_up', or 'lost'.",
          at: mark("surplus"))
      }
      if input.trueUp != nil { net.surplus = .carried }
    } else if input.trueUp != nil, surplus != .carried {
      error(
        "'true_up' pays what was carried to the end of the year; this surplus is \(surplus.rawValue).",
        at: mark("true_up"))
    }
    if net.surplus == .carried, input.trueUp == nil {
      within("true_up") {
        $0.assume("0 \($0.currency)/kWh", source: "no price for what is left at the end of the year", kind: .default)
      }
    }
    if net.surplus == .paid, sell == nil {
      error(
        "A surplus that is paid needs a price of 'sell'.", advice: "Give 'sell', or 'surplus: carried'.", at: node.mark)
    }
    checkPrices(net, buy: buy, sell: sell, at: node.mark)
    return diagnostics[before...].allSatisfy { $0.severity != .error } ? net : nil
  }

  /// Energies can be set off where each band has one price, and only where a surplus is not dearer than purchase.
  private mutating func checkPrices(_ net: NetMetering, buy: EnergyPrice?, sell: EnergyPrice?, at mark: Mark) {
    guard let buy else {
      error(
        "Net metering sets sales off against purchases, and nothing is bought here.", advice: "Give 'buy'.", at: mark)
      return
    }
    for (key, price) in [("buy", buy), ("sell", sell)] where key == "buy" || net.surplus == .paid {
      guard let price else { continue }
      switch price.form {
      case .series:
        error(
          "Net metering sets off energies of one price, and '\(key)' is a series.",
          advice: "Give a number, bands, tiers or monthly prices.", at: mark)
      case .monthly where net.period == .year || net.surplus == .carried:
        error(
          "Energies of months with other prices cannot be set off against each other by 'monthly_price'.",
          advice: "Write the months as bands: each band is set off by itself.", at: mark)
      case .tiers where key == "sell":
        error("A surplus is paid at one price; 'sell' has tiers.", at: mark)
      case .tiers where net.period == .year:
        error("Tiers are of a month's energy, and this tariff sets off a whole year.", at: mark)
      case .bands(let bands) where net.period == .year && bands.contains(where: { $0.tiers.count > 1 }):
        error("Tiers are of a month's energy, and this tariff sets off a whole year.", at: mark)
      case .bands(let bands):
        if key == "buy", price.tiersCount == .month, bands.count > 1, bands.contains(where: { $0.tiers.count > 1 }) {
          error(
            "Bands are set off one by one, so their tiers cannot count the energy of all.",
            advice: "Say 'tiers_count: band'.", at: mark)
        }
        if key == "sell", bands.contains(where: { $0.tiers.count > 1 }) {
          error("A surplus is paid at one price; 'sell' has tiers.", at: mark)
        }
        if key == "sell", !buy.hasBands(of: price) {
          error(
            "A surplus is paid band by band, and 'sell' has other bands than 'buy'.",
            advice: "Give both the same bands.", at: mark)
        }
      case .constant, .monthly, .tiers: break
      }
    }
    let earned = net.surplus == .paid ? sell?.greatest ?? 0 : net.surplus == .carried ? net.trueUp : 0
    if earned > buy.least {
      error(
        "A surplus is paid \(earned.plain) \(currency)/kWh, more than a purchase of \(buy.least.plain) \(currency)/kWh costs.",
        advice: "Set off, what is bought to be sold would earn without end.", at: mark)
    }
  }
}

extension EnergyPrice {
  /// Whether another price is of the same bands, at the same times.
  fileprivate func hasBands(of other: EnergyPrice) -> Bool {
    guard case .bands(let own) = form, case .bands(let others) = other.form else { return false }
    return own.map(\.name) == others.map(\.name) && own.map(\.time) == others.map(\.time)
  }

  private var prices: [Double] {
    switch form {
    case .constant(let price): [price * scale]
    case .series(let values), .monthly(let values): values.map { $0 * scale }
    case .bands(let bands): bands.flatMap { $0.tiers.map { $0.price * scale } }
    case .tiers(let tiers): tiers.map { $0.price * scale }
    }
  }
  /// The least and the greatest of its prices [money/kWh].
  fileprivate var least: Double { prices.min() ?? 0 }
  fileprivate var greatest: Double { prices.max() ?? 0 }
}
