import TulouQuantities

/// How good a design is: what breaks least comes first, then what costs least.
package struct DesignMerit: Sendable, Equatable, Codable {
  /// Sum of what limits are broken by, each over its limit [-]; zero: feasible.
  package var violation: Double
  /// What is minimised.
  package var value: Double
  /// A merit.
  package init(violation: Double, value: Double) {
    self.violation = violation
    self.value = value
  }

  /// Deb's rule: feasible before infeasible, then less broken, then cheaper.
  ///
  /// - Source: Deb 2000, Computer Methods in Applied Mechanics and Engineering 186, 311-338,
  ///   doi:10.1016/S0045-7825(99)00389-8.
  package func isBetter(than other: DesignMerit) -> Bool {
    if violation > 0 || other.violation > 0, violation != other.violation { return violation < other.violation }
    return value < other.value
  }
}

/// A side of the box in which designs are sought.
package struct DesignSide: Sendable, Equatable {
  /// Least and greatest size.
  package var range: ClosedRange<Double>
  /// Sizes to be had; empty: any.
  package var values: [Double]
  /// A side.
  package init(range: ClosedRange<Double>, values: [Double] = []) {
    self.range = range
    self.values = values
  }

  /// The nearest size to be had.
  func nearest(_ x: Double) -> Double {
    guard !values.isEmpty else { return min(range.upperBound, max(range.lowerBound, x)) }
    return values.min { abs($0 - x) < abs($1 - x) } ?? x
  }
  var width: Double { range.upperBound - range.lowerBound }
}

/// Searches a box for the best design; designs are handed over many at a time.
package struct DesignOptimiser {
  /// Evaluates designs; nil: the user stopped.
  package typealias Evaluation = ([[Double]]) -> [DesignMerit]?
  private let sides: [DesignSide]
  private let evaluate: Evaluation
  private var random: SeededRandom
  /// Best design so far.
  package private(set) var best: (x: [Double], merit: DesignMerit)?
  /// Designs evaluated.
  package private(set) var evaluations = 0
  /// Whether the user stopped it.
  package private(set) var isStopped = false

  /// A search that is the same for a seed.
  package init(sides: [DesignSide], seed: UInt64, evaluate: @escaping Evaluation) {
    self.sides = sides
    self.evaluate = evaluate
    random = SeededRandom(seed: seed, stream: 311)
  }

  private mutating func merits(_ designs: [[Double]]) -> [DesignMerit] {
    guard !isStopped, let merits = evaluate(designs) else {
      isStopped = true
      return designs.map { _ in DesignMerit(violation: .infinity, value: .infinity) }
    }
    evaluations += designs.count
    for (x, merit) in zip(designs, merits) {
      if let known = best, !merit.isBetter(than: known.merit) { continue }
      best = (x, merit)
    }
    return merits
  }

  /// Differential evolution (rand-to-best/1/bin with dither): a population that moves by its own differences.
  ///
  /// - Parameters:
  ///   - most: Designs at most.
  ///   - start: Designs that join the first population.
  /// - Source: Storn, Price 1997, Journal of Global Optimization 11, 341-359, doi:10.1023/A:1008202821328.
  package mutating func evolve(most: Int, start: [[Double]] = []) {
    let count = min(160, max(32, (10 * sides.count + 15) / 16 * 16))
    var population = start.prefix(count / 2).map { $0 }
    while population.count < count {
      population.append(sides.map { $0.nearest(random.uniform($0.range)) })
    }
    var merit = merits(population)
    while evaluations + count <= most, !isStopped {
      let leader = merit.indices.reduce(0) { merit[$1].isBetter(than: merit[$0]) ? $1 : $0 }
      var trials: [[Double]] = []
      for i in population.indices {
        func other() -> Int { Int(saturating: random.uniform() * Double(count)) % count }
        let (a, b) = (other(), other())
        let factor = random.uniform(0.5...0.95)
        let pull = random.uniform() < 0.5 ? factor : 0
        let base = pull > 0 ? i : other()
        let kept = Int(saturating: random.uniform() * Double(sides.count)) % max(1, sides.count)
        var trial = population[i]
        for d in sides.indices where d == kept || random.uniform() < 0.9 {
          let x =
            population[base][d] + pull * (population[leader][d] - population[base][d])
            + factor * (population[a][d] - population[b][d])
          // Beyond the box: between the edge and where it came from.
          let range = sides[d].range
          if x < range.lowerBound {
            trial[d] = random.uniform() < 0.5 ? range.lowerBound : (range.lowerBound + population[i][d]) / 2
          } else if x > range.upperBound {
            trial[d] = random.uniform() < 0.5 ? range.upperBound : (range.upperBound + population[i][d]) / 2
          } else {
            trial[d] = x
          }
          trial[d] = sides[d].nearest(trial[d])
        }
        trials.append(trial)
      }
      let found = merits(trials)
      for i in population.indices where !merit[i].isBetter(than: found[i]) {
        population[i] = trials[i]
        merit[i] = found[i]
      }
      if hasConverged(population, merit) { break }
    }
  }

  private func hasConverged(_ population: [[Double]], _ merit: [DesignMerit]) -> Bool {
    let values = merit.map(\.value)
    guard merit.allSatisfy({ $0.violation == merit[0].violation }), let low = values.min(), let high = values.max(),
      high - low <= 1e-9 * max(1, abs(low))
    else { return false }
    return sides.indices.allSatisfy { d in
      let column = population.map { $0[d] }
      return (column.max() ?? 0) - (column.min() ?? 0) <= 1e-6 * max(sides[d].width, 1e-12)
    }
  }

  /// Pattern search from a design: single steps and pairs of steps, the best taken, else half the step, until the step is
  /// a hundred-thousandth of the box. It converges on continuous sizes of any number of components.
  ///
  /// - Source: Hooke, Jeeves 1961, Journal of the ACM 8, 212-229, doi:10.1145/321062.321069; Torczon 1997, SIAM Journal on
  ///   Optimization 7, 1-25, doi:10.1137/S1052623493250780.
  package mutating func refine(from start: [Double], step first: Double = 0.1, most: Int) {
    var x = zip(sides, start).map { $0.nearest($1) }
    guard var merit = merits([x]).first else { return }
    let limit = evaluations + most
    var step = first
    var last: [Double]?
    while step > 1e-6, evaluations < limit, !isStopped {
      var trials: [[Double]] = []
      func add(_ moves: [(Int, Double)]) {
        var trial = x
        for (d, sign) in moves { trial[d] = moved(trial[d], d, sign * step) }
        if trial != x, !trials.contains(trial) { trials.append(trial) }
      }
      for d in sides.indices { for sign in [1.0, -1] { add([(d, sign)]) } }
      if sides.count <= 8 {
        for d in sides.indices {
          for e in sides.indices where e > d {
            for (a, b) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1), (1, -0.3), (-0.3, 1), (-1, 0.3), (0.3, -1)] {
              add([(d, a), (e, b)])
            }
          }
        }
      }
      for _ in 0..<(2 * sides.count) { add(sides.indices.map { ($0, random.uniform(-1...1)) }) }
      // Go on in the direction that helped.
      if let last {
        var ahead = x
        for d in sides.indices { ahead[d] = sides[d].nearest(2 * x[d] - last[d]) }
        if ahead != x { trials.append(ahead) }
      }
      let found = merits(trials)
      guard let leader = found.indices.min(by: { found[$0].isBetter(than: found[$1]) }),
        found[leader].isBetter(than: merit)
      else {
        step /= 2
        last = nil
        continue
      }
      last = x
      x = trials[leader]
      merit = found[leader]
    }
  }

  /// A size moved by a share of its range, or to the next one to be had.
  private func moved(_ x: Double, _ d: Int, _ share: Double) -> Double {
    let side = sides[d]
    guard !side.values.isEmpty else { return side.nearest(x + share * side.width) }
    guard let i = side.values.firstIndex(of: side.nearest(x)) else { return x }
    let jump = max(1, Int(saturating: (abs(share) * Double(side.values.count)).rounded()))
    return side.values[max(0, min(side.values.count - 1, share > 0 ? i + jump : i - jump))]
  }
}
