import Testing
import TulouDocument
import TulouProject
import TulouQuantities
import TulouTechnologies

/// One declaration of a limit gives its keys, its words and the number that it is compared with.
@Suite("Declarations of limits") struct LimitKeyTests {
  @Test("each has its keys in schema and reference, and a name of its own", arguments: LimitKey.all)
  func tables(key: LimitKey) throws {
    #expect(LimitKey.all.count { $0 == key } == 1)
    let limits = try #require(Format.tables.first { $0.name == "limits" })
    let pollutants = try #require(Format.tables.first { $0.name == "pollutant limits" })
    let isPollutant = key.name.contains(".")
    let name = key.name.split(separator: ".").last.map(String.init) ?? key.name
    let field = try #require((isPollutant ? pollutants : limits).fields.first { $0.name == name })
    guard case .table(let table) = field.shape else {
      Issue.record("\(field)")
      return
    }
    let keys = try #require(Format.tables.first { $0.name == table }).fields.map(\.name)
    #expect(keys.first == key.sense.rawValue && keys.contains("penalty") == key.isLinear)
    #expect(keys.contains("of") == (key == .renewableFraction))
  }

  @Test("what a limit allows, on either side")
  func allows() {
    #expect(
      LimitKey.co2.allows(100.00001, limit: 100, tolerance: 1e-6)
        && !LimitKey.co2.allows(101, limit: 100, tolerance: 1e-6))
    #expect(LimitKey.renewableFraction.allows(0.6, limit: 0.5, tolerance: 0))
    #expect(!LimitKey.renewableFraction.allows(0.49, limit: 0.5, tolerance: 1e-6))
  }

  @Test("scopes look at what is used as it is")
  func scopes() {
    #expect(EnergyScope.electricity.contains(.electricity) && !EnergyScope.electricity.contains(.heat))
    #expect(EnergyScope.heat.contains(.cold) && !EnergyScope.heat.contains(.electricity))
    #expect(EnergyScope.all.contains(.heat) && !EnergyScope.all.contains(.hydrogen) && !EnergyScope.all.contains(.fuel))
  }
}
