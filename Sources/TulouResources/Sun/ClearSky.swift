#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Clear-sky global horizontal irradiance after Ineichen and Perez.
///
/// `G = cg1 I0 cos z exp(-cg2 m (fh1 + fh2 (TL - 1)))` with `fh1 = exp(-h/8000)`, `fh2 = exp(-h/1250)`,
/// `cg1 = 5.09e-5 h + 0.868`, `cg2 = 3.92e-5 h + 0.0387`, h height [m], m absolute optical air mass, TL Linke turbidity.
/// - Source: P. Ineichen, R. Perez 2002, "A new airmass independent formulation for the Linke turbidity coefficient",
///   Solar Energy 73(3), 151-157, doi 10.1016/S0038-092X(02)00045-2.
package struct ClearSky: Sendable, Equatable {
  /// Height above sea level [m].
  package var altitudeMetres: Double
  /// Linke turbidity TL [-]: 2 very clean, 3 clean, 4-5 humid or urban.
  package var linkeTurbidity: Double

  /// A clear sky.
  package init(altitudeMetres: Double, linkeTurbidity: Double) {
    self.altitudeMetres = altitudeMetres
    self.linkeTurbidity = linkeTurbidity
  }

  /// Global horizontal irradiance [same unit as `extraterrestrialNormal`] for the cosine of the true zenith; 0 at night.
  package func globalHorizontal(cosZenith: Double, extraterrestrialNormal: Double) -> Double {
    guard cosZenith > 0 else { return 0 }
    let fh1 = exp(-altitudeMetres / 8000), fh2 = exp(-altitudeMetres / 1250)
    let cg1 = 5.09e-5 * altitudeMetres + 0.868, cg2 = 3.92e-5 * altitudeMetres + 0.0387
    let airMass =
      relativeAirMass(zenithDegrees: acos(min(1, cosZenith)) * 180 / .pi)
      * standardPressure(
        altitudeMetres: altitudeMetres) / 101_325
    return cg1 * extraterrestrialNormal * cosZenith * exp(-cg2 * airMass * (fh1 + fh2 * (linkeTurbidity - 1)))
  }

  /// Beam normal irradiance [same unit as `extraterrestrialNormal`] for the cosine of the true zenith; 0 at night.
  ///
  /// `B = (0.664 + 0.163 / fh1) I0 exp(-0.09 m (TL - 1))`.
  /// - Source: the same paper, equation of the beam.
  package func beamNormal(cosZenith: Double, extraterrestrialNormal: Double) -> Double {
    guard cosZenith > 0 else { return 0 }
    let fh1 = exp(-altitudeMetres / 8000)
    let airMass =
      relativeAirMass(zenithDegrees: acos(min(1, cosZenith)) * 180 / .pi)
      * standardPressure(altitudeMetres: altitudeMetres) / 101_325
    return min(1, 0.664 + 0.163 / fh1) * extraterrestrialNormal * exp(-0.09 * airMass * (linkeTurbidity - 1))
  }
}

/// Relative optical air mass [-] for a zenith angle up to 90 deg; infinite below the horizon.
///
/// `m = 1 / (cos z + 0.50572 (96.07995 - z)^-1.6364)`, z in degrees.
/// - Source: F. Kasten, A. T. Young 1989, "Revised optical air mass tables and approximation formula", Applied Optics 28(22).
package func relativeAirMass(zenithDegrees z: Double) -> Double {
  guard z <= 90 else { return .infinity }
  return 1 / (cos(z * .pi / 180) + 0.50572 * pow(96.07995 - z, -1.6364))
}
