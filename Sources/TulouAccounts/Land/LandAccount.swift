/// Land, protected zones, and water that pumped storage needs.
public struct LandAccount: Sendable, Equatable {
  /// Land by component.
  public var uses: [LandUse] = []
  /// Sum [m2].
  public var total = 0.0
  /// Share of the site's area [-]; nil where the area is not stated.
  public var shareOfSite: Double?
  /// What stands in a zone that forbids it.
  public var violations: [ZoneViolation] = []
  /// Reservoirs of pumped storages whose head is known.
  public var reservoirs: [ReservoirNeed] = []
  /// Their volume together [m3].
  public var reservoirVolume: Double { reservoirs.reduce(0) { $0 + $1.volume } }
  /// Area that machines keep at places beside the site, by the resource that they live on.
  public var places: [PlaceUse] = []
  /// Nothing yet.
  public init() {}
}

/// Land of a component.
public struct LandUse: Sendable, Equatable {
  /// Component.
  public var id: String
  /// Size, existing plant included.
  public var capacity: Double
  /// Unit of the size.
  public var unit: String
  /// Land [m2].
  public var area: Double
  /// A use.
  public init(id: String, capacity: Double, unit: String, area: Double) {
    self.id = id
    self.capacity = capacity
    self.unit = unit
    self.area = area
  }
}

/// Area that machines keep at a place beside the site.
public struct PlaceUse: Sendable, Equatable {
  /// Place, by the id of its resource.
  public var place: String
  /// Machines that stand there.
  public var ids: [String]
  /// Area that they keep, existing plant included [m2].
  public var area: Double
}

/// New plant where a zone forbids it.
public struct ZoneViolation: Sendable, Equatable {
  /// Zone.
  public var zone: String
  /// Component.
  public var component: String
  /// New capacity in it.
  public var capacity: Double
  /// A violation.
  public init(zone: String, component: String, capacity: Double) {
    self.zone = zone
    self.component = component
    self.capacity = capacity
  }
}
