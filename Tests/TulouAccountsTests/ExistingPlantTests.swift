import Testing
import TulouAccounts
import TulouFinance
import TulouProject
import TulouTechnologies

@Suite("Plant that stands already") struct ExistingPlantTests {
  @Test func `existing plant is replaced at the rest of its life and its capital is sunk`() {
    var economy = Economy()
    economy.realDiscountRate = 0.05
    economy.lifetime = 20
    var size = Size(unit: "kW")
    size.existing = 10
    size.built = 2015
    size.cost.capital = 1000
    size.cost.replacement = 800
    size.cost.life = 15
    size.cost.operation = 3
    // Age 10: replaced at 5; the second life ends at 20, so nothing is left.
    let sunk = existingConstants(of: size, economy: economy, firstYear: 2025)
    #expect(abs(sunk.present / (8000 * presentWorth(rate: 0.05, time: 5)) - 1) <= 1e-12)
    #expect(abs(sunk.operation - 30) <= 1e-11)
  }

  @Test func `is as old in a later stage as it is by then`() {
    let factors = StageFactors(stageYears: [2027, 2033], Discounting(rate: 0, years: 20))
    var size = Size(unit: "kW")
    size.existing = 1
    size.built = 2030
    #expect(factors.age(of: size, firstYear: 2027, stage: 1) == 3)
    #expect(factors.age(of: size, firstYear: 2027, stage: 0) == 0)
  }
}
