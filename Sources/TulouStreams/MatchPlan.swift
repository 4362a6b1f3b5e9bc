/// What is built and how much flows where.
package struct MatchPlan: Sendable, Equatable {
  /// What was made small.
  package var goal: MatchGoal
  /// Its value a year [money, kg CO2 or kWh].
  package var value: Double
  /// Proven least value.
  package var bound: Double
  /// Whether value and bound are as near as was asked.
  package var isProven: Bool
  /// Whether each link is built.
  package var built: [Bool]
  /// Size of each link [kW or t/h].
  package var sizes: [Double]
  /// Whether each trench is dug.
  package var trenches: [Bool]
  /// Whether each measure is taken, in the order of `Park.reductions`.
  package var measures: [Bool]
  /// Sent by each link in each block [kW or t/h].
  package var flows: [[Double]]
  /// Bought for each sink in each block [kW or t/h].
  package var fresh: [[Double]]
  /// Disposed of from each source in each block [kW or t/h].
  package var disposed: [[Double]]
  /// Time that it took [s].
  package var seconds: Double

  /// Relative distance between value and bound [-].
  package var gap: Double {
    guard bound.isFinite else { return .infinity }
    return max(0, value - bound) / max(1e-9, abs(value))
  }

  /// Largest break of any balance, size, contract or limit [kW or t/h, kWh or t a year], counted without the solver's rows.
  package func largestBreak(in park: Park) -> Double {
    var worst = 0.0
    let taken = zip(park.reductions, measures).filter { $0.1 }.map { $0.0 }
    func saved(_ end: StreamEnd) -> Double { taken.filter { $0.lowers == end }.reduce(0) { $0 + $1.measure.saves } }
    for t in park.blocks.indices {
      for (s, source) in park.sources.enumerated() {
        let sent = park.links.indices.filter { park.links[$0].source == s }.reduce(0) { $0 + flows[$1][t] }
        worst = max(worst, abs(sent + disposed[s][t] - source.supply[t] * (1 - saved(.source(s)))))
      }
      for (d, sink) in park.sinks.enumerated() {
        let into = park.links.indices.filter { park.links[$0].sink == d }
        let arrived = into.reduce(0) { $0 + park.links[$1].efficiency * flows[$1][t] }
        worst = max(worst, abs(arrived + fresh[d][t] - sink.need[t] * (1 - saved(.sink(d)))))
        if let accepts = sink.accepts { worst = max(worst, arrived - accepts[t]) }
        for (name, limit) in sink.limits where arrived > 0 {
          let mass = into.reduce(sink.freshContents[name, default: 0] * fresh[d][t]) {
            let link = park.links[$1]
            return $0 + park.sources[link.source].contents[name, default: 0] * (1 - link.removal[name, default: 0])
              * link.efficiency * flows[$1][t]
          }
          worst = max(worst, (mass - limit * (arrived + fresh[d][t])) / max(1, limit))
        }
      }
      for (a, link) in park.links.enumerated() {
        worst = max(worst, flows[a][t] - sizes[a], built[a] ? sizes[a] - link.largest : sizes[a])
      }
    }
    for (a, link) in park.links.enumerated() where built[a] {
      worst = max(worst, (link.minimum - park.yearly(flows[a])) / max(1, link.minimum))
    }
    return worst
  }
}
