package import Tulou

/// What a reproduction is known to give: verdict and value of each row, as `reproduced.csv` lists them.
///
/// `tulou reproduce CASE` writes its own beside the report; a change of any row is a change of this file.
package struct ExpectedRows: Sendable {
  /// A row.
  package struct Row: Sendable, Equatable {
    /// Id of the row.
    package var id: String
    /// What the paper prints, as `published.csv` has it.
    package var published: String
    /// Verdict; nil where nothing is compared.
    package var verdict: ReproducedRow.Verdict?
    /// Value; nil where none could be computed.
    package var value: PublishedCase.Amount?

    /// What is known of a row.
    package init(id: String, published: String, verdict: ReproducedRow.Verdict?, value: PublishedCase.Amount?) {
      self.id = id
      self.published = published
      self.verdict = verdict
      self.value = value
    }
  }

  /// Name of the publication.
  package var name: String
  /// Rows in the order of the publication.
  package var rows: [Row]

  /// What is known of a publication.
  package init(name: String, rows: [Row]) {
    self.name = name
    self.rows = rows
  }

  static let headings = ["id", "published", "verdict", "value"]

  /// The expected rows of a paper.
  package static func read(_ name: String) throws(ProjectFault) -> ExpectedRows {
    let path = "\(name)/reproduced.csv"
    var rows: [Row] = []
    for (line, cells) in try PaperFiles.table(path, headings) {
      let verdict = cells["verdict"] ?? "", text = cells["value"] ?? ""
      guard verdict.isEmpty || ReproducedRow.Verdict(rawValue: verdict) != nil else {
        throw PaperFiles.fault("Papers/\(path), line \(line): there is no verdict '\(verdict)'.")
      }
      rows.append(
        Row(
          id: cells["id"] ?? "", published: cells["published"] ?? "", verdict: ReproducedRow.Verdict(rawValue: verdict),
          value: PublishedCase.amount(text)))
    }
    return ExpectedRows(name: name, rows: rows)
  }

  /// The text of `reproduced.csv` for what was computed.
  package static func csv(_ rows: [ReproducedRow]) -> String {
    var text = headings.joined(separator: ",") + "\n"
    for row in rows {
      let value =
        switch row.computed {
        // Eight digits: what is the same on every machine.
        case .number(let number): NumberText.significant(number, digits: 8).replacing(",", with: "")
        case .words(let words): words.sorted().joined(separator: "; ")
        case nil: ""
        }
      text += "\(row.row.id),\(row.row.text),\(row.verdict?.rawValue ?? ""),\(value)\n"
    }
    return text
  }

  /// Rows whose verdict is another, and rows that only one side has, a sentence each.
  ///
  /// - Parameter isWhole: Whether every row was to be computed; otherwise only those that were are compared.
  package func surprises(in found: [ReproducedRow], isWhole: Bool) -> [String] {
    let known = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var list: [String] = []
    for row in found {
      guard let expected = known[row.row.id] else {
        list.append("'\(row.row.id)' is not in reproduced.csv.")
        continue
      }
      if row.row.text != expected.published {
        list.append("'\(row.row.id)' is printed as '\(row.row.text)', expected '\(expected.published)'.")
      }
      let isComputed = row.computed != nil || row.verdict != nil
      if !isComputed, isWhole, expected.value != nil || expected.verdict != nil {
        list.append("'\(row.row.id)' was not computed: \(row.how).")
      } else if isComputed, row.verdict != expected.verdict {
        list.append(
          "'\(row.row.id)' is \(row.verdict?.words ?? "not compared"), expected \(expected.verdict?.words ?? "no verdict")."
        )
      }
    }
    let ids = Set(found.map(\.row.id))
    list += rows.filter { !ids.contains($0.id) }.map { "'\($0.id)' stands in reproduced.csv alone." }
    return list
  }

  /// Rows whose value is another, a sentence each.
  ///
  /// - Parameter tolerance: Relative difference that is none; values below 1e-6 are zero.
  package func changes(in found: [ReproducedRow], tolerance: (PublishedCase.Row) -> Double) -> [String] {
    let known = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return found.compactMap { row in
      guard let expected = known[row.row.id], let ours = row.computed else { return nil }
      if case .number(let value) = ours, case .number(let before) = expected.value {
        let isSame = abs(value - before) <= tolerance(row.row) * max(abs(value), abs(before)) + 1e-6
        return isSame ? nil : "'\(row.row.id)' is \(value), expected \(before)."
      }
      return ours == expected.value
        ? nil : "'\(row.row.id)' is \(ours), expected \(String(describing: expected.value))."
    }
  }
}
