/// The linear program of one level of the nucleolus: the largest e with x(S) - v(S) >= e for every group that is still open.
///
/// The allocation moves as x = start + sum of u_j direction_j, so the equations of earlier levels hold by construction. Solved as a
/// simplex on the multipliers: a basis of k + 1 groups determines (u, e), and the group with the least x(S) - v(S) - e enters. Pricing
/// one basis looks at all groups by one pass of sums, so no matrix of 2^n rows is kept. The first basis is a group with its
/// complement, each with the multiplier 1/2, so that no first phase is needed.
struct LevelProgram {
  let game: Game
  /// An allocation that meets the equations.
  let start: [Double]
  /// Orthonormal directions that keep them.
  let directions: [[Double]]
  /// Whether a group is still open.
  let open: [Bool]
  /// Members whose share may not fall below their value alone.
  let atLeastAlone: [Int]

  struct Solution {
    var level: Double
    var allocation: [Double]
    /// Groups that are tight in every best allocation, by positive multipliers.
    var tightGroups: [Int]
    /// Members that are held by their value alone in every best allocation.
    var tightMembers: [Int]
  }

  /// A row of the program: a group, or a member's own bound.
  private enum Row: Equatable {
    case group(Int)
    case member(Int)
  }

  /// The best level; nil only where rounding leaves no nonsingular basis or the limit of 20,000 steps is reached.
  func solve() -> Solution? {
    guard var basis = firstBasis() else { return nil }
    let slack = 1e-12 * game.scale
    var still = 0
    for _ in 0..<20_000 {
      let rows = basis.map(coefficients)
      guard let point = Dense.solve(rows, basis.map(right)),
        let multipliers = Dense.solve(Dense.transposed(rows), [Double](repeating: 0, count: directions.count) + [-1])
      else { return nil }
      let allocation = moved(point)
      guard let entering = entering(allocation, point[directions.count], basis, slack, first: still > 40) else {
        return solution(allocation, point[directions.count], basis, multipliers)
      }
      guard let change = Dense.solve(Dense.transposed(rows), coefficients(entering)),
        let leaving = leaving(multipliers, change, basis, first: still > 40)
      else { return nil }
      still = multipliers[leaving] / change[leaving] > 1e-12 ? 0 : still + 1
      basis[leaving] = entering
    }
    return nil
  }

  private func solution(_ allocation: [Double], _ level: Double, _ basis: [Row], _ multipliers: [Double]) -> Solution {
    var result = Solution(level: level, allocation: allocation, tightGroups: [], tightMembers: [])
    for (row, multiplier) in zip(basis, multipliers) where multiplier > 1e-8 {
      switch row {
      case .group(let group): result.tightGroups.append(group)
      case .member(let member): result.tightMembers.append(member)
      }
    }
    return result
  }

  /// Coefficients of (u, e) in a row.
  private func coefficients(_ row: Row) -> [Double] {
    switch row {
    case .group(let group):
      directions.map { direction in
        direction.indices.reduce(0) { group >> $1 & 1 == 1 ? $0 + direction[$1] : $0 }
      } + [-1]
    case .member(let member): directions.map { $0[member] } + [0]
    }
  }

  private func right(_ row: Row) -> Double {
    switch row {
    case .group(let group):
      game.values[group] - start.indices.reduce(0) { group >> $1 & 1 == 1 ? $0 + start[$1] : $0 }
    case .member(let member): game.alone(member) - start[member]
    }
  }

  private func moved(_ point: [Double]) -> [Double] {
    var allocation = start
    for (direction, amount) in zip(directions, point) {
      for index in allocation.indices { allocation[index] += amount * direction[index] }
    }
    return allocation
  }

  /// An open group with its complement, then groups of one member (or whatever is open) that make the basis regular.
  private func firstBasis() -> [Row]? {
    guard let one = open.firstIndex(of: true) else { return nil }
    var basis: [Row] = [.group(one), .group(game.everybody ^ one)]
    var chosen: [[Double]] = []
    func independent(_ group: Int) -> Bool {
      var row = Array(coefficients(.group(group)).dropLast())
      for other in chosen {
        let product = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
        for index in row.indices { row[index] -= product * other[index] }
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 1e-6 else { return false }
      chosen.append(row.map { $0 / length })
      return true
    }
    guard independent(one) else { return nil }
    let candidates = (0..<game.count).map { 1 << $0 } + Array(open.indices)
    for group in candidates where basis.count <= directions.count && open[group] {
      if independent(group) { basis.append(.group(group)) }
    }
    return basis.count == directions.count + 1 ? basis : nil
  }

  /// The row that a point breaks most, or the first that it breaks (Bland's rule, against cycles).
  private func entering(_ allocation: [Double], _ level: Double, _ basis: [Row], _ slack: Double, first: Bool) -> Row? {
    var worst = -slack
    var found: Row?
    let sums = GroupSums.of(allocation)
    for group in open.indices where open[group] {
      let surplus = sums[group] - game.values[group] - level
      if surplus < worst, !basis.contains(.group(group)) {
        found = .group(group)
        if first { return found }
        worst = surplus
      }
    }
    for member in atLeastAlone {
      let surplus = allocation[member] - game.alone(member)
      if surplus < worst, !basis.contains(.member(member)) {
        found = .member(member)
        if first { return found }
        worst = surplus
      }
    }
    return found
  }

  private func leaving(_ multipliers: [Double], _ change: [Double], _ basis: [Row], first: Bool) -> Int? {
    var best: Int?
    var ratio = Double.infinity
    for index in change.indices where change[index] > 1e-10 {
      let own = max(multipliers[index], 0) / change[index]
      let better: Bool
      if let best, abs(own - ratio) <= 1e-13 {
        better = first ? order(basis[index]) < order(basis[best]) : change[index] > change[best]
      } else {
        better = own < ratio
      }
      if better {
        best = index
        ratio = own
      }
    }
    return best
  }

  private func order(_ row: Row) -> Int {
    switch row {
    case .group(let group): group
    case .member(let member): game.values.count + member
    }
  }
}
