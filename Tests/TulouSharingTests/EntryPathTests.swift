import Testing
import TulouSharing

/// Entries of members by hand.
@Suite("Entries") struct EntryPathTests {
  /// Gloves: a has a left one, b and c right ones; a pair is worth 1.
  private func gloves() throws -> Game {
    try #require(Game(members: ["a", "b", "c"], values: [0, 0, 0, 1, 0, 1, 0, 1]))
  }

  @Test("a second right glove takes from the first, and its fee makes up for it")
  func glove() throws {
    let game = try gloves()
    let path = EntryPath(game, groups: [0b011, 0b111]) { Contributions.shapley($0) }
    let first = try #require(path.steps.first?.shares), second = try #require(path.steps.last?.shares)
    #expect(first == [0.5, 0.5, 0])
    #expect(zip(second, [2.0 / 3, 1.0 / 6, 1.0 / 6]).allSatisfy { abs($0 - $1) < 1e-12 })
    let step = path.steps[1]
    // b loses a third; c gains a sixth, which does not pay for it.
    #expect(abs(step.fee - 1.0 / 3) < 1e-12 && abs(step.kept + 1.0 / 6) < 1e-12)
    #expect(!step.isWhole(scale: game.scale) && step.isStable(scale: game.scale))
    #expect(step.entrants == 0b100)
  }

  @Test("shares of a step are those of the game among its members")
  func restricted() throws {
    let game = try gloves()
    let own = try #require(game.restricted(to: 0b101))
    #expect(own.members == ["a", "c"] && own.values == [0, 0, 0, 1])
    #expect(game.restricted(to: 0) == nil)
  }

  @Test("in a convex game every order is sound and nobody loses by Shapley's rule")
  func convex() throws {
    // v(S) = |S|^2 - |S|.
    let values = (0..<16).map { mask -> Double in
      let size = Double(mask.nonzeroBitCount)
      return size * size - size
    }
    let game = try #require(Game(members: ["a", "b", "c", "d"], values: values))
    let path = EntryPath(game, groups: [0b0001, 0b0011, 0b0111, 0b1111]) { Contributions.shapley($0) }
    #expect(path.steps.allSatisfy { $0.fee < 1e-12 && $0.isWhole(scale: game.scale) && $0.shortfall < 1e-9 })
    let orders = EntryOrders(game, start: 0b0001, worths: [1, 1, 1])
    #expect(orders.all == 6 && orders.sound == 6 && orders.never.isEmpty)
    #expect(abs(orders.bestWorth - (2 + 6 + 12)) < 1e-12)
  }

  @Test("an entrant that lowers what all are worth is in no sound order")
  func harmful() throws {
    // c costs the others 2 whoever is there; b brings 10 to a.
    let values = (0..<8).map { mask -> Double in (mask & 3 == 3 ? 10 : 0) - (mask & 4 != 0 && mask != 4 ? 2 : 0) }
    let game = try #require(Game(members: ["a", "b", "c"], values: values))
    let orders = EntryOrders(game, start: 1, worths: [1, 1])
    #expect(orders.sound == 0 && orders.best == nil && orders.never == [2])
  }

  @Test("the best order takes what is worth more first")
  func best() throws {
    // b brings 1, c brings 10, each by itself.
    let values = (0..<8).map { mask -> Double in
      mask & 1 == 0 ? 0 : (mask & 2 != 0 ? 1 : 0) + (mask & 4 != 0 ? 10 : 0)
    }
    let game = try #require(Game(members: ["a", "b", "c"], values: values))
    let orders = EntryOrders(game, start: 1, worths: [3, 2])
    #expect(orders.best == [2, 1] && orders.bestWorth == 10 * 3 + 11 * 2)
  }

  @Test("with everybody there from the start there is one order, of nobody")
  func nobody() throws {
    let orders = EntryOrders(try gloves(), start: 0b111, worths: [])
    #expect(orders.all == 1 && orders.sound == 1 && orders.best == [] && orders.never.isEmpty)
  }
}
