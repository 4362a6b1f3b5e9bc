import TestSupport
import Testing
import TulouProblem
import TulouQuantities
import TulouSolvers
import TulouStreams

/// A thousand random parks against every pattern, and parks of the size that has to be quick.
@Suite(.enabled(if: SlowTests.areWanted && RandomPark.library != nil)) struct MatchingSlowTests {
  @Test func thousandParksEqualEnumeration() throws {
    for seed in 1001...2000 { try MatchingChecks.againstEnumeration(seed: seed, links: 3 + seed % 3) }
  }

  /// `links` links between as many sources and sinks as make a third of all pairs.
  private func large(links: Int, blocks: Int) -> Park {
    var dice = Dice(links)
    var park = Park(blocks: [Double](repeating: 8760 / Double(blocks), count: blocks))
    let count = Int(saturating: (3 * Double(links)).squareRoot().rounded())
    park.partners = (0..<count).map { Partner(id: "p\($0)") }
    for i in 0..<count {
      var source = StreamSource(
        id: "s\(i)", partner: "p\(i)", kind: .material, supply: (0..<blocks).map { _ in dice.number(20, 200) })
      source.disposal = dice.number(-2, 6)
      var sink = StreamSink(
        id: "d\(i)", partner: "p\(i)", kind: .material, need: (0..<blocks).map { _ in dice.number(20, 160) })
      sink.price = dice.number(6, 30)
      park.sources.append(source)
      park.sinks.append(sink)
    }
    while park.links.count < links {
      let s = dice.whole(0, count - 1), d = dice.whole(0, count - 1)
      guard s != d, !park.links.contains(where: { $0.source == s && $0.sink == d }) else { continue }
      var link = Link(id: "s\(s)->d\(d)", source: s, sink: d, largest: dice.number(80, 240))
      link.efficiency = dice.number(0.8, 1)
      link.transport = dice.number(0.2, 4)
      link.fixed = dice.number(20, 900) * 1e3
      link.perCapacity = dice.number(500, 15000)
      link.smallest = 5
      park.links.append(link)
    }
    return park
  }

  @Test func fortyLinksOfTwelveBlocksAreExact() throws {
    var options = MatchingChecks.options
    options.tolerance = 1e-9
    let plan = try Matching(large(links: 40, blocks: 12), solver: try RandomPark.solver(), options: options).best()
    print("40 links, 12 blocks: \(plan.seconds) s, gap \(plan.gap)")
    #expect(plan.gap < 1e-6)
  }

  @Test func manyLinksEndWithAPlanAndAStatedGap() throws {
    var options = MatchingChecks.options
    options.tolerance = 0.01
    options.timeLimit = 40
    options.threads = 2
    let park = large(links: 250, blocks: 24)
    let plan = try Matching(park, solver: try RandomPark.solver(), options: options).best()
    print("250 links, 24 blocks: \(plan.seconds) s, gap \(plan.gap)")
    // One per cent in two minutes is the aim and is missed so far; what is said of the plan holds all the same.
    #expect(plan.gap.isFinite && plan.gap >= 0 && plan.largestBreak(in: park) < 1e-4)
  }
}
