import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Limits on water in reservoirs and on the ground that turbines stand on, from the file to plan, rules, search and words.
@Suite("Limits on water and on where turbines stand")
struct SitingAndReservoirTests {
  /// Two hours, the first cheap, the second dear. A kWh of content at 100 m is 3.6e6 / (1000 x 9.81 x 100) = 3.669725 m3.
  static func text(_ limits: String, reservoir: String = "hours: 10 h, head: 100 m, capacity: {max: 100 kW}") -> String
  {
    """
    tulou: 1
    name: Two hours
    horizon: {start: 2025-01-01, length: 2 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    demands: {load: {bus: ac, power: 10 kW, tiers: {normal: 100 %}}}
    reliability: {unserved_cost: {normal: 10 USD/kWh}}
    components:
      lake: {kind: storage, bus: ac, efficiency: {charge: 100 %, discharge: 80 %}, \(reservoir), operation: 1 USD/kW/y}
    markets: {grid: {bus: ac, class: N, buy: {bands: {cheap: {price: 0.01 USD/kWh, hours: ["00:00-01:00"]}, dear: {price: 5 USD/kWh, hours: rest}}}, limit: {buy: 100 kW}}}
    limits: {\(limits)}
    """
  }

  private func plan(_ text: String) throws -> (outcome: Outcome, accounts: Accounts) {
    let project = try ProjectReader.read(text: text, path: "water.yaml")
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    return (outcome, Accounts.make(project: project, plan: try #require(outcome.plan)))
  }

  @Test("water bounds the size: hours x kW x 3.669725 m3/kWh")
  func water() throws {
    let free = try plan(Self.text("reservoir: {max: 100000 m3}"))
    // Ten kilowatts of discharge serve the dear hour: 12.5 kWh of content, and so 12.5 kW while they are bought.
    #expect(abs((free.outcome.plan?.capacity(of: "lake") ?? 0) - 12.5) < 1e-4)
    let bound = try plan(Self.text("reservoir: {max: 146.789 m3}"))
    // 146.789 / 3.669725 = 40 kWh of content, at 10 h 4 kW.
    #expect(abs((bound.outcome.plan?.capacity(of: "lake") ?? 0) - 4) < 1e-3)
    #expect(abs((bound.accounts.value("reservoir_volume") ?? 0) - 146.789) < 1e-2)
    let need = try #require(bound.accounts.land.reservoirs.first)
    // Q = 1000 P / (0.8 rho g h) = 4000 / 784,800 m3/s.
    #expect(abs(need.flow - 4000 / 784_800.0) < 1e-6)
    let price = try #require(ShadowPrices.of(bound.outcome).first { $0.path == "limits.reservoir" })
    #expect(price.unit.contains("m3") && price.value > 0)
  }

  @Test("given sizes report the limit, a search rejects what breaks it, a plan pays its penalty")
  func rules() throws {
    let project = try ProjectReader.read(text: Self.text("reservoir: {max: 146.789 m3}"), path: "water.yaml")
    var given = PlanOptions()
    given.sizes = ["lake": 10]
    let outcome = try PlanStudy.run(project: project, options: given, solver: Structured())
    let limit = try #require(outcome.givenSizes?.first { $0.key == "reservoir" })
    #expect(!limit.holds && abs(limit.reached - 366.9725) < 1e-3 && limit.unit == "m3")
    var search = SearchOptions()
    search.method = .grid
    search.points = 26
    search.seeksBound = false
    let found = try SearchStudy.run(project: project, options: search, solver: nil)
    // Of 0, 4, 8 ... 100 kW only the first two fit.
    let k = try #require(found.limits.firstIndex(of: "reservoir"))
    #expect(found.feasible == 2 && found.rejected[k] == 24 && found.rejectedAlone[k] == 24)
    // A kilowatt saves 0.8... of 5 USD/kWh a day; water at 1e-6 USD/m3/y is cheaper than that.
    let elastic = try plan(Self.text("reservoir: {max: 146.789 m3, penalty: 0.000001 USD/m3/y}"))
    #expect(abs((elastic.outcome.plan?.capacity(of: "lake") ?? 0) - 12.5) < 1e-3)
    // 12.5 kW x 10 h x 3.669725 m3/kWh.
    #expect(
      elastic.accounts.warnings.contains {
        $0.path == "limits.reservoir" && $0.message.hasPrefix("Water in reservoirs is 458.7")
      }, "\(elastic.accounts.warnings)")
  }

  @Test("a content without turbines of a size has a volume and no flow")
  func contentAlone() throws {
    let text = Self.text("reservoir: {max: 20 m3}", reservoir: "head: 100 m, capacity: {max: 100 kWh}")
      .replacing("operation: 1 USD/kW/y", with: "operation: {energy: 0.1 USD/kWh/y}")
    let found = try plan(text)
    let need = try #require(found.accounts.land.reservoirs.first)
    #expect(abs(need.volume - 20) < 1e-3 && need.flow == 0 && need.power == 0)
  }

  @Test("a limit that binds nothing is told")
  func nothing() throws {
    let text = Self.text("reservoir: {max: 20 m3}").replacing("head: 100 m, ", with: "")
    let found = ProjectReader.check(text: text, path: "water.yaml")
    #expect(found.contains { $0.path == "limits.reservoir" && $0.message.contains("'head'") })
  }

  /// A day of steady wind of 12 m/s; 100 kW of demand.
  static func park(_ limits: String, spacing: String = "spacing: 50 m2/kW, ", more: String = "") -> String {
    """
    tulou: 1
    name: Park
    site: {latitude: 22 deg, longitude: 114 deg, altitude: 0 m, time_zone: Asia/Shanghai}
    horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    resources: {coast: {mean_speed: 9 m/s, height: 70 m, weibull_shape: 2, seed: 1}}
    demands: {load: {bus: ac, power: 100 kW}}
    components:
      wind: {kind: wind-turbine, bus: ac, resource: coast, turbine: onshore-1500kw, hub_height: 70 m, \(spacing)capacity: {max: 10 MW}, operation: 1 USD/kW/y}
    \(more)markets: {grid: {bus: ac, class: N, buy: 1 USD/kWh, limit: {buy: 1 MW}}}
    limits: {\(limits)}
    """
  }

  @Test("turbines at one place share its area")
  func area() throws {
    let free = try plan(Self.park("siting: {coast: {max: 1 km2}}"))
    let size = free.outcome.plan?.capacity(of: "wind") ?? 0
    #expect(size > 100)
    let bound = try plan(Self.park("siting: {coast: {max: 2500 m2}}"))
    // 2500 m2 / 50 m2/kW = 50 kW.
    #expect(abs((bound.outcome.plan?.capacity(of: "wind") ?? 0) - 50) < 1e-3)
    #expect(abs((bound.accounts.value("site_area.coast") ?? 0) - 2500) < 0.1)
    #expect(ShadowPrices.of(bound.outcome).contains { $0.path == "limits.siting.coast" })
    // A second machine that is dearer finds no room.
    let second =
      "  more: {kind: wind-turbine, bus: ac, resource: coast, turbine: onshore-1500kw, hub_height: 80 m, spacing: 100 m2/kW, capacity: {fixed: 10 kW}, operation: 1 USD/kW/y}\n"
    let both = try plan(Self.park("siting: {coast: {max: 2500 m2}}", more: second))
    #expect(abs((both.outcome.plan?.capacity(of: "wind") ?? 0) - 30) < 1e-3)
    #expect(both.accounts.land.places.first?.ids == ["wind", "more"])
  }

  @Test("what cannot be met says that the place is too small")
  func infeasible() throws {
    let text = Self.park("siting: {coast: {max: 2500 m2}}, renewable_fraction: {min: 60 %}")
    let project = try ProjectReader.read(text: text, path: "park.yaml")
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    #expect(outcome.status == .infeasible)
    #expect(outcome.infeasibility?.conflicts.contains { $0.path == "limits.siting.coast" } == true)
    #expect(
      outcome.infeasibility?.remedies.contains { $0.path == "limits.siting.coast" && ($0.change ?? 0) > 0 } == true)
  }

  @Test("a place that no turbine stands at is an error with the nearest name")
  func misspelt() {
    let found = ProjectReader.check(text: Self.park("siting: {coats: {max: 2500 m2}}"), path: "park.yaml")
    let error = found.first { $0.severity == .error }
    #expect(error?.path == "limits.siting.coats" && error?.advice == "Did you mean 'coast'?")
    let bare = ProjectReader.check(text: Self.park("siting: {coast: {max: 2500 m2}}", spacing: ""), path: "park.yaml")
    #expect(bare.contains { $0.severity == .error && $0.advice.contains("'spacing'") })
  }
}

extension TulouProblem.Plan {
  /// Size of a component [kW or kWh].
  fileprivate func capacity(of id: String) -> Double? {
    problem.capacities.firstIndex { $0.label.id == id && $0.label.role == .size }.map { solution.capacities[$0] }
  }
}
