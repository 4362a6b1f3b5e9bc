import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// Map of the cluster with land, members and plant; network of members; distances that are kept.
  func layoutSection() -> Page.Section {
    guard let layout = project.layout else { return Page.Section(id: "layout", title: "Layout", []) }
    var contents: [Page.Content] = []
    if let map = clusterMap(layout) { contents.append(.picture(map)) }
    if let network = memberNetwork() { contents.append(.picture(network)) }
    if !layout.findings.isEmpty {
      var table = Table(
        "Distances",
        columns: [
          .text("Plant"), .text("Rule"), .text("Nearest"), .number("Distance"), .number("Least"), .text("Kept"),
        ])
      for finding in layout.findings {
        table.add([
          legend.name(finding.component), finding.rule, placeName(finding.to, layout), Scale.text(finding.metres, "m"),
          finding.least > 0 ? Scale.text(finding.least, "m") : "outside",
          finding.isKept ? "yes" : "no, nothing new is built",
        ])
      }
      contents.append(.table(table))
    }
    return Page.Section(id: "layout", title: "Layout", contents)
  }

  private func placeName(_ id: String, _ layout: Layout) -> String {
    layout.zones.first { $0.id == id }?.name ?? legend.member(id)
  }

  private static func colour(_ use: Layout.Use) -> Colour {
    switch use {
    case .homes: .demand
    case .industry: .outside
    case .culture: .storage
    case .farmland: .other
    case .forest: .biomass
    case .water: .water
    case .flood: .cold
    }
  }

  /// The map: land zones, members, plant with its size, lines between plant and its member.
  private func clusterMap(_ layout: Layout) -> Page.Picture? {
    let members = project.members.filter { $0.latitude != nil && $0.longitude != nil }
    let plant = project.components.filter { layout.places[$0.id] != nil }
    let corners = layout.zones.flatMap(\.corners) + plant.compactMap { layout.places[$0.id] }
    let radius = layout.zones.compactMap(\.radius).max() ?? 0
    guard
      let map = GroundMap(
        latitudes: members.compactMap(\.latitude) + corners.map(\.latitude),
        longitudes: members.compactMap(\.longitude) + corners.map(\.longitude), margin: radius)
    else { return nil }
    var drawing = Drawing(width: map.width, height: map.height)
    let n = drawing.number
    for zone in layout.zones {
      let colour = Self.colour(zone.use).hex
      let style = "fill=\"\(colour)\" fill-opacity=\"0.14\" stroke=\"\(colour)\" stroke-dasharray=\"5 4\""
      let title =
        "\(zone.name): \(zone.use.rawValue)\(zone.forbids.isEmpty ? "" : ", forbids \(zone.forbids.joined(separator: ", "))")"
      guard let first = zone.corners.first else { continue }
      let middle = map.point(first.latitude, first.longitude)
      if let radius = zone.radius {
        let r = radius * map.perMetre
        drawing.path(
          "M\(n(middle.x - r)) \(n(middle.y))a\(n(r)) \(n(r)) 0 1 0 \(n(2 * r)) 0a\(n(r)) \(n(r)) 0 1 0 \(n(-2 * r)) 0Z",
          style: style, title: title)
        drawing.text(zone.name, x: middle.x, y: middle.y + r - 8, anchor: .middle, kind: "m")
      } else {
        let points = zone.corners.map { map.point($0.latitude, $0.longitude) }
        drawing.path(
          "M" + points.map { "\(n($0.x)) \(n($0.y))" }.joined(separator: "L") + "Z", style: style, title: title)
        let x = points.reduce(0) { $0 + $1.x } / Double(points.count)
        let y = points.reduce(0) { $0 + $1.y } / Double(points.count)
        drawing.text(zone.name, x: x, y: y, anchor: .middle, kind: "m")
      }
    }
    for component in plant {
      guard let place = layout.places[component.id] else { continue }
      let at = map.point(place.latitude, place.longitude)
      if let member = members.first(where: { $0.id == component.member }), let latitude = member.latitude,
        let longitude = member.longitude
      {
        let home = map.point(latitude, longitude)
        drawing.line(home.x, home.y, at.x, at.y, style: "class=\"wire\"")
      }
      let yearly = accounts.sources.first { $0.id == component.id }?.yearly
      let title = legend.name(component.id) + (yearly.map { ", \(Scale.text($0, "kWh"))/y" } ?? "")
      drawing.rectangle(
        x: at.x - 6, y: at.y - 6, width: 12, height: 12, fill: legend.colour(component.id).hex, title: title)
      drawing.text(legend.name(component.id), x: at.x, y: at.y + 20, anchor: .middle, kind: "halo")
    }
    for member in members {
      guard let latitude = member.latitude, let longitude = member.longitude else { continue }
      let at = map.point(latitude, longitude)
      drawing.circle(x: at.x, y: at.y, radius: 7, fill: Colour.demand.hex, title: member.name)
      drawing.text(member.name, x: at.x, y: at.y - 12, anchor: .middle, kind: "halo")
    }
    map.addMarks(to: &drawing)
    let uses = Layout.Use.allCases.filter { use in layout.zones.contains { $0.use == use } }
    Frame.legend(uses.map { ($0.rawValue, Self.colour($0), true) }, in: &drawing)
    return Page.Picture(
      id: "map-cluster", title: "Map of the cluster",
      svg: drawing.element(
        id: "map-cluster", title: "Map of the cluster",
        summary:
          "\(members.count) members and \(plant.count) plants at their places, \(layout.zones.count) zones of land; scale bar and north arrow."
      ))
  }

  /// Members about the cluster's network, with what each gives and takes in a year, and the outside.
  private func memberNetwork() -> Page.Picture? {
    let members = accounts.members.filter { !$0.trade.isEmpty }
    guard members.count > 1 else { return nil }
    let width = 960.0, height = 460.0
    var drawing = Drawing(width: width, height: height)
    let n = drawing.number
    let hub = (x: width / 2, y: height / 2)
    let largest =
      members.flatMap(\.trade).flatMap {
        [$0.boughtInside, $0.soldInside, $0.boughtOutside, $0.soldOutside]
      }.max() ?? 1
    func arrow(
      _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ energy: Double, _ colour: Colour, _ title: String,
      _ bend: Double
    ) {
      guard energy > 1e-6 * largest else { return }
      let cx = (from.x + to.x) / 2 - (to.y - from.y) * bend, cy = (from.y + to.y) / 2 + (to.x - from.x) * bend
      drawing.path(
        "M\(n(from.x)) \(n(from.y))Q\(n(cx)) \(n(cy)) \(n(to.x)) \(n(to.y))",
        style:
          "stroke=\"\(colour.hex)\" stroke-width=\"\(n(1 + 7 * energy / largest))\" fill=\"none\" opacity=\"0.75\"",
        title: "\(title): \(Scale.text(energy, "kWh"))/y")
    }
    let outside = (x: hub.x, y: 34.0)
    for (index, member) in members.enumerated() {
      // From the lower left round to the lower right, so that the outside keeps the top.
      let part = members.count == 1 ? 0.5 : Double(index) / Double(members.count - 1)
      let x = 110 + part * (width - 220), y = height - 70 - 60 * (0.25 - (part - 0.5) * (part - 0.5)) * -1
      let at = (x: x, y: y)
      let name = legend.member(member.id)
      let sums = member.trade.reduce((0.0, 0.0, 0.0, 0.0)) {
        ($0.0 + $1.boughtInside, $0.1 + $1.soldInside, $0.2 + $1.boughtOutside, $0.3 + $1.soldOutside)
      }
      arrow(hub, at, sums.0, .demand, "\(name) buys inside", 0.08)
      arrow(at, hub, sums.1, .biomass, "\(name) sells inside", 0.08)
      arrow(outside, at, sums.2, .outside, "\(name) buys outside", 0.18 * (part < 0.5 ? 1 : -1))
      arrow(at, outside, sums.3, .water, "\(name) sells outside", 0.26 * (part < 0.5 ? -1 : 1))
      drawing.circle(x: x, y: y, radius: 9, fill: Colour.demand.hex, title: name)
      drawing.text(name, x: x, y: y + 26, anchor: .middle, kind: "halo")
    }
    Frame.legend(
      [
        ("buys inside", .demand, true), ("sells inside", .biomass, true), ("buys outside", .outside, true),
        ("sells outside", .water, true),
      ], in: &drawing)
    drawing.circle(x: hub.x, y: hub.y, radius: 12, fill: Colour.storage.hex, title: "The cluster's network")
    drawing.text("network", x: hub.x + 18, y: hub.y + 4, anchor: .start, kind: "halo")
    drawing.circle(x: outside.x, y: outside.y, radius: 9, fill: Colour.outside.hex, title: "The outside")
    drawing.text("outside", x: outside.x + 16, y: outside.y + 4, anchor: .start, kind: "halo")
    return Page.Picture(
      id: "member-network", title: "Who gives and takes",
      svg: drawing.element(
        id: "member-network", title: "Who gives and takes",
        summary: "Members about the network; the width of a line is the energy of a year."))
  }

  /// The layout with how far plant stands from what rules are about, where the project states one.
  var layoutJSON: JSON? {
    guard let layout = project.layout else { return nil }
    return .object([
      (
        "distances",
        .array(
          layout.findings.map {
            .object([
              ("component", .text($0.component)), ("rule", .text($0.rule)), ("nearest", .text($0.to)),
              ("metres", .number($0.metres)), ("least", .number($0.least)), ("kept", .bool($0.isKept)),
            ])
          })
      ), ("zones", .array(layout.zones.map { .text($0.id) })),
    ])
  }
}
