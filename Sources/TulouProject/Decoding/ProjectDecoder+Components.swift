import TulouDocument
import TulouQuantities
import TulouTechnologies

extension ProjectDecoder {
  mutating func readComponents(_ node: Node?, _ surroundings: Surroundings, _ decoding: inout Decoding) -> [Component] {
    guard let node else { return [] }
    var components: [Component] = []
    decoding.within("components") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          guard var component = readComponent(entry, surroundings, &inner) else { return }
          let companions = component.companions
          component.companions = []
          components.append(component)
          for part in companions {
            if node[part.id] != nil {
              inner.error("The id '\(part.id)' is that of a part of '\(entry.key)'.", at: entry.mark)
            }
            components.append(part)
          }
        }
      }
    }
    return components
  }

  private func readComponent(_ entry: Node.Entry, _ surroundings: Surroundings, _ decoding: inout Decoding)
    -> Component?
  {
    let node = entry.value
    guard node.entries != nil else {
      decoding.error("A component is a mapping, not \(node.kindName).", at: entry.value.mark)
      return nil
    }
    guard let kindNode = node["kind"] else {
      if node["use"] == nil {
        let typos = (node.entries ?? []).compactMap { found in
          nearestName(to: found.key, among: ["kind", "use"], within: 1).map { (found, $0) }
        }
        let advice = typos.first.map { "Did you mean '\($1)' in place of '\(Node.short($0.key))'?" }
        decoding.error(
          "'\(entry.key)' does not say what it is.",
          advice: advice ?? "Add 'kind: source', or 'use:' with a catalogue entry.",
          at: typos.first?.0.mark ?? entry.mark)
      }
      return nil
    }
    guard let kind = decoding.within("kind", { $0.text(kindNode) }) else { return nil }
    guard let technology = registry.technology(kind) else {
      decoding.within("kind") {
        $0.error(
          "'\(Node.short(kind))' is not a kind of component.",
          advice: registry.nearest(to: kind).map { "Did you mean '\($0)'?" }
            ?? "Kinds: \(registry.kinds.joined(separator: ", ")).", at: kindNode.mark)
      }
      return nil
    }
    checkMember(node["member"]?.text, surroundings, node, &decoding)
    return technology.component(entry.key, node, in: surroundings, &decoding)
  }

  /// What technologies may know of the project.
  func surroundings(_ resources: Node?, _ components: Node?, _ decoding: inout Decoding) -> Surroundings {
    let lakes = lakes(components, &decoding)
    var places: [String: Surroundings.Place] = [:]
    for bus in buses {
      guard let carrier = carriers.first(where: { $0.id == bus.carrier }) else { continue }
      var place = Surroundings.Place(id: bus.id, carrier: carrier.id, kind: carrier.kind)
      place.supply = bus.supply
      place.return = bus.return
      place.heatingValue = carrier.heating
      place.member = bus.member
      places[bus.id] = place
    }
    let declared = buses.map(\.id)
    let busNames = declared + declaredBuses.filter { !declared.contains($0) }
    return Surroundings(
      places: places, ownBuses: Dictionary(members.map { ($0.id, $0.ownBuses) }) { first, _ in first },
      members: Set(members.map(\.id)), busNames: busNames, resources: readResources(resources, lakes: lakes, &decoding))
  }
}
