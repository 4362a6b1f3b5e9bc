import Testing
import TulouQuantities
import TulouSharing

/// Laws that shares obey on every game.
@Suite("Laws of shares") struct GamePropertyTests {
  /// A random game; convex ones are sums of nonnegative unanimity games.
  static func random(_ count: Int, seed: UInt64, convex: Bool) -> Game? {
    var mixer = SeededRandom(seed: seed)
    var values = (0..<(1 << count)).map { _ in Double(Int(mixer.uniform() * 60) - (convex ? 0 : 20)) }
    values[0] = 0
    if convex {
      let dividends = values
      for group in values.indices {
        var sum = 0.0
        var part = group
        while part > 0 {
          sum += dividends[part]
          part = (part - 1) & group
        }
        values[group] = sum
      }
    }
    return Game(members: (0..<count).map { "m\($0)" }, values: values)
  }

  @Test("Shares sum to the total; additivity; strategic equivalence", arguments: 3...9)
  func laws(count: Int) throws {
    let game = try #require(Self.random(count, seed: UInt64(count), convex: false))
    let other = try #require(Self.random(count, seed: UInt64(100 + count), convex: false))
    let sum = try #require(Game(members: game.members, values: zip(game.values, other.values).map { $0 + $1 }))
    let scale = sum.scale
    let together = zip(Contributions.shapley(game), Contributions.shapley(other)).map { $0 + $1 }
    #expect(close(Contributions.shapley(sum), together, scale))
    let shift = (0..<count).map { Double($0 * 7 % 5) - 2 }
    let moved = try #require(
      Game(members: game.members, values: zip(game.values, GroupSums.of(shift)).map { 3 * $0 + $1 }))
    let plain = try #require(Nucleolus.pre(game)?.allocation)
    let shifted = try #require(Nucleolus.pre(moved)?.allocation)
    #expect(close(shifted, zip(plain, shift).map { 3 * $0 + $1 }, moved.scale))
    for one in MethodTable.all(game) {
      guard let amounts = one.amounts else { continue }
      #expect(abs(amounts.reduce(0, +) - game.total) <= 1e-9 * game.scale, "\(one.method)")
    }
  }

  @Test("Shapley's value of a convex game lies in the core, and so does the nucleolus", arguments: 3...10)
  func convex(count: Int) throws {
    let game = try #require(Self.random(count, seed: UInt64(7 * count), convex: true))
    #expect(GameProperties(game).convex)
    #expect(Stability(game, Contributions.shapley(game)).isStable)
    let nucleolus = try #require(Nucleolus(game)?.allocation)
    #expect(Stability(game, nucleolus).isStable)
    let core = try #require(LeastCore(game))
    #expect(abs(Stability(game, nucleolus).leastSurplus - core.surplus) <= 1e-9 * game.scale)
  }

  @Test("Alike members get the same, who adds nothing gets nothing")
  func symmetry() throws {
    // Members 0 and 1 are alike, 3 adds nothing.
    let values = (0..<16).map { group -> Double in
      let alike = (group & 3).nonzeroBitCount
      return Double(alike * alike * 5 + (group & 4 != 0 && alike > 0 ? 7 : 0))
    }
    let game = try #require(Game(members: ["a", "b", "c", "d"], values: values))
    for one in MethodTable.all(game) where [.shapley, .nucleolus, .prenucleolus, .banzhaf].contains(one.method) {
      let amounts = try #require(one.amounts)
      #expect(abs(amounts[0] - amounts[1]) < 1e-9 && abs(amounts[3]) < 1e-9, "\(one.method)")
    }
  }

  @Test("The nucleolus is lexicographically no worse than random allocations near it", arguments: 3...7)
  func lexicographic(count: Int) throws {
    let game = try #require(Self.random(count, seed: UInt64(31 * count), convex: false))
    let best = try #require(Nucleolus.pre(game)?.allocation)
    var mixer = SeededRandom(seed: 5)
    let order = { (x: [Double]) in
      zip(GroupSums.of(x), game.values).map { $0 - $1 }.dropFirst().dropLast().sorted()
    }
    let own = order(best)
    for _ in 0..<300 {
      var other = best
      let step = game.scale * [1e-3, 1e-2, 0.3][Int(mixer.uniform() * 3)]
      for _ in 0..<2 {
        let from = Int(mixer.uniform() * Double(count))
        let to = Int(mixer.uniform() * Double(count))
        let amount = step * mixer.uniform()
        other[from] -= amount
        other[to] += amount
      }
      let theirs = order(other)
      let first = zip(own, theirs).first { abs($0 - $1) > 1e-9 * game.scale }
      #expect(first.map { $0.0 > $0.1 } ?? true)
    }
  }

  @Test("Sampling meets the exact value within its interval, and the same seed gives the same")
  func sampling() throws {
    let game = try #require(Self.random(9, seed: 3, convex: true))
    let exact = Contributions.shapley(game)
    let sample = SampledShapley(game, seed: 11, most: 40_000, tolerance: 0.005 * game.total)
    #expect(sample == SampledShapley(game, seed: 11, most: 40_000, tolerance: 0.005 * game.total))
    #expect(sample.pairs < 40_000)
    #expect(abs(sample.shares.reduce(0, +) - game.total) < 1e-9 * game.scale)
    for (index, share) in sample.shares.enumerated() {
      #expect(abs(share - exact[index]) < 2 * sample.intervals[index])
    }
  }

  @Test("Shares at the scarce side's price are in the core of the operating game", arguments: 1...20)
  func netting(seed: UInt64) throws {
    var mixer = SeededRandom(seed: seed)
    let count = 3 + Int(seed) % 5
    let net = (0..<count).map { _ in (0..<48).map { _ in mixer.uniform() * 10 - 6 } }
    let buy = (0..<48).map { _ in 0.2 + 0.2 * mixer.uniform() }
    let game = try #require(
      NettingGame(members: (0..<count).map { "\($0)" }, net: net, buy: buy, sell: buy.map { $0 / 3 }))
    let table = try #require(game.table())
    #expect(Stability(table, game.owen()).isStable)
    #expect(abs(game.owen().reduce(0, +) - table.total) < 1e-9 * table.scale)
    let walked = game.additions(Array((0..<count).reversed()))
    #expect(abs(walked.reduce(0, +) - table.total) < 1e-9 * table.scale)
  }

  @Test("Twelve members with all groups are solved in little time")
  func twelve() throws {
    let game = try #require(Self.random(12, seed: 99, convex: false))
    let pre = try #require(Nucleolus.pre(game))
    #expect(pre.levels == pre.levels.sorted())
    #expect(LeastCore.evenest(game) != nil && LeastCore.evenestOfCore(game) != nil)
  }

  private func close(_ a: [Double], _ b: [Double], _ scale: Double) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= 1e-9 * scale }
  }
}
