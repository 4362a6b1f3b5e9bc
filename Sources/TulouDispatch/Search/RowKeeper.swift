/// Rows worth keeping: the best overall, and the best of each type of system.
///
/// A value with all that it needs to go on: written down and read again it keeps what it would have kept.
struct RowKeeper: Sendable, Codable, Equatable {
  private let count: Int
  /// Rows that differ by less than this in every side are one row; empty: only equal ones are.
  private let width: [Double]
  private var best: [SearchCandidate] = []
  private var types: [UInt64: SearchCandidate] = [:]
  /// The feasible row of least capital that serves at least 99 %, the cheaper of two: penalties are no cash, so a
  /// system that serves less would look cheap.
  private(set) var leastCapital: SearchCandidate?
  /// Some of what is rejected.
  var sample: RejectedSample
  /// What a row has to beat to be among the best.
  private var cutoff: DesignMerit?

  init(rows: Int, width: [Double] = [], sample: Int) {
    count = max(1, rows)
    self.width = width
    self.sample = RejectedSample(most: sample)
  }

  private func isSame(_ a: SearchCandidate, _ b: SearchCandidate) -> Bool {
    guard a.strategy == b.strategy, a.type == b.type else { return false }
    guard !width.isEmpty else { return a.sizes == b.sizes }
    return a.sizes.indices.allSatisfy { abs(a.sizes[$0] - b.sizes[$0]) <= width[$0] }
  }

  mutating func admit(_ rows: [SearchCandidate]) {
    for row in rows {
      if row.isFeasible, row.lossOfPowerSupply <= 0.01,
        leastCapital.map({ (row.capital, row.value) < ($0.capital, $0.value) }) ?? true
      {
        leastCapital = row
      }
      if types[row.type].map({ row.merit.isBetter(than: $0.merit) }) ?? true { types[row.type] = row }
      if let cutoff, !row.merit.isBetter(than: cutoff) { continue }
      best.append(row)
      if best.count >= 4 * count { shrink() }
    }
  }

  private mutating func shrink() {
    // Of equals the first stays first.
    let order = best.indices.sorted {
      best[$0].merit.isBetter(than: best[$1].merit)
        || !best[$1].merit.isBetter(than: best[$0].merit) && $0 < $1
    }
    var kept: [SearchCandidate] = []
    for row in order.map({ best[$0] }) where kept.count < 2 * count {
      // The same design may be tried twice.
      if width.isEmpty {
        if let last = kept.last, isSame(last, row) { continue }
      } else if kept.contains(where: { isSame($0, row) }) {
        continue
      }
      kept.append(row)
    }
    best = kept
    if best.count >= count { cutoff = best[count - 1].merit }
  }

  /// The rows, best first, no design twice.
  func finished() -> (rows: [SearchCandidate], ranked: Int) {
    var last = self
    last.shrink()
    var rows = Array(last.best.prefix(count))
    let ranked = rows.count
    let known = Set(rows.map { [Double($0.strategy)] + $0.sizes })
    rows += types.values.filter { !known.contains([Double($0.strategy)] + $0.sizes) }
    return (rows.sorted { $0.isListed(before: $1) }, ranked)
  }
}

extension SearchCandidate {
  /// The order of tables: the better first, of equals that of the strategies and sizes.
  package func isListed(before other: SearchCandidate) -> Bool {
    if merit.isBetter(than: other.merit) { return true }
    if other.merit.isBetter(than: merit) { return false }
    if strategy != other.strategy { return strategy < other.strategy }
    return sizes.lexicographicallyPrecedes(other.sizes)
  }
}

/// Some of the designs that were rejected, evenly spread over the order in which they were run.
///
/// Every `2^k`-th is kept, with the least k that keeps no more than asked: the sample depends on how many were rejected,
/// not on when a search was stopped.
package struct RejectedSample: Sendable, Codable, Equatable {
  package private(set) var rows: [SearchCandidate] = []
  private var seen = 0
  private var stride = 1
  let most: Int

  /// An empty sample of at most so many rows.
  package init(most: Int) { self.most = max(2, most) }

  package mutating func admit(_ row: SearchCandidate) {
    if seen % stride == 0 { rows.append(row) }
    seen += 1
    guard rows.count > most else { return }
    rows = rows.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    stride *= 2
  }
}
