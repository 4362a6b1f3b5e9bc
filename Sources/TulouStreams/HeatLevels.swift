/// The cascade of heat (or cold) at one source: what leaves it above each temperature is not more than what it has there.
///
/// A source cools from its supply to its return temperature; each sink takes heat between two temperatures, moved up by both
/// approaches and by what the way loses. With shares s(T) of the source and d(T) of a sink above T,
/// `sum_links d_link(T) f_link <= s(T) S` at every T is the same as a cascade with residuals R_k >= 0 at all levels; both sides
/// are straight between the ends of spans, so the ends are enough. Cold is the same upside down.
struct HeatLevels {
  /// A level that binds something: share of the source above it, and of each link.
  struct Level {
    var ofSource: Double
    /// By index of the link.
    var ofLinks: [(link: Int, share: Double)]
  }
  var levels: [Level] = []

  init(_ park: Park, source s: Int) {
    let source = park.sources[s]
    guard source.kind.hasTemperature, let given = source.temperatures else { return }
    let sign: Double = source.kind == .heat ? 1 : -1
    // Upside down for cold: then both run downwards.
    let own = TemperatureSpan(from: sign * given.start, to: sign * given.end)
    var taken: [(link: Int, span: TemperatureSpan)] = []
    for (a, link) in park.links.enumerated() where link.source == s {
      let sink = park.sinks[link.sink]
      if let from = link.upgradeFrom {
        let level = sign * from + link.temperatureLoss
        taken.append((a, TemperatureSpan(from: level, to: level)))
      } else if link.upgrade == nil, let wanted = sink.temperatures {
        let margin = source.approach + sink.approach + link.temperatureLoss
        taken.append(
          (a, TemperatureSpan(from: sign * wanted.start + margin, to: sign * wanted.end + margin)))
      }
    }
    let ends = Set(taken.flatMap { [$0.span.start, $0.span.end] } + [own.start, own.end])
    for end in ends.sorted(by: >) {
      let ofLinks = taken.map { (link: $0.link, share: $0.span.share(above: end)) }.filter { $0.share > 0 }
      let ofSource = own.share(above: end)
      // Where all of the source is above, its own balance says the same.
      guard !ofLinks.isEmpty, ofSource < 1 else { continue }
      levels.append(Level(ofSource: ofSource, ofLinks: ofLinks))
    }
  }
}
