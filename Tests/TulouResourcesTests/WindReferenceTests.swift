import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities
import TulouResources

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Wind against windpowerlib 0.2.2", .enabled(if: SharedFolder.isPresent)) struct WindReferenceTests {
  struct Example {
    var pressure: [Double] = []
    var roughness: [Double] = []
    var temperature10: [Double] = []
    var wind80: [Double] = []
  }

  func example() throws -> Example {
    var result = Example()
    let text = try SharedFolder.text("data/weather/windpowerlib-example-weather.csv")
    for line in text.split(whereSeparator: \.isNewline).dropFirst(2) {
      let cells = line.split(separator: ",").dropFirst().compactMap { Double($0) }
      try #require(cells.count == 6)
      result.pressure.append(cells[0])
      result.roughness.append(cells[3])
      result.temperature10.append(cells[4] - 273.15)
      result.wind80.append(cells[5])
    }
    return result
  }

  func curve(_ file: String, _ name: String) throws -> (speeds: [Double], values: [Double]) {
    let lines = try SharedFolder.text("data/wind/" + file).split(whereSeparator: \.isNewline)
    let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).dropFirst()
    let line = try #require(lines.first { $0.hasPrefix(name + ",") })
    var speeds: [Double] = [], values: [Double] = []
    for (speed, value) in zip(header, line.split(separator: ",", omittingEmptySubsequences: false).dropFirst()) {
      guard let x = Double(speed), let y = Double(value) else { continue }
      speeds.append(x)
      values.append(y)
    }
    return (speeds, values)
  }

  @Test("log law, power curve, power coefficients, density: hour by hour to half a printed digit")
  func chain() throws {
    let weather = try example()
    let hourly = try SharedFolder.columns("validation/wind-windpowerlib/hourly.csv")
    func compare(_ ours: [Double], _ column: String, yearly: Double) throws {
      let expected = try #require(hourly[column])
      let worst = zip(ours, expected).map { abs($0 - $1) }.max() ?? 99
      #expect(worst < 0.000501 && ours.count == expected.count)
      #expect(relative(total(ours), to: yearly) < 1e-12)
      #expect(Measured.isWithin("windpowerlib.hour", worst))
      #expect(Measured.isWithin("windpowerlib.year", relative(total(ours), to: yearly)))
    }
    let my = try PowerCurve(
      speeds: [0, 3, 5, 10, 15, 25], outputs: [0, 26, 180, 1500, 3000, 3000].map { $0 / 3000 }, source: "test")
    let at105 = try WindShear.logarithmic(speeds: weather.wind80, roughness: weather.roughness, from: 80, to: 105)
    try compare(my.series(hubSpeeds: at105).map { $0 * 3000 }, "my_kw", yearly: 5648270.142743452)

    let big = try curve("oedb-power-curves.csv", "E-126/4200")
    let power = try PowerCurve(speeds: big.speeds, outputs: big.values.map { $0 / 4_200_000 }, source: "oedb")
    let at135 = try WindShear.logarithmic(speeds: weather.wind80, roughness: weather.roughness, from: 80, to: 135)
    try compare(power.series(hubSpeeds: at135).map { $0 * 4200 }, "e126_pc_kw", yearly: 11591901.465953624)

    let air = weather.temperature10.map { AirDensity.temperature($0, from: 10, to: 135) }
    let gas = air.indices.map {
      AirDensity.idealGas(
        pressurePascal: weather.pressure[$0], pressureHeight: 0, hubHeight: 135, hubTemperatureCelsius: air[$0])
    }
    let coefficients = try curve("oedb-power-coefficient-curves.csv", "E-126/4200")
    let rotor = try PowerCoefficientCurve(
      speeds: coefficients.speeds, coefficients: coefficients.values, rotorMetres: 127)
    let machine = WindTurbine(curve: .coefficients(rotor, ratedKilowatts: 4200))
    try compare(
      try machine.series(hubSpeeds: at135, density: gas).map { $0 * 4200 }, "e126_cp_kw", yearly: 11466599.582888227)

    let barometric = air.indices.map {
      AirDensity.barometric(
        pressurePascal: weather.pressure[$0], pressureHeight: 0, hubHeight: 135, hubTemperatureCelsius: air[$0])
    }
    let moved = WindTurbine(curve: .power(power), densityCorrection: .curveSpeeds)
    let corrected = try moved.series(hubSpeeds: at135, density: barometric).map { $0 * 4200 }
    #expect(relative(total(corrected), to: 11609266.867481738) < 1e-12)

    // The library's Hellman exponent follows the roughness: 1 / ln(h / z0).
    let my2 = try PowerCurve(
      speeds: [0, 3, 5, 10, 15, 25], outputs: [0, 39, 270, 2250, 4500, 4500].map { $0 / 6000 }, source: "test")
    let at115 = try weather.wind80.indices.map { t -> Double in
      let exponent = 1 / log(115 / weather.roughness[t])
      return weather.wind80[t] * (try WindShear.power(exponent: exponent).factor(from: 80, to: 115))
    }
    #expect(relative(total(my2.series(hubSpeeds: at115)) * 6000, to: 8732569.00416161) < 1e-12)
  }

  static let masts: [(String, Double, Double)] = [
    ("E-82/2300", 85, 2393471.237899923), ("V112/3000", 84, 3800629.1268344726), ("E-126/4200", 135, 6011121.640105792),
  ]

  @Test("the mast of Dinghai to hub height: yearly energy to 1e-9", arguments: masts)
  func stations(turbine: String, hub: Double, yearly: Double) throws {
    let file = "CHN_Zhejiang.Dinghai.584770_CSWD.epw"
    let weather = try EnergyPlusWeather.read(Array(try SharedFolder.text("data/weather/" + file).utf8), name: file)
    let (speeds, watts) = try curve("oedb-power-curves.csv", turbine)
    let rated = watts.max() ?? 1
    let chain = WindTurbine(
      curve: .power(try PowerCurve(speeds: speeds, outputs: watts.map { $0 / rated }, source: "oedb")))
    let factor = try WindShear.logarithmic(roughnessMetres: 0.1).factor(from: 10, to: hub)
    let series = try chain.series(hubSpeeds: try weather.complete(.windSpeed).map { $0 * factor })
    #expect(relative(total(series) * rated / 1000, to: yearly) < 1e-9)
    #expect(Measured.isWithin("windpowerlib.mast", relative(total(series) * rated / 1000, to: yearly)))
  }

  @Test("losses multiply, a correction without density is refused")
  func losses() throws {
    let kind = try #require(PowerCurve.named("onshore-3400kw"))
    var turbine = WindTurbine(curve: .power(kind.curve), wakeLoss: 0.1, otherLosses: 0.05)
    let full = try turbine.series(hubSpeeds: [16])[0]
    #expect(abs(full - 0.9 * 0.95) < 1e-3)
    // Dense air: in proportion, up to the greatest output of a machine.
    turbine.densityCorrection = .output
    #expect(abs(try turbine.series(hubSpeeds: [16], density: [1.225 * 1.1])[0] - full * 1.1) < 1e-12)
    #expect(abs(try turbine.series(hubSpeeds: [16], density: [1.6])[0] - 1.2 * 0.9 * 0.95) < 1e-3)
    #expect(throws: ProjectFault.self) { try turbine.series(hubSpeeds: [8, 9, 10], density: [1.2, 1.2]) }
    #expect(throws: ProjectFault.self) { try turbine.series(hubSpeeds: [-1], density: [1.2]) }
  }
}
