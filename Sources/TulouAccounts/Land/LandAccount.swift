/// Land, protected zones, and water that pumped storage needs.
public struct LandAccount: Sendable, Equatable {
  /// Land by component.
  package var uses: [LandUse] = []
  /// Sum [m2].
  public var total = 0.0
  /// Share of the site's area [-]; nil where the area is not stated.
  public var shareOfSite: Double?
  /// What stands in a zone that forbids it.
  package var violations: [ZoneViolation] = []
  /// Reservoirs of pumped storages whose head is known.
  package var reservoirs: [ReservoirNeed] = []
  /// Their volume together [m3].
  public var reservoirVolume: Double { reservoirs.reduce(0) { $0 + $1.volume } }
  /// Area that machines keep at places beside the site, by the resource that they live on.
  package var places: [PlaceUse] = []
  /// Nothing yet.
  public init() {}
}

/// Land of a component.
package struct LandUse: Sendable, Equatable {
  /// Component.
  package var id: String
  /// Size, existing plant included.
  package var capacity: Double
  /// Unit of the size.
  package var unit: String
  /// Land [m2].
  package var area: Double
  /// A use.
  package init(id: String, capacity: Double, unit: String, area: Double) {
    self.id = id
    self.capacity = capacity
    self.unit = unit
    self.area = area
  }
}

/// Area that machines keep at a place beside the site.
package struct PlaceUse: Sendable, Equatable {
  /// Place, by the id of its resource.
  package var place: String
  /// Machines that stand there.
  package var ids: [String]
  /// Area that they keep, existing plant included [m2].
  package var area: Double
}

/// New plant where a zone forbids it.
package struct ZoneViolation: Sendable, Equatable {
  /// Zone.
  package var zone: String
  /// Component.
  package var component: String
  /// New capacity in it.
  package var capacity: Double
  /// A violation.
  package init(zone: String, component: String, capacity: Double) {
    self.zone = zone
    self.component = component
    self.capacity = capacity
  }
}
