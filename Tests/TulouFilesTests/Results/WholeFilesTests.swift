import Foundation
import Synchronization
import Testing
import TulouFiles

@Suite("Results are written whole or not at all") struct WholeFilesTests {
  private func folder() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("tulou-\(UUID().uuidString)", isDirectory: true)
  }

  private static let old = ["result.json": "old", "flows.csv": "old", "tables/a.csv": "old"]
  private static let new = ["result.json": "new", "report.html": "new", "tables/b.csv": "new"]
  private static let own = ["notes.txt": "mine", "search/result.json": "a study", "search/plans/1/flows.csv": "1"]

  private func write(_ files: [String: String], _ place: URL, isWhole: Bool = true, disk: Disk = Disk()) throws {
    try WholeFiles.write(
      files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }, to: place.path,
      names: ResultNames.results, isWhole: isWhole, disk: disk)
  }

  /// A folder of results with notes and a study beside, in a folder of its own.
  private func oldResults() throws -> (above: URL, place: URL) {
    let above = folder()
    let place = above.appendingPathComponent("out/x", isDirectory: true)
    try write(Self.old, place)
    for (name, text) in Self.own {
      let file = place.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return (above, place)
  }

  /// All files below, hidden ones too, with their texts.
  private func found(_ place: URL) throws -> [String: String] {
    var all: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: place.path) ?? .init() {
      let path = place.appendingPathComponent(name)
      if try path.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true { continue }
      all[name] = try String(contentsOf: path, encoding: .utf8)
    }
    return all
  }

  @Test("new results take the place of old ones, nothing of which remains; studies beside and notes stay")
  func replaces() throws {
    for isWhole in [true, false] {
      let (above, place) = try oldResults()
      defer { try? FileManager.default.removeItem(at: above) }
      try write(Self.new, place, isWhole: isWhole)
      #expect(try found(place) == Self.new.merging(Self.own) { a, _ in a })
      #expect(try FileManager.default.contentsOfDirectory(atPath: above.path + "/out") == ["x"])
    }
  }

  @Test("whatever call fails, once or from then on, old or new results are whole, and the next run succeeds")
  func faults() throws {
    let whole = [Self.old, Self.new].map { $0.merging(Self.own) { a, _ in a } }
    for isWhole in [true, false] {
      for isDead in [true, false] {
        var failing = 0, lasted = true
        while lasted {
          let (above, place) = try oldResults()
          defer { try? FileManager.default.removeItem(at: above) }
          let calls = Mutex(0)
          let number = failing
          let disk = Disk { call, path throws(Disk.Failure) in
            let now = calls.withLock { count in
              count += 1
              return count - 1
            }
            if now == number || isDead && now > number { throw Disk.Failure(code: EIO, call: call, path: path) }
          }
          var isToldOf = false
          do { try write(Self.new, place, isWhole: isWhole, disk: disk) } catch is ResultFault { isToldOf = true }
          lasted = calls.withLock { $0 } > number
          let name = "call \(number), whole \(isWhole), dead \(isDead)"
          // Where the folder itself is swapped nothing need be put in order to be read.
          if !isWhole || !isDead { WholeFiles.recover(place.path) }
          let after = try found(place)
          #expect(whole.contains(after), "\(name): \(after)")
          if !isToldOf { #expect(after == whole[1], "\(name)") }
          try write(Self.new, place, isWhole: isWhole)
          #expect(try found(place) == whole[1], "\(name)")
          #expect(try FileManager.default.contentsOfDirectory(atPath: above.path + "/out") == ["x"], "\(name)")
          failing += 1
        }
        #expect(failing > 15)
      }
    }
  }

  @Test("a run that was killed between two renames is put in order")
  func killed() throws {
    let (above, place) = try oldResults()
    defer { try? FileManager.default.removeItem(at: above) }
    let manager = FileManager.default
    // As a file system without exchange leaves it: the old folder is away, the new one has not come.
    try manager.moveItem(atPath: place.path, toPath: above.path + "/out/.x.old")
    try manager.createDirectory(atPath: above.path + "/out/.x.new", withIntermediateDirectories: true)
    WholeFiles.recover(place.path)
    #expect(try found(place) == Self.old.merging(Self.own) { a, _ in a })
    #expect(try manager.contentsOfDirectory(atPath: above.path + "/out") == ["x"])
  }

  @Test("what is in the way, or somebody else's, is told before anything is solved, and left as it is")
  func refuses() throws {
    let place = folder()
    defer { try? FileManager.default.removeItem(at: place) }
    try Data("x".utf8).write(to: place)
    for path in [place.path, place.path + "/below", "/proc/none/of/it"] {
      #expect(throws: ResultFault.self) { try WholeFiles.check(path) }
      #expect(throws: ResultFault.self) { try WholeFiles.write([("result.json", [])], to: path) }
    }
    #expect(try String(contentsOf: place, encoding: .utf8) == "x")
    try FileManager.default.removeItem(at: place)
    try WholeFiles.check(place.path + "/a/b")
    #expect(!FileManager.default.fileExists(atPath: place.path))
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try WholeFiles.check(place.path)
    try Data("x".utf8).write(to: place.appendingPathComponent("thesis.tex"))
    #expect(throws: ResultFault.self) { try WholeFiles.check(place.path) }
    try write(["result.json": "{\"cash_flow\": [], \"simulation\": null}"], place)
    try WholeFiles.check(place.path)
    #expect(throws: ResultFault.self) { try WholeFiles.check(place.path, isPlan: false) }
    try write(["result.json": "{\"cash_flow\": [], \"simulation\": {}}"], place)
    try WholeFiles.check(place.path, isPlan: false)
  }

  @Test("parts of a study that were written before it take their place with it")
  func parts() throws {
    let (above, place) = try oldResults()
    defer { try? FileManager.default.removeItem(at: above) }
    try write(["result.json": "one"], place.appendingPathComponent("points.partial/01"))
    try WholeFiles.write(
      [("result.json", Array("front".utf8))], to: place.path, keeping: [("points/01", "points.partial/01")])
    var expected = Self.own
    expected["result.json"] = "front"
    expected["points/01/result.json"] = "one"
    #expect(try found(place) == expected)
  }

  @Test("a copy of plotly.js that would end its element early is not embedded")
  func plotly() throws {
    let place = folder()
    defer { try? FileManager.default.removeItem(at: place) }
    let script = "window.Plotly={newPlot(){}};" + String(repeating: " ", count: 100_000)
    try Data(script.utf8).write(to: place)
    #expect(PlotlyLibrary.text(place.path) == script)
    try Data((script + "</SCRIPT >").utf8).write(to: place)
    #expect(PlotlyLibrary.text(place.path) == nil)
    #expect(PlotlyLibrary.text(place.path + "-missing") == nil)
  }
}
