import Foundation
import TestSupport
import Testing

/// `../shared/validation/community-ec3`: three users of EnergyCommunity.jl with their quarter hours and peaks as they are, as one project
/// file for the public command; what every group is worth, under both outside options.
@Suite(
  "Energy community of the shared folder",
  .enabled(if: SlowTests.areWanted && SharedFolder.isPresent && CommandLine.executable != nil))
struct SharedCommunitySlowTests {
  typealias Found = [String: Any]

  private static func number(_ value: Any?) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

  /// Present worth of a unit a year over twenty years at 3 %.
  private static let annuity = (1 - pow(1.03, -20)) / 0.03

  private static func text(outside: String) -> String {
    let folder = (SharedFolder.path ?? "") + "/validation/community-ec3/"
    func column(_ name: String, _ rest: String = "") -> String {
      "{file: \"\(folder)input_resource.csv\", column: \(name)\(rest)}"
    }
    let charges = (1...12).map { day in
      let steps = (0..<96).map { step in
        let minutes = step % 4 * 15
        return
          "\"2026-01-\(day < 10 ? "0" : "")\(day) \(step / 4 < 10 ? "0" : "")\(step / 4):\(minutes == 0 ? "00" : "\(minutes)")\""
      }
      return "{rate: 2.5 EUR/kW/y, on: both, at: [\(steps.joined(separator: ", "))]}"
    }.joined(separator: ", ")
    func source(_ user: Int, _ kind: String, _ column: String, _ capital: Int, _ most: Int, _ life: Int) -> String {
      "  \(kind)\(user): {kind: source, bus: b\(user), member: user\(user), class: S.\(kind), availability: \(self.series(column, folder)), capacity: {max: \(most) kW}, capital: \(capital) EUR/kW, operation: 30 EUR/kW/y, life: \(life) y}\n"
    }
    func storage(_ user: Int) -> String {
      """
        battery\(user): {kind: storage, bus: d\(user), member: user\(user), round_trip: 92 %, depth: 80 %, hours: 1 h, capacity: {max: 50 kW}, capital: {energy: 400 EUR/kWh}, operation: {energy: 5 EUR/kWh/y}, life: 15 y}
        converter\(user): {kind: link, from: d\(user), to: b\(user), member: user\(user), two_way: true, efficiency: 100 %, capacity: {max: 50 kW}, capital: 200 EUR/kW, operation: 2 EUR/kW/y, life: 10 y}

      """
    }
    func market(_ user: Int) -> String {
      "  grid\(user): {bus: b\(user), class: N, buy: 0.16 EUR/kWh, sell: 0.05 EUR/kWh, emission: 0 kg/kWh, demand_charge: [\(charges)]}\n"
    }
    return """
      tulou: 1
      name: Three users and their aggregator
      horizon: {start: 2026-01-01, length: 12 d, step: 15 min}
      economy: {currency: EUR, real_discount_rate: 3 %, lifetime: 20 y}
      buses:
        b1: {carrier: electricity, member: user1}
        b2: {carrier: electricity, member: user2}
        d2: {carrier: electricity, member: user2}
        b3: {carrier: electricity, member: user3}
        d3: {carrier: electricity, member: user3}
      members: {EC: {kind: state}, user1: {kind: sme}, user2: {kind: sme}, user3: {kind: sme}}
      demands:
        home1: {bus: b1, member: user1, power: \(column("load_user1", ", unit: kW"))}
        home2: {bus: b2, member: user2, power: \(column("load_user2", ", unit: kW"))}
        home3: {bus: b3, member: user3, power: \(column("load_user3", ", unit: kW"))}
      components:
      \(source(1, "sun", "pv", 1700, 50, 25))\(source(2, "sun", "pv", 1400, 80, 25))\(storage(2))\(source(3, "sun", "pv", 1600, 100, 25))\(source(3, "wind", "wind", 3000, 100, 20))\(storage(3))markets:
      \(market(1))\(market(2))\(market(3))policies:
        reward: {kind: sharing_premium, for: [grid1, grid2, grid3], rate: 0.108 EUR/kWh, through: EC}
      sharing: {outside: \(outside), rule: key, weights: {user1: 1, user2: 1}}
      """
  }

  private static func series(_ column: String, _ folder: String) -> String {
    "{file: \"\(folder)input_resource.csv\", column: \(column)}"
  }

  private func shared(outside: String) throws -> Found {
    let folder = try CommandLine.scratch()
    try Self.text(outside: outside).write(
      to: folder.appendingPathComponent("community.yaml"), atomically: true, encoding: .utf8)
    let run = try CommandLine.run(["share", "community.yaml", "--json", "--quiet"], in: folder)
    try #require(run.status == 0, "\(run.errors)")
    return try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? Found ?? [:]
  }

  private func expect(_ found: Double, _ wanted: Double, _ what: String) {
    // 1e-3 is the source's own tolerance; a linear plan that is certified does far better.
    let off = abs(found - wanted) / max(abs(wanted), 1)
    #expect(off <= 1e-3, "\(what): \(found), expected \(wanted)")
    #expect(Measured.isWithin("ec3.groups", off), "\(what): \(found), expected \(wanted)")
  }

  @Test("what every group is worth where groups without the aggregator stay apart") func apart() throws {
    let root = try JSONSerialization.jsonObject(
      with: Data(SharedFolder.text("validation/community-ec3/expected.json").utf8))
    let expected = try #require((root as? Found)?["reproduced_here"] as? Found)
    let source = try #require((root as? Found)?["source_reference"] as? Found)
    let result = try shared(outside: "same-tariff")
    let values = try #require(result["values"] as? Found)
    for (group, value) in try #require(expected["coalition_value_with_aggregator_EC"] as? Found) {
      let wanted = Self.number(value)
      let found = Self.number(values["EC+" + group]) * Self.annuity
      if abs(wanted) < 1e-6 { #expect(abs(found) < 0.1, "EC+\(group): \(found)") } else { expect(found, wanted, group) }
      if group.contains("+") { #expect(abs(Self.number(values[group])) < 1e-3, "\(group) has no aggregator") }
    }
    for method in ["shapley", "nucleolus"] {
      let shares = ((result["shares"] as? Found)?[method] as? Found)?["members"] as? Found
      for (member, value) in expected[method] as? Found ?? [:] {
        expect(
          Self.number((shares?[member] as? Found)?["benefit"]) * Self.annuity, Self.number(value), "\(method) \(member)"
        )
      }
    }
    let stated = try #require(
      source["min_surplus_of_allocation_EC0_user1half_user2half_user3_0"] as? Found)
    let stability = (result["stability"] as? Found)?["key"] as? Found
    expect(Self.number(stability?["shortfall"]) * Self.annuity, -Self.number(stated["min_surplus"]), "shortfall")
    #expect(
      Set(stability?["worst_group"] as? [String] ?? []) == Set(stated["worst_coalition"] as? [String] ?? ["none"]))
  }

  @Test("where they are paid for what plans alone happen to share") func aggregated() throws {
    let root = try JSONSerialization.jsonObject(
      with: Data(SharedFolder.text("validation/community-ec3/expected.json").utf8))
    let source = try #require((root as? Found)?["source_reference"] as? Found)
    let result = try shared(outside: "aggregated")
    let values = try #require(result["values"] as? Found)
    // Many plans alone cost the same and share differently: HiGHS finds 8,780 by simplex and 8,436 by its interior point, at most
    // 9,139 can be shared; the source's 8,531 is the one that its solver took. Ours lies as near as that allows.
    let users = Self.number(values["user1+user2+user3"]) * Self.annuity
    let theirs = Self.number(source["value_users_only_under_ANC"])
    #expect(abs(users / theirs - 1) < 0.03 && users < 9140, "\(users), the source \(theirs)")
    let shares = ((result["shares"] as? Found)?["shapley"] as? Found)?["members"] as? Found
    for (member, value) in source["shapley_when_no_aggregator_group_is_ANC"] as? Found ?? [:] {
      let found = Self.number((shares?[member] as? Found)?["benefit"]) * Self.annuity
      #expect(abs(found / Self.number(value) - 1) < 0.03, "shapley \(member): \(found)")
    }
    // With the aggregator nothing is different.
    let whole = Self.number(values["EC+user1+user2+user3"]) * Self.annuity
    expect(whole, Self.number(source["grand_coalition_value"]), "all together")
  }
}
