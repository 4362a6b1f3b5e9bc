#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where things stand on the land: places of plant, zones, and how far plant keeps from homes and works.
package struct Layout: Sendable, Equatable {
  /// A place on earth [deg].
  package struct Place: Sendable, Equatable {
    /// North of the equator, east of Greenwich [deg].
    package var latitude: Double, longitude: Double
    /// A place.
    package init(latitude: Double, longitude: Double) {
      self.latitude = latitude
      self.longitude = longitude
    }
  }

  /// What land is used for.
  package enum Use: String, Sendable, CaseIterable {
    case homes, industry, culture, farmland, forest, water, flood
  }

  /// A stretch of land: a circle, or the inside of an outline.
  package struct Zone: Sendable, Equatable {
    /// Id.
    package var id: String
    /// Name for people.
    package var name: String
    /// What it is used for.
    package var use: Use
    /// Middle of the circle, or corners of the outline in order.
    package var corners: [Place] = []
    /// Radius of the circle [m]; nil: an outline.
    package var radius: Double?
    /// Kinds, catalogue entries or ids of plant that may not stand there.
    package var forbids: [String] = []
    /// A zone.
    package init(id: String, use: Use) {
      self.id = id
      self.name = id
      self.use = use
    }

    /// How far a place lies from it [m]; zero inside.
    package func distance(to place: Place) -> Double {
      if let radius { return corners.first.map { max(0, Layout.distance($0, place) - radius) } ?? .infinity }
      let points = corners.map { Layout.plane($0, about: place) }
      guard points.count > 2 else { return .infinity }
      var inside = false
      var least = Double.infinity
      for (a, b) in zip(points, points.dropFirst() + [points[0]]) {
        if (a.y > 0) != (b.y > 0), a.x + (b.x - a.x) * -a.y / (b.y - a.y) > 0 { inside.toggle() }
        let dx = b.x - a.x, dy = b.y - a.y
        let length = dx * dx + dy * dy
        let part = length > 0 ? min(1, max(0, -(a.x * dx + a.y * dy) / length)) : 0
        let x = a.x + part * dx, y = a.y + part * dy
        least = min(least, (x * x + y * y).squareRoot())
      }
      return inside ? 0 : least
    }
  }

  /// How far plant has to stand from members, zones or uses of land.
  package struct Distance: Sendable, Equatable {
    /// Id.
    package var id: String
    /// Kinds, catalogue entries or ids of plant that it holds for.
    package var of: [String] = []
    /// Members, zones, or uses of land.
    package var from: [String] = []
    /// Least distance [m].
    package var least = 0.0
    /// A distance.
    package init(id: String) { self.id = id }
  }

  /// Plant that stands nearer than it may, or in a zone that forbids it.
  package struct Finding: Sendable, Equatable {
    /// Rule: a distance's or a zone's id.
    package var rule: String
    /// Plant.
    package var component: String
    /// Nearest member or zone that the rule is about.
    package var to: String
    /// How far it is, and how far it would have to be [m].
    package var metres: Double, least: Double
    /// Whether it keeps the rule.
    package var isKept: Bool { metres >= least && !(least == 0 && metres == 0) }
  }

  /// Places of plant by component.
  package var places: [String: Place] = [:]
  /// Zones.
  package var zones: [Zone] = []
  /// Distances that are to be kept.
  package var distances: [Distance] = []
  /// How far plant stands from what each rule is about.
  package var findings: [Finding] = []
  /// Nothing is known.
  package init() {}

  private static let metresPerDegree = 111_195.0

  /// Straight line between two places, on the plane about their middle: right to a thousandth within tens of kilometres [m].
  package static func distance(_ a: Place, _ b: Place) -> Double {
    let point = plane(a, about: b)
    return (point.x * point.x + point.y * point.y).squareRoot()
  }

  /// East and north of a place [m].
  static func plane(_ place: Place, about middle: Place) -> (x: Double, y: Double) {
    let east = cos((place.latitude + middle.latitude) / 2 * .pi / 180) * metresPerDegree
    return ((place.longitude - middle.longitude) * east, (place.latitude - middle.latitude) * metresPerDegree)
  }
}
