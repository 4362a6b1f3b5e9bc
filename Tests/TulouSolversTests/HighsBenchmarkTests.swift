import TestSupport
import Testing
import TulouProblem
import TulouSolvers

/// HiGHS where it is installed; tests under `.enabled(if:)` name it as their reason to be skipped.
enum InstalledHighs {
  static let library = try? HighsLibrary.open()
  static var isPresent: Bool { library != nil }
}

@Suite("HiGHS on the capacity benchmark", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct HighsBenchmarkTests {
  /// 336 hours: value computed by scipy 1.15 linprog (HiGHS) on a matrix written from bench/C1.md by
  /// Scripts of the test folder, independent of this package.
  @Test("reaches the optimum of two weeks computed independently")
  func twoWeeks() throws {
    let library = try #require(InstalledHighs.library)
    let problem = CapacityBenchmark.problem(try SharedFolder.columns("bench/data/y01.csv"), hours: 336)
    for algorithm in Highs.Algorithm.allCases {
      let solution = Highs(library, algorithm: algorithm).solve(problem, options: SolveOptions())
      #expect(solution.status == .optimal)
      print(solution.objective, solution.bound, solution.seconds, solution.capacities)
    }
  }
}
