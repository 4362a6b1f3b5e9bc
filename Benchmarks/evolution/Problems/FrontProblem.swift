package import TulouEvolution

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Problems whose fronts are known.
///
/// - Source: E. Zitzler, K. Deb, L. Thiele 2000 (ZDT), Evol. Comput. 8(2), 173-195; K. Deb, L. Thiele, M. Laumanns, E. Zitzler 2002 (DTLZ), CEC;
///   T. T. Binh, U. Korn 1997 (BNH).
package enum FrontProblem: String, Evaluator, CaseIterable {
  /// The problems.
  case zdt1, zdt2, zdt3, dtlz2, bnh

  /// Bounds of the variables.
  package var variables: [Variable] {
    switch self {
    case .zdt1, .zdt2, .zdt3: Array(repeating: Variable(0, 1), count: 30)
    case .dtlz2: Array(repeating: Variable(0, 1), count: 12)
    case .bnh: [Variable(0, 5), Variable(0, 3)]
    }
  }

  /// Number of goals.
  package var goalCount: Int { self == .dtlz2 ? 3 : 2 }
  /// Number of constraints.
  package var constraintCount: Int { self == .bnh ? 2 : 0 }

  /// Reference point of the hypervolume.
  package var reference: [Double] {
    switch self {
    case .zdt1, .zdt2, .zdt3: [1.1, 1.1]
    case .dtlz2: [1.1, 1.1, 1.1]
    case .bnh: [150, 55]
    }
  }

  /// Goals and violations at a point.
  package func evaluate(_ x: [Double]) -> Evaluation {
    switch self {
    case .zdt1, .zdt2, .zdt3:
      var sum = 0.0
      for i in 1..<x.count { sum += x[i] }
      let g = 1 + 9 * sum / Double(x.count - 1), ratio = x[0] / g
      let h: Double
      switch self {
      case .zdt1: h = 1 - ratio.squareRoot()
      case .zdt2: h = 1 - ratio * ratio
      default: h = 1 - ratio.squareRoot() - ratio * sin(10 * .pi * x[0])
      }
      return Evaluation(goals: [x[0], g * h])
    case .dtlz2:
      var g = 0.0
      for i in 2..<x.count { g += (x[i] - 0.5) * (x[i] - 0.5) }
      let a = x[0] * .pi / 2, b = x[1] * .pi / 2
      return Evaluation(goals: [(1 + g) * cos(a) * cos(b), (1 + g) * cos(a) * sin(b), (1 + g) * sin(a)])
    case .bnh:
      let u = x[0], v = x[1]
      return Evaluation(
        goals: [4 * u * u + 4 * v * v, (u - 5) * (u - 5) + (v - 5) * (v - 5)],
        violations: [
          ((u - 5) * (u - 5) + v * v - 25) / 25, (7.7 - (u - 8) * (u - 8) - (v + 3) * (v + 3)) / 7.7,
        ])
    }
  }
}
