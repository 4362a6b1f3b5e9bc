import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A map of a few kilometres: places in degrees to points of a drawing, with scale bar and north arrow.
///
/// Equirectangular about the middle: within some tens of kilometres lengths are right to a thousandth.
struct GroundMap {
  private static let perDegree = 111_195.0
  private static let edge = 90.0
  private let west: Double, north: Double, perEast: Double
  /// Points of the drawing per metre.
  let perMetre: Double
  let width = 960.0
  let height: Double

  /// A map that shows all these places; nil for fewer than two.
  ///
  /// - Parameter margin: What lies about each place [m].
  init?(latitudes: [Double], longitudes: [Double], margin: Double = 0) {
    guard latitudes.count > 1, latitudes.count == longitudes.count else { return nil }
    let low = latitudes.min() ?? 0, high = latitudes.max() ?? 0
    perEast = Self.perDegree * max(0.01, cos((low + high) / 2 * .pi / 180))
    west = (longitudes.min() ?? 0) - margin / perEast
    north = high + margin / Self.perDegree
    let wide = max(1, ((longitudes.max() ?? 0) - west) * perEast + margin)
    let tall = max(1, (north - low) * Self.perDegree + margin)
    height = max(320, min(760, 120 + (width - 2 * Self.edge) * tall / wide))
    perMetre = min((width - 2 * Self.edge) / wide, (height - 120) / tall)
  }

  /// Where a place is drawn.
  func point(_ latitude: Double, _ longitude: Double) -> (x: Double, y: Double) {
    (Self.edge + (longitude - west) * perEast * perMetre, 50 + (north - latitude) * Self.perDegree * perMetre)
  }

  /// A bar of a round length, some fifth of the picture, and an arrow to the north.
  func addMarks(to drawing: inout Drawing) {
    let target = drawing.width / 5 / perMetre
    let decade = pow(10, floor(log10(target)))
    let length = [5.0, 2, 1].map { $0 * decade }.first { $0 <= target } ?? decade
    let x = 24.0, y = drawing.height - 22, width = length * perMetre
    drawing.line(x, y, x + width, y, style: "class=\"wire\"")
    for end in [x, x + width] { drawing.line(end, y - 5, end, y + 5, style: "class=\"wire\"") }
    drawing.text(Scale.text(length, "m"), x: x + width / 2, y: y - 8, anchor: .middle, kind: "m")
    let right = drawing.width - 30, foot = drawing.height - 24
    drawing.path(
      "M\(right) \(foot)V\(foot - 34)M\(right - 6) \(foot - 24)L\(right) \(foot - 36)L\(right + 6) \(foot - 24)",
      style: "class=\"wire\"", title: "North")
    drawing.text("N", x: right, y: foot - 42, anchor: .middle)
  }
}
