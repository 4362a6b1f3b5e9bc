import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProject
import TulouSolvers

/// The four terms between plans of the example files, a fortnight each.
@Suite("Decomposition between plans of examples", .enabled(if: InstalledHighs.isPresent))
struct PlanPairTests {
  private func account(_ file: String, _ changes: (inout String) -> Void = { _ in }) throws -> CarbonAccount {
    let path = SharedFolder.packageRoot + "/Examples/" + file
    var text = try String(contentsOfFile: path, encoding: .utf8)
    changes(&text)
    var options = ProjectReader.Options()
    options.hours = 336
    let project = try ProjectReader.read(text: text, path: path, options: options)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    return Accounts.make(project: outcome.project, plan: try #require(outcome.plan, "\(file) has no plan")).carbon
  }

  /// Terms add up to the difference of what two accounts say, which knows nothing of the terms.
  private func expectExact(_ base: CarbonAccount, _ target: CarbonAccount) -> EmissionDecomposition {
    let parts = EmissionDecomposition(from: base.fleet, to: target.fleet)
    let scale =
      1 + base.fossil + target.fossil + abs(parts.substitution) + abs(parts.losses) + abs(parts.saving)
      + abs(parts.factor)
    #expect(abs(parts.residual) < 1e-9 * scale)
    #expect(abs(parts.total - (base.fossil - target.fossil)) < 1e-9 * scale)
    return parts
  }

  @Test func `two stages of Shenzhen`() throws {
    let experimental = try account("shenzhen/experimental.yaml"), pilot = try account("shenzhen/pilot.yaml")
    let parts = expectExact(experimental, pilot)
    // The later stage wants more and makes more of it from wind and sun.
    #expect(parts.saving < 0 && parts.substitution > 0)
  }

  @Test func `with and without a storage`() throws {
    let battery = "hours: {min: 1 h, max: 6 h}, capacity: {max: 1 MW}"
    let without = try account("yanqing/cluster.yaml") { text in
      #expect(text.contains(battery))
      text = text.replacing(battery, with: "hours: {min: 1 h, max: 6 h}, capacity: {max: 0 MW}")
    }
    let with = try account("yanqing/cluster.yaml") { text in
      text = text.replacing(battery, with: "hours: {min: 1 h, max: 6 h}, capacity: {min: 500 kW, max: 1 MW}")
    }
    let parts = expectExact(without, with)
    // A storage loses something.
    #expect(parts.losses < 0)
  }

  @Test func `with and without vehicles`() throws {
    let without = try account("yanqing/cluster.yaml") { $0 = $0.replacing("count: 60,", with: "count: 0,") }
    let with = try account("yanqing/cluster.yaml")
    let parts = expectExact(without, with)
    #expect(parts.saving < 0)
  }
}
