import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouFiles
import TulouPlanning
import TulouProject

/// Sixteen tariffs with a year of hours each, and their bills by items (`../shared/found/tariffs`; ten of them as PySAM's
/// UtilityRate5 gives them to 1e-4): written in our words, run by a rule, and billed.
@Suite("Tariffs with known bills", .enabled(if: SharedFolder.isPresent)) struct SharedTariffTests {
  /// A tariff in the structure of the OpenEI utility rate database.
  private struct Rates: Decodable {
    struct Rate: Decodable {
      var rate: Double?
      var adj: Double?
      var max: Double?
      var sell: Double?
      var price: Double { (rate ?? 0) + (adj ?? 0) }
    }
    struct Coincident: Decodable {
      var hours: [String]
      var rate_per_kw: Double
    }
    struct Peak: Decodable { var rate_per_kw_month: Double }
    struct Capacity: Decodable {
      struct Step: Decodable {
        var up_to_kw: Double?
        var fee_per_month: Double
      }
      var steps: [Step]
    }
    var energyratestructure: [[Rate]]?
    var energyweekdayschedule: [[Int]]?, energyweekendschedule: [[Int]]?
    var flatdemandstructure: [[Rate]]?
    var flatdemandmonths: [Int]?
    var demandratestructure: [[Rate]]?
    var demandweekdayschedule: [[Int]]?, demandweekendschedule: [[Int]]?
    var lookbackPercent: Double?
    var lookbackRange: Int?
    var lookbackMonths: [Int]?
    var fixedchargefirstmeter: Double?
    var fixedchargeunits: String?
    var mincharge: Double?
    var tulou_coincident: Coincident?
    var tulou_peak: Peak?
    var capacity: Capacity?
  }

  struct Case: Decodable, CustomTestStringConvertible {
    struct Expected: Decodable {
      var total: Double
      var items: [String: Double]
      var months: [Double]?
    }
    var id: String
    var tariff: String
    var load: String
    var zone: String
    var currency: String
    var expected: Expected
    var testDescription: String { id }
  }
  private struct Cases: Decodable { var cases: [Case] }

  static let cases: [Case] = {
    guard let text = try? SharedFolder.text("found/tariffs/expected.json") else { return [] }
    return (try? JSONDecoder().decode(Cases.self, from: Data(text.utf8)))?.cases ?? []
  }()

  private static let workdays = "[monday, tuesday, wednesday, thursday, friday]"

  /// Hours of each period by months and kind of day, but for one that takes the rest.
  private func times(_ weekday: [[Int]], _ weekend: [[Int]], rest: Int?) -> [(period: Int, words: String)] {
    var found: [(Int, String)] = []
    for (schedule, days) in [(weekday, Self.workdays), (weekend, "[saturday, sunday]")] {
      var months: [String: [Int]] = [:]
      var periods: [String: Int] = [:]
      for (m, hours) in schedule.enumerated() {
        for period in Set(hours) where period != rest {
          let spans = (0..<24).filter { hours[$0] == period }.map { String(format: "\"%02d:00-%02d:00\"", $0, $0 + 1) }
          let key = "\(period) [\(spans.joined(separator: ", "))]"
          months[key, default: []].append(m + 1)
          periods[key] = period
        }
      }
      for (key, own) in months.sorted(by: { $0.key < $1.key }) {
        let hours = key.drop { $0 != "[" }
        found.append((periods[key] ?? 0, "months: \(own), days: \(days), hours: \(hours)"))
      }
    }
    return found.sorted { $0.0 < $1.0 }
  }

  private func price(_ rates: Rates, _ currency: String, sells: Bool) -> String {
    guard let periods = rates.energyratestructure, let weekday = rates.energyweekdayschedule,
      let weekend = rates.energyweekendschedule
    else { return "" }
    func words(_ tiers: [Rates.Rate]) -> String {
      if sells { return "price: \(tiers[0].sell ?? 0) \(currency)/kWh" }
      if tiers.count == 1 { return "price: \(tiers[0].price) \(currency)/kWh" }
      let list = tiers.map { ($0.max.map { "up_to: \($0) kWh, " } ?? "") + "price: \($0.price) \(currency)/kWh" }
      return "tiers: [" + list.map { "{\($0)}" }.joined(separator: ", ") + "]"
    }
    guard periods.count > 1 else {
      let only = words(periods[0])
      return only.hasPrefix("price: ") ? String(only.dropFirst(7)) : "{\(only)}"
    }
    var counts: [Int: Int] = [:]
    for hour in (weekday + weekend).flatMap(\.self) { counts[hour, default: 0] += 1 }
    let rest = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
    var bands = times(weekday, weekend, rest: rest).enumerated().map { i, time in
      "band\(i): {\(words(periods[time.period])), \(time.words)}"
    }
    bands.append("others: {\(words(periods[rest])), hours: rest}")
    return "{bands: {" + bands.joined(separator: ", ") + "}}"
  }

  private func charges(_ rates: Rates, _ currency: String) -> [String] {
    var charges: [String] = []
    if let flat = rates.flatdemandstructure, let months = rates.flatdemandmonths {
      var words: String
      if flat[0].count > 1 {
        let list = flat[0].map { ($0.max.map { "up_to: \($0) kW, " } ?? "") + "rate: \($0.price) \(currency)/kW/month" }
        words = "tiers: [" + list.map { "{\($0)}" }.joined(separator: ", ") + "]"
      } else {
        words = "monthly_rate: {values: \(months.map { flat[$0][0].price }), unit: \(currency)/kW/month}"
      }
      if let share = rates.lookbackPercent {
        words += ", ratchet: \(100 * share) %"
        if let range = rates.lookbackRange { words += ", look_back: \(range)" }
        if let own = rates.lookbackMonths { words += ", ratchet_months: \((1...12).filter { own[$0 - 1] == 1 })" }
      }
      charges.append(words)
    }
    if let periods = rates.demandratestructure, let weekday = rates.demandweekdayschedule,
      let weekend = rates.demandweekendschedule
    {
      for time in times(weekday, weekend, rest: nil) where periods[time.period][0].price > 0 {
        charges.append("rate: \(periods[time.period][0].price) \(currency)/kW/month, \(time.words)")
      }
    }
    if let peak = rates.tulou_coincident {
      charges.append("rate: \(peak.rate_per_kw) \(currency)/kW/y, at: \(peak.hours)")
    }
    if let peak = rates.tulou_peak { charges.append("rate: \(peak.rate_per_kw_month) \(currency)/kW/month, on: both") }
    if let capacity = rates.capacity {
      let steps = capacity.steps.map {
        ($0.up_to_kw.map { "up_to: \($0) kW, " } ?? "") + "fee: \($0.fee_per_month) \(currency)/month"
      }
      charges.append("highest_days: 3, steps: [" + steps.map { "{\($0)}" }.joined(separator: ", ") + "]")
    }
    return charges
  }

  private func market(_ one: Case, _ rates: Rates) -> String {
    let currency = one.currency
    let sells = one.load == "farm-net.csv"
    var parts: [String] = []
    if rates.capacity != nil {
      // The energy price of this one stands in words beside it.
      parts.append(
        "buy: {bands: {day: {price: 0.4613 NOK/kWh, hours: [\"06:00-22:00\"], days: \(Self.workdays)}, other: {price: 0.3988 NOK/kWh, hours: rest}}}"
      )
    } else {
      parts.append("buy: " + price(rates, currency, sells: false))
      if sells { parts.append("sell: " + price(rates, currency, sells: true)) }
    }
    let charges = charges(rates, currency)
    if !charges.isEmpty {
      parts.append("demand_charge: [" + charges.map { "{\($0)}" }.joined(separator: ", ") + "]")
    }
    if let fixed = rates.fixedchargefirstmeter {
      parts.append("fixed_charge: \(fixed) \(currency)/" + (rates.fixedchargeunits == "$/day" ? "d" : "month"))
    }
    if let least = rates.mincharge { parts.append("minimum_charge: \(least) \(currency)/month") }
    switch one.id {
    case "t11-net-carry": parts.append("net_metering: {period: month, surplus: carried, true_up: 0.03 USD/kWh}")
    case "t12-net-month": parts.append("net_metering: {period: month}")
    case "t16-net-year": parts.append("net_metering: {period: year, true_up: 0.03 USD/kWh}")
    default: break
    }
    return parts.joined(separator: ", ")
  }

  private func project(_ one: Case) throws -> Project {
    let rates = try JSONDecoder().decode(
      Rates.self, from: Data(try SharedFolder.text("found/tariffs/" + one.tariff).utf8))
    let folder = try ScratchFolder.make()
    let isNorth = one.id == "t14-norway"
    var rows = "time,load,sun\n"
    for line in try SharedFolder.text("found/tariffs/" + one.load).split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",")
      let power = Double(cells[1]) ?? 0
      rows += "\(cells[0]),\(max(0, power)),\(max(0, -power))\n"
    }
    try rows.write(toFile: folder.path + "/load.csv", atomically: true, encoding: .utf8)
    let text = """
      tulou: 1
      site: {\(isNorth ? "latitude: 59.9 deg, longitude: 10.7 deg" : "latitude: 33.4 deg, longitude: -112 deg"), time_zone: \(one.zone)}
      horizon: {start: \(isNorth ? 2023 : 2018)-01-01}
      economy: {currency: \(one.currency), real_discount_rate: 0 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: {file: load.csv, column: load, unit: kW, time: {column: time, zone: \(isNorth ? "UTC" : one.zone)}}}}
      components:
        sun: {kind: source, bus: ac, class: S.sun, natural: {file: load.csv, column: sun, unit: kW, time: {column: time, zone: \(isNorth ? "UTC" : one.zone)}}, must_take: true, capacity: {fixed: 500 kW}}
      markets: {grid: {bus: ac, class: N, limit: {buy: 400 kW, sell: 400 kW}, \(market(one, rates))}}
      """
    try text.write(toFile: folder.path + "/project.yaml", atomically: true, encoding: .utf8)
    return try ProjectReader.read(path: folder.path + "/project.yaml")
  }

  @Test("are billed to the last item", arguments: cases)
  func bill(one: Case) throws {
    var options = SimulateOptions()
    options.strategy = .selfConsumption
    options.comparesWithForesight = false
    let outcome = try SimulateStudy.run(project: project(one), options: options, solver: nil)
    let plan = try #require(outcome.plan)
    let bill = try #require(Accounts.make(project: outcome.project, plan: plan).bills.first)
    #expect(abs(bill.total - one.expected.total) < 1e-5, "\(bill.total) \(one.expected)")
    #expect(Measured.isWithin("tariffs.bills", abs(bill.total - one.expected.total)), "\(bill.total)")
    #expect(abs(try #require(bill.difference)) < 1e-9)
    for (month, expected) in zip(bill.months, one.expected.months ?? []) {
      let paid = month.energyCharge + month.demandCharge + month.fixedCharge + month.minimumCharge
      #expect(abs(paid - month.saleIncome - expected) < 1e-4, "\(month.month)")
    }
    let items = one.expected.items
    let energy = (items["energy"] ?? 0) + (items["export"] ?? 0)
    #expect(abs(bill.energyCharge - bill.saleIncome - energy) < 1e-5)
    let demand = ["flat_demand", "tou_demand", "coincident", "peak", "capacity"].reduce(0) { $0 + (items[$1] ?? 0) }
    #expect(abs(bill.demandCharge - demand) < 1e-5)
    #expect(abs(bill.fixedCharge - (items["fixed"] ?? 0)) < 1e-5)
    #expect(abs(bill.minimumCharge - (items["minimum"] ?? 0)) < 1e-5)
  }
}
