#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Pressure of the standard atmosphere at a height above sea level [Pa].
///
/// `p = 100 ((44331.514 - z) / 11880.516)^(1 / 0.1902632)`; valid from -500 to 11,000 m.
/// - Source: A. Andrews, "A Quick Derivation relating altitude to air pressure", Portland State Aerospace Society, 2004
///   (the formula of pvlib's `alt2pres`).
package func standardPressure(altitudeMetres z: Double) -> Double {
  100 * pow((44331.514 - z) / 11880.516, 1 / 0.1902632)
}
