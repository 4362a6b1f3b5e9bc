#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Site {
  /// Distance over the ground to another place [km], on a sphere of 6371 km.
  ///
  /// - Source: haversine formula, R. W. Sinnott 1984, "Virtues of the Haversine", Sky and Telescope 68(2), 159.
  public func kilometres(to other: Site) -> Double {
    let a = radians(latitudeDegrees), b = radians(other.latitudeDegrees)
    let north = sin((b - a) / 2), east = sin(radians(other.longitudeDegrees - longitudeDegrees) / 2)
    return 2 * 6371 * asin(min(1, (north * north + cos(a) * cos(b) * east * east).squareRoot()))
  }
}
