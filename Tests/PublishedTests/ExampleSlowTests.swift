import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// Every example is planned over its full length, and its numbers are those of the golden table.
///
/// `TULOU_UPDATE_GOLDEN=1` writes the table anew; its difference is to be read like code.
@Suite("Examples at their full length", .enabled(if: SlowTests.areWanted && PublicRoad.isOpen), .serialized)
struct ExampleSlowTests {
  static let folder = SharedFolder.packageRoot + "/Examples"

  /// Projects; what a carbon study alone reads is left to the tests of that study.
  static let examples: [String] = {
    let below = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return below.filter { path in
      guard path.hasSuffix(".yaml"), let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8)
      else { return false }
      return text.contains("\ntulou: 1") && text.contains("\ncomponents:")
    }.sorted()
  }()

  static let keys = ["net_present_cost", "annual_cost", "renewable_fraction", "co2", "unserved_energy", "p_n"]
  static let golden = SharedFolder.packageRoot + "/Tests/PublishedTests/examples.csv"

  /// Numbers of an example: what was minimised, its bound, main indicators.
  static func row(_ example: String) throws -> [Double] {
    let project = try ProjectReader.read(path: folder + "/" + example)
    let solver = AutomaticSolver(
      structured: try #require(SolverChoice.builtInStructured), highs: .success(Highs(try #require(PublicRoad.highs))))
    var options = PlanOptions()
    options.solve.timeLimit = 240
    if !project.stages.isEmpty {
      let outcome = try StageStudy.run(
        project: project, mode: .foresight, options: options, solver: solver)
      let proof = try #require(outcome.certificate, "\(example) has no plan")
      #expect(proof.bound <= proof.value + 1e-9 * abs(proof.value))
      // Whole numbers are sought for a time, so their value depends on the machine; the bound does not.
      return [outcome.integers == nil ? proof.value : .nan, proof.bound]
    }
    let outcome = try PlanStudy.run(project: project, options: options, solver: solver)
    let plan = try #require(outcome.plan, "\(example) has no plan: \(outcome.status)")
    let proof = try #require(outcome.certificate)
    #expect(proof.bound <= proof.value + 1e-9 * abs(proof.value), "\(example)")
    let accounts = Accounts.make(project: outcome.project, plan: plan)
    guard outcome.integers == nil else { return [.nan, proof.bound] }
    return [proof.value, proof.bound] + keys.map { accounts.value($0) ?? .nan }
  }

  @Test("have a plan, a bound below it, and the numbers of the golden table")
  func plans() throws {
    var table: [String: [Double]] = [:]
    for example in Self.examples { table[example] = try Self.row(example) }
    if ProcessInfo.processInfo.environment["TULOU_UPDATE_GOLDEN"] != nil {
      let head = "example,value,bound," + Self.keys.joined(separator: ",")
      let lines = Self.examples.map { name in
        ([name] + (table[name] ?? []).map { $0.isNaN ? "" : String(format: "%.9g", $0) }).joined(separator: ",")
      }
      try ([head] + lines).joined(separator: "\n").appending("\n").write(
        toFile: Self.golden, atomically: true, encoding: .utf8)
    }
    let lines = try String(contentsOfFile: Self.golden, encoding: .utf8).split(separator: "\n").dropFirst()
    let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(rows.map { $0[0] } == Self.examples, "an example without a row, or a row without an example")
    for row in rows {
      let found = table[row[0]] ?? []
      for (k, text) in row.dropFirst().enumerated() where k < found.count {
        guard let expected = Double(text) else { continue }
        // The plan's cost is proven to its gap; what follows from flows that cost nothing is not as sharp.
        let sharp = k < 4 ? 2e-6 : 1e-3
        #expect(
          abs(found[k] - expected) <= sharp * max(1, abs(expected)), "\(row[0]), column \(k + 2): \(found[k]), \(text)")
      }
    }
  }
}
