#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A source and a sink that cannot be linked, with the reason that a park's manager acts on.
package struct RejectedPair: Sendable, Equatable {
  /// Index into `Park.sources`, and into `Park.sinks`.
  package var source: Int, sink: Int
  /// Why, e.g. `too cold by 12 K`.
  package var reason: String
  /// A rejection.
  package init(source: Int, sink: Int, reason: String) {
    self.source = source
    self.sink = sink
    self.reason = reason
  }
}

/// Which sources can serve which sinks, without any optimisation.
package struct Screening: Sendable {
  /// Ways that could be built.
  package var links: [Link] = []
  /// Pairs of one kind, or of kinds that an upgrade joins, that cannot be linked.
  package var rejected: [RejectedPair] = []
  /// Pairs of kinds that nothing joins; they are counted, not listed.
  package var otherKinds = 0

  /// Looks at every pair of `park`.
  ///
  /// - Parameters:
  ///   - upgrades: What may stand in between.
  package init(_ park: Park, rules: RouteRules, upgrades: [Upgrade]) {
    for s in park.sources.indices {
      for d in park.sinks.indices {
        let source = park.sources[s], sink = park.sinks[d]
        if rules.onlyListed && !rules.lists(source, sink) { continue }
        if source.partner == sink.partner && !rules.lists(source, sink) { continue }
        let ways = [nil] + upgrades.filter { $0.kind == source.kind && $0.delivers == sink.kind }
        guard source.kind == sink.kind || ways.count > 1 else {
          otherKinds += 1
          continue
        }
        var reasons: [String] = []
        var found = false
        for way in ways where way != nil || source.kind == sink.kind {
          switch Screening.link(park, s, d, by: way, rules) {
          case .success(let link):
            // What fits as it is needs no upgrade, unless that cleans or cools.
            if found, way.map({ $0.removal.isEmpty }) ?? false { continue }
            links.append(link)
            found = true
          case .failure(let refusal): reasons.append(refusal.reason)
          }
        }
        if !found { rejected.append(RejectedPair(source: s, sink: d, reason: reasons.joined(separator: "; "))) }
      }
    }
  }

  private struct Refusal: Error { var reason: String }

  private static func link(
    _ park: Park, _ s: Int, _ d: Int, by upgrade: Upgrade?, _ rules: RouteRules
  ) -> Result<Link, Refusal> {
    let source = park.sources[s], sink = park.sinks[d]
    func refused(_ reason: String) -> Result<Link, Refusal> {
      .failure(Refusal(reason: upgrade.map { "by \($0.id): \(reason)" } ?? reason))
    }
    if source.isBarred { return refused("the law of waste bars it (code \(source.wasteCode))") }
    if upgrade == nil, !source.grade.isEmpty, !sink.grades.isEmpty, !sink.grades.contains(source.grade) {
      return refused("it is \(source.grade), and \(sink.grades.joined(separator: " or ")) is needed")
    }
    let way = park.way(source, to: sink, rules)
    let rule = way.rule, length = way.length
    if let longest = rule.longest, let length, length > longest {
      return refused("too far by \(kilometres(length - longest)) km")
    }
    if let reason = temperatureReason(source, sink, by: upgrade, cooling: way.cooling) { return refused(reason) }
    var removal = rule.removal ?? [:]
    for (name, share) in upgrade?.removal ?? [:] { removal[name] = 1 - (1 - removal[name, default: 0]) * (1 - share) }
    if let reason = contentReason(source, sink, removal: removal) { return refused(reason) }
    if !zip(source.supply, sink.need).contains(where: { $0 > 0 && $1 > 0 }) {
      return refused("never there when it is needed")
    }
    guard way.efficiency > 0 else { return refused("all of it is lost on the way (\(kilometres(length ?? 0)) km)") }

    let efficiency = way.efficiency * (upgrade?.yield ?? 1)
    let most = zip(source.supply, sink.need).map { min($0, $1 / efficiency) }.max() ?? 0
    var link = Link(
      id: "\(source.id)->\(sink.id)" + (upgrade.map { " by \($0.id)" } ?? ""), source: s, sink: d,
      largest: rule.largest ?? most)
    link.upgrade = upgrade?.id
    link.efficiency = efficiency
    link.length = length
    link.removal = removal
    link.temperatureLoss = way.cooling
    link.upgradeFrom = upgrade?.from
    link.upgradeTo = upgrade?.to
    link.transport = way.transport + (upgrade?.operation ?? 0)
    link.emission = way.emission + (upgrade?.emission ?? 0)
    link.outsideEnergy = upgrade?.outsideEnergy ?? 0
    link.fixed = way.fixed + (upgrade?.yearlyFixed ?? 0)
    link.perCapacity = (rule.perCapacity ?? 0) + (upgrade?.yearlyPerCapacity ?? 0)
    // A link without a size is no link: k best sets would list it as one.
    link.smallest = rule.smallest ?? 0.001 * link.largest
    link.minimum = rule.minimum ?? 0
    return .success(link)
  }

  /// Why temperatures do not fit; nil: they do.
  private static func temperatureReason(
    _ source: StreamSource, _ sink: StreamSink, by upgrade: Upgrade?, cooling: Double
  ) -> String? {
    guard source.kind.hasTemperature, let given = source.temperatures else { return nil }
    if let upgrade {
      // Into the upgrade ...
      if let from = upgrade.from {
        let missing =
          source.kind == .heat ? from - (given.warm - cooling) : given.cold + cooling - from
        if missing > 1e-9 { return "\(source.kind == .heat ? "too cold" : "too warm") by \(short(missing)) K" }
      }
      // ... and out of it.
      guard let to = upgrade.to, let wanted = sink.temperatures else { return nil }
      let missing =
        sink.kind == .heat ? wanted.warm + sink.approach - to : to - (wanted.cold - sink.approach)
      if missing > 1e-9 { return "it delivers \(sink.kind == .heat ? "too cold" : "too warm") by \(short(missing)) K" }
      return nil
    }
    guard let wanted = sink.temperatures else { return nil }
    let margin = source.approach + sink.approach + cooling
    let missing =
      source.kind == .heat ? wanted.warm + margin - given.warm : given.cold + margin - wanted.cold
    guard missing > 1e-9 else { return nil }
    return "\(source.kind == .heat ? "too cold" : "too warm") by \(short(missing)) K"
  }

  /// Why substances do not fit; nil: they do, if need be with fresh supply.
  private static func contentReason(_ source: StreamSource, _ sink: StreamSink, removal: [String: Double]) -> String? {
    for (name, limit) in sink.limits.sorted(by: { $0.key < $1.key }) {
      let arriving = source.contents[name, default: 0] * (1 - removal[name, default: 0])
      // Fresh supply at the limit dilutes nothing.
      let fresh = sink.freshContents[name, default: 0]
      if arriving > limit && fresh >= limit {
        return
          "too much \(name): \(short(arriving)) mg/kg where \(short(limit)) is the limit, and fresh supply cannot thin it"
      }
    }
    return nil
  }

  /// Straight line between two partners [m]; nil where a place is not known.
  ///
  /// Great circle on a sphere of 6371.0088 km (mean radius of WGS 84, IUGG).
  static func distance(_ park: Park, _ a: String, _ b: String) -> Double? {
    guard let one = park.partners.first(where: { $0.id == a }), let two = park.partners.first(where: { $0.id == b }),
      let north1 = one.latitude, let east1 = one.longitude, let north2 = two.latitude, let east2 = two.longitude
    else { return nil }
    let radians = Double.pi / 180
    let dy = sin((north2 - north1) * radians / 2), dx = sin((east2 - east1) * radians / 2)
    let h = dy * dy + cos(north1 * radians) * cos(north2 * radians) * dx * dx
    return 2 * 6_371_008.8 * asin(min(1, h.squareRoot()))
  }

  private static func kilometres(_ metres: Double) -> String { short(metres / 1000) }

  /// Three digits at most, for sentences.
  static func short(_ value: Double) -> String {
    let step = abs(value) >= 100 ? 1.0 : abs(value) >= 10 ? 0.1 : 0.01
    let rounded = (value / step).rounded() * step
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? "\(Int(rounded))" : "\((rounded * 100).rounded() / 100)"
  }
}
