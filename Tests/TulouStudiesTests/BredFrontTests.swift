import Foundation
import TestSupport
import Testing
import Tulou
import TulouFiles
import TulouPlanning
import TulouStudies

/// Genetic searches and stated designs beside a proven front.
@Suite("Designs beside a front") struct BredFrontTests {
  private static let text = """
    tulou: 1
    horizon: {start: 2027-06-04, length: 24 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity, spill: true}}
    demands: {load: {bus: ac, power: {values: [2,2,2,2,2,3,4,6,8,9,9,9,9,9,8,8,8,9,9,8,6,4,3,2], unit: kW}}}
    components:
      sun: {kind: source, bus: ac, class: S.sun, availability: {values: [0,0,0,0,0,0,0.1,0.3,0.5,0.7,0.8,0.9,0.9,0.8,0.7,0.5,0.3,0.1,0,0,0,0,0,0]}, capital: 1000 USD/kW, capacity: {max: 40 kW}}
      wind: {kind: source, bus: ac, class: W, availability: 30 %, capital: 3000 USD/kW, capacity: {max: 40 kW}}
    markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}}
    studies:
      front: {kind: pareto, objectives: [net_present_cost, co2], points: 5, generations: 6, population: 10, designs: {small: {sun: 2 kW, wind: 5 kW}}}

    """

  @Test("beside the front of a file everything lies on or inside what is proven")
  func command() async throws {
    let folder = try ScratchFolder.make()
    let file = folder.appendingPathComponent("front.yaml").path
    try Self.text.write(toFile: file, atomically: true, encoding: .utf8)
    var request = StudyRequest(file: file, version: "test")
    request.out = folder.appendingPathComponent("out").path
    request.study = "front"
    let answer = try await FrontRun(StudyRun(request)).go()
    let json = try #require(JSONSerialization.jsonObject(with: Data(answer.json.utf8)) as? [String: Any])
    let bred = try #require(json["bred"] as? [String: Any])
    #expect(bred["compared_with_proven_line"] as? Bool == true)
    let excesses = (bred["points"] as? [[String: Any]] ?? []).compactMap { $0["excess"] as? Double }
    #expect(excesses.count > 3 && excesses.allSatisfy { $0 >= -0.05 }, "\(excesses)")
    let share = try #require(bred["hypervolume_share"] as? Double)
    #expect(share > 0.5 && share <= 1 + 1e-3)
    #expect(answer.lines.contains { $0.contains("on the table") })
    #expect(FileManager.default.fileExists(atPath: folder.path + "/out/bred.csv"))
  }

  @Test("under a rule the same designs lie on or inside the front, and the answer says which rule")
  func ruled() async throws {
    let folder = try ScratchFolder.make()
    let file = folder.appendingPathComponent("front.yaml").path
    try Self.text.replacing("generations: 6,", with: "generations: 4, strategies: [load_following],").write(
      toFile: file, atomically: true, encoding: .utf8)
    var request = StudyRequest(file: file, version: "test")
    request.out = folder.appendingPathComponent("out").path
    request.study = "front"
    let answer = try await FrontRun(StudyRun(request)).go()
    let json = try #require(JSONSerialization.jsonObject(with: Data(answer.json.utf8)) as? [String: Any])
    let bred = try #require(json["bred"] as? [String: Any])
    #expect(bred["dispatch"] as? String == "load following")
    let excesses = (bred["points"] as? [[String: Any]] ?? []).compactMap { $0["excess"] as? Double }
    #expect(excesses.count > 3 && excesses.allSatisfy { $0 >= -0.05 }, "\(excesses)")
    #expect(answer.lines.contains { $0.contains("dispatch by rules: load following") })
  }

  @Test("what no rule can run is told before a point is sought")
  func refusedByRules() async throws {
    let folder = try ScratchFolder.make()
    let file = folder.appendingPathComponent("front.yaml").path
    let heat = "{ac: {carrier: electricity, spill: true}, hot: {carrier: heat, supply: 60 degC, return: 40 degC}}"
    try Self.text.replacing("{ac: {carrier: electricity, spill: true}}", with: heat)
      .replacing("demands: {", with: "demands: {rooms: {bus: hot, power: 1 kW}, ")
      .replacing(
        "components:\n",
        with: "components:\n  rod: {kind: boiler, fuel: ac, heat: hot, efficiency: 98 %, capacity: {max: 9 kW}}\n"
      ).write(toFile: file, atomically: true, encoding: .utf8)
    var request = StudyRequest(file: file, version: "test")
    request.out = folder.appendingPathComponent("out").path
    request.study = "front"
    var run = FrontRun(StudyRun(request))
    run.strategy.rules = [.loadFollowing]
    await #expect(throws: StudyEnd.self) { try await run.go() }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out/points"))
  }

  @Test("a stated design that breaks a limit says by how much")
  func broken() async throws {
    let folder = try ScratchFolder.make()
    let file = folder.appendingPathComponent("front.yaml").path
    try Self.text.replacing("generations: 6, population: 10, ", with: "").replacing(
      "studies:\n", with: "limits: {renewable_fraction: {min: 50 %}}\nstudies:\n"
    ).write(toFile: file, atomically: true, encoding: .utf8)
    var request = StudyRequest(file: file, version: "test")
    request.out = folder.appendingPathComponent("out").path
    request.study = "front"
    let answer = try await FrontRun(StudyRun(request)).go()
    #expect(
      answer.lines.contains { $0.contains("Stated designs that break limits: small (renewable fraction") },
      "\(answer.lines)")
  }

  @Test("the same seed gives the same designs")
  func seeded() throws {
    let project = try ProjectReader.read(text: Self.text, path: "front.yaml")
    var question = BreedingQuestion()
    question.generations = 2
    question.population = 6
    func bred(_ workers: Int) -> BredFront {
      BreedingStudy.run(
        project: project, first: .netPresentCost, second: .co2,
        front: [
          (ParetoPlace(first: 3399, second: 11_840), ["sun": 11, "wind": 1]),
          (ParetoPlace(first: 7222, second: 0), ["sun": 2, "wind": 30]),
        ], question: question, in: StudyContext(solver: Structured(), workers: workers))
    }
    #expect(bred(1) == bred(2))
  }

  @Test(
    "a design's sizes are read by the unit of the size, and from the least to the greatest",
    arguments: [
      ("10 m2", "kW"), ("10 kWh", "kW"), ("1000 kW", "above its greatest size of 40 kW"),
      ("1e15 kW", "above its greatest size"), ("-10 kW", "below its least size of 0 kW"),
    ])
  func sizes(stated: String, said: String) {
    let fault = #expect(throws: ProjectFault.self) {
      try ProjectReader.read(text: Self.text.replacing("{sun: 2 kW", with: "{sun: \(stated)"), path: "front.yaml")
    }
    #expect(
      fault?.diagnostics.contains { ($0.message + $0.advice).contains(said) && $0.place?.line == 11 } == true,
      "\(fault?.diagnostics ?? [])")
  }

  @Test("nothing and greatest sizes are sizes", arguments: ["0 kW", "40 kW", "0.04 MW"])
  func ends(stated: String) throws {
    let project = try ProjectReader.read(
      text: Self.text.replacing("{sun: 2 kW", with: "{sun: \(stated)"), path: "front.yaml")
    #expect(project.studies.count == 1)
  }

  @Test("an excess is a part of what the front has at the same second goal")
  func base() throws {
    let project = try ProjectReader.read(text: Self.text, path: "front.yaml")
    var question = BreedingQuestion()
    question.stated = ["some": ["sun": 5, "wind": 5]]
    let bred = BreedingStudy.run(
      project: project, first: .netPresentCost, second: .co2,
      front: [
        (ParetoPlace(first: 3399, second: 20_000), ["sun": 11, "wind": 1]),
        (ParetoPlace(first: 7222, second: 0), ["sun": 2, "wind": 30]),
      ], question: question, in: StudyContext(solver: Structured(), workers: 1))
    let point = try #require(bred.points.first)
    let line = 3399 + (20_000 - point.place.second) / 20_000 * (7222 - 3399)
    let base = try #require(bred.base(of: .stated))
    #expect(abs(base - line) < 1e-6 * line && bred.base(of: .nsga2) == nil)
  }

  @Test("a design of what has no size is refused")
  func names() {
    #expect(throws: ProjectFault.self) {
      try ProjectReader.read(text: Self.text.replacing("{sun: 2 kW", with: "{sunn: 2 kW"), path: "front.yaml")
    }
  }
}
