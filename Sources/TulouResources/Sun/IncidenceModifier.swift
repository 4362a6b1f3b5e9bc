#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Loss by reflection at the glass where the light comes from the side.
public enum IncidenceModifier: Sendable, Equatable {
  /// No loss.
  case none
  /// `1 - b (1/cos a - 1)`; b about 0.05.
  /// - Source: ASHRAE 93; A. F. Souka, H. H. Safwat 1966, Solar Energy 10(4).
  case ashrae(b: Double)
  /// Fresnel, Snell and Bouguer for one pane: refractive index 1.526, extinction 4 1/m, 2 mm.
  /// - Source: W. De Soto, S. A. Klein, W. A. Beckman 2006, Solar Energy 80, 78-88.
  case physical(refractiveIndex: Double = 1.526, extinction: Double = 4, thickness: Double = 0.002)
  /// `(1 - exp(-cos a / r)) / (1 - exp(-1/r))`, r about 0.16.
  /// - Source: N. Martin, J. M. Ruiz 2001, Solar Energy Materials and Solar Cells 70, 25-38.
  case martinRuiz(r: Double)

  /// Share of the beam that enters [-] for the cosine of the angle of incidence; 0 from behind (`none`: 1).
  public func beam(cosIncidence c: Double) -> Double {
    switch self {
    case .none: return 1
    case .ashrae(let b): return c > 1e-9 ? max(0, 1 - b * (1 / c - 1)) : 0
    case .martinRuiz(let r): return c > 0 ? (1 - exp(-c / r)) / (1 - exp(-1 / r)) : 0
    case .physical(let n, let extinction, let thickness):
      guard c > 0 else { return 0 }
      let sine = (1 - c * c).squareRoot() / n
      let inside = (1 - sine * sine).squareRoot()
      let s = (c - n * inside) / (c + n * inside), p = (inside - n * c) / (inside + n * c)
      let straight = (1 - n) / (1 + n)
      let through = (1 - s * s + 1 - p * p) * exp(-extinction * thickness / inside) / 2
      return through / ((1 - straight * straight) * exp(-extinction * thickness))
    }
  }

  /// Shares of sky and ground light that enter [-] on a plane whose tilt has this cosine: those of a beam at the effective
  /// angles `59.7 - 0.1388 b + 0.001497 b²` and `90 - 0.5788 b + 0.002693 b²` (b tilt in degrees).
  /// - Source: M. J. Brandemuehl, W. A. Beckman 1980, Solar Energy 24, 511-513; Duffie, Beckman 2013, section 5.4.
  public func diffuse(cosTilt: Double) -> (sky: Double, ground: Double) {
    guard self != .none else { return (1, 1) }
    let b = degrees(acos(min(1, max(-1, cosTilt))))
    let sky = 59.7 - 0.1388 * b + 0.001497 * b * b
    let ground = 90 - 0.5788 * b + 0.002693 * b * b
    return (beam(cosIncidence: cos(radians(sky))), beam(cosIncidence: cos(radians(min(90, ground)))))
  }
}
