import TestSupport
import Testing
import TulouPlanning
import TulouProblem
import TulouSolvers

/// Small projects of our own, each with what PyPSA found for it (Scripts/peers/own_projects.py).
@Suite("Small projects against PyPSA", .enabled(if: PublicRoad.isOpen))
struct PeerProjectTests {
  static let names = [
    "fleet", "island-reserve", "least-co2", "least-outside", "month-blocks", "old-plant", "sell-above-buy",
    "shed-and-shift", "two-weeks",
  ]

  @Test("HiGHS reaches the same value with the same sizes", arguments: names)
  func highs(name: String) throws { try check(name, solver: "highs") }

  /// Only `sell-above-buy` needs whole numbers, which `auto` hands over to HiGHS.
  @Test(
    "the structured solver reaches the same value", .enabled(if: SolverChoice.builtInStructured != nil),
    arguments: names.filter { $0 != "sell-above-buy" })
  func structured(name: String) throws { try check(name, solver: "structured") }

  private func check(_ name: String, solver: String) throws {
    let expected = try PeerValue.read("\(name)/expected.json")
    let outcome = try PublicRoad.plan(
      SharedFolder.packageRoot + "/Tests/Projects/\(name)/project.yaml", solver: solver,
      wholeNumbers: expected.exact == true ? .exact : .rounding)
    #expect(outcome.status == .optimal)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.unit == expected.unit)
    // A second solve for least cost may spend a millionth of the first value (rule M14).
    let tolerance = expected.cost == nil ? expected.tolerance : expected.tolerance + 1e-6
    #expect(
      abs(certificate.value / expected.objective - 1) < tolerance, "\(certificate.value) \(expected.unit)")
    #expect(Measured.isWithin("pypsa.projects", Measured.relative(certificate.value, expected.objective)))
    #expect(certificate.bound <= certificate.value * (1 + 1e-9))
    #expect(certificate.gap < tolerance)
    #expect(certificate.largestRelativeResidual < 1e-6)
    if let cost = expected.cost {
      #expect(abs(certificate.cash / cost - 1) < 1e-4, "second solve: \(certificate.cash) USD/y")
    }
    outcome.expect(sizes: expected.sizes, within: expected.cost == nil ? expected.sizeTolerance : 0.01)
  }
}

/// The six files of the format page: C1 and C2 with published optima, the others with what PyPSA found
/// (Scripts/peers/format_files.py).
@Suite("The files of the format page", .enabled(if: PublicRoad.isOpen && SharedFolder.isPresent))
struct FormatFileTests {
  @Test("plan as PyPSA does", arguments: ["demand-charge", "heat-pump-tank", "members", "unit-sizes"])
  func plans(name: String) throws {
    let expected = try PeerValue.read("format/\(name).expected.json")
    let shared = try #require(SharedFolder.path)
    let outcome = try PublicRoad.plan("\(shared)/design/format/\(name).yaml", wholeNumbers: .exact)
    #expect(outcome.status == .optimal)
    let certificate = try #require(outcome.certificate)
    #expect(
      abs(certificate.value / expected.objective - 1) < expected.tolerance, "\(certificate.value) \(expected.unit)")
    #expect(certificate.gap < 1e-6)
    #expect(Measured.isWithin("pypsa.format", Measured.relative(certificate.value, expected.objective)))
    outcome.expect(sizes: expected.sizes, within: expected.sizeTolerance)
  }

  @Test("unit sizes by rounding come close to the exact plan, and the bound holds")
  func rounding() throws {
    let expected = try PeerValue.read("format/unit-sizes.expected.json")
    let shared = try #require(SharedFolder.path)
    let outcome = try PublicRoad.plan("\(shared)/design/format/unit-sizes.yaml")
    let certificate = try #require(outcome.certificate)
    #expect(certificate.value >= expected.objective * (1 - 1e-6))
    #expect(certificate.value <= expected.objective * 1.02)
    #expect(certificate.bound <= expected.objective * (1 + 1e-6))
  }
}

/// C1 and C2 as ordinary project files.
@Suite("The capacity benchmarks as project files", .enabled(if: PublicRoad.isOpen))
struct CapacityBenchmarkTests {
  static let names = [
    "c1", "c1-dear-carbon", "c1-island", "c1-ninety", "c1-no-limit", "c1-no-pumped", "c2", "c2-cheap-gas",
  ]

  @Test("two weeks agree with PyPSA and with a raw matrix", arguments: names)
  func firstHours(name: String) throws {
    let all: FirstHours = try JSON.read("first-336-hours.json")
    let expected = try #require(all.cases[name])
    for solver in PublicRoad.solvers {
      let outcome = try PublicRoad.plan(
        path(expected.file), solver: solver, hours: all.hours, set: expected.set)
      #expect(outcome.status == .optimal)
      let certificate = try #require(outcome.certificate)
      #expect(abs(certificate.value / expected.value - 1) < 1e-6, "\(solver): \(certificate.value)")
      #expect(Measured.isWithin("pypsa.weeks", Measured.relative(certificate.value, expected.value)))
      outcome.expect(sizes: expected.sizes, within: 1e-4)
    }
  }

  @Test(
    "the year agrees with PyPSA, oemof.solph and a raw matrix", .enabled(if: SlowTests.areWanted),
    arguments: [("c1", 352151.472349), ("c2", 395071.088064)])
  func yearSlowTests(file: String, expected: Double) throws {
    let outcome = try PublicRoad.plan(path(file), solver: PublicRoad.solvers.last ?? "highs")
    let certificate = try #require(outcome.certificate)
    #expect(abs(certificate.value / expected - 1) < 1e-6, "\(certificate.value)")
    #expect(Measured.isWithin("pypsa.year", Measured.relative(certificate.value, expected)))
    guard file == "c1" else { return }
    outcome.expect(
      sizes: [
        "pv": 2539.079339, "wind": 292.639504, "genset": 60.472269, "battery.energy": 3338.142472,
        "battery.power": 597.087035, "pumped.power": 150,
      ], within: 1e-4)
  }

  private func path(_ file: String) -> String { SharedFolder.packageRoot + "/Benchmarks/Cases/\(file)/\(file).yaml" }
}
