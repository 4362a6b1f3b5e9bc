import TulouProblem

/// Exact netting of what runs in circles: charge against discharge, purchase against sale, both ways of a link.
///
/// A solver may leave both directions above zero where that costs nothing. Less of both keeps every content as it is
/// and leaves energy over at a bus, which lowers a paid flow, is sold, lowers a source or is spilled. No step gets dearer
/// and no row breaks; the certificate is that of the plan before. Where burning energy earns, nothing is netted: see
/// `OneWaySearch`.
struct Tidying {
  private let problem: HourlyProblem
  /// What each flow costs per unit in each step, objective first.
  private let cost: [Profile]
  private let circles: [[Circle]]
  /// Flows by balance row that may take up what a bus has over.
  private let relief: [[Relief]]
  private let partners: [[Int]]

  /// - Parameters:
  ///   - problem: The problem that was solved.
  ///   - cash: Money, which decides between flows of equal objective.
  init(problem: HourlyProblem, cash: LinearForm) {
    self.problem = problem
    let objective = problem.objective
    let cost = problem.flows.indices.map { j in
      let own = objective.flows[j] ?? .zero
      guard let money = cash.flows[j], objective.flows != cash.flows else { return own }
      return own + money * 1e-9
    }
    self.cost = cost
    circles = problem.opposed.map { Circle.all(of: $0, in: problem, cost: cost) }
    var partners = [[Int]](repeating: [], count: problem.flows.count)
    for pair in problem.opposed {
      partners[pair.first].append(pair.second)
      partners[pair.second].append(pair.first)
    }
    self.partners = partners
    relief = Relief.byRow(problem)
  }

  /// The solution without circles that cost nothing.
  func tidied(_ solution: Solution) -> Solution {
    var tidied = solution
    var open: [Candidate] = []
    for ways in circles { for circle in ways { net(circle, &tidied, &open) } }
    return tidied
  }

  /// A flow that may take up what a bus has over in a step.
  private struct Candidate {
    var flow: Int, rank: Int
    var coefficient: Double, saving: Double

    /// Whether it comes first: where most is saved, then by rank, then by number.
    func precedes(_ other: Candidate) -> Bool {
      if saving != other.saving { return saving > other.saving }
      return rank != other.rank ? rank < other.rank : flow < other.flow
    }
  }

  private func net(_ circle: Circle, _ solution: inout Solution, _ open: inout [Candidate]) {
    for t in 0..<problem.steps {
      let first = solution.flows[circle.first][t]
      let second = solution.flows[circle.second][t]
      guard first > 0, second > 0 else { continue }
      let ratio = circle.ratio[t]
      guard ratio > 0, circle.gain[t] >= 0 else { continue }
      var less = min(first, second / ratio)
      // Energy that the bus has over when x of the first and ratio x of the second are gone.
      let surplus = circle.surplus[t]
      if surplus > 1e-12, let row = circle.row {
        less = min(less, absorb(less * surplus, row: row, step: t, &solution, &open) / surplus)
      }
      guard less > 0 else { continue }
      // The smaller of the two ends at exactly zero.
      solution.flows[circle.first][t] = less >= first ? 0 : first - less
      solution.flows[circle.second][t] = less * ratio >= second * (1 - 1e-15) ? 0 : second - less * ratio
    }
  }

  /// Takes up to `amount` from a bus, where that saves most first, and says how much.
  ///
  /// - Parameter open: Room for the candidates, kept from step to step: this runs in every step of every pair.
  private func absorb(
    _ amount: Double, row: Int, step t: Int, _ solution: inout Solution, _ open: inout [Candidate]
  ) -> Double {
    open.removeAll(keepingCapacity: true)
    for one in relief[row] {
      let coefficient = one.coefficient[t]
      guard coefficient != 0 else { continue }
      // Lowered flows cost less, raised ones cost more.
      let saving = cost[one.flow][t] / coefficient
      guard saving >= 0 else { continue }
      // A way that is raised against its opposite would be the next circle.
      if coefficient < 0, runsAgainst(one.flow, t, solution) { continue }
      let candidate = Candidate(flow: one.flow, rank: one.rank, coefficient: coefficient, saving: saving)
      // A handful at most: put in its place as it comes.
      var place = open.count
      open.append(candidate)
      while place > 0, candidate.precedes(open[place - 1]) {
        open[place] = open[place - 1]
        place -= 1
      }
      open[place] = candidate
    }
    var left = amount
    for one in open where left > 0 {
      let now = solution.flows[one.flow][t]
      let room = one.coefficient > 0 ? now : max(0, most(one.flow, t, solution) - now)
      let take = min(left, room * abs(one.coefficient))
      guard take > 0 else { continue }
      solution.flows[one.flow][t] = max(0, now - take / one.coefficient)
      left -= take
    }
    return amount - left
  }

  private func runsAgainst(_ flow: Int, _ t: Int, _ solution: Solution) -> Bool {
    for other in partners[flow] where solution.flows[other][t] > 0 { return true }
    return false
  }

  private func most(_ j: Int, _ t: Int, _ solution: Solution) -> Double {
    var least = Double.infinity
    for bound in problem.flows[j].upper { least = min(least, bound.value(at: t, capacities: solution.capacities)) }
    return least
  }
}

/// Two flows that undo each other: how much of the second goes with a unit of the first, and what is over then.
private struct Circle {
  var first: Int, second: Int
  /// Units of the second per unit of the first that leave the content, or one bus, as it is.
  var ratio: Profile
  /// Balance row that has energy over; nil: none has.
  var row: Int?
  /// What it has over per unit of the first.
  var surplus: Profile
  /// What the objective saves per unit of the first, the surplus not counted.
  var gain: Profile

  /// The ways of undoing a pair; one for storages and meters, two for the two ends of a link.
  static func all(of pair: Exclusion, in problem: HourlyProblem, cost: [Profile]) -> [Circle] {
    let first = problem.flows[pair.first], second = problem.flows[pair.second]
    guard first.multipleOf == nil, second.multipleOf == nil else { return [] }
    var ratios: [Profile] = []
    if let one = first.stateTerms.first {
      guard first.stateTerms.count == 1, second.stateTerms.count == 1, second.stateTerms[0].state == one.state else {
        return []
      }
      ratios = [one.gain.combined(second.stateTerms[0].gain) { $1 == 0 ? 0 : -$0 / $1 }]
    } else {
      guard second.stateTerms.isEmpty else { return [] }
      for term in first.rowTerms where problem.rows[term.row].label.role == .balance {
        guard let back = second.rowTerms.first(where: { $0.row == term.row }) else { continue }
        ratios.append(term.coefficient.combined(back.coefficient) { $1 == 0 ? 0 : -$0 / $1 })
      }
    }
    return ratios.compactMap { circle(pair, ratio: $0, in: problem, cost: cost) }
  }

  private static func circle(
    _ pair: Exclusion, ratio: Profile, in problem: HourlyProblem, cost: [Profile]
  ) -> Circle? {
    func change(_ one: Profile?, _ other: Profile?) -> Profile {
      ((one ?? .zero) + (other ?? .zero) * ratio) * -1
    }
    var circle = Circle(
      first: pair.first, second: pair.second, ratio: ratio, row: nil, surplus: .zero,
      gain: change(cost[pair.first], cost[pair.second]) * -1)
    let first = problem.flows[pair.first].rowTerms, second = problem.flows[pair.second].rowTerms
    for r in Set((first + second).map(\.row)) {
      let change = change(
        first.first { $0.row == r }?.coefficient, second.first { $0.row == r }?.coefficient)
      let row = problem.rows[r]
      if row.label.role == .balance {
        guard change.maximum > 1e-12 || change.minimum < -1e-12 else { continue }
        guard circle.row == nil, change.minimum > -1e-12 else { return nil }
        circle.row = r
        circle.surplus = change
      } else if !row.mayChange(by: change) {
        return nil
      }
    }
    for row in problem.yearlyRows
    where !row.mayChange(by: change(row.form.flows[pair.first], row.form.flows[pair.second])) { return nil }
    return circle
  }
}

/// A flow that may take up what a bus has over: lowered where it leads in, raised where it leads out.
private struct Relief {
  var flow: Int
  /// At the bus's row.
  var coefficient: Profile
  /// Among equal savings: sold before a source is lowered (rule M20), spilled last.
  var rank: Int

  /// By balance row; flows whose change breaks no other row and no limit over the horizon.
  static func byRow(_ problem: HourlyProblem) -> [[Relief]] {
    var relief = [[Relief]](repeating: [], count: problem.rows.count)
    for (j, flow) in problem.flows.enumerated() where flow.stateTerms.isEmpty && flow.multipleOf == nil {
      let balances = flow.rowTerms.filter { problem.rows[$0.row].label.role == .balance }
      guard balances.count == 1, let bus = balances.first else { continue }
      let leadsIn = bus.coefficient.minimum >= 0
      guard leadsIn || bus.coefficient.maximum <= 0 else { continue }
      let sign = leadsIn ? -1.0 : 1.0
      guard
        flow.rowTerms.allSatisfy({ $0.row == bus.row || problem.rows[$0.row].mayChange(by: $0.coefficient * sign) }),
        problem.yearlyRows.allSatisfy({ $0.mayChange(by: ($0.form.flows[j] ?? .zero) * sign) })
      else { continue }
      let rank = flow.label.role == .sale ? 0 : leadsIn ? 1 : 2
      relief[bus.row].append(Relief(flow: j, coefficient: bus.coefficient, rank: rank))
    }
    return relief
  }
}

extension HourlyRow {
  /// Whether a change of this sign breaks no limit, whatever its size.
  fileprivate func mayChange(by change: Profile) -> Bool {
    (change.minimum > -1e-12 || lower.maximum == -.infinity) && (change.maximum < 1e-12 || upper.minimum == .infinity)
  }
}

extension YearlyRow {
  /// Whether a change of this sign breaks no limit, whatever its size.
  fileprivate func mayChange(by change: Profile) -> Bool {
    (change.minimum > -1e-12 || !lower.isFinite) && (change.maximum < 1e-12 || !upper.isFinite)
  }
}
