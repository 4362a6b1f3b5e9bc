import Testing
import TulouDocument
import TulouQuantities

@Suite("Mappings read by a table of their keys") struct FieldTableTests {
  private struct Pump: Sendable {
    var power = 0.0
    var head: Double?
    var mode = ""
    var isSpare = false
    var stages: Int?
    static let table = FieldTable<Pump>(
      "a pump", reserved: ["speed": "variable speed"],
      [
        .number("power", \.power, .power, .required, in: .positive, "What it takes."),
        .number("head", \.head, .length, in: .notNegative, "How high it lifts."),
        .choice("mode", \.mode, ["fixed", "free"], .value("free", source: "a handbook"), "How it runs."),
        .flag("spare", \.isSpare, .silent("false"), "Whether it stands by."),
        .integer("stages", \.stages, in: 1...9, "Impellers.").needing("mode", as: ["fixed"]),
      ])
  }

  private func read(_ entries: [(String, String)]) -> (pump: Pump, decoding: Decoding) {
    let text = entries.map { "\($0.0): \($0.1)" }.joined(separator: "\n")
    var decoding = Decoding(files: [SourceText(name: "pump.yaml", text: text)], seriesReader: NoFiles())
    var pump = Pump()
    let node = Node(
      .mapping(
        entries.enumerated().map { line, entry in
          let mark = Mark(file: 0, line: line + 1, column: 1, length: entry.0.count)
          return Node.Entry(key: entry.0, mark: mark, value: .text(entry.1, mark: mark))
        }), mark: Mark(file: 0, line: 1))
    decoding.within("pump") { $0.read(Pump.table, node, into: &pump) }
    return (pump, decoding)
  }

  @Test("numbers come in base units; what is left out is listed with its source")
  func defaults() {
    let (pump, decoding) = read([("power", "2 MW"), ("head", "0.5 km")])
    #expect(pump.power == 2000 && pump.head == 500 && pump.mode == "free" && !pump.isSpare && pump.stages == nil)
    #expect(!decoding.hasErrors)
    let mode = decoding.assumed.first { $0.path == "pump.mode" }
    #expect(mode?.value == "free" && mode?.source == "a handbook" && mode?.kind == .default)
    #expect(decoding.assumed.first { $0.path == "pump.spare" }?.kind == .silent)
    #expect(decoding.defaults.map(\.path) == ["pump.mode", "pump.spare"])
  }

  @Test(
    "what is wrong is said with its line",
    arguments: [
      ([("head", "1 m")], "needs 'power'", 1), ([("power", "0 kW")], "above 0", 1),
      ([("power", "1 kW"), ("heat", "1 m")], "'heat'", 2), ([("power", "1 kg")], "'1 kg'", 1),
      ([("power", "1 kW"), ("mode", "fred")], "'fred'", 2),
      ([("power", "1 kW"), ("mode", "fixed"), ("stages", "10")], "stages", 3),
      ([("power", "1 kW"), ("speed", "3")], "variable speed", 2),
      ([("power", "1 kW"), ("spare", "perhaps")], "perhaps", 2),
      ([("power", "1 kW"), ("head", "")], "no value", 2),
    ] as [([(String, String)], String, Int)])
  func faults(entries: [(String, String)], words: String, line: Int) {
    let found = read(entries).decoding.diagnostics.filter { $0.severity == .error }
    #expect(found.count == 1, "\(found)")
    #expect(found.first.map { $0.message.contains(words) || $0.advice.contains(words) } == true, "\(found)")
    #expect(found.first?.place?.line == line && found.first?.place?.file == "pump.yaml")
    #expect(found.first?.path.hasPrefix("pump") == true)
  }

  @Test("a key whose partner is not there is told to do nothing")
  func partners() {
    let idle = read([("power", "1 kW"), ("stages", "3")]).decoding.diagnostics
    #expect(idle.count == 1 && idle[0].severity == .warning && idle[0].message.contains("'mode: fixed'"))
    #expect(read([("power", "1 kW"), ("mode", "fixed"), ("stages", "3")]).decoding.diagnostics.isEmpty)
  }

  @Test("a text at a key path makes its mappings and leaves what stands")
  func filling() {
    var node = Node(
      .mapping([Node.Entry(key: "a.b", value: Node(.mapping([Node.Entry(key: "c", value: .text("1"))])))]))
    node.fill(["a", "b", "c"], with: "2")
    node.fill(["a", "b", "d"], with: "3")
    node.fill(["x", "y"], with: "4")
    #expect(node["a.b"]?["c"]?.text == "1" && node["a.b"]?["d"]?.text == "3" && node["x"]?["y"]?.text == "4")
  }
}
