import TestSupport
import Testing
import TulouAccounts
import TulouFinance
import TulouQuantities
import TulouTechnologies

/// Bills in closed form. Source of most cases: NREL/REopt.jl test/runtests.jl, commit 029db01 (Apache-2.0).
@Suite struct BillTests {
  private func bill(year: Int = 2022, _ bought: [Double], sold: [Double]? = nil, _ tariff: Tariff) -> Bill {
    BillCalculator(horizon: .year(year)).bill(
      market: "grid", tariff: tariff, bought: bought, sold: sold ?? [Double](repeating: 0, count: bought.count))
  }
  private func flat(_ power: Double) -> [Double] { [Double](repeating: power, count: 8760) }
  private func energy(_ price: Double) -> Tariff {
    var tariff = Tariff()
    tariff.buy = EnergyPrice(.constant(price))
    return tariff
  }

  @Test func `flat load pays energy and demand (REopt flat bill)`() {
    var tariff = energy(0.1)
    tariff.demandCharges = [.init(PeakTerms(rate: 10))]
    let bill = bill(flat(10_000 / 8760), tariff)
    #expect(abs(bill.energyCharge - 1000) < 0.005)
    #expect(abs(bill.demandCharge - 136.99) < 0.005)
    #expect(Measured.isWithin("reopt.bills", abs(bill.demandCharge - 136.99)))
  }

  @Test func `tiers of demand and of energy (REopt tiered rates)`() {
    var terms = PeakTerms(rates: [])
    terms.tiers = [.init(upTo: 50, rate: 0), .init(upTo: nil, rate: 12)]
    var tariff = Tariff()
    tariff.buy = EnergyPrice(.tiers([.init(upTo: 40_000, price: 0.10), .init(price: 0.12)]))
    tariff.demandCharges = [.init(terms)]
    let bill = bill(flat(1_000_000 / 8760), tariff)
    #expect(abs(bill.demandCharge - 9_238.36) < 0.005)
    #expect(Measured.isWithin("reopt.bills", abs(bill.demandCharge - 9_238.36)))
    #expect(abs(bill.energyCharge - 110_400) < 1e-6)
    #expect(abs(bill.months[1].boughtByTier[0] - 40_000) < 1e-9)
  }

  @Test func `rates of a month sum up to its bill: bands, tiers, net metering`() {
    var load = flat(5), sun = flat(0)
    for t in load.indices where (8..<16).contains(t % 24) {
      load[t] = 0
      sun[t] = 7
    }
    var night = CalendarWords(), day = CalendarWords()
    night.hours = [.init(from: 0, to: 360)]
    day.isRest = true
    var tariff = Tariff()
    tariff.buy = EnergyPrice(
      .bands([.init("night", night, tiers: [.init(price: 0.1)]), .init("day", day, tiers: [.init(price: 0.3)])]))
    tariff.sell = EnergyPrice(.constant(0.05))
    func agrees(_ bill: Bill, names: [String]) {
      for month in bill.months {
        #expect(month.rates.map(\.name) == names)
        func sum(_ value: (BillRate) -> Double) -> Double { month.rates.reduce(0) { $0 + value($1) } }
        #expect(abs(sum(\.bought) - month.bought) < 1e-6 && abs(sum(\.sold) - month.sold) < 1e-6)
        #expect(abs(sum(\.energyCharge) - month.energyCharge) < 1e-6)
        #expect(abs(sum(\.saleIncome) - month.saleIncome) < 1e-6)
      }
    }
    let banded = bill(load, sold: sun, tariff)
    agrees(banded, names: ["night", "day", "all"])
    let january = banded.months[0].rates
    #expect(abs(january[0].bought - 31 * 6 * 5) < 1e-9 && abs(january[0].energyCharge - 31 * 6 * 5 * 0.1) < 1e-9)
    #expect(abs(january[1].energyCharge - 31 * 10 * 5 * 0.3) < 1e-9 && abs(january[2].sold - 31 * 8 * 7) < 1e-9)
    tariff.netMetering = NetMetering(.month, surplus: .paid)
    agrees(bill(load, sold: sun, tariff), names: ["night", "day"])
    tariff.netMetering = nil
    tariff.buy = EnergyPrice(.tiers([.init(upTo: 1000, price: 0.1), .init(price: 0.2)]))
    agrees(bill(load, sold: sun, tariff), names: ["tier 1", "tier 2", "all"])
  }

  @Test func `ratchet on the highest month (REopt lookback 35 %)`() {
    var load = flat(1)
    load[5] = 100
    let cold = 10.5, warm = 11.5
    var terms = PeakTerms(rates: [cold, cold, cold, warm, warm, warm, warm, warm, warm, cold, cold, cold])
    terms.ratchet = 0.35
    var tariff = energy(0)
    tariff.demandCharges = [.init(terms)]
    #expect(abs(bill(load, tariff).demandCharge - 5_302.5) < 1e-6)
  }

  @Test func `ratchet on some months and on the months before (REopt lookback months, range)`() {
    var load = flat(100)
    for (step, power) in [(22, 200.0), (2403, 400), (4088, 500), (8333, 300)] { load[step - 1] = power }
    var terms = PeakTerms(rates: [10, 10, 20, 50, 20, 10, 20, 20, 20, 20, 20, 5])
    terms.ratchet = 0.75
    terms.ratchetMonths = [1, 4, 12]
    var tariff = energy(0)
    tariff.demandCharges = [.init(terms)]
    let named = bill(load, tariff)
    #expect(abs(named.demandCharge - 74_500) < 1e-6)
    #expect(Measured.isWithin("reopt.bills", abs(named.demandCharge - 74_500)))
    #expect(named.months.map { $0.billedPeaks[0] } == [300, 300, 300, 400, 300, 500, 300, 300, 300, 300, 300, 300])
    tariff.demandCharges[0].terms.ratchetMonths = nil
    tariff.demandCharges[0].terms.lookBack = 6
    let range = bill(load, tariff)
    #expect(abs(range.demandCharge - 79_375) < 1e-6)
    #expect(range.months.map { $0.billedPeaks[0] } == [225, 225, 225, 400, 300, 500, 375, 375, 375, 375, 375, 375])
  }

  @Test func `coincident peaks count in their steps only (REopt coincident peak)`() {
    func peak(_ rate: Double, _ steps: [Int]) -> Tariff.DemandCharge {
      var terms = PeakTerms(rate: rate)
      terms.period = .year
      var charge = Tariff.DemandCharge(terms)
      charge.at = steps.map { step in
        let moment = Horizon.year(2022).moment(step - 1)
        return CivilMoment(moment.date, minute: Int(moment.hour * 60))
      }
      return charge
    }
    var tariff = energy(1)
    tariff.demandCharges = [peak(10, [1, 2, 100]), peak(5, [6000, 7000])]
    var load = flat(1)
    // The own peak of the year lies in no step that counts.
    load[2000] = 9
    #expect(abs(bill(load, tariff).demandCharge - 15) < 1e-8)
  }

  @Test func `a whole bill to life-cycle cost (REopt tiered rates, after tax)`() {
    var terms = PeakTerms(rates: [])
    terms.tiers = [.init(upTo: 100, rate: 10), .init(upTo: nil, rate: 5)]
    var tariff = Tariff()
    tariff.buy = EnergyPrice(.tiers([.init(upTo: 74_400, price: 0.10), .init(price: 0.05)]))
    tariff.demandCharges = [.init(terms)]
    let year = bill(flat(100), tariff).total
    // After-tax share 74 %, growth from the first year on, 25 years at 6.24 %.
    let factor = levelisationFactor(escalation: 0.0166, rate: 0.0624, years: 25) * 1.0166
    let cost = 0.74 * year * factor / capitalRecoveryFactor(rate: 0.0624, years: 25)
    #expect(abs(cost - 1_092_312.085) < 0.01)
    #expect(abs(cost - 1_092_312.443) < 1e-6 * cost)
    #expect(Measured.isWithin("reopt.life", Measured.relative(cost, 1_092_312.443)))
  }

  @Test func `minimum, fixed charges and a cut month are in proportion (rules M4 and K12)`() {
    let horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2025, month: 1, day: 1), steps: 45 * 24)], stepHours: 1)
    var terms = PeakTerms(rate: 10)
    terms.minimum = 30
    var tariff = energy(0.2)
    tariff.sell = EnergyPrice(.constant(0.05))
    tariff.demandCharges = [.init(terms)]
    tariff.fixedCharges = [.init(100, per: .month), .init(2, per: .day)]
    var bought = [Double](repeating: 20, count: 45 * 24)
    bought[31 * 24 + 3] = 50
    let sold = [Double](repeating: 1, count: 45 * 24)
    let calculator = BillCalculator(horizon: horizon)
    let bill = calculator.bill(market: "grid", tariff: tariff, bought: bought, sold: sold)
    #expect(bill.months.map(\.month) == ["2025-01", "2025-02"])
    #expect(abs(bill.months[1].share - 14.0 / 28) < 1e-12)
    #expect(abs(bill.demandCharge - (300 + 500 * 0.5)) < 1e-9)
    #expect(abs(bill.fixedCharge - (150 + 45 * 2)) < 1e-9)
    #expect(abs(bill.saleIncome - 0.05 * 45 * 24) < 1e-9)
    #expect(abs(bill.total - (bill.energyCharge + 550 + 240 - bill.saleIncome)) < 1e-9)
    // February holds half its tiers: 6720 + 30 kWh bought in 14 days, of which 4000 / 2 at the first price.
    tariff.buy = EnergyPrice(.tiers([.init(upTo: 4000, price: 0.1), .init(price: 0.3)]))
    let tiered = calculator.bill(market: "grid", tariff: tariff, bought: bought, sold: sold)
    #expect(abs(tiered.months[0].energyCharge - (4000 * 0.1 + (31 * 480 - 4000) * 0.3)) < 1e-9)
    #expect(abs(tiered.months[1].energyCharge - (2000 * 0.1 + (6750 - 2000) * 0.3)) < 1e-9)
  }

  @Test func `bands are told apart and tiers fill in the order of time`() {
    let horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2025, month: 3, day: 1), steps: 31 * 24)], stepHours: 1)
    var valley = CalendarWords(), rest = CalendarWords()
    valley.hours = [.init(from: 0, to: 480)]
    rest.isRest = true
    var tariff = Tariff()
    tariff.buy = EnergyPrice(
      .bands([.init("valley", valley, tiers: [.init(price: 0.05)]), .init("flat", rest, tiers: [.init(price: 0.2)])]))
    let calculator = BillCalculator(horizon: horizon)
    let idle = [Double](repeating: 0, count: 744), two = [Double](repeating: 2, count: 744)
    let bands = calculator.bill(market: "g", tariff: tariff, bought: two, sold: idle)
    #expect(bands.months[0].boughtByBand == [ClassEnergy("valley", 496), ClassEnergy("flat", 992)])
    #expect(abs(bands.energyCharge - (496 * 0.05 + 992 * 0.2)) < 1e-9)
    tariff.buy = EnergyPrice(.tiers([.init(upTo: 10, price: 0.1), .init(price: 0.3)]))
    let tiers = calculator.bill(market: "g", tariff: tariff, bought: two.map { 2 * $0 }, sold: idle)
    #expect(abs(tiers.hourlyBuyPrice[0] - 0.1) < 1e-12)
    #expect(abs(tiers.hourlyBuyPrice[2] - (2 * 0.1 + 2 * 0.3) / 4) < 1e-12)
    #expect(abs(tiers.energyCharge - (1 + (2976 - 10) * 0.3)) < 1e-9)
  }

  @Test func `monthly net metering pays only the month's surplus or shortfall`() {
    let horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2025, month: 4, day: 1), steps: 720)], stepHours: 1)
    var tariff = energy(0.2)
    tariff.sell = EnergyPrice(.constant(0.05))
    tariff.netMetering = NetMetering(.month, surplus: .paid)
    let calculator = BillCalculator(horizon: horizon)
    let day = (0..<720).map { $0 % 24 < 12 ? 3.0 : 0 }, night = (0..<720).map { $0 % 24 < 12 ? 0.0 : 1 }
    #expect(abs(calculator.bill(market: "g", tariff: tariff, bought: day, sold: night).total - 0.2 * 720) < 1e-9)
    #expect(abs(calculator.bill(market: "g", tariff: tariff, bought: night, sold: day).total + 0.05 * 720) < 1e-9)
    tariff.netMetering = NetMetering(.month, surplus: .lost)
    #expect(calculator.bill(market: "g", tariff: tariff, bought: night, sold: day).total == 0)
  }
}
