import Testing
import Tulou
import TulouCases

@Suite("Tables of the papers") struct PublishedCaseTests {
  @Test("a case of the house says where each printed value stands", arguments: Cases.names)
  func places(name: String) throws {
    let paper = try PublishedCase.read(name)
    for row in paper.rows {
      let isPrinted = row.basis == .given || row.basis.hasVerdict
      #expect((row.published != nil) == isPrinted, "\(row.id)")
      if isPrinted { #expect(!row.place.isEmpty, "\(row.id)") }
    }
  }

  @Test("every row that is not reproduced names what is missing, and nothing else needs it", arguments: Cases.names)
  func missing(name: String) throws {
    let paper = try PublishedCase.read(name)
    for expected in try ExpectedRows.read(name).rows {
      let row = try #require(paper.row(expected.id))
      #expect((row.basis == .model) == !row.missing.isEmpty, "\(row.id)")
      switch expected.verdict {
      case .notReproduced: #expect(row.basis == .model, "\(row.id)")
      case .contradictsItself: #expect(row.basis == .arithmetic, "\(row.id)")
      case .reproduced: #expect(row.basis.hasVerdict, "\(row.id)")
      case nil: #expect(!row.basis.hasVerdict, "\(row.id)")
      }
    }
  }

  @Test("no comparison is counted twice", arguments: Cases.names)
  func once(name: String) throws {
    let paper = try PublishedCase.read(name)
    var seen: Set<String> = []
    for expected in try ExpectedRows.read(name).rows {
      // Words are few, so two stages may well have the same.
      guard let row = paper.row(expected.id), row.basis.hasVerdict, let ours = expected.value?.number else { continue }
      #expect(seen.insert("\(row.text) \(row.unit) \(row.place) \(ours)").inserted, "\(row.id)")
    }
    #expect(seen.count > (name == "shenzhen" ? 100 : 5))
  }

  /// Numbers that two rows may both be judged by: net present cost by our plans, and with cost and demand in equation (8).
  private static let judgedTwice: Set = ["t9.check"]

  @Test("a printed statement is judged once: by the paper's own numbers, else by ours", arguments: Cases.names)
  func statements(name: String) throws {
    let rows = try PublishedCase.read(name).rows.filter { $0.basis.hasVerdict }
    var seen: [String: String] = [:]
    for row in rows where row.published?.number != nil && !Self.judgedTwice.contains(where: row.id.hasPrefix) {
      // Rows of one place and end, e.g. a stage, that print the same number in the same unit.
      let end = row.id.split(separator: ".").last ?? ""
      let kind = row.id.split(separator: ".").dropFirst().first ?? ""
      let key =
        "\(row.text) \(row.unit) \(row.relation) \(row.place) \(end)" + (row.place.hasPrefix("table") ? " \(kind)" : "")
      #expect(seen.updateValue(row.id, forKey: key) == nil, "\(row.id) judges what \(seen[key] ?? "") does")
    }
  }

  @Test("what is found by a rule of ours contradicts nothing, and what is put in is no result") func ours() throws {
    let paper = try PublishedCase.read("xizhou")
    for row in paper.rows where row.id.hasPrefix("size.") && row.published != nil {
      #expect(row.basis == .model, "\(row.id)")
    }
    #expect(paper.row("valley.hour")?.basis == .given)
    let shenzhen = try PublishedCase.read("shenzhen")
    for stage in ShenzhenArithmetic.stages {
      #expect(shenzhen.row("t8.psh.most.\(stage)")?.basis == .derived && shenzhen.row("price.\(stage)")?.basis == .ours)
    }
  }

  @Test("every missing input is said with what would close it, and some row needs it") func closing() throws {
    let used = try Set(Cases.names.flatMap { try PublishedCase.read($0).rows.flatMap(\.missing) })
    for input in MissingInput.allCases {
      #expect(!input.sentence.isEmpty && !input.closing.isEmpty && used.contains(input), "\(input.rawValue)")
    }
  }

  @Test("the last printed digit is read from the text") func lastDigit() {
    #expect(PublishedCase.lastDigit(of: "16500") == 1)
    #expect(abs(PublishedCase.lastDigit(of: "27.50") - 0.01) < 1e-15)
    #expect(abs(PublishedCase.lastDigit(of: "0.9223") - 1e-4) < 1e-15)
  }

  @Test("cells of a line may hold commas and quotation marks") func cells() {
    #expect(PaperFiles.cells(of: #"a,"b, c","say ""no""",d"#) == ["a", "b, c", #"say "no""#, "d"])
  }

  /// Rows without plans.
  static func tablesOnly(_ name: String) throws -> [ReproducedRow] {
    var settings = Cases.Settings(examples: "")
    settings.tablesOnly = true
    return try Cases.reproduce(name, settings, solver: nil, version: "test").rows
  }
}

@Suite("Verdicts") struct VerdictTests {
  /// A row with a printed number.
  static func row(
    _ basis: PublishedCase.Row.Basis, _ text: String, relation: PublishedCase.Row.Relation = .equal,
    id: String = "a", isExact: Bool = false
  ) -> PublishedCase.Row {
    let digit = PublishedCase.lastDigit(of: text)
    return PublishedCase.Row(
      id: id, requirement: "", what: id, basis: basis, relation: relation, published: PublishedCase.amount(text),
      text: text, lastDigit: digit, rounding: isExact ? 0 : digit / 2, unit: "", place: "table 1",
      missing: basis == .model ? [.windSeries] : [], note: "")
  }

  private func verdict(_ row: PublishedCase.Row, _ value: Double) -> ReproducedRow.Verdict? {
    PublishedCase(name: "case", rows: [row]).compared(with: ["a": ComputedValue(value)])[0].verdict
  }

  @Test("half of the last digit agrees, more does not")
  func tolerance() {
    // 10.875 is printed as 10.88; in binary the difference is a trifle above 0.005.
    #expect(verdict(Self.row(.arithmetic, "10.88"), 10.875) == .reproduced)
    #expect(verdict(Self.row(.arithmetic, "10.88"), 10.8749) == .contradictsItself)
    #expect(verdict(Self.row(.model, "10.88"), 10.8749) == .notReproduced)
    #expect(verdict(Self.row(.model, "568"), 568.5) == .reproduced)
    #expect(verdict(Self.row(.model, "568"), 568.6) == .notReproduced)
  }

  @Test("a bound is met from its side")
  func bounds() {
    #expect(verdict(Self.row(.model, "15", relation: .atMost), 11) == .reproduced)
    #expect(verdict(Self.row(.model, "15", relation: .atMost), 15.6) == .notReproduced)
    #expect(verdict(Self.row(.arithmetic, "20", relation: .atLeast), 11.3) == .contradictsItself)
    #expect(verdict(Self.row(.arithmetic, "20", relation: .atLeast), 19.6) == .reproduced)
  }

  @Test("what was sought and not found is not reproduced, what was not sought has no verdict")
  func notFound() {
    let paper = PublishedCase(name: "case", rows: [Self.row(.model, "5")])
    #expect(paper.compared(with: ["a": ComputedValue(nil, "no plan")])[0].verdict == .notReproduced)
    #expect(paper.compared(with: ["a": ComputedValue(.nan)])[0].verdict == .notReproduced)
    #expect(paper.compared(with: [:])[0].verdict == nil)
  }

  @Test("words agree as a set") func words() {
    var row = Self.row(.model, "5")
    row.published = .words(["gas fuel", "wind capital"])
    let paper = PublishedCase(name: "case", rows: [row])
    func verdict(_ words: Set<String>) -> ReproducedRow.Verdict? {
      paper.compared(with: ["a": ComputedValue(words: words)])[0].verdict
    }
    #expect(verdict(["wind capital", "gas fuel"]) == .reproduced)
    #expect(verdict(["wind capital"]) == .notReproduced)
  }

  @Test("derived values have neither verdict nor tolerance") func derived() {
    var row = Self.row(.derived, "5")
    row.published = nil
    let found = PublishedCase(name: "case", rows: [row]).compared(with: ["a": ComputedValue(3)])[0]
    #expect(found.verdict == nil && found.tolerance == nil && found.computed == .number(3))
  }

  @Test("the rounding of printed numbers adds up, that of exact ones does not count")
  func roundings() {
    // a = 2 b + 3 c with b printed to 0.1 (half: 0.05), c exact: 2 x 0.05 = 0.1.
    let rows = [
      Self.row(.arithmetic, "9"), Self.row(.arithmetic, "1.5", id: "b"), Self.row(.model, "2", id: "c", isExact: true),
    ]
    let paper = PublishedCase(name: "case", rows: rows)
    let roundings = paper.roundings { ["a": ComputedValue(2 * $0["b"] + 3 * $0["c"])] }
    #expect(abs((roundings["a"] ?? 0) - 0.1) < 1e-12)
    let found = paper.compared(with: ["a": ComputedValue(9.59)], roundings: roundings)[0]
    #expect(abs((found.tolerance ?? 0) - 0.6) < 1e-12 && found.verdict == .reproduced)
  }
}
