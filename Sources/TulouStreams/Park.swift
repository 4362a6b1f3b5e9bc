/// Partners with what they have and need, and the ways between them: what matching works on.
package struct Park: Sendable, Equatable {
  /// Hours that each block stands for [h]; a year's blocks add up to 8760.
  package var blocks: [Double]
  /// Who takes part.
  package var partners: [Partner] = []
  /// What there is to spare.
  package var sources: [StreamSource] = []
  /// What is needed.
  package var sinks: [StreamSink] = []
  /// Ways that could be built.
  package var links: [Link] = []
  /// What links share.
  package var trenches: [Trench] = []
  /// What is signed.
  package var agreements: [StreamAgreement] = []
  /// Price of CO2 [money/kg], added to money.
  package var carbonPrice = 0.0

  /// A park without anybody in it.
  package init(blocks: [Double]) { self.blocks = blocks }

  /// Amount that flows give in a year [kWh or t].
  package func yearly(_ flows: [Double]) -> Double { zip(blocks, flows).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Measures of all streams with the stream that each lowers.
  package var reductions: [(measure: Reduction, lowers: StreamEnd)] {
    sources.indices.flatMap { s in sources[s].reductions.map { ($0, StreamEnd.source(s)) } }
      + sinks.indices.flatMap { d in sinks[d].reductions.map { ($0, StreamEnd.sink(d)) } }
  }

  /// Partner at the source of a link.
  package func giver(of link: Link) -> String { sources[link.source].partner }
  /// Partner at the sink of a link.
  package func taker(of link: Link) -> String { sinks[link.sink].partner }
}

/// One end of a link.
package enum StreamEnd: Sendable, Hashable {
  /// Index into `Park.sources`.
  case source(Int)
  /// Index into `Park.sinks`.
  case sink(Int)
}

/// What a match is to make small.
public enum MatchGoal: String, Sendable, CaseIterable {
  /// Money a year, with the price of CO2.
  case money
  /// CO2 a year.
  case co2
  /// Energy from outside a year.
  case outsideEnergy = "outside_energy"
}
