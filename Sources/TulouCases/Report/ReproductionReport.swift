package import Tulou

/// Printed values of a publication beside ours, one row each, with a verdict; then what follows from its inputs.
package struct ReproductionReport: Sendable {
  /// Name of the publication, as the command takes it.
  package var name: String
  /// Authors, title, journal.
  package var citation: String
  /// Rows in the order of the publication.
  package var rows: [ReproducedRow]
  /// Main results of the publication beside ours.
  package var main: [MainResult] = []
  /// Further tables for people, e.g. every design that was planned.
  package var tables: [Table] = []
  /// Tables and figures of the publication as data.
  package var data: [DataTable] = []
  /// Figures of the publication with our curves beside its points.
  package var charts: [Chart] = []
  /// Remarks, a sentence each.
  package var remarks: [String] = []
  /// Rows that do not have the verdict that `reproduced.csv` expects, a sentence each.
  package var surprises: [String] = []
  /// Version of the program.
  package var version: String

  /// A report of rows alone.
  package init(name: String, citation: String, rows: [ReproducedRow], version: String) {
    self.name = name
    self.citation = citation
    self.rows = rows
    self.version = version
  }

  /// Rows that are compared with something printed.
  package var judged: [ReproducedRow] { rows.filter { $0.row.basis.hasVerdict } }

  /// How many rows came to which verdict, in words.
  package var count: String {
    let parts = ReproducedRow.Verdict.allCases.compactMap { verdict -> String? in
      let number = judged.count { $0.verdict == verdict }
      return number > 0 ? "\(number) \(verdict.words)" : nil
    }
    let derived = rows.count { $0.row.basis == .derived || $0.row.basis == .ours }
    let missing = judged.count { $0.verdict == nil }
    return "\(judged.count) comparisons with printed values: " + parts.joined(separator: ", ")
      + (missing > 0 ? ", \(missing) not computed in this run" : "")
      + ". \(derived) further values are not printed in the paper"
  }

  /// The compared rows as a table.
  package func table(_ shown: [ReproducedRow]? = nil, caption: String = "") -> Table {
    var table = Table(
      caption,
      columns: [
        .text("Value"), .number("Printed"), .number("Computed"), .number("Tolerance"), .text("Verdict"),
        .text("Place"), .text("Reason"),
      ])
    for row in shown ?? judged {
      table.add([
        row.row.what, row.printedText, row.computedText,
        row.tolerance.map { row.row.relation == .equal ? "± " + NumberText.significant($0, digits: 3) : "" } ?? "",
        row.verdict?.words ?? "not computed", row.row.place, row.shortReason,
      ])
    }
    return table
  }

  /// The rows without a printed value as a table.
  package func derivedTable(_ basis: PublishedCase.Row.Basis, caption: String) -> Table {
    var table = Table(caption, columns: [.text("Value"), .number("Computed"), .text("From"), .text("Remark")])
    for row in rows where row.row.basis == basis {
      table.add([row.row.what, row.computedText, row.row.place, row.shortReason])
    }
    return table
  }

  /// The main results, what the paper prints beside ours.
  package var mainTable: Table {
    var table = Table(
      "Main results of the paper beside ours",
      columns: [
        .text("Result"), .number("Printed"), .number("Ours, the paper's sizes"), .number("Ours / printed"),
        .number("Ours, least cost"), .text("Verdict"),
      ])
    for result in main {
      table.add([
        result.name, NumberText.significant(result.printed), result.range ?? NumberText.significant(result.ours),
        NumberText.significant(result.ours / result.printed, digits: 2), NumberText.significant(result.best),
        result.verdict?.words ?? "not computed",
      ])
    }
    return table
  }

  /// What is missing for the rows that are not reproduced, and what would close each gap.
  package var missingTable: Table {
    var table = Table(
      "What is missing, and what would close it",
      columns: [.text("Input"), .text("What the paper leaves open"), .text("What would close it"), .number("Rows")])
    for input in MissingInput.allCases {
      let number = judged.count { $0.verdict == .notReproduced && $0.row.missing.contains(input) }
      if number > 0 { table.add([input.name, input.sentence, input.closing, String(number)]) }
    }
    return table
  }

  /// The page, compared rows grouped by requirement.
  package func page() -> Page {
    var contents: [Page.Content] = [.lead(count + ".")]
    contents.append(
      .text(
        "A value counts as reproduced within half of its last printed digit and the rounding of printed numbers that went into ours. Where the paper's own numbers give another value it contradicts itself; where a plan, an input or a rule of ours does, it is not reproduced, and the reason says what is missing."
      ))
    contents += surprises.map { .alert($0) }
    if !main.isEmpty { contents.append(.table(mainTable)) }
    if !remarks.isEmpty { contents.append(.list(remarks)) }
    contents += tables.map { .table($0) }
    contents += charts.map { .chart($0) }
    var sections = [Page.Section(id: "summary", title: "In short", contents)]
    for verdict in ReproducedRow.Verdict.allCases {
      let found = judged.filter { $0.verdict == verdict }
      guard !found.isEmpty else { continue }
      sections.append(
        Page.Section(
          id: verdict.rawValue, title: verdict.words.capitalisedFirst,
          (verdict == .notReproduced ? [.table(missingTable)] : []) + [.table(table(found))]))
    }
    sections.append(
      Page.Section(
        id: "derived", title: "Not printed",
        [
          .folded("Derived from the paper's inputs", [.table(derivedTable(.derived, caption: ""))]),
          .folded("Results of our plans", [.table(derivedTable(.ours, caption: ""))]),
        ]))
    sections.append(
      Page.Section(
        id: "data", title: "Tables and figures as data", data.map { .folded($0.title, [.table($0.table)]) }))
    return Page(title: name, subtitle: citation, sections: sections, footer: "Made by Tulou \(version).")
  }
}

/// A main result of a publication beside ours.
package struct MainResult: Sendable {
  /// What it is, with its unit.
  package var name: String
  /// What the paper prints.
  package var printed: Double
  /// Ours with the paper's sizes; NaN where the inputs leave a range.
  package var ours: Double
  /// The range, where dispatches of the same cost differ.
  package var range: String?
  /// Ours with the sizes of least cost.
  package var best: Double
  /// Verdict of the row.
  package var verdict: ReproducedRow.Verdict?
}

extension ReproducedRow {
  /// What the paper prints, as it prints it.
  var printedText: String {
    switch row.published {
    case .number(let value):
      let sign = row.relation == .atMost ? "at most " : row.relation == .atLeast ? "at least " : ""
      return sign + withUnit(row.text.contains(".") ? row.text : NumberText.significant(value, digits: 12))
    case .words(let words): return words.sorted().joined(separator: ", ")
    case nil: return NumberText.none
    }
  }

  /// What is missing by name, how our value was found, and the remark.
  var shortReason: String {
    let missing = verdict == .notReproduced ? "missing: " + row.missing.map(\.name).joined(separator: ", ") : ""
    return [missing, how, row.note].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// Our value, with as many digits as the tolerance can tell apart.
  var computedText: String {
    switch computed {
    case .number(let value):
      let ratio = abs(value) / max(tolerance ?? 0, 1e-12)
      let digits = (tolerance ?? 0) > 0 && ratio > 1 ? min(12, max(4, String(Int(min(ratio, 1e12))).count + 1)) : 6
      return withUnit(NumberText.significant(value, digits: digits))
    case .words(let words): return words.sorted().joined(separator: ", ")
    case nil: return NumberText.none
    }
  }

  private func withUnit(_ text: String) -> String {
    row.unit.isEmpty ? text : text + " " + Scale.pretty(row.unit)
  }
}
