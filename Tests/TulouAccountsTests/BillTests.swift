import Testing
import TulouAccounts
import TulouQuantities
import TulouTechnologies

/// Bills in closed form. Source of most cases: NREL/REopt.jl test/runtests.jl, commit 029db01 (Apache-2.0).
@Suite struct BillTests {
  private func bill(
    year: Int = 2022, _ bought: [Double], sold: [Double]? = nil, _ rules: BillRules
  ) -> Bill {
    BillCalculator(horizon: .year(year)).bill(
      market: "grid", rules: rules, bought: bought, sold: sold ?? [Double](repeating: 0, count: bought.count))
  }
  private func flat(_ power: Double) -> [Double] { [Double](repeating: power, count: 8760) }
  private func energy(_ price: Double) -> BillRules { BillRules(buy: .init(price: PathSeries(price))) }

  @Test func `flat load pays energy and demand (REopt flat bill)`() {
    var rules = energy(0.1)
    rules.demands = [.init(rates: [10])]
    let bill = bill(flat(10_000 / 8760), rules)
    #expect(abs(bill.energyCharge - 1000) < 0.005)
    #expect(abs(bill.demandCharge - 136.99) < 0.005)
  }

  @Test func `tiers of demand and of energy (REopt tiered rates)`() {
    var rules = energy(0)
    rules.demands = [.init(rates: [])]
    rules.demands[0].tiers = [.init(upTo: 50, price: 0), .init(upTo: nil, price: 12)]
    rules.buy?.tiers = [.init(upTo: 40_000, price: 0.10), .init(upTo: nil, price: 0.12)]
    let bill = bill(flat(1_000_000 / 8760), rules)
    #expect(abs(bill.demandCharge - 9_238.36) < 0.005)
    #expect(abs(bill.energyCharge - 110_400) < 1e-6)
    #expect(abs(bill.months[1].boughtByTier[0] - 40_000) < 1e-9)
  }

  @Test func `rates of a month sum up to its bill: bands, tiers, net metering`() {
    var load = flat(5), sun = flat(0)
    for t in load.indices where (8..<16).contains(t % 24) {
      load[t] = 0
      sun[t] = 7
    }
    var rules = BillRules(buy: .init(price: PathSeries(0.1)), sell: .init(price: PathSeries(0.05)))
    rules.buy?.bands = ["night", "day"]
    let bands = (0..<8760).map { UInt8($0 % 24 < 6 ? 0 : 1) }
    rules.buy?.bandOfStep = bands
    rules.buy?.price = PathSeries(bands.map { $0 == 0 ? 0.1 : 0.3 })
    func agrees(_ bill: Bill, names: [String]) {
      for month in bill.months {
        #expect(month.rates.map(\.name) == names)
        func sum(_ value: (BillRate) -> Double) -> Double { month.rates.reduce(0) { $0 + value($1) } }
        #expect(abs(sum(\.bought) - month.bought) < 1e-6 && abs(sum(\.sold) - month.sold) < 1e-6)
        #expect(abs(sum(\.energyCharge) - month.energyCharge) < 1e-6)
        #expect(abs(sum(\.saleIncome) - month.saleIncome) < 1e-6)
      }
    }
    let banded = bill(load, sold: sun, rules)
    agrees(banded, names: ["night", "day", "all"])
    let january = banded.months[0].rates
    #expect(abs(january[0].bought - 31 * 6 * 5) < 1e-9 && abs(january[0].energyCharge - 31 * 6 * 5 * 0.1) < 1e-9)
    #expect(abs(january[1].energyCharge - 31 * 10 * 5 * 0.3) < 1e-9 && abs(january[2].sold - 31 * 8 * 7) < 1e-9)
    rules.netting = .monthly
    agrees(bill(load, sold: sun, rules), names: ["night", "day", "all"])
    rules.netting = .none
    rules.buy?.tiers = [.init(upTo: 1000, price: 0.1), .init(upTo: nil, price: 0.2)]
    agrees(bill(load, sold: sun, rules), names: ["tier 1", "tier 2", "all"])
  }

  @Test func `ratchet on the highest month (REopt lookback 35 %)`() {
    var load = flat(1)
    load[5] = 100
    var rules = energy(0)
    let cold = 10.5, warm = 11.5
    rules.demands = [
      .init(rates: [cold, cold, cold, warm, warm, warm, warm, warm, warm, cold, cold, cold])
    ]
    rules.demands[0].ratchet = 0.35
    #expect(abs(bill(load, rules).demandCharge - 5_302.5) < 1e-6)
  }

  @Test func `ratchet on some months and on the months before (REopt lookback months, range)`() {
    var load = flat(100)
    for (step, power) in [(22, 200.0), (2403, 400), (4088, 500), (8333, 300)] { load[step - 1] = power }
    var rules = energy(0)
    rules.demands = [.init(rates: [10, 10, 20, 50, 20, 10, 20, 20, 20, 20, 20, 5])]
    rules.demands[0].ratchet = 0.75
    rules.demands[0].lookback = .months([1, 4, 12])
    let named = bill(load, rules)
    #expect(abs(named.demandCharge - 74_500) < 1e-6)
    #expect(named.months.map { $0.billedPeaks[0] } == [300, 300, 300, 400, 300, 500, 300, 300, 300, 300, 300, 300])
    rules.demands[0].lookback = .previous(6)
    let range = bill(load, rules)
    #expect(abs(range.demandCharge - 79_375) < 1e-6)
    #expect(range.months.map { $0.billedPeaks[0] } == [225, 225, 225, 400, 300, 500, 375, 375, 375, 375, 375, 375])
  }

  @Test func `coincident peaks count in their steps only (REopt coincident peak)`() {
    func peak(_ rate: Double, _ steps: [Int]) -> BillRules.Demand {
      var demand = BillRules.Demand(rates: [rate])
      demand.once = true
      demand.steps = (1...8760).map { steps.contains($0) }
      return demand
    }
    var rules = energy(1)
    rules.demands = [peak(10, [1, 2, 100]), peak(5, [6000, 7000])]
    #expect(abs(bill(flat(1), rules).demandCharge - 15) < 1e-8)
  }

  @Test func `a whole bill to life-cycle cost (REopt tiered rates, after tax)`() {
    var rules = energy(0)
    rules.buy?.tiers = [.init(upTo: 74_400, price: 0.10), .init(upTo: nil, price: 0.05)]
    rules.demands = [.init(rates: [])]
    rules.demands[0].tiers = [.init(upTo: 100, price: 10), .init(upTo: nil, price: 5)]
    let year = bill(flat(100), rules).total
    // After-tax share 74 %, growth from the first year on, 25 years at 6.24 %.
    let factor = levelisationFactor(escalation: 0.0166, rate: 0.0624, years: 25) * 1.0166
    let cost = 0.74 * year * factor / capitalRecoveryFactor(rate: 0.0624, years: 25)
    #expect(abs(cost - 1_092_312.085) < 0.01)
    #expect(abs(cost - 1_092_312.443) < 1e-6 * cost)
  }

  @Test func `minimum, fixed charge and a cut month are in proportion (rule M4)`() {
    let horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2025, month: 1, day: 1), steps: 45 * 24)], stepHours: 1)
    var rules = energy(0.2)
    rules.sell = .init(price: PathSeries(0.05))
    rules.demands = [.init(rates: [10])]
    rules.demands[0].minimum = 30
    rules.fixedPerMonth = 100
    var bought = [Double](repeating: 20, count: 45 * 24)
    bought[31 * 24 + 3] = 50
    let bill = BillCalculator(horizon: horizon).bill(
      market: "grid", rules: rules, bought: bought, sold: [Double](repeating: 1, count: 45 * 24))
    #expect(bill.months.map(\.month) == ["2025-01", "2025-02"])
    #expect(abs(bill.months[1].share - 14.0 / 28) < 1e-12)
    #expect(abs(bill.demandCharge - (300 + 500 * 0.5)) < 1e-9)
    #expect(abs(bill.fixedCharge - 150) < 1e-9)
    #expect(abs(bill.saleIncome - 0.05 * 45 * 24) < 1e-9)
    #expect(abs(bill.total - (bill.energyCharge + 550 + 150 - bill.saleIncome)) < 1e-9)
  }

  @Test func `bands are told apart and tiers fill in the order of time`() {
    let horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2025, month: 3, day: 1), steps: 48)], stepHours: 1)
    let band = (0..<48).map { UInt8($0 % 24 < 8 ? 0 : 1) }
    var tariff = Market.Tariff(price: PathSeries(band.map { $0 == 0 ? 0.05 : 0.20 }))
    tariff.bands = ["valley", "flat"]
    tariff.bandOfStep = band
    let calculator = BillCalculator(horizon: horizon)
    let idle = [Double](repeating: 0, count: 48)
    let bands = calculator.bill(
      market: "g", rules: BillRules(buy: tariff), bought: [Double](repeating: 2, count: 48), sold: idle)
    #expect(bands.months[0].boughtByBand == [ClassEnergy("valley", 32), ClassEnergy("flat", 64)])
    #expect(abs(bands.energyCharge - (32 * 0.05 + 64 * 0.2)) < 1e-12)
    var tiered = Market.Tariff(price: PathSeries(0.3))
    tiered.tiers = [.init(upTo: 10, price: 0.1), .init(upTo: nil, price: 0.3)]
    let tiers = calculator.bill(
      market: "g", rules: BillRules(buy: tiered), bought: [Double](repeating: 4, count: 48), sold: idle)
    #expect(abs(tiers.hourlyBuyPrice[0] - 0.1) < 1e-12)
    #expect(abs(tiers.hourlyBuyPrice[2] - (2 * 0.1 + 2 * 0.3) / 4) < 1e-12)
    #expect(abs(tiers.energyCharge - (1 + 182 * 0.3)) < 1e-9)
  }

  @Test func `monthly net metering pays only the month's surplus or shortfall`() {
    let horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2025, month: 4, day: 1), steps: 720)], stepHours: 1)
    var rules = energy(0.2)
    rules.sell = .init(price: PathSeries(0.05))
    rules.netting = .monthly
    let calculator = BillCalculator(horizon: horizon)
    let day = (0..<720).map { $0 % 24 < 12 ? 3.0 : 0 }, night = (0..<720).map { $0 % 24 < 12 ? 0.0 : 1 }
    #expect(abs(calculator.bill(market: "g", rules: rules, bought: day, sold: night).total - 0.2 * 720) < 1e-9)
    #expect(abs(calculator.bill(market: "g", rules: rules, bought: night, sold: day).total + 0.05 * 720) < 1e-9)
  }
}
