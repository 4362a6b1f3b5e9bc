package import TulouProblem

/// The predictor-corrector loop: factor, affine direction, corrector, refinement, step, tests.
package final class Iteration {
  /// How the loop ended.
  package enum End {
    case solved
    case near
    case stopped
    case infeasible(Conflict)
  }

  let point: InteriorPoint
  let options: SolveOptions
  let began: Double
  private let certify: (InteriorPoint) -> Certificate
  private let prove: (InteriorPoint) -> Conflict?
  private(set) var iterations = 0
  package private(set) var certificate: Certificate?
  private(set) var message = ""
  private(set) var stopStatus: Solution.Status?
  private var best: SavedPoint?
  private var bestMeasure = Double.infinity
  /// Scale of right-hand sides and costs (scaled units).
  private let rightScale: Double, costScale: Double
  private let constant: Double
  private let limit = 300
  /// A cost below this (a millionth of what a typical column turns over) counts as zero: a relative gap means nothing.
  let leastSize: Double

  package init(
    point: InteriorPoint, options: SolveOptions, began: Double, certify: @escaping (InteriorPoint) -> Certificate,
    conflict: @escaping (InteriorPoint) -> Conflict?
  ) {
    self.point = point
    self.options = options
    self.began = began
    self.certify = certify
    prove = conflict
    let form = point.form
    rightScale = 1 + (form.rows.map(\.rhs.greatestMagnitude) + form.links.map(\.rhs.greatestMagnitude)).reduce(0, max)
    costScale = 1 + form.columns.map(\.cost.greatestMagnitude).reduce(0, max)
    constant = form.constant / form.units.money
    leastSize = 1e-6 * Double(form.steps) * form.units.money
  }

  /// One set of relative measures.
  private struct Progress {
    var primal: Double, dual: Double, gap: Double, lagrangianGap: Double
    var barrier: Double, objective: Double
    var worst: Double { max(primal, dual, gap) }
    var isFinite: Bool { worst.isFinite && barrier.isFinite }
  }

  private func progress(_ m: InteriorPoint.Measures) -> Progress {
    let size = max(abs(m.primal + constant), leastSize / point.form.units.money)
    return Progress(
      primal: max(max(m.row, m.bound) / rightScale, m.sum, m.size), dual: m.dual / costScale,
      gap: abs(m.primal - m.dualObjective) / size, lagrangianGap: abs(m.primal - m.lagrangian) / size,
      barrier: m.products / Double(max(1, point.pairCount)), objective: m.primal + constant)
  }

  package func run() -> End {
    // The copy of the best point is of no use once the search has ended, and takes a quarter of the memory of the arenas.
    defer { best = nil }
    point.begin()
    var step: StepLengths?
    var stall = Stall()
    var restarts = 0
    while iterations < limit {
      let measures = point.factor(step: step)
      let now = progress(measures)
      if isStopped() { return leave(.stopped) }
      let scale = point.form.units.money
      options.progress(
        SolveProgress(iteration: iterations, objective: now.objective * scale, gap: now.lagrangianGap))
      let hasBrokenDown = !now.isFinite || (bestMeasure < 1e-6 && now.worst > 1000 * bestMeasure)
      if !hasBrokenDown {
        if now.worst < 0.5 * bestMeasure && now.worst < 1e-4 { keep(now.worst) }
        if measures.farkas > 1e-6 * measures.largestPrice, measures.largestPrice > 0, let conflict = prove(point) {
          return .infeasible(conflict)
        }
        if now.primal < options.tolerance, now.lagrangianGap < options.tolerance || now.worst < options.tolerance {
          let found = certify(point)
          let value = now.objective * scale
          if abs(value - found.bound) <= options.tolerance * max(abs(value), leastSize) {
            certificate = found
            return .solved
          }
        }
      }
      if hasBrokenDown || stall.isStalled(barrier: now.barrier, worst: now.worst) {
        restarts += 1
        // Close to the end another proximal weight may do; far from it the caller begins anew.
        guard restarts <= 2, bestMeasure < 1e-6, let best else { return leave(.near) }
        best.restore(to: point)
        let weight = restarts == 1 ? 1e-7 : 1e-10
        point.regularisation = Regularisation(primal: weight, dual: weight)
        stall = Stall()
        step = nil
        iterations += 1
        _ = point.factor(step: nil)
        step = direction(now)
        continue
      }
      step = direction(now)
      iterations += 1
    }
    message = "The iterations ran out."
    return leave(.near)
  }

  /// Predictor, corrector and, where rows are left with a noticeable rest, a refinement.
  private func direction(_ now: Progress) -> StepLengths {
    let affine = point.solve(.affine)
    let primal = Self.length(affine.primalRatio), dual = Self.length(affine.dualRatio)
    let products = now.barrier * Double(max(1, point.pairCount))
    let after = products + primal * affine.crossPrimal + dual * affine.crossDual + primal * dual * affine.cross
    let ratio = max(0, after / products)
    let centring = min(1, max(1e-8, ratio * ratio * ratio))
    var found = point.solve(.corrector(centring * now.barrier))
    if found.largestRest > max(options.tolerance * rightScale, now.primal * rightScale) {
      found = point.solve(.refinement)
    }
    return StepLengths(primal: Self.shortened(found.primalRatio), dual: Self.shortened(found.dualRatio))
  }

  private static func length(_ ratio: Double) -> Double { ratio > 1 ? 1 / ratio : 1 }

  /// A step that would reach a bound ends at 95 % of the way.
  private static func shortened(_ ratio: Double) -> Double { ratio > 0.95 ? min(1, 0.95 / ratio) : 1 }

  private func keep(_ worst: Double) {
    bestMeasure = worst
    if best == nil { best = SavedPoint(point) }
    best?.save(point)
  }

  private func isStopped() -> Bool {
    if options.isCancelled() {
      stopStatus = .cancelled
      message = "Stopped by the caller."
      return true
    }
    if HourBlockRun.now() - began > options.timeLimit {
      stopStatus = .limit
      message = "The time limit was reached."
      return true
    }
    return false
  }

  /// Goes back to the best point kept and certifies that.
  private func leave(_ end: End) -> End {
    if stopStatus == nil, message.isEmpty { message = "The iteration stalled." }
    guard let best else { return end }
    best.restore(to: point)
    certificate = certify(point)
    return end
  }
}

/// Forty iterations in which neither the barrier nor the worst measure fell by two per cent, or in which both fell by
/// less than a factor of four.
struct Stall {
  private var barrier = Double.infinity, worst = Double.infinity
  private var waited = 0
  private var history: [(barrier: Double, worst: Double)] = []

  mutating func isStalled(barrier now: Double, worst measure: Double) -> Bool {
    waited += 1
    if now < 0.98 * barrier {
      barrier = now
      waited = 0
    }
    if measure < 0.98 * worst {
      worst = measure
      waited = 0
    }
    history.append((barrier, worst))
    if history.count > 40 {
      let before = history[history.count - 41]
      if barrier > 0.25 * before.barrier, worst > 0.25 * before.worst { return true }
    }
    return waited >= 40
  }
}

/// A copy of the iterate, to come back to.
///
/// On a long horizon the pairs are kept in single precision: what comes back is as near to the best point as a seven-millionth
/// of each value, and a Newton step or the last repair closes its rows again. Multipliers, and so the bound, are kept in full.
final class SavedPoint {
  private let pairs: [Block<Lanes>]
  private let shortPairs: [Block<SIMD8<Float>>]
  private let prices: [Block<Lanes>]
  private var sizes: [ScalarPair], slacks: [ScalarPair], rho: [Double]

  init(_ point: InteriorPoint) {
    let program = point.program
    let isShort = !program.keepsBorder
    pairs = point.groups.map {
      Block(count: isShort ? 0 : $0.rows * program.savedPairs, repeating: Lanes(repeating: 0))
    }
    shortPairs = point.groups.map {
      Block(count: isShort ? $0.rows * program.savedPairs : 0, repeating: SIMD8(repeating: 0))
    }
    prices = point.groups.map { Block(count: $0.rows * program.size, repeating: Lanes(repeating: 0)) }
    (sizes, slacks, rho) = (point.sizes.elements, point.slacks.elements, point.rho.elements)
  }

  func save(_ point: InteriorPoint) {
    (sizes, slacks, rho) = (point.sizes.elements, point.slacks.elements, point.rho.elements)
    walk(point) { saved, current in saved.pointee = current.pointee }
    if point.program.keepsBorder {
      walkPairs(point, pairs) { saved, current in saved.pointee = current.pointee }
    } else {
      walkPairs(point, shortPairs) { saved, current in saved.pointee = current.pointee.shortened }
    }
  }

  func restore(to point: InteriorPoint) {
    point.sizes.assign(sizes)
    point.slacks.assign(slacks)
    point.rho.assign(rho)
    walk(point) { saved, current in current.pointee = saved.pointee }
    if point.program.keepsBorder {
      walkPairs(point, pairs) { saved, current in current.pointee = saved.pointee }
    } else {
      walkPairs(point, shortPairs) { saved, current in current.pointee = Lanes(saved.pointee) }
    }
  }

  /// Multipliers of the rows.
  @inline(__always)
  private func walk(_ point: InteriorPoint, _ move: (UnsafeMutablePointer<Lanes>, UnsafeMutablePointer<Lanes>) -> Void)
  {
    let size = point.program.size
    for (group, block) in zip(point.groups, prices) {
      for i in 0..<group.rows {
        let row = group.vectors.pointer + group.start(of: i) + point.program.y
        for r in 0..<size { move(block.pointer + i * size + r, row + r) }
      }
    }
  }

  /// Values and duals of the pairs.
  @inline(__always)
  private func walkPairs<Saved>(
    _ point: InteriorPoint, _ blocks: [Block<Saved>],
    _ move: (UnsafeMutablePointer<Saved>, UnsafeMutablePointer<Lanes>) -> Void
  ) {
    let columns = point.program.columns
    for (group, block) in zip(point.groups, blocks) {
      var saved = block.pointer
      for i in 0..<group.rows {
        let row = group.vectors.pointer + group.start(of: i)
        for j in columns.indices {
          let pair = row + columns[j].pair
          move(saved, pair + PairField.x)
          move(saved + 1, pair + PairField.z)
          saved += 2
          guard columns[j].hasUpper else { continue }
          move(saved, pair + PairField.s)
          move(saved + 1, pair + PairField.v)
          saved += 2
        }
      }
    }
  }
}

extension SIMD8 where Scalar == Double {
  /// In single precision; what is above zero stays so.
  fileprivate var shortened: SIMD8<Float> {
    let most = Double(Float.greatestFiniteMagnitude), least = Double(Float.leastNormalMagnitude)
    return SIMD8<Float>(clamped(lowerBound: SIMD8(repeating: least), upperBound: SIMD8(repeating: most)))
  }
}
