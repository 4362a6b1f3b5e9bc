import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

@Suite("Sensitivity", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct SensitivityTests {
  /// A reader of two paths: the cost of PV and the limit of purchase.
  static func read(_ settings: [String: String]) throws(ProjectFault) -> Project {
    guard let columns = try? SharedFolder.columns("bench/data/y01.csv") else { throw ProjectFault([]) }
    var project = BenchProjects.c1(columns, hours: 96)
    for (path, text) in settings {
      let number = text.split(separator: " ").first.map(String.init) ?? text
      let factor = number.hasPrefix("x") ? Double(number.dropFirst()) ?? 1 : nil
      switch path {
      case "components.pv.operation":
        let base = project.components[0].sizes[0].cost.operation
        project.components[0].sizes[0].cost.operation = factor.map { $0 * base } ?? Double(number) ?? base
      case "markets.grid.limit.buy": project.markets[0].buyLimit = factor.map { $0 * 250 } ?? Double(number)
      default: throw ProjectFault([Diagnostic(.error, "'\(path)' is no number of the file.", path: path)])
      }
    }
    return project
  }

  @Test("expands ranges, factors and lists")
  func values() throws {
    #expect(try Variation(path: "a", values: ["x0.5 .. x3"]).values == ["x0.5", "x1", "x1.5", "x2", "x2.5", "x3"])
    #expect(
      try Variation(path: "a", values: ["600 USD/kW .. 900 USD/kW / 4"]).values
        == ["600 USD/kW", "700 USD/kW", "800 USD/kW", "900 USD/kW"])
    #expect(try Variation(path: "a", values: ["x0.7", "650 USD/kW"]).values == ["x0.7", "650 USD/kW"])
    #expect(throws: ProjectFault.self) { try Variation(path: "a", values: ["x1 .. 3 kW"]) }
    #expect(throws: ProjectFault.self) { try Variation(path: "a", values: ["1 kW .. 3 kW / 1"]) }
  }

  @Test("designs count their cases")
  func designs() throws {
    let variations = [
      try Variation(path: "a", values: ["x1", "x2", "x3"]), try Variation(path: "b", values: ["x4", "x5"]),
    ]
    #expect(SensitivityCase.all(variations, design: .oneAtATime).count == 6)
    #expect(SensitivityCase.all(variations, design: .grid).count == 7)
    #expect(SensitivityCase.all(variations, design: .tornado).count == 5)
    #expect(SensitivityCase.all([], design: .grid).map(\.key) == ["base"])
  }

  @Test("plans every case, the same rows one at a time, in parallel and resumed")
  func study() async throws {
    let cases = SensitivityCase.all(
      [
        try Variation(path: "components.pv.operation", values: ["x0.5", "x2"]),
        try Variation(path: "markets.grid.limit.buy", values: ["x0.5", "300 kW"]),
        try Variation(path: "nonsense", values: ["1"]),
      ], design: .tornado)
    let solver = try InstalledHighs.solver()
    @Sendable func bare(_ rows: [SensitivityRow]) -> [SensitivityRow] {
      rows.map { row in
        var row = row
        row.seconds = 0
        return row
      }
    }
    let measure: @Sendable (Outcome) -> [Indicator] = {
      [Indicator(key: "cash", value: $0.certificate?.cash, unit: "", definition: "")]
    }
    let one = await SensitivityStudy.run(
      cases: cases, in: StudyContext(solver: solver), read: { (s) throws(ProjectFault) in try Self.read(s) },
      measure: measure)
    #expect(one.count == 6 && one.map(\.number) == Array(0..<6))
    let two = await SensitivityStudy.run(
      cases: cases, done: Array(one[2...3]), in: StudyContext(solver: solver, workers: 3),
      read: { (s) throws(ProjectFault) in try Self.read(s) }, measure: measure)
    #expect(bare(one) == bare(two))
    #expect(one[5].status == .refused && one[5].message.contains("nonsense"))
    let base = try #require(one[0].value), cheap = try #require(one[1].value), dear = try #require(one[2].value)
    #expect(cheap < base && base < dear)
    let bars = TornadoBar.all(one)
    #expect(bars.count == 2 && bars[0].width >= bars[1].width)
    #expect(abs(bars[0].base - base) < 1e-9)
  }
}

@Suite("Weather years", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct WeatherYearTests {
  @Test("one design over all costs no less than each alone, and single years are regretted")
  func design() throws {
    let years = try (1...3).map { n in
      (
        name: "y0\(n)",
        project: BenchProjects.c1(try SharedFolder.columns("bench/data/y0\(n).csv"), hours: 120)
      )
    }
    let solver = try InstalledHighs.solver()
    let outcome = try WeatherYearStudy.run(years: years, solver: solver)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.gap < 1e-7 && outcome.years.count == 3)
    let alone = try years.map {
      try #require(try PlanStudy.run(project: $0.project, solver: solver).certificate?.value)
    }
    let mean = alone.reduce(0, +) / 3
    #expect(certificate.value >= mean * (1 - 1e-9), "\(certificate.value) \(mean)")
    let own = outcome.years.map(\.value).reduce(0, +) / 3
    #expect(abs(own - certificate.value) < 1e-7 * own)
    #expect(outcome.worst?.value == outcome.spread?.upperBound)
    #expect(certificate.largestRelativeResidual < 1e-7)
    for single in outcome.singles where single.broken.isEmpty {
      let cost = try #require(single.cost)
      #expect(cost >= certificate.value * (1 - 1e-6))
    }
    #expect(outcome.average != nil && outcome.singles.count == 3)
  }
}

@Suite("Shadow prices", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct ShadowPriceTests {
  @Test("are what a small change saves, by either solver", arguments: [SolverChoice.highs, .structured])
  func differences(choice: SolverChoice) throws {
    var project = try PlanStudyTests.c1(hours: 168)
    project.limits.renewableFraction = 0.9
    let highs = try InstalledHighs.solver()
    let solver: any Solver = choice == .highs ? highs : try #require(SolverChoice.builtInStructured)
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let base = try #require(outcome.certificate?.value)
    let prices = ShadowPrices.of(outcome)
    func changed(_ change: (inout Project) -> Void) throws -> Double {
      var other = project
      change(&other)
      return try #require(try PlanStudy.run(project: other, solver: solver).certificate?.value)
    }
    let fraction = try #require(prices.first { $0.path == "limits.renewable_fraction" })
    let tighter = try changed { $0.limits.renewableFraction = 0.9001 }
    #expect(abs((tighter - base) * 100 - fraction.value) < 0.02 * fraction.value, "\(fraction.sentence)")
    let pumped = try #require(prices.first { $0.path == "components.pumped.capacity.max" })
    let larger = try changed { $0.components[4].sizes[0].maximum = 150.1 }
    #expect(abs((base - larger) * 10 - pumped.value) < 0.02 * pumped.value, "\(pumped.sentence)")
    if let grid = prices.first(where: { $0.path == "markets.grid.limit.buy" }) {
      let wider = try changed { $0.markets[0].buyLimit = 250.1 }
      #expect(abs((base - wider) * 10 - grid.value) < 0.02 * grid.value, "\(grid.sentence)")
    }
    let bus = try #require(prices.first { $0.path == "buses.ac" })
    #expect(bus.value > 0 && bus.sentence.contains("kWh"))
    #expect(prices.allSatisfy { !$0.sentence.isEmpty && $0.value.isFinite })
  }
}
