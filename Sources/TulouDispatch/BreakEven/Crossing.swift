/// Where a difference that depends on one number changes its sign.
package struct Crossing: Sendable, Equatable {
  /// Number at which it is zero, as near as was asked.
  package var place: Double
  /// Between these two the sign changes.
  package var low: Double, high: Double
  /// Whether the difference is below zero before and above after it.
  package var isRising: Bool
  /// A crossing.
  package init(place: Double, low: Double, high: Double, isRising: Bool) {
    self.place = place
    self.low = low
    self.high = high
    self.isRising = isRising
  }
}

/// Closes in on the change of sign between two numbers, one evaluation at a time.
///
/// The Illinois variant of the rule of false position, with a halving wherever it has not halved the bracket in three
/// steps: the difference of two linear plans over a price is piecewise linear, so most brackets close in a few steps, and
/// an indicator that jumps closes by halving.
///
/// - Source: Dowell, Jarratt 1971, "A modified regula falsi method for computing the root of an equation", BIT 11,
///   168-174, doi:10.1007/BF01934364.
package struct CrossingSearch: Sendable {
  private var a: (x: Double, y: Double), b: (x: Double, y: Double)
  private var weightA = 1.0, weightB = 1.0
  private var widths: [Double]
  private let tolerance: Double
  private let isRising: Bool

  /// A search between two numbers of which the differences have opposite signs; nil where they have not.
  ///
  /// - Parameter tolerance: Greatest width of the bracket that is left.
  package init?(low: (x: Double, y: Double), high: (x: Double, y: Double), tolerance: Double) {
    guard low.x < high.x, low.y.isFinite, high.y.isFinite, (low.y < 0) != (high.y < 0) else { return nil }
    a = low
    b = high
    isRising = low.y < 0
    widths = [high.x - low.x]
    self.tolerance = max(tolerance, 1e-12 * max(abs(low.x), abs(high.x)))
  }

  /// What is to be looked at next; nil: the bracket is narrow enough.
  package var next: Double? {
    guard b.x - a.x > tolerance, a.y != 0, b.y != 0 else { return nil }
    let middle = (a.x + b.x) / 2
    if widths.count > 3, widths[widths.count - 1] > widths[widths.count - 4] / 2 { return middle }
    let ya = a.y * weightA, yb = b.y * weightB
    let x = (a.x * yb - b.x * ya) / (yb - ya)
    // A step that hugs an end is moved in by half of what is asked, so that both ends come near.
    let margin = tolerance / 2
    return x.isFinite ? min(b.x - margin, max(a.x + margin, x)) : middle
  }

  /// Takes what was found at a number within the bracket.
  package mutating func take(_ x: Double, _ y: Double) {
    guard x > a.x, x < b.x, y.isFinite else { return }
    if (y < 0) == (a.y < 0), y != 0 {
      a = (x, y)
      weightA = 1
      weightB /= 2
    } else {
      b = (x, y)
      weightB = 1
      weightA /= 2
    }
    widths.append(b.x - a.x)
  }

  /// The crossing as it is known now: the straight line through the ends of the bracket.
  package var crossing: Crossing {
    let place = a.y == 0 ? a.x : b.y == 0 ? b.x : (a.x * b.y - b.x * a.y) / (b.y - a.y)
    let within = place.isFinite ? min(b.x, max(a.x, place)) : (a.x + b.x) / 2
    return Crossing(place: within, low: a.x, high: b.x, isRising: isRising)
  }
}
