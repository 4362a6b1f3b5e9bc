import TestSupport
import Testing
import TulouFiles
import TulouQuantities
import TulouResources

/// A station of the reference: pvlib 0.16.1 run on its weather file.
struct ReferenceStation: Sendable, CustomTestStringConvertible {
  var name: String
  var file: String
  var tilt: Double
  var site: Site
  var hourly: Bool
  var testDescription: String { name }

  init(_ name: String, _ file: String, _ place: (Double, Double, Double, Double), tilt: Double, hourly: Bool) {
    self.name = name
    self.file = file
    self.tilt = tilt
    self.hourly = hourly
    site = Site(
      latitudeDegrees: place.0, longitudeDegrees: place.1, altitudeMetres: place.2, utcOffsetHours: place.3)
  }

  static let all = [
    ReferenceStation(
      "chicago", "USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw", (41.98, -87.92, 201, -6), tilt: 42, hourly: true),
    ReferenceStation("huailai", "CHN_Hebei.Huailai.544050_CSWD.epw", (40.4, 115.5, 536, 8), tilt: 40, hourly: false),
    ReferenceStation("jishou", "CHN_Hunan.Jishou.576490_CSWD.epw", (28.32, 109.73, 208.4, 8), tilt: 28, hourly: false),
    ReferenceStation(
      "lijiang", "CHN_Yunnan.Lijiang.566510_CSWD.epw", (26.87, 100.22, 2392.4, 8), tilt: 27, hourly: true),
    ReferenceStation(
      "shanghang", "CHN_Fujian.Shanghang.589180_CSWD.epw", (25.05, 116.42, 198, 8), tilt: 25, hourly: false),
    ReferenceStation("shenzhen", "shenzhen-swera-hourly.csv", (22.55, 114.1, 18, 8), tilt: 23, hourly: true),
    ReferenceStation(
      "zhoushan-dinghai", "CHN_Zhejiang.Dinghai.584770_CSWD.epw", (30.03, 122.1, 35.7, 8), tilt: 30, hourly: true),
  ]

  /// Global, beam, diffuse [kW/m2], temperature, wind.
  func weather() throws -> (light: PhotovoltaicSystem.Light, air: [Double], wind: [Double]) {
    let text = try SharedFolder.text("data/weather/" + file)
    if file.hasSuffix(".epw") {
      let weather = try EnergyPlusWeather.read(Array(text.utf8), name: file)
      #expect(weather.site.utcOffsetHours == site.utcOffsetHours)
      let light = PhotovoltaicSystem.Light(
        global: try weather.complete(.globalHorizontal), beam: try weather.complete(.beamNormal),
        diffuse: try weather.complete(.diffuseHorizontal))
      return (light, try weather.complete(.airTemperature), try weather.complete(.windSpeed))
    }
    let columns = NumberTable.columns(of: text)
    func column(_ name: String) -> [Double] { columns[name] ?? [] }
    let light = PhotovoltaicSystem.Light(
      global: column("ghi_wh_m2").map { $0 / 1000 }, beam: column("dni_wh_m2").map { $0 / 1000 },
      diffuse: column("dhi_wh_m2").map { $0 / 1000 })
    return (light, column("temp_air_c"), column("wind_speed_10m_m_s"))
  }
}

@Suite("Photovoltaics against pvlib", .enabled(if: SharedFolder.isPresent)) struct PhotovoltaicReferenceTests {
  /// Row of the page of validation by column of the reference.
  static let measured = [
    "poa_iso": "pvlib.plane", "poa_hd": "pvlib.plane", "poa_perez": "pvlib.plane", "poa_tracker_hd": "pvlib.plane",
    "erbs_dni": "pvlib.split", "erbs_dhi": "pvlib.split", "disc_dni": "pvlib.split", "tcell_faiman": "pvlib.cell",
    "tcell_sapm": "pvlib.cell", "pdc_w_per_kw": "pvlib.power", "pac_w_per_kw": "pvlib.power",
  ]

  /// All columns of the reference in its units, by name.
  func computed(_ station: ReferenceStation) throws -> (path: SunPath, columns: [String: [Double]]) {
    let (light, air, wind) = try station.weather()
    let path = try SunPath(site: station.site, horizon: .year(2021))
    var system = PhotovoltaicSystem(mounting: .fixed(tilt: station.tilt, azimuth: 180))
    let chain = try system.series(light, path: path, airTemperature: air, windSpeed: wind)
    system.temperature = .faiman(u0: 25, u1: 6.84)
    let faiman = try system.series(light, path: path, airTemperature: air, windSpeed: wind)
    system.transposition = .isotropic
    let isotropic = try system.planeIrradiance(light, path: path)
    system.transposition = .perez
    let perez = try system.planeIrradiance(light, path: path)
    system.transposition = .hayDavies
    let tracker = SingleAxisTracker()
    system.mounting = .singleAxis(tracker)
    let tracked = try system.planeIrradiance(light, path: path)
    let erbs = try Decomposition.erbs.split(global: light.global, path: path)
    let disc = try Decomposition.disc.split(
      global: light.global, path: path, pressurePascal: station.site.standardPressurePascal)
    func watts(_ series: [Double]) -> [Double] { series.map { $0 * 1000 } }
    let columns: [String: [Double]] = [
      "apparent_zenith_deg": path.apparentZenith, "azimuth_deg": path.up.indices.map(path.azimuth),
      "dni_extra": watts(path.extraterrestrialNormal), "poa_iso": watts(isotropic),
      "poa_hd": watts(chain.planeIrradiance), "poa_perez": watts(perez), "erbs_dni": watts(erbs.beamNormal),
      "erbs_dhi": watts(erbs.diffuseHorizontal), "disc_dni": watts(disc.beamNormal),
      "tcell_faiman": faiman.cellTemperature, "tcell_sapm": chain.cellTemperature,
      "pdc_w_per_kw": watts(chain.directPower), "pac_w_per_kw": watts(chain.power),
      "tracker_theta_deg": path.up.indices.map {
        tracker.angle(east: path.east[$0], north: path.north[$0], up: path.up[$0])
      }, "poa_tracker_hd": watts(tracked),
    ]
    return (path, columns)
  }

  @Test("hour by hour: half a printed digit and 1e-6", arguments: ReferenceStation.all.filter(\.hourly))
  func hourly(station: ReferenceStation) throws {
    let reference = try SharedFolder.columns("validation/pv-hourly/\(station.name)-hourly.csv")
    let (path, columns) = try computed(station)
    let hours = try #require(reference["hour"]).map { Int($0) - 1 }
    #expect(hours.count > 4000)
    for (name, series) in columns {
      let expected = try #require(reference[name])
      var worst = 0.0, largest = 0.0
      for (row, t) in hours.enumerated() {
        let turn = name == "azimuth_deg" ? abs(series[t] - expected[row]).truncatingRemainder(dividingBy: 360) : 0
        let difference = name == "azimuth_deg" ? min(turn, 360 - turn) : abs(series[t] - expected[row])
        // The azimuth loses its digits near the zenith; there the direction itself is compared below.
        if name == "azimuth_deg" && expected[row].isFinite && path.up[t] > 0.9999 { continue }
        largest = max(largest, difference)
        worst = max(worst, difference - 0.0005 - 1e-6 * abs(expected[row]))
      }
      #expect(worst < 1e-6, "\(name): \(worst)")
      if let id = Self.measured[name] { #expect(Measured.isWithin(id, largest), "\(name): \(largest)") }
    }
    // Great circle between our sun and the printed one: 0.001 degrees.
    let zenith = try #require(reference["apparent_zenith_deg"]), azimuth = try #require(reference["azimuth_deg"])
    var largest = 0.0
    for (row, t) in hours.enumerated() {
      largest = max(largest, separation(path, t, zenith[row], azimuth[row]))
    }
    #expect(largest < 0.001)
    #expect(Measured.isWithin("pvlib.sun", largest), "\(largest)")
  }

  @Test("by month, all stations: half a printed digit", arguments: ReferenceStation.all)
  func monthly(station: ReferenceStation) throws {
    let reference = try SharedFolder.columns("validation/pv-hourly/\(station.name)-monthly.csv")
    let (_, columns) = try computed(station)
    let months = Horizon.monthRanges(year: 2021, stepHours: 1)
    let names = [
      "poa_iso", "poa_hd", "poa_perez", "poa_tracker_hd", "erbs_dni", "erbs_dhi", "disc_dni", "pdc_w_per_kw",
      "pac_w_per_kw",
    ]
    for name in names {
      let expected = try #require(reference[name]), series = try #require(columns[name])
      for (m, range) in months.enumerated() {
        let sum = series[range].reduce(0, +) / 1000
        #expect(Measured.isWithin("pvlib.month", abs(sum - expected[m])), "\(name), month \(m + 1): \(sum)")
        #expect(abs(sum - expected[m]) < 0.00001 + 1e-6 * expected[m], "\(name), month \(m + 1): \(sum)")
      }
    }
  }

  /// Angle between the path's sun and one given by zenith and azimuth [deg].
  private func separation(_ path: SunPath, _ t: Int, _ zenith: Double, _ azimuth: Double) -> Double {
    let other = direction(zenithDegrees: zenith, azimuthDegrees: azimuth)
    let x = other.0 - path.east[t], y = other.1 - path.north[t], z = other.2 - path.up[t]
    return (x * x + y * y + z * z).squareRoot() * 180 / .pi
  }
}
