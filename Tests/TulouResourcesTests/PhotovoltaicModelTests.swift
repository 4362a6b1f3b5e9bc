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

/// Values by pvlib 0.16.1, made by Scripts/reference/photovoltaics.py.
@Suite("Models of modules and light against pvlib") struct PhotovoltaicModelTests {
  static let angles = [0.0, 20, 45, 60, 75, 85, 89]

  @Test("equation (3) with a coefficient: warm cells give less, by the degrees above 25") func coefficient() throws {
    // At 0.8 kW/m2 cells are 25 K above the air: 55 degC, 30 K above 25 degC.
    let model = SimplePhotovoltaics(derating: 0.9, temperatureCoefficient: -0.004, nominalCellCelsius: 45)
    let found = try model.series(irradiance: [0.8, 0.8, 0], airTemperature: [30, 0, 30])
    for (value, expected) in zip(found, [0.8 * 0.9 * (1 - 0.12), 0.8 * 0.9, 0]) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test("incidence-angle modifiers")
  func incidence() {
    let table: [(IncidenceModifier, [Double])] = [
      (
        .physical(),
        [
          1.0, 0.9995026254654226, 0.9879778814862917, 0.9460029142226124, 0.7740606749083977, 0.40087915031774435,
          0.09922519330755941,
        ]
      ),
      (
        .ashrae(b: 0.05),
        [1.0, 0.9967911113762044, 0.9792893218813452, 0.95, 0.8568148347421863, 0.476314337716507, 0.0]
      ),
      (
        .martinRuiz(r: 0.16),
        [
          1.0, 0.9991145494024509, 0.9898696522816436, 0.9579122720843811, 0.8031800512869196, 0.42081016041467934,
          0.10353898976262323,
        ]
      ),
    ]
    for (model, values) in table {
      for (angle, expected) in zip(Self.angles, values) {
        let cosine = cos(angle * Double.pi / 180)
        #expect(abs(model.beam(cosIncidence: cosine) - expected) < 1e-12)
      }
      #expect(model.beam(cosIncidence: -0.2) == 0)
    }
  }

  @Test("cell temperature of PVsyst")
  func pvsyst() {
    let fixed = CellTemperature.pvsyst(uc: 29, uv: 0, efficiency: 0.1).celsius(irradiance: 0.8, air: 20, wind: 3)
    #expect(abs(fixed - 42.3448275862069) < 1e-12)
    let windy = CellTemperature.pvsyst(uc: 20, uv: 6, efficiency: 0.18).celsius(irradiance: 0.8, air: 20, wind: 3)
    #expect(abs(windy - 35.53684210526316) < 1e-12)
  }

  @Test("single diode: largest power to 1e-11")
  func singleDiode() throws {
    // Trina Solar TSM-160PEG40.07 of the CEC module library.
    let module = try SingleDiode(
      currentCoefficient: 0.002557, idealityVoltage: 1.059565, lightCurrent: 8.591791, saturationCurrent: 5.252742e-10,
      shuntResistance: 165.227921, seriesResistance: 0.227059, adjustPercent: 4.99287, ratedWatts: 160)
    let table: [(Double, Double, Double, Double)] = [
      (1, 25, 160.00005314245234, 20.0000056010111), (1, 60, 132.4687203143093, 16.68303778910013),
      (0.8, 45, 116.15294598531736, 18.175291668161027), (0.4, 30, 62.80963297861437, 19.558747964043146),
      (0.2, 10, 34.12540529163777, 21.215204090220297), (0.05, 15, 7.872694740123725, 19.601158765459054),
      (0.005, 5, 0.7438688777003232, 18.573045777931217), (1.1, 75, 132.1720207924519, 15.244413258100568),
    ]
    for (irradiance, celsius, watts, volts) in table {
      let found = module.maximumPower(irradiance: irradiance, celsius: celsius)
      #expect(abs(found.watts / watts - 1) < 1e-11)
      #expect(abs(found.volts / volts - 1) < 1e-6)
    }
    #expect(module.maximumPower(irradiance: 0, celsius: 20).watts == 0)
  }

  static let global: [Double] = [
    0, 0, 0, 0, 0, 63, 269, 468, 481, 267, 677, 929, 857, 499, 481, 655, 553, 289, 73, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    111,
    262, 248, 381, 721, 861, 681, 359, 727, 830, 631, 289, 237, 193, 27, 0, 0, 0, 0, 0, 0, 0, 0, 0, 79, 118, 384, 636,
    676,
    432, 589, 896, 889, 584, 294, 461, 390, 180, 14, 0, 0, 0, 0,
  ]
  static let dirint: [Double] = [
    183.215647, 633.012548, 733.741284, 304.156805, 37.5423, 287.623086, 686.890002, 488.398106, 89.747698, 118.055189,
    551.738311, 741.15757, 367.008318, 12.642299,
  ]
  static let dirintWithDew: [Double] = [
    144.350729, 617.29442, 638.886451, 298.119206, 19.025365, 280.506345, 682.89889, 397.587235, 101.852657, 141.718255,
    520.64299, 710.024071, 344.385994, 10.404957,
  ]

  @Test("DIRINT, with and without dew point")
  func dirintModel() throws {
    let site = Site(latitudeDegrees: 40, longitudeDegrees: 116, altitudeMetres: 50, utcOffsetHours: 8)
    let horizon = Horizon(periods: [.init(start: CivilDate(year: 2021, month: 6, day: 10), steps: 72)], stepHours: 1)
    let path = try SunPath(site: site, horizon: horizon)
    let global = Self.global.map { $0 / 1000 }
    let cases: [([Double]?, [Double])] = [
      (nil, Self.dirint), ([Double](repeating: 12, count: 72), Self.dirintWithDew),
    ]
    for (dew, expected) in cases {
      let split = try Decomposition.dirint.split(
        global: global, path: path, pressurePascal: site.standardPressurePascal, dewPointCelsius: dew)
      for (i, value) in expected.enumerated() {
        let ours = split.beamNormal[5 + i] * 1000
        #expect(abs(ours - value) < 1e-6 * value + 1e-5, "hour \(5 + i): \(ours), \(value)")
      }
    }
  }

  @Test("tilt: the best plane of a clear southern and northern site faces the equator")
  func bestTilt() throws {
    for latitude in [35.0, -35] {
      let site = Site(latitudeDegrees: latitude, longitudeDegrees: 0, utcOffsetHours: 0)
      let path = try SunPath(site: site, horizon: .year(2021))
      let sky = ClearSky(altitudeMetres: 0, linkeTurbidity: 3)
      let global = path.up.indices.map {
        sky.globalHorizontal(cosZenith: path.up[$0], extraterrestrialNormal: path.extraterrestrialNormal[$0])
      }
      let light = try PhotovoltaicSystem.Light(global: global, path: path)
      let best = try PhotovoltaicSystem(mounting: .twoAxis).bestOrientation(light, path: path)
      #expect((25...38).contains(best.tilt))
      let north = best.azimuth < 5 || best.azimuth > 355
      #expect(latitude > 0 ? abs(best.azimuth - 180) < 5 : north)
      #expect(best.irradiation > best.horizontal)
    }
  }

  @Test("a skyline takes beam, two axes beat one, one beats none; wrong input is refused in words")
  func mountings() throws {
    let site = Site(latitudeDegrees: 30, longitudeDegrees: 120, utcOffsetHours: 8)
    let horizon = Horizon.year(2021).prefix(24 * 60)
    let path = try SunPath(site: site, horizon: horizon)
    let light = PhotovoltaicSystem.Light(
      global: path.up.map { max(0, $0) * 0.8 }, beam: path.up.map { $0 > 0.1 ? 0.7 : 0 },
      diffuse: path.up.map { max(0, $0) * 0.15 })
    func yearly(_ mounting: Mounting, skyline: [Double] = []) throws -> Double {
      try PhotovoltaicSystem(mounting: mounting, skyline: skyline).planeIrradiance(light, path: path).reduce(0, +)
    }
    let fixed = try yearly(.fixed(tilt: 30, azimuth: 180))
    let one = try yearly(.singleAxis(SingleAxisTracker(axisTilt: 30, backtracking: .off)))
    let two = try yearly(.twoAxis)
    #expect(fixed < one && one < two)
    #expect(try yearly(.fixed(tilt: 30, azimuth: 180), skyline: [10, 10, 30, 10]) < fixed)
    do {
      _ = try PhotovoltaicSystem(mounting: .fixed(tilt: 95, azimuth: 180), albedo: 2).planeIrradiance(
        PhotovoltaicSystem.Light(global: [], beam: [], diffuse: []), path: path)
      Issue.record("accepted")
    } catch { #expect(error.diagnostics.count == 3) }
  }
}

@Suite("Second opinions on photovoltaics", .enabled(if: SharedFolder.isPresent)) struct SecondOpinionTests {
  /// SAM's PVWatts 8 counts reflection (ours: Fresnel on the beam), its own module coefficient and sun timing: 3 %.
  static let sam: [(String, Double)] = [
    ("chicago", 1223.1215717662756), ("huailai", 1285.0776831700655), ("jishou", 678.7543155181199),
    ("lijiang", 1311.2713347230651), ("shanghang", 894.8725805440988), ("zhoushan-dinghai", 1038.5811627885264),
  ]

  @Test("SAM PVWatts 8, fixed tilt, with reflection: within 3 % on the year", arguments: sam)
  func samYear(name: String, yearly: Double) throws {
    let station = try #require(ReferenceStation.all.first { $0.name == name })
    let (light, air, wind) = try station.weather()
    let path = try SunPath(site: station.site, horizon: .year(2021))
    let system = PhotovoltaicSystem(
      mounting: .fixed(tilt: station.tilt, azimuth: 180), transposition: .perez, incidence: .physical())
    let power = try system.series(light, path: path, airTemperature: air, windSpeed: wind).power.reduce(0, +)
    #expect(relative(power, to: yearly) < 0.03, "\(power)")
    #expect(Measured.isWithin("sam.year", relative(power, to: yearly)), "\(power)")
  }

  @Test("the PVWatts service at Golden: plane irradiance within 1 %, energy within 2 % on the year")
  func service() throws {
    let text = try SharedFolder.text("validation/pvwatts-service/rackmount-golden-8760.csv")
    let lines = text.split(whereSeparator: \.isNewline)
    let start = try #require(lines.firstIndex { $0.hasPrefix("Month,Day,Hour") })
    let columns = NumberTable.columns(of: lines[start..<(start + 8761)].joined(separator: "\n"))
    func column(_ name: String) throws -> [Double] { try #require(columns[name]) }
    let site = Site(latitudeDegrees: 39.73, longitudeDegrees: -105.18, altitudeMetres: 1819.6, utcOffsetHours: -7)
    let path = try SunPath(site: site, horizon: .year(2021))
    let beam = try column("Beam Irradiance (W/m^2)").map { $0 / 1000 }
    let diffuse = try column("Diffuse Irradiance (W/m^2)").map { $0 / 1000 }
    let global = beam.indices.map { diffuse[$0] + beam[$0] * max(0, path.up[$0]) }
    let system = PhotovoltaicSystem(
      mounting: .fixed(tilt: 20, azimuth: 180), transposition: .perez, incidence: .physical(),
      module: .linear(temperatureCoefficient: -0.0047))
    let found = try system.series(
      .init(global: global, beam: beam, diffuse: diffuse), path: path,
      airTemperature: try column("Ambient Temperature (C)"), windSpeed: try column("Wind Speed (m/s)"))
    let plane = try column("Plane of Array Irradiance (W/m^2)").reduce(0, +) / 1000
    let energy = try column("AC System Output (W)").reduce(0, +) / 4000
    #expect(relative(total(found.planeIrradiance), to: plane) < 0.01)
    #expect(Measured.isWithin("pvwatts.plane", relative(total(found.planeIrradiance), to: plane)))
    #expect(Measured.isWithin("pvwatts.energy", relative(total(found.power), to: energy)))
    #expect(relative(total(found.power), to: energy) < 0.02, "\(total(found.power)), \(energy)")
    // With the service's own heat balance: cells within 1.5 K (root of the mean square, by day), energy as near.
    var rack = system
    rack.temperature = .fuentesRack
    let balanced = try rack.series(
      .init(global: global, beam: beam, diffuse: diffuse), path: path,
      airTemperature: try column("Ambient Temperature (C)"), windSpeed: try column("Wind Speed (m/s)"))
    let cells = try column("Cell Temperature (C)")
    let bright = cells.indices.filter { balanced.planeIrradiance[$0] > 0 }
    let square = bright.reduce(0) { $0 + pow(balanced.cellTemperature[$1] - cells[$1], 2) } / Double(bright.count)
    #expect(square.squareRoot() < 1.5, "\(square.squareRoot())")
    #expect(Measured.isWithin("pvwatts.cell", square.squareRoot()))
    #expect(Measured.isWithin("pvwatts.rack", relative(total(balanced.power), to: energy)))
    #expect(relative(total(balanced.power), to: energy) < 0.02, "\(total(balanced.power)), \(energy)")
    // The same plant on a roof, in the same weather: 1,484,513.154 Wh/kW, cells at 25.13778 degC in the 4,301 lit hours
    // (NREL PVWatts service, test data of pvlib 0.13.0, pvwatts_8760_roofmount.csv).
    var roof = system
    roof.temperature = .fuentesRoof
    let warm = try roof.series(
      .init(global: global, beam: beam, diffuse: diffuse), path: path,
      airTemperature: try column("Ambient Temperature (C)"), windSpeed: try column("Wind Speed (m/s)"))
    let given = try column("Plane of Array Irradiance (W/m^2)")
    let lit = given.indices.filter { given[$0] > 0 }
    #expect(lit.count == 4301)
    let celsius = lit.reduce(0) { $0 + warm.cellTemperature[$1] } / Double(lit.count)
    #expect(relative(total(warm.power), to: 1484.513154) < 0.02, "\(total(warm.power))")
    #expect(Measured.isWithin("pvwatts.roof", relative(total(warm.power), to: 1484.513154)), "\(total(warm.power))")
    #expect(Measured.isWithin("pvwatts.roof.cell", abs(celsius - 25.13777679609388)), "\(celsius)")
  }
}
