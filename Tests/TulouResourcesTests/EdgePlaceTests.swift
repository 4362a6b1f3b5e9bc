import Testing
import TulouDocument
import TulouQuantities
import TulouResources

/// Places and steps at the edge: poles, equator, south, date line, minutes.
@Suite("Edges of the earth and of time") struct EdgePlaceTests {
  func place(_ latitude: Double, _ longitude: Double, clock: Double) -> Site {
    Site(latitudeDegrees: latitude, longitudeDegrees: longitude, utcOffsetHours: clock)
  }

  @Test("polar night and midnight sun")
  func polar() throws {
    for latitude in [78.0, -78, 90, -90] {
      let path = try SunPath(site: place(latitude, 15, clock: 1), horizon: .year(2021))
      let june = path.up[(171 * 24)..<(172 * 24)], december = path.up[(354 * 24)..<(355 * 24)]
      let (bright, dark) = latitude > 0 ? (june, december) : (december, june)
      #expect(bright.allSatisfy { $0 > 0 } && dark.allSatisfy { $0 < 0 })
      let global = path.up.map { max(0, $0) * 0.5 }
      let light = try PhotovoltaicSystem.Light(global: global, path: path)
      for mounting in [Mounting.fixed(tilt: 60, azimuth: 180), .singleAxis(SingleAxisTracker()), .twoAxis] {
        for sky in Transposition.allCases {
          let plane = try PhotovoltaicSystem(mounting: mounting, transposition: sky).planeIrradiance(light, path: path)
          #expect(plane.allSatisfy { $0.isFinite && $0 >= 0 && $0 < 3 })
        }
      }
    }
  }

  @Test("light in the polar night is refused by synthesis")
  func night() {
    let means = [Double](repeating: 1, count: 12)
    #expect(throws: ProjectFault.self) {
      try IrradianceSynthesis(site: place(80, 0, clock: 0), monthlyMeans: means).series(over: .year(2027))
    }
  }

  @Test("at the equator the sun passes overhead at the equinox, north in June and south in December")
  func equator() throws {
    let path = try SunPath(site: place(0, 0, clock: 0), horizon: .year(2021), momentOfStep: 0)
    #expect((path.up[(79 * 24)..<(80 * 24)].max() ?? 0) > 0.999)
    #expect(path.north[171 * 24 + 12] > 0.38 && path.north[354 * 24 + 12] < -0.38)
  }

  @Test("south: the noon sun stands in the north, and shadows of the hemispheres mirror each other")
  func south() throws {
    let path = try SunPath(site: place(-33, 150, clock: 10), horizon: .year(2021))
    #expect(path.north[171 * 24 + 12] > 0.8)
    let best = try PhotovoltaicSystem(mounting: .twoAxis).bestOrientation(
      .init(global: path.up.map { max(0, $0) * 0.7 }, path: path), path: path)
    #expect(best.azimuth < 10 || best.azimuth > 350)
  }

  @Test("the date line: one place, two clocks, the same sun a day apart")
  func dateLine() throws {
    let horizon = Horizon.year(2021)
    let east = try SunPath(site: place(10, 179.9, clock: 12), horizon: horizon)
    let west = try SunPath(site: place(10, -179.9, clock: -12), horizon: horizon)
    // The western clock is a day behind: its hour t is the eastern hour t + 24, but for 0.2 degrees of longitude.
    let worst = (0..<(8760 - 24)).map { distance(west.up[$0], east.up[$0 + 24]) }.max() ?? 1
    #expect(worst < 0.004)
    #expect(throws: ProjectFault.self) { try SunPath(site: place(10, 200, clock: 0), horizon: horizon) }
    #expect(throws: ProjectFault.self) { try SunPath(site: place(95, 0, clock: 0), horizon: horizon) }
  }

  @Test("quarter hours and minutes sum to the hours within the curve of an hour")
  func subHourly() throws {
    let site = place(30, 120, clock: 8)
    let hours = try SunPath(site: site, horizon: .year(2021))
    for step in [0.25, 1.0 / 60] {
      let days = 10
      let steps = Int((Double(days) * 24 / step).rounded())
      let horizon = Horizon(
        periods: [.init(start: CivilDate(year: 2021, month: 6, day: 1), steps: steps)], stepHours: step)
      let fine = try SunPath(site: site, horizon: horizon)
      let first = 151 * 24
      let a = total(fine.up.map { max(0, $0) }) * step
      let b = total(hours.up[first..<(first + days * 24)].map { max(0, $0) })
      #expect(relative(a, to: b) < 0.01)
      let light = try PhotovoltaicSystem.Light(global: fine.up.map { max(0, $0) * 0.6 }, path: fine)
      let air = [Double](repeating: 20, count: steps), wind = [Double](repeating: 2, count: steps)
      let power = try PhotovoltaicSystem(mounting: .fixed(tilt: 20, azimuth: 180)).series(
        light, path: fine, airTemperature: air, windSpeed: wind
      ).power
      #expect(power.allSatisfy { (0...0.84).contains($0) })
    }
  }

  @Test("weather files mutilated in hundreds of ways never crash the quality report or the repairs", arguments: 0..<20)
  func mutilated(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let steps = 24 + Int(random.uniform() * 200)
    func column(_ scale: Double) -> WeatherColumn {
      var values: [Double] = []
      for _ in 0..<steps {
        let dice = random.uniform()
        values.append(dice < 0.05 ? 1e300 : dice < 0.1 ? -1e300 : (random.uniform() - 0.2) * scale)
      }
      let missing = (0..<steps).filter { _ in random.uniform() < 0.1 }
      return WeatherColumn(values: values, missing: missing)
    }
    var columns: [WeatherQuantity: WeatherColumn] = [:]
    for quantity in WeatherQuantity.allCases where random.uniform() < 0.8 { columns[quantity] = column(2) }
    let horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2021, month: 3, day: 1), steps: steps)], stepHours: 1)
    let weather = Weather(
      site: place(random.uniform() * 180 - 90, random.uniform() * 360 - 180, clock: 0), source: "fuzz", kind: .real,
      horizon: horizon, columns: columns)
    _ = try? WeatherQuality(weather)
    let repairs: [WeatherRepair] = [
      .interpolate(quantity: .windSpeed, longestGap: 3), .shiftSun(hours: -1), .darkNights, .split(.erbs),
      .split(.dirint), .windMean(metresPerSecond: 4),
    ]
    for repair in repairs { _ = try? weather.repaired([repair]) }
    for quantity in WeatherQuantity.allCases { _ = try? weather.series(quantity, over: .year(2021)) }
  }
}
