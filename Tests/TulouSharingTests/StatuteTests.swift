import Testing
import TulouSharing

/// Statutes, evenness and prices inside a community by hand.
@Suite struct StatuteTests {
  @Test func evenness() {
    #expect(abs(Statute.gini([2, 2, 2, 2]) ?? 1) < 1e-12)
    #expect(abs((Statute.gini([0, 4, 0, 0]) ?? 0) - 0.75) < 1e-12)
    #expect(Statute.gini([1, -1, 2]) == nil && Statute.proportional(6, key: [1, 0, 2]) == [2, 0, 4])
  }

  @Test func membersWhoAreWorthMoreAloneHaveNoImputations() throws {
    let apart = try #require(Game(members: ["a", "b"], values: [0, 3, 3, 5]))
    let together = try #require(Game(members: ["a", "b"], values: [0, 3, 3, 6]))
    #expect(!apart.hasImputations && together.hasImputations)
    #expect(Contributions.banzhaf(together) == [3, 3])
    // What leaves nobody worse off is stable, to the last cent.
    #expect(Stability(together, [3, 3]).isStable && !Stability(together, [2.9, 3.1]).isStable)
  }

  @Test func pricesBetweenBidAndAsk() {
    let bids = [Offer(amount: 10, price: 0.3)]
    let even = CommunityMarket(bids: bids, asks: [Offer(amount: 10, price: 0.1)])
    #expect(abs(even.price(.midMarket, divider: 0.25) - 0.15) < 1e-12)
    // Twice as much is offered as wanted: half of the compensation is left.
    let rich = CommunityMarket(bids: bids, asks: [Offer(amount: 20, price: 0.1)])
    #expect(abs(rich.price(.supplyDemandRatio, compensation: 0.5) - 0.15) < 1e-12)
  }

  @Test func turnsAndCeilingsOfMeteringKeys() {
    func parts(_ interval: Int) -> [Int] {
      Allocation.of(
        MeteringCase(key: .proRata, interval: interval, members: ["a", "b", "c"], need: [1, 1, 1], production: 1))
    }
    // One Wh for three alike: each has its turn.
    #expect(parts(0) == [1, 0, 0] && parts(1) == [0, 1, 0] && parts(2) == [0, 0, 1] && parts(3) == [1, 0, 0])
    // The larger remainder comes first: 10 Wh for needs of 1 and 11 are 0.83 and 9.17.
    let two = MeteringCase(key: .proRata, interval: 0, members: ["b", "a"], need: [1, 11], production: 10)
    #expect(Allocation.of(two) == [1, 9])
  }
}
