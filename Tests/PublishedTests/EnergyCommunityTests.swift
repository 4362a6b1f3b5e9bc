import TestSupport
import Testing
import TulouPlanning
import TulouProblem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// validation/community-ec3: the optima of three users of EnergyCommunity.jl by themselves, twelve days in steps of a quarter
/// of an hour that stand for a year. Their values as a community need rules of sharing, which are not built yet.
@Suite("Users of EnergyCommunity.jl", .enabled(if: PublicRoad.isOpen && SharedFolder.isPresent))
struct EnergyCommunityTests {
  struct Expected: Decodable {
    struct Found: Decodable {
      var individual_NPV: [String: Double]
      var individual_optimum_sizes: [String: [String: Double]]
    }
    var reproduced_here: Found
  }

  @Test("each by itself: net present value and sizes", arguments: ["user1", "user2", "user3"])
  func alone(user: String) throws {
    let expected: Expected = try SharedFolder.json("validation/community-ec3/expected.json")
    let columns = try SharedFolder.columns("validation/community-ec3/input_resource.csv")
    let load = try #require(columns["load_" + user])
    let project = try TemporaryProject(
      text(user),
      files: ["steps.csv": csv([("load", load), ("pv", columns["pv"] ?? []), ("wind", columns["wind"] ?? [])])])
    let outcome = try PublicRoad.plan(project.path)
    let certificate = try #require(outcome.certificate)
    // Every kWh used, wherever it comes from, pays 0.02 EUR more: not a part of the plan.
    let used = 0.02 * load.reduce(0, +) * 0.25 * 365 / 12
    let value = -(certificate.value + used) * (1 - pow(1.03, -20)) / 0.03
    let known = try #require(expected.reproduced_here.individual_NPV[user])
    #expect(abs(value / known - 1) < 1e-7, "\(value), expected \(known)")
    #expect(Measured.isWithin("ec3.users", Measured.relative(value, known)))
    let names = ["PV": "pv", "wind": "wind", "batt": "battery.energy", "conv": "converter"]
    for (name, size) in try #require(expected.reproduced_here.individual_optimum_sizes[user]) {
      let found = outcome.size(names[name] ?? name) ?? 0
      #expect(abs(found / size - 1) < 1e-4, "\(name): \(found), expected \(size)")
    }
  }

  /// A user's plant and tariff: a peak of what is bought and sold is paid in each of the twelve days, which stand for the months.
  private func text(_ user: String) -> String {
    func source(_ id: String, _ kind: String, _ capital: Int, _ most: Int, _ life: Int) -> String {
      "  \(id): {kind: source, bus: ac, class: S.\(kind), availability: {file: steps.csv, column: \(id)}, capacity: {max: \(most) kW}, capital: \(capital) EUR/kW, operation: 30 EUR/kW/y, life: \(life) y}\n"
    }
    let storage = """
        battery: {kind: storage, bus: dc, round_trip: 92 %, depth: 80 %, hours: 1 h, capacity: {max: 50 kW}, capital: {energy: 400 EUR/kWh}, operation: {energy: 5 EUR/kWh/y}, life: 15 y}
        converter: {kind: link, from: dc, to: ac, two_way: true, efficiency: 100 %, capacity: {max: 50 kW}, capital: 200 EUR/kW, operation: 2 EUR/kW/y, life: 10 y}

      """
    let plant =
      switch user {
      case "user1": source("pv", "sun", 1700, 50, 25)
      case "user2": source("pv", "sun", 1400, 80, 25) + storage
      default: source("pv", "sun", 1600, 100, 25) + source("wind", "wind", 3000, 100, 20) + storage
      }
    let charges = (1...12).map { day in
      let steps = (0..<96).map { step in
        "\"2026-01-\(day < 10 ? "0" : "")\(day) \(step / 4 < 10 ? "0" : "")\(step / 4):\(step % 4 == 0 ? "00" : "\(step % 4 * 15)")\""
      }
      return "{rate: 2.5 EUR/kW/y, on: both, at: [\(steps.joined(separator: ", "))]}"
    }
    return """
      tulou: 1
      name: \(user)
      horizon: {start: 2026-01-01, length: 12 d, step: 15 min}
      economy: {currency: EUR, real_discount_rate: 3 %, lifetime: 20 y}
      buses:
        ac: {carrier: electricity}
      \(user == "user1" ? "" : "  dc: {carrier: electricity}\n")demands:
        home: {bus: ac, power: {file: steps.csv, column: load, unit: kW}}
      components:
      \(plant)markets:
        grid: {bus: ac, class: N, buy: 0.16 EUR/kWh, sell: 0.05 EUR/kWh, demand_charge: [\(charges.joined(separator: ", "))]}
      """
  }
}
