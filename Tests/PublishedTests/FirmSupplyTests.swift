import TestSupport
import Testing
import TulouPlanning
import TulouProblem

/// validation/pypsa-model-energy: firm supply from wind, sun, battery and hydrogen, 2,920 steps of three hours, solved by
/// PyPSA 1.4.0 with HiGHS 1.15.1. Money and power in thousands are those of the case (kW for MW).
@Suite("Firm supply with hydrogen, PyPSA", .enabled(if: PublicRoad.isOpen && SharedFolder.isPresent))
struct FirmSupplyTests {
  struct Expected: Decodable {
    var objective: Double
    var generators: [String: Double]
    var links: [String: Double]
    var storageUnits: [String: Double]
    var stores: [String: Double]
    enum CodingKeys: String, CodingKey {
      case objective, generators, links, stores
      case storageUnits = "storage_units"
    }
  }

  @Test("8,078,135,675 EUR/y with PyPSA's sizes")
  func plan() throws {
    let folder = "validation/pypsa-model-energy/"
    let expected: Expected = try SharedFolder.json(folder + "expected.json")
    let demand = try SharedFolder.columns(folder + "loads-p_set.csv")["demand"] ?? []
    let share = try SharedFolder.columns(folder + "generators-p_max_pu.csv")
    var table = "time,demand,solar,wind\n"
    for t in demand.indices {
      let stamp = Moment.stamp(hours: 3 * t, from: (2019, 1, 1))
      table += "\(stamp),\(demand[t]),\(share["solar"]?[t] ?? 0),\(share["wind"]?[t] ?? 0)\n"
    }
    let time = "time: {column: time, zone: UTC}"
    let project = try TemporaryProject(
      """
      tulou: 1
      name: Firm supply
      horizon: {start: 2019-01-01, length: 1 y, step: 3 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      buses:
        ac: {carrier: electricity}
        gas: {carrier: hydrogen}
      demands:
        load: {bus: ac, power: {file: series.csv, column: demand, unit: MW, \(time)}, tiers: {normal: 100 %}}
      components:
        wind: {kind: source, bus: ac, class: W, availability: {file: series.csv, column: wind, \(time)}, capacity: {max: 1000 GW}, operation: 101.64412332388276 EUR/kW/y}
        sun: {kind: source, bus: ac, class: S.sun, availability: {file: series.csv, column: solar, \(time)}, capacity: {max: 1000 GW}, operation: 51.34682981964593 EUR/kW/y}
        battery: {kind: storage, bus: ac, efficiency: {charge: 96 %, discharge: 96 %}, hours: 3 h, capacity: {max: 1000 GW}, operation: 63.36175356490421 EUR/kW/y}
        electrolysis: {kind: electrolyser, power: ac, hydrogen: gas, efficiency: 62.17 %, rated_at: power, capacity: {max: 1000 GW}, operation: 188.7157758309984 EUR/kW/y}
        cavern: {kind: storage, bus: gas, round_trip: 100 %, capacity: {max: 100000 GWh}, operation: {energy: 0.14831893020591625 EUR/kWh/y}}
        turbine: {kind: generator, fuel: gas, power: ac, efficiency: 41 %, capacity: {max: 1000 GW}, operation: \(116.38700137488062 / 0.41) EUR/kW/y}
      reliability: {unserved_cost: {normal: 2 EUR/kWh}}
      """, files: ["series.csv": table])
    let outcome = try PublicRoad.plan(project.path)
    #expect(outcome.status == .optimal)
    let certificate = try #require(outcome.certificate)
    #expect(abs(certificate.value / expected.objective - 1) < 1e-6, "\(certificate.value) EUR/y")
    #expect(Measured.isWithin("pypsa.hydrogen", Measured.relative(certificate.value, expected.objective)))
    func same(_ id: String, _ megawatts: Double?) {
      let found = (outcome.size(id) ?? 0) / 1000
      #expect(abs(found / (megawatts ?? .nan) - 1) < 1e-3, "\(id): \(found)")
      #expect(Measured.isWithin("pypsa.hydrogen.sizes", Measured.relative(found, megawatts ?? .nan)), "\(id)")
    }
    same("wind", expected.generators["wind"])
    same("sun", expected.generators["solar"])
    same("battery.power", expected.storageUnits["battery storage"])
    same("electrolysis", expected.links["electrolysis"])
    same("turbine", expected.links["turbine"].map { $0 * 0.41 })
    same("cavern.energy", expected.stores["hydrogen storage"])
  }
}

/// Time stamps.
enum Moment {
  /// `2019-01-01T03:00`, some hours after midnight of a day in a year without leap day.
  static func stamp(hours: Int, from start: (year: Int, month: Int, day: Int)) -> String {
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var month = start.month - 1
    var day = start.day - 1 + hours / 24
    while day >= months[month] {
      day -= months[month]
      month += 1
    }
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(start.year)-\(two(month + 1))-\(two(day + 1))T\(two(hours % 24)):00"
  }
}
