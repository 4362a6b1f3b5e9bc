import Foundation
import Testing
import TulouAccounts
import TulouDispatch
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// Limits of given sizes under rules: one definition for `simulate` and every row of a search; values by hand.
@Suite("Limits of designs") struct DesignLimitTests {
  private static let head = """
    tulou: 1
    name: limits
    horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
    carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.25 kg/kWh}}
    buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
    components:
      gen: {kind: generator, fuel: tank, power: ac, efficiency: 25 %, capacity: {max: 12 kW}, capital: 500 USD/kW}
    markets:
      fuel: {bus: tank, class: N, buy: 1 USD/l}

    """

  private func search(_ more: String, _ candidates: [Double]) throws -> SearchOutcome {
    let project = try ProjectReader.read(text: Self.head + more, path: "limits.yaml")
    var options = SearchOptions()
    options.candidates["gen"] = candidates
    options.seeksBound = false
    return try SearchStudy.run(project: project, options: options, solver: nil)
  }

  private func simulate(_ more: String, _ size: Double) throws -> Outcome {
    let project = try ProjectReader.read(text: Self.head + more, path: "limits.yaml")
    var options = SimulateOptions()
    options.sizes = ["gen": size]
    options.comparesWithForesight = false
    return try SimulateStudy.run(project: project, options: options, solver: nil)
  }

  private func row(_ outcome: SearchOutcome, _ size: Double) throws -> SearchCandidate {
    try #require((outcome.rows + outcome.rejectedSample).first { $0.sizes == [size] })
  }

  @Test("a limit on unserved energy counts demand without tiers, which may not be shed; simulate says the same share")
  func unservedWithoutTiers() throws {
    let more = "demands: {d: {bus: ac, power: 10 kW}}\nlimits: {unserved_energy: {max: 1 %}}"
    let found = try search(more, [0, 4, 9.95, 12])
    let k = try #require(found.limits.firstIndex(of: "unserved_energy"))
    let forbidden = try #require(found.limits.firstIndex(of: "unserved"))
    #expect(found.feasible == 1 && found.rejected[k] == 2 && found.rejected[forbidden] == 3)
    for (size, share) in [(0.0, 1.0), (4, 0.6), (9.95, 0.005), (12, 0)] {
      let limit = try #require(try simulate(more, size).givenSizes?.first { $0.key == "unserved_energy" })
      #expect(abs(limit.reached - share) < 1e-12 && limit.holds == (share <= 0.01))
      #expect(abs(try row(found, size).lossOfPowerSupply - share) < 1e-12)
    }
  }

  @Test("capacity shortage and renewable fraction count what goes unserved though it may not")
  func shortage() throws {
    let more = """
      demands: {d: {bus: ac, power: 10 kW, tiers: {a: 60 %, b: 40 %}}}
      reliability: {unserved_cost: {a: 2 USD/kWh}}
      limits: {capacity_shortage: {max: 20 %}}
      """
    let found = try search(more, [2, 7, 8, 10])
    // 7 kW leave 30 % unserved; tier b may not be shed, tier a is shed first.
    #expect(found.feasible == 2 && found.rejectedAlone.reduce(0, +) == 1)
    #expect(abs(try row(found, 7).capacityShortage - 0.3) < 1e-12)
    #expect(try row(found, 8).isFeasible)
    // 2 kW: 6 kW of tier a at 2 USD, 2 kW of tier b at none.
    let penalties = try simulate(more, 2).certificate?.penalties
    #expect(abs((penalties ?? 0) - 6 * 2 * 8760) < 1e-6)
    #expect(abs(try row(found, 2).value - row(found, 2).annualCost - 6 * 2 * 8760) < 1e-6)
  }

  @Test("waiting demand is shed tier by tier too, of what falls due in each step") func waitingTiers() throws {
    let more = """
      demands:
        d: {bus: ac, power: 6 kW}
        w: {bus: ac, kind: deferrable, window: day, power: 4 kW, peak: 10 kW, tiers: {late: 50 %, soon: 50 %}}
      reliability: {unserved_cost: {late: 1 USD/kWh, soon: 3 USD/kWh}}
      """
    // 7 kW: one of the four kW on average; 72 kWh a day are missed, 48 of them at 1 USD and 24 at 3 USD.
    let found = try simulate(more, 7)
    #expect(abs((found.certificate?.penalties ?? 0) - (48 * 1 + 24 * 3) * 365) < 1e-6)
  }

  @Test("a limit with a penalty is paid for in simulate and search alike, and keeps no design out") func elastic()
    throws
  {
    let more = """
      demands: {d: {bus: ac, power: 10 kW}}
      limits: {co2: {max: 40 t/y, penalty: 100 USD/t}, renewable_fraction: {min: 20 %, penalty: 0.1 USD/kWh}}
      """
    // 87.6 MWh/y at 25 % and 0.25 kg/kWh: 87.6 t/y, 47.6 above; all of it is fossil, 20 % of it too much.
    let penalty = 47.6 * 100 + 0.2 * 87_600 * 0.1
    let found = try simulate(more, 10)
    #expect(abs((found.certificate?.penalties ?? 0) - penalty) < 1e-6)
    // Nothing is unserved, and that limit has no penalty.
    let limits = try #require(found.givenSizes).filter { $0.key != "unserved" }
    #expect(limits.count == 2 && limits.allSatisfy { !$0.holds && $0.isElastic })
    let row = try row(try search(more, [0, 10]), 10)
    #expect(row.isFeasible && abs(row.value - row.annualCost - penalty) < 1e-6)
    #expect(abs(row.value - (found.certificate?.value ?? 0)) < 1e-9)
  }

  @Test("what a storage gives back counts where its limit says so, in lanes as in simulate") func storageOutput() throws
  {
    let sun = (Array(repeating: "1", count: 12) + Array(repeating: "0", count: 12)).joined(separator: ",")
    let head = Self.head.replacing(
      "components:\n",
      with: """
        components:
          sun: {kind: source, bus: ac, class: S.sun, availability: {values: [\(sun),\(sun)]}, capacity: {fixed: 16 kW}}
          bat: {kind: storage, bus: ac, efficiency: {charge: 100 %, discharge: 100 %}, initial: 0 %, capacity: {power: {fixed: 50 kW}, energy: {fixed: 500 kWh}}}

        """)
    // 16 kW by day: 10 for the demand and 6 for the night, in which the machine gives the other 4. Sun 384 kWh, machine 96, storage
    // 144 of the two days: 528 of 624 with what the storage gives back, 384 of 480 without.
    for (least, holds) in [(84.0, true), (85, false)] {
      let more = "demands: {d: {bus: ac, power: 10 kW}}\nlimits: {renewable_fraction_with_storage: {min: \(least) %}}"
      let project = try ProjectReader.read(text: head + more, path: "limits.yaml")
      var options = SearchOptions()
      options.candidates["gen"] = [12]
      options.seeksBound = false
      let found = try SearchStudy.run(project: project, options: options, solver: nil)
      let row = try #require((found.rows + found.rejectedSample).first)
      #expect(found.engine.hasPrefix("lanes") && row.isFeasible == holds, "\(found.engine): \(least) %")
      #expect(
        abs((row.renewableFractionWithStorage ?? .nan) - 528.0 / 624) < 1e-9,
        "\(String(describing: row.renewableFractionWithStorage))")
    }
  }

  @Test("capital paid once counts in the budget of given sizes") func budget() throws {
    let more = """
      demands: {d: {bus: ac, power: 10 kW, tiers: {a: 100 %}}}
      reliability: {unserved_cost: {a: 2 USD/kWh}}
      limits: {budget: {max: 6000 USD}}
      """
    let fixed = Self.head.replacing("capital: 500 USD/kW", with: "capital: {power: 500 USD/kW, fixed: 1500 USD}")
    let project = try ProjectReader.read(text: fixed + more, path: "limits.yaml")
    var options = SearchOptions()
    options.candidates["gen"] = [0, 9, 10]
    options.seeksBound = false
    let found = try SearchStudy.run(project: project, options: options, solver: nil)
    #expect(found.rows.filter(\.isFeasible).map(\.sizes) == [[9], [0]] && found.engine.hasPrefix("lanes"))
  }

  @Test("why designs are not run in lanes is said, and how fast they were run") func engine() throws {
    let more = """
      demands: {d: {bus: ac, power: 10 kW, tiers: {a: 60 %, b: 40 %}}}
      reliability: {unserved_cost: {a: 2 USD/kWh, b: 4 USD/kWh}}
      """
    let found = try search(more, [0, 10])
    #expect(found.engine == "hour by hour" && found.pace > 0)
    #expect(
      found.engineReasons == [
        "What is not served has several prices, and which of them counts is decided hour by hour."
      ])
    #expect(try search("demands: {d: {bus: ac, power: 10 kW}}", [0, 10]).engineReasons.isEmpty)
  }
}
