import Testing
import TulouFinance

@Suite("Plant through the stages")
struct PlantLifeTests {
  private func cost(_ price: Double, life: Double) -> SizeCost {
    var cost = SizeCost()
    cost.capital = price
    cost.replacement = price
    cost.fixedReplacement = 0.4 * price
    cost.life = life
    return cost
  }

  @Test("of one stage is that of a project without stages", arguments: Salvage.allOfTest)
  func oneStage(_ salvage: Salvage) {
    let factors = StageFactors(stageYears: [2027], Discounting(rate: 0.05, years: 20, salvage: salvage))
    for life in [3.0, 7.5, 10, 20, 33] {
      for age in [0.0, 2, 7.5, 40] {
        let path = PlantLife(of: [cost(100, life: life)], from: 0, age: age, factors)
        let plain = Replacement(life: life, years: 20, age: age)
        #expect(path.replacements.map(\.time).elementsEqual(plain.times) { abs($0 - $1) < 1e-9 })
        let worth = path.all.reduce(0) { $0 + $1.present(rate: 0.05).perUnit }
        #expect(abs(worth - 100 * plain.netWorth(salvage, rate: 0.05, years: 20)) < 1e-9)
        // What is paid once, at replacements and as rest value, goes the same way.
        let fixed = path.all.reduce(0) { $0 + $1.present(rate: 0.05).fixed }
        #expect(abs(fixed - 0.4 * worth) < 1e-9)
      }
    }
  }

  @Test("What falls due in a later stage is replaced at its price and lasts its life")
  func laterPrice() {
    let factors = StageFactors(stageYears: [2027, 2033], Discounting(rate: 0, years: 20))
    let path = PlantLife(of: [cost(1500, life: 12), cost(900, life: 12)], from: 0, factors)
    #expect(path.replacements.map(\.perUnit) == [900] && path.replacements.map(\.stage) == [1])
    #expect(abs(path.salvage.perUnit + 300) < 1e-9)
    // As the second stage begins it is the second stage's; there a machine lasts five years: 6, 11, 16, one year left.
    let shorter = PlantLife(of: [cost(1500, life: 6), cost(900, life: 5)], from: 0, factors)
    #expect(shorter.replacements.map(\.time) == [6, 11, 16] && shorter.replacements.allSatisfy { $0.perUnit == 900 })
    #expect(abs(shorter.salvage.perUnit + 180) < 1e-9)
    // Never replaced: the rest value counts by the price of the stage that bought it.
    let longer = PlantLife(of: [cost(1500, life: 25), cost(900, life: 25)], from: 0, factors)
    #expect(longer.replacements.isEmpty && abs(longer.salvage.perUnit + 300) < 1e-9)
  }

  @Test("Plant that is older than its life is replaced at once")
  func overdue() {
    let factors = StageFactors(stageYears: [2027, 2033], Discounting(rate: 0, years: 20))
    let old = PlantLife(of: [cost(100, life: 8), cost(50, life: 8)], from: 0, age: 11, factors)
    #expect(old.replacements.map(\.time) == [0, 8, 16] && old.replacements.map(\.perUnit) == [100, 50, 50])
  }
}

extension Salvage {
  fileprivate static let allOfTest: [Salvage] = [.linear, .none, .annuity]
}
