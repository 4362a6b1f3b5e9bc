import Testing
import TulouAccounts

@Suite("One design against another") struct InvestmentComparisonTests {
  private func rows(_ capital: Double, yearly: Double, years: Int) -> [CashFlowRow] {
    var rows = [
      CashFlowRow(id: "a", member: "", kind: .capital, time: 0, year: 0, amount: capital, discounted: capital)
    ]
    var worth = 1.0
    for year in 1...years {
      worth /= 1.05
      rows.append(
        CashFlowRow(
          id: "a", member: "", kind: .operation, time: Double(year), year: year, amount: yearly,
          discounted: yearly * worth))
    }
    return rows
  }

  @Test("500 more at the start that save 100 a year for ten years") func hand() throws {
    let found = InvestmentComparison(
      base: rows(200, yearly: 150, years: 10), design: rows(700, yearly: 50, years: 10), years: 10)
    #expect(found.extraCapital == 500)
    // sum 1.05^-k, k = 1...10, is 7.721735.
    #expect(abs(found.presentWorth - (100 * 7.721734929 - 500)) < 1e-5)
    // The rate at which 100 a year for ten years are worth 500: 15.0984 %.
    #expect(abs((found.internalRate ?? 0) - 0.150984) < 1e-6)
    #expect(abs((found.paybackSimple ?? 0) - 5) < 1e-12)
    #expect(abs((found.paybackDiscounted ?? 0) - 5.898564) < 1e-5)
    #expect(abs((found.returnOnInvestment ?? 0) - 0.1) < 1e-12)
    #expect(found.savings.count == 11 && found.savings[0] == -500 && found.savings[10] == 100)
  }

  @Test("without extra capital there is no return and no payback; turned round the worth turns its sign")
  func turned() throws {
    let cheap = rows(200, yearly: 150, years: 10), dear = rows(700, yearly: 50, years: 10)
    let back = InvestmentComparison(base: dear, design: cheap, years: 10)
    #expect(back.returnOnInvestment == nil && back.paybackSimple == nil)
    let forth = InvestmentComparison(base: cheap, design: dear, years: 10)
    #expect(abs(back.presentWorth + forth.presentWorth) < 1e-9)
    #expect(InvestmentComparison(base: cheap, design: cheap, years: 10).internalRate == nil)
  }
}
