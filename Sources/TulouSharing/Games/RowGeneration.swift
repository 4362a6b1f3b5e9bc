import TulouQuantities

/// The fairest of the most stable shares where there are too many groups for a table: groups that would leave are found one by one.
///
/// The largest e with x(S) - v(S) >= e for the groups that are known, then the evenest shares that keep it; then a search for a group that
/// is worse off, which joins the known ones, until none is found. The search climbs from several groups by one member more or less, so a
/// worse group may be missed: what comes of it is searched, not proved. Both steps are projections on the known rows by a dual active
/// set (Goldfarb, Idnani 1983); the first repeats them along e, which ends at the best e after finitely many (proximal point method).
package struct RowGeneration: Sendable {
  /// Share of each member.
  package private(set) var shares: [Double]
  /// Least surplus of the groups that were asked; below zero: these cannot all be kept.
  package private(set) var surplus: Double
  /// Groups whose value was asked.
  package private(set) var asked: Int

  /// Searches; nil where rounding left no shares, or for fewer than two members.
  ///
  /// - Parameters:
  ///   - total: Value of all.
  ///   - known: Values of groups that are known already, proper ones.
  ///   - most: Most groups of which the value is asked beyond them.
  ///   - seed: Where random groups begin.
  ///   - value: Value of a group; nil: it cannot be had (the search ends).
  package init?(
    count: Int, total: Double, known: [MemberSet: Double], most: Int, seed: UInt64, value: (MemberSet) -> Double?
  ) {
    guard count > 1 else { return nil }
    var search = GroupSearch(count: count, known: known, most: most, seed: seed)
    for member in 0..<count {
      let one = MemberSet([member], count: count)
      search.ask(one, value)
      search.ask(MemberSet((0..<count).filter { $0 != member }, count: count), value)
    }
    let scale = max(abs(total), search.values.values.reduce(0) { max($0, abs($1)) }, 1e-300)
    // Rows of groups far from tight hold nothing up; they join when they are broken.
    var rows = search.values.filter { $0.key.size == 1 || $0.key.size == count - 1 }
    var point = [Double](repeating: total / scale / Double(count), count: count) + [0]
    var level = 0.0
    for _ in 0..<400 {
      let faces = rows.sorted { $0.key.members.lexicographicallyPrecedes($1.key.members) }.map {
        Projection.Row(group: $0.key, right: $0.value / scale, count: count)
      }
      guard let best = Projection.highest(from: point, faces),
        let even = Projection.evenest(level: best[count] - 1e-9, total: total / scale, faces, count: count)
      else { return nil }
      level = best[count]
      point = even + [level]
      let shares = even.map { $0 * scale }
      let found = search.worst(shares, below: (level - 1e-7) * scale, value)
      guard !found.isEmpty else { break }
      for group in found { rows[group] = search.values[group] }
    }
    shares = point.dropLast().map { $0 * scale }
    surplus = level * scale
    asked = search.values.count
  }
}

/// Groups with their values, and the search for one that is worse off.
private struct GroupSearch {
  let count: Int
  private(set) var values: [MemberSet: Double]
  private var left: Int
  private var generator: SeededRandom

  init(count: Int, known: [MemberSet: Double], most: Int, seed: UInt64) {
    self.count = count
    values = known.filter { (1..<count).contains($0.key.size) }
    left = most
    generator = SeededRandom(seed: seed &+ 0x9E37_79B9)
  }

  @discardableResult
  mutating func ask(_ group: MemberSet, _ value: (MemberSet) -> Double?) -> Double? {
    if let known = values[group] { return known }
    guard left > 0, (1..<count).contains(group.size), let found = value(group) else { return nil }
    left -= 1
    values[group] = found
    return found
  }

  /// Groups whose surplus lies below a level, the worst of each start.
  mutating func worst(_ shares: [Double], below level: Double, _ value: (MemberSet) -> Double?) -> [MemberSet] {
    func surplus(_ group: MemberSet, _ worth: Double) -> Double { group.members.reduce(-worth) { $0 + shares[$1] } }
    let known = values.map { (group: $0.key, surplus: surplus($0.key, $0.value)) }.sorted {
      $0.surplus == $1.surplus ? $0.group.members.lexicographicallyPrecedes($1.group.members) : $0.surplus < $1.surplus
    }
    var found = Set(known.prefix { $0.surplus < level }.prefix(8).map(\.group))
    guard found.isEmpty else { return Array(found) }
    var starts = known.prefix(3).map(\.group)
    starts.append(MemberSet((0..<count).filter { _ in generator.uniform() < 0.5 }, count: count))
    for start in starts where (1..<count).contains(start.size) {
      guard var worth = ask(start, value) else { continue }
      var group = start
      var least = surplus(group, worth)
      while true {
        var better: (group: MemberSet, worth: Double, surplus: Double)?
        for member in 0..<count {
          let other = group.toggled(member)
          guard let own = ask(other, value) else { continue }
          let reached = surplus(other, own)
          if reached < (better?.surplus ?? least) - 1e-12 * abs(least) { better = (other, own, reached) }
        }
        guard let better else { break }
        (group, worth, least) = (better.group, better.worth, better.surplus)
      }
      if least < level { found.insert(group) }
    }
    return found.sorted { $0.members.lexicographicallyPrecedes($1.members) }
  }
}

/// Projections on rows x(S) - e >= v(S) within shares that sum to the total.
private enum Projection {
  struct Row {
    /// Gradient over (x, e), x without what all have in common.
    var gradient: [Double]
    /// Members of the group.
    var members: [Int]
    var right: Double

    init(group: MemberSet, right: Double, count: Int) {
      members = group.members
      self.right = right
      let mean = Double(members.count) / Double(count)
      gradient = [Double](repeating: -mean, count: count) + [-1]
      for member in members { gradient[member] += 1 }
    }

    func breach(_ point: [Double]) -> Double { members.reduce(-right - point[point.count - 1]) { $0 + point[$1] } }
  }

  /// The highest level e that the rows allow, with shares; nil where rounding leaves none.
  static func highest(from start: [Double], _ rows: [Row]) -> [Double]? {
    var point = start
    for _ in 0..<200 {
      var target = point
      target[target.count - 1] += 10
      guard let next = project(target, rows) else { return nil }
      let rise = next[next.count - 1] - point[point.count - 1]
      let moved = zip(next, point).reduce(0) { max($0, abs($1.0 - $1.1)) }
      point = next
      if abs(rise) < 1e-11, moved < 1e-9 { break }
    }
    return point
  }

  /// The evenest shares whose groups have at least this surplus.
  static func evenest(level: Double, total: Double, _ rows: [Row], count: Int) -> [Double]? {
    let fixed = rows.map { row in
      var own = row
      own.right += level
      own.gradient[count] = 0
      return own
    }
    let equal = [Double](repeating: total / Double(count), count: count) + [0]
    return project(equal, fixed).map { Array($0.dropLast()) }
  }

  /// The nearest point that keeps all rows; nil where there is none.
  static func project(_ start: [Double], _ rows: [Row]) -> [Double]? {
    var point = start
    var active = ActiveSet()
    for _ in 0..<20_000 {
      var worst = -1e-11
      var entering: Int?
      for index in rows.indices where !active.ids.contains(index) {
        let own = rows[index].breach(point)
        if own < worst {
          worst = own
          entering = index
        }
      }
      guard let entering else { return point }
      guard active.take(entering, rows[entering].gradient, breach: worst, moving: &point) else {
        return worst > -1e-7 ? point : nil
      }
    }
    return nil
  }
}
