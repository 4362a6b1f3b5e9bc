import Foundation
import Testing

/// Standard output that takes no more, parts of strangers, folders that are moved or killed: as a shell sees it.
@Suite("Outside world of the command", .enabled(if: CommandLine.executable != nil)) struct OutputTests {
  private func shell(_ line: String, in folder: URL) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line.replacingOccurrences(of: "TULOU", with: CommandLine.executable ?? "false")]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private static let project = """
    tulou: 1
    name: "x\\e]0;OWNED\\a \u{202E}y"
    horizon: {start: 2025-01-01, length: 48 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    demands: {load: {bus: ac, power: {file: load.csv, column: load, unit: kW}}}
    components:
      pv: {name: "=HYPERLINK(1)", kind: source, bus: ac, class: S.sun, availability: 20 %, capacity: {max: 200 kW}, capital: 700 EUR/kW, life: 25 y}
    markets: {grid: {bus: ac, class: N, buy: 0.20 EUR/kWh, emission: 0.5 kg/kWh}}
    """

  private func folder() throws -> URL {
    let folder = try CommandLine.scratch()
    try Self.project.write(to: folder.appendingPathComponent("p.yaml"), atomically: true, encoding: .utf8)
    let rows = (["load"] + (0..<48).map { "\(40 + $0 % 7)" }).joined(separator: "\n")
    try rows.write(to: folder.appendingPathComponent("load.csv"), atomically: true, encoding: .utf8)
    return folder
  }

  @Test("full, closed and abandoned standard output end with 74, and results are complete")
  func output() throws {
    let folder = try folder()
    #expect(try shell("TULOU schema > /dev/full", in: folder) == 74)
    #expect(try shell("TULOU check p.yaml >&-", in: folder) == 74)
    #expect(try shell("(TULOU schema; echo $? > code) | head -1 > /dev/null", in: folder) == 0)
    let code = try String(contentsOf: folder.appendingPathComponent("code"), encoding: .utf8)
    #expect(["74\n", "0\n"].contains(code))
    #expect(try shell("TULOU plan p.yaml --out o > /dev/full", in: folder) == 74)
    let data = try Data(contentsOf: folder.appendingPathComponent("o/result.json"))
    #expect((try JSONSerialization.jsonObject(with: data) as? [String: Any])?["status"] as? String == "optimal")
    #expect(try shell("TULOU check p.yaml 2>&-", in: folder) == 0)
  }

  @Test("names that act are seen as numbers on the terminal, in pages and in tables")
  func names() throws {
    let folder = try folder()
    let run = try CommandLine.run(["plan", "p.yaml", "--out", "o"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    var all = run.output + run.errors
    for name in ["report.html", "tables/summary.csv", "flows.csv", "result.json", "tables.json"] {
      all += try String(contentsOf: folder.appendingPathComponent("o/" + name), encoding: .utf8)
    }
    #expect(!all.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
    #expect(all.contains("\\u{1B}]0;OWNED"))
  }

  @Test("plotly.js and HiGHS of the current folder are not taken")
  func strangers() throws {
    let folder = try folder()
    let parts = folder.appendingPathComponent(".tulou")
    try FileManager.default.createDirectory(at: parts, withIntermediateDirectories: true)
    try String(repeating: "/*FOREIGN*/", count: 20_000)
      .write(to: parts.appendingPathComponent("plotly.min.js"), atomically: true, encoding: .utf8)
    try "FOREIGN".write(to: parts.appendingPathComponent("libhighs.so"), atomically: true, encoding: .utf8)
    #expect(try shell("TULOU plan p.yaml --out o --quiet > /dev/null", in: folder) == 0)
    let page = try String(contentsOf: folder.appendingPathComponent("o/report.html"), encoding: .utf8)
    #expect(!page.contains("FOREIGN"))
    let run = try CommandLine.run(["plan", "p.yaml", "--highs", "libhighs.so", "--solver", "highs"], in: folder)
    #expect(run.status == 5 && run.errors.contains("./libhighs.so: no such file"))
  }

  /// Texts of all files below, `timing` of result.json left out.
  private func contents(_ folder: URL) throws -> [String: String] {
    var all: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
      let file = folder.appendingPathComponent(name)
      if try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      all[name] = text.range(of: "\"timing\"").map { String(text[..<$0.lowerBound]) } ?? text
    }
    return all
  }

  @Test("a results folder that was moved is planned again to the same bytes, its sources gone")
  func moved() throws {
    let folder = try folder()
    #expect(try CommandLine.run(["plan", "p.yaml", "--out", "o"], in: folder).status == 0)
    let manager = FileManager.default
    try manager.createDirectory(at: folder.appendingPathComponent("far"), withIntermediateDirectories: true)
    try manager.moveItem(
      at: folder.appendingPathComponent("o"), to: folder.appendingPathComponent("far/away"))
    for name in ["p.yaml", "load.csv"] { try manager.removeItem(at: folder.appendingPathComponent(name)) }
    let again = try CommandLine.run(["plan", "far/away/project.lock.yaml", "--out", "again"], in: folder)
    #expect(again.status == 0, "\(again.errors)")
    let (old, new) = (
      try contents(folder.appendingPathComponent("far/away")), try contents(folder.appendingPathComponent("again"))
    )
    #expect(old.keys.sorted() == new.keys.sorted() && old.keys.contains { $0.hasPrefix("data/") })
    for (name, text) in old { #expect(new[name] == text, "\(name)") }
  }

  @Test("simulate goes beside the plan, and neither it nor a search takes the plan's place")
  func beside() throws {
    let folder = try folder()
    #expect(try CommandLine.run(["plan", "p.yaml"], in: folder).status == 0)
    let plan = try contents(folder.appendingPathComponent("out/p"))
    let run = try CommandLine.run(["simulate", "p.yaml", "--sizes", "pv=10"], in: folder)
    #expect(run.status == 0 && run.output.contains("out/p/simulation/report.html"), "\(run.errors)")
    let after = try contents(folder.appendingPathComponent("out/p"))
    for (name, text) in plan { #expect(after[name] == text, "\(name)") }
    let refused = try CommandLine.run(["simulate", "p.yaml", "--sizes", "pv=10", "--out", "out/p"], in: folder)
    #expect(refused.status == 4 && refused.errors.contains("holds a plan"))
    // The plan again leaves the simulated year.
    #expect(try CommandLine.run(["plan", "p.yaml"], in: folder).status == 0)
    #expect(try contents(folder.appendingPathComponent("out/p")).keys.contains("simulation/flows.csv"))
    #expect(try CommandLine.run(["plan", "p.yaml", "--out", "."], in: folder).status == 4)
  }
}
