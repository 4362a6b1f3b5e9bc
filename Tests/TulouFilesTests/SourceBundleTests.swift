import Foundation
import Testing
import TulouDocument
import TulouFiles
import TulouFinance
import TulouProject
import TulouQuantities
import TulouTechnologies

/// What a project is read from is read once; other numbers act on what was read.
@Suite("Source bundle") struct SourceBundleTests {
  private static func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bundle-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let hours = (0..<24).map { "\($0 % 5 + 1)" }
    try write("load [kW]\n" + hours.joined(separator: "\n") + "\n", folder + "/load.csv")
    try write("load [kW]\n" + hours.map { $0 + "0" }.joined(separator: "\n") + "\n", folder + "/other.csv")
    try write(
      """
      tulou: 1
      site: {latitude: 50 deg, longitude: 10 deg}
      horizon: {start: 2027-01-01, length: 1 d}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {shop: {bus: ac, power: {file: load.csv, column: "load [kW]", unit: kW}}}
      markets: {grid: {bus: ac, class: N, buy: 0.2 EUR/kWh, emission: 0.4 kg/kWh}}
      """, folder + "/project.yaml")
    return folder
  }

  private static func write(_ text: String, _ path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test("a case with other numbers reads no file again") func once() throws {
    let folder = try Self.folder()
    let sources = try SourceBundle(path: folder + "/project.yaml")
    let first = try sources.open().project
    try FileManager.default.removeItem(atPath: folder)
    let dear = try sources.open(ProjectReader.Options(overrides: [(path: "markets.grid.buy", value: "x2")])).project
    #expect(dear.demands[0].power == first.demands[0].power)
    #expect(dear.markets[0].buy?.price.values == first.markets[0].buy?.price.values.map { $0 * 2 })
    #expect(sources.sources.map(\.path) == ["load.csv"])
    #expect(sources.sources[0].digest.count == 64)
  }

  @Test("a lock file names the data files of its own reading only") func own() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let sources = try SourceBundle(path: folder + "/project.yaml")
    let plain = try sources.open()
    var options = ProjectReader.Options()
    options.overrides = [(path: "demands.shop.power.file", value: "other.csv")]
    let other = try sources.open(options)
    #expect(other.project.demands[0].power == plain.project.demands[0].power.map { $0 * 10 })
    #expect(other.lock(version: "test").text.contains("other.csv"))
    #expect(!other.lock(version: "test").text.contains("path: load.csv"))
    #expect(!plain.lock(version: "test").text.contains("other.csv"))
    #expect(sources.sources.map(\.path) == ["load.csv", "other.csv"])
  }

  @Test("what is wrong is said with its place, in the file or on the command line") func faults() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(throws: ProjectFault.self) { try SourceBundle(path: folder + "/none.yaml") }
    let sources = try SourceBundle(path: folder + "/project.yaml")
    var options = ProjectReader.Options()
    options.settings = [(path: "markets.grid.buy", value: "0.2 EUR/km")]
    let found = sources.check(options).filter { $0.severity == .error }
    #expect(found.count == 1 && found.first?.place?.file == "--set", "\(found)")
  }
}
