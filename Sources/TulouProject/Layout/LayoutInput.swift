import TulouDocument
import TulouQuantities
import TulouTechnologies

struct LayoutInput: Sendable {
  var places: Node?
  var zones: Node?
  var distances: Node?

  static let table = FieldTable<LayoutInput>(
    "the layout",
    [
      .node(
        "places", \.places, .map(.list(.number([.angle]))), "Where plant stands: latitude and longitude by component."),
      .node(
        "zones", \.zones, .map(.table("zone of the layout")), "What land is used for, and what may not stand there."),
      .node(
        "distances", \.distances, .map(.table("distance to keep")),
        "How far plant keeps from homes, works and other land; what stands nearer may not be built."),
    ])

  static let zone = FieldTable<ZoneInput>(
    "a zone of the layout",
    [
      .reference("name", to: "text", \.name, "Free text."),
      Field("use", .choice(Layout.Use.allCases.map(\.rawValue)), .required, "What the land is used for.") {
        $0.use = $2.choice($1, Layout.Use.self)
      },
      .node("at", \.at, .list(.number([.angle])), "Middle of a circle; with 'radius'."),
      .number("radius", \.radius, .length, in: .positive, "Radius of the circle.").needing("at"),
      .node("outline", \.outline, .list(.list(.number([.angle]))), "Corners in order, in place of a circle."),
      Field("forbids", .list(.text), "Kinds, catalogue entries or components that may not be built there.") {
        $0.forbids = $2.texts($1) ?? []
      },
    ])

  static let distance = FieldTable<Layout.Distance>(
    "a distance to keep",
    [
      Field("of", .list(.text), .required, "Kinds, catalogue entries or components that keep it.") {
        $0.of = $2.texts($1) ?? []
      },
      Field("from", .list(.text), .required, "Members, zones, or uses of land (homes, industry, culture, ...).") {
        $0.from = $2.texts($1) ?? []
      },
      .number("least", \.least, .length, .required, in: .positive, "Least distance."),
    ])
}

struct ZoneInput: Sendable {
  var name: String?
  var use: Layout.Use?
  var at: Node?
  var radius: Double?
  var outline: Node?
  var forbids: [String] = []
}

extension ProjectDecoder {
  /// The layout of a project whose members and components are known; what may not stand where it would stand is kept from being built.
  func readLayout(_ node: Node?, _ project: inout Project, _ decoding: inout Decoding) -> Layout? {
    guard let node else { return nil }
    return decoding.within("layout") { inner in
      var input = LayoutInput()
      inner.read(LayoutInput.table, node, into: &input)
      var layout = Layout()
      let ids = project.components.map(\.id)
      if let places = input.places {
        inner.within("places") { outer in
          for entry in outer.things(places) {
            outer.within(entry.key) { deeper in
              guard ids.contains(entry.key) || stageYear != nil else {
                deeper.error(
                  "There is no component '\(Node.short(entry.key))'.",
                  advice: nearestName(to: entry.key, among: ids).map { "Did you mean '\($0)'?" } ?? "", at: entry.mark)
                return
              }
              layout.places[entry.key] = place(entry.value, &deeper)
            }
          }
        }
      }
      if let zones = input.zones {
        inner.within("zones") { outer in
          for entry in outer.things(zones) {
            outer.within(entry.key) { if let zone = zone(entry, project, &$0) { layout.zones.append(zone) } }
          }
        }
      }
      if let distances = input.distances {
        inner.within("distances") { outer in
          for entry in outer.things(distances) {
            outer.within(entry.key) { deeper in
              var distance = Layout.Distance(id: entry.key)
              deeper.read(LayoutInput.distance, entry.value, into: &distance)
              check(distance, entry, layout, project, &deeper)
              layout.distances.append(distance)
            }
          }
        }
      }
      layout.findings = findings(layout, project)
      forbid(layout, node, &project, &inner)
      return layout
    }
  }

  private func place(_ node: Node, _ decoding: inout Decoding) -> Layout.Place? {
    guard let items = node.items, items.count == 2 else {
      decoding.error("'\(decoding.key)' takes [latitude, longitude].", at: node.mark)
      return nil
    }
    guard let latitude = decoding.number(items[0], .angle, in: Bounds(-90, 90, "a latitude")),
      let longitude = decoding.number(items[1], .angle, in: Bounds(-180, 180, "a longitude"))
    else { return nil }
    return Layout.Place(latitude: latitude, longitude: longitude)
  }

  private func zone(_ entry: Node.Entry, _ project: Project, _ decoding: inout Decoding) -> Layout.Zone? {
    var input = ZoneInput()
    decoding.read(LayoutInput.zone, entry.value, into: &input)
    guard let use = input.use else { return nil }
    var zone = Layout.Zone(id: entry.key, use: use)
    zone.name = input.name ?? entry.key
    zone.forbids = input.forbids
    zone.radius = input.radius
    known(input.forbids, entry, "forbids", project, &decoding)
    switch (input.at, input.outline) {
    case (let at?, nil):
      if input.radius == nil {
        decoding.error(
          "The circle of '\(entry.key)' needs 'radius'.", advice: "For example radius: 400 m.", at: entry.mark)
      }
      if let middle = decoding.within("at", { place(at, &$0) }) { zone.corners = [middle] }
    case (nil, let outline?):
      zone.corners = decoding.within("outline") { inner in (outline.items ?? []).compactMap { place($0, &inner) } }
      if zone.corners.count < 3 {
        decoding.within("outline") { $0.error("An outline has three corners or more.", at: outline.mark) }
      }
    case (nil, nil), (_?, _?):
      decoding.error("A zone is either a circle ('at' and 'radius') or an 'outline'.", at: entry.mark)
    }
    return zone
  }

  /// Plant is named by kind, catalogue entry or id.
  private func known(
    _ names: [String], _ entry: Node.Entry, _ key: String, _ project: Project, _ decoding: inout Decoding
  ) {
    guard stageYear == nil else { return }
    let all = Set(project.components.flatMap { [$0.id, $0.kind, $0.catalogueEntry ?? $0.kind] } + catalogueNames)
      .union(registry.kinds)
    for name in names where !all.contains(name) {
      decoding.within(key) {
        $0.error(
          "'\(Node.short(name))' is no component, kind or catalogue entry.",
          advice: nearestName(to: name, among: all.sorted()).map { "Did you mean '\($0)'?" } ?? "",
          at: (entry.value[key] ?? entry.value).mark)
      }
    }
  }

  private func check(
    _ distance: Layout.Distance, _ entry: Node.Entry, _ layout: Layout, _ project: Project, _ decoding: inout Decoding
  ) {
    known(distance.of, entry, "of", project, &decoding)
    for (key, list) in [("of", distance.of), ("from", distance.from)] {
      // What is missing altogether is said by the table, and what is no list by its reading.
      guard list.isEmpty, entry.value[key]?.items?.isEmpty == true else { continue }
      decoding.within(key) {
        $0.error(
          "'\(key)' is an empty list, so '\(entry.key)' asks for nothing; expected one name at least.",
          at: (entry.value[key] ?? entry.value).mark)
      }
    }
    idle(distance, entry, layout, project, &decoding)
    let names = project.members.map(\.id) + layout.zones.map(\.id) + Layout.Use.allCases.map(\.rawValue)
    for name in distance.from where !names.contains(name) {
      decoding.within("from") {
        $0.error(
          "'\(Node.short(name))' is no member, zone or use of land.",
          advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
            ?? "Here: \(names.prefix(12).joined(separator: ", ")).", at: (entry.value["from"] ?? entry.value).mark)
      }
    }
    for name in distance.from where project.members.contains(where: { $0.id == name && $0.latitude == nil }) {
      decoding.within("from") {
        $0.error(
          "The member '\(name)' has no place to keep a distance from.", advice: "Give it 'at: [latitude, longitude]'.",
          at: (entry.value["from"] ?? entry.value).mark)
      }
    }
  }

  /// Warns where nothing that a distance is about has a place, or where it is kept from a use that no land has.
  private func idle(
    _ distance: Layout.Distance, _ entry: Node.Entry, _ layout: Layout, _ project: Project, _ decoding: inout Decoding
  ) {
    guard stageYear == nil, !decoding.hasErrors else { return }
    let plant = project.components.filter { component in
      distance.of.contains { [component.id, component.kind, component.catalogueEntry ?? component.kind].contains($0) }
    }
    if !plant.isEmpty, !plant.contains(where: { layout.places[$0.id] != nil }) {
      let missing = plant.prefix(3).map { "'\($0.id)'" }.joined(separator: ", ")
      decoding.within("of") {
        $0.warning(
          "Of what keeps '\(entry.key)' nothing has a place (\(missing)), so the distance does nothing.",
          advice: "Give it a place under 'layout: {places: ...}'.", at: (entry.value["of"] ?? entry.value).mark)
      }
    } else if plant.isEmpty, !distance.of.isEmpty {
      decoding.within("of") {
        $0.warning(
          "No component of the project is meant by 'of', so '\(entry.key)' does nothing.",
          at: (entry.value["of"] ?? entry.value).mark)
      }
    }
    let taken = project.members.map(\.id) + layout.zones.map(\.id) + layout.zones.map(\.use.rawValue)
    for name in distance.from where Layout.Use(rawValue: name) != nil && !taken.contains(name) {
      decoding.within("from") {
        $0.warning(
          "No zone of the layout is '\(name)', so '\(entry.key)' keeps no distance from it.",
          advice: "Add a zone with 'use: \(name)' under 'layout: {zones: ...}'.",
          at: (entry.value["from"] ?? entry.value).mark)
      }
    }
  }

  /// How far each plant with a place stands from what the rules that hold for it are about.
  private func findings(_ layout: Layout, _ project: Project) -> [Layout.Finding] {
    var found: [Layout.Finding] = []
    for component in project.components {
      guard let place = layout.places[component.id] else { continue }
      let names = [component.id, component.kind, component.catalogueEntry ?? component.kind]
      for zone in layout.zones where zone.forbids.contains(where: names.contains) {
        found.append(
          Layout.Finding(
            rule: zone.id, component: component.id, to: zone.id, metres: zone.distance(to: place), least: 0))
      }
      for distance in layout.distances where distance.of.contains(where: names.contains) {
        var nearest: (to: String, metres: Double)?
        func consider(_ to: String, _ metres: Double) {
          if metres < nearest?.metres ?? .infinity { nearest = (to, metres) }
        }
        for member in project.members where distance.from.contains(member.id) {
          guard let latitude = member.latitude, let longitude = member.longitude else { continue }
          consider(member.id, Layout.distance(Layout.Place(latitude: latitude, longitude: longitude), place))
        }
        for zone in layout.zones where distance.from.contains(zone.id) || distance.from.contains(zone.use.rawValue) {
          consider(zone.id, zone.distance(to: place))
        }
        guard let nearest else { continue }
        found.append(
          Layout.Finding(
            rule: distance.id, component: component.id, to: nearest.to, metres: nearest.metres, least: distance.least))
      }
    }
    return found
  }

  /// What breaks a rule may not be built: a protected zone of its own, so that plans, searches and accounts all keep it.
  private func forbid(_ layout: Layout, _ node: Node, _ project: inout Project, _ decoding: inout Decoding) {
    for finding in layout.findings where !finding.isKept {
      let what =
        finding.least > 0
        ? "stands \(shortNumber(finding.metres)) m from '\(finding.to)', and '\(finding.rule)' asks for \(shortNumber(finding.least)) m"
        : "stands in the zone '\(finding.to)', which forbids it"
      decoding.within("places.\(finding.component)") {
        $0.warning(
          "'\(finding.component)' \(what): nothing new is built there.",
          advice: "Give it another place, or take the rule away.",
          at: (node["places"]?[finding.component] ?? node).mark)
      }
      let id = "\(finding.rule)"
      if let known = project.limits.protectedZones.firstIndex(where: { $0.id == id && $0.members.isEmpty }) {
        project.limits.protectedZones[known].forbids.append(finding.component)
      } else {
        project.limits.protectedZones.append(
          Limits.ProtectedZone(id: id, forbids: [finding.component], members: []))
      }
    }
  }
}
