import TulouDocument
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
    let names = registry.kinds + catalogueNames + own
    for zone in project.limits.protectedZones {
      for name in zone.forbids where !names.contains(name) {
        decoding.within("limits.protected.\(zone.id).forbids") {
          $0.error(
            "'\(Node.short(name))' is neither a kind nor a catalogue entry nor a component.",
            advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
              ?? "Kinds: \(registry.kinds.joined(separator: ", ")).",
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
        for (name, stated) in sizes.sorted(by: { $0.key < $1.key }) {
          check(name, path + ".designs.\(design)", place)
          let node = document["studies"]?[study.id]?["designs"]?[design]?[name]
          if let node, let size = project.statedSize(name) {
            decoding.within(path + ".designs.\(design).\(name)") { Self.check(stated, size, name, node, &$0) }
          }
        }
      }
      if let least = study.least { check(least, path + ".least", mark("least", least)) }
    }
    for name in project.referenceSizes.keys.sorted() {
      check(name, "objective.reference", Validation.mark(document, "objective", "reference", name))
    }
  }
}

extension ProjectDecoder {
  /// A size that a design states: in the unit of the size, and from the least to the greatest that the file allows.
  private static func check(
    _ stated: Double, _ size: Project.StatedSize, _ name: String, _ node: Node, _ decoding: inout Decoding
  ) {
    var value = stated
    // Nothing is nothing in any unit.
    if stated != 0 {
      guard (try? Unit(size.unit)) != nil else { return }
      let measure = Measure("a size in \(size.unit)", in: size.unit, example: "4 \(size.unit)")
      guard let read = decoding.number(node, measure) else { return }
      value = read
    }
    if value < size.least - 1e-9 * (1 + abs(size.least)) {
      decoding.error(
        "'\(Node.short(name))' is \(shortNumber(value)) \(size.unit), below its least size of \(shortNumber(size.least)) \(size.unit).",
        advice: "A design states whole sizes, existing plant among them.", at: node.mark)
    } else if let most = size.greatest, value > most + 1e-9 * (1 + abs(most)) {
      decoding.error(
        "'\(Node.short(name))' is \(shortNumber(value)) \(size.unit), above its greatest size of \(shortNumber(most)) \(size.unit).",
        advice: "State no more than 'capacity' of the component allows, or allow more there.", at: node.mark)
    }
  }
}

extension Project {
  /// What a size that is stated by its name may be.
  fileprivate struct StatedSize {
    /// Unit of what is stated.
    var unit: String
    /// Least and greatest total in it; nil: none is stated.
    var least: Double, greatest: Double?

    init(_ size: Size, unit: String? = nil, perUnit: Double = 1) {
      self.unit = unit ?? size.unit
      least = size.least
      greatest = size.maximum
      switch size.choice {
      case .continuous, .multiples: break
      case .options(let totals):
        least = totals.min() ?? least
        greatest = totals.max()
      case .fixed(let total):
        least = total
        greatest = total
      }
      least *= perUnit
      greatest = greatest.map { $0 * perUnit }
    }
  }

  /// The size behind a name of `sizeNames`.
  fileprivate func statedSize(_ name: String) -> StatedSize? {
    for component in components {
      let own = component.sizes.filter { $0.sharedWith == nil }
      for size in own {
        let isOnly = component.sizes.count == 1 && name == component.id
        if isOnly || name == size.part.name(of: component.id) { return StatedSize(size) }
      }
      guard case .storage(let storage) = component.block, let size = own.first else { continue }
      switch storage.shape {
      case .hours(let hours):
        if name == component.id + ".power" { return StatedSize(size) }
        if name == component.id + ".energy" { return StatedSize(size, unit: "kWh", perUnit: hours) }
      case .energyOnly:
        if name == component.id + ".energy" { return StatedSize(size) }
      case .hoursBetween, .independent: break
      }
    }
    return nil
  }

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
