import Foundation
import TulouSimulation

// Times the simulation in lanes on one core, and writes the statistics of given designs for a comparison.
// Usage: SimulationBench SERIES DESIGNS STATISTICS [WORD]; series with load_kw, sun and wind, designs with sun_kw, wind_kw,
// generator_kw and battery_kwh, the file that takes the statistics; a word picks the rows that contain it. Speeds to
// standard output as CSV: years a second of processor time.

/// Columns of a small CSV file with a heading.
func columns(_ path: String) throws -> [String: [Double]] {
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  let names = lines[0].split(separator: ",").map(String.init)
  let rows = lines.dropFirst().map { $0.split(separator: ",").map { Double($0) ?? .nan } }
  return Dictionary(uniqueKeysWithValues: names.enumerated().map { i, name in (name, rows.map { $0[i] }) })
}

/// Processor seconds of this process so far.
func processorSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 3 else {
  FileHandle.standardError.write(Data("usage: SimulationBench SERIES DESIGNS STATISTICS [WORD]\n".utf8))
  exit(2)
}
let series = try columns(arguments[0])
let given = try columns(arguments[1])
guard let load = series["load_kw"], let sun = series["sun"], let wind = series["wind"],
  let sunSizes = given["sun_kw"], let windSizes = given["wind_kw"], let machines = given["generator_kw"],
  let batteries = given["battery_kwh"]
else {
  FileHandle.standardError.write(Data("SimulationBench: a column is missing.\n".utf8))
  exit(2)
}
let word = arguments.count > 3 ? arguments[3] : ""

/// The island of the comparison: sun, wind, battery, generator.
var island = SimulationProblem(steps: load.count)
island.demands = [Demand("island", power: load)]
island.sources = [SeriesSource("sun", perUnit: sun, size: 1), SeriesSource("wind", perUnit: wind, size: 1)]
island.storages = [
  Storage(
    "battery", energy: 1, chargePower: 1, dischargePower: 1, chargeEfficiency: 0.95, dischargeEfficiency: 1 / 1.05)
]
island.generators = [Generator("diesel", size: 1, fuelSlope: 0.240)]

/// As many designs as asked for: those given, again and again, each a little larger than the last time.
func designs(_ count: Int) -> LaneDesigns {
  func column(_ values: [Double]) -> [Double] {
    (0..<count).map { i in
      let growth: Double = 1 + 1e-4 * Double(i / values.count)
      return values[i % values.count] * growth
    }
  }
  return LaneDesigns(
    sources: [column(sunSizes), column(windSizes)], generator: column(machines), storageEnergy: column(batteries),
    chargePower: column(batteries), dischargePower: column(batteries))
}

/// One row: years a second, the best of five goes.
func row(
  _ name: String, _ problem: SimulationProblem, _ strategy: Strategy, count: Int = 4096, repeating: Bool = false
) {
  guard word.isEmpty || name.contains(word) else { return }
  guard let engine = LaneEngine(problem, strategy) else { return print("\(name),refused") }
  let many = designs(count)
  var best = Double.infinity
  for _ in 0..<5 {
    let begin = processorSeconds()
    let sums = repeating ? engine.runRepeating(many) : engine.run(many)
    best = min(best, processorSeconds() - begin)
    precondition(sums.shed.allSatisfy { $0.isFinite }, "sums are numbers")
  }
  print("\(name),\(Double(count) / best)")
}

if word.isEmpty {
  let lanes = LaneEngine(island, .loadFollowing())?.run(designs(machines.count))
  var text =
    "shed,shed_max,shed_hours,shed_longest,generator,hours,fuel,charged,discharged,content,potential,spilled,spilled_max\n"
  if let lanes {
    for i in machines.indices {
      let values = [
        lanes.shed[i], lanes.shedMaximum[i], lanes.shedHours[i], lanes.shedLongest[i], lanes.generatorEnergy[i],
        lanes.generatorHours[i], lanes.fuel[i], lanes.charged[i], lanes.discharged[i], lanes.finalContent[i],
        lanes.sourcePotential[i], lanes.spilled[i], lanes.spilledMaximum[i],
      ]
      text += values.map { "\($0)" }.joined(separator: ",") + "\n"
    }
  }
  try text.write(toFile: arguments[2], atomically: true, encoding: .utf8)
}

print("case,years_per_second")
row("island, load following", island, .loadFollowing())
row("island that ends its year as it began, load following", island, .loadFollowing(), repeating: true)
row("island, cycle charging", island, .cycleCharging())
let price = load.indices.map { Double($0 % 24) / 100 }
var grid = island
grid.grid = GridConnection(buyLimit: 200, sellLimit: 150, buyPrice: price, sellPrice: price)
row("with grid, load following", grid, .loadFollowing())
row("with grid, cycle charging", grid, .cycleCharging())
grid.storages[0].model = .kinetic(share: 0.4, rate: 0.8, chargeRate: 1)
grid.deferrables = [DeferrableDemand("pump", draw: load.map { _ in 10 }, tank: 200, peak: 40)]
row("with grid, kinetic battery, waiting demand, load following", grid, .loadFollowing())
row("with grid, kinetic battery, waiting demand, cycle charging", grid, .cycleCharging())
grid.reserve = OperatingReserve(ofLoad: 0.1)
row("the same with reserve, set point 0.8", grid, .cycleCharging(setPoint: 0.8))
