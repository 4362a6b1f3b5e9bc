import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

@Suite("Lock files")
struct LockTests {
  /// Reads, writes the lock into a folder elsewhere, reads that, and compares.
  static func roundTrip(_ path: String, text: String? = nil, options: ProjectReader.Options = ProjectReader.Options())
    throws
  {
    var source = path
    if let text {
      source = NSTemporaryDirectory() + "/tulou-\(UUID().uuidString).yaml"
      try text.write(toFile: source, atomically: true, encoding: .utf8)
    }
    let folder = NSTemporaryDirectory() + "/tulou-lock-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
      try? FileManager.default.removeItem(atPath: folder)
      if text != nil { try? FileManager.default.removeItem(atPath: source) }
    }
    let first = try ProjectReader.open(path: source, options: options)
    let lock = first.lock(version: "0.1.0")
    try lock.write(to: folder)
    let second = try ProjectReader.open(path: folder + "/project.lock.yaml")
    same(first.project, second.project)
    #expect(first.project.stages.count == second.project.stages.count)
    for (a, b) in zip(first.project.stages, second.project.stages) {
      #expect(a.id == b.id && a.year == b.year)
      same(a.project, b.project)
    }
    // The lock of a lock is the same lock.
    #expect(second.lock(version: "0.1.0") == lock)
  }

  @Test("the digest of the inputs is the same wherever the project stands") func places() throws {
    // Growth says nothing in a plan of one year, which is a warning with the name of the file.
    let text = HostileFileTests.project(("power: 40 kW", "power: 40 kW, growth: 2 %/y"))
    let readings = try (0..<2).map { _ in
      let folder = try ScratchFolder.make()
      defer { try? FileManager.default.removeItem(at: folder) }
      try text.write(to: folder.appendingPathComponent("p.yaml"), atomically: true, encoding: .utf8)
      return try ProjectReader.open(path: folder.path + "/p.yaml")
    }
    let locks = readings.map { $0.lock(version: "1") }
    #expect(!readings[0].project.warnings.isEmpty && locks[0] != locks[1])
    #expect(locks[0].inputs == locks[1].inputs && locks[0].inputs.contains("growth"))
  }

  static func same(_ a: Project, _ b: Project) {
    #expect(a.name == b.name && a.timeZone == b.timeZone && a.site == b.site && a.siteArea == b.siteArea)
    #expect(a.horizon == b.horizon && a.calendar == b.calendar && a.economy == b.economy)
    #expect(a.carriers == b.carriers && a.buses == b.buses && a.members == b.members)
    #expect(a.demands == b.demands, "demands differ")
    #expect(a.components == b.components, "components differ")
    #expect(a.markets == b.markets, "markets differ")
    #expect(a.reference == b.reference && a.reliability == b.reliability && a.limits == b.limits)
    #expect(a.sharing == b.sharing && a.objective == b.objective)
    #expect(a.assumptions == b.assumptions)
    #expect(a.warnings == b.warnings)
  }

  @Test("read to the same project", arguments: ["rich"])
  func good(name: String) throws {
    try Self.roundTrip(SharedFolder.packageRoot + "/Tests/TulouFilesTests/good/\(name).yaml")
  }

  @Test("keep what the run changed")
  func options() throws {
    let options = ProjectReader.Options(
      hours: 96, seed: 7, overrides: [("components.pv.capital", "x0.5"), ("limits.land.max", "90000 m2")])
    try Self.roundTrip(SharedFolder.packageRoot + "/Tests/TulouFilesTests/good/rich.yaml", options: options)
  }

  @Test(
    "of the design's files read to the same project", .enabled(if: SharedFolder.isPresent),
    arguments: FormatFolderTests.names)
  func format(name: String) throws {
    try Self.roundTrip((SharedFolder.path ?? "") + "/design/format/\(name).yaml")
  }

  @Test("of a project with stages read to the same stages", .enabled(if: SharedFolder.isPresent))
  func stages() throws {
    try Self.roundTrip(YongdingTests.path, text: YongdingTests.plannable())
  }

  @Test("refuse data files that have changed")
  func changed() throws {
    let folder = NSTemporaryDirectory() + "/tulou-changed-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rows = (0..<48).map { "\($0)" }.joined(separator: "\n")
    try ("load\n" + rows + "\n").write(toFile: folder + "/load.csv", atomically: true, encoding: .utf8)
    try """
    tulou: 1
    horizon: {start: 2025-01-01, length: 48 h}
    economy: {currency: USD, real_discount_rate: 5 %}
    demands: {load: {bus: ac, power: {file: load.csv, column: load, unit: kW}}}
    markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}}
    """.write(toFile: folder + "/p.yaml", atomically: true, encoding: .utf8)
    // The copy beside the lock counts, wherever the folder is and whatever became of the source.
    try ProjectReader.open(path: folder + "/p.yaml").lock(version: "0.1.0").write(to: folder + "/out/x")
    try FileManager.default.removeItem(atPath: folder + "/load.csv")
    try FileManager.default.moveItem(atPath: folder + "/out/x", toPath: folder + "/elsewhere")
    let lock = folder + "/elsewhere/project.lock.yaml"
    let again = try ProjectReader.open(path: lock)
    #expect(again.project.demands.first?.power == (0..<48).map(Double.init))
    #expect(ProjectReader.check(path: lock).isEmpty)
    let copy = try #require(FileManager.default.contentsOfDirectory(atPath: folder + "/elsewhere/data").first)
    #expect(copy.hasSuffix("-load.csv"))
    try ("load\n1" + rows + "\n").write(
      toFile: folder + "/elsewhere/data/" + copy, atomically: true, encoding: .utf8)
    #expect(
      ProjectReader.check(path: lock).map(\.message)
        == ["The data file 'load.csv' is not the one that the lock file was written with."])
    // A lock from elsewhere reads below its own folder only.
    var text = try String(contentsOfFile: lock, encoding: .utf8)
    text = text.replacingOccurrences(of: "data/" + copy, with: "data/../../p.yaml")
    #expect(ProjectReader.check(text: text, path: lock).contains { $0.message.contains("does not lie in 'data/'") })
  }

  @Test("characters that are not seen stand as their numbers in a lock file, and are read back")
  func invisible() throws {
    let text = """
      tulou: 1
      name: "gr\\u200Bid \\u202E \\U000E0041"
      horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 1 kW}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}}
      """
    let path = NSTemporaryDirectory() + "/tulou-\(UUID().uuidString).yaml"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let lock = try ProjectReader.open(path: path).lock(version: "0.1.0")
    #expect(lock.text.unicodeScalars.allSatisfy { !$0.acts })
    #expect(lock.text.contains("\\u200B") && lock.text.contains("\\U000E0041"))
    try Self.roundTrip("", text: text)
  }
}
