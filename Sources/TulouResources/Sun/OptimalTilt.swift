public import TulouDocument

extension PhotovoltaicSystem {
  /// The fixed tilt and azimuth with the most irradiance over the steps.
  public struct Orientation: Sendable, Equatable {
    /// Tilt [deg].
    public var tilt: Double
    /// Azimuth from north over east [deg].
    public var azimuth: Double
    /// Irradiation on that plane over the horizon [kWh/m2].
    public var irradiation: Double
    /// Irradiation on the horizontal [kWh/m2].
    public var horizontal: Double
  }

  /// Finds the best fixed orientation to half a degree, by turns in tilt and azimuth from the equator's side; the sum over
  /// the year has one maximum in each.
  ///
  /// Complexity: about 60 passes over the steps.
  public func bestOrientation(_ light: Light, path: SunPath, stepHours: Double = 1) throws(ProjectFault) -> Orientation
  {
    func sum(_ tilt: Double, _ azimuth: Double) throws(ProjectFault) -> Double {
      var system = self
      system.mounting = .fixed(tilt: tilt, azimuth: turned(azimuth))
      return try system.planeIrradiance(light, path: path).reduce(0, +) * stepHours
    }
    let north = path.site.latitudeDegrees >= 0
    var tilt = min(60, abs(path.site.latitudeDegrees).rounded())
    var azimuth = north ? 180.0 : 0.0
    var best = try sum(tilt, azimuth)
    var step = 16.0
    while step >= 0.5 {
      var moved = false
      for (t, a) in [(tilt + step, azimuth), (tilt - step, azimuth), (tilt, azimuth + step), (tilt, azimuth - step)]
      where (0...90).contains(t) {
        let value = try sum(t, a)
        if value > best {
          (best, tilt, azimuth, moved) = (value, t, a, true)
          break
        }
      }
      if !moved { step /= 2 }
    }
    return Orientation(
      tilt: tilt, azimuth: turned(azimuth), irradiation: best, horizontal: try sum(0, azimuth))
  }
}
