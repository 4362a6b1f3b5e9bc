import TestSupport
import Testing
import TulouAssembly
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// HiGHS where it is installed; suites that need it are skipped by name without it.
enum InstalledHighs {
  static let library = try? HighsLibrary.open()
  static var isPresent: Bool { library != nil }

  static func solver() throws -> Highs { Highs(try #require(library)) }
}

/// A project of `TestSupport` with the value an independent build gives for it.
struct BenchCase: Sendable, CustomTestStringConvertible {
  var name: String
  var value: Double
  var sizes: [String: Double]
  var project: @Sendable () throws -> Project
  var testDescription: String { name }

  /// PyPSA 1.4.0 with HiGHS 1.15.1, 2026: Scripts/peers/c1_c2.py and format_files.py; C1 also by a raw matrix.
  static let all: [BenchCase] = [
    BenchCase(
      name: "C1, 336 h", value: 447318.36241365154,
      sizes: ["pv": 3744.1963775895, "wind": 0, "genset": 0, "battery.energy": 5815.490600569, "pumped.power": 150]
    ) { BenchProjects.c1(try SharedFolder.columns("bench/data/y01.csv"), hours: 336) },
    BenchCase(
      name: "demand charge", value: 464372.15648200386, sizes: ["pv": 2500, "battery.power": 715.75]
    ) { BenchProjects.demandCharge(try SharedFolder.columns("bench/data/y01.csv")) },
    BenchCase(
      name: "heat pump and tank", value: 127613.35836560353,
      sizes: ["pv": 501.80926, "heatpump": 220, "boiler": 137.25, "tank.energy": 857.472482]
    ) { BenchProjects.heatPumpTank(try SharedFolder.columns("bench/data/y01.csv")) },
    BenchCase(
      name: "members", value: 586366.8466586261,
      sizes: ["pv-homes": 900, "pv-works": 1327.683881, "battery.power": 474.22307, "battery.energy": 2000]
    ) {
      BenchProjects.members(
        try SharedFolder.columns("bench/data/y01.csv"), try SharedFolder.columns("bench/data/y02.csv"))
    },
  ]
}

@Suite("Assembly against independent builds", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct AssemblyBenchmarkTests {
  @Test("agrees with PyPSA", arguments: BenchCase.all)
  func agrees(with expected: BenchCase) throws {
    let assembled = try Assembly.problem(for: try expected.project())
    #expect(assembled.problem.faults() == [])
    let solution = try InstalledHighs.solver().solve(assembled.problem, options: SolveOptions())
    #expect(solution.status == .optimal)
    let value = solution.objective / assembled.years
    #expect(abs(value - expected.value) < 1e-6 * expected.value, "\(value)")
    for (capacity, total) in zip(assembled.problem.capacities, solution.capacities) {
      let label = capacity.label
      let key = label.sizeName
      guard let size = expected.sizes[key] else { continue }
      #expect(abs(total - size) < 1e-3 * max(1, size), "\(key)")
    }
  }

  @Test("writes a year down quickly")
  func speed() throws {
    let project = BenchProjects.c1(try SharedFolder.columns("bench/data/y01.csv"))
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try Assembly.problem(for: project) }
    print("assembly of 8760 hours in", time)
    // The aim is 50 ms in release; a debug build on a busy machine is some twenty times slower.
    #expect(time < .seconds(2))
  }
}
