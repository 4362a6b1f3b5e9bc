import TulouProblem

/// Exact netting of what runs in circles: charge against discharge, purchase against sale, both ways of a link.
///
/// A solver may leave both directions above nought where that costs nothing. Less of both keeps every content as it is
/// and leaves energy over at the bus, which lowers a paid flow or a source. No step gets dearer and no row breaks; the
/// certificate is that of the plan before.
struct Tidying {
  private let problem: HourlyProblem
  /// What each flow costs per unit in each step, objective first.
  private let cost: [Profile]
  /// Flows that may be lowered freely where a bus has energy over, dearest first, by row.
  private let relief: [[Int]]

  /// - Parameters:
  ///   - problem: The problem that was solved.
  ///   - cash: Money, which decides between flows of equal objective.
  init(problem: HourlyProblem, cash: LinearForm) {
    self.problem = problem
    let objective = problem.objective
    cost = problem.flows.indices.map { j in
      let own = objective.flows[j] ?? .zero
      guard let money = cash.flows[j], objective.flows != cash.flows else { return own }
      return own + money * 1e-9
    }
    relief = Tidying.relief(problem, cost: cost)
  }

  /// The solution without circles.
  func tidied(_ solution: Solution) -> Solution {
    var tidied = solution
    for pair in storages() { net(pair, &tidied) }
    for pair in links() { net(pair, &tidied) }
    for (purchase, sale) in markets() { net(purchase: purchase, sale: sale, &tidied) }
    return tidied
  }

  /// Two flows that undo each other, and what the bus gets back of a unit of the first.
  private struct Circle {
    var first: Int, second: Int
    /// Units of the second per unit of the first that leave content and far bus as they are.
    var ratio: Profile
    /// Bus row that has energy over.
    var row: Int
    /// Coefficients at that row.
    var firstCoefficient: Profile, secondCoefficient: Profile
  }

  /// Charge and discharge of one content: `gain_c x = -gain_d y`.
  private func storages() -> [Circle] {
    var circles: [Circle] = []
    for (c, charge) in problem.flows.enumerated() where charge.label.role == .charge || charge.label.role == .serve {
      guard charge.stateTerms.count == 1, let row = busRow(charge) else { continue }
      for (d, discharge) in problem.flows.enumerated()
      where discharge.label.role == .discharge && discharge.stateTerms.count == 1
        && discharge.stateTerms[0].state == charge.stateTerms[0].state && busRow(discharge)?.row == row.row
      {
        guard let other = busRow(discharge) else { continue }
        let ratio = charge.stateTerms[0].gain.combined(discharge.stateTerms[0].gain) { $1 == 0 ? 0 : -$0 / $1 }
        circles.append(
          Circle(
            first: c, second: d, ratio: ratio, row: row.row, firstCoefficient: row.coefficient,
            secondCoefficient: other.coefficient))
      }
    }
    return circles
  }

  /// Both ways of a link: the far bus keeps what it has, the near one gets back the loss.
  private func links() -> [Circle] {
    var circles: [Circle] = []
    for (f, forward) in problem.flows.enumerated() where forward.label.role == .forward {
      guard let b = problem.flows.firstIndex(where: { $0.label.role == .backward && $0.label.id == forward.label.id }),
        forward.rowTerms.count == 2, problem.flows[b].rowTerms.count == 2
      else { continue }
      let backward = problem.flows[b]
      guard let near = forward.rowTerms.first(where: { $0.coefficient.maximum < 0 }),
        let far = forward.rowTerms.first(where: { $0.coefficient.minimum > 0 }),
        let nearBack = backward.rowTerms.first(where: { $0.row == near.row }),
        let farBack = backward.rowTerms.first(where: { $0.row == far.row })
      else { continue }
      let ratio = far.coefficient.combined(farBack.coefficient) { $1 == 0 ? 0 : -$0 / $1 }
      circles.append(
        Circle(
          first: f, second: b, ratio: ratio, row: near.row, firstCoefficient: near.coefficient,
          secondCoefficient: nearBack.coefficient))
    }
    return circles
  }

  private func markets() -> [(purchase: Int, sale: Int)] {
    var pairs: [(Int, Int)] = []
    for (i, purchase) in problem.flows.enumerated() where purchase.label.role == .purchase {
      for (x, sale) in problem.flows.enumerated()
      where sale.label.role == .sale && sale.label.id == purchase.label.id && sale.label.bus == purchase.label.bus {
        pairs.append((i, x))
      }
    }
    return pairs
  }

  private func net(_ circle: Circle, _ solution: inout Solution) {
    for t in 0..<problem.steps {
      let first = solution.flows[circle.first][t]
      let second = solution.flows[circle.second][t]
      let ratio = circle.ratio[t]
      guard first > 0, second > 0, ratio > 0 else { continue }
      var less = min(first, second / ratio)
      // Energy that the bus has over when x of the first and ratio x of the second are gone.
      let surplus = -(circle.firstCoefficient[t] + ratio * circle.secondCoefficient[t])
      if surplus > 1e-12 {
        less = min(less, absorb(less * surplus, row: circle.row, step: t, &solution) / surplus)
      }
      guard less > 0 else { continue }
      // The smaller of the two ends at exactly nought.
      solution.flows[circle.first][t] = less >= first ? 0 : first - less
      solution.flows[circle.second][t] = less * ratio >= second * (1 - 1e-15) ? 0 : second - less * ratio
    }
  }

  /// Lowers flows into a bus by up to `amount` altogether, dearest first, and says by how much.
  private func absorb(_ amount: Double, row: Int, step t: Int, _ solution: inout Solution) -> Double {
    var left = amount
    for j in relief[row] where left > 0 {
      guard cost[j][t] >= 0, let coefficient = busRow(problem.flows[j])?.coefficient[t], coefficient > 0 else {
        continue
      }
      let take = min(left, solution.flows[j][t] * coefficient)
      guard take > 0 else { continue }
      solution.flows[j][t] = max(0, solution.flows[j][t] - take / coefficient)
      left -= take
    }
    return amount - left
  }

  private func net(purchase: Int, sale: Int, _ solution: inout Solution) {
    // What leaves both rows of the bus alike may not break a limit over the horizon.
    for row in problem.yearlyRows {
      let change = (row.form.flows[purchase] ?? .zero) + (row.form.flows[sale] ?? .zero)
      if row.upper.isFinite, change.minimum < -1e-12 { return }
      if row.lower.isFinite, change.maximum > 1e-12 { return }
    }
    for t in 0..<problem.steps {
      let both = min(solution.flows[purchase][t], solution.flows[sale][t])
      guard both > 0, cost[purchase][t] + cost[sale][t] >= 0 else { continue }
      solution.flows[purchase][t] -= both
      solution.flows[sale][t] -= both
    }
  }

  private func busRow(_ flow: Flow) -> RowTerm? {
    flow.rowTerms.first { problem.rows[$0.row].label.role == .balance }
  }

  /// Flows that only touch one balance, whose lowering breaks no other row and no limit over the horizon.
  private static func relief(_ problem: HourlyProblem, cost: [Profile]) -> [[Int]] {
    var relief = [[Int]](repeating: [], count: problem.rows.count)
    for (j, flow) in problem.flows.enumerated() where flow.stateTerms.isEmpty && flow.multipleOf == nil {
      let balances = flow.rowTerms.filter { problem.rows[$0.row].label.role == .balance }
      guard balances.count == 1, balances[0].coefficient.minimum >= 0 else { continue }
      let others = flow.rowTerms.filter { $0.row != balances[0].row }
      let harmless = others.allSatisfy { term in
        let row = problem.rows[term.row]
        // Lower activity is harmless where only an upper limit acts, and the other way round.
        let lowers = term.coefficient.minimum >= 0 && row.lower.maximum == -.infinity
        let raises = term.coefficient.maximum <= 0 && row.upper.minimum == .infinity
        return lowers || raises
      }
      let allowed = problem.yearlyRows.allSatisfy { row in
        guard let coefficient = row.form.flows[j] else { return true }
        return (row.upper.isFinite ? coefficient.minimum >= 0 : true)
          && (row.lower.isFinite ? coefficient.maximum <= 0 : true)
      }
      if harmless, allowed { relief[balances[0].row].append(j) }
    }
    for r in relief.indices {
      relief[r].sort { a, b in (cost[a].maximum, b) > (cost[b].maximum, a) }
    }
    return relief
  }
}
