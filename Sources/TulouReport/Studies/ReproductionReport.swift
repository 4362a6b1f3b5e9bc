public import TulouPlanning
import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Published values beside ours, one row each, with a verdict.
public struct ReproductionReport: Sendable {
  /// Name of the publication.
  public var name: String
  /// Rows in the order of the publication.
  public var rows: [ReproducedRow]
  /// Further tables that the reproduction made, e.g. the published sizes beside the optimal ones.
  public var tables: [Table]
  /// Figures of the publication with our curves beside its points.
  public var charts: [Chart]
  /// Remarks, a sentence each.
  public var remarks: [String]
  /// Version of the program.
  public var version: String

  /// A report.
  public init(
    name: String, rows: [ReproducedRow], tables: [Table] = [], charts: [Chart] = [], remarks: [String] = [],
    version: String
  ) {
    self.name = name
    self.rows = rows
    self.tables = tables
    self.charts = charts
    self.remarks = remarks
    self.version = version
  }

  /// How many rows came to which verdict, in words.
  public var count: String {
    let verdicts: [ReproducedRow.Verdict] = [.reproduced, .notReproduced, .contradiction, .notComputed]
    let parts = verdicts.compactMap { verdict -> String? in
      let number = rows.count { $0.verdict == verdict }
      return number > 0 ? "\(number) \(verdict.rawValue)" : nil
    }
    return "\(rows.count) values: " + parts.joined(separator: ", ")
  }

  /// All rows as a table.
  public func table(_ shown: [ReproducedRow]? = nil, caption: String = "") -> Table {
    var table = Table(
      caption,
      columns: [
        .text("Value"), .number("Published"), .number("Computed"), .number("Tolerance"), .text("Verdict"),
        .text("Place"),
        .text("Remark"),
      ])
    for row in shown ?? rows {
      // As many digits as the tolerance can tell apart.
      let ratio = abs(row.row.published ?? 0) / max(row.row.tolerance, 1e-12)
      let digits = row.row.tolerance > 0 && ratio > 1e5 ? min(12, Int(saturating: log10(ratio).rounded(.up)) + 1) : 6
      func text(_ value: Double?) -> String {
        value.map {
          NumberText.significant($0, digits: digits)
            + (row.row.unit.isEmpty || row.row.unit == "1" ? "" : " " + Scale.pretty(row.row.unit))
        }
          ?? NumberText.none
      }
      table.add([
        row.row.what, text(row.row.published), text(row.computed),
        row.row.published == nil ? "" : "± " + NumberText.significant(row.row.tolerance, digits: 3),
        row.verdict.rawValue,
        row.row.place, row.why,
      ])
    }
    return table
  }

  /// The page, rows grouped by requirement.
  public func page() -> Page {
    let groups = rows.reduce(into: [String]()) { if !$0.contains($1.row.requirement) { $0.append($1.row.requirement) } }
    var contents: [Page.Content] = [.lead(count + ".")]
    contents.append(
      .text("No value is forced: what cannot be reproduced stays in the table with the reason."))
    if !remarks.isEmpty { contents.append(.list(remarks)) }
    contents += tables.map { .table($0) }
    contents += charts.map { .chart($0) }
    let missed = rows.filter { $0.verdict == .notReproduced || $0.verdict == .contradiction }
    var sections = [Page.Section(id: "summary", title: "In short", contents)]
    if !missed.isEmpty {
      sections.append(Page.Section(id: "missed", title: "Not reproduced", [.table(table(missed))]))
    }
    sections.append(
      Page.Section(
        id: "values", title: "All values",
        groups.map { group in
          .folded(
            "\(group): \(rows.count { $0.row.requirement == group }) values",
            [.table(table(rows.filter { $0.row.requirement == group }))])
        }))
    return Page(
      title: name, subtitle: "Published values beside ours", sections: sections, footer: "Made by Tulou \(version).")
  }

  /// One object a row, in fixed order.
  package var json: JSON {
    .object([
      ("tulou", .text(version)), ("case", .text(name)),
      ("figures", .array(charts.map(ReproductionReport.json))),
      (
        "values",
        .array(
          rows.map { row in
            .object([
              ("id", .text(row.row.id)), ("requirement", .text(row.row.requirement)), ("what", .text(row.row.what)),
              ("unit", .text(row.row.unit)), ("published", .optional(row.row.published)),
              ("computed", .optional(row.computed)), ("tolerance", .number(row.row.tolerance)),
              ("place", .text(row.row.place)), ("verdict", .text(row.verdict.rawValue)), ("why", .text(row.why)),
            ])
          })
      ),
    ])
  }
}
