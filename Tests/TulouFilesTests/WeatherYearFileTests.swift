import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

@Suite("Weather years of a file") struct WeatherYearFileTests {
  static func text(_ years: String, more: String = "") -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 72 h}
    weather_years: \(years)
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    demands: {load: {bus: ac, power: 40 kW}}
    components:
      pv: {kind: source, bus: ac, class: S.sun, availability: {file: a.csv, column: share}, capacity: {max: 200 kW}, capital: 700 EUR/kW, life: 25 y}
    markets: {grid: {bus: ac, class: N, buy: 0.20 EUR/kWh, limit: {buy: 100 kW}, emission: 0.5 kg/kWh}}
    \(more)
    """
  }

  func folder(_ text: String) throws -> String {
    let folder = try ScratchFolder.make()
    for (name, level) in [("a", 0.5), ("b", 0.3), ("c", 0.6)] {
      let rows = (0..<8760).map { "\($0 % 24 > 6 && $0 % 24 < 18 ? level : 0)" }
      try (["share"] + rows).joined(separator: "\n")
        .write(to: folder.appendingPathComponent(name + ".csv"), atomically: true, encoding: .utf8)
    }
    try text.write(to: folder.appendingPathComponent("park.yaml"), atomically: true, encoding: .utf8)
    return folder.path + "/park.yaml"
  }

  @Test("each year reads its own file, whichever of the list the project names") func files() throws {
    let project = try ProjectReader.read(path: try folder(Self.text("[a.csv, b.csv, {name: good, file: c.csv}]")))
    #expect(project.weatherYears.map(\.name) == ["a", "b", "good"])
    let noons = project.weatherYears.map { year -> Double? in
      guard case .source(let source)? = year.project.components.first?.block, case .share(let share) = source.supply
      else { return nil }
      return share[12]
    }
    #expect(noons == [0.5, 0.3, 0.6])
    let outcome = try WeatherYearStudy.run(
      years: project.weatherYears.map { ($0.name, $0.project) }, solver: Structured())
    #expect(outcome.worst?.name == "b" && outcome.years.count == 3)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.gap < 1e-6)
    for single in outcome.singles { #expect(try #require(single.cost) >= certificate.value * (1 - 1e-6)) }
  }

  @Test("what is paid once where something is built is part of every year's cost") func fixed() throws {
    let text = Self.text("[a.csv, b.csv]").replacingOccurrences(
      of: "capital: 700 EUR/kW", with: "capital: {fixed: 9000 EUR, power: 700 EUR/kW}")
    let project = try ProjectReader.read(path: try folder(text))
    let outcome = try WeatherYearStudy.run(
      years: project.weatherYears.map { ($0.name, $0.project) }, solver: Structured(), alternatives: .left)
    let certificate = try #require(outcome.certificate)
    #expect((outcome.sizes["pv"] ?? 0) > 1)
    let mean = outcome.years.reduce(0) { $0 + $1.value } / Double(outcome.years.count)
    #expect(abs(mean - certificate.value) < 1e-6 * certificate.value)
    let spread = try #require(outcome.spread)
    #expect(spread.lowerBound <= certificate.value && certificate.value <= spread.upperBound)
    for year in outcome.years {
      let accounts = Accounts.make(project: year.project, plan: year.plan)
      #expect(!accounts.warnings.contains { $0.message.contains("the solver minimised") })
    }
  }

  @Test("lock files read to the same years from another folder") func lock() throws {
    let path = try folder(Self.text("[a.csv, b.csv]"))
    let reading = try ProjectReader.open(path: path)
    let place = (path as NSString).deletingLastPathComponent + "/out/x"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try reading.lock(version: "test").write(to: place)
    let again = try ProjectReader.read(path: place + "/project.lock.yaml")
    #expect(again.weatherYears.map(\.name) == ["a", "b"])
  }

  @Test("changes by key path need no files; what is read by nothing is an error") func faults() throws {
    let set = try ProjectReader.read(
      path: try folder(
        Self.text(
          "[{name: now}, {name: more, set: {demands.load.power: x1.1}}]".replacingOccurrences(
            of: "{name: now}", with: "{name: now, set: {demands.load.power: x1}}"))))
    #expect(set.weatherYears.count == 2 && abs((set.weatherYears[1].project.demands[0].power.first ?? 0) - 44) < 1e-9)
    func findings(_ years: String, more: String = "") throws -> String {
      ProjectReader.check(path: try folder(Self.text(years, more: more))).filter { $0.severity == .error }
        .map(\.message).joined(separator: " ")
    }
    #expect(try findings("[x.csv, y.csv]").contains("Nothing in the project reads 'x.csv'"))
    #expect(try findings("[2019, 2020]").contains("No resource reads a weather file"))
    #expect(try findings("[]").contains("takes a list"))
    #expect(try findings("[a.csv, b.csv]", more: "stages: {one: {year: 2027}}").contains("not both"))
  }

  @Test("five years of C1 cost what the benchmark states", .enabled(if: SharedFolder.isPresent)) func benchmark() throws
  {
    let shared = try #require(SharedFolder.path)
    let text = try String(contentsOfFile: shared + "/design/format/c1.yaml", encoding: .utf8)
    let files = (1...5).map { "../../bench/data/y0\($0).csv" }.joined(separator: ", ")
    let project = try ProjectReader.read(
      text: text + "\nweather_years: {years: [\(files)], chained: true}\n", path: shared + "/design/format/c1.yaml")
    let outcome = try WeatherYearStudy.run(
      years: project.weatherYears.map { ($0.name, $0.project) }, solver: Structured(),
      chained: project.chainsWeatherYears, alternatives: .left)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.gap < 1e-6)
    #expect(abs(certificate.value * 5 - 1795173.914378) < 1e-6 * 1795173.914378, "\(certificate.value * 5)")
  }
}

extension WeatherYearFileTests {
  /// A store beside sun that shines all day in year a and not at all in year b.
  private func stored(_ years: String) throws -> Project {
    let folder = try ScratchFolder.make()
    for (name, level) in [("a", 1.0), ("b", 0.0)] {
      try (["share"] + (0..<8760).map { _ in "\(level)" }).joined(separator: "\n")
        .write(to: folder.appendingPathComponent(name + ".csv"), atomically: true, encoding: .utf8)
    }
    return try ProjectReader.read(
      text: """
        tulou: 1
        horizon: {start: 2025-01-01, length: 24 h}
        weather_years: \(years)
        economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
        demands: {load: {bus: ac, power: 10 kW}}
        components:
          pv: {kind: source, bus: ac, class: S.sun, availability: {file: a.csv, column: share}, capacity: {fixed: 20 kW}}
          store: {kind: storage, bus: ac, round_trip: 100 %, capacity: {power: {fixed: 100 kW}, energy: {fixed: 1 MWh}}}
        markets: {grid: {bus: ac, class: N, buy: 1 EUR/kWh, limit: {buy: 100 kW}, emission: 0 kg/kWh}}
        """, path: folder.path + "/p.yaml")
  }

  @Test("each year closes its own cycle; chained, one lives on the plenty of another") func cycles() throws {
    func cost(_ years: String) throws -> Double {
      let project = try stored(years)
      let outcome = try WeatherYearStudy.run(
        years: project.weatherYears.map { ($0.name, $0.project) }, solver: Structured(),
        chained: project.chainsWeatherYears, alternatives: .left)
      return try #require(outcome.certificate).value
    }
    // 24 h of 10 kW at 1 EUR/kWh are bought in year b alone; a day is 1/365 of a year, and the mean is over both.
    #expect(abs(try cost("[a.csv, b.csv]") - 240 * 365 / 2) < 1)
    #expect(abs(try cost("{years: [a.csv, b.csv], chained: true}")) < 1)
    #expect(abs(try cost("{years: [a.csv, b.csv]}") - 240 * 365 / 2) < 1)
  }

  @Test("designs of single years are measured as the years are joined") func chainedDesigns() throws {
    let project = try stored("{years: [a.csv, b.csv], chained: true}")
    let outcome = try WeatherYearStudy.run(
      years: project.weatherYears.map { ($0.name, $0.project) }, solver: Structured(), chained: true)
    for design in outcome.singles { #expect(abs(try #require(design.cost)) < 1, "\(design)") }
    var one = project
    one.weatherYears[0].project.components[1].block = project.components[1].block
    guard case .storage(var storage) = project.components[1].block else { return }
    storage.initialShare = 0.5
    for i in one.weatherYears.indices { one.weatherYears[i].project.components[1].block = .storage(storage) }
    #expect(throws: ProjectFault.self) {
      _ = try WeatherYearStudy.run(
        years: one.weatherYears.map { ($0.name, $0.project) }, solver: Structured(), chained: true)
    }
  }

  @Test("names of years are ids") func names() throws {
    func names(_ years: String) throws -> [String] {
      try ProjectReader.read(path: try folder(Self.text(years))).weatherYears.map(\.name)
    }
    #expect(
      try names("[a.csv, {file: b.csv, name: good-year}, {file: c.csv, name: 2019}]") == ["a", "good-year", "2019"])
    #expect(try names("[a.csv, {file: a.csv, set: {demands.load.power: x2}}]") == ["a", "a-2"])
    for wrong in ["../up", "a b", "", "-x", "a/b"] {
      #expect(throws: ProjectFault.self, "\(wrong)") { _ = try names("[a.csv, {file: b.csv, name: \"\(wrong)\"}]") }
    }
    #expect(throws: ProjectFault.self) { _ = try names("[{file: a.csv, name: one}, {file: b.csv, name: one}]") }
  }
}
