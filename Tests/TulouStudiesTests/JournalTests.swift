import Foundation
import TestSupport
import Testing
import Tulou
import TulouFiles
import TulouStudies

/// What a run that ends without results leaves: nothing.
@Suite("Journals of runs without results") struct JournalTests {
  private static let text = """
    tulou: 1
    name: two
    horizon: {start: 2027-01-01, length: 24 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    members:
      mill: {kind: sme}
      farm: {kind: sme}
    demands:
      a: {bus: ac, member: mill, power: 5 kW}
      b: {bus: ac, member: farm, power: 5 kW}
    components:
      well: {kind: source, bus: ac, class: W, member: mill, availability: 100 %, capacity: {max: 20 kW}, capital: 500 EUR/kW, life: 20 y}

    """

  private func run(_ text: String = text) throws -> (run: StudyRun, out: String) {
    let folder = try ScratchFolder.make()
    let file = folder.appendingPathComponent("two.yaml").path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    var request = StudyRequest(file: file, version: "test")
    request.out = folder.appendingPathComponent("out").path
    return (StudyRun(request), folder.path + "/out")
  }

  @Test("a division of which one member has no plan by itself")
  func share() async throws {
    let (run, out) = try run()
    await #expect(throws: StudyEnd.self) { try await ShareRun(run).go() }
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test("a front between a goal and itself")
  func front() async throws {
    let (run, out) = try run()
    await #expect(throws: StudyEnd.self) {
      try await FrontRun(run, goals: (.netPresentCost, .netPresentCost)).go()
    }
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test("a plan and a front of a project of nothing end by a fault of the project")
  func nothing() async throws {
    let (run, out) = try run(Self.text.components(separatedBy: "members:")[0])
    let plan = #expect(throws: StudyEnd.self) { try PlanRun(run).go() }
    #expect(plan?.kind == .projectFault)
    let front = await #expect(throws: StudyEnd.self) { try await FrontRun(run).go() }
    #expect(front?.kind == .projectFault)
    #expect(!FileManager.default.fileExists(atPath: out))
  }
}
