import Testing
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouReport
import TulouSolvers

/// The least and the most of each technology within a budget, against hand computation.
@Suite("Near-optimal alternatives") struct AlternativesTests {
  /// 100 kW for a day; a kW of the source costs `yearly` a year, a bought kWh 0.1, so 876 a kW and year.
  static func project(yearly: Double, more: String = "") throws -> Project {
    let text = """
      tulou: 1
      name: flat valley
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 100 kW}}
      components:
        plant: {kind: source, bus: ac, class: S, availability: 100 %, operation: \(yearly) EUR/kW/y, capacity: {max: 300 kW}}
      \(more)
      markets: {grid: {bus: ac, class: N, buy: 0.1 EUR/kWh, limit: {buy: 500 kW}, emission: 0.5 kg/kWh}}
      """
    return try ProjectReader.read(text: text, path: "valley.yaml")
  }

  static func alternatives(_ project: Project, share: Double = 0.05) throws -> Alternatives {
    let solver = Structured()
    let options = AlternativesStudy.options(PlanOptions())
    let base = try PlanStudy.run(project: project, options: options, solver: solver)
    return try #require(AlternativesStudy.run(beside: base, share: share, options: options, solver: solver))
  }

  @Test("least and most of a source beside a market are those of the hand computation, and proven")
  func source() throws {
    let found = try Self.alternatives(Self.project(yearly: 800))
    // Best: 100 kW, 80,000 a year. 800 A + 876 (100 - A) <= 84,000 from 3600/76 kW on; 800 A <= 84,000 up to 105 kW.
    #expect(abs(found.cost - 80_000) < 0.1 && abs(found.budget - 84_000) < 0.1)
    let row = try #require(found.rows.first)
    let least = try #require(row.least), most = try #require(row.most)
    #expect(found.rows.count == 1 && row.name == "plant" && abs(row.best - 100) < 1e-3)
    #expect(abs(least.value - 3600 / 76) < 1e-2 && abs(least.bound - 3600 / 76) < 1e-2)
    #expect(abs(most.value - 105) < 1e-2 && abs(most.bound - 105) < 1e-2)
    #expect(least.bound <= least.value + 1e-6 && most.bound >= most.value - 1e-6)
    #expect(abs(least.cost - 84_000) < 1 && abs(most.cost - 84_000) < 1)
    #expect(row.isNeeded && !row.canBeLeftOut)
  }

  @Test("what costs little more than the best may be left out")
  func spare() throws {
    // 87,600 without the source lies within 10 % of 80,000.
    let found = try Self.alternatives(Self.project(yearly: 800), share: 0.10)
    let row = try #require(found.rows.first)
    #expect(row.canBeLeftOut && !row.isNeeded)
    #expect(abs((row.most?.value ?? 0) - 110) < 1e-2)
    let report = AlternativesReport(project: try Self.project(yearly: 800), result: found, version: "test")
    #expect(report.sentence.contains("plant may be left out"))
    #expect(report.ranges.rows.first?.last == "may be left out")
    #expect(String(decoding: report.csv(), as: UTF8.self).contains("plant,kW"))
  }

  @Test("of two that do the same each may take the other's place")
  func twins() throws {
    let twin =
      "  twin: {kind: source, bus: ac, class: S, availability: 100 %, operation: 810 EUR/kW/y, capacity: {max: 300 kW}}"
    let found = try Self.alternatives(Self.project(yearly: 800, more: twin))
    #expect(found.rows.map(\.name) == ["plant", "twin"])
    #expect(found.rows.allSatisfy { $0.canBeLeftOut })
    // 810 B + 800 (100 - B) <= 84,000 holds up to 100 kW in place of the other, and 84,000/810 with nothing else.
    #expect(abs((found.rows[1].most?.value ?? 0) - 84_000 / 810) < 1e-2)
  }
}
