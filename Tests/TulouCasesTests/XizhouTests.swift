import Testing
import Tulou
import TulouCases

/// The Xizhou study from its tables, without searches.
@Suite("Xizhou") struct XizhouTests {
  private static func rows() throws -> [String: ReproducedRow] {
    var settings = Cases.Settings(examples: "")
    settings.tablesOnly = true
    let report = try Cases.reproduce("xizhou", settings, solver: nil, version: "test")
    #expect(report.surprises.isEmpty, "\(report.surprises.prefix(5))")
    return Dictionary(uniqueKeysWithValues: report.rows.map { ($0.row.id, $0) })
  }

  @Test func whatIsKnownOfTheTables() throws {
    let rows = try Self.rows()
    func value(_ id: String) -> Double { rows[id]?.computed?.number ?? .nan }
    // R75: 84 of 101 sizes within 0.10 MW of the rule, 92 within 0.25 MW.
    #expect(value("size.count") == 101)
    #expect(value("size.within_0.10") == 84)
    #expect(value("size.within_0.25") == 92)
    // R76: share sums.
    let odd = rows.filter { $0.key.hasPrefix("sum.") && $0.value.verdict == .contradictsItself }.map(\.key).sorted()
    #expect(odd == ["sum.B.DHW.M", "sum.B.EL.S", "sum.C.DHW.M", "sum.C.DHW.S"])
    #expect(abs(value("sum.B.DHW.M") - 117) < 1e-9)
    // R40, R41.
    #expect(abs(value("balance.W") - 0.9) < 1e-4 && abs(value("balance.S") - 0.9809) < 1e-4)
    #expect(value("hours.pv.year") == 1450 && value("hours.sth.year") == 1950 && value("hours.pt.year") == 1627.5)
    // R42, R43.
    for (fleet, peak, energy) in [(200, 4.0, 23.6), (300, 6, 35.6), (400, 8, 47.6)] {
      #expect(abs(value("t8.added.\(fleet)") - peak) < 1e-9)
      #expect(abs(value("t8.energy.\(fleet)") - energy) < 1e-9)
    }
    #expect(abs(value("t8.energy_inclusive.300") - 44.7) < 1e-9)
    #expect(abs(value("t8.energy_inclusive.400") - 59.9) < 1e-9)
    #expect(abs(value("t8.energy_midday.300") - 41.6) < 1e-9)
    #expect(rows.filter { $0.key.hasSuffix(".sessions") }.allSatisfy { $0.value.verdict == .reproduced })
    #expect(rows.filter { $0.key.hasPrefix("t8.peak.") }.allSatisfy { $0.value.verdict == .reproduced })
    // R79, R80, R81.
    #expect(abs(value("carnot.W") - 0.143) < 5e-4 && abs(value("carnot.S") - 0.107) < 5e-4)
    #expect(abs(value("ratio.electricity") - 1.012621) < 5e-7 && abs(value("ratio.gas") - 1.031068) < 5e-7)
    #expect(value("fitness.reference") == 0)
    // R84, R85, R122.
    #expect(rows["total.uncontrollable.A3"]?.verdict == .reproduced)
    #expect(rows["total.thermal.A3"]?.verdict == .reproduced)
    #expect(rows["total.electric.energy.AA3"]?.verdict == .reproduced)
  }
}
