/// A place on earth, as the resource models need it.
public struct Site: Sendable, Equatable {
  /// Latitude [deg], north positive.
  public var latitudeDegrees: Double
  /// Longitude [deg], east positive.
  public var longitudeDegrees: Double
  /// Altitude above the sea [m].
  public var altitudeMetres: Double
  /// Local standard time minus UTC [h].
  public var utcOffsetHours: Double
  /// A place.
  public init(latitudeDegrees: Double, longitudeDegrees: Double, altitudeMetres: Double, utcOffsetHours: Double) {
    self.latitudeDegrees = latitudeDegrees
    self.longitudeDegrees = longitudeDegrees
    self.altitudeMetres = altitudeMetres
    self.utcOffsetHours = utcOffsetHours
  }
}
