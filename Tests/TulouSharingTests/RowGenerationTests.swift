import Testing
import TulouQuantities
import TulouSharing

/// Least core and its evenest shares by row generation, against the table of all groups, and beyond what a table holds.
@Suite("Row generation") struct RowGenerationTests {
  @Test("the same as by all groups on random games", arguments: 3...9)
  func same(count: Int) throws {
    var generator = SeededRandom(seed: UInt64(40 + count))
    var values = (0..<(1 << count)).map { Double($0.nonzeroBitCount) * generator.uniform() * 3 }
    values[0] = 0
    values[values.count - 1] = Double(count) * 2
    let game = try #require(Game(members: (0..<count).map { "m\($0)" }, values: values))
    func value(_ group: MemberSet) -> Double? { group.mask.map { values[$0] } }
    var known: [MemberSet: Double] = [:]
    for mask in 1..<(values.count - 1) {
      known[MemberSet((0..<count).filter { mask >> $0 & 1 == 1 }, count: count)] = values[mask]
    }
    let core = try #require(LeastCore(game)), even = try #require(LeastCore.evenest(game))
    for rows in [known, [:]] {
      let found = try #require(
        RowGeneration(count: count, total: game.total, known: rows, most: 100_000, seed: 1, value: value))
      // With all rows known it is exact; by search alone it may miss a group, never lies below.
      #expect(found.surplus >= core.surplus - 1e-6)
      guard !rows.isEmpty else { continue }
      #expect(abs(found.surplus - core.surplus) < 1e-6, "\(found.surplus), \(core.surplus)")
      for (a, b) in zip(found.shares, even) { #expect(abs(a - b) < 1e-4, "\(found.shares), \(even)") }
    }
  }

  @Test("forty members: shares sum to the total and no group that was asked leaves")
  func many() throws {
    var generator = SeededRandom(seed: 9)
    let count = 40
    let net = (0..<count).map { index in
      (0..<24).map { _ in (index % 3 == 0 ? 1 : -0.6) * generator.uniform() }
    }
    let game = try #require(
      NettingGame(
        members: (0..<count).map { "m\($0)" }, net: net, buy: [Double](repeating: 0.3, count: 24),
        sell: [Double](repeating: 0.1, count: 24)))
    let total = game.value(0..<count)
    let found = try #require(
      RowGeneration(count: count, total: total, known: [:], most: 20_000, seed: 3) { game.value($0.members) })
    #expect(abs(found.shares.reduce(0, +) - total) < 1e-9 * total)
    // The game has a core (Owen's shares lie in it), so no group that was found has to leave.
    #expect(found.surplus >= -1e-6 * total)
  }

  @Test("sets of members beyond one word") func sets() {
    var set = MemberSet([3, 70, 130], count: 200)
    #expect(set.members == [3, 70, 130] && set.size == 3 && set.contains(70) && set.mask == nil)
    set = set.toggled(70).toggled(130)
    #expect(set.mask == 8)
  }
}
