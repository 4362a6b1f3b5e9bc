import Testing
import TulouTechnologies

@Suite struct ExergyTests {
  @Test func carnotFactorsOfHotWater() {
    // Dali in January, October, July.
    for (ambient, factor) in [(8.2, 0.143), (15.4, 0.121), (19.9, 0.107)] {
      #expect(abs(Exergy.heat(supply: 55, return: 55, ambient: ambient) - factor) < 5e-4)
    }
  }

  @Test func heatOfTheSurroundingsIsWorthNothing() {
    #expect(Exergy.heat(supply: 20, return: 20, ambient: 20) == 0)
    #expect(Exergy.heat(supply: 10, return: 5, ambient: 20) < 0)
    #expect(Exergy.cold(supply: 7, return: 12, ambient: 35) > 0)
    #expect(Exergy.cold(supply: 16, return: 20, ambient: 5) < 0)
  }

  @Test func loopsThatNearlyComeBackAsTheyWentLoseNoDigits() {
    let limit = Exergy.heat(supply: 60, return: 60, ambient: 20)
    #expect(abs(limit - 40 / 333.15) < 1e-15)
    #expect(abs(Exergy.heat(supply: 60.0000000001, return: 60, ambient: 20) - limit) < 1e-12)
  }

  @Test func windAndFuel() {
    #expect(abs(Exergy.wind(density: 1.225, area: 5027, speed: 8) - 1434.585152) < 1e-9)
    #expect(abs(Exergy.fuel(amount: 100, heatingValue: 10, factor: 1.04) - 1040) < 1e-12)
  }
}
