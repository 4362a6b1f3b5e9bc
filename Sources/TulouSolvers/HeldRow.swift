import TulouHourBlock
import TulouProblem

/// The interior point on a problem with a row that holds a goal at its best (`YearlyRow.isHeld`): the plans that keep it lie
/// within a millionth of each other, which leaves an interior-point method no room.
///
/// The row is priced instead: `B + W (A - limit)` has all the room that the problem has. For every price W its least value is
/// a bound on the least B; the price whose plans lie on both sides of the limit is closed in on by cutting planes, and the
/// two plans are mixed so that the mixture lies on it. What is returned is a plan of the problem as it was given, with the bound of the
/// best price among the multipliers.
///
/// - Source: Kelley 1960, The cutting-plane method for solving convex programs, J. SIAM 8, 703-712, in one dimension.
struct HeldRow {
  private let problem: HourlyProblem
  private let options: SolveOptions
  private let index: Int
  private let row: YearlyRow
  /// +1 where the row's upper limit acts, -1 for a lower one.
  private let sign: Double
  private let limit: Double
  private var free: HourlyProblem
  private var seconds = 0.0
  private var iterations = 0
  private let began = ContinuousClock.now

  /// A plan for one price.
  private struct Trial {
    var price: Double
    var solution: Solution
    /// Value of the objective, and how far the row lies beyond its limit.
    var value: Double, excess: Double
  }

  /// Prices that are tried.
  private static let most = 24
  /// The mixture is good enough once its gap is this.
  private static let tolerance = 1e-7

  /// Nil where no row is held.
  init?(_ problem: HourlyProblem, options: SolveOptions) {
    guard let index = problem.yearlyRows.firstIndex(where: \.isHeld) else { return nil }
    let row = problem.yearlyRows[index]
    guard row.upper.isFinite != row.lower.isFinite else { return nil }
    self.problem = problem
    self.options = options
    self.index = index
    self.row = row
    sign = row.upper.isFinite ? 1 : -1
    limit = row.upper.isFinite ? row.upper : row.lower
    free = problem
    free.yearlyRows.remove(at: index)
  }

  /// The plan that keeps the row at the least of the objective, its bound, and how it went.
  mutating func solve() -> Solution {
    guard var above = trial(price: 0) else { return ended }
    if above.excess <= 0 { return finished(above, mixedWith: nil, bound: bound(of: above)) }
    var bestBound = bound(of: above)
    var multipliers = (price: 0.0, own: above.solution.multipliers)
    var below: Trial?
    // The first price makes what lies beyond the limit cost as much as all that is turned over; then tenfold a time.
    let turnover = problem.value(
      of: problem.objective, flows: above.solution.flows, contents: above.solution.contents,
      capacities: above.solution.capacities
    ).largest
    var price = max(abs(above.value), turnover, 1e-9) / above.excess
    for _ in 0..<Self.most {
      guard !options.isCancelled(), remaining > 0, let next = trial(price: price) else { break }
      let found = bound(of: next)
      if found > bestBound {
        bestBound = found
        multipliers = (price, next.solution.multipliers)
      }
      if next.excess > 0 {
        // The higher price's plan lies nearer to the limit.
        if next.excess < above.excess { above = next }
      } else if below.map({ next.value <= $0.value }) ?? true {
        below = next
      }
      guard let low = below else {
        price *= 10
        continue
      }
      let gap = Gap(value: mixture(above, low).value, bound: bestBound)
      if gap.relative <= Self.tolerance { break }
      // Where the two plans' lines cross.
      let crossing = (low.value - above.value) / (above.excess - low.excess)
      let last = price
      price = crossing
      if !(crossing > 0) || abs(crossing - last) <= 1e-9 * last { break }
    }
    guard let low = below else {
      var failed = ended
      failed.message += " No price brought the held goal to its limit."
      return failed
    }
    var result = finished(low, mixedWith: above, bound: bestBound)
    if var own = multipliers.own {
      own.yearly.insert(-sign * multipliers.price, at: index)
      result.multipliers = own
    }
    return result
  }

  private var remaining: Double { options.timeLimit - (ContinuousClock.now - began) / .seconds(1) }

  /// An end without a plan.
  private var ended: Solution {
    var solution = last ?? Solution(status: .failed, solver: HourBlock.name)
    solution.flows = []
    solution.contents = []
    solution.capacities = []
    solution.seconds = seconds
    solution.iterations = iterations
    if solution.status == .optimal || solution.status == .feasible { solution.status = .failed }
    return solution
  }
  private var last: Solution?

  /// The plan that is best where what lies beyond the limit costs `price` a unit; nil where there is none.
  private mutating func trial(price: Double) -> Trial? {
    free.objective = problem.objective
    if price > 0 {
      var form = row.form
      form.constant = 0
      free.objective.add(form, times: sign * price)
    }
    var asked = options
    asked.timeLimit = remaining
    // The sum of both goals is larger than what is to be proven of one.
    asked.tolerance = min(options.tolerance, 1e-9)
    let solution = HourBlock.solve(free, options: asked)
    seconds += solution.seconds
    iterations += solution.iterations
    last = solution
    guard solution.hasPlan else { return nil }
    return Trial(
      price: price, solution: solution,
      value: problem.objectiveValue(
        flows: solution.flows, contents: solution.contents, capacities: solution.capacities),
      excess: excess(solution))
  }

  private func excess(_ s: Solution) -> Double {
    sign * (problem.value(of: row.form, flows: s.flows, contents: s.contents, capacities: s.capacities).sum - limit)
  }

  /// Bound on the objective under the row, from the trial's multipliers and its price.
  private func bound(of trial: Trial) -> Double {
    guard var multipliers = trial.solution.multipliers else { return -.infinity }
    multipliers.yearly.insert(-sign * trial.price, at: index)
    return problem.dualBound(multipliers)
  }

  /// Share of the plan below the limit, and value, of the mixture that lies on it.
  private func mixture(_ above: Trial, _ below: Trial) -> (share: Double, value: Double) {
    guard above.excess > 0, above.excess > below.excess else { return (1, below.value) }
    let share = above.excess / (above.excess - below.excess)
    return (share, share * below.value + (1 - share) * above.value)
  }

  private func finished(_ low: Trial, mixedWith above: Trial?, bound: Double) -> Solution {
    var result = low.solution
    if let above {
      let (share, _) = mixture(above, low)
      func mixed(_ one: [Double], _ other: [Double]) -> [Double] {
        zip(one, other).map { share * $0 + (1 - share) * $1 }
      }
      let other = above.solution
      result.flows = zip(result.flows, other.flows).map(mixed)
      result.contents = zip(result.contents, other.contents).map(mixed)
      result.capacities = mixed(result.capacities, other.capacities)
    } else if var multipliers = result.multipliers {
      multipliers.yearly.insert(0, at: index)
      result.multipliers = multipliers
    }
    result.objective = problem.objectiveValue(
      flows: result.flows, contents: result.contents, capacities: result.capacities)
    result.bound = bound
    result.seconds = seconds
    result.iterations = iterations
    result.status = problem.gap(of: result).isClosed ? .optimal : .feasible
    return result
  }
}
