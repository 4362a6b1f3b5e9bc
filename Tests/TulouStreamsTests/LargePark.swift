import TulouQuantities
import TulouStreams

/// Parks of many links, drawn from a seed.
enum LargePark {
  /// `links` links between as many sources and sinks as make a third of all pairs.
  static func park(links: Int, blocks: Int) -> Park {
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
}
