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

  @Test("a design of what has no size is refused")
  func names() {
    #expect(throws: ProjectFault.self) {
      try ProjectReader.read(text: Self.text.replacing("{sun: 2 kW", with: "{sunn: 2 kW"), path: "front.yaml")
    }
  }
}
