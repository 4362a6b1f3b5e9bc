import TestSupport
import Testing
import TulouPlanning
import TulouProblem

/// validation/community-citylearn: nine measured homes, each behind a meter of its own or all behind one; least cost by
/// HiGHS with perfect foresight over 8,760 h.
@Suite("Nine homes, own and common meter", .enabled(if: PublicRoad.isOpen && SharedFolder.isPresent))
struct CommunitySlowTests {
  struct Expected: Decodable {
    struct Values: Decodable {
      var cost_no_battery_no_export_credit: Double, cost_no_battery_export_at_0_05: Double
      var cost_battery_no_export_credit: Double, cost_battery_export_at_0_05: Double
    }
    var members: [String: Values]
    var community_one_meter: Values
  }

  static let homes = ["1", "3", "5", "7", "9", "11", "13", "15", "17"]

  @Test("one home behind its own meter", arguments: ["7", "15"])
  func one(home: String) throws {
    let expected: Expected = try SharedFolder.json("validation/community-citylearn/expected.json")
    let values = try #require(expected.members[home])
    try compare(values, of: [home])
  }

  @Test("all homes behind their own meters", .enabled(if: SlowTests.areWanted), arguments: homes)
  func each(home: String) throws { try one(home: home) }

  @Test("all homes behind one meter", .enabled(if: SlowTests.areWanted))
  func all() throws {
    let expected: Expected = try SharedFolder.json("validation/community-citylearn/expected.json")
    try compare(expected.community_one_meter, of: Self.homes)
  }

  private func compare(_ values: Expected.Values, of homes: [String]) throws {
    try expect(values.cost_no_battery_no_export_credit, homes, battery: false, sale: nil)
    try expect(values.cost_no_battery_export_at_0_05, homes, battery: false, sale: 0.05)
    try expect(values.cost_battery_no_export_credit, homes, battery: true, sale: nil)
    try expect(values.cost_battery_export_at_0_05, homes, battery: true, sale: 0.05)
  }

  private func expect(_ value: Double, _ homes: [String], battery: Bool, sale: Double?) throws {
    let data = (SharedFolder.path ?? "") + "/data/community/citylearn-2022/"
    let summary = try SharedFolder.columns("data/community/citylearn-2022/summary.csv")
    var demands = "", components = ""
    for home in homes {
      let row = (summary["building"] ?? []).firstIndex { $0 == Double(home) } ?? 0
      let kilowatts = summary["pv_kw"]?[row] ?? 0
      demands += "  home\(home): {bus: ac, power: {file: \"\(data)members.csv\", column: load_\(home)_kwh, unit: kW}}\n"
      components +=
        "  roof\(home): {kind: source, bus: ac, class: S.sun, natural: {file: \"\(data)members.csv\", column: pv_\(home)_w_per_kw, unit: W, scale: \(kilowatts * 100) %}}\n"
      if battery {
        components +=
          "  battery\(home): {kind: storage, bus: ac, round_trip: 90 %, capacity: {power: {fixed: 5 kW}, energy: {fixed: 6.4 kWh}}}\n"
      }
    }
    let sell = sale.map { ", sell: \($0) USD/kWh" } ?? ""
    let project = try TemporaryProject(
      """
      tulou: 1
      name: Homes
      horizon: {start: 2017-01-01, length: 1 y, step: 1 h}
      economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
      buses:
        ac: {carrier: electricity}
      demands:
      \(demands)components:
      \(components)markets:
        grid: {bus: ac, class: N, buy: {file: "\(data)site.csv", column: price_usd_per_kwh, unit: USD/kWh}\(sell), limit: {buy: 500 kW, sell: 500 kW}}
      """)
    let outcome = try PublicRoad.plan(project.path)
    #expect(outcome.status == .optimal)
    let certificate = try #require(outcome.certificate)
    #expect(Measured.isWithin("citylearn.homes", abs(certificate.value - value)))
    // The expected values are printed to four decimals.
    #expect(
      abs(certificate.value - value) < 1e-6 * value + 1e-4,
      "homes \(homes.joined(separator: " ")), battery \(battery), sale \(sale ?? 0): \(certificate.value), expected \(value)"
    )
  }
}
