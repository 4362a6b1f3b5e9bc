import Foundation
import TestSupport
import Testing
import TulouBenchmarks
import TulouHourBlock
import TulouProblem

private func benchmarks() throws -> BenchmarkProblems {
  try #require(BenchmarkProblems(folder: URL(fileURLWithPath: SharedFolder.packageRoot + "/Benchmarks/Cases")))
}

@Suite("Structured solver on a year") struct BenchmarkTests {
  @Test("C1: cost, sizes and certificate") func c1() throws {
    let problem = try benchmarks().c1()
    let solution = HourBlock.solve(problem)
    #expect(solution.status == .optimal)
    // Source: bench/C1.md.
    let optimum = 352151.472349
    #expect(abs(solution.objective - optimum) <= 1e-8 * optimum)
    #expect(solution.bound <= optimum * (1 + 1e-11) && solution.gap <= 1e-8 && solution.gap >= 0)
    for (size, known) in zip(
      solution.capacities, [2539.079339, 292.639504, 60.472269, 3338.142472, 597.087035, 150])
    {
      #expect(abs(size - known) <= 1e-4 * known)
    }
    let residual = problem.residuals(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    #expect(residual.largest < 1e-6 && residual.largestRelative < 1e-10)
  }

  @Test("C2: cost and certificate") func c2() throws {
    let solution = HourBlock.solve(try benchmarks().c2())
    let optimum = 395071.088064
    #expect(solution.status == .optimal)
    #expect(abs(solution.objective - optimum) <= 1e-8 * optimum)
    #expect(solution.bound <= optimum * (1 + 1e-11) && solution.gap <= 1e-8)
  }

  @Test("finds in a moment that a renewable fraction cannot be met") func infeasible() throws {
    var problem = try benchmarks().c1(renewableFraction: 1)
    problem.capacities[0].upper = 300
    problem.capacities[1].upper = 100
    problem.flows[5].upper = [.fixed(.zero)]
    let solution = HourBlock.solve(problem)
    #expect(solution.status == .infeasible)
    #expect(solution.conflict?.yearlyRows == [0])
    #expect(solution.iterations < 40)
  }
}

@Suite(
  "Structured solver on many years", .enabled(if: SlowTests.areWanted)) struct YearsSlowTests
{
  @Test("C1: every single year is certified", arguments: 1...10) func single(year: Int) throws {
    let solution = HourBlock.solve(try benchmarks().c1(years: [year]))
    #expect(solution.status == .optimal && solution.gap <= 1e-8)
  }

  @Test("C1: five and ten years stacked", arguments: [(5, 1795173.914378), (10, 3778109.7488)])
  func stacked(years: Int, optimum: Double) throws {
    let solution = HourBlock.solve(try benchmarks().c1(years: Array(1...years)))
    #expect(solution.status == .optimal)
    #expect(abs(solution.objective - optimum) <= 1e-7 * optimum)
  }

  @Test("renewable fractions up to 1", arguments: [0.95, 0.99, 1.0]) func fractions(rho: Double) throws {
    #expect(HourBlock.solve(try benchmarks().c1(renewableFraction: rho)).status == .optimal)
    #expect(HourBlock.solve(try benchmarks().c2(renewableFraction: rho)).status == .optimal)
  }

  @Test("eight members with own sun and battery") func members() throws {
    let solution = HourBlock.solve(try benchmarks().members(8))
    #expect(solution.status == .optimal && solution.gap <= 1e-8)
  }
}
