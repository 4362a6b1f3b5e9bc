import TulouDocument
import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Long parallel rows of modules over level ground: rows shade each other, and a rear side sees ground and sky between them.
///
/// Everything is two-dimensional, in the plane across the rows. With width L, distance p and tilt b of a row (the rear: 180
/// degrees less the tilt), by crossed strings:
///
///     to the sky     (L + p - sqrt((p - L cos b)^2 + (L sin b)^2)) / 2 L
///     to the ground  (L + p - sqrt((p + L cos b)^2 + (L sin b)^2)) / 2 L
///
/// The ground sends back `albedo (u (global - diffuse) + w diffuse)`: u is the share of it that no row shades, w its mean view
/// of the sky. The sky is that of Hay and Davies (its part from the sun's direction counts as beam), or the same everywhere.
/// - Source: H. C. Hottel, A. F. Sarofim 1967, "Radiative transfer", crossed strings; infinite sheds: M. A. Mikofski, R. Darawali,
///   M. Hamer, A. Neubert, J. Newmiller 2019, 46th IEEE PVSC; B. Marion et al. 2017, 44th IEEE PVSC, equation 4.
public struct RowField: Sendable, Equatable {
  /// Width of a row over the distance of rows L/p [-].
  public var cover: Double
  /// Height of the middle of a row over the ground, in distances of rows [-].
  public var height: Double
  /// Power of the rear over that of the front in the same light [-]; zero: the rear gives nothing.
  public var bifaciality: Double
  /// Share of the rear's light that posts, rails and boxes take [-].
  public var rearLosses: Double

  /// Rows.
  public init(cover: Double, height: Double, bifaciality: Double = 0, rearLosses: Double = 0) {
    self.cover = cover
    self.height = height
    self.bifaciality = bifaciality
    self.rearLosses = rearLosses
  }

  func validate(_ found: inout [Diagnostic]) {
    check(cover, in: 0.01...1, "width of rows over their distance", "", &found)
    check(height, in: 0.005...20, "height of rows over their distance", "", &found)
    check(bifaciality, in: 0...1, "bifaciality", "", &found)
    check(rearLosses, in: 0...0.9, "losses of the rear", "", &found)
  }

  /// View of a side with this cosine of the tilt [-] to the sky and to the ground, mean over the width [-].
  @inline(__always)
  func views(cosTilt: Double) -> (sky: Double, ground: Double) {
    let square = 1 + cover * cover
    let mixed = 2 * cover * cosTilt
    let sum = 1 + cover
    return (
      max(0, (sum - (square - mixed).squareRoot()) / (2 * cover)),
      max(0, (sum - (square + mixed).squareRoot()) / (2 * cover))
    )
  }

  /// Share of a side's width that the next row shades, for the sun's elevation across the rows [-].
  ///
  /// - Parameter slope: Tangent of the sun's zenith angle across the rows, positive on the side that this one faces.
  @inline(__always)
  func shaded(cosTilt: Double, sinTilt: Double, slope: Double) -> Double {
    let shadow = cover * (sinTilt * slope + cosTilt)
    return shadow > 1 ? 1 - 1 / shadow : 0
  }

  /// Share of the ground that no row shades from the sun [-]; the slope as in `shaded`. Zero beyond 85 degrees.
  @inline(__always)
  func litGround(cosTilt: Double, sinTilt: Double, slope: Double) -> Double {
    // tan 85 deg
    if abs(slope) > 11.430052302761343 { return 0 }
    return max(0, 1 - cover * abs(cosTilt + sinTilt * slope))
  }

  /// View of the ground between rows to the sky, mean over the ground [-]; rows are counted up to 5 degrees over the horizon.
  func groundSky(cosTilt: Double, sinTilt: Double) -> Double {
    let points = 200
    // tan 5 deg
    let reach = Int(saturating: min(200, (height / 0.08748866352592401).rounded(.up)))
    let dx = 0.5 * cover * cosTilt, dz = 0.5 * cover * sinTilt
    var sum = 0.0
    for i in 0..<points {
      let x = (Double(i) + 0.5) / Double(points)
      // Sine of the angle from the vertical of both edges of each row, from left to right; open between rows.
      var open = 0.0
      var edge: Double?
      for k in -reach...(reach + 1) {
        let a = RowField.sine(Double(k) + dx - x, height + dz), b = RowField.sine(Double(k) - dx - x, height - dz)
        let left = min(a, b), right = max(a, b)
        if let edge, left > edge { open += left - edge }
        edge = max(edge ?? right, right)
      }
      sum += open / 2
    }
    return sum / Double(points)
  }

  @inline(__always)
  private static func sine(_ x: Double, _ z: Double) -> Double { x / (x * x + z * z).squareRoot() }
}

/// A field of rows with the views of the ground that its tilts need, computed once.
package struct RowTable: Sendable {
  let rows: RowField
  /// View of the ground to the sky by whole degrees of tilt, 0 ... 90; a single entry for a fixed tilt.
  private let views: [Double]

  package init(_ rows: RowField, mounting: Mounting) {
    self.rows = rows
    if case .fixed(let tilt, _) = mounting {
      views = [rows.groundSky(cosTilt: cos(radians(tilt)), sinTilt: sin(radians(tilt)))]
    } else {
      views = (0...90).map { rows.groundSky(cosTilt: cos(radians(Double($0))), sinTilt: sin(radians(Double($0)))) }
    }
  }

  @inline(__always)
  func groundSky(cosTilt: Double) -> Double {
    guard views.count > 1 else { return views[0] }
    let tilt = min(89.999, max(0, degrees(acos(min(1, max(-1, cosTilt))))))
    let low = Int(saturating: tilt)
    return views[low] + (views[low + 1] - views[low]) * (tilt - Double(low))
  }
}

/// Light of a step as rows of modules meet it [kW/m2].
package struct RowLight {
  /// On the front, and what of it reaches the cells.
  package var front = 0.0, frontEffective = 0.0
  /// On the rear, and what of it reaches the cells.
  package var rear = 0.0, rearEffective = 0.0
}

extension RowTable {
  /// Light on both sides.
  ///
  /// - Parameters:
  ///   - sun: Direction of the sun: east, north, up.
  ///   - normal: Normal of the front: east, north, up.
  ///   - sinTilt: Sine of the tilt.
  ///   - circumsolar: Share of the diffuse light that comes from the sun's direction [-].
  ///   - incidence: What the glass lets through.
  @inline(__always)
  package func light(
    global: Double, beam: Double, diffuse: Double, circumsolar: Double, sun: (Double, Double, Double),
    normal: (Double, Double, Double), sinTilt: Double, albedo: Double, incidence: IncidenceModifier
  ) -> RowLight {
    let cosTilt = normal.2
    // Beam and the sun's part of the sky; the rest of the sky is even.
    let even = diffuse * (1 - circumsolar)
    let direct = beam + diffuse * circumsolar / max(sun.2, 0.01745)
    let towards = sinTilt > 1e-9 ? (sun.0 * normal.0 + sun.1 * normal.1) / sinTilt : 0
    let slope = sun.2 > 1e-9 ? towards / sun.2 : .infinity
    let lit = sun.2 > 1e-9 ? rows.litGround(cosTilt: cosTilt, sinTilt: sinTilt, slope: slope) : 0
    let ground = albedo * (lit * max(0, global - even) + groundSky(cosTilt: cosTilt) * even)
    var result = RowLight()
    func side(_ cosTilt: Double, _ cosine: Double, _ slope: Double) -> (Double, Double) {
      let view = rows.views(cosTilt: cosTilt)
      let shade = slope.isFinite ? rows.shaded(cosTilt: cosTilt, sinTilt: sinTilt, slope: slope) : 1
      let through = cosine > 0 ? direct * cosine * (1 - shade) : 0
      let kept = incidence.diffuse(cosTilt: cosTilt)
      return (
        through + even * view.sky + ground * view.ground,
        through * incidence.beam(cosIncidence: max(0, cosine)) + even * view.sky * kept.sky
          + ground * view.ground * kept.ground
      )
    }
    let cosine = sun.0 * normal.0 + sun.1 * normal.1 + sun.2 * cosTilt
    (result.front, result.frontEffective) = side(cosTilt, cosine, slope)
    if rows.bifaciality > 0 { (result.rear, result.rearEffective) = side(-cosTilt, -cosine, -slope) }
    return result
  }

  /// What the rear adds to the front, per unit of its light [-].
  @inline(__always) var rearWeight: Double { rows.bifaciality * (1 - rows.rearLosses) }
}
