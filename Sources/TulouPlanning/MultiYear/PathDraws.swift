import Glibc
import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Paths drawn through simulated years: each year takes the weather of one of the weather years, and the prices of each
/// market walk at random.
///
/// `ln f_y = ln f_(y-1) + s z - s^2/2` with `f_0 = 1` (a geometric walk whose mean is 1), z normal, s the yearly volatility;
/// one walk a market, for what is bought and sold alike. The dispatch is that of expected prices. Path p draws from a
/// stream of its own, so results depend on the seed alone.
///
/// - Source: Dixit, Pindyck 1994, Investment under Uncertainty, ch. 3 (geometric Brownian motion of prices).
struct PathDraws {
  private let path: PlantPath
  /// `table[weather][y - 1]`.
  private let table: [[SimulatedYear]]
  private let asked: MultiYearOptions
  private let seed: UInt64
  private static let priced: Set<CostKind> = [.purchase, .sale, .fuel]

  init(path: PlantPath, table: [[SimulatedYear]], asked: MultiYearOptions, seed: UInt64) {
    self.path = path
    self.table = table
    self.asked = asked
    self.seed = seed
  }

  /// What is drawn.
  func words(_ project: Project) -> String {
    let weather =
      table.count > 1 ? "each year one of \(table.count) weather years" : "the weather of one year"
    let prices =
      asked.priceVolatility > 0
      ? "prices of each market walk by \(shortNumber(asked.priceVolatility * 100)) % a year" : "prices as expected"
    return weather + ", " + prices
  }

  /// Quantiles of cost and of unserved energy over the paths.
  func quantiles(currency: String) -> [MultiYearRecord.Quantiles] {
    var costs: [Double] = [], means: [Double] = [], worsts: [Double] = []
    for sample in 0..<asked.samples {
      let (cost, unserved) = draw(sample)
      costs.append(cost)
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

  /// Present cost of a path and what each of its years leaves unserved.
  private func draw(_ sample: Int) -> (cost: Double, unserved: [Double]) {
    var random = SeededRandom(seed: seed, stream: 0x7061_7468 &+ UInt64(sample))
    var factors: [String: Double] = [:]
    let markets = Set(table[0].flatMap { $0.operation.filter { Self.priced.contains($0.kind) }.map(\.id) }).sorted()
    var walk = path
    walk.install(table[0][0])
    let rate = path.economy.realDiscountRate
    let s = asked.priceVolatility
    var cost = 0.0
    var unserved: [Double] = []
    for y in 1...asked.years {
      let weather = min(table.count - 1, Int(random.uniform() * Double(table.count)))
      for market in markets {
        let z = random.normal()
        factors[market, default: 1] *= exp(s * z - s * s / 2)
      }
      let year = table[weather][y - 1]
      walk.use(y) { year.wear[$0] }
      let worth = presentWorth(rate: rate, time: Double(y))
      for row in year.operation {
        let factor = Self.priced.contains(row.kind) ? factors[row.id] ?? 1 : 1
        cost += row.amount * factor * worth
      }
      unserved.append(year.unserved)
    }
    for row in walk.plantRows() { cost += row.discounted }
    return (cost, unserved)
  }

  /// Quantile of sorted values, linear between neighbours.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let i = Int(place)
    guard i + 1 < sorted.count else { return last }
    return sorted[i] + (place - Double(i)) * (sorted[i + 1] - sorted[i])
  }
}
