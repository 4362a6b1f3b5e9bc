import Foundation
import TestSupport
import Testing
import TulouSharing

/// Games of the shared folder with exact values, to 1e-9 of the largest value; yes and no exactly.
@Suite("Games with known shares", .enabled(if: SharedCases.isPresent, "the shared folder is absent"))
struct SharedGameTests {
  @Test("Every game of a file", arguments: ["named.json", "random.json"])
  func games(file: String) throws {
    var checked = 0
    for record in try SharedCases.read("cooperative-games/" + file, "games") {
      guard let values = SharedCases.numbers(record["values"]), let count = record["n"] as? Int else { continue }
      let name = record["name"] as? String ?? ""
      let game = try #require(Game(members: (1...count).map { "\($0)" }, values: values))
      func same(_ ours: [Double]?, _ key: String) {
        let theirs = SharedCases.numbers(record[key])
        guard let ours, let theirs else {
          #expect((ours == nil) == (theirs == nil), "\(name) \(key)")
          return
        }
        let off = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .infinity
        #expect(off <= 1e-9 * game.scale, "\(name) \(key): \(ours) is not \(theirs)")
        #expect(Measured.isWithin("games.shares", off / game.scale), "\(name) \(key)")
      }
      let shapley = Contributions.shapley(game)
      same(shapley, "shapley")
      same(Contributions.banzhaf(game), "banzhaf")
      same(Contributions.normalisedBanzhaf(game), "banzhaf_normalised")
      same(Nucleolus.pre(game)?.allocation, "prenucleolus")
      same(Nucleolus(game)?.allocation, "nucleolus")
      let core = try #require(LeastCore(game))
      let epsilon = try #require(SharedCases.number(record["least_core_epsilon"]))
      #expect(abs(core.surplus - epsilon) <= 1e-9 * game.scale, "\(name) least core")
      #expect(Measured.isWithin("games.core", abs(core.surplus - epsilon) / game.scale), "\(name) least core")
      #expect(core.coreIsEmpty == (record["core_empty"] as? Bool), "\(name) core")
      let properties = GameProperties(game)
      #expect(properties.superadditive == (record["superadditive"] as? Bool), "\(name) superadditive")
      #expect(properties.convex == (record["convex"] as? Bool), "\(name) convex")
      #expect(properties.monotone == (record["monotone"] as? Bool), "\(name) monotone")
      let stability = Stability(game, shapley)
      #expect(stability.isStable == (record["shapley_in_core"] as? Bool), "\(name) Shapley in core")
      let shortfall = try #require(SharedCases.number(record["shapley_worst_shortfall"]))
      #expect(abs(stability.shortfall - shortfall) <= 1e-9 * game.scale, "\(name) shortfall")
      for evenest in [LeastCore.evenest(game), LeastCore.evenestOfCore(game)] {
        let shares = try #require(evenest, "\(name) evenest")
        let least = Stability(game, shares).leastSurplus
        #expect(least >= min(core.surplus, 0) - 1e-9 * game.scale, "\(name) evenest")
      }
      checked += 1
    }
    #expect(checked > 10)
  }

  @Test("The three games of TheoryOfGames.jl, with the least variance in core and least core")
  func leastVariance() throws {
    let game = try #require(Game(members: ["1", "2", "3"], values: [0, 2, 5, 14, 4, 18, 9, 24]))
    let inside = try #require(LeastCore.evenest(game))
    let core = try #require(LeastCore.evenestOfCore(game))
    #expect(zip(inside, [9.25, 5.5, 9.25]).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(zip(core, [9, 6, 9]).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test("Every metering key, exactly")
  func keys() throws {
    let cases = try SharedCases.read("community/keys.json", "cases")
    for record in cases {
      let given = try meteringCase(record)
      let name = record["name"] as? String ?? ""
      var off = 0
      if given.key == .sources {
        let theirs = record["allocation"] as? [[Int]] ?? [], ours = Allocation.bySource(given)
        #expect(ours == theirs, "\(name)")
        off = zip(ours.joined(), theirs.joined()).map { abs($0 - $1) }.max() ?? .max
      } else {
        let theirs = record["allocation"] as? [Int] ?? [], ours = Allocation.of(given)
        #expect(ours == theirs, "\(name)")
        off = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .max
      }
      #expect(Measured.isWithin("community.keys", Double(off)), "\(name)")
    }
    #expect(cases.count >= 655)
  }

  private func meteringCase(_ record: [String: Any]) throws -> MeteringCase {
    let key = try #require(MeteringKey(rawValue: record["key"] as? String ?? ""))
    let injected = (record["injected"] as? [Int])?.reduce(0, +)
    return MeteringCase(
      key: key, interval: record["interval"] as? Int ?? 0, members: record["members"] as? [String] ?? [],
      need: record["need"] as? [Int] ?? [], production: record["production"] as? Int ?? injected ?? 0,
      weights: record["weights"] as? [Int] ?? [], weightUnit: record["weight_unit"] as? Int ?? 1,
      groups: record["groups"] as? [[String]] ?? [],
      inner: MeteringKey(rawValue: record["inner"] as? String ?? "") ?? .proRata,
      sources: try (record["sources"] as? [[String: Any]] ?? []).map(meteringCase))
  }

  @Test("Every price inside a community")
  func prices() throws {
    for record in try SharedCases.read("community/prices.json", "cases") {
      let name = record["name"] as? String ?? ""
      func offers(_ key: String) -> [Offer] {
        (record[key] as? [[Any]] ?? []).compactMap { SharedCases.numbers($0) }.map {
          Offer(amount: $0[0], price: $0[1])
        }
      }
      let market = CommunityMarket(bids: offers("bids"), asks: offers("asks"))
      let rule = try #require(PriceRule(rawValue: record["rule"] as? String ?? ""))
      let used = record["pruned"] as? Bool == true ? market.pruned : market
      let price = used.price(
        rule, divider: SharedCases.number(record["divider"]) ?? 0.5,
        compensation: SharedCases.number(record["compensation"]) ?? 0)
      let expected = try #require(SharedCases.number(record["price"]))
      #expect(abs(price - expected) <= (name.hasPrefix("rec") ? 6e-3 : 1e-9), "\(name): \(price) is not \(expected)")
      // The tests of rec-operation print cents.
      let id = name.hasPrefix("rec") ? "community.cents" : "community.prices"
      #expect(Measured.isWithin(id, abs(price - expected)), "\(name): \(price) is not \(expected)")
      if let accepted = record["accepted"] as? [Int] {
        #expect([market.accepted.bids, market.accepted.asks] == accepted, "\(name)")
      }
    }
  }
}
