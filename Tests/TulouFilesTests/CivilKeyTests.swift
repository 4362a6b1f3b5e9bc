import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Calendar keys by the clock on the wall (rule K11). In Berlin of 2027 summer time holds from 28 March to 31 October,
/// 02:00 of standard time each: hours 2066 to 7274 of the year. 1 July begins at hour 4344.
@Suite("Calendar keys on the wall") struct CivilKeyTests {
  static let july = 4344

  static func project(
    _ horizon: String = "{start: 2027-01-01}", zone: String = "Europe/Berlin",
    demand: String = "{bus: ac, power: 10 kW}",
    market: String = "buy: 0.1 EUR/kWh", more: String = ""
  ) throws -> Project {
    try ProjectReader.read(
      text: """
        tulou: 1
        site: {time_zone: \(zone)}
        horizon: \(horizon)
        economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
        demands: {load: \(demand)}
        markets: {grid: {bus: ac, class: N, \(market), limit: {buy: 1 MW}, emission: 0 kg/kWh}}
        \(more)
        """, path: "p.yaml")
  }

  static func bands(_ text: String, _ horizon: String, zone: String) throws -> [UInt8] {
    try project(horizon, zone: zone, market: "buy: {bands: \(text)}").markets[0].buy?.bandOfStep ?? []
  }

  @Test("bands move with summer time") func tariff() throws {
    let band = try Self.bands(
      "{peak: {price: 1 EUR/kWh, hours: [\"17:00-18:00\"]}, low: {price: 0.1 EUR/kWh, hours: rest}}",
      "{start: 2027-01-01}", zone: "Europe/Berlin")
    let peaks = band.indices.filter { band[$0] == 0 }
    #expect(peaks.count == 365 && peaks[0] == 17 && peaks[181] == Self.july + 16)
    // Half hours, half an hour of summer time, and a southern zone of half an hour.
    for (zone, first) in [("Australia/Lord_Howe", 2 * 16), ("Australia/Adelaide", 2 * 16)] {
      let half = try Self.bands(
        "{peak: {price: 1 EUR/kWh, hours: [\"17:00-17:30\"]}, low: {price: 0.1 EUR/kWh, hours: rest}}",
        "{start: 2027-01-01, step: 30 min}", zone: zone)
      #expect(half.firstIndex(of: 0) == (zone.hasSuffix("Howe") ? first + 1 : first), "\(zone)")
      #expect(half.count { $0 == 0 } == 365)
    }
  }

  @Test("hours that summer time puts into a step are refused") func withinStep() {
    let text = "{peak: {price: 1 EUR/kWh, hours: [\"16:00-20:00\"]}, low: {price: 0.1 EUR/kWh, hours: rest}}"
    for (step, zone) in [("2 h", "Europe/Berlin"), ("1 h", "Australia/Lord_Howe")] {
      do {
        _ = try Self.bands(text, "{start: 2027-01-01, step: \(step)}", zone: zone)
        Issue.record("it was read")
      } catch {
        let message = (error as? ProjectFault)?.diagnostics.first?.message ?? ""
        #expect(message.contains("within a step of") && message.contains("ahead of standard time"), "\(message)")
      }
    }
  }

  @Test("a zone that changed its rules has those of the year") func rulesOfTheYear() throws {
    let istanbul = try Self.project("{start: 2016-01-01}", zone: "Europe/Istanbul").horizon
    #expect(istanbul.clock.standardName == "UTC+2" && istanbul.civil(8783).stamp == "2017-01-01T00")
    #expect(try Self.project("{start: 2027-01-01}", zone: "Europe/Istanbul").horizon.clock.standardName == "UTC+3")
    let almaty = try Self.project("{start: 2024-01-01}", zone: "Asia/Almaty").horizon
    #expect(almaty.clock.standardName == "UTC+6" && almaty.civil(8783).stamp == "2024-12-31T22")
    #expect(try !Self.project(zone: "Asia/Kathmandu").horizon.hasClockChanges)
    #expect(try Self.project(zone: "UTC+5:45").horizon.clock.standardSeconds == 20_700)
    for name in ["CST", "IST", "Berlin", "UTC+25"] {
      #expect(throws: ProjectFault.self) { _ = try Self.project(zone: name) }
    }
  }

  @Test("months of prices, demand charges and bills") func months() throws {
    let prices = (1...12).map(String.init).joined(separator: ", ")
    let project = try Self.project(
      market:
        "buy: {monthly_price: {values: [\(prices)], unit: EUR/kWh}}, demand_charge: {rate: 5 EUR/kW/month, months: [4]}"
    )
    let price = try #require(project.markets[0].buy?.price)
    #expect(price[2158] == 3 && price[2159] == 4)  // 31 March, 22:00 and 23:00 of standard time.
    var bought = [Double](repeating: 0, count: 8760)
    bought[2159] = 100
    let bill = BillCalculator(horizon: project.horizon).bill(
      market: "grid", tariff: try #require(project.markets[0].tariff), bought: bought, sold: bought.map { _ in 0 })
    #expect(bill.months.count == 12 && bill.months[2].bought == 0 && bill.months[3].bought == 100)
    #expect(bill.months[3].peak == 100 && abs(bill.demandCharge - 500) < 1e-9)
    #expect(abs(bill.energyCharge - 400) < 1e-9)
  }

  @Test("outages by hours and by spans, over both changes of clocks") func outages() throws {
    func planned(_ text: String) throws -> [Int] {
      let outages = try #require(Self.project(market: "buy: 0.1 EUR/kWh, outages: \(text)").markets[0].outages)
      return outages.planned.indices.filter { outages.planned[$0] }
    }
    #expect(try planned("{hours: [\"18:00-19:00\"], months: [7]}").first == Self.july + 17)
    #expect(try planned("{times: [2027-07-01T18/2027-07-01T21]}") == [17, 18, 19].map { Self.july + $0 })
    // 28 March: 01:00 to 04:00 on the wall are two hours; 31 October: 01:00 to 03:00 are three.
    #expect(try planned("{times: [2027-03-28T01/2027-03-28T04]}") == [2065, 2066])
    #expect(try planned("{times: [2027-10-31T01/2027-10-31T03]}") == [7272, 7273, 7274])
    #expect(try planned("{times: [2027-10-31T02/2027-10-31T03]}") == [7273, 7274])
  }

  @Test("appliances, charging and shifts of work") func demands() throws {
    let lamps = try Self.project(
      demand: "{bus: ac, appliances: [{power: 1 kW, hours: [\"18:00-22:00\"], months: [7]}]}")
    #expect(lamps.demands[0].power.firstIndex { $0 > 0 } == Self.july + 17)
    let points = try Self.project(demand: "{bus: ac, charging: [{points: 2, power: 10 kW, hours: \"11:00-14:00\"}]}")
    let charging = points.demands[0].power
    #expect(charging[11] == 20 && charging[10] == 0 && charging[Self.july + 10] == 20 && charging[Self.july + 13] == 0)
    let works = try Self.project(
      demand:
        "{bus: ac, annual: 100 MWh/y, profile: {archetype: factory, shifts: 1, day_variability: 0 %, step_variability: 0 %}}"
    ).demands[0].power
    // 4 January and 1 July are days of work: it begins at 08:00 on the wall.
    #expect(works[3 * 24 + 8] > works[3 * 24 + 7] * 1.5 && works[3 * 24 + 9] == works[3 * 24 + 8])
    #expect(works[Self.july + 7] > works[Self.july + 6] * 1.5 && works[Self.july + 8] == works[Self.july + 7])
    #expect(abs(works.reduce(0, +) - 100_000) < 1e-6)
  }

  @Test(
    "bills of a demand hold by the month on the wall, north and south",
    arguments: ["Europe/Berlin", "Australia/Sydney"])
  func bills(zone: String) throws {
    let bills = (1...12).map(String.init).joined(separator: ", ")
    let project = try Self.project(
      zone: zone, demand: "{bus: ac, bills: {values: [\(bills)], unit: MWh}, profile: village}")
    var sums = [Double](repeating: 0, count: 12)
    for (t, power) in project.demands[0].power.enumerated() { sums[project.horizon.civil(t).date.month - 1] += power }
    for m in 0..<12 { #expect(abs(sums[m] - Double(m + 1) * 1000) < 1e-6, "month \(m + 1)") }
  }

  @Test("vehicles leave by the wall, and a night of another length has the same trip") func vehicles() throws {
    func fleet(_ away: String) throws -> (away: [Double], trips: [Double]) {
      let project = try Self.project(
        demand:
          "{bus: ac, kind: vehicles, count: 1, battery: 100 kWh, charger: 10 kW, trip: 100 km/d, consumption: 0.2 kWh/km, away: [\"\(away)\"]}"
      )
      guard case .vehicles(let fleet) = project.demands[0].kind else { return ([], []) }
      return (fleet.chargePower.map { 1 - $0 / 10 }, fleet.tripEnergy)
    }
    let day = try fleet("08:00-17:00")
    #expect(day.away[7] == 0 && day.away[8] == 1 && day.away[Self.july + 7] == 1 && day.away[Self.july + 16] == 0)
    let night = try fleet("22:00-06:00")
    #expect(abs(night.trips.reduce(0, +) - 365 * 20) < 1e-6)
    // The night before 28 March is seven hours long, the night before 31 October nine.
    let short = night.trips[(2066 - 4)..<(2066 + 3)], long = night.trips[(7274 - 5)..<(7274 + 4)]
    #expect(short.allSatisfy { abs($0 - 20.0 / 7) < 1e-9 } && long.allSatisfy { abs($0 - 20.0 / 9) < 1e-9 })
  }

  @Test("holidays, days off and a window of a day are days on the wall") func days() throws {
    // The last hour of 1 July in standard time is the first of Friday 2 July: a demand of that hour may wait for noon.
    let wanted = (0..<48).map { $0 == 23 ? "10" : "0" }.joined(separator: ", ")
    let project = try Self.project(
      "{start: 2027-07-01, length: 48 h}",
      demand: "{bus: ac, kind: deferrable, window: day, power: {values: [\(wanted)], unit: kW}}",
      market:
        "buy: {bands: {cheap: {price: 0.1 EUR/kWh, hours: [\"12:00-13:00\"], days: [friday]}, dear: {price: 1 EUR/kWh, hours: rest}}}"
    )
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    let plan = try #require(outcome.plan)
    let purchase = try #require(
      plan.problem.flows.firstIndex { $0.label.id == "grid" && $0.label.role == .purchase })
    #expect(abs(plan.solution.flows[purchase][24 + 11] - 10) < 1e-5)
  }

  @Test("a clock far from the sun is a warning") func farClock() throws {
    func warnings(_ site: String) -> String {
      ProjectReader.check(
        text: """
          tulou: 1
          site: \(site)
          horizon: {start: 2027-01-01}
          economy: {currency: EUR, real_discount_rate: 5 %}
          demands: {load: {bus: ac, power: 10 kW}}
          markets: {grid: {bus: ac, class: N, buy: 0.1 EUR/kWh}}
          """, path: "p.yaml"
      ).filter { $0.severity == .warning }.map(\.message).joined(separator: "\n")
    }
    #expect(
      warnings("{latitude: 52 deg, longitude: -113 deg, time_zone: Europe/Berlin}").contains("the sun is 8.5 h away"))
    #expect(!warnings("{latitude: 52 deg, longitude: 13 deg, time_zone: Europe/Berlin}").contains("the sun is"))
    // Kiritimati: UTC+14 at -157 deg is one and the same sun.
    #expect(!warnings("{latitude: 2 deg, longitude: -157 deg, time_zone: Pacific/Kiritimati}").contains("the sun is"))
    #expect(
      warnings("{latitude: 39 deg, longitude: 76 deg, time_zone: Asia/Shanghai}").contains("the sun is 2.9 h away"))
  }
}
