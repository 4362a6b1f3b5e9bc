import Testing
import TulouAccounts
import TulouProject

/// Every limit is compared with an indicator that the accounts declare, in a unit of the same kind.
@Suite("Indicators of limits") struct IndicatorOfLimitTests {
  @Test("the indicator is declared, in a unit of the limit's kind", arguments: LimitKey.all)
  func declared(key: LimitKey) throws {
    let declaration = try #require(IndicatorDeclaration.of(key.indicator), "\(key)")
    let units = ["kg/y": key.perIndicator == 1000 ? "t/y" : "kg/y", "money": "$"]
    #expect(declaration.unit == units[key.quantity.unit] ?? key.quantity.unit)
  }
}
