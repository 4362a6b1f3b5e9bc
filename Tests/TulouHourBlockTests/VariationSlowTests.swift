import Foundation
import TestSupport
import Testing
import TulouBenchmarks
import TulouHourBlock
import TulouProblem

/// C1 and C2 changed in the ways that break interior-point methods: prices or costs of nothing, sizes far apart, units.
private enum Variation: String, CaseIterable, CustomTestStringConvertible {
  case zeroPrices = "the grid buys and sells for nothing"
  case freeSizes = "sizes cost nothing"
  case cheapSizes = "sizes cost a ten thousandth"
  case dearSizes = "sizes cost a thousand times as much"
  case wideLimits = "sizes may be a million times as large"
  case existing = "a hundred of each size stands already"
  case watts = "W instead of kW, cents by the hundred"
  case megawatts = "MW instead of kW"

  var testDescription: String { rawValue }

  /// Powers and money of the changed problem over those of the original.
  var units: (power: Double, money: Double) {
    switch self {
    case .watts: (1e3, 1e4)
    case .megawatts: (1e-3, 1)
    default: (1, 1)
    }
  }

  func applied(to original: HourlyProblem) -> HourlyProblem {
    var problem = original
    switch self {
    case .zeroPrices:
      for (j, flow) in problem.flows.enumerated() where [.purchase, .sale].contains(flow.label.role) {
        problem.objective.flows[j] = nil
      }
    case .freeSizes: problem.objective.capacities = [:]
    case .cheapSizes: for k in problem.objective.capacities.keys { problem.objective.capacities[k]? *= 1e-4 }
    case .dearSizes: for k in problem.objective.capacities.keys { problem.objective.capacities[k]? *= 1e3 }
    case .wideLimits: for k in problem.capacities.indices { problem.capacities[k].upper *= 1e6 }
    case .existing:
      for k in problem.capacities.indices {
        problem.capacities[k].existing = 100
        problem.capacities[k].lower = 100
        problem.capacities[k].upper += 100
      }
    case .watts, .megawatts: problem.measure(power: units.power, money: units.money)
    }
    return problem
  }
}

extension HourlyProblem {
  /// The same problem with powers counted in a smaller unit and money in another.
  fileprivate mutating func measure(power: Double, money: Double) {
    func scaled(_ bound: Bound) -> Bound {
      Bound(offset: bound.offset * power, capacity: bound.capacity, factor: bound.factor)
    }
    for r in rows.indices {
      rows[r].lower = rows[r].lower * power
      rows[r].upper = rows[r].upper * power
    }
    for j in flows.indices { flows[j].upper = flows[j].upper.map(scaled) }
    for s in states.indices {
      states[s].inflow = states[s].inflow * power
      states[s].lower = scaled(states[s].lower)
      states[s].upper = states[s].upper.map(scaled)
    }
    for k in capacities.indices {
      capacities[k].existing *= power
      capacities[k].lower *= power
      capacities[k].upper *= power
    }
    for r in yearlyRows.indices {
      yearlyRows[r].lower *= power
      yearlyRows[r].upper *= power
    }
    for (j, price) in objective.flows { objective.flows[j] = price * (money / power) }
    for (k, price) in objective.capacities { objective.capacities[k] = price * (money / power) }
  }
}

@Suite("Structured solver on variations of a year", .enabled(if: SlowTests.areWanted))
struct VariationSlowTests {
  @Test("C1 and C2 stay certified", arguments: Variation.allCases)
  fileprivate func certified(_ variation: Variation) throws {
    let folder = URL(fileURLWithPath: SharedFolder.packageRoot + "/Benchmarks/Cases")
    let benchmarks = try #require(BenchmarkProblems(folder: folder))
    for (name, problem, optimum) in [
      ("C1", try benchmarks.c1(), 352151.472349), ("C2", try benchmarks.c2(), 395071.088064),
    ] {
      let changed = variation.applied(to: problem)
      let solution = HourBlock.solve(changed)
      print("\(name), \(variation.rawValue): gap \(solution.gap), \(solution.iterations) iterations")
      #expect(solution.status == .optimal && solution.gap <= 1e-6 && solution.gap >= 0, "\(name): \(solution.message)")
      let residual = changed.residuals(
        flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
      #expect(residual.largestRelative < 1e-9)
      if variation.units.money != 1 || variation.units.power != 1 {
        // The certified gap bounds the difference.
        let expected = optimum * variation.units.money
        #expect(abs(solution.objective - expected) <= (1e-9 + solution.gap) * expected)
      }
    }
  }

  @Test("two and four members with own sun and battery", arguments: [2, 4]) func members(_ count: Int) throws {
    let folder = URL(fileURLWithPath: SharedFolder.packageRoot + "/Benchmarks/Cases")
    let solution = HourBlock.solve(try #require(BenchmarkProblems(folder: folder)).members(count))
    #expect(solution.status == .optimal && solution.gap <= 1e-8)
  }
}
