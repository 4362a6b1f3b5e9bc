import TestSupport
import Testing
import TulouFiles
import TulouPlanning
import TulouProblem

/// Three stages with growing demand and falling prices, planned in one problem and one after the other; PyPSA's copies of
/// one cluster tied to each other found the same (Scripts/peers/own_projects.py).
@Suite("Stages against PyPSA", .enabled(if: PublicRoad.isOpen))
struct StagedProjectTests {
  @Test("with foresight")
  func foresight() throws {
    let expected = try PeerValue.read("growing/expected.json")
    try check(.foresight, npc: try #require(expected.npc), sizes: expected.sizes)
  }

  @Test("one stage after the other, each as if it lasted to the end")
  func myopic() throws {
    let expected = try PeerValue.read("growing/expected.json")
    try check(.myopic, npc: try #require(expected.myopicNpc), sizes: try #require(expected.myopicSizes))
  }

  private func check(_ mode: StagedOutcome.Mode, npc: Double, sizes: [String: Double]) throws {
    let project = try ProjectReader.read(path: SharedFolder.packageRoot + "/Tests/Projects/growing/project.yaml")
    let outcome = try StageStudy.run(project: project, mode: mode, solver: PublicRoad.solver("highs"))
    #expect(outcome.status == .optimal)
    #expect(abs(outcome.netPresentCost / npc - 1) < 1e-6, "\(outcome.netPresentCost) USD")
    #expect(Measured.isWithin("pypsa.stages", Measured.relative(outcome.netPresentCost, npc)))
    for (name, expected) in sizes {
      let words = name.split(separator: ":").map { String($0.drop { $0 == " " }) }
      let parts = words[1].split(separator: ".").map(String.init)
      let plan = try #require(outcome.stages.first { $0.id == words[0] }).plan
      // In one problem of all stages each label carries its stage.
      let found = plan.problem.capacities.indices.first {
        let label = plan.problem.capacities[$0].label
        return label.id == parts[0] && label.role == .size && label.part.name == (parts.count > 1 ? parts[1] : "")
          && (label.stage.isEmpty || label.stage == words[0])
      }
      let size = plan.solution.capacities[try #require(found)]
      #expect(abs(size - expected) < 1e-3 * expected + 0.05, "\(name): the plan says \(size), the peer \(expected)")
    }
  }
}
