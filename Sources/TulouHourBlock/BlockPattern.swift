/// Where the non-zeros of an hour's block stand: computed once, then only index lists are walked.
///
/// Rows 0..<size are balances, then contents. Contents and balances that hold a content are joined through time, so the
/// content rows form a dense trailing block, and every row of `U` (coupling to the hour before) has full width.
struct BlockPattern {
  let size: Int
  let stateCount: Int
  /// Border columns of a lane: hourly sums, slots of sizes, own start contents.
  let borderCount: Int
  /// `lower[c]`: rows r > c with a non-zero of L in column c, ascending.
  private(set) var lower: [[Int]]
  /// Position of the non-zero (r, c), r >= c, among those of N; -1 where zero.
  private(set) var position: [[Int]]
  /// Number of non-zeros of N (diagonal included).
  private(set) var count = 0
  /// Border columns with a non-zero in row r of V, ascending.
  private(set) var border: [[Int]]
  /// Rows with a non-zero in U, and the first state of each: its columns run from there to the last.
  private(set) var coupled: [(row: Int, first: Int)] = []

  /// - Parameters:
  ///   - groups: Rows that share a column of an hour.
  ///   - stateRows: For each state the rows of its own hour in which it stands, its content row included.
  ///   - borderEntries: (row, border column) pairs that are not zero in some hour.
  init(
    size: Int, stateCount: Int, borderCount: Int, groups: [[Int]], stateRows: [[Int]],
    borderEntries: [(row: Int, column: Int)]
  ) {
    self.size = size
    self.stateCount = stateCount
    self.borderCount = borderCount
    let rowCount = size - stateCount
    var filled = [[Bool]](repeating: [Bool](repeating: false, count: size), count: size)
    for group in groups { for a in group { for b in group { filled[a][b] = true } } }
    for a in rowCount..<size { for b in rowCount..<size { filled[a][b] = true } }
    // U D U' joins all rows that have an entry of U.
    var first = [Int](repeating: Int.max, count: size)
    for (s, rows) in stateRows.enumerated() { for r in rows { first[r] = min(first[r], s) } }
    let coupledRows = (0..<size).filter { first[$0] < Int.max }
    for a in coupledRows { for b in coupledRows { filled[a][b] = true } }
    for c in 0..<size {
      for a in c + 1..<max(size, c + 1) where filled[a][c] {
        for b in c + 1..<size where filled[b][c] { filled[a][b] = true }
      }
    }
    lower = (0..<size).map { c in (c + 1..<max(size, c + 1)).filter { filled[$0][c] } }
    position = [[Int]](repeating: [Int](repeating: -1, count: size), count: size)
    for r in 0..<size {
      for c in 0...r where filled[r][c] || r == c {
        position[r][c] = count
        count += 1
      }
    }
    coupled = coupledRows.map { (row: $0, first: first[$0]) }
    var columns = [Set<Int>](repeating: [], count: size)
    for entry in borderEntries { columns[entry.row].insert(entry.column) }
    for r in 0..<size where r >= rowCount || first[r] < Int.max { columns[r] = Set(0..<borderCount) }
    for c in 0..<size { for r in lower[c] { columns[r].formUnion(columns[c]) } }
    border = columns.map { $0.sorted() }
  }
}
