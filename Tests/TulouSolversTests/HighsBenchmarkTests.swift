import Foundation
import TestSupport
import Testing
import TulouBenchmarks
import TulouProblem
import TulouSolvers

/// HiGHS where it is installed; suites that need it stand under `.enabled(if:)` and are skipped by name without it.
enum InstalledHighs {
  static let library = try? HighsLibrary.open()
  static var isPresent: Bool { library != nil }
}

private func benchmarks() throws -> BenchmarkProblems {
  try #require(BenchmarkProblems(folder: URL(fileURLWithPath: SharedFolder.packageRoot + "/Benchmarks/Cases")))
}

@Suite("HiGHS on the capacity benchmark", .enabled(if: InstalledHighs.isPresent))
struct HighsBenchmarkTests {
  /// Value for 336 hours: scipy 1.17.1 `linprog(method="highs")` on a matrix written from bench/C1.md independently of
  /// this package, 2026.
  @Test("reaches the optimum of two weeks computed independently", arguments: Highs.Algorithm.allCases)
  func twoWeeks(algorithm: Highs.Algorithm) throws {
    let library = try #require(InstalledHighs.library)
    let problem = try benchmarks().c1(hours: 336)
    let solution = Highs(library, algorithm: algorithm).solve(problem, options: SolveOptions())
    #expect(solution.status == .optimal)
    #expect(abs(solution.objective - 17157.416640523585) < 1e-6 * 17157)
    #expect(abs(solution.capacities[0] - 3744.19637759) < 1e-4 * 3744)
    #expect(abs(solution.capacities[3] - 5815.49060057) < 1e-4 * 5815)
    // The bound is rigorous and computed apart from HiGHS, from the multipliers alone.
    #expect(solution.bound <= solution.objective)
    #expect(solution.gap < 1e-8)
    let residuals = problem.residuals(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    #expect(residuals.largestRelative < 1e-8)
  }
}

@Suite(
  "HiGHS on the capacity benchmark, a year",
  .enabled(if: SlowTests.areWanted && InstalledHighs.isPresent))
struct HighsYearSlowTests {
  @Test("reaches the optimum that independent builds agree on")
  func year() throws {
    let library = try #require(InstalledHighs.library)
    let problem = try benchmarks().c1()
    let solution = Highs(library, algorithm: .ipx).solve(problem, options: SolveOptions())
    #expect(solution.status == .optimal)
    #expect(abs(solution.objective / 352151.472349 - 1) < 1e-6)
    for (found, published) in zip(
      solution.capacities, [2539.079339, 292.639504, 60.472269, 3338.142472, 597.087035, 150])
    {
      #expect(abs(found - published) < 1e-4 * published)
    }
    #expect(solution.gap < 1e-6)
    print("C1, a year, with HiGHS:", solution.seconds, "s, gap", solution.gap)
  }
}
