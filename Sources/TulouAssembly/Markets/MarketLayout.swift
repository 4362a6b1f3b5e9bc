package import TulouProblem
import TulouTechnologies

/// Where the terms of a contract that look beyond the hour stand in the problem: energies by tier, balances of net metering,
/// billed peaks, least bills.
///
/// All of them follow from purchases and sales. `settle` sets them so, for what a solver left loose and for rules, which
/// decide of purchases and sales alone: then what the problem counts is what that dispatch costs, falling tiers included.
package struct MarketLayout: Sendable {
  /// Market, or meter of a member.
  package var id: String
  var tiers: [TierLayout] = []
  var balances: [NetMeteringLayout] = []
  var peaks: [PeakLayout] = []
  var minima: [MinimumLayout] = []
  var caps: [CapLayout] = []

  /// Whether nothing here follows from the dispatch.
  var isEmpty: Bool { tiers.isEmpty && balances.isEmpty && peaks.isEmpty && minima.isEmpty && caps.isEmpty }

  /// Whether the linear problem is only a bound, because each hour pays the tier reached in the order of time.
  var hangsOnOrder: Bool { tiers.contains { $0.groups.contains { $0.classes.count > 1 } } }

  /// Sets everything that follows from purchases and sales.
  package func settle(_ solution: inout Solution, of problem: HourlyProblem) {
    for tier in tiers { tier.settle(&solution, of: problem) }
    for balance in balances { balance.settle(&solution, of: problem) }
    for peak in peaks { peak.settle(&solution, of: problem) }
    for minimum in minima { minimum.settle(&solution, of: problem) }
    for cap in caps { cap.settle(&solution, of: problem) }
  }
}

/// What a least bill adds in a month.
struct MinimumLayout: Sendable {
  /// Size that stands for it [money].
  var capacity: Int
  /// What the month comes to without it.
  var form: LinearForm
  /// What it comes to at least.
  var least: Double

  func settle(_ solution: inout Solution, of problem: HourlyProblem) {
    let sum = problem.value(
      of: form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
    ).sum
    solution.capacities[capacity] = max(0, least - sum)
  }
}

extension Assembled {
  /// A plan whose contracts are settled, with its value: what a solver left loose in them, or saw only as a bound, is put in
  /// order. Purchases and sales stay as they are.
  package func settled(_ solution: Solution) -> Solution {
    guard solution.hasPlan, hasLayouts else { return solution }
    var settled = solution
    if let parts {
      for (p, part) in parts.assembled.enumerated() {
        parts.stack.put(part.settled(parts.stack.solution(solution, of: p)), of: p, into: &settled)
      }
    } else {
      for layout in layouts { layout.settle(&settled, of: problem) }
    }
    func value(_ solution: Solution) -> Double {
      problem.objectiveValue(flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    }
    settled.objective += value(settled) - value(solution)
    if settled.status == .optimal, settled.gap > 1e-6 { settled.status = .feasible }
    return settled
  }

  private var hasLayouts: Bool {
    parts.map { $0.assembled.contains(where: \.hasLayouts) } ?? layouts.contains { !$0.isEmpty }
  }
}

/// The parts of a stacked problem: stages, or weather years.
package struct StackedParts: Sendable {
  var stack: Stack
  package var assembled: [Assembled]

  /// The parts of a stack, each as it was assembled.
  package init(stack: Stack, assembled: [Assembled]) {
    self.stack = stack
    self.assembled = assembled
  }
}

extension HourlyProblem {
  /// Energy of a flow in some steps, weights included [kWh].
  func energy(_ flow: [Double], in runs: [Range<Int>], where counts: (Int) -> Bool = { _ in true }) -> Double {
    var sum = 0.0
    for run in runs { for t in run where counts(t) { sum += weight[t] * flow[t] } }
    return sum * stepHours
  }
}
