import TulouResources

/// A machine, a storage or a link of the cluster.
package struct Component: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Free text.
  package var name: String
  /// Owner; nil: the commons.
  package var member: String?
  /// Kind as the registry names it: `source`, `generator`, `heat-pump`, `storage`, ...
  package var kind: String
  /// Catalogue entry that it started from, if any.
  package var catalogueEntry: String?
  /// What it is to the model.
  package var block: Block
  /// Sizes that may be chosen; empty: no size.
  package var sizes: [Size]

  /// Greatest energy of a year by the first size [h/y]; nil: no such limit.
  package var maximumHours: Double?

  /// Where it stands beside the site, with the area that it keeps there; nil: not stated.
  package var placement: Placement?

  /// Further parts of the same plant, such as the power side of a photovoltaic-thermal field; the reader sets them beside
  /// it, where they share its size.
  package var companions: [Component] = []

  /// A component.
  package init(id: String, kind: String, block: Block, sizes: [Size] = []) {
    self.id = id
    self.name = id
    self.kind = kind
    self.block = block
    self.sizes = sizes
  }
}

/// Where a machine stands, and what room it keeps.
package struct Placement: Sendable, Equatable {
  /// Place, by the id of the resource that it lives on.
  package var place: String
  /// Area that a unit of its first size keeps, the distance to its neighbours included [m2].
  package var areaPerUnit: Double
  /// A placement.
  package init(place: String, areaPerUnit: Double) {
    self.place = place
    self.areaPerUnit = areaPerUnit
  }
}

extension Component {
  /// Kind of the link behind which a member has its own bus.
  package static let meterKind = "meter"

  /// Water behind a unit of each size of a pumped storage whose head is stated [m3], by part; empty for others.
  ///
  /// A kWh of content is `3.6e6 / (rho g h)` m3, whatever the efficiency of the turbines.
  package var waterPerSize: [Size.Part: Double] {
    guard case .storage(let block) = block, let head = block.headMetres else { return [:] }
    let perKWh = 3.6e6 / (HydroPower.waterDensity * HydroPower.gravity * head)
    switch block.shape {
    case .hours(let hours): return sizes.first.map { [$0.part: hours * perKWh] } ?? [:]
    case .energyOnly: return sizes.first.map { [$0.part: perKWh] } ?? [:]
    case .hoursBetween, .independent: return sizes.count > 1 ? [sizes[1].part: perKWh] : [:]
    }
  }
}
