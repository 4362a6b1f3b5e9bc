/// A machine, a storage or a link that is made in code.
public protocol Machine: Sendable {
  /// Id in the project.
  var id: String { get }
  /// What is stated of it; everything else takes the default of its field.
  var stated: Statement { get set }
}

extension Machine {
  /// The same with one more key of the project file, e.g. `stating("tilt", "30 deg")`; its unit is checked when the project is made.
  public func stating(_ key: String, _ value: String) -> Self {
    var own = self
    own.stated[key] = .text(value)
    return own
  }

  /// The same as property of a member.
  public func owned(by member: String) -> Self { stating("member", member) }
}

/// A machine's numbers in the catalogue.
public struct CatalogueEntry: Sendable, Equatable {
  /// Its name.
  public let name: String
  /// The entry of a name, e.g. `pv-rooftop`.
  public static func catalogue(_ name: String) -> CatalogueEntry { CatalogueEntry(name: name) }
}

extension Statement {
  /// What every machine may state.
  ///
  /// - Parameters:
  ///   - kind: Kind as the project file writes it.
  ///   - entry: Catalogue entry that it starts from, which states the kind too.
  ///   - ports: Buses by key; nil: not stated.
  ///   - size: Which totals are to be had; nil: as the kind has it where nothing is stated.
  ///   - cost: What it costs; nil: as the entry says, else nothing.
  ///   - unit: Unit that its capacity is counted in, and its cost goes by.
  init(
    kind: String, from entry: CatalogueEntry?, ports: KeyValuePairs<String, String?>, size: SizeRange?,
    cost: MachineCost?, per unit: String = "kW"
  ) {
    self.init()
    if let entry { self["use"] = .text(entry.name) } else { self["kind"] = .text(kind) }
    for (key, bus) in ports { self[key] = bus.map { .text($0) } }
    if let size { self["capacity"] = .mapping(size.stated) }
    cost?.state(in: &self, per: unit)
  }
}
