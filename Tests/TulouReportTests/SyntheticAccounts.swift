import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension SyntheticPlan {
  /// Accounts written down, not computed: what the sections show of each kind at least once.
  static func accounts(_ project: Project, _ plan: Plan) -> Accounts {
    var accounts = Accounts()
    accounts.currency = "USD"
    let given: [String: Double] = [
      "net_present_cost": 4_388_600, "annual_cost": 352_151.47, "cost_of_energy_served": 0.1164, "capital": 1_830_000,
      "renewable_fraction": 0.8312, "co2": 412.3, "co2_business_as_usual": 1_680, "co2_reduction": 0.7546,
      "autonomy": 0.862, "unserved_energy": 0.0004, "irr": 0.093, "payback_simple": 9.4,
    ]
    accounts.indicators = IndicatorDeclaration.all.map { $0.with(given[$0.key], currency: "USD") }
    let months = (1...12).map { "2025-" + ($0 < 10 ? "0\($0)" : "\($0)") }
    func monthly(_ series: [Double]?) -> [Double] {
      var sums = [Double](repeating: 0, count: 12)
      for (t, value) in (series ?? []).enumerated() { sums[project.horizon.moment(t).date.month - 1] += value }
      return sums
    }
    for (id, role, kind, name) in [
      ("pv", Label.Role.production, "source", EnergyClass.sun), ("wind", .production, "source", .wind),
      ("grid", .purchase, "market", .outside),
    ] {
      let sums = monthly(plan.total(id, role))
      accounts.sources.append(
        SourceEnergy(
          id: id, carrier: "electricity", energyClass: name, kind: kind, yearly: sums.reduce(0, +), monthly: sums,
          months: months, curtailed: id == "pv" ? 41_000 : 0))
    }
    accounts.costs = [
      CostLine(id: "pv", member: "", kind: .capital, annual: 57_800, present: 720_000),
      CostLine(id: "pv", member: "", kind: .salvage, annual: -4_300, present: -54_000),
      CostLine(id: "pv", member: "", kind: .operation, annual: 10_800, present: 134_600),
      CostLine(id: "wind", member: "", kind: .capital, annual: 52_200, present: 650_000),
      CostLine(id: "wind", member: "", kind: .operation, annual: 15_000, present: 187_000),
      CostLine(id: "battery", member: "", kind: .capital, annual: 30_500, present: 380_000),
      CostLine(id: "battery", member: "", kind: .replacement, annual: 17_000, present: 211_600),
      CostLine(id: "grid", member: "", kind: .purchase, annual: 121_000, present: 1_508_000),
      CostLine(id: "grid", member: "", kind: .sale, annual: -31_000, present: -386_300),
      CostLine(id: "grid", member: "", kind: .carbon, annual: 24_700, present: 307_800),
    ]
    for line in accounts.costs where line.kind == .capital {
      accounts.cashFlow.append(
        CashFlowRow(
          id: line.id, member: "", kind: .capital, time: 0, year: 0, amount: line.present, discounted: line.present))
    }
    for year in 1...20 {
      for (id, kind, amount) in [
        ("pv", CostKind.operation, 10_800.0), ("wind", .operation, 15_000), ("grid", .purchase, 121_000),
        ("grid", .sale, -31_000),
      ] {
        var worth = 1.0
        for _ in 0..<year { worth /= 1.05 }
        accounts.cashFlow.append(
          CashFlowRow(
            id: id, member: "", kind: kind, time: Double(year), year: year, amount: amount, discounted: amount * worth))
      }
    }
    accounts.cashFlow.append(
      CashFlowRow(
        id: "battery", member: "", kind: .replacement, time: 12, year: 12, amount: 380_000, discounted: 211_600))
    accounts.balance = balance(months: months, accounts.sources)
    accounts.carbon.fossil = 412_300
    accounts.carbon.businessAsUsual = 1_680_000
    accounts.carbon.lines = [
      CarbonLine(
        id: "grid", kind: .grid, carrier: "electricity", scope: 2, energy: 749_600, firstYear: 412_300, amount: 412_300)
    ]
    accounts.land.uses = [LandUse(id: "pv", capacity: 900, unit: "kW", area: 13_500)]
    accounts.land.total = 13_500
    var works = MemberAccount(id: "works", name: "Works & Co", kind: "sme")
    works.costAlone = 121_000
    works.costInCluster = 98_000
    works.ownCost = 61_000
    works.commonsCost = 37_000
    works.benefit = 23_000
    works.served = [ClassEnergy("electricity", 700_000)]
    accounts.members = [works, MemberAccount(id: "", name: "", kind: "commons")]
    accounts.reliability.unserved = 1_200
    accounts.reliability.lossOfPowerSupplyEnergy = 0.0004
    accounts.reliability.worstEvent = UnservedEvent(
      start: 321, stamp: "2025-01-14T09", hours: 5, energy: 210, power: 80)
    accounts.reliability.tiers = [TierReliability(demand: "homes", tier: "normal", wanted: 2_300_000, unserved: 1_200)]
    accounts.reference = ReferenceAccount()
    accounts.reference?.annualCost = 480_000
    accounts.reference?.savings = [-1_750_000] + [Double](repeating: 190_000, count: 20)
    var bill = Bill(market: "grid")
    bill.months = months.map { BillMonth(month: $0, share: 1) }
    for i in bill.months.indices {
      bill.months[i].bought = 60_000
      bill.months[i].energyCharge = 9_000
      bill.months[i].peak = 400
    }
    bill.total = 108_000
    bill.believed = 108_000
    accounts.bills = [bill]
    return accounts
  }

  private static func balance(months: [String], _ sources: [SourceEnergy]) -> ClusterBalance {
    var balance = ClusterBalance()
    func sums(_ name: String, _ energy: (SourceEnergy) -> Double) -> BalanceSums {
      var sums = BalanceSums(period: name)
      sums.entries = sources.compactMap { source in
        source.energyClass.map { EnteredEnergy($0, energy(source)) }
      }
      sums.served = sources.reduce(0) { $0 + energy($1) } * 0.92
      sums.losses = sums.served * 0.02
      sums.sold = sums.served / 0.92 - sums.served - sums.losses
      sums.autonomy = 0.86
      return sums
    }
    balance.all.classes = sources.compactMap(\.energyClass)
    balance.all.monthly = months.indices.map { i in sums(months[i]) { $0.monthly[i] } }
    balance.all.yearly = sums("year") { $0.yearly }
    balance.residual = 2e-9
    return balance
  }
}
