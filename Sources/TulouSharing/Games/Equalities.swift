/// Equations of groups, x(S) = given, kept as reduced rows: which groups they determine and what freedom they leave.
struct Equalities {
  private let count: Int
  /// Reduced rows, each with its pivot; a pivot's column is zero in every other row.
  private var rows: [(pivot: Int, row: [Double])] = []

  init(count: Int) { self.count = count }

  var rank: Int { rows.count }

  /// Adds the row of a group; false where the rows determine it already.
  mutating func add(_ group: Int) -> Bool {
    var row = (0..<count).map { Double(group >> $0 & 1) }
    for (pivot, reduced) in rows where row[pivot] != 0 {
      let factor = row[pivot]
      for index in row.indices { row[index] -= factor * reduced[index] }
    }
    // The largest entry as pivot: rows of zeros and ones reduce to small fractions.
    guard let pivot = row.indices.max(by: { abs(row[$0]) < abs(row[$1]) }), abs(row[pivot]) > 1e-9 else { return false }
    let scale = row[pivot]
    row = row.map { $0 / scale }
    for index in rows.indices where rows[index].row[pivot] != 0 {
      let factor = rows[index].row[pivot]
      for column in row.indices { rows[index].row[column] -= factor * row[column] }
    }
    rows.append((pivot, row))
    return true
  }

  /// Orthonormal directions in which an allocation may move and keep every equation.
  func directions() -> [[Double]] {
    let pivots = Set(rows.map(\.pivot))
    var basis: [[Double]] = []
    for free in 0..<count where !pivots.contains(free) {
      var direction = [Double](repeating: 0, count: count)
      direction[free] = 1
      for (pivot, row) in rows { direction[pivot] = -row[free] }
      for _ in 0..<2 {
        for other in basis {
          let product = zip(direction, other).reduce(0) { $0 + $1.0 * $1.1 }
          for index in direction.indices { direction[index] -= product * other[index] }
        }
      }
      let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(direction.map { $0 / length })
    }
    return basis
  }
}

/// Small dense systems of equations.
enum Dense {
  /// Solution of `matrix` x = `right` by elimination with row exchange; nil where the matrix is singular.
  static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    let size = right.count
    var rows = matrix
    var right = right
    for column in 0..<size {
      guard let pivot = (column..<size).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-13
      else { return nil }
      rows.swapAt(column, pivot)
      right.swapAt(column, pivot)
      for row in (column + 1)..<max(size, column + 1) where rows[row][column] != 0 {
        let factor = rows[row][column] / rows[column][column]
        for index in column..<size { rows[row][index] -= factor * rows[column][index] }
        right[row] -= factor * right[column]
      }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for column in (row + 1)..<max(size, row + 1) { right[row] -= rows[row][column] * right[column] }
      right[row] /= rows[row][row]
    }
    return right
  }

  static func transposed(_ matrix: [[Double]]) -> [[Double]] {
    matrix.isEmpty ? [] : matrix[0].indices.map { column in matrix.map { $0[column] } }
  }
}
