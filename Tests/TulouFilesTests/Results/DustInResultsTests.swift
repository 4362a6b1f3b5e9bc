import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouReport
import TulouSolvers

/// No number of any file is dust: zero, or at least a millionth of its scale.
///
/// The scale is taken from the files alone: the largest number of the same key in the same part of `result.json`, in a balance that
/// of its energies; in a table the largest of the same unit; in hours the largest of the same column.
@Suite("Dust in results") struct DustInResultsTests {
  /// Measures of what is left over are what they are.
  private static let exempt: Set<String> = [
    "certificate", "objective", "timing", "shadow_prices", "residual", "assumptions", "warnings", "clock",
  ]

  @Test("interior points leave none in any file", arguments: [UInt64(2), 5, 9])
  func few(seed: UInt64) throws { #expect(try check(seed), "seed \(seed) has no plan") }

  @Test("nor in forty random projects", .enabled(if: SlowTests.areWanted), arguments: UInt64(1)...40)
  func many(seed: UInt64) throws { try check(seed) }

  /// Whether there was a plan to look at; what has none is infeasible.
  @discardableResult
  private func check(_ seed: UInt64) throws -> Bool {
    let random = RandomProject(seed: seed)
    let outcome = try PlanStudy.run(project: random.project, solver: Structured())
    guard let plan = outcome.plan else {
      #expect(RandomProject.impossible.contains(seed), "\(random): \(outcome.status)")
      return false
    }
    try check(outcome, plan, "\(random)")
    return true
  }

  private func check(_ outcome: Outcome, _ plan: Plan, _ random: String) throws {
    let accounts = Accounts.make(project: outcome.project, plan: plan)
    let results = ResultSet(outcome: outcome, accounts: accounts, version: "test")
    let folder = try ScratchFolder.make()
    let names = try results.write(to: folder.path)
    for name in names where name.hasSuffix(".csv") {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let dust = name.hasPrefix("tables/") ? byUnit(text) : byColumn(text)
      // Payments of few money beside many are no dust of a solver.
      if name != "cashflow.csv" { #expect(dust.isEmpty, "\(random): \(name): \(dust.prefix(3))") }
    }
    let json = try #require(JSON(parsing: Array(results.json().utf8)))
    var numbers: [String: [Double]] = [:]
    collect(json, [], &numbers)
    for (key, values) in numbers {
      let scale = values.reduce(0) { max($0, abs($1)) }
      let share = key.hasPrefix("money ") ? Dust.rounding : Dust.share
      let dust = values.filter { $0 != 0 && abs($0) < share * scale }
      #expect(dust.isEmpty, "\(random): \(key): \(dust.prefix(3)) beside \(scale)")
    }
  }

  @Test("nor do sums leave any in payments of members, bills and exergy")
  func members() throws {
    let series = (0..<48).map { "\(Double(($0 * 7) % 11) / 3)" }.joined(separator: ", ")
    let project = try ProjectReader.read(
      text: """
        tulou: 1
        horizon: {start: 2027-03-27, length: 48 h}
        economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
        buses: {ac: {carrier: electricity}}
        members:
          a: {kind: sme, meters: {ac: {loss: 2 %, limit: 100 kW, charge: 0.02 EUR/kWh}}}
          b: {kind: village, meters: {ac: {loss: 0 %, limit: 100 kW, charge: 0.01 EUR/kWh}}}
        demands:
          da: {bus: ac, member: a, power: {values: [\(series)], unit: kW}}
          db: {bus: ac, member: b, power: 3.7 kW}
        components:
          pv: {kind: source, bus: ac, class: S.sun, member: a, availability: 31 %, capacity: {existing: 12 kW}}
          bat: {kind: storage, bus: ac, member: a, round_trip: 81 %, capacity: {power: {existing: 4 kW}, energy: {existing: 10 kWh}}}
        markets:
          grid: {bus: ac, class: N, buy: 0.22 EUR/kWh, sell: 0.03 EUR/kWh, limit: {buy: 60 kW, sell: 30 kW}, emission: 0.4 kg/kWh}
        sharing: {rule: pro-rata, internal_price: midpoint}
        """, path: "members.yaml")
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    try check(outcome, try #require(outcome.plan), "members")
  }

  /// Numbers by part and key; energies of a balance together.
  private func collect(_ json: JSON, _ path: [String], _ numbers: inout [String: [Double]]) {
    if let part = path.first, Self.exempt.contains(part) { return }
    if let key = path.last, Self.exempt.contains(key) { return }
    // Payments have to add up, so that only rounding is taken out of them.
    let isMoney = path.first.map { ["costs", "cash_flow", "members"].contains($0) } ?? false
    if let fields = json.fields {
      if path.first == "indicators", let value = json["value"]?.number, let unit = json["unit"]?.text {
        numbers["indicators in " + unit, default: unit == "1" ? [1] : []].append(value)
        return
      }
      for (key, value) in fields { collect(value, path + [key], &numbers) }
    } else if let values = json.values {
      for value in values { collect(value, path, &numbers) }
    } else if let value = json.number, value.isFinite, let key = path.last {
      let isShare = key.contains("autonomy") || key.contains("factor")
      let group =
        isMoney
        ? "money " + path.joined(separator: ".")
        : path.first == "balance" && !isShare ? path.prefix(2).joined(separator: ".") : (path.first ?? "") + "." + key
      numbers[group, default: isShare ? [1] : []].append(value)
    }
  }

  private func cells(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  private func byColumn(_ text: String) -> [String] {
    let rows = cells(text)
    guard let header = rows.first else { return [] }
    return header.indices.dropFirst().flatMap { c -> [String] in
      let values = rows.dropFirst().compactMap { $0.indices.contains(c) ? Double($0[c]) : nil }
      let scale = values.reduce(0) { max($0, abs($1)) }
      // A content is measured by its size, which may be larger.
      return values.filter { $0 != 0 && abs($0) < Dust.share * scale }.map { "\(header[c]): \($0) beside \(scale)" }
    }
  }

  private func byUnit(_ text: String) -> [String] {
    let rows = cells(text)
    guard let header = rows.first else { return [] }
    var largest: [String: Double] = [:]
    var found: [(unit: String, value: Double)] = []
    for row in rows.dropFirst() where row.count == header.count {
      for (title, cell) in zip(header, row) {
        guard let open = title.lastIndex(of: "["), let value = Double(cell), value != 0 else { continue }
        let unit = String(title[open...])
        largest[unit] = max(largest[unit] ?? 0, abs(value))
        found.append((unit, value))
      }
    }
    return found.filter { abs($0.value) < Dust.share * (largest[$0.unit] ?? 0) }.map { "\($0.value) \($0.unit)" }
  }
}
