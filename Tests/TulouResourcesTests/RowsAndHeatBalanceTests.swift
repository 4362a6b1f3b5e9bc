import TestSupport
import Testing
import TulouQuantities
import TulouResources

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// pvlib 0.16.1, `bifacial.infinite_sheds.get_irradiance` (albedo 0.25, extraterrestrial 1360 W/m2) and `temperature.fuentes`:
/// numbers of our own inputs.
@Suite("Rows of modules and their heat balance") struct RowsAndHeatBalanceTests {
  struct Row {
    var tilt, azimuth, cover, height, zenith, sun, global, diffuse, beam: Double
    var circumsolar: Bool
    var front, rear: Double
    init(
      _ tilt: Double, _ azimuth: Double, _ cover: Double, _ height: Double, _ zenith: Double, _ sun: Double,
      _ global: Double, _ diffuse: Double, _ beam: Double, _ circumsolar: Bool, _ front: Double, _ rear: Double
    ) {
      (self.tilt, self.azimuth, self.cover, self.height) = (tilt, azimuth, cover, height)
      (self.zenith, self.sun) = (zenith, sun)
      (self.global, self.diffuse, self.beam) = (global, diffuse, beam)
      (self.circumsolar, self.front, self.rear) = (circumsolar, front, rear)
    }
  }
  /// Tilt, azimuth [deg], cover, height [distances of rows], zenith and azimuth of the sun [deg], global, diffuse, beam
  /// [W/m2], sky of Hay and Davies, front, rear [W/m2].
  static let published: [Row] = [
    Row(25, 180, 0.45, 0.25, 30, 170, 800, 150, 750.6, false, 886.5897, 96.9543),
    Row(25, 180, 0.45, 0.25, 30, 170, 800, 150, 750.6, true, 905.2860, 92.5910),
    Row(25, 180, 0.45, 0.25, 70, 110, 300, 120, 526.3, false, 346.1922, 36.7963),
    Row(25, 180, 0.45, 0.25, 70, 110, 300, 120, 526.3, true, 363.9364, 33.5951),
    Row(25, 180, 0.45, 0.25, 82, 250, 120, 80, 287.4, false, 151.4055, 14.3110),
    Row(25, 180, 0.45, 0.25, 82, 250, 120, 80, 287.4, true, 168.5000, 12.0411),
    Row(25, 180, 0.45, 0.25, 50, 300, 500, 450, 77.8, false, 449.1259, 81.9188),
    Row(25, 180, 0.45, 0.25, 50, 300, 500, 450, 77.8, true, 442.3173, 81.8731),
    Row(25, 180, 0.45, 0.25, 60, 0, 420, 100, 640, false, 150.6408, 84.2185),
    Row(25, 180, 0.45, 0.25, 60, 0, 420, 100, 640, true, 115.6807, 86.4732),
    Row(60, 200, 0.35, 0.4, 30, 170, 800, 150, 750.6, false, 733.8660, 120.4612),
    Row(60, 200, 0.35, 0.4, 30, 170, 800, 150, 750.6, true, 755.3021, 103.9970),
    Row(60, 200, 0.35, 0.4, 70, 110, 300, 120, 526.3, false, 182.0692, 62.4402),
    Row(60, 200, 0.35, 0.4, 70, 110, 300, 120, 526.3, true, 174.3283, 54.3888),
    Row(60, 200, 0.35, 0.4, 82, 250, 120, 80, 287.4, false, 170.8334, 24.9730),
    Row(60, 200, 0.35, 0.4, 82, 250, 120, 80, 287.4, true, 207.1851, 19.6956),
    Row(60, 200, 0.35, 0.4, 50, 300, 500, 450, 77.8, false, 336.3125, 147.9398),
    Row(60, 200, 0.35, 0.4, 50, 300, 500, 450, 77.8, true, 327.4864, 143.7481),
    Row(60, 200, 0.35, 0.4, 60, 0, 420, 100, 640, false, 81.3225, 358.9629),
    Row(60, 200, 0.35, 0.4, 60, 0, 420, 100, 640, true, 49.6199, 392.4710),
    Row(0, 180, 0.4, 0.3, 30, 170, 800, 150, 750.6, false, 800.0387, 119.9260),
    Row(0, 180, 0.4, 0.3, 30, 170, 800, 150, 750.6, true, 800.0387, 119.9536),
    Row(0, 180, 0.4, 0.3, 70, 110, 300, 120, 526.3, false, 300.0052, 44.9510),
    Row(0, 180, 0.4, 0.3, 70, 110, 300, 120, 526.3, true, 300.0052, 44.9665),
    Row(0, 180, 0.4, 0.3, 82, 250, 120, 80, 287.4, false, 119.9983, 17.9697),
    Row(0, 180, 0.4, 0.3, 82, 250, 120, 80, 287.4, true, 119.9983, 17.9754),
    Row(0, 180, 0.4, 0.3, 50, 300, 500, 450, 77.8, false, 500.0089, 74.8349),
    Row(0, 180, 0.4, 0.3, 50, 300, 500, 450, 77.8, true, 500.0089, 74.8435),
    Row(0, 180, 0.4, 0.3, 60, 0, 420, 100, 640, false, 420.0000, 62.9540),
    Row(0, 180, 0.4, 0.3, 60, 0, 420, 100, 640, true, 420.0000, 62.9697),
    Row(10, 90, 0.6, 0.333333, 30, 170, 800, 150, 750.6, false, 799.0618, 79.2991),
    Row(10, 90, 0.6, 0.333333, 30, 170, 800, 150, 750.6, true, 800.7742, 78.7118),
    Row(10, 90, 0.6, 0.333333, 70, 110, 300, 120, 526.3, false, 375.8354, 18.7735),
    Row(10, 90, 0.6, 0.333333, 70, 110, 300, 120, 526.3, true, 396.7935, 15.4989),
    Row(10, 90, 0.6, 0.333333, 82, 250, 120, 80, 287.4, false, 78.5973, 24.2151),
    Row(10, 90, 0.6, 0.333333, 82, 250, 120, 80, 287.4, true, 62.0129, 29.1300),
    Row(10, 90, 0.6, 0.333333, 50, 300, 500, 450, 77.8, false, 482.2027, 53.5364),
    Row(10, 90, 0.6, 0.333333, 50, 300, 500, 450, 77.8, true, 477.6768, 54.0987),
    Row(10, 90, 0.6, 0.333333, 60, 0, 420, 100, 640, false, 413.4803, 42.6027),
    Row(10, 90, 0.6, 0.333333, 60, 0, 420, 100, 640, true, 413.6350, 42.3894),
  ]

  @Test("light on front and rear of rows: pvlib's infinite sheds within 0.1 % of the front and 0.1 W/m2")
  func sheds() {
    func direction(_ zenith: Double, _ azimuth: Double) -> (Double, Double, Double) {
      let z = zenith * .pi / 180, a = azimuth * .pi / 180
      return (sin(z) * sin(a), sin(z) * cos(a), cos(z))
    }
    for row in Self.published {
      let rows = RowField(cover: row.cover, height: row.height, bifaciality: 0.7, rearLosses: 0.02)
      let table = RowTable(rows, mounting: .fixed(tilt: row.tilt, azimuth: row.azimuth))
      let found = table.light(
        global: row.global, beam: row.beam, diffuse: row.diffuse, circumsolar: row.circumsolar ? row.beam / 1360 : 0,
        sun: direction(row.zenith, row.sun), normal: direction(row.tilt, row.azimuth),
        sinTilt: sin(row.tilt * .pi / 180), albedo: 0.25, incidence: .none)
      #expect(abs(found.front - row.front) < 0.001 * row.front + 0.1, "\(found.front), \(row.front)")
      #expect(abs(found.rear - row.rear) < 0.001 * row.front + 0.1, "\(found.rear), \(row.rear)")
      #expect(Measured.isWithin("pvlib.sheds", max(abs(found.front - row.front), abs(found.rear - row.rear))))
    }
  }

  @Test("rows far apart are a single plane, and a rear side only adds")
  func limits() throws {
    let site = Site(latitudeDegrees: 35, longitudeDegrees: 110, altitudeMetres: 0, utcOffsetHours: 8)
    let path = try SunPath(site: site, horizon: .year(2027).prefix(24 * 30))
    let global = path.up.map { max(0, $0) * 0.8 }
    let light = try PhotovoltaicSystem.Light(global: global, path: path)
    func yearly(_ rows: RowField?) throws -> Double {
      var system = PhotovoltaicSystem(mounting: .fixed(tilt: 30, azimuth: 180))
      system.rows = rows
      return try system.planeIrradiance(light, path: path).reduce(0, +)
    }
    let alone = try yearly(nil)
    #expect(abs(try yearly(RowField(cover: 0.01, height: 0.1)) / alone - 1) < 0.01)
    let dense = try yearly(RowField(cover: 0.8, height: 0.5))
    #expect(dense < alone * 0.97)
    let both = try yearly(RowField(cover: 0.4, height: 0.5, bifaciality: 0.7))
    let one = try yearly(RowField(cover: 0.4, height: 0.5))
    #expect(both > one * 1.03 && both < one * 1.3)
    #expect(try yearly(RowField(cover: 0.4, height: 0.5, bifaciality: 0.7, rearLosses: 0.5)) < both)
  }

  static let sun: [Double] = [
    0, 0, 0, 0, 0, 40, 150, 330, 520, 690, 810, 870, 880, 830, 700, 540, 350, 170, 50, 0, 0, 0, 0, 0,
  ]
  static let wind: [Double] = [1, 1, 0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 5, 4, 3, 2, 2, 1, 0.5, 0, 1, 1]
  static let air: [Double] = [
    9.343146, 8.071797, 7.272593, 7.0, 7.272593, 8.071797, 9.343146, 11.0, 12.929448, 15.0, 17.070552, 19.0, 20.656854,
    21.928203, 22.727407, 23.0, 22.727407, 21.928203, 20.656854, 19.0, 17.070552, 15.0, 12.929448, 11.0,
  ]
  static let rack: [Double] = [
    6.68935, 5.370675, 2.876238, 2.56188, 4.546837, 7.048166, 11.586641, 17.693624, 24.621726, 29.638957, 34.553817,
    35.955242, 37.904986, 36.547452, 36.466042, 34.715529, 30.889599, 25.935298, 20.785797, 16.93128, 14.181765,
    11.008262, 10.371456, 8.382877,
  ]
  static let roof: [Double] = [
    6.23716, 4.882739, 2.175764, 1.829654, 4.046128, 6.825422, 11.890412, 18.755182, 26.533749, 32.080827, 37.489541,
    38.88684, 40.905077, 39.129343, 38.924596, 36.828423, 32.430963, 26.784582, 20.907865, 16.617587, 13.667646,
    10.367416, 9.906415, 7.910821,
  ]

  @Test("the heat balance of a day on a rack and on a roof: pvlib's Fuentes to 1e-5 K")
  func fuentes() {
    for (model, expected) in [(CellTemperature.fuentesRack, Self.rack), (.fuentesRoof, Self.roof)] {
      let found = model.series(irradiance: Self.sun.map { $0 / 1000 }, air: Self.air, wind: Self.wind, stepHours: 1)
      for (a, b) in zip(found, expected) {
        #expect(abs(a - b) < 1e-5, "\(a), \(b)")
        #expect(Measured.isWithin("pvlib.fuentes", abs(a - b)))
      }
    }
  }
}
