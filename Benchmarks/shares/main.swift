import Foundation
import TulouEvolution
import TulouShares

// Designs of the share model per second on one core. Usage: ShareBench SECONDS. To standard output as CSV.

/// A winter's day of the size of the Xizhou paper's.
let day = ShareSeason(
  name: "winter", days: 365, ambient: 8.2,
  demands: zip([27.4, 52.8, 38.3, 3.1], [274.63, 744.12, 356.8, 16]).enumerated().map { c, size in
    ShareDemand(peak: size.0, energy: size.1, shape: ShareShapes.hours[c])
  }, sunHours: 3, collectorHours: 4, troughHours: 3)

/// Processor seconds of this process so far.
func processorSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
}

let limit = CommandLine.arguments.dropFirst().first.flatMap(Double.init) ?? 2
let model = ShareModel(day)
let evaluator = ShareEvaluator(model, goal: .front)
let bases: [[Double]] = (0..<64).map { (k: Int) -> [Double] in
  var weights = [Double](repeating: 0, count: 27)
  for i in 0..<27 {
    let part = Double((k * 31 + i * 17) % 97) / 97
    weights[i] = ShareVariable.allCases[i].isStorage ? 20 * part : part
  }
  return evaluator.design(of: weights)
}
print("what,designs_per_second")
func measure(_ name: String, _ one: ([Double]) -> Double) {
  var count = 0, sum = 0.0
  let begin = processorSeconds()
  while processorSeconds() - begin < limit {
    for _ in 0..<100 { for base in bases { sum += one(base) } }
    count += 100 * bases.count
  }
  let rate = Double(count) / (processorSeconds() - begin)
  print("\(name),\(sum.isNaN ? 0 : rate.rounded())")
}
measure("figures with 24 hours of supply") { model.figures($0).cost }
measure("figures of the balance alone") { model.balance($0).cost }
measure("search point: weights to shares, figures, constraints") { evaluator.evaluate($0).goals[0] }
