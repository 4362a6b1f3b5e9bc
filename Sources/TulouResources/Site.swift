public import TulouDocument

/// A place on the earth and its clock.
public struct Site: Sendable, Equatable, Hashable {
  /// Latitude [deg], north positive, -90 ... 90.
  public var latitudeDegrees: Double
  /// Longitude [deg], east positive, -180 ... 180.
  public var longitudeDegrees: Double
  /// Height above sea level [m], -500 ... 9000.
  public var altitudeMetres: Double
  /// Local standard time minus universal time [h], -12 ... 14; no daylight saving.
  public var utcOffsetHours: Double

  /// A site; the values are checked where they are used (`validate`).
  public init(
    latitudeDegrees: Double, longitudeDegrees: Double, altitudeMetres: Double = 0, utcOffsetHours: Double
  ) {
    self.latitudeDegrees = latitudeDegrees
    self.longitudeDegrees = longitudeDegrees
    self.altitudeMetres = altitudeMetres
    self.utcOffsetHours = utcOffsetHours
  }

  /// Throws all that is wrong with the position.
  public func validate() throws(ProjectFault) {
    var found: [Diagnostic] = []
    check(latitudeDegrees, in: -90...90, "latitude", "deg", &found)
    check(longitudeDegrees, in: -180...180, "longitude", "deg", &found)
    check(altitudeMetres, in: -500...9000, "altitude", "m", &found)
    check(utcOffsetHours, in: -12...14, "offset of local standard time from universal time", "h", &found)
    if !found.isEmpty { throw ProjectFault(found) }
  }

  /// Pressure of the standard atmosphere at the site's height [Pa].
  ///
  /// `p = 100 ((44331.514 - z) / 11880.516)^(1 / 0.1902632)`.
  /// - Source: A. Andrews, "Portland State Aerospace Society: A Quick Derivation relating altitude to air pressure", 2004.
  public var standardPressurePascal: Double { standardPressure(altitudeMetres: altitudeMetres) }
}

/// Adds a finding where the value is no number or lies outside the range.
func check(
  _ value: Double, in range: ClosedRange<Double>, _ name: String, _ unit: String, _ found: inout [Diagnostic]
) {
  guard !(value.isFinite && range.contains(value)) else { return }
  let u = unit.isEmpty ? "" : " \(unit)"
  found.append(
    Diagnostic(
      .error, "The \(name) is \(value)\(u), but must lie between \(range.lowerBound) and \(range.upperBound)\(u)."))
}

/// Adds a finding unless there are twelve numbers within the range.
func check(
  monthly values: [Double], in range: ClosedRange<Double>, _ name: String, _ unit: String,
  _ found: inout [Diagnostic]
) {
  if values.count != 12 {
    found.append(Diagnostic(.error, "There are \(values.count) monthly values of \(name), but a year has 12."))
  }
  for (m, value) in values.enumerated() where !(value.isFinite && range.contains(value)) {
    found.append(
      Diagnostic(
        .error,
        "The \(name) of month \(m + 1) is \(value) \(unit), but must lie between \(range.lowerBound) and \(range.upperBound) \(unit)."
      ))
  }
}
