import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Demands from bills, from a load-duration curve and from charge points.
@Suite("Demands from what is known") struct CalibratedDemandTests {
  private func text(_ demand: String) -> String {
    """
    tulou: 1
    horizon: {start: 2027-01-01, length: 1 y, step: 1 h}
    economy: {currency: CNY, real_discount_rate: 5 %}
    demands:
      one: {bus: ac, \(demand)}
    markets:
      grid: {bus: ac, class: N, buy: 0.6 CNY/kWh}
    """
  }

  private func power(_ demand: String, hours: Int? = nil) throws -> [Double] {
    let project = try ProjectReader.read(text: text(demand), path: "d.yaml", options: .init(hours: hours))
    return project.demands[0].power
  }

  @Test func `twelve bills are met month by month, and a short horizon is a part of the year`() throws {
    let bills = "bills: {values: [30, 28, 25, 20, 18, 22, 30, 32, 24, 20, 24, 29], unit: MWh}, profile: village"
    let year = try power(bills)
    let wanted = [30.0, 28, 25, 20, 18, 22, 30, 32, 24, 20, 24, 29]
    for (m, range) in Horizon.monthRanges(year: 2027, stepHours: 1).enumerated() {
      #expect(abs(year[range].reduce(0, +) - 1000 * wanted[m]) < 1e-6)
    }
    let short = try power(bills, hours: 300)
    for t in short.indices { #expect(abs(short[t] - year[t]) < 1e-9) }
  }

  @Test func `a load-duration curve keeps the order of the hours`() throws {
    let curve =
      "duration: {shares: {values: [0, 10, 100], unit: \"%\"}, power: {values: [100, 60, 20], unit: kW}}, profile: office"
    let hours = try power(curve)
    let sorted = hours.sorted(by: >)
    #expect(abs(sorted[875] - 60) < 0.1 && sorted[0] < 100 && abs(sorted[8759] - 20) < 0.01)
    let plain = try power("annual: 1 MWh, profile: office")
    let first = try #require(plain.indices.max { plain[$0] < plain[$1] })
    #expect(hours[first] == sorted[0])
  }

  @Test func `charge points charge at their hours (R42)`() throws {
    let points =
      "charging: [{points: 100, power: 20 kW, hours: \"11:00-14:00\"}, {points: 50, power: 20 kW, hours: \"23:00-07:00\"}]"
    let day = Array(try power(points)[0..<24])
    for h in 0..<24 {
      let expected = (11..<14).contains(h) ? 2000.0 : h >= 23 || h < 7 ? 1000 : 0
      #expect(day[h] == expected)
    }
    let counted = try power("charging: [{points: 100, power: 20 kW, hours: \"11:00-14:00\", end_hour: counted}]")
    #expect(counted[0..<24].reduce(0, +) == 8000)
    let findings = ProjectReader.check(text: text("annual: 1 MWh, charging: []"), path: "d.yaml")
    #expect(findings.contains { $0.severity == .error && $0.advice == "It has 'annual', 'charging'." })
    let half = ProjectReader.check(
      text: text("charging: [{points: 1, power: 7 kW, hours: \"11:30-14:00\"}]"), path: "d.yaml")
    #expect(half.contains { $0.severity == .error && $0.message.contains("whole hours") })
  }
}
