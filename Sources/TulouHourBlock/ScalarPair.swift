/// A bounded variable outside the hour loops: a size, a sum's slack, a content at the start of a segment.
package struct ScalarPair: Sendable, BitwiseCopyable {
  package var exists = true
  var bounded = true
  /// Value and slack below the upper bound, and their duals.
  package var x = 1.0, s = 1.0, z = 1.0, v = 1.0
  package var dx = 0.0, ds = 0.0, dz = 0.0, dv = 0.0
  /// Residuals of the dual (z and v included) and of the bound.
  var rd = 0.0, ru = 0.0
  /// Complementarity targets of the corrector.
  var cz = 0.0, cv = 0.0
  /// Weights when the pair is eliminated.
  var weight = 0.0, upper = 0.0, lower = 0.0, h = 0.0

  init() {}

  /// The slack of a sum: absent in an equation, unbounded in a one-sided limit.
  init(ofSlack width: Double) {
    exists = width > 0
    bounded = width < .infinity
  }

  var upperDual: Double { bounded ? v : 0 }
  /// Diagonal when the pair is kept in the border: `z/x + v/s + delta`.
  func diagonal(_ delta: Double) -> Double { z / x + upperDual / s + delta }

  mutating func weigh(_ delta: Double) {
    guard exists else { return (weight, upper, lower, h) = (0, 0, 1, 0) }
    let shifted = z + delta * x
    if bounded {
      let inverse = 1 / (shifted * s + v * x)
      (weight, upper, lower, h) = (x * s * inverse, v * x * inverse, shifted * s * inverse, v * shifted * inverse)
    } else {
      (weight, upper, lower, h) = (x / shifted, 0, 1, 0)
    }
  }

  /// Sum of products, for the barrier parameter.
  var products: Double { exists ? x * z + (bounded ? s * v : 0) : 0 }
  var pairs: Int { exists ? (bounded ? 2 : 1) : 0 }

  /// Right-hand side (negated row) of a kept pair.
  func keptRhs(_ mode: SolveMode) -> Double {
    switch mode {
    case .affine: rd + z - upperDual + (bounded ? upperDual / s * ru : 0)
    case .corrector: -cz / x + (bounded ? cv / s : 0)
    case .refinement: 0
    }
  }

  /// t'' of an eliminated pair.
  func target(_ mode: SolveMode) -> Double {
    switch mode {
    case .affine: upperDual - z - rd
    case .corrector: cz / x - (bounded ? cv / s : 0)
    case .refinement: 0
    }
  }

  /// Targets `aim - dx dz` after the affine step.
  mutating func aimAt(_ aim: Double) {
    cz = exists ? aim - dx * dz : 0
    cv = exists && bounded ? aim - ds * dv : 0
  }

  /// Duals' steps from the total primal step; affine: targets are zero.
  mutating func finish(_ mode: SolveMode) {
    guard exists else { return (dx, ds, dz, dv) = (0, 0, 0, 0) }
    if case .affine = mode { (cz, cv) = (0, 0) }
    dz = (cz - z * dx) / x - z
    if bounded { dv = (cv - v * ds) / s - v } else { (ds, dv) = (0, 0) }
  }

  mutating func move(_ step: StepLengths) {
    guard exists else { return }
    x += step.primal * dx
    z += step.dual * dz
    if bounded {
      s += step.primal * ds
      v += step.dual * dv
    }
  }

  /// Counts the pair's step in an outcome.
  func count(in outcome: inout PassOutcome) {
    guard exists else { return }
    outcome.primalRatio = max(outcome.primalRatio, -dx / x)
    outcome.dualRatio = max(outcome.dualRatio, -dz / z)
    outcome.crossDual += x * dz
    outcome.crossPrimal += dx * z
    outcome.cross += dx * dz
    if bounded {
      outcome.primalRatio = max(outcome.primalRatio, -ds / s)
      outcome.dualRatio = max(outcome.dualRatio, -dv / v)
      outcome.crossDual += s * dv
      outcome.crossPrimal += ds * v
      outcome.cross += ds * dv
    }
  }
}
