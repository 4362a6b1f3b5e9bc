package import Tulou
import TulouFiles

/// What Tulou was compared with beside the papers: other programs and published numbers, each with its worst difference
/// and the command that measures it.
///
/// The differences stand in `Papers/validation.csv`; the tests that measure them fail where a difference is larger.
package struct ValidationReport: Sendable {
  /// What is known of a comparison.
  package enum Verdict: String, Sendable, CaseIterable {
    /// The test of its command fails where the difference is larger than the stated one. `reproduce` itself runs no test.
    case heldByTest = "held_by_test"
    /// Nothing was compared; the reason says why.
    case notCompared = "not_compared"
  }

  /// A comparison.
  package struct Row: Sendable, Equatable {
    /// Id, as the measuring test names it.
    package var id: String
    /// Largest difference measured, rounded up to two digits; nil: not compared.
    package var worst: Double?
    /// Unit of the difference; `1`: relative.
    package var unit: String
    /// Folder of the set of expected values; `-` for numbers that stand in the tests.
    package var set: String
    /// Program or publication.
    package var peer: String
    /// What was compared.
    package var what: String
    /// Where the expected numbers come from.
    package var source: String
    /// Command that measures it.
    package var command: String
    /// Remark, or why nothing was compared.
    package var note: String

    /// A comparison, its values as the properties of the same names say.
    package init(
      id: String, worst: Double?, unit: String, set: String, peer: String, what: String, source: String,
      command: String,
      note: String
    ) {
      self.id = id
      self.worst = worst
      self.unit = unit
      self.set = set
      self.peer = peer
      self.what = what
      self.source = source
      self.command = command
      self.note = note
    }

    /// What is known of it.
    package var verdict: Verdict { worst == nil ? .notCompared : .heldByTest }
    /// Why, a sentence each: the command that measures the difference, then the remark.
    var reasons: [String] {
      [worst == nil ? "" : "measured by `\(command)`, which fails beyond it", note].filter { !$0.isEmpty }
    }
  }

  /// Comparisons in order.
  package var rows: [Row]
  /// Version of the program.
  package var version: String

  /// A report of comparisons.
  package init(rows: [Row], version: String) {
    self.rows = rows
    self.version = version
  }

  static let headings = ["id", "worst", "unit", "set", "peer", "what", "source", "command", "note"]

  /// The comparisons that the house states.
  package static func read(version: String) throws(ProjectFault) -> ValidationReport {
    var rows: [Row] = []
    for (_, cells) in try PaperFiles.table("validation.csv", headings) {
      func cell(_ key: String) -> String { cells[key] ?? "" }
      rows.append(
        Row(
          id: cell("id"), worst: Double(cell("worst")), unit: cell("unit"), set: cell("set"), peer: cell("peer"),
          what: cell("what"), source: cell("source"), command: cell("command"), note: cell("note")))
    }
    return ValidationReport(rows: rows, version: version)
  }

  /// One table a program or publication, in the order of the file; what was not compared comes last, in one.
  package var tables: [Table] {
    var peers: [String] = []
    for row in rows where row.worst != nil && !peers.contains(row.peer) { peers.append(row.peer) }
    var list = peers.map { peer in
      var table = Table(
        peer,
        columns: [
          .text("What was compared"), .number("Worst difference"), .text("Set"), .text("Expected values from"),
          .text("Command"), .text("Remark"),
        ])
      for row in rows where row.peer == peer && row.worst != nil {
        table.add([row.what, row.difference, row.set, row.source, row.command, row.note])
      }
      return table
    }
    let left = rows.filter { $0.worst == nil }
    if !left.isEmpty {
      var table = Table(
        "Not compared", columns: [.text("Set"), .text("Program"), .text("What it holds"), .text("Why not")])
      for row in left { table.add([row.set, row.peer, row.what, row.note]) }
      list.append(table)
    }
    return list
  }

  static let lead =
    "Differences to other programs and published numbers: at most what stands here, measured by the command beside it. Expected values that are not ours are read from the folder `shared` beside the repository (`TULOU_SHARED` names another place); without it those tests are skipped by name."

  /// The comparisons as a page.
  package func page() -> Page {
    Page(
      title: "Validation", subtitle: "Other programs and published numbers",
      sections: [
        Page.Section(id: "peers", title: "Beside other programs", [.text(Self.lead)] + tables.map { .table($0) })
      ],
      footer: "Made by Tulou \(version).")
  }

  /// The comparisons as a part of a page of the documentation.
  package var markdown: String {
    var text = "## Other programs and published numbers\n\n\(Self.lead)\n"
    for table in tables { text += "\n### \(table.caption)\n\n" + table.markdown }
    return text
  }
}

extension ValidationReport.Row {
  /// `0.0005 W/m²`, `1.2e-09 relative`.
  var difference: String {
    guard let worst else { return NumberText.none }
    let number = NumberText.significant(worst, digits: 2)
    return unit == "1" ? number + " relative" : number + " " + Scale.pretty(unit)
  }
}
