import Testing
import TulouShares

/// Numbers of the share model that a hand can count.
@Suite struct ShareNumberTests {
  /// A day with electricity alone: 1 MW, and 3 MW at noon.
  private func day() -> ShareSeason {
    let none = ShareDemand(hours: [Double](repeating: 0, count: 24))
    var hours = [Double](repeating: 1, count: 24)
    hours[12] = 3
    return ShareSeason(
      name: "day", days: 365, ambient: 10, demands: [ShareDemand(hours: hours), none, none, none], sunHours: 4,
      collectorHours: 4, troughHours: 4)
  }

  private func design(_ values: [ShareVariable: Double]) -> [Double] {
    ShareVariable.allCases.map { values[$0] ?? 0 }
  }

  @Test func aBatteryGivesNoMoreThanItsPower() {
    let model = ShareModel(day())
    // Steady wind of 1 MW; at noon 2 MW lack, of which 1 MW comes from a battery that holds 5 MWh.
    let found = model.figures(design([.wind: 24.0 / 26, .batteryPower: 1, .batteryEnergy: 10]))
    #expect(abs(found.lossHours - 1.0 / 24) < 1e-12 && abs(found.lossEnergy - 1.0 / 26) < 1e-12)
    let strong = model.figures(design([.wind: 24.0 / 26, .batteryPower: 2, .batteryEnergy: 10]))
    #expect(strong.lossHours == 0)
  }

  @Test func aSubsidyOfStoragesIsTakenOffTheirCost() {
    let plain = ShareAssumptions()
    var helped = plain
    let isSet = helped.set("storage.subsidy", 0.01, source: "a test")
    let y = design([.grid: 1, .batteryEnergy: 1])
    let without = ShareModel(day(), assumptions: plain).figures(y).cost
    let with = ShareModel(day(), assumptions: helped).figures(y).cost
    // 0.01 EUR for each kWh that passes, on the cycles of a year, for 26 MWh a day.
    #expect(isSet && abs((without - with) - 0.01 * plain["storage.cycles"] / 365 / 26) < 1e-12)
  }

  @Test func wasteHeatServesAndPowerOfTheGridGrowsDearer() {
    let none = ShareDemand(hours: [Double](repeating: 0, count: 24)),
      one = ShareDemand(hours: [Double](repeating: 1, count: 24))
    let season = ShareSeason(
      name: "day", days: 365, ambient: 10, demands: [one, one, none, none], sunHours: 4, collectorHours: 4,
      troughHours: 4)
    let served = ShareModel(season).figures(design([.biomassPower: 1, .wasteToHeating: 1]))
    #expect(served.wasteHeat > 0 && abs(served.reached[1] - served.wasteHeat / 24) < 1e-12)
    // The mean of 25 years' worth of the price, the first a year from now.
    let plain = ShareAssumptions(), ratio = ShareCosts.ratio(escalation: 0.043, discount: 0.03)
    var power = 1.0, sum = 0.0
    for _ in 0..<25 {
      power *= ratio
      sum += power
    }
    let bought = ShareModel(day()).figures(design([.grid: 1])).cost
    #expect(abs(bought - plain["price.electricity"] * sum / 25) < 1e-12)
  }
}
