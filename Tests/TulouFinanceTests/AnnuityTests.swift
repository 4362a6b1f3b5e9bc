import TestSupport
import Testing
import TulouFinance

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

private func close(_ a: Double, _ b: Double, _ relative: Double) -> Bool {
  abs(a - b) <= relative * max(1e-300, abs(b))
}

@Suite struct AnnuityTests {
  @Test func `capital recovery factor has the published values (R60)`() {
    #expect(abs(capitalRecoveryFactor(rate: 0.06, years: 25) - 0.0782267) < 5e-8)
    #expect(capitalRecoveryFactor(rate: 0, years: 25) == 0.04)
    #expect(abs(capitalRecoveryFactor(rate: 0.20, years: 25) - 0.2021) < 5e-5)
    // numpy-financial test suite: pmt(0.08/12, 60, 15000) = -304.145914, pv(0.07, 20, 12000) = -127128.17.
    #expect(abs(15000 * capitalRecoveryFactor(rate: 0.08 / 12, years: 60) - 304.145914) < 1e-5)
    #expect(abs(15000 * capitalRecoveryFactor(rate: 0, years: 60) - 250) < 1e-9)
    #expect(abs(12000 / capitalRecoveryFactor(rate: 0.07, years: 20) - 127_128.17) < 0.01)
    let payment = 15000 * capitalRecoveryFactor(rate: 0.08 / 12, years: 60)
    #expect(Measured.isWithin("numpy.payment", abs(payment - 304.145914)))
  }

  @Test func `real rate from nominal rate and inflation (R62)`() {
    #expect(realDiscountRate(nominal: 0.07, inflation: 0) == 0.07)
    #expect(close(realDiscountRate(nominal: 0.07, inflation: 0.02), 0.05 / 1.02, 1e-12))
  }

  @Test(arguments: [0.0, 0.03, 0.08], [1.0, 7.5, 20, 33.25])
  func `yearly payments are worth exactly one over the capital recovery factor`(rate: Double, years: Double) {
    let worth = yearlyPayments(rate: rate, years: years).reduce(0) {
      $0 + $1.weight * presentWorth(rate: rate, time: $1.time)
    }
    #expect(close(worth * capitalRecoveryFactor(rate: rate, years: years), 1, 1e-12))
  }

  @Test func `assets of the MVS benchmark are annualised as its authors did by hand (V2)`() {
    // multi-vector-simulator, tests/benchmark_test_inputs/Economic_KPI_C2_E2: 8 %, 20 years.
    let terms = Discounting(rate: 0.08, years: 20)
    func cost(_ capital: Double, life: Double, operation: Double) -> AnnualCost {
      var cost = SizeCost()
      cost.capital = capital
      cost.replacement = capital
      cost.life = life
      cost.operation = operation
      return annualCost(of: cost, terms)
    }
    #expect(close(cost(100, life: 30, operation: 5).presentPerUnit, 92.8483930865314, 1e-9))
    #expect(close(cost(100, life: 30, operation: 5).perUnit, 14.4568139215434, 1e-9))
    #expect(close(cost(500, life: 20, operation: 5).perUnit, 55.9261044115753, 1e-9))
    #expect(close(cost(500, life: 10, operation: 5).presentPerUnit, 731.596744042342, 1e-9))
    #expect(close(cost(500, life: 10, operation: 5).perUnit, 79.5147443485377, 1e-9))
    #expect(close(cost(200, life: 10, operation: 0).perUnit, 29.8058977394151, 1e-9))
    #expect(close(cost(300, life: 10, operation: 0).perUnit, 44.7088466091226, 1e-9))
    #expect(close(5 / capitalRecoveryFactor(rate: 0.08, years: 20), 49.0907370372465, 1e-9))
    for (ours, theirs) in [
      (cost(100, life: 30, operation: 5).perUnit, 14.4568139215434),
      (cost(500, life: 20, operation: 5).perUnit, 55.9261044115753),
      (cost(500, life: 10, operation: 5).perUnit, 79.5147443485377),
      (cost(300, life: 10, operation: 0).perUnit, 44.7088466091226),
    ] {
      #expect(Measured.isWithin("mvs.annuity", Measured.relative(ours, theirs)))
    }
  }

  @Test func `component costs of the HOMER manual (V1)`() {
    let terms = Discounting(rate: 0.06, years: 25)
    var generator = SizeCost()
    generator.capital = 96_000
    generator.replacement = 48_000
    generator.life = 3.52
    generator.operation = 2_471 + 34_969
    let npc = annualCost(of: generator, terms).perUnit / capitalRecoveryFactor(rate: 0.06, years: 25)
    #expect(close(npc, 725_240, 1e-4))
    #expect(Measured.isWithin("homer.generator", Measured.relative(npc, 725_240)))
    var turbine = SizeCost()
    turbine.capital = 165_000
    turbine.replacement = 95_000
    turbine.life = 20
    turbine.operation = 5_000
    let annual = annualCost(of: turbine, terms)
    #expect(abs(annual.perUnit - 18_925.94) < 0.005)
    #expect(Measured.isWithin("homer.turbine", abs(annual.perUnit - 18_925.94)))
    #expect(abs(annual.perUnit / capitalRecoveryFactor(rate: 0.06, years: 25) - 241_937.08) < 0.005)
    // Salvage example of the manual: 10,000, life 25, project 20 -> 2,000 left.
    let rest = Replacement(life: 25, years: 20)
    #expect(close(10_000 * rest.salvageShare(.linear, rate: 0.06), 2_000, 1e-12))
  }

  @Test func `annuity salvage makes every year bear the annuity of the machine's own life`() {
    let terms = Discounting(rate: 0.05, years: 20, salvage: .annuity)
    for life in [7.0, 12, 15.5, 20, 33] {
      var cost = SizeCost()
      cost.capital = 1
      cost.replacement = 1
      cost.life = life
      #expect(
        close(annualCost(of: cost, terms).perUnit, capitalRecoveryFactor(rate: 0.05, years: life), 1e-12))
    }
  }

  @Test func `plant that is older than its life is replaced at once`() {
    // Older than its life: earlier replacements are past.
    #expect(Replacement(life: 15, years: 20, age: 18).times == [0, 15])
    #expect(Replacement(life: 15, years: 20, age: 15).times == [0, 15])
    #expect(close(Replacement(life: 15, years: 20, age: 18).remaining, 10, 1e-12))
  }

  @Test func `growth is levelised by present worth and averaged plainly for carbon`() {
    let sum = (1...20).reduce(0.0) { $0 + pow(1.03, Double($1 - 1)) / pow(1.05, Double($1)) }
    let factor = levelisationFactor(escalation: 0.03, rate: 0.05, years: 20)
    #expect(close(factor, sum * capitalRecoveryFactor(rate: 0.05, years: 20), 1e-12))
    #expect(levelisationFactor(escalation: 0, rate: 0.05, years: 20) == 1)
    #expect(close(meanGrowth(escalation: -0.02, years: 3), (1 + 0.98 + 0.98 * 0.98) / 3, 1e-12))
    #expect(close(joint(0.03, -0.02), 1.03 * 0.98 - 1, 1e-12))
  }

  @Test func `one stage has the factors of a project without stages`() {
    let terms = Discounting(rate: 0.06, years: 25)
    var cost = SizeCost()
    cost.capital = 1000
    cost.replacement = 700
    cost.life = 9
    let factors = StageFactors(stageYears: [2027], terms)
    let recovery = capitalRecoveryFactor(rate: 0.06, years: 25)
    #expect(close(factors.worth[0], 1 / recovery, 1e-12))
    #expect(
      close(factors.present(of: [cost], stage: 0).perUnit, annualCost(of: cost, terms).presentPerUnit, 1e-12)
    )
    #expect(
      close(
        factors.levelisationFactor(escalation: 0.02, stage: 0),
        levelisationFactor(escalation: 0.02, rate: 0.06, years: 25), 1e-12))
  }

  @Test func `stages share the years among them and discount what they build to the start`() {
    let terms = Discounting(rate: 0.05, years: 20)
    let factors = StageFactors(stageYears: [2027, 2029, 2032], terms)
    #expect(close(factors.worth.reduce(0, +), 1 / capitalRecoveryFactor(rate: 0.05, years: 20), 1e-12))
    #expect(close(factors.worth[0], 1 / 1.05 + 1 / (1.05 * 1.05), 1e-12))
    #expect(factors.payments(stage: 1).map(\.year) == [3, 4, 5])
    var cost = SizeCost()
    cost.capital = 100
    cost.replacement = 100
    cost.life = 10
    // Built after 5 years: 15 left, one replacement at 10, half a life left at the end.
    let expected = pow(1.05, -5.0) * (100 + 100 * pow(1.05, -10) - 50 * pow(1.05, -15))
    #expect(close(factors.present(of: [cost, cost, cost], stage: 2).perUnit, expected, 1e-12))
  }
}
