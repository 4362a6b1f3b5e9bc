import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouProject
import TulouQuantities

/// Every key of a tariff in the field tables has a bill by hand, and another value of the key another bill by hand: a key
/// that is added without one fails here.
@Suite("Keys of tariffs and their bills") struct TariffKeyTests {
  /// A tariff, its bill by hand, and the same with one word changed.
  struct Case: CustomTestStringConvertible, Sendable {
    var keys: [String]
    var market: String
    var bill: Double
    var old: String, new: String
    var changed: Double
    var horizon = "horizon: {start: 2027-01-31, length: 48 h}"
    var load = "10 kW"
    var more = ""
    var testDescription: String { keys.joined(separator: ", ") + ": \(old) -> \(new)" }
  }

  /// Tables of a contract, and keys of them that no bill holds, with the reason.
  private static let tables = [
    "market", "tariff", "band", "tier", "demand charge", "measured time", "power tier", "fee step", "net metering",
  ]
  private static let beside = [
    "market": [
      "name", "bus", "class",  // what and where it is
      "metering", "limit", "outages", "for",  // which flows there are
      "emission", "marginal_emission", "pollutants", "export_credit", "renewable_share",  // not money
    ],
    "tariff": ["escalation", "source"],  // of later years; a text
  ]

  /// The parts of January and February that 31 January and 1 February 2027, a Sunday and a Monday, stand for.
  private static let january = 1.0 / 31, february = 1.0 / 28

  private static func series(_ values: [Double]) -> String {
    "{values: [\(values.map { "\($0)" }.joined(separator: ", "))], unit: kW}"
  }
  private static func day(_ power: Double, at9 peak: Double) -> [Double] { (0..<24).map { $0 == 9 ? peak : power } }
  private static let sundayPeak = series(day(10, at9: 40) + day(10, at9: 20))
  private static func sun(_ isUp: (Int) -> Bool, _ size: Int) -> String {
    let share = (0..<48).map { isUp($0) ? "1" : "0" }.joined(separator: ", ")
    return
      "components: {pv: {kind: source, bus: ac, class: S.sun, availability: {values: [\(share)]}, capacity: {fixed: \(size) kW}, must_take: true}}"
  }

  static let cases: [Case] = energy + powers + months

  private static var energy: [Case] {
    let bands = "buy: {bands: {peak: {price: 0.3 EUR/kWh, HOW}, low: {price: 0.1 EUR/kWh, hours: rest}}}"
    func band(_ how: String) -> String { bands.replacing("HOW", with: how) }
    func tiers(_ edge: Double) -> Double { edge * (january + february) }
    let noon = "hours: [\"08:00-12:00\"]"
    let counted =
      "buy: {tiers_count: month, bands: {day: {hours: [\"06:00-18:00\"], tiers: [{up_to: 620 kWh, price: 0.2 EUR/kWh}, {price: 0.4 EUR/kWh}]}, night: {hours: rest, tiers: [{up_to: 620 kWh, price: 0.1 EUR/kWh}, {price: 0.15 EUR/kWh}]}}}"
    let tiered = "buy: {tiers: [{up_to: 3100 kWh, price: 0.1 EUR/kWh}, {price: 0.3 EUR/kWh}]}"
    return [
      Case(keys: ["market.buy"], market: "buy: 0.1 EUR/kWh", bill: 48, old: "0.1", new: "0.2", changed: 96),
      Case(
        keys: ["market.sell"], market: "buy: 0.1 EUR/kWh, sell: 0.04 EUR/kWh, limit: {buy: 99 kW, sell: 99 kW}",
        bill: 24 - 480 * 0.04, old: "0.04", new: "0.05", changed: 24 - 480 * 0.05, more: sun({ $0 < 24 }, 30)),
      Case(
        keys: ["tariff.bands", "band.price"], market: band(noon), bill: 80 * 0.3 + 40, old: "0.3", new: "0.5",
        changed: 80 * 0.5 + 40),
      Case(keys: ["band.hours"], market: band(noon), bill: 64, old: "-12:00", new: "-10:00", changed: 56),
      Case(
        keys: ["band.days"], market: band(noon + ", days: workdays"), bill: 56, old: "workdays",
        new: "[sunday, monday]",
        changed: 64),
      Case(
        keys: ["band.months"], market: band(noon + ", months: [2]"), bill: 56, old: "[2]", new: "[1, 2]", changed: 64),
      Case(
        keys: ["band.tiers"],
        market:
          "buy: {bands: {winter: {months: [1], tiers: [{up_to: 310 kWh, price: 0.2 EUR/kWh}, {price: 0.1 EUR/kWh}]}, other: {hours: rest, price: 0.3 EUR/kWh}}}",
        bill: 10 * 0.2 + 230 * 0.1 + 72, old: "310", new: "620", changed: 20 * 0.2 + 220 * 0.1 + 72),
      Case(
        keys: ["tariff.tiers", "tier.up_to"], market: tiered, bill: tiers(3100) * 0.1 + (480 - tiers(3100)) * 0.3,
        old: "3100", new: "1550", changed: tiers(1550) * 0.1 + (480 - tiers(1550)) * 0.3),
      Case(
        keys: ["tier.price"], market: tiered, bill: tiers(3100) * 0.1 + (480 - tiers(3100)) * 0.3, old: "0.3",
        new: "0.4", changed: tiers(3100) * 0.1 + (480 - tiers(3100)) * 0.4),
      Case(
        keys: ["tariff.tiers_count"], market: counted, bill: 40 * 0.1 + 200 * 0.15 + 240 * 0.4, old: "month",
        new: "band", changed: 40 * 0.1 + 200 * 0.15 + 40 * 0.2 + 200 * 0.4,
        horizon: "horizon: {start: 2027-01-01, length: 48 h}"),
      Case(
        keys: ["tariff.monthly_price"],
        market: "buy: {monthly_price: {values: [0.1, 0.2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], unit: EUR/kWh}}", bill: 72,
        old: "0.2", new: "0.3", changed: 96),
      Case(
        keys: ["tariff.scale"], market: "buy: {tiers: [{price: 0.1 EUR/kWh}], scale: 100 %}", bill: 48, old: "100 %",
        new: "250 %", changed: 120),
    ]
  }

  private static var powers: [Case] {
    func charge(_ words: String) -> String { "buy: 0 EUR/kWh, demand_charge: {\(words)}" }
    let rate = "rate: 28 EUR/kW/month"
    let sunday = 28 * january, monday = 28 * february
    let twoDays = series([Double](repeating: 20, count: 24) + [Double](repeating: 10, count: 24))
    let plain = 20 * sunday + 10 * monday
    func power(_ keys: [String], _ words: String, _ bill: Double, _ old: String, _ new: String, _ changed: Double)
      -> Case
    {
      Case(keys: keys, market: charge(words), bill: bill, old: old, new: new, changed: changed, load: twoDays)
    }
    func peak(_ keys: [String], _ words: String, _ bill: Double, _ old: String, _ new: String, _ changed: Double)
      -> Case
    {
      Case(keys: keys, market: charge(words), bill: bill, old: old, new: new, changed: changed, load: sundayPeak)
    }
    let both = 40 * sunday + 20 * monday
    let ones = [String](repeating: "28", count: 11).joined(separator: ", ")
    let parts = "tiers: [{up_to: 15 kW, rate: 28 EUR/kW/month}, {rate: 56 EUR/kW/month}]"
    let fees = "steps: [{up_to: 15 kW, fee: 31 EUR/month}, {fee: 62 EUR/month}]"
    let year = 37 * 48.0 / 8760
    let lookBack = Case(
      keys: ["demand charge.look_back"], market: charge("rate: 1 EUR/kW/month, ratchet: 80 %, look_back: 1"),
      bill: 100 + 80 + 10 * 744 / 743, old: "back: 1", new: "back: 2", changed: 100 + 80 + 80 * 744 / 743,
      horizon: """
        periods:
          - {start: 2027-01-10, length: 24 h, weight: 31}
          - {start: 2027-02-10, length: 24 h, weight: 28}
          - {start: 2027-03-01, length: 24 h, weight: 31}
        """, load: series([100, 10, 10].flatMap { [Double](repeating: $0, count: 24) }))
    let interval = Case(
      keys: ["demand charge.interval"], market: charge("rate: 744 EUR/kW/month, interval: 30 min"), bill: 2 * 70,
      old: "30 min", new: "1 h", changed: 2 * 40,
      horizon: "horizon: {start: 2027-01-01, length: 2 h, step: 15 min}",
      load: series([70, 70, 10, 10, 20, 20, 20, 80]))
    let on = Case(
      keys: ["demand charge.on"],
      market:
        "buy: 0.1 EUR/kWh, sell: 0.01 EUR/kWh, limit: {buy: 99 kW, sell: 99 kW}, demand_charge: {rate: 31 EUR/kW/month, on: purchase}",
      bill: 42 - 1.8 + 10 * 2, old: "on: purchase", new: "on: sale", changed: 42 - 1.8 + 30 * 2,
      horizon: "horizon: {start: 2027-01-01, length: 48 h}", more: sun({ $0 < 6 }, 40))
    let highest = Case(
      keys: ["demand charge.highest_days"], market: charge("rate: 31 EUR/kW/month, highest_days: 3"), bill: 30 * 4,
      old: "days: 3", new: "days: 2", changed: 35 * 4, horizon: "horizon: {start: 2027-01-01, length: 96 h}",
      load: series([10, 20, 30, 40].flatMap { day(1, at9: $0) }))
    return [
      power(["market.demand_charge", "demand charge.rate"], rate, plain, "28", "56", 2 * plain),
      power(
        ["demand charge.monthly_rate"], "monthly_rate: {values: [28, \(ones)], unit: EUR/kW/month}", plain, "[28",
        "[56", plain + 20 * sunday),
      power(["demand charge.minimum"], rate + ", minimum: 15 kW", plain + 5, "15", "30", 30 * sunday + 30),
      power(["demand charge.ratchet"], rate + ", ratchet: 80 %", 20 * sunday + 16, "80", "90", 20 * sunday + 18),
      power(
        ["demand charge.ratchet_months"], rate + ", ratchet: 80 %, ratchet_months: [2]", plain, "[2]", "[1]",
        20 * sunday + 16),
      power(
        ["demand charge.tiers", "power tier.up_to"], parts, (15 * 28 + 5 * 56) * january + 10, "15", "5",
        (5 * 28 + 15 * 56) * january + 15),
      power(
        ["power tier.rate"], parts, (15 * 28 + 5 * 56) * january + 10, "56", "84", (15 * 28 + 5 * 84) * january + 10),
      power(["demand charge.steps", "fee step.up_to"], fees, 2 + 31 * february, "15", "5", 2 + 62 * february),
      power(["fee step.fee"], fees, 2 + 31 * february, "31", "93", 2 + 93 * february),
      peak(["demand charge.hours"], rate + ", hours: [\"08:00-12:00\"]", both, "08:00", "10:00", 10 * sunday + 10),
      peak(["demand charge.days"], rate + ", days: workdays", 20, "workdays", "weekend", 40 * sunday),
      peak(
        ["demand charge.times", "measured time.hours"],
        rate + ", times: [{hours: [\"08:00-12:00\"]}, {days: workdays, hours: [\"00:00-01:00\"]}]", both, "08:00",
        "10:00",
        10 * sunday + 10),
      peak(["measured time.days"], rate + ", times: [{days: workdays}]", 20, "workdays", "weekend", 40 * sunday),
      peak(["demand charge.months"], rate + ", months: [2]", 20, "[2]", "[1]", 40 * sunday),
      peak(
        ["demand charge.at"], "rate: 37 EUR/kW/y, at: [\"2027-01-31 09:00\"]", 40 * year, "01-31", "02-01", 20 * year),
      lookBack, interval, on, highest,
    ]
  }

  private static var months: [Case] {
    func net(
      _ keys: [String], _ words: String, _ bill: Double, _ old: String, _ new: String, _ changed: Double, days: Int = 1
    ) -> Case {
      Case(
        keys: keys,
        market:
          "buy: 0.2 EUR/kWh, sell: 0.05 EUR/kWh, limit: {buy: 99 kW, sell: 99 kW}, net_metering: {\(words)}",
        bill: bill, old: old, new: new, changed: changed, more: sun({ $0 % 24 < 12 && $0 / 24 < days }, 30))
    }
    // January sells 240 kWh and buys 120, February buys 240; with two sunny days both sell 120 more than they buy.
    let carried = "period: month, surplus: carried, true_up: 0.01 EUR/kWh"
    return [
      Case(
        keys: ["market.fixed_charge"], market: "buy: 0 EUR/kWh, fixed_charge: [31 EUR/month, 2 EUR/d]",
        bill: 1 + 31 * february + 4, old: "2 EUR/d", new: "3 EUR/d", changed: 1 + 31 * february + 6),
      Case(
        keys: ["market.minimum_charge"], market: "buy: 0.02 EUR/kWh, minimum_charge: 310 EUR/month",
        bill: 10 + 310 * february, old: "310", new: "620", changed: 20 + 620 * february),
      net(
        ["market.net_metering", "net metering.surplus"], "period: month, surplus: paid", -120 * 0.05 + 48, "paid",
        "lost", 48),
      net(
        ["net metering.period"], "period: month, true_up: 0.01 EUR/kWh, surplus: carried, last_month: january",
        48 - 120 * 0.01, "period: month, true_up: 0.01 EUR/kWh, surplus: carried, last_month: january",
        "period: year, true_up: 0.01 EUR/kWh", 24),
      net(["net metering.last_month"], carried + ", last_month: december", 24, "december", "january", 48 - 120 * 0.01),
      net(["net metering.true_up"], carried, -240 * 0.01, "0.01", "0.03", -240 * 0.03, days: 2),
    ]
  }

  @Test("every key of the tables has a bill, or a reason why no bill holds it") func complete() throws {
    var keys: Set<String> = []
    for name in Self.tables {
      let table = try #require(Format.tables.first { $0.name == name })
      for field in table.fields where Self.beside[name]?.contains(field.name) != true {
        keys.insert("\(name).\(field.name)")
      }
    }
    let covered = Set(Self.cases.flatMap(\.keys))
    #expect(keys.subtracting(covered).isEmpty, "without a bill: \(keys.subtracting(covered).sorted())")
    #expect(covered.subtracting(keys).isEmpty, "no key: \(covered.subtracting(keys).sorted())")
  }

  @Test("another value, another bill", arguments: cases)
  func billed(one: Case) throws {
    #expect(one.market.contains(one.old) && one.bill != one.changed)
    for (market, expected) in [
      (one.market, one.bill), (one.market.replacing(one.old, with: one.new, maxReplacements: 1), one.changed),
    ] {
      let text = TariffPlanTests.text(market, horizon: one.horizon, load: one.load, more: one.more)
      let read = try TariffPlanTests.ruled(text)
      #expect(abs(read.bill.total - expected) < 1e-9 * max(1, abs(expected)), "\(market): \(read.bill.total)")
      #expect(abs(try #require(read.bill.difference)) < 1e-9, "\(market)")
    }
  }
}
