/// The symmetric system of contents at segment starts, sizes and sums that remains after the hours are eliminated.
///
/// Starts of different blocks do not touch, so they are eliminated block by block (negative definite, LDL'), and the
/// rest, sizes and sums, by LU with row exchange on the equilibrated matrix. Two refinements follow every solve.
final class Border {
  /// Number of start contents; they come first, ordered by component.
  let startCount: Int
  /// Sizes, then sums.
  let globalCount: Int
  /// Ranges of start contents that touch each other.
  let components: [Range<Int>]
  private let componentOf: Block<Int>
  private let offset: [Int]
  /// Per component: dense symmetric matrix and its factor; coupling to the global unknowns and its solved form.
  private let matrix: Block<Double>
  private let factor: Block<Double>
  private let coupling: Block<Double>
  private let solved: Block<Double>
  private let global: Block<Double>
  private let reduced: Block<Double>
  private let exchange: Block<Int>
  private let scale: Block<Double>
  private let correction: Block<Double>, rest: Block<Double>

  var count: Int { startCount + globalCount }

  init(startCount: Int, globalCount: Int, components: [Range<Int>]) {
    self.startCount = startCount
    self.globalCount = globalCount
    self.components = components
    componentOf = Block(count: startCount, repeating: 0)
    var offset: [Int] = []
    var total = 0
    for (c, range) in components.enumerated() {
      offset.append(total)
      total += range.count * range.count
      for i in range { componentOf[i] = c }
    }
    self.offset = offset
    func numbers(_ count: Int) -> Block<Double> { Block(count: count, repeating: 0) }
    matrix = numbers(total)
    factor = numbers(total)
    coupling = numbers(startCount * globalCount)
    solved = numbers(startCount * globalCount)
    global = numbers(globalCount * globalCount)
    reduced = numbers(globalCount * globalCount)
    exchange = Block(count: globalCount, repeating: 0)
    scale = numbers(globalCount)
    correction = numbers(startCount + globalCount)
    rest = numbers(startCount + globalCount)
  }

  func clear() {
    matrix.fill(0)
    coupling.fill(0)
    global.fill(0)
  }

  /// Adds to the entries (i, j) and (j, i), or once to the diagonal.
  func add(_ i: Int, _ j: Int, _ value: Double) {
    if i >= startCount && j >= startCount {
      global[(i - startCount) * globalCount + j - startCount] += value
      if i != j { global[(j - startCount) * globalCount + i - startCount] += value }
    } else if i < startCount && j < startCount {
      let range = components[componentOf[i]]
      let base = offset[componentOf[i]]
      matrix[base + (i - range.lowerBound) * range.count + j - range.lowerBound] += value
      if i != j { matrix[base + (j - range.lowerBound) * range.count + i - range.lowerBound] += value }
    } else {
      let (start, other) = i < j ? (i, j) : (j, i)
      coupling[start * globalCount + other - startCount] += value
    }
  }

  func factorise() {
    let ng = globalCount
    reduced.pointer.update(from: global.pointer, count: ng * ng)
    solved.pointer.update(from: coupling.pointer, count: startCount * ng)
    for (c, range) in components.enumerated() {
      let n = range.count
      Self.factorNegated(matrix.pointer + offset[c], factor.pointer + offset[c], n)
      Self.solveNegated(factor.pointer + offset[c], solved.pointer + range.lowerBound * ng, n, ng)
      for i in range {
        for a in 0..<ng where coupling[i * ng + a] != 0 {
          let left = coupling[i * ng + a]
          for b in 0..<ng { reduced[a * ng + b] += left * solved[i * ng + b] }
        }
      }
    }
    factoriseGlobal()
  }

  /// LDL' of the negated matrix: row i of the lower triangle, diagonal holds 1/d.
  private static func factorNegated(_ m: UnsafePointer<Double>, _ f: UnsafeMutablePointer<Double>, _ n: Int) {
    for i in 0..<(n * n) { f[i] = -m[i] }
    for c in 0..<n {
      let original = -m[c * n + c]
      let d = max(f[c * n + c], 1e-15 * abs(original), 1e-300)
      let inverse = 1 / d
      f[c * n + c] = inverse
      for r in (c + 1)..<max(n, c + 1) {
        // Only the upper triangle is updated: its row c is the raw column c.
        let l = f[c * n + r] * inverse
        if l != 0 {
          for k in r..<n { f[r * n + k] -= l * f[c * n + k] }
        }
        f[r * n + c] = l
      }
    }
  }

  /// Solves `(-C) X = B` for `columns` right-hand sides stored row by row.
  private static func solveNegated(
    _ f: UnsafePointer<Double>, _ x: UnsafeMutablePointer<Double>, _ n: Int, _ columns: Int
  ) {
    for c in 0..<n {
      for r in (c + 1)..<max(n, c + 1) {
        let l = f[r * n + c]
        if l != 0 { for k in 0..<columns { x[r * columns + k] -= l * x[c * columns + k] } }
      }
    }
    for c in stride(from: n - 1, through: 0, by: -1) {
      let inverse = f[c * n + c]
      for k in 0..<columns { x[c * columns + k] *= inverse }
      for r in (c + 1)..<max(n, c + 1) {
        let l = f[r * n + c]
        if l != 0 { for k in 0..<columns { x[c * columns + k] -= l * x[r * columns + k] } }
      }
    }
  }

  private func factoriseGlobal() {
    let n = globalCount
    for i in 0..<n {
      let d = abs(reduced[i * n + i])
      scale[i] = d > 0 && d.isFinite ? 1 / d.squareRoot() : 1
    }
    for i in 0..<n { for j in 0..<n { reduced[i * n + j] *= scale[i] * scale[j] } }
    for c in 0..<n {
      var best = c
      for r in c..<n where abs(reduced[r * n + c]) > abs(reduced[best * n + c]) { best = r }
      exchange[c] = best
      if best != c {
        for k in 0..<n { (reduced[c * n + k], reduced[best * n + k]) = (reduced[best * n + k], reduced[c * n + k]) }
      }
      let pivot = reduced[c * n + c]
      let inverse = abs(pivot) > 1e-300 ? 1 / pivot : 0
      for r in (c + 1)..<max(n, c + 1) {
        let l = reduced[r * n + c] * inverse
        reduced[r * n + c] = l
        if l != 0 { for k in (c + 1)..<n { reduced[r * n + k] -= l * reduced[c * n + k] } }
      }
    }
  }

  /// Solution for one right-hand side, refined twice.
  func solve(_ rhs: Block<Double>, into x: Block<Double>) {
    x.pointer.update(from: rhs.pointer, count: count)
    solveOnce(x.pointer)
    for _ in 0..<2 {
      findRest(rhs, x)
      correction.pointer.update(from: rest.pointer, count: count)
      solveOnce(correction.pointer)
      for i in 0..<count { x[i] += correction[i] }
    }
  }

  private func solveOnce(_ base: UnsafeMutablePointer<Double>) {
    let ng = globalCount
    for (c, range) in components.enumerated() {
      Self.solveNegated(factor.pointer + offset[c], base + range.lowerBound, range.count, 1)
    }
    // base now holds M^-1 r for the starts (M = -C).
    for i in 0..<startCount {
      let value = base[i]
      for k in 0..<ng { base[startCount + k] += coupling[i * ng + k] * value }
    }
    solveGlobal(base + startCount)
    for i in 0..<startCount {
      var value = -base[i]
      for k in 0..<ng { value += solved[i * ng + k] * base[startCount + k] }
      base[i] = value
    }
  }

  private func solveGlobal(_ x: UnsafeMutablePointer<Double>) {
    let n = globalCount
    for i in 0..<n { x[i] *= scale[i] }
    for c in 0..<n where exchange[c] != c { (x[c], x[exchange[c]]) = (x[exchange[c]], x[c]) }
    for r in 0..<n { for k in 0..<r { x[r] -= reduced[r * n + k] * x[k] } }
    for r in stride(from: n - 1, through: 0, by: -1) {
      for k in (r + 1)..<max(n, r + 1) { x[r] -= reduced[r * n + k] * x[k] }
      let pivot = reduced[r * n + r]
      x[r] = abs(pivot) > 1e-300 ? x[r] / pivot : 0
    }
    for i in 0..<n { x[i] *= scale[i] }
  }

  private func findRest(_ rhs: Block<Double>, _ x: Block<Double>) {
    let ng = globalCount
    for i in 0..<count { rest[i] = rhs[i] }
    for (c, range) in components.enumerated() {
      let n = range.count
      for i in 0..<n {
        var sum = 0.0
        for j in 0..<n { sum += matrix[offset[c] + i * n + j] * x[range.lowerBound + j] }
        rest[range.lowerBound + i] -= sum
      }
    }
    for i in 0..<startCount {
      for k in 0..<ng {
        rest[i] -= coupling[i * ng + k] * x[startCount + k]
        rest[startCount + k] -= coupling[i * ng + k] * x[i]
      }
    }
    for i in 0..<ng {
      for j in 0..<ng { rest[startCount + i] -= global[i * ng + j] * x[startCount + j] }
    }
  }
}
