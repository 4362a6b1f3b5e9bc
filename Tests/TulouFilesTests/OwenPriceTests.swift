import Testing
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouReport
import TulouSharing
import TulouSolvers

/// Prices of a plan share its cost; a market without a limit is a bound that nobody set and earns nothing.
@Suite("Owen's shares at an unlimited market") struct OwenPriceTests {
  private static let street = """
    tulou: 1
    name: Street
    horizon: {start: 2027-06-14, length: 48 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 3 %, lifetime: 20 y}
    buses: {b: {carrier: electricity}}
    members: {mill: {kind: sme}, inn: {kind: sme}}
    demands:
      mill-power: {bus: b, member: mill, power: 10 kW}
      inn-power: {bus: b, member: inn, power: 30 kW}
    markets: {gb: {bus: b, class: N, buy: 0.24 EUR/kWh, sell: 0.05 EUR/kWh, emission: 0.2 kg/kWh}}
    """

  @Test("members who only buy at one price pay what they use, and nothing is nobody's rent") func shares() throws {
    let project = try ProjectReader.read(text: Self.street, path: "street.yaml")
    let solver = Structured()
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let found = try #require(OwenShares(outcome, players: ["mill", "inn"], solver: solver))
    let year = 8760.0
    #expect(abs(found.costs[0] - 10 * year * 0.24) < 1)
    #expect(abs(found.costs[1] - 30 * year * 0.24) < 1)
    #expect(abs(found.uncovered) < 1)
    #expect(found.reservations.isEmpty)
  }

  /// Counts what it is asked.
  private final class Counting: Solver, @unchecked Sendable {
    let name = "structured"
    var solves = 0
    func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
      solves += 1
      return Structured().solve(problem, options: options)
    }
  }

  @Test("prices of the plan itself do where limits that nobody set earn nothing") func oneSolve() throws {
    // With a battery that could charge beside the need the market could give more than is bought, and its bound earns nothing.
    let beside = Self.street.replacing(
      "markets:",
      with:
        "components: {store: {kind: storage, member: inn, bus: b, round_trip: 90 %, capacity: {power: {max: 20 kW}, energy: {max: 40 kWh}}, operation: {power: 50 EUR/kW/y, energy: 90 EUR/kWh/y}}}\nmarkets:"
    )
    for (text, further) in [(Self.street, 1), (beside, 0)] {
      let project = try ProjectReader.read(text: text, path: "street.yaml")
      let solver = Counting()
      let outcome = try PlanStudy.run(project: project, solver: solver)
      let before = solver.solves
      let found = try #require(OwenShares(outcome, players: ["mill", "inn"], solver: solver))
      #expect(solver.solves - before == further)
      #expect(abs(found.costs[0] - 10 * 8760 * 0.24) < 1 && found.reservations.isEmpty)
    }
  }

  @Test("what proofs leave open is no reason to leave") func open() throws {
    let game = try #require(Game(members: ["mill", "inn"], values: [0, 0, 0, -0.000136]))
    var report = GameReport(name: "", game: game, shares: [])
    #expect(report.coreSentence?.contains("is empty") == true)
    report.uncertainty = 0.00014
    #expect(report.coreSentence == "The core is not empty: shares exist with which no group is better off by itself.")
  }
}
