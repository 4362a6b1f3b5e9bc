import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers

/// Random tariffs of every form: what plan and rule count, and what the bill says, agree, and bounds lie no higher.
@Suite("Random tariffs") struct RandomTariffTests {
  /// A tariff in words, drawn.
  struct Words {
    var random: SeededRandom
    init(seed: UInt64) { random = SeededRandom(seed: seed, stream: 0x7461_7269) }

    mutating func chance(_ share: Double) -> Bool { random.uniform() < share }
    mutating func number(_ range: ClosedRange<Double>, digits: Double = 1000) -> Double {
      ((range.lowerBound + random.uniform() * (range.upperBound - range.lowerBound)) * digits).rounded() / digits
    }
    mutating func pick<T>(_ from: [T]) -> T { from[min(from.count - 1, Int(random.uniform() * Double(from.count)))] }

    mutating func tiers(_ low: Double, limits: [Double], falls: Bool) -> String {
      var prices = limits.map { _ in number(low...(low + 0.3)) } + [number(low...(low + 0.3))]
      prices.sort(by: falls ? { $0 > $1 } : { $0 < $1 })
      let entries = prices.enumerated().map { k, price in
        (k < limits.count ? "up_to: \(limits[k]) kWh, " : "") + "price: \(price) EUR/kWh"
      }
      return "[" + entries.map { "{\($0)}" }.joined(separator: ", ") + "]"
    }

    mutating func price(_ low: Double, mayTier: Bool) -> String {
      switch pick([0, 1, 2, 3, 4]) {
      case 0: return "\(number(low...(low + 0.3))) EUR/kWh"
      case 1 where mayTier:
        return "{tiers: \(tiers(low, limits: [number(200...900), number(1000...3000)], falls: chance(0.3)))}"
      case 2:
        let values = (0..<12).map { _ in "\(number(low...(low + 0.3)))" }.joined(separator: ", ")
        return "{monthly_price: {values: [\(values)], unit: EUR/kWh}, scale: \(number(50...150, digits: 1)) %}"
      default:
        let limits = [number(200...900), number(1000...3000)]
        let tiered = mayTier && chance(0.5)
        let own = tiered && chance(0.4)
        func band(_ words: Words) -> (String, Words) {
          var words = words
          let text =
            tiered
            ? "tiers: \(words.tiers(low, limits: own ? [words.number(100...2000)] : limits, falls: words.chance(0.3)))"
            : "price: \(words.number(low...(low + 0.3))) EUR/kWh"
          return (text, words)
        }
        let (first, after) = band(self)
        let (second, then) = band(after)
        self = then
        let hours = pick(["[\"07:00-12:00\", \"17:00-20:00\"]", "[\"22:00-06:00\"]", "[\"00:00-24:00\"]"])
        let days = pick(["", ", days: workdays", ", days: [weekend, holidays]", ", days: [monday, friday]"])
        let months = pick(["", ", months: [1, 3]", ", months: [february]"])
        return
          "{bands: {a: {\(first), hours: \(hours)\(days)\(months)}, b: {\(second), hours: rest}}\(own ? ", tiers_count: band" : "")}"
      }
    }

    mutating func charge() -> String {
      var parts: [String] = []
      let isYear = chance(0.15)
      switch pick([0, 0, 1, 2, 3]) {
      case _ where isYear: parts.append("rate: \(number(5...90)) EUR/kW/y")
      case 1:
        parts.append(
          "monthly_rate: {values: [\((0..<12).map { "\($0 + 1)" }.joined(separator: ", "))], unit: EUR/kW/month}")
      case 2:
        parts.append(
          "tiers: [{up_to: \(number(2...9)) kW, rate: \(number(1...9)) EUR/kW/month}, {rate: \(number(1...9)) EUR/kW/month}]"
        )
      case 3:
        parts.append(
          "steps: [{up_to: \(number(2...9)) kW, fee: 50 EUR/month}, {up_to: \(number(10...19)) kW, fee: 90 EUR/month}, {fee: 200 EUR/month}]"
        )
      default: parts.append("rate: \(number(1...15)) EUR/kW/month")
      }
      if chance(0.3) { parts.append("minimum: \(number(1...12)) kW") }
      if !isYear, chance(0.4) {
        parts.append("ratchet: \(number(30...90, digits: 1)) %")
        if chance(0.4) {
          parts.append("ratchet_months: [\(pick(["1", "2, 3", "march"]))]")
        } else if chance(0.5) {
          parts.append("look_back: \(pick([1, 2, 11]))")
        }
      }
      if chance(0.3) { parts.append("months: [\(pick(["1, 2", "2", "1, 2, 3"]))]") }
      if chance(0.3) { parts.append("hours: [\"08:00-20:00\"]") }
      if chance(0.3) { parts.append("days: workdays") }
      if chance(0.3) { parts.append("interval: \(pick([1, 2, 4])) h") }
      if !isYear, chance(0.25) { parts.append("highest_days: \(pick([2, 3]))") }
      if chance(0.3) { parts.append("on: \(pick(["sale", "both"]))") }
      return "{" + parts.joined(separator: ", ") + "}"
    }

    mutating func market() -> String {
      let isNet = chance(0.25)
      var parts = [
        isNet ? "buy: \(number(0.1...0.3)) EUR/kWh" : "buy: \(price(0.1, mayTier: true))",
        isNet
          ? "sell: \(number(0.01...0.09)) EUR/kWh"
          : "sell: \(price(-0.22, mayTier: true).replacing("-0.", with: "0.00"))",
        "limit: {buy: 60 kW, sell: 40 kW}",
      ]
      if isNet {
        parts.append(
          "net_metering: {"
            + pick([
              "period: month", "period: month, surplus: lost", "period: month, surplus: carried, true_up: 0.02 EUR/kWh",
              "period: year, true_up: 0.02 EUR/kWh", "period: month, surplus: carried, last_month: \(pick([1, 2, 3]))",
            ]) + "}")
      }
      let charges = (0..<pick([0, 1, 2, 3])).map { _ in charge() }
      if !charges.isEmpty { parts.append("demand_charge: [\(charges.joined(separator: ", "))]") }
      if chance(0.4) {
        parts.append("fixed_charge: [\(pick(["20 EUR/month", "0.7 EUR/d", "20 EUR/month, 0.7 EUR/d"]))]")
      }
      if chance(0.3), !charges.contains(where: { $0.contains("/kW/y") }) {
        parts.append("minimum_charge: \(number(100...900)) EUR/month")
      }
      return parts.joined(separator: ", ")
    }
  }

  static func text(_ seed: UInt64) -> String {
    var words = Words(seed: seed)
    let horizon = words.pick([
      "horizon: {start: 2027-01-28, length: 240 h}",
      "periods: [{start: 2027-01-04, length: 72 h, weight: 10.5}, {start: 2027-02-12, length: 48 h, weight: 14}, {start: 2027-03-06, length: 48 h, weight: 15}]",
    ])
    let steps = horizon.hasPrefix("horizon") ? 240 : 168
    let load = (0..<steps).map { _ in "\(words.number(2...20))" }.joined(separator: ", ")
    let sun = (0..<steps).map { (8..<16).contains($0 % 24) ? "\(words.number(0...1))" : "0" }.joined(separator: ", ")
    let battery =
      "box: {kind: storage, bus: ac, round_trip: 90 %, capacity: {power: {fixed: 6 kW}, energy: {fixed: 20 kWh}}}"
    return TariffPlanTests.text(
      words.market(), horizon: horizon, load: "{values: [\(load)], unit: kW}",
      more: """
        calendar: {holidays: [2027-02-01]}
        components:
          pv: {kind: source, bus: ac, class: S.sun, availability: {values: [\(sun)]}, capacity: {fixed: 30 kW}}
          \(words.chance(0.6) ? battery : "spare: {kind: source, bus: ac, class: W, availability: 5 %, capacity: {fixed: 10 kW}}")
        """)
  }

  @Test("a rule and its bill agree", arguments: UInt64(1)...60)
  func ruled(seed: UInt64) throws {
    let text = Self.text(seed)
    let read = try TariffPlanTests.ruled(text)
    #expect(abs(try #require(read.bill.difference)) < 1e-9, "seed \(seed): \(text)")
    #expect(!read.accounts.warnings.contains { $0.message.contains("but the solver minimised") }, "\(text)")
  }

  @Test("a plan and its bill agree, its bound lies no higher, and no rule costs less", arguments: UInt64(1)...12)
  func planned(seed: UInt64) throws {
    let text = Self.text(seed)
    let read = try TariffPlanTests.planned(text)
    #expect(abs(try #require(read.bill.difference)) < 1e-9, "seed \(seed): \(text)")
    let certificate = try #require(read.outcome.certificate)
    let scale = max(1, abs(certificate.value))
    #expect(certificate.bound <= certificate.value + 1e-7 * scale, "\(text)")
    #expect(certificate.largestResidual < 1e-5, "\(text)")
    let rule = try TariffPlanTests.ruled(text)
    #expect(try #require(rule.outcome.certificate).value >= certificate.bound - 1e-6 * scale, "\(text)")
    #expect(!read.accounts.warnings.contains { $0.message.contains("but the solver minimised") }, "\(text)")
  }
}
