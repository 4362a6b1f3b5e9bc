import TulouQuantities

/// Shapley's value by random orders of arrival, for more members than a table of all groups can hold.
///
/// Orders come in pairs, one and its reverse (antithetic), which halves the error against plain sampling. The interval is Student's
/// of 95 % over the means of pairs. The same seed gives the same shares, whoever computes which pair.
package struct SampledShapley: Sendable, Equatable {
  /// Mean of what each member adds.
  package var shares: [Double]
  /// Half width of the 95 % interval of each share.
  package var intervals: [Double]
  /// Pairs of orders that were walked.
  package var pairs: Int

  /// The order of a pair, of `count` members.
  package static func order(count: Int, seed: UInt64, pair: Int) -> [Int] {
    var mixer = SeededRandom(seed: seed &+ 0x632B_E59B_D9B4_E019 &* UInt64(pair + 1))
    return Array(0..<count).shuffled(using: &mixer)
  }

  /// Samples until every interval is below `tolerance`, or `most` pairs are walked.
  ///
  /// - Parameters:
  ///   - count: number of members.
  ///   - seed: where the random orders begin.
  ///   - most: most pairs.
  ///   - tolerance: half width at which sampling ends, in the unit of the values; tested each 16 pairs.
  ///   - additions: what each member adds, by member, when members arrive in the given order.
  package init(count: Int, seed: UInt64, most: Int, tolerance: Double, additions: ([Int]) -> [Double]) {
    var sum = [Double](repeating: 0, count: count)
    var squares = sum
    var walked = 0
    var half = [Double](repeating: .infinity, count: count)
    while walked < max(most, 2) {
      let order = Self.order(count: count, seed: seed, pair: walked)
      let one = additions(order)
      let other = additions(order.reversed())
      walked += 1
      for member in 0..<count {
        let mean = (one[member] + other[member]) / 2
        // Welford's update keeps the variance exact where shares are large against their spread.
        let before = mean - sum[member]
        sum[member] += before / Double(walked)
        squares[member] += before * (mean - sum[member])
      }
      guard walked >= 2, walked % 16 == 0 || walked == max(most, 2) else { continue }
      let factor = Student.quantile975(degrees: walked - 1) / Double(walked).squareRoot()
      half = squares.map { factor * ($0 / Double(walked - 1)).squareRoot() }
      if half.allSatisfy({ $0 <= tolerance }) { break }
    }
    shares = sum
    intervals = half
    pairs = walked
  }

  /// Samples a game that is given as a table.
  package init(_ game: Game, seed: UInt64, most: Int, tolerance: Double) {
    self.init(count: game.count, seed: seed, most: most, tolerance: tolerance) { order in
      var shares = [Double](repeating: 0, count: game.count)
      var group = 0
      for member in order {
        shares[member] = game.values[group | 1 << member] - game.values[group]
        group |= 1 << member
      }
      return shares
    }
  }
}

/// Quantiles of Student's distribution.
enum Student {
  /// The 97.5 % quantile by Hill's expansion about the normal one; exact values where it is poor.
  static func quantile975(degrees: Int) -> Double {
    let exact = [12.706_205, 4.302_653, 3.182_446, 2.776_445]
    if degrees >= 1, degrees <= exact.count { return exact[degrees - 1] }
    let normal = 1.959_963_985
    let free = Double(max(degrees, 1))
    let third = normal * normal * normal
    let fifth = third * normal * normal
    let seventh = fifth * normal * normal
    return normal + (third + normal) / (4 * free) + (5 * fifth + 16 * third + 3 * normal) / (96 * free * free)
      + (3 * seventh + 19 * fifth + 17 * third - 15 * normal) / (384 * free * free * free)
  }
}
