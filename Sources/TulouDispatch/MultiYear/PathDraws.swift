import TulouAccounts
import TulouFinance
package import TulouPlanning
import TulouProject
import TulouQuantities
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Paths drawn through simulated years: each year takes the weather of one of the weather years, and the prices of each
/// market walk at random.
///
/// `ln f_y = ln f_(y-1) + s z - s^2/2` with `f_0 = 1` (a geometric walk whose mean is 1), z normal, s the yearly volatility;
/// one walk a market, for what is bought and sold alike. Random failures of a market are drawn anew in each year. Path p
/// draws from a stream of its own, so results depend on the seed alone.
///
/// - Source: Dixit, Pindyck 1994, Investment under Uncertainty, ch. 3 (geometric Brownian motion of prices).
package struct PathDraws {
  /// `weathers[path][y - 1]`: which weather year.
  private(set) var weathers: [[Int]] = []
  /// `factors[path][y - 1]`: what the prices of each market are multiplied by.
  package private(set) var factors: [[[String: Double]]] = []
  /// `failures[path][y - 1]`: seed of the failures of markets in that year; nil: none fails at random.
  private(set) var failures: [[UInt64?]] = []
  private let weatherCount: Int
  private let volatility: Double
  private let fails: Bool

  /// - Parameters:
  ///   - markets: Whose prices walk.
  ///   - weatherCount: Weather years to draw among; at least one.
  ///   - fails: Whether a market fails at random.
  package init(markets: [String], weatherCount: Int, fails: Bool = false, asked: MultiYearOptions, seed: UInt64) {
    self.fails = fails
    self.weatherCount = weatherCount
    volatility = asked.priceVolatility
    let s = asked.priceVolatility
    for sample in 0..<asked.samples {
      var random = SeededRandom(seed: seed, stream: 0x7061_7468 &+ UInt64(sample))
      var walk: [String: Double] = [:]
      var places: [Int] = []
      var levels: [[String: Double]] = []
      var seeds: [UInt64?] = []
      // A stream of its own, so that failures change nothing of weather and prices.
      var outages = SeededRandom(seed: seed, stream: 0x6661_696c &+ UInt64(sample))
      for _ in 1...asked.years {
        places.append(min(weatherCount - 1, Int(saturating: random.uniform() * Double(weatherCount))))
        for market in markets {
          let z = random.normal()
          walk[market, default: 1] *= exp(s * z - s * s / 2)
        }
        levels.append(walk)
        seeds.append(fails ? UInt64(outages.uniform() * 0x1p52) : nil)
      }
      failures.append(seeds)
      weathers.append(places)
      factors.append(levels)
    }
  }

  /// What is drawn.
  var words: String {
    let weather =
      weatherCount > 1 ? "each year one of \(weatherCount) weather years" : "the weather of one year"
    let prices =
      volatility > 0 ? "prices of each market walk by \(shortNumber(volatility * 100)) % a year" : "prices as expected"
    return weather + ", " + prices + (fails ? ", failures of the grid drawn anew each year" : "")
  }
}

/// What a path's year comes to.
package struct DrawnYear: Sendable {
  /// Payments of its operation in all [money].
  package var operation: Double
  /// Not served [kWh/y].
  package var unserved: Double
  /// Wear by component.
  var wear: [String: YearlyWear]
}

/// Years of all paths as they are run, and what comes of them.
struct PathTable {
  private let path: PlantPath
  private let first: SimulatedYear
  /// `years[path][y - 1]`.
  private var years: [[DrawnYear?]]

  init(_ path: PlantPath, first: SimulatedYear, asked: MultiYearOptions) {
    self.path = path
    self.first = first
    years = Array(repeating: Array(repeating: nil, count: asked.years), count: asked.samples)
  }

  mutating func set(_ sample: Int, _ y: Int, _ year: DrawnYear) { years[sample][y - 1] = year }

  /// Quantiles of cost and of unserved energy over the paths.
  func quantiles(currency: String) -> [MultiYearRecord.Quantiles] {
    var costs: [Double] = [], means: [Double] = [], worsts: [Double] = []
    for drawn in years {
      costs.append(cost(drawn))
      let unserved = drawn.map { $0?.unserved ?? 0 }
      means.append(unserved.reduce(0, +) / Double(max(1, unserved.count)))
      worsts.append(unserved.max() ?? 0)
    }
    func quantiles(_ key: String, _ unit: String, _ values: [Double]) -> MultiYearRecord.Quantiles {
      let sorted = values.sorted()
      return MultiYearRecord.Quantiles(
        key: key, unit: unit, p10: Self.quantile(sorted, 0.1), p50: Self.quantile(sorted, 0.5),
        p90: Self.quantile(sorted, 0.9), mean: values.reduce(0, +) / Double(max(1, values.count)))
    }
    return [
      quantiles("net_present_cost", currency, costs), quantiles("unserved_energy", "kWh/y", means),
      quantiles("worst_year_unserved", "kWh/y", worsts),
    ]
  }

  /// Present cost of a path: its operation, and its plant with the wear of its own years.
  private func cost(_ drawn: [DrawnYear?]) -> Double {
    var walk = path
    walk.install(first)
    let rate = path.economy.realDiscountRate
    var cost = 0.0
    for (index, year) in drawn.enumerated() {
      guard let year else { continue }
      walk.use(index + 1) { year.wear[$0] }
      cost += year.operation * presentWorth(rate: rate, time: Double(index + 1))
    }
    for row in walk.plantRows() { cost += row.discounted }
    return cost
  }

  /// Quantile of sorted values, linear between neighbours.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let i = Int(saturating: place)
    guard i + 1 < sorted.count else { return last }
    return sorted[i] + (place - Double(i)) * (sorted[i + 1] - sorted[i])
  }
}
