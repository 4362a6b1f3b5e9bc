import TulouQuantities
import TulouStreams

extension MatchReport {
  /// Partners at their places with the links between them, scale bar and north arrow; nil where fewer than two places are known.
  func layoutMap() -> Page.Picture? {
    let placed = park.partners.filter { $0.latitude != nil && $0.longitude != nil }
    guard placed.count > 1 else { return nil }
    guard
      let map = GroundMap(latitudes: placed.compactMap(\.latitude), longitudes: placed.compactMap(\.longitude))
    else { return nil }
    var drawing = Drawing(width: map.width, height: map.height)
    func place(_ id: String) -> (x: Double, y: Double)? {
      guard let one = placed.first(where: { $0.id == id }), let latitude = one.latitude, let longitude = one.longitude
      else { return nil }
      return map.point(latitude, longitude)
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
    map.addMarks(to: &drawing)
    let kinds = StreamKind.allCases.filter { kind in built.contains { park.sources[park.links[$0].source].kind == kind }
    }
    Frame.legend(kinds.map { ($0.rawValue, MatchReport.colour($0), true) }, in: &drawing)
    let summary =
      "\(placed.count) partners at their places, \(built.count) links between them; scale bar and north arrow."
    return Page.Picture(
      id: "map-layout", title: "Partners and links",
      svg: drawing.element(id: "map-layout", title: "Partners and links", summary: summary))
  }
}
