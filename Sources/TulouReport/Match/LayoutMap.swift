import TulouStreams

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension MatchReport {
  /// Partners at their places with the links between them, scale bar and north arrow; nil where fewer than two places are known.
  ///
  /// Equirectangular about the middle of the park: within some tens of kilometres lengths are right to a thousandth.
  func layoutMap() -> Page.Picture? {
    let placed = park.partners.filter { $0.latitude != nil && $0.longitude != nil }
    guard placed.count > 1 else { return nil }
    let norths = placed.compactMap(\.latitude), easts = placed.compactMap(\.longitude)
    let middle = ((norths.min() ?? 0) + (norths.max() ?? 0)) / 2
    let perDegree = 111_195.0
    let perEast = perDegree * cos(middle * .pi / 180)
    let west = easts.min() ?? 0, north = norths.max() ?? 0
    let wide = max(1, ((easts.max() ?? 0) - west) * perEast), high = max(1, (north - (norths.min() ?? 0)) * perDegree)
    let width = 960.0, edge = 90.0
    let height = max(320, min(760, 120 + (width - 2 * edge) * high / wide))
    let perMetre = min((width - 2 * edge) / wide, (height - 120) / high)
    var drawing = Drawing(width: width, height: height)
    func place(_ id: String) -> (x: Double, y: Double)? {
      guard let one = placed.first(where: { $0.id == id }), let latitude = one.latitude, let longitude = one.longitude
      else { return nil }
      return (edge + (longitude - west) * perEast * perMetre, 50 + (north - latitude) * perDegree * perMetre)
    }
    let largest = built.map { abs(result.values[$0].accounting) }.max() ?? 1
    for a in built {
      let link = park.links[a]
      guard let from = place(park.giver(of: link)), let to = place(park.taker(of: link)) else { continue }
      let colour = MatchReport.colour(park.sources[link.source].kind).hex
      let thick = 1.5 + 6 * abs(result.values[a].accounting) / max(largest, 1e-9)
      // Bent to one side, so that ways there and back are told apart.
      let dx = to.x - from.x, dy = to.y - from.y
      let bend = 0.12 + 0.04 * Double(a % 4)
      let cx = (from.x + to.x) / 2 - dy * bend, cy = (from.y + to.y) / 2 + dx * bend
      let n = drawing.number
      drawing.path(
        "M\(n(from.x)) \(n(from.y))Q\(n(cx)) \(n(cy)) \(n(to.x)) \(n(to.y))",
        style: "stroke=\"\(colour)\" stroke-width=\"\(n(thick))\" fill=\"none\" opacity=\"0.75\"",
        title:
          "\(name(source: park.sources[link.source])): \(partner(park.giver(of: link))) to \(partner(park.taker(of: link)))"
          + (link.length.map { ", \(Scale.text($0, "m"))" } ?? ""))
    }
    for one in placed {
      guard let at = place(one.id) else { continue }
      let colour: Colour =
        switch one.role {
        case .private: .demand
        case .public: .biomass
        case .neighbour: .lost
        }
      drawing.circle(x: at.x, y: at.y, radius: 7, fill: colour.hex, title: one.name)
      drawing.text(one.name, x: at.x, y: at.y - 12, anchor: .middle, kind: "halo")
    }
    addScaleBar(to: &drawing, perMetre: perMetre)
    addNorthArrow(to: &drawing)
    let kinds = StreamKind.allCases.filter { kind in built.contains { park.sources[park.links[$0].source].kind == kind }
    }
    Frame.legend(kinds.map { ($0.rawValue, MatchReport.colour($0), true) }, in: &drawing)
    let summary =
      "\(placed.count) partners at their places, \(built.count) links between them; scale bar and north arrow."
    return Page.Picture(
      id: "map-layout", title: "Partners and links",
      svg: drawing.element(id: "map-layout", title: "Partners and links", summary: summary))
  }

  /// A bar of a round length, some fifth of the picture.
  private func addScaleBar(to drawing: inout Drawing, perMetre: Double) {
    let target = drawing.width / 5 / perMetre
    let decade = pow(10, floor(log10(target)))
    let length = [5.0, 2, 1].map { $0 * decade }.first { $0 <= target } ?? decade
    let x = 24.0, y = drawing.height - 22, width = length * perMetre
    drawing.line(x, y, x + width, y, style: "class=\"wire\"")
    for end in [x, x + width] { drawing.line(end, y - 5, end, y + 5, style: "class=\"wire\"") }
    drawing.text(Scale.text(length, "m"), x: x + width / 2, y: y - 8, anchor: .middle, kind: "m")
  }

  private func addNorthArrow(to drawing: inout Drawing) {
    let x = drawing.width - 30, y = drawing.height - 24
    drawing.path(
      "M\(x) \(y)V\(y - 34)M\(x - 6) \(y - 24)L\(x) \(y - 36)L\(x + 6) \(y - 24)", style: "class=\"wire\"",
      title: "North")
    drawing.text("N", x: x, y: y - 42, anchor: .middle)
  }
}
