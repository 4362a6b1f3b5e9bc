import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers

/// Sizes in whole steps beside the best plan, against hand computation.
@Suite("Practical sizes") struct PracticalTests {
  /// A level load of 103.7 kW for a day; a kW of the source costs 800 a year, a bought kWh 0.1, so 876 a kW and year.
  static func project(more: String = "", capacity: String = "{max: 300 kW}", grid: Bool = true) throws -> Project {
    let text = """
      tulou: 1
      name: level load
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 103.7 kW}}
      components:
        plant: {kind: source, bus: ac, class: S, availability: 100 %, operation: 800 EUR/kW/y, capacity: \(capacity)}
      \(more)
      \(grid ? "markets: {grid: {bus: ac, class: N, buy: 0.1 EUR/kWh, limit: {buy: 500 kW}, emission: 0.5 kg/kWh}}" : "")
      """
    return try ProjectReader.read(text: text, path: "level.yaml")
  }

  static func outcome(_ project: Project, steps: [String: Double] = [:]) throws -> Outcome {
    var options = PlanOptions()
    options.practicalSteps = steps
    return try PlanStudy.run(project: project, options: options, solver: Structured())
  }

  @Test(
    "the step is the largest of 1, 2 and 5 times a power of ten within a twentieth of the size",
    arguments: [
      (103.7, 5.0), (137.3, 5), (1234.5, 50), (2.3, 0.1), (20, 1), (19.99, 0.5), (40, 2), (100, 5), (0.02, 0.001),
      (9.9e6, 200_000),
    ])
  func rule(size: Double, step: Double) {
    #expect(abs(PracticalPlan.step(for: size) - step) <= 1e-12 * step)
  }

  @Test("with a market beside it the cheaper of both neighbours is taken, and what rounding costs is that of the hand")
  func market() throws {
    let found = try #require(Self.outcome(Self.project()).practical)
    let row = try #require(found.rows.first)
    // 105 kW: 84,000. 100 kW and 3.7 kW bought: 80,000 + 3.7 * 876 = 83,241.2. Best: 103.7 * 800 = 82,960.
    #expect(row.step == 5 && row.basis == .rule && abs(row.practical - 100) < 1e-6)
    #expect(abs(found.bestCost - 82_960) < 0.1 && abs(found.cost - 83_241.2) < 0.1)
    #expect(abs(found.extraCost - 281.2) < 0.2)
    #expect(abs(found.gap - 281.2 / 83_241.2) < 1e-5)
    #expect(found.isLocalOptimum && found.largestResidual < 1e-6)
  }

  @Test("where nothing else serves the load the size is rounded up")
  func island() throws {
    let found = try #require(Self.outcome(Self.project(grid: false)).practical)
    let row = try #require(found.rows.first)
    #expect(abs(row.practical - 105) < 1e-6 && abs(found.cost - 84_000) < 0.1)
  }

  @Test("steps that are given hold, and a limit of the project too")
  func given() throws {
    let found = try #require(Self.outcome(Self.project(), steps: ["plant": 2]).practical)
    // 104 kW: 83,200; 102 kW and 1.7 kW bought: 83,089.2.
    #expect(abs((found.rows.first?.practical ?? 0) - 102) < 1e-6 && found.rows.first?.basis == .given)
    let kept = try #require(
      Self.outcome(Self.project(more: "limits: {co2: {max: 1 kg/y}}"), steps: ["plant": 2]).practical)
    #expect(abs((kept.rows.first?.practical ?? 0) - 104) < 1e-6)
  }

  @Test("machines of the file keep their size, what is not built stays so")
  func others() throws {
    let idle =
      "  idle: {kind: source, bus: ac, class: S, availability: 100 %, operation: 900 EUR/kW/y, capacity: {max: 50 kW}}"
    let found = try #require(
      Self.outcome(Self.project(more: idle, capacity: "{unit: 20 kW, max: 300 kW}")).practical)
    let plant = try #require(found.rows.first { $0.name == "plant" }), spare = found.rows.first { $0.name == "idle" }
    #expect(plant.basis == .file && plant.step == 20 && abs(plant.practical - 100) < 1e-6)
    #expect(spare?.basis == PracticalPlan.Basis.none && spare?.practical == 0)
  }

  @Test("power and content of a storage of so many hours are rounded together, a step may be that of either")
  func storage() throws {
    let text = """
      tulou: 1
      name: day and night
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: {values: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 73, 73, 73, 73, 0, 0, 0, 0, 0, 0, 0, 0], unit: kW}}}
      components:
        plant: {kind: source, bus: ac, class: S, availability: 100 %, operation: 800 EUR/kW/y, capacity: {max: 300 kW}}
        store: {kind: storage, bus: ac, hours: 4 h, round_trip: 100 %, operation: {power: 1 EUR/kW/y}, capacity: {max: 300 kW}}
      """
    let project = try ProjectReader.read(text: text, path: "store.yaml")
    let found = try #require(Self.outcome(project, steps: ["store.energy": 30]).practical)
    let power = try #require(found.rows.first { $0.name == "store.power" })
    let energy = try #require(found.rows.first { $0.name == "store.energy" })
    #expect(power.step == 7.5 && energy.step == 30)
    #expect(abs(energy.practical - 4 * power.practical) < 1e-6)
    let steps = energy.practical / 30
    #expect(abs(steps - steps.rounded()) < 1e-6 && steps > 0)
  }

  @Test("a step of something without a size is refused with the names that there are")
  func unknown() throws {
    let fault = #expect(throws: ProjectFault.self) { try Self.outcome(Self.project(), steps: ["plnt": 1]) }
    #expect(fault?.diagnostics.first?.advice.contains("plant") == true)
  }
}
