import Testing
import TulouDocument
import TulouQuantities
import TulouResources

/// Every model of the library refuses what lies outside its validity, in words.
@Suite("Outside of validity") struct ValidityTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var word: String
    var run: @Sendable () throws -> Void
    init(_ name: String, _ word: String, _ run: @escaping @Sendable () throws -> Void) {
      testDescription = name
      self.word = word
      self.run = run
    }
  }

  static let site = Site(latitudeDegrees: 30, longitudeDegrees: 120, utcOffsetHours: 8)
  static let day = Horizon(periods: [.init(start: CivilDate(year: 2027, month: 6, day: 1), steps: 24)], stepHours: 1)
  static let none = Double.nan
  static func light(_ value: Double) -> PhotovoltaicSystem.Light {
    let series = [Double](repeating: value, count: 24)
    return .init(global: series, beam: series, diffuse: series)
  }
  static func power(_ system: PhotovoltaicSystem, _ value: Double = 0.3, air: Double = 20) throws {
    let path = try SunPath(site: site, horizon: day)
    _ = try system.series(
      light(value), path: path, airTemperature: [Double](repeating: air, count: 24),
      windSpeed: [Double](repeating: 1, count: 24))
  }

  static let cases: [Case] = [
    Case("latitude", "latitude") { try Site(latitudeDegrees: 91, longitudeDegrees: 0, utcOffsetHours: 0).validate() },
    Case("longitude", "longitude") {
      try Site(latitudeDegrees: 0, longitudeDegrees: 181, utcOffsetHours: 0).validate()
    },
    Case("clock", "universal time") {
      try Site(latitudeDegrees: 0, longitudeDegrees: 0, utcOffsetHours: 20).validate()
    },
    Case("sun's path", "latitude") {
      _ = try SunPath(site: Site(latitudeDegrees: none, longitudeDegrees: 0, utcOffsetHours: 0), horizon: day)
    },
    Case("light that is no number", "") {
      try power(PhotovoltaicSystem(mounting: .fixed(tilt: 20, azimuth: 180)), none)
    },
    Case("light below zero", "") { try power(PhotovoltaicSystem(mounting: .fixed(tilt: 20, azimuth: 180)), -0.4) },
    Case("tilt", "tilt") { try power(PhotovoltaicSystem(mounting: .fixed(tilt: 120, azimuth: 180))) },
    Case("azimuth", "azimuth") { try power(PhotovoltaicSystem(mounting: .fixed(tilt: 20, azimuth: 500))) },
    Case("air of the modules", "temperature") {
      try power(PhotovoltaicSystem(mounting: .fixed(tilt: 20, azimuth: 180)), air: none)
    },
    Case("split of light", "") {
      let path = try SunPath(site: site, horizon: day)
      _ = try Decomposition.erbs.split(
        global: [Double](repeating: none, count: 24), path: path, pressurePascal: 101_325)
    },
    Case("equation (3)", "derating") { _ = try SimplePhotovoltaics(derating: 1.4).series(irradiance: [0.5]) },
    Case("equation (3), light", "") { _ = try SimplePhotovoltaics(derating: 0.8).series(irradiance: [-1]) },
    Case("monthly sun", "month") {
      _ = try IrradianceSynthesis(site: site, monthlyMeans: [Double](repeating: 12, count: 12)).series(
        over: .year(2027))
    },
    Case("monthly temperature", "") {
      _ = try TemperatureSynthesis(monthlyMeans: [Double](repeating: 99, count: 12)).series(over: .year(2027))
    },
    Case("monthly wind", "") {
      _ = try WindSynthesis(means: [Double](repeating: -1, count: 12)).series(over: .year(2027))
    },
    Case("monthly flow", "") { _ = try FlowSynthesis(monthlyMeans: [1, 2]).series(over: .year(2027)) },
    Case("wind carried from zero", "height") { _ = try WindShear.power(exponent: 0.14).factor(from: 0, to: 80) },
    Case("wind carried below the roughness", "") {
      _ = try WindShear.logarithmic(roughnessMetres: 2).factor(from: 1, to: 80)
    },
    Case("roughness of a ratio", "") { _ = try WindShear.roughness(ratio: 0.8, from: 10, to: 70) },
    Case("air too high", "") { _ = try AirDensity.altitudeRatio(metres: 30_000) },
    Case("power curve that falls in speed", "") { _ = try PowerCurve(speeds: [3, 2], outputs: [0, 1], source: "") },
    Case("power curve above its rating", "") { _ = try PowerCurve(speeds: [3, 12], outputs: [0, 9], source: "") },
    Case("power coefficients above Betz", "") {
      _ = try PowerCoefficientCurve(speeds: [3, 12], coefficients: [0.2, 0.9], rotorMetres: 80)
    },
    Case("Weibull of one speed", "") { _ = try Weibull.fit([4, 4, 4]) },
    Case("turbine in wind that is no number", "") {
      let curve = try PowerCurve(speeds: [3, 12], outputs: [0, 1], source: "")
      _ = try WindTurbine(curve: .power(curve)).series(hubSpeeds: [none])
    },
    Case("flow for a head of zero", "") { _ = try HydroPower.flow(kilowatts: 10, headMetres: 0, efficiency: 0.8) },
    Case("run of river", "flow") { _ = try RunOfRiver(headMetres: 10, efficiency: 0.8).series(flow: [-1]) },
    Case("station", "head") { _ = try HydroStation(grossHeadMetres: 9000, designFlow: 1).series(flow: [1]) },
    Case("flow-duration curve", "") { _ = try FlowDurationCurve(exceedance: [0, 0.5], flows: [3, 4]) },
    Case("tide", "") {
      _ = try TidalCurrent(constituents: [.init(periodHours: -12, amplitude: 1, phase: 0)]).series(over: day)
    },
    Case("heat pump's share", "Carnot") {
      _ = try Performance.carnot(share: 1.2).series(cold: [0], hot: [50], service: .heat)
    },
    Case("waste heat colder than its reference", "reference") {
      _ = try WasteHeat(supply: 15).usableShare(returnTemperature: 10)
    },
    Case("cold of LNG", "") { _ = try LiquefiedGasCold().yield(storeCelsius: 40, coldShare: 0.5) },
    Case("biogas", "") { _ = try Biogas(feed: Biogas.feeds[0], amount: -3) },
  ]

  @Test("is refused in a sentence", arguments: cases)
  func refused(one: Case) {
    do {
      try one.run()
      Issue.record("\(one) was taken")
    } catch let fault as ProjectFault {
      let messages = fault.diagnostics.filter { $0.severity == .error }.map(\.message)
      #expect(!messages.isEmpty && messages.allSatisfy { $0.hasSuffix(".") && $0.count > 15 }, "\(messages)")
      #expect(one.word.isEmpty || messages.contains { $0.lowercased().contains(one.word.lowercased()) }, "\(messages)")
    } catch {
      Issue.record("\(error)")
    }
  }
}
