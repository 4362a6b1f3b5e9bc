import Foundation
import TulouDocument
import TulouQuantities

/// What there is to say about a table whose project is not known: a list of appliances or buildings, or columns of numbers.
struct TableCheck {
  let table: CsvTable
  let path: String

  /// What the table is, in words.
  var kind: String {
    if let list { return "list of \(list), \(table.rows.count) row\(table.rows.count == 1 ? "" : "s")" }
    let count = table.header.count
    return "table of \(table.rows.count) rows and \(count) column\(count == 1 ? "" : "s")"
  }

  /// Everything found.
  var findings: [Diagnostic] {
    guard !table.rows.isEmpty else {
      return [Diagnostic(.error, "No row stands below the header.", at: Diagnostic.Place(file: path))]
    }
    return list.map(listFindings) ?? table.header.indices.compactMap(column)
  }

  /// The key of a demand that reads such a list, by the names of its columns; nil: it is none.
  private var list: String? {
    let names = Set(table.header.map { $0.prefix { $0 != "[" && $0 != " " }.lowercased() })
    if names.isSuperset(of: ["count", "power"]) { return "appliances" }
    if names.contains("use"), !names.isDisjoint(with: ["floor_area", "persons", "land"]) { return "buildings" }
    return nil
  }

  /// A list is read as a demand of a project would read it.
  private func listFindings(_ key: String) -> [Diagnostic] {
    let url = URL(fileURLWithPath: path)
    let text = """
      tulou: 1
      site: {latitude: 40 deg, longitude: 116 deg, altitude: 50 m, time_zone: Asia/Shanghai}
      horizon: {start: 2025-01-01, length: 8760 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      demands: {list: {bus: ac, \(key): {file: \(JSONText.quoted(url.lastPathComponent))}}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 EUR/kWh, emission: 0 kg/kWh}}
      """
    let folder = url.deletingLastPathComponent().appendingPathComponent("project.yaml").path
    return ProjectReader.check(text: text, path: folder).filter { $0.path.hasPrefix("demands.list.\(key)") }.map {
      // The place is that of a project that nobody has.
      var finding = $0
      finding.place = Diagnostic.Place(file: path)
      return finding
    }
  }

  /// A column that begins with a number, or with a stamp, holds nothing else.
  private func column(_ index: Int) -> Diagnostic? {
    guard let first = table.cell(index, table.rows[0]) else { return nil }
    let name = Node.short(table.header[index])
    if DecimalNumber.parse(first) != nil {
      var gaps = 0, place = 0
      for row in table.rows {
        do throws(SeriesFault) {
          guard try table.measured(index, row) == nil else { continue }
          if gaps == 0 { place = row.number }
          gaps += 1
        } catch {
          return Diagnostic(
            .error, error.message, advice: error.advice, at: Diagnostic.Place(file: path, line: row.number))
        }
      }
      guard gaps > 0 else { return nil }
      return Diagnostic(
        .warning, "The column '\(name)' has no number in \(gaps) row\(gaps == 1 ? "" : "s").",
        advice: "Gaps are never filled silently; complete the file, or say with the series what fills them.",
        at: Diagnostic.Place(file: path, line: place))
    }
    guard TimeStamps.parse(first) != nil else { return nil }
    for row in table.rows {
      guard let cell = table.cell(index, row), TimeStamps.parse(cell) == nil else { continue }
      return Diagnostic(
        .error,
        "'\(String(decoding: cell.prefix(30), as: UTF8.self))' in the column '\(name)' is no time as those above are.",
        at: Diagnostic.Place(file: path, line: row.number))
    }
    return nil
  }
}

/// Texts in double quotes as YAML and JSON read them.
private enum JSONText {
  static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
