import TulouQuantities
import TulouTechnologies

/// Free names that have to be those of something: what names nothing does nothing, and is refused.
///
/// Only the project as a whole is checked; a stage may not have yet what a name means.
extension ProjectDecoder {
  func checkNames(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    guard stageYear == nil, !decoding.hasErrors else { return }
    checkUnservedCosts(project, document, &decoding)
    checkZones(project, document, &decoding)
    checkSizes(project, document, &decoding)
  }

  /// Prices of unserved energy stand for tiers, or for a carrier whose tiers have none of their own.
  private func checkUnservedCosts(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    let tiers = Set(project.demands.flatMap { $0.tiers.map(\.name) })
    let costs = project.reliability.unservedCost
    for key in costs.keys.sorted() where !tiers.contains(key) {
      let mark = Validation.mark(document, "reliability", "unserved_cost", key)
      decoding.within("reliability.unserved_cost.\(key)") { inner in
        guard project.carriers.contains(where: { $0.id == key }) else {
          let names = tiers.sorted() + project.carriers.map(\.id)
          inner.error(
            "'\(Node.short(key))' is neither a tier of a demand nor a carrier.",
            advice: nearestName(to: key, among: names).map { "Did you mean '\($0)'?" }
              ?? "Names here: \(names.joined(separator: ", ")).", at: mark)
          return
        }
        let prices = project.demands.contains { demand in
          project.carrier(ofBus: demand.bus)?.id == key && demand.tiers.contains { costs[$0.name] == nil }
        }
        if !prices {
          inner.warning(
            "'unserved_cost' of '\(key)' prices nothing: no demand of it has a tier without a price of its own.",
            advice: "A demand without 'tiers' may not be shed; 'tiers: {normal: 100 %}' lets all of it.", at: mark)
        }
      }
    }
  }

  /// What a protected zone forbids is a kind, a catalogue entry or a component.
  private func checkZones(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    let own = project.components.flatMap { [$0.id] + ($0.catalogueEntry.map { [$0] } ?? []) }
    let names = Registry.kinds + catalogueNames + own
    for zone in project.limits.protectedZones {
      for name in zone.forbids where !names.contains(name) {
        decoding.within("limits.protected.\(zone.id).forbids") {
          $0.error(
            "'\(Node.short(name))' is neither a kind nor a catalogue entry nor a component.",
            advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
              ?? "Kinds: \(Registry.kinds.joined(separator: ", ")).",
            at: Validation.mark(document, "limits", "protected", zone.id, "forbids"))
        }
      }
    }
  }

  /// Sizes that studies and the reference of a weighted objective name.
  private func checkSizes(_ project: Project, _ document: Node, _ decoding: inout Decoding) {
    let names = project.sizeNames
    func check(_ name: String, _ path: String, _ mark: Mark) {
      guard !names.contains(name) else { return }
      decoding.within(path) {
        $0.error(
          "'\(Node.short(name))' has no size.",
          advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
            ?? "Sizes of this project: \(names.joined(separator: ", ")).", at: mark)
      }
    }
    for study in project.studies {
      let path = "studies.\(study.id)"
      func mark(_ key: String, _ name: String) -> Mark { Validation.mark(document, "studies", study.id, key, name) }
      for name in study.candidates.keys.sorted() { check(name, path + ".candidates", mark("candidates", name)) }
      for name in study.sizes.keys.sorted() { check(name, path + ".sizes", mark("sizes", name)) }
      for (design, sizes) in study.designs.sorted(by: { $0.key < $1.key }) {
        let place = Validation.mark(document, "studies", study.id, "designs", design)
        for name in sizes.keys.sorted() { check(name, path + ".designs.\(design)", place) }
      }
      if let least = study.least { check(least, path + ".least", mark("least", least)) }
    }
    for name in project.referenceSizes.keys.sorted() {
      check(name, "objective.reference", Validation.mark(document, "objective", "reference", name))
    }
  }
}

extension Project {
  /// Names by which a user may speak of sizes: `id`, or `id.power` and `id.energy`.
  public var sizeNames: [String] {
    var names: [String] = []
    for component in components {
      for size in component.sizes where size.sharedWith == nil {
        if component.sizes.count == 1 { names.append(component.id) }
        if size.part != .only { names.append(size.part.name(of: component.id)) }
      }
      guard case .storage(let storage) = component.block else { continue }
      switch storage.shape {
      case .hours: names += [component.id + ".power", component.id + ".energy"]
      case .energyOnly: names.append(component.id + ".energy")
      case .hoursBetween, .independent: break
      }
    }
    return names
  }
}
