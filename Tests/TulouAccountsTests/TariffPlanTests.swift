import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// What the file says of a tariff reaches plan, rule and bill alike; values by hand.
@Suite("Tariffs in plans, rules and bills") struct TariffPlanTests {
  /// A project of one bus with a load and a market.
  static func text(
    _ market: String, horizon: String = "horizon: {start: 2027-01-01, length: 48 h}", load: String = "10 kW",
    more: String = ""
  ) -> String {
    """
    tulou: 1
    site: {latitude: 50 deg, longitude: 4 deg, time_zone: Europe/Brussels}
    \(horizon)
    economy: {currency: EUR, real_discount_rate: 0 %, lifetime: 20 y}
    demands: {load: {bus: ac, power: \(load)}}
    markets: {grid: {bus: ac, class: N, \(market)}}
    \(more)
    """
  }

  struct Read {
    var bill: Bill
    var cost: Double
    var outcome: Outcome
    var accounts: Accounts
  }

  static func read(_ outcome: Outcome) throws -> Read {
    let accounts = Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
    return Read(
      bill: try #require(accounts.bills.first), cost: try #require(accounts.value("horizon_cost")), outcome: outcome,
      accounts: accounts)
  }

  static func planned(_ text: String, _ whole: PlanOptions.WholeNumbers = .rounding) throws -> Read {
    var options = PlanOptions()
    options.wholeNumbers = whole
    let project = try TemporaryText.project(text)
    let solver: any Solver =
      whole == .exact ? Highs(try #require(InstalledHighs.library)) : Structured()
    return try read(PlanStudy.run(project: project, options: options, solver: solver))
  }

  static func ruled(_ text: String) throws -> Read {
    var options = SimulateOptions()
    options.strategy = .selfConsumption
    return try read(SimulateStudy.run(project: TemporaryText.project(text), options: options, solver: nil))
  }

  /// Plan and rule cost `expected` over the horizon, the bill says so too, and the bound lies no higher.
  private func both(_ text: String, cost expected: Double, _ comment: Comment = "") throws {
    for (name, read) in [("plan", try Self.planned(text)), ("rule", try Self.ruled(text))] {
      let scale = max(abs(expected), 1)
      #expect(abs(read.cost - expected) < 1e-6 * scale, "\(name) \(read.cost) \(comment)")
      #expect(abs(try #require(read.bill.difference)) < 1e-9, "\(name) \(comment)")
      let certificate = try #require(read.outcome.certificate)
      #expect(certificate.bound <= certificate.value + 1e-6 * scale, "\(name) \(comment)")
    }
  }

  // MARK: Prices

  @Test func `bands by hours, days, months and rest`() throws {
    // 1 January 2027 is a Friday; 48 h of 10 kW: Friday 8 h at 0.3, Saturday all day and the rest at 0.1.
    try both(
      Self.text(
        "buy: {bands: {peak: {price: 0.3 EUR/kWh, hours: [\"08:00-12:00\", \"22:00-02:00\"], days: workdays, months: [1]}, low: {price: 0.1 EUR/kWh, hours: rest}}}"
      ), cost: 10 * (8 * 0.3 + 40 * 0.1))
    try both(
      Self.text(
        "buy: {bands: {peak: {price: 0.3 EUR/kWh, hours: [\"08:00-12:00\"], days: holidays}, low: {price: 0.1 EUR/kWh, hours: rest}}, scale: 200 %}",
        more: "calendar: {holidays: [2027-01-02]}"), cost: 10 * 2 * (4 * 0.3 + 44 * 0.1))
  }

  @Test func `prices by month, and tiers in part months (rule K12)`() throws {
    let turn = "horizon: {start: 2027-01-31, length: 48 h}"
    try both(
      Self.text(
        "buy: {monthly_price: {values: [0.1, 0.2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], unit: EUR/kWh}}", horizon: turn),
      cost: 240 * 0.1 + 240 * 0.2)
    func tiers(_ first: Double, _ second: Double) -> String {
      Self.text(
        "buy: {tiers: [{up_to: 3100 kWh, price: \(first) EUR/kWh}, {price: \(second) EUR/kWh}]}", horizon: turn)
    }
    let february = 3100.0 / 28
    try both(tiers(0.1, 0.3), cost: (100 + february) * 0.1 + (380 - february) * 0.3)
    // Falling prices: with a fixed load there is nothing to choose, and the price is true without whole numbers too.
    let falling = (100 + february) * 0.3 + (380 - february) * 0.1
    try both(tiers(0.3, 0.1), cost: falling)
    let exact = try Self.planned(tiers(0.3, 0.1), .exact)
    #expect(abs(exact.cost - falling) < 1e-6 * falling)
    #expect((exact.outcome.certificate?.gap ?? 1) < 1e-6)
  }

  @Test func `tiers of a sale, falling and rising`() throws {
    func sale(_ first: Double, _ second: Double) -> String {
      Self.text(
        "buy: 0.5 EUR/kWh, sell: {tiers: [{up_to: 1550 kWh, price: \(first) EUR/kWh}, {price: \(second) EUR/kWh}]}, limit: {buy: 50 kW, sell: 50 kW}",
        more: "components: {pv: {kind: source, bus: ac, class: S.sun, availability: 100 %, capacity: {fixed: 20 kW}}}")
    }
    // 480 kWh are sold in two days of January, of which 1550 x 2/31 = 100 in the first tier.
    try both(sale(0.2, 0.05), cost: -(100 * 0.2 + 380 * 0.05))
    try both(sale(0.05, 0.2), cost: -(100 * 0.05 + 380 * 0.2))
  }

  @Test func `tiers by season and per band`() throws {
    // Both bands fill one list in the order of time: 620 x 2/31 = 40 kWh are reached after 4 h.
    let both = """
      buy: {bands: {day: {hours: ["06:00-18:00"], tiers: [{up_to: 620 kWh, price: 0.2 EUR/kWh}, {price: 0.4 EUR/kWh}]}, night: {hours: rest, tiers: [{up_to: 620 kWh, price: 0.1 EUR/kWh}, {price: 0.15 EUR/kWh}]}}}
      """
    try self.both(Self.text(both), cost: 40 * 0.1 + 200 * 0.15 + 240 * 0.4)
    // Each its own: 40 kWh of each at the first price.
    try self.both(
      Self.text(both.replacing("buy: {", with: "buy: {tiers_count: band, ")),
      cost: 40 * 0.1 + 200 * 0.15 + 40 * 0.2 + 200 * 0.4)
    let seasons = """
      buy: {bands: {winter: {months: [1], tiers: [{up_to: 310 kWh, price: 0.2 EUR/kWh}, {price: 0.1 EUR/kWh}]}, other: {hours: rest, tiers: [{up_to: 280 kWh, price: 0.1 EUR/kWh}, {up_to: 560 kWh, price: 0.2 EUR/kWh}, {price: 0.4 EUR/kWh}]}}}
      """
    try self.both(
      Self.text(seasons, horizon: "horizon: {start: 2027-01-31, length: 48 h}"),
      cost: 10 * 0.2 + 230 * 0.1 + 10 * 0.1 + 10 * 0.2 + 220 * 0.4)
  }

  // MARK: Powers

  @Test func `power is averaged over intervals of the clock`() throws {
    func peak(_ more: String) -> String {
      Self.text(
        "buy: 0 EUR/kWh, demand_charge: {rate: 744 EUR/kW/month\(more)}",
        horizon: "horizon: {start: 2027-01-01, length: 2 h, step: 15 min}",
        load: "{values: [70, 70, 10, 10, 20, 20, 20, 80], unit: kW}")
    }
    try both(peak(""), cost: 2 * 80)
    try both(peak(", interval: 15 min"), cost: 2 * 80)
    try both(peak(", interval: 30 min"), cost: 2 * 70)
    try both(peak(", interval: 1 h"), cost: 2 * 40)
    try both(peak(", interval: 1 h, hours: [\"01:00-02:00\"]"), cost: 2 * 35)
    // A battery fills the hour as it likes: only its mean counts, (160 + 140)/8 over both hours is least.
    let stored = peak(", interval: 1 h").replacing(
      "markets:",
      with: """
        components: {box: {kind: storage, bus: ac, round_trip: 100 %, initial: 50 %, capacity: {power: {fixed: 20 kW}, energy: {fixed: 20 kWh}}}}
        markets:
        """)
    let planned = try Self.planned(stored)
    #expect(abs(planned.cost - 2 * 37.5) < 1e-5)
    #expect(abs(try #require(planned.bill.difference)) < 1e-9)
  }

  @Test func `months that are billed, their minimum, months that a ratchet looks at`() throws {
    func charge(_ more: String) -> String {
      Self.text(
        "buy: 0 EUR/kWh, demand_charge: {rate: 28 EUR/kW/month\(more)}",
        horizon: "horizon: {start: 2027-01-31, length: 48 h}",
        load: "{values: [\(String(repeating: "20, ", count: 24))\(String(repeating: "10, ", count: 23))10], unit: kW}")
    }
    let january = 28.0 / 31
    try both(charge(""), cost: 20 * january + 10)
    try both(charge(", months: [2], minimum: 30 kW"), cost: 30)
    try both(charge(", minimum: 15 kW"), cost: 20 * january + 15)
    try both(charge(", ratchet: 80 %"), cost: 20 * january + 16)
    try both(charge(", months: [feb], ratchet: 80 %, ratchet_months: [january]"), cost: 16)
    try both(charge(", ratchet: 80 %, ratchet_months: [2]"), cost: 20 * january + 10)
  }

  @Test func `a look-back sees peaks and not what a look-back before it billed`() throws {
    let day = { (power: Int) in String(repeating: "\(power), ", count: 24) }
    let text = Self.text(
      "buy: 0 EUR/kWh, demand_charge: {rate: 1 EUR/kW/month, ratchet: 80 %, look_back: 1}",
      horizon: """
        periods:
          - {start: 2027-01-10, length: 24 h, weight: 31}
          - {start: 2027-02-10, length: 24 h, weight: 28}
          - {start: 2027-03-01, length: 24 h, weight: 31}
        """,
      load: "{values: [\(day(100))\(day(10))\(day(10).dropLast(2))], unit: kW}")
    // March on the wall has 743 hours, so a day that stands for 31 is a little more than the month.
    try both(text, cost: 100 + 80 + 10 * 744 / 743)
  }

  @Test func `tiers of power, steps of a fee, mean of the highest days`() throws {
    func charge(_ words: String, _ peaks: [Double] = [10, 20, 30, 40]) -> String {
      let day = { (power: Double) in Array(repeating: "1", count: 23) + ["\(power)"] }
      return Self.text(
        "buy: 0 EUR/kWh, demand_charge: {\(words)}", horizon: "horizon: {start: 2027-01-01, length: 96 h}",
        load: "{values: [\(peaks.flatMap(day).joined(separator: ", "))], unit: kW}")
    }
    let share = 4.0 / 31
    let tiers =
      "tiers: [{up_to: 15 kW, rate: 1 EUR/kW/month}, {up_to: 25 kW, rate: 5 EUR/kW/month}, {rate: 2 EUR/kW/month}]"
    try both(charge(tiers), cost: (15 + 10 * 5 + 15 * 2) * share)
    try both(charge("rate: 3.1 EUR/kW/month, highest_days: 3"), cost: 3.1 * 30 * share)
    let steps = "highest_days: 3, steps: [{up_to: 30 kW, fee: 31 EUR/month}, {fee: 62 EUR/month}]"
    // A mean equal to an edge belongs to the step above.
    try both(charge(steps), cost: 62 * share)
    try both(charge(steps, [10, 20, 29.9, 40]), cost: 31 * share)
    try both(
      charge("monthly_rate: {values: [7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], unit: EUR/kW/month}"), cost: 280 * share)
  }

  @Test func `coincident hours, the year's highest, and sale beside purchase`() throws {
    let load = Array(repeating: "10", count: 5) + ["20"] + Array(repeating: "10", count: 42)
    let share = 48.0 / 8760
    func charge(_ words: String) -> String {
      Self.text(
        "buy: 0 EUR/kWh, demand_charge: {\(words)}", load: "{values: [\(load.joined(separator: ", "))], unit: kW}")
    }
    try both(charge("rate: 37 EUR/kW/y, at: [\"2027-01-01 05:00\", \"2027-01-02 05:00\"]"), cost: 37 * 20 * share)
    try both(charge("rate: 37 EUR/kW/y, at: [\"2027-01-02 05:00\"]"), cost: 37 * 10 * share)
    try both(charge("rate: 50 EUR/kW/y"), cost: 50 * 20 * share)
    try both(charge("rate: 50 EUR/kW/y, months: [7]"), cost: 0)
    let sun = (0..<48).map { $0 < 6 ? "1" : "0" }.joined(separator: ", ")
    for (on, power) in [("purchase", 10.0), ("sale", 30), ("both", 30)] {
      try both(
        Self.text(
          "buy: 0.1 EUR/kWh, sell: 0.01 EUR/kWh, limit: {buy: 99 kW, sell: 99 kW}, demand_charge: {rate: 0.031 EUR/kW/month, on: \(on)}",
          more:
            "components: {pv: {kind: source, bus: ac, class: S.sun, availability: {values: [\(sun)]}, capacity: {fixed: 40 kW}, must_take: true}}"
        ), cost: 42 * 10 * 0.1 - 6 * 30 * 0.01 + 0.031 * power * 2 / 31, "\(on)")
    }
  }

  // MARK: Months

  @Test func `fixed charges per day and month, least bills`() throws {
    let turn = "horizon: {start: 2027-01-31, length: 48 h}"
    try both(
      Self.text("buy: 0 EUR/kWh, fixed_charge: [31 EUR/month, 2 EUR/d]", horizon: turn), cost: 1 + 31.0 / 28 + 4)
    try both(
      Self.text("buy: 0.02 EUR/kWh, minimum_charge: 310 EUR/month", horizon: turn), cost: 10 + 310.0 / 28)
    // January reaches its 10 by energy and fixed charge, February needs its least bill.
    try both(
      Self.text("buy: 0.04 EUR/kWh, fixed_charge: 31 EUR/month, minimum_charge: 310 EUR/month", horizon: turn),
      cost: 9.6 + 1 + 310.0 / 28)
  }

  @Test func `net metering over months and the year`() throws {
    func net(_ words: String, sunny days: Int = 1) -> String {
      let sun = (0..<48).map { $0 % 24 < 12 && $0 / 24 < days ? "1" : "0" }.joined(separator: ", ")
      return Self.text(
        "buy: 0.2 EUR/kWh, sell: 0.05 EUR/kWh, limit: {buy: 99 kW, sell: 99 kW}, net_metering: {\(words)}",
        horizon: "horizon: {start: 2027-01-31, length: 48 h}",
        more:
          "components: {pv: {kind: source, bus: ac, class: S.sun, availability: {values: [\(sun)]}, capacity: {fixed: 30 kW}, must_take: true}}"
      )
    }
    // January sells 240 kWh and buys 120, February buys 240.
    try both(net("period: month"), cost: -120 * 0.05 + 240 * 0.2)
    try both(net("period: month, surplus: lost"), cost: 240 * 0.2)
    try both(net("period: month, surplus: carried, true_up: 0.01 EUR/kWh"), cost: 120 * 0.2)
    try both(net("period: year, true_up: 0.01 EUR/kWh"), cost: 120 * 0.2)
    try both(net("period: month, surplus: carried, true_up: 0.01 EUR/kWh", sunny: 2), cost: -240 * 0.01)
    try both(net("period: year, true_up: 0.01 EUR/kWh", sunny: 2), cost: -240 * 0.01)
    // A year of set-off that ends in January begins in February: its surplus is settled a month later.
    try both(
      net("period: month, surplus: carried, true_up: 0.01 EUR/kWh, last_month: january"), cost: 240 * 0.2 - 120 * 0.01)
  }

  @Test func `escalation and a carbon price on purchase lie beside the bill`() throws {
    let text = Self.text(
      "buy: {bands: {all: {price: 0.1 EUR/kWh, hours: rest}}, escalation: 3 %/y}, emission: 0.5 kg/kWh, demand_charge: {rate: {value: 31 EUR/kW/month, escalation: 2 %/y}}",
      more: ""
    )
    .replacing("real_discount_rate: 0 %", with: "real_discount_rate: 5 %, carbon_price: 100 EUR/t")
    let growth = { (rate: Double) in levelisationFactor(escalation: rate, rate: 0.05, years: 20) }
    let expected = 480 * 0.1 * growth(0.03) + 10 * 2 * growth(0.02) + 480 * 0.05
    for read in [try Self.planned(text), try Self.ruled(text)] {
      #expect(abs(read.cost - expected) < 1e-6 * expected)
      // The bill is that of the first year and holds no carbon cost; its purchases are a solver's, to 1e-9 of their size.
      #expect(abs(read.bill.total - (48 + 20)) < 1e-7)
      #expect(abs(try #require(read.bill.difference)) < 1e-9)
    }
  }

  // MARK: Two readings

  /// What a reader might get wrong of a tariff, each planted into what plans and rules work with.
  private static let slips: [(name: String, slip: @Sendable (inout Market) -> Void)] = [
    ("price", { $0.buy?.price = PathSeries(0.11) }),
    ("band of an hour", { $0.buy?.price.values[42] = 0.3 }),
    ("sale", { $0.sell?.price = PathSeries(0.04) }),
    ("rate", { $0.demandCharges[0].terms.rates = [9] }),
    ("minimum", { $0.demandCharges[0].terms.minimum = 0 }),
    ("interval", { $0.demandCharges[0].terms.interval = nil }),
    ("months", { $0.demandCharges[0].terms.months = [2] }),
    ("hours", { $0.demandCharges[0].steps = nil }),
    ("fixed charge", { $0.fixedChargePerMonth = 0 }),
  ]

  @Test("a plan that mis-prices is caught by its bill", arguments: slips.indices)
  func planted(_ i: Int) throws {
    let sun = (0..<48).map { $0 % 24 < 6 ? "1" : "0" }.joined(separator: ", ")
    var project = try TemporaryText.project(
      Self.text(
        "buy: {bands: {day: {price: 0.3 EUR/kWh, hours: [\"06:00-18:00\"]}, low: {price: 0.1 EUR/kWh, hours: rest}}}, sell: 0.05 EUR/kWh, limit: {buy: 99 kW, sell: 99 kW}, fixed_charge: 9 EUR/month, demand_charge: {rate: 31 EUR/kW/month, minimum: 13 kW, interval: 2 h, months: [1], hours: [\"08:00-20:00\"]}",
        load: "{values: [\((0..<48).map { [20: "40", 8: "14"][$0] ?? "10" }.joined(separator: ", "))], unit: kW}",
        more:
          "components: {pv: {kind: source, bus: ac, class: S.sun, availability: {values: [\(sun)]}, capacity: {fixed: 30 kW}, must_take: true}}"
      ))
    var options = SimulateOptions()
    options.strategy = .selfConsumption
    let right = try Self.read(SimulateStudy.run(project: project, options: options, solver: nil))
    #expect(abs(try #require(right.bill.difference)) < 1e-12)
    #expect(!right.accounts.warnings.contains { $0.message.contains("by the words of its tariff") })
    Self.slips[i].slip(&project.markets[0])
    for wrong in [
      try Self.read(PlanStudy.run(project: project, solver: Structured())),
      try Self.read(SimulateStudy.run(project: project, options: options, solver: nil)),
    ] {
      #expect(abs(try #require(wrong.bill.difference)) > 1e-6, "\(Self.slips[i].name)")
      let told = wrong.accounts.warnings.first { $0.message.contains("by the words of its tariff") }
      #expect(told != nil, "\(Self.slips[i].name)")
    }
  }
}
