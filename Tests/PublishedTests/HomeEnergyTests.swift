import TestSupport
import Testing
import TulouAssembly
import TulouPlanning
import TulouProblem

/// validation/home-energy: two fortnights of a home that pays a fee by steps on the mean of its highest days, solved as a
/// mixed-integer problem and as one linear problem for every combination of steps.
@Suite("A home with a monthly fee by steps", .enabled(if: PublicRoad.isOpen && SharedFolder.isPresent))
struct HomeEnergyTests {
  struct File: Decodable {
    var cases: [Case]
  }
  struct Case: Decodable {
    struct Battery: Decodable {
      var energy: Double, power: Double, charge: Double, discharge: Double, loss_per_hour: Double, initial: Double
    }
    struct Expected: Decodable {
      struct Bill: Decodable {
        var total: Double
      }
      var no_battery: Bill, prescient: Bill
    }
    var name: String, start: String
    var load_kw: [Double], price_per_kwh: [Double]
    var battery: Battery
    var grid_limit_kw: Double
    var largest_days: Int
    var tiers: [[Double]]
    var expected: Expected
  }

  @Test("pays what the peers found, with and without a battery", arguments: [0, 1]) func fortnight(_ number: Int) throws
  {
    let file: File = try SharedFolder.json("validation/home-energy/two-weeks.json")
    let home = file.cases[number]
    for (hasBattery, expected) in [
      (false, home.expected.no_battery.total), (true, home.expected.prescient.total),
    ] {
      let project = try TemporaryProject(
        text(home, hasBattery), files: ["hours.csv": csv([("load", home.load_kw), ("price", home.price_per_kwh)])])
      let outcome = try PublicRoad.plan(project.path, wholeNumbers: .exact)
      let certificate = try #require(outcome.certificate)
      let found = certificate.value * outcome.assembled.problem.years
      #expect(abs(found / expected - 1) < 1e-6, "\(home.name), battery \(hasBattery): \(found), expected \(expected)")
      #expect(certificate.gap < 1e-6)
      #expect(Measured.isWithin("home.fees", Measured.relative(found, expected)))
    }
  }

  /// The home's fee is one of the whole month, ours one of the part that the fortnight is; its limit belongs to the step below,
  /// ours to the step above.
  private func text(_ home: Case, _ hasBattery: Bool) -> String {
    let first = Int(home.start.prefix(10).suffix(2)) ?? 1
    let days =
      home.start.hasPrefix("2026-01") ? [(1, 31.0, Double(32 - first)), (2, 28, Double(first - 18))] : [(2, 28, 14)]
    let charges = days.map { month, whole, part in
      let steps = home.tiers.enumerated().map { k, tier in
        let edge = k < home.tiers.count - 1 ? "up_to: \(tier[0] * (1 + 4e-6)) kW, " : ""
        return "{\(edge)fee: \(tier[1] * whole / part) NOK/month}"
      }
      return "{highest_days: \(home.largest_days), months: [\(month)], steps: [\(steps.joined(separator: ", "))]}"
    }
    let store = home.battery
    let battery =
      "components: {battery: {kind: storage, bus: ac, efficiency: {charge: \(store.charge * 100) %, discharge: \(store.discharge * 100) %}, standing_loss: \(store.loss_per_hour * 100) %/h, initial: \(100 * store.initial / store.energy) %, capacity: {power: {fixed: \(store.power) kW}, energy: {fixed: \(store.energy) kWh}}}}\n"
    return """
      tulou: 1
      name: Home
      horizon: {start: \(home.start.prefix(10)), length: \(home.load_kw.count) h, step: 1 h}
      economy: {currency: NOK, real_discount_rate: 0 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      demands: {home: {bus: ac, power: {file: hours.csv, column: load, unit: kW}}}
      \(hasBattery ? battery : "")markets:
        grid: {bus: ac, class: N, buy: {file: hours.csv, column: price, unit: NOK/kWh}, limit: {buy: \(home.grid_limit_kw) kW}, demand_charge: [\(charges.joined(separator: ", "))]}
      """
  }
}
