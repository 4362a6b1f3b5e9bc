import Testing
import TulouStreams

/// An agreement is about what one partner gives to one other, and about no more.
@Suite struct AgreementTests {
  private let park: Park = {
    var park = Park(blocks: [4000, 4760])
    park.partners = ["works", "farm", "town"].map { Partner(id: $0) }
    for (id, partner) in [("steam", "works"), ("ash", "works"), ("slurry", "farm")] {
      park.sources.append(StreamSource(id: id, partner: partner, kind: .material, supply: [3, 5]))
    }
    for partner in ["farm", "town"] {
      park.sinks.append(StreamSink(id: "need of \(partner)", partner: partner, kind: .material, need: [2, 2]))
    }
    for (s, source) in park.sources.enumerated() {
      for (d, sink) in park.sinks.enumerated() {
        park.links.append(Link(id: "\(source.id)->\(sink.partner)", source: s, sink: d, largest: 9))
      }
    }
    return park
  }()

  @Test func onlyTheLinksOfItsTwoPartnersAndItsStreamsAreCovered() {
    let agreement = StreamAgreement(id: "deal", giver: "works", taker: "farm", streams: ["steam"])
    #expect(park.links.filter { agreement.covers($0, in: park) }.map(\.id) == ["steam->farm"])
    let both = StreamAgreement(id: "deals", giver: "works", taker: "town", streams: ["steam", "ash"])
    #expect(park.links.filter { both.covers($0, in: park) }.map(\.id) == ["steam->town", "ash->town"])
    // The giver owns no such stream.
    let none = StreamAgreement(id: "no deal", giver: "farm", taker: "town", streams: ["steam"])
    #expect(!park.links.contains { none.covers($0, in: park) })
  }

  @Test func theLeastAmountIsAShareOfWhatTheGiverHas() {
    var agreement = StreamAgreement(id: "deal", giver: "works", taker: "farm", streams: ["steam"])
    agreement.minimumShare = 0.25
    // 3 x 4000 + 5 x 4760 = 35,800 t/y.
    #expect(abs(agreement.minimum(in: park) - 8950) < 1e-9)
    agreement.minimumAmount = 1200
    #expect(agreement.minimum(in: park) == 1200)
  }
}
