import TulouAssembly
import TulouProject
import TulouSimulation
import TulouTechnologies

/// The least purchases that a storage can keep to, found by halving: one for all steps, or one a month where the peaks of
/// months are paid for.
///
/// Month after month is halved with the contents that the month before left, twice through the year, so that January
/// begins as December ends. Hours whose purchase counts for no demand charge have no limit. With a ratchet no month is
/// pressed below what the highest makes it pay for.
struct PeakLimits {
  /// Limit of each step [kW]; empty: `highest` in all.
  private(set) var byStep: [Double] = []
  /// The highest limit [kW].
  private(set) var highest = 0.0

  private let system: SimulatedSystem
  /// Limits are found to this part of the unshaved peak.
  private static let precision = 1e-3

  init(_ system: SimulatedSystem) {
    self.system = system
    highest = leastOfAll()
    let charges = (system.market.map { system.project.markets[$0].demandCharges } ?? []).filter {
      $0.terms.flow != .sale && $0.terms.period == .month
    }
    let months = CalendarMonth.all(of: system.project.horizon)
    guard !charges.isEmpty, system.blocks.count == 1 else { return }
    let steps = system.problem.steps
    var counts = [Bool](repeating: false, count: steps)
    for month in months {
      for charge in charges where charge.terms.bills(month.number) || charge.terms.ratchet > 0 {
        for run in month.runs { for t in run where charge.steps?[t] != false { counts[t] = true } }
      }
    }
    var limits = months.map { _ in highest }
    var begin = system.problem
    for _ in 0..<2 {
      for (m, month) in months.enumerated() {
        // A month of several runs has one that matters; the hours beside it keep to its limit.
        guard let run = month.runs.max(by: { $0.count < $1.count }) else { continue }
        var part = begin.part(run)
        for s in part.storages.indices { part.storages[s].startShare = begin.storages[s].startShare }
        limits[m] = least(in: part, Array(counts[run]), below: highest)
        let end = trial(part, Array(counts[run]), limits[m]).end
        for s in begin.storages.indices { begin.storages[s].startShare = end.storages[s] }
        for d in begin.deferrables.indices { begin.deferrables[d].startShare = end.tanks[d] }
      }
    }
    highest = limits.max() ?? highest
    let ratchet = charges.map(\.terms.ratchet).max() ?? 0
    byStep = [Double](repeating: .infinity, count: steps)
    for (m, month) in months.enumerated() {
      for run in month.runs {
        for t in run where counts[t] { byStep[t] = max(limits[m], ratchet * highest) }
      }
    }
  }

  /// One limit for all steps.
  private func leastOfAll() -> Double {
    func peak(_ limit: Double) -> Double {
      system.blocks.reduce(0) { most, block in
        let run = Simulation.runRepeating(
          system.problem.part(block), .peakShaving(limit: limit), isCyclic: system.isCyclic, recording: .statistics,
          most: 3)
        return max(most, run.result.statistics.boughtMaximum)
      }
    }
    return halve(below: peak(.infinity)) { peak($0) <= $0 * (1 + 1e-9) }
  }

  /// The least limit of a month that holds from its first step on.
  private func least(in part: SimulationProblem, _ counts: [Bool], below most: Double) -> Double {
    halve(below: trial(part, counts, most).peak) { trial(part, counts, $0).peak <= $0 * (1 + 1e-9) }
  }

  private func halve(below most: Double, _ holds: (Double) -> Bool) -> Double {
    var low = 0.0, high = most
    while high - low > Self.precision * most {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Highest purchase that counts, and what storages and tanks hold at the end, as shares.
  private func trial(
    _ part: SimulationProblem, _ counts: [Bool], _ limit: Double
  ) -> (peak: Double, end: (storages: [Double], tanks: [Double])) {
    let limits = counts.map { $0 ? limit : .infinity }
    let result = Simulation.run(part, .peakShaving(limit: limit, byStep: limits), recording: .everyHour)
    let bought = result.trace?.bought ?? []
    var peak = 0.0
    for t in bought.indices where counts[t] { peak = max(peak, bought[t]) }
    let storages = part.storages.enumerated().map { s, storage in
      storage.energy > 0
        ? min(1, max(storage.leastShare, result.statistics.storages[s].finalContent / storage.energy))
        : storage.startShare
    }
    let tanks = part.deferrables.enumerated().map { d, demand in
      min(1, max(0, result.statistics.deferrableContents[d] / demand.tank))
    }
    return (peak, (storages, tanks))
  }
}
