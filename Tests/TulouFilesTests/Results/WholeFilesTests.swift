import Foundation
import Testing
import TulouFiles

@Suite("Results are written whole or not at all") struct WholeFilesTests {
  private func folder() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("tulou-\(UUID().uuidString)", isDirectory: true)
  }

  @Test("new files replace old ones, files of another plan go, others stay")
  func replaces() throws {
    let place = folder()
    defer { try? FileManager.default.removeItem(at: place) }
    try WholeFiles.write([("a.txt", Array("1".utf8)), ("flows.csv", [])], to: place.path)
    try Data("mine".utf8).write(to: place.appendingPathComponent("notes.txt"))
    try WholeFiles.write([("a.txt", Array("2".utf8))], to: place.path, removing: ["a.txt", "flows.csv"])
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    #expect(names == ["a.txt", "notes.txt"])
    #expect(try String(contentsOf: place.appendingPathComponent("a.txt"), encoding: .utf8) == "2")
  }

  @Test("a file in the way is said, and nothing is left behind")
  func fails() throws {
    let place = folder()
    defer { try? FileManager.default.removeItem(at: place) }
    try Data("x".utf8).write(to: place)
    #expect(throws: ResultFault.self) { try WholeFiles.write([("a.txt", [])], to: place.path) }
    #expect(try String(contentsOf: place, encoding: .utf8) == "x")
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
