import TulouProblem
import TulouTechnologies

/// A charge on highest powers in the problem: what is measured, peaks by month (or year), what is billed.
struct PeakLayout: Sendable {
  /// A month that is billed or that a ratchet looks at; a year where it is paid once a year.
  struct Span: Sendable {
    /// `2027-01`, or the year.
    var key: String
    /// Steps in it.
    var runs: [Range<Int>]
    /// Month of the year whose rate holds; of a year the first.
    var month: Int
    /// Share that the horizon stands for.
    var share: Double
    /// Size of the highest power, or of the mean of the highest daily ones.
    var peak = -1
    /// Sizes of each day: its peak, and what of it lies above `level`; with the day's number.
    var days: [(day: Int, peak: Int, above: Int)] = []
    /// Size of the least of the highest daily peaks that count.
    package var level: Int?
    /// Size of the billed power; nil: not billed. The same as `peak` where nothing raises it.
    var billed: Int?
    /// Sizes of its tiers.
    var parts: [Int] = []
    /// Whole numbers: of a tier, that the one before is full; of a fee, that the billed power reaches its step.
    var orders: [Int?] = []
  }

  var terms: PeakTerms
  /// Flows that are measured, added up.
  var flows: [Int]
  /// Flow that stands for what is measured where it is not the one flow itself.
  var measured: Int?
  /// Energy of the interval under way, where power is averaged.
  var content: Int?
  /// Intervals; empty: each step by itself.
  var blocks: [Range<Int>] = []
  /// Steps that count; nil: all.
  var counts: [Bool]?
  var clock: StepClock?
  var spans: [Span] = []
  /// Size of the highest peak that a ratchet looks at.
  var highest: Int?

  /// Greatest billed power that a plan lets belong to a fee's step: the edge belongs to the step above.
  static func below(_ edge: Double) -> Double { edge * (1 - 3e-6) }

  /// Power from which the next step's fee is paid. It lies above `below`, so that what a solver leaves above a limit on
  /// which plans often end does not cost a step.
  private static func above(_ edge: Double) -> Double { edge * (1 - 1e-6) }

  func settle(_ solution: inout Solution, of problem: HourlyProblem) {
    let power = measure(&solution, of: problem)
    let peaks = spans.map { peak(of: $0, power, &solution) }
    if let highest {
      var most = 0.0
      for (span, peak) in zip(spans, peaks) where terms.looks(at: span.month) { most = max(most, peak) }
      solution.capacities[highest] = most
    }
    for (i, span) in spans.enumerated() {
      guard let billed = span.billed else { continue }
      var power = max(peaks[i], terms.minimum)
      if let count = terms.lookBack {
        for n in 1...min(count, peaks.count) {
          power = max(power, terms.ratchet * peaks[((i - n) % peaks.count + peaks.count) % peaks.count])
        }
      } else if let highest {
        power = max(power, terms.ratchet * solution.capacities[highest])
      }
      solution.capacities[billed] = power
      var done = 0.0
      for (k, part) in span.parts.enumerated() {
        let own = max(0, min(power, terms.tiers[k].upTo ?? .infinity) - done)
        solution.capacities[part] = own
        done += own
        if let order = span.orders[k] { solution.capacities[order] = own > 0 ? 1 : 0 }
      }
      for (k, order) in span.orders.enumerated() where !terms.feeSteps.isEmpty {
        guard let order else { continue }
        solution.capacities[order] = power >= Self.above(terms.feeSteps[k - 1].upTo ?? .infinity) ? 1 : 0
      }
    }
  }

  /// What is measured in each step, with the helpers that stand for it; of an interval its mean stands at its last step.
  private func measure(_ solution: inout Solution, of problem: HourlyProblem) -> [Double] {
    var sum = solution.flows[flows[0]]
    for j in flows.dropFirst() { for t in sum.indices { sum[t] += solution.flows[j][t] } }
    guard let measured else { return sum }
    guard let content else {
      solution.flows[measured] = sum
      return sum
    }
    var means = [Double](repeating: 0, count: sum.count)
    var held = means
    for block in blocks {
      var energy = 0.0
      for t in block {
        held[t] = energy
        energy += sum[t] * problem.stepHours
      }
      means[block.upperBound - 1] = energy / (Double(block.count) * problem.stepHours)
    }
    for period in problem.blocks {
      // The content at the start of an interval is what the one before left, which then is dropped; a period closes upon
      // itself.
      let own = blocks.filter { period.contains($0.lowerBound) }
      for (before, block) in zip(own.suffix(1) + own.dropLast(), own) {
        held[block.lowerBound] = means[before.upperBound - 1] * Double(before.count) * problem.stepHours
      }
    }
    solution.contents[content] = held
    solution.flows[measured] = means
    return means
  }

  private func peak(of span: Span, _ power: [Double], _ solution: inout Solution) -> Double {
    var highest = 0.0
    var byDay: [Int: Double] = [:]
    for run in span.runs {
      for t in run where counts?[t] != false {
        highest = max(highest, power[t])
        if !span.days.isEmpty, let day = clock?.day[t] { byDay[day] = max(byDay[day] ?? 0, power[t]) }
      }
    }
    guard let most = terms.highestDays, let level = span.level else {
      solution.capacities[span.peak] = highest
      return highest
    }
    let kept = span.days.map { byDay[$0.day] ?? 0 }.sorted(by: >).prefix(most)
    let least = kept.last ?? 0
    solution.capacities[level] = least
    for entry in span.days {
      solution.capacities[entry.peak] = byDay[entry.day] ?? 0
      solution.capacities[entry.above] = max(0, (byDay[entry.day] ?? 0) - least)
    }
    let mean = kept.reduce(0, +) / Double(max(1, kept.count))
    solution.capacities[span.peak] = mean
    return mean
  }
}
