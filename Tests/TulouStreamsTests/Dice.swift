import TulouQuantities

/// Numbers of a seed, for random streams and parks.
struct Dice {
  private var random: SeededRandom
  init(_ seed: Int) { random = SeededRandom(seed: UInt64(seed)) }

  mutating func whole(_ low: Int, _ high: Int) -> Int { low + Int(random.next() % UInt64(high - low + 1)) }
  mutating func number(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(random.next() >> 11) / 9_007_199_254_740_992
  }
}
