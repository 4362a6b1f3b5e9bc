import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How children of NSGA-II come from parents: simulated binary crossover and polynomial mutation, both inside the bounds.
///
/// - Source: K. Deb, R. B. Agrawal 1995, "Simulated binary crossover for continuous search space", Complex Systems 9, 115-148;
///   bounded forms as in K. Deb's NSGA-II (2002).
package struct GeneticOperators: Sendable, Hashable, Codable {
  /// Chance that two parents are crossed at all.
  package var crossover = 0.9
  /// Chance that a variable of crossed parents takes part.
  package var crossoverPerVariable = 0.5
  /// Distribution index of the crossover: the larger, the nearer children stay to parents.
  package var crossoverIndex = 15.0
  /// Chance that a variable mutates; nil: one variable of each child on average.
  package var mutation: Double?
  /// Distribution index of the mutation.
  package var mutationIndex = 20.0

  /// The usual settings.
  package init() {}

  /// Turns two parents into two children, before mutation.
  func cross(
    _ first: inout [Double], _ second: inout [Double], _ variables: [Variable], _ random: inout SeededRandom
  ) {
    guard random.uniform() < crossover else { return }
    for i in variables.indices where random.uniform() < crossoverPerVariable {
      let low = min(first[i], second[i]), high = max(first[i], second[i])
      guard high - low > 1e-14 * max(1, abs(high)) else { continue }
      let u = random.uniform()
      let bounds = variables[i], width = high - low
      let apart = spread(u, SIMD2(1 + 2 * (low - bounds.lower) / width, 1 + 2 * (bounds.upper - high) / width))
      var down = bounds.nearest(to: 0.5 * ((low + high) - apart.x * width))
      var up = bounds.nearest(to: 0.5 * ((low + high) + apart.y * width))
      if random.uniform() < 0.5 { swap(&down, &up) }
      first[i] = down
      second[i] = up
    }
  }

  /// How far either child lies from the middle, per half distance of the parents, given the room `beta` to its bound.
  private func spread(_ u: Double, _ beta: SIMD2<Double>) -> SIMD2<Double> {
    let alpha = 2 - raised(beta, -(crossoverIndex + 1))
    let power = 1 / (crossoverIndex + 1)
    let inside = u * alpha
    return raised(inside.replacing(with: 1 / (2 - inside), where: u .> 1 / alpha), power)
  }

  /// Powers of both; the sixteenth root and power of the usual index are some times faster by roots and squares.
  private func raised(_ base: SIMD2<Double>, _ exponent: Double) -> SIMD2<Double> {
    if exponent == 0.0625 { return base.squareRoot().squareRoot().squareRoot().squareRoot() }
    if exponent == -16 {
      let square = base * base, fourth = square * square, eighth = fourth * fourth
      return 1 / (eighth * eighth)
    }
    return SIMD2(pow(base.x, exponent), pow(base.y, exponent))
  }

  /// Changes some variables a little.
  func mutate(_ point: inout [Double], _ variables: [Variable], _ random: inout SeededRandom) {
    let chance = mutation ?? 1 / Double(max(1, variables.count))
    for i in variables.indices {
      guard random.uniform() < chance else { continue }
      let bounds = variables[i], width = bounds.upper - bounds.lower
      guard width > 0 else { continue }
      let u = random.uniform(), power = 1 / (mutationIndex + 1)
      let change: Double
      if u < 0.5 {
        let room = 1 - (point[i] - bounds.lower) / width
        change = pow(2 * u + (1 - 2 * u) * pow(room, mutationIndex + 1), power) - 1
      } else {
        let room = 1 - (bounds.upper - point[i]) / width
        change = 1 - pow(2 * (1 - u) + 2 * (u - 0.5) * pow(room, mutationIndex + 1), power)
      }
      point[i] = bounds.nearest(to: point[i] + change * width)
    }
  }
}
