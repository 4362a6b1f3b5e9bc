import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities
import TulouResources

/// Table "Time-stamp and closure test" measured on the public files by others.
@Suite("Quality of weather files", .enabled(if: SharedFolder.isPresent)) struct WeatherQualityTests {
  /// File, closure [W/m2], shift by correlation [h], shift by closure [h], hours of light at night.
  static let rows: [(String, Double, Double, Double, Int)] = [
    ("CHN_Zhejiang.Dinghai.584770_CSWD.epw", 12.8, -0.5, 0.5, 108),
    ("CHN_Fujian.Shanghang.589180_CSWD.epw", 16.4, -0.5, 0.5, 115),
    ("CHN_Hunan.Jishou.576490_CSWD.epw", 31.7, -1.5, -0.5, 406),
    ("CHN_Hebei.Huailai.544050_CSWD.epw", 39.3, -0.5, 0, 127),
    ("CHN_Yunnan.Lijiang.566510_CSWD.epw", 56.5, -0.5, 0, 220),
    ("USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw", 1.6, 0, 0, 154), ("shenzhen-swera-hourly.csv", 0.4, 0, 0, 44),
  ]

  @Test("closure and stamp offset of the seven files", arguments: rows)
  func table(file: String, closure: Double, stamp: Double, best: Double, night: Int) throws {
    let bytes = Array(try SharedFolder.text("data/weather/" + file).utf8)
    let weather: Weather
    if let format = WeatherFormat.recognise(bytes) {
      weather = try format.read(bytes, name: file)
    } else {
      weather = try PlainWeather(
        site: Site(latitudeDegrees: 22.55, longitudeDegrees: 114.1, altitudeMetres: 18, utcOffsetHours: 8),
        columns: [
          .init(header: "ghi_wh_m2", quantity: .globalHorizontal, factor: 0.001),
          .init(header: "dni_wh_m2", quantity: .beamNormal, factor: 0.001),
          .init(header: "dhi_wh_m2", quantity: .diffuseHorizontal, factor: 0.001),
        ], time: .steps(year: 2021, hours: 1)
      ).read(bytes, name: file)
    }
    let quality = try WeatherQuality(weather)
    #expect(abs((quality.closureWatts ?? 0) - closure) < 0.15)
    // The table says "-1.0 or less" for Jishou; ours looks at -1.5 too.
    #expect(quality.stampOffsetHours == stamp)
    #expect(quality.closureOffsetHours == best)
    let atNight = quality.findings.first { $0.kind == .sunAtNight }?.count ?? 0
    #expect(abs(atNight - night) <= 2)
    let says = quality.diagnostics(source: file).map(\.message).joined()
    #expect(says.contains("do not close") == (closure > 10))
    if closure > 10 {
      let repaired = try weather.repaired([.split(.erbs)])
      #expect((try WeatherQuality(repaired).closureWatts ?? 99) < 1)
      #expect(repaired.notes.last?.message.contains("recomputed") == true)
    }
  }
}
