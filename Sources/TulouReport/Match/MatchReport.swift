package import TulouProject
package import TulouStreams

/// The report of a match: terminal, JSON, CSV and page.
package struct MatchReport: Sendable {
  /// Name of the project.
  package var name: String
  /// Currency of all money.
  package var currency: String
  /// What the study found.
  package var result: MatchResult
  /// Warnings of the reading, and assumptions by path with value and source.
  package var warnings: [String] = []
  /// Defaults and notes that stand behind the numbers.
  package var assumptions: [(path: String, value: String, source: String)] = []
  /// What solved it.
  package var solver: String
  /// Version of the program that made it.
  package var version: String
  /// What stands on the cover.
  package var cover = Cover()

  /// A report.
  package init(name: String, currency: String, result: MatchResult, solver: String, version: String) {
    self.name = name
    self.currency = currency
    self.result = result
    self.solver = solver
    self.version = version
  }

  var park: Park { result.symbiosis.park }
  var symbiosis: Symbiosis { result.symbiosis }

  /// Unit of the goal, per year.
  var goalUnit: String {
    switch result.best.goal {
    case .money: "\(currency)/y"
    case .co2: "kg/y"
    case .outsideEnergy: "kWh/y"
    }
  }

  /// The goal in words.
  var goalWords: String {
    switch result.best.goal {
    case .money: "money"
    case .co2: "CO2"
    case .outsideEnergy: "energy from outside"
    }
  }

  /// Links that are built, in the order of the park.
  var built: [Int] { park.links.indices.filter { result.best.built[$0] } }

  /// Name of a partner.
  func partner(_ id: String) -> String { park.partners.first { $0.id == id }?.name ?? id }

  /// Name of a stream out or in.
  func name(source: StreamSource) -> String { source.record.name.isEmpty ? source.id : source.record.name }
  func name(sink: StreamSink) -> String { sink.record.name.isEmpty ? sink.id : sink.record.name }

  /// Name of a stream by its id, in or out; the id where none has it.
  func stream(_ id: String) -> String {
    park.sources.first { $0.id == id }.map { name(source: $0) } ?? park.sinks.first { $0.id == id }.map {
      name(sink: $0)
    }
      ?? id
  }

  /// Name of an agreement by its id.
  func agreement(_ id: String) -> String {
    park.agreements.first { $0.id == id }.map { $0.name.isEmpty ? id : $0.name } ?? id
  }

  /// A link in words: what goes to whom, and by what.
  func name(link a: Int) -> String {
    let link = park.links[a]
    return "\(name(source: park.sources[link.source])) to \(partner(park.taker(of: link)))"
      + (link.upgrade.map { " by \($0)" } ?? "")
  }

  /// Links that a plan builds, in words.
  func names(_ plan: MatchPlan) -> [String] { park.links.indices.filter { plan.built[$0] }.map { name(link: $0) } }

  /// Ids of links that a plan builds.
  func ids(_ plan: MatchPlan) -> [String] { zip(park.links, plan.built).filter { $0.1 }.map { $0.0.id } }

  /// Share of what thermodynamics allows that links of heat recover [-]; nil without a target.
  ///
  /// What arrives over links between partners, without what a pipe loses, is set against what integration of all streams recovers.
  var recoveredShare: Double? {
    guard let target = result.heat?.all, target.recovered > 0 else { return nil }
    let hours = park.blocks.reduce(0, +)
    let recovered =
      built.filter { park.sources[park.links[$0].source].kind == .heat && park.links[$0].upgrade == nil }
      .reduce(0) { $0 + result.values[$1].delivered } / hours
    return recovered / target.recovered
  }

  /// What the CO2 of everything bought and disposed of is apart, and with the match [kg/y].
  var emissions: (apart: Double, matched: Double) {
    let apart =
      park.sinks.reduce(0) { $0 + $1.emission * park.yearly($1.need) }
      + park.sources.reduce(0) { $0 + $1.disposalEmission * park.yearly($1.supply) }
    return (apart, apart - built.reduce(0) { $0 + result.values[$1].emission })
  }

  /// Water bought apart, and with the match [t/y].
  var water: (apart: Double, matched: Double) {
    let sinks = park.sinks.indices.filter { park.sinks[$0].kind == .water }
    return (
      sinks.reduce(0) { $0 + park.yearly(park.sinks[$1].need) },
      sinks.reduce(0) { $0 + park.yearly(result.best.fresh[$1]) }
    )
  }
}
