import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouResources
import TulouTechnologies

/// Weather files whose step or clock is not the project's: an hourly file gives the same energy at any step.
@Suite("Weather files at other steps") struct WeatherStepTests {
  /// Six days of June 2021 near Delhi in the layout of the NSRDB: a plain clear sky by geometry, wind and temperature that
  /// change from hour to hour. `zone` is the clock of the file.
  static func file(zone: Double = 5.5, latitude: Double = 28.6, longitude: Double = 77.2, beam: Double? = nil) -> String
  {
    var lines = [
      "Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation,Local Time Zone",
      "NSRDB,1,-,-,-,\(latitude),\(longitude),\(zone),216,\(zone)",
      "Year,Month,Day,Hour,Minute,GHI,DHI,DNI,Temperature,Wind Speed,Wind Direction,Pressure",
    ]
    for i in 0..<144 {
      let solar = Double(i % 24) + 0.5 - zone + longitude / 15
      let f = latitude * .pi / 180, d = 22 * Double.pi / 180
      let s = sin(f) * sin(d) + cos(f) * cos(d) * cos(15 * (solar - 12) * .pi / 180)
      let normal = s > 0.02 ? 900 * pow(0.9, 1 / s) : 0
      let diffuse = s > 0.02 ? 60 * s + 20 : 0
      let global = normal * max(0, s) + diffuse
      let wind = [3.0, 9.0, 6.0, 12.0][i % 4], degrees = [350, 10, 350, 10][i % 4]
      lines.append(
        "2021,6,\(1 + i / 24),\(i % 24),30,\(global),\(diffuse),\(beam.map { s > 0.02 ? $0 : 0 } ?? normal),\(20 + i % 7),\(wind),\(degrees),\(980 + i % 5)"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func project(
    _ file: String, step: String, weather: String = "",
    site: String = "latitude: 28.6 deg, longitude: 77.2 deg, altitude: 216 m, time_zone: Asia/Kolkata",
    start: String = "2021-06-03", resource: String? = nil, files: [String: String] = [:]
  ) throws -> Project {
    let folder = try ScratchFolder.make()
    try file.write(to: folder.appendingPathComponent("met.csv"), atomically: true, encoding: .utf8)
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return try ProjectReader.read(
      text: """
        tulou: 1
        site: {\(site)}
        horizon: {start: \(start), length: 2 d, step: \(step)}
        economy: {currency: USD, real_discount_rate: 6 %, lifetime: 20 y}
        buses: {ac: {carrier: electricity, spill: true}, hot: {carrier: heat, supply: 60 degC, return: 30 degC, spill: true}}
        resources: {met: {\(resource ?? "weather: {file: met.csv\(weather)}")}}
        demands: {d: {bus: ac, power: 10 kW}, h: {bus: hot, power: 0 kW}}
        components:
          west: {kind: pv, bus: ac, resource: met, tilt: 90 deg, azimuth: 270 deg, derating: 100 %, capacity: {fixed: 1 kW}}
          chain: {kind: pv, bus: ac, resource: met, model: pvwatts, tracking: one-axis, capacity: {fixed: 1 kW}}
          plates: {kind: solar-collector, bus: hot, resource: met, tilt: 30 deg, optical_efficiency: 75 %, linear_loss: 3.5 W/m2/K, capacity: {fixed: 1 m2}}
          turbine: {kind: wind-turbine, bus: ac, resource: met, hub_height: 10 m, density_from: weather, power_curve: {speeds: {values: [0, 3, 12, 25], unit: m/s}, outputs: {values: [0, 0, 1, 1]}}, capacity: {fixed: 1 kW}}
        markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.4 kg/kWh}}
        """, path: folder.path + "/p.yaml")
  }

  /// Hours at full power of each component over the horizon.
  static func yields(_ project: Project) -> [String: Double] {
    var result: [String: Double] = [:]
    for component in project.components {
      guard case .source(let source) = component.block, case .share(let share) = source.supply else { continue }
      result[component.id] = share.reduce(0, +) * project.horizon.stepHours
    }
    return result
  }

  static let steps = ["15 min", "30 min", "40 min", "2 h", "3 h", "6 h", "24 h"]

  @Test(
    "sun, heat and wind give the same energy, also after shift and split",
    arguments: ["", ", shift: -1 h, split: disc", ", split: dirint, dark_nights: true", ", split: file"])
  func sameEnergy(weather: String) throws {
    let file = Self.file()
    let hourly = Self.yields(try Self.project(file, step: "1 h", weather: weather))
    #expect(hourly.count == 4 && hourly.values.allSatisfy { $0 > 1 }, "\(hourly)")
    for step in Self.steps {
      let yields = Self.yields(try Self.project(file, step: step, weather: weather))
      for (id, value) in hourly { #expect(abs((yields[id] ?? 0) - value) < 1e-9 * value, "\(id) at \(step)") }
    }
  }

  @Test("the shift of the sun is kept at every step") func shift() throws {
    let plain = Self.yields(try Self.project(Self.file(), step: "30 min"))["west"] ?? 0
    let shifted = Self.yields(try Self.project(Self.file(), step: "30 min", weather: ", shift: -2 h"))["west"] ?? 0
    #expect(plain > shifted * 1.5)
  }

  @Test("a file in universal time serves a clock of half hours") func halfHours() throws {
    // The rows begin between the steps: each is computed with its own sun and shared among two steps.
    let universal = Self.file(zone: 0)
    let steps = ["1 h", "30 min", "15 min", "2 h"].map { step in
      Result { Self.yields(try Self.project(universal, step: step, start: "2021-06-03")) }
    }
    let all = try steps.map { try $0.get() }
    for yields in all {
      for (id, value) in all[0] { #expect(abs((yields[id] ?? 0) - value) < 1e-9 * value, "\(id)") }
    }
    // The same sun as the file by the local clock, of which each row is half an hour away.
    let local = Self.yields(try Self.project(Self.file(), step: "1 h"))
    for id in ["west", "chain", "plates"] {
      #expect(abs((all[0][id] ?? 0) / (local[id] ?? 1) - 1) < 0.02, "\(id): \(all[0][id] ?? 0) and \(local[id] ?? 0)")
    }
  }

  @Test("columns at the steps: means, rows that are held, and directions over north") func columns() throws {
    let coarse = try Self.project(Self.file(), step: "2 h").resources[0]
    #expect(coarse.values(.speed)?.prefix(2) == [6, 9])
    #expect(coarse.values(.direction)?.allSatisfy { min($0, 360 - $0) < 1e-9 } ?? false)
    let fine = try Self.project(Self.file(), step: "15 min").resources[0]
    #expect(fine.values(.speed)?.prefix(5) == [3, 3, 3, 3, 9])
    #expect(fine.values(.direction)?.prefix(5).map { ($0 * 10).rounded() } == [3500, 3500, 3500, 3500, 100])
    for kind in [ProjectResource.Kind.irradiance, .beam, .diffuse, .temperature] {
      let hourly = try Self.project(Self.file(), step: "1 h").resources[0].values(kind) ?? []
      let quarters = fine.values(kind) ?? [], double = coarse.values(kind) ?? []
      #expect(quarters.count == 192 && double.count == 24)
      for t in 0..<48 { #expect(quarters[4 * t] == hourly[t] && quarters[4 * t + 3] == hourly[t]) }
      for t in 0..<24 { #expect(abs(double[t] - (hourly[2 * t] + hourly[2 * t + 1]) / 2) < 1e-12) }
    }
  }

  @Test("'split: file' keeps beam and diffuse that do not close; otherwise they are computed anew") func splitFile()
    throws
  {
    let file = Self.file(beam: 500)
    let kept = try Self.project(file, step: "1 h", weather: ", split: file")
    #expect(kept.resources[0].values(.beam)?[12] == 0.5)
    #expect(!kept.assumptions.contains { $0.value == "erbs" })
    let anew = try Self.project(file, step: "1 h")
    #expect(anew.resources[0].values(.beam)?[12] != 0.5 && anew.assumptions.contains { $0.value == "erbs" })
  }

  @Test("irradiance and wind of a plain table give the same energy at any step") func plainSeries() throws {
    let hours = (0..<8760).map { t -> String in
      let s = max(0, sin(Double(t % 24 - 6) * .pi / 12))
      return "\(0.9 * s),\([3.0, 9.0, 6.0, 12.0][t % 4])"
    }
    let table = "sun,wind\n" + hours.joined(separator: "\n") + "\n"
    let resource =
      "ghi: {file: t.csv, column: sun, unit: kW/m2}, speed: {file: t.csv, column: wind, unit: m/s}, temperature: 20 degC"
    func yields(_ step: String) throws -> [String: Double] {
      let folder = try ScratchFolder.make()
      try table.write(to: folder.appendingPathComponent("t.csv"), atomically: true, encoding: .utf8)
      return Self.yields(
        try ProjectReader.read(
          text: """
            tulou: 1
            site: {latitude: 28.6 deg, longitude: 77.2 deg, time_zone: Asia/Kolkata}
            horizon: {start: 2021-06-03, length: 2 d, step: \(step)}
            economy: {currency: USD, real_discount_rate: 6 %, lifetime: 20 y}
            buses: {ac: {carrier: electricity, spill: true}}
            resources: {met: {\(resource)}}
            demands: {d: {bus: ac, power: 10 kW}}
            components:
              west: {kind: pv, bus: ac, resource: met, tilt: 90 deg, azimuth: 270 deg, derating: 100 %, capacity: {fixed: 1 kW}}
              turbine: {kind: wind-turbine, bus: ac, resource: met, hub_height: 10 m, power_curve: {speeds: {values: [0, 3, 12, 25], unit: m/s}, outputs: {values: [0, 0, 1, 1]}}, capacity: {fixed: 1 kW}}
            markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.4 kg/kWh}}
            """, path: folder.path + "/p.yaml"))
    }
    let hourly = try yields("1 h")
    #expect(hourly.values.allSatisfy { $0 > 1 })
    for step in ["15 min", "2 h", "6 h"] {
      let other = try yields(step)
      for (id, value) in hourly { #expect(abs((other[id] ?? 0) - value) < 1e-9 * value, "\(id) at \(step)") }
    }
  }

  @Test("the place of the file is listed, and told of where it is far, or its clock is") func place() throws {
    func findings(_ file: String, _ site: String) throws -> (listed: String, warned: String) {
      let warnings: [Diagnostic]
      var listed = ""
      do {
        let project = try Self.project(file, step: "1 h", site: site)
        listed = project.assumptions.map { "\($0.path): \($0.value)" }.joined(separator: "\n")
        warnings = project.warnings
      } catch let fault as ProjectFault {
        // A sun of the other side of the earth shines into modules at night, which is refused beside the warnings.
        warnings = fault.diagnostics
      }
      return (listed, warnings.filter { $0.severity == .warning }.map(\.message).joined(separator: "\n"))
    }
    // A degree of latitude is 6371 km pi / 180 = 111.19 km.
    let near = try findings(Self.file(), "latitude: 28.5 deg, longitude: 77.2 deg, time_zone: Asia/Kolkata")
    #expect(
      near.listed.contains("resources.met.weather: 11 km from the site") && !near.warned.contains("from the site"))
    let far = try findings(Self.file(), "latitude: 29.6 deg, longitude: 77.2 deg, time_zone: Asia/Kolkata")
    #expect(far.warned.contains("of a place 111 km from the site"))
    let south = try findings(Self.file(), "latitude: -28.6 deg, longitude: 77.2 deg, time_zone: Asia/Kolkata")
    #expect(south.warned.contains("of another hemisphere"))
    let west = try findings(
      Self.file(longitude: -77.2), "latitude: 28.6 deg, longitude: 77.2 deg, time_zone: Asia/Kolkata")
    #expect(
      west.warned.contains("from the site") && west.warned.contains("its clock is UTC+5:30, but at its -77.2 deg"))
    let universal = try findings(
      Self.file(zone: 0), "latitude: 28.6 deg, longitude: 77.2 deg, time_zone: Asia/Kolkata")
    #expect(!universal.warned.contains("its clock is"))
    let nowhere = try findings(
      Self.file(), "latitude: 28.6 deg, longitude: 77.2 deg, time_zone: UTC+5:30")
    #expect(nowhere.listed.contains("0 km from the site"))
  }
}
