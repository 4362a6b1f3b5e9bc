import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// A key that does nothing because what it works with is missing is told by its name and line.
@Suite("Keys without their partner") struct IdleKeyTests {
  /// A shop with a load; `more` are further sections, `market` the keys of its market beside bus and class.
  private func project(
    _ market: String, horizon: String = "horizon: {start: 2027-01-01, length: 59 d}", load: String = "power: 10 kW",
    more: String = ""
  ) -> String {
    """
    tulou: 1
    \(horizon)
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    demands: {load: {bus: ac, \(load)}}
    markets: {grid: {bus: ac, class: N, emission: 0.5 kg/kWh, \(market)}}
    \(more)
    """
  }

  private func findings(_ text: String) throws -> [Diagnostic] {
    ProjectReader.check(text: text, path: try ScratchFolder.make().appendingPathComponent("project.yaml").path)
  }

  /// Whether a warning at a path, with a line, holds the words; no error stands beside it.
  private func isTold(_ text: String, at path: String, _ words: String) throws -> Bool {
    let found = try findings(text)
    guard !found.contains(where: { $0.severity == .error }) else {
      Issue.record("\(found.map(\.message))")
      return false
    }
    return found.contains {
      $0.severity == .warning && $0.path == path && $0.message.contains(words) && $0.place != nil
    }
  }

  private func isQuiet(_ text: String) throws -> Bool {
    let found = try findings(text).filter { $0.severity != .note }
    return found.isEmpty
  }

  @Test("a limit, a credit, a charge on a side that the market does not have")
  func sides() throws {
    #expect(try isTold(project("buy: 0.2 USD/kWh, limit: {sell: 5 kW}"), at: "markets.grid.limit.sell", "'sell'"))
    #expect(try isTold(project("buy: 0.2 USD/kWh, export_credit: true"), at: "markets.grid.export_credit", "'sell'"))
    #expect(try isTold(project("buy: 0.2 USD/kWh, metering: gross"), at: "markets.grid.metering", "'sell'"))
    let charge = "demand_charge: {rate: 5 USD/kW/month, on: sale}"
    #expect(try isTold(project("buy: 0.2 USD/kWh, \(charge)"), at: "markets.grid.demand_charge", "is sold"))
    let wind = "components: {wind: {kind: source, bus: ac, class: W, availability: 100 %, capacity: {fixed: 50 kW}}}"
    let seller = project("sell: 0.2 USD/kWh, limit: {buy: 5 kW}", more: wind)
    #expect(try isTold(seller, at: "markets.grid.limit.buy", "'buy'"))
    #expect(try isTold(seller, at: "markets.grid.emission", "'buy'"))
    let both =
      "buy: 0.2 USD/kWh, sell: 0.1 USD/kWh, metering: gross, export_credit: true, limit: {buy: 50 kW, sell: 5 kW}"
    #expect(try isQuiet(project("\(both), \(charge)")))
  }

  @Test("months that the horizon does not hold: none of them, some, all of them there")
  func months() throws {
    func charge(_ more: String) -> String {
      project("buy: 0.2 USD/kWh, demand_charge: {rate: 5 USD/kW/month, \(more)}")
    }
    #expect(try isTold(charge("months: [july]"), at: "markets.grid.demand_charge.months", "does nothing"))
    let ratchet = "markets.grid.demand_charge.ratchet_months"
    #expect(try isTold(charge("ratchet: 80 %, ratchet_months: [july]"), at: ratchet, "july, which the horizon"))
    #expect(try isTold(charge("ratchet: 80 %, ratchet_months: [july]"), at: ratchet, "it does nothing"))
    #expect(try isTold(charge("ratchet: 80 %, ratchet_months: [january, july]"), at: ratchet, "count nothing"))
    #expect(try isQuiet(charge("ratchet: 80 %, ratchet_months: [january], months: [february, july]")))
  }

  @Test("a charge on some months beside representative periods says how much of it is billed")
  func weights() throws {
    // A day of January stands for 31 and one of July for 334: twelve months in all, of which July is 334/31 = 10.8.
    let periods = """
      periods: [{start: 2027-01-10, length: 24 h, weight: 31}, {start: 2027-07-10, length: 24 h, weight: 334}]
      """
    func text(_ months: String) -> String {
      project("buy: 0.2 USD/kWh, demand_charge: {rate: 5 USD/kW/month, months: \(months)}", horizon: periods)
    }
    let path = "markets.grid.demand_charge.months"
    // 10.774 months billed where 12 x (1 + 10.774) / 12 / 12 = 0.981 are meant: 1098 %.
    #expect(try isTold(text("[july]"), at: path, "1098 %"))
    #expect(try isQuiet(text("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]")))
    let rates = "[1, 1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 1]"
    let monthly = project(
      "buy: 0.2 USD/kWh, demand_charge: {monthly_rate: {values: \(rates), unit: USD/kW/month}}", horizon: periods)
    // (1 + 9 x 10.774) / (20 x 0.981) = 5.0.
    #expect(try isTold(monthly, at: "markets.grid.demand_charge.monthly_rate", "499 %"))
  }

  @Test("holidays where there are none, bands that never hold, tiers that are not there")
  func bands() throws {
    let year = "horizon: {start: 2027-01-01, length: 1 y}"
    func bands(_ first: String, _ horizon: String = year, more: String = "") -> String {
      project(
        "buy: {bands: {a: {price: 0.3 USD/kWh, \(first)}, b: {price: 0.1 USD/kWh, hours: rest}}}", horizon: horizon,
        more: more)
    }
    let path = "markets.grid.buy.bands.a"
    #expect(try isTold(bands("days: [holidays]"), at: path + ".days", "names no day"))
    #expect(try isTold(bands("days: [holidays]"), at: path, "holds in no step"))
    let holidays = "calendar: {holidays: [2027-05-01]}"
    #expect(try isQuiet(bands("days: [holidays]", more: holidays)))
    #expect(
      try isTold(
        bands("days: [holidays]", more: "calendar: {holidays: [2025-05-01]}"), at: "calendar.holidays", "None of"))
    // Of two months nobody asks for the holidays of May.
    #expect(try isQuiet(bands("days: [holidays]", "horizon: {start: 2027-01-01, length: 59 d}", more: holidays)))
    let count = "buy: {tiers_count: band, bands: {b: {price: 0.1 USD/kWh, hours: rest}}}"
    #expect(try isTold(project(count), at: "markets.grid.buy.tiers_count", "no tiers"))
  }

  @Test("keys of vehicles on other demands, and of other demands on vehicles")
  func demands() throws {
    let buy = "buy: 0.2 USD/kWh"
    #expect(try isTold(project(buy, load: "power: 10 kW, v2g: true"), at: "demands.load.v2g", "'kind: vehicles'"))
    #expect(try isTold(project(buy, load: "power: 10 kW, seed: 3"), at: "demands.load.seed", "'profile'"))
    let tank = "power: 10 kW, tank: {energy: 10 kWh}"
    #expect(try isTold(project(buy, load: tank), at: "demands.load.tank", "'kind: deferrable'"))
    let cars =
      "kind: vehicles, count: 5, battery: 50 kWh, charger: 7 kW, trip: 60 km/d, consumption: 0.3 kWh/km, away: [\"08:00-17:30\"]"
    #expect(try isTold(project(buy, load: cars + ", power: 3 kW"), at: "demands.load.power", "'kind: fixed'"))
    #expect(try isQuiet(project(buy, load: cars)))
    let two = "kind: deferrable, power: 10 kW, peak: 30 kW, tank: {energy: 10 kWh, peak: 20 kW}"
    #expect(try isTold(project(buy, load: two), at: "demands.load.peak", "of its own"))
  }

  @Test("sharing without members, machines with keys that nothing asks for")
  func others() throws {
    #expect(
      try isTold(project("buy: 0.2 USD/kWh", more: "sharing: {commons: equal}"), at: "sharing.commons", "no members"))
    func machine(_ text: String) -> String {
      project(
        "buy: 0.2 USD/kWh, sell: 0.1 USD/kWh",
        more: "components: {wind: {kind: source, bus: ac, class: W, availability: 30 %, \(text)}}")
    }
    #expect(
      try isTold(machine("capacity: {fixed: 5 kW, max: 9 kW}"), at: "components.wind.capacity.max", "'fixed'"))
    let paid = "capacity: {fixed: 5 kW}, capital: 100 USD/kW, replacement: 50 USD/kW"
    #expect(try isTold(machine(paid), at: "components.wind.replacement", "'life'"))
    #expect(try isQuiet(machine(paid + ", life: 10 y")))
    func source(_ text: String) -> String {
      project("buy: 0.2 USD/kWh", more: "components: {wood: {kind: source, bus: ac, class: B, \(text)}}")
    }
    let stock = "stock: {annual: 10 MWh/y}"
    #expect(try isTold(source(stock + ", degradation: 1 %/y"), at: "components.wood.degradation", "stock"))
    #expect(try isTold(source(stock + ", must_take: true"), at: "components.wood.must_take", "stock"))
    #expect(try isTold(source(stock + ", land: 5 m2/kW"), at: "components.wood.land", "'capacity'"))
    #expect(
      try isTold(
        project("buy: 0.2 USD/kWh", load: "power: 10 kW, tiers: {normal: 100 %}"), at: "demands.load.tiers",
        "unserved_cost"))
    let tank = "bus: ac, round_trip: 90 %, capacity: {fixed: 50 kWh}, land: 5 m2/kW"
    let refused = try findings(
      project("buy: 0.2 USD/kWh", more: "components: {cells: {kind: storage, \(tank)}}"))
    #expect(refused.contains { $0.severity == .error && $0.path == "components.cells.land" })
  }

  @Test("the free name of a stage is listed, so that its report says it")
  func stages() throws {
    let text = project("buy: 0.2 USD/kWh", more: "stages: {one: {year: 2027, name: First yard}, two: {year: 2030}}")
    let project = try ProjectReader.read(
      text: text, path: try ScratchFolder.make().appendingPathComponent("project.yaml").path)
    #expect(project.assumptions.contains { $0.path == "stages.one.name" && $0.value == "First yard" })
  }
}
