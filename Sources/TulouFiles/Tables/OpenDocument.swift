import TulouDocument

/// Sheets of an OpenDocument spreadsheet (`.ods`): values as they are kept, not as they are shown.
enum OpenDocument {
  static func sheets(_ archive: ZipArchive) throws(SeriesFault) -> [Sheet] {
    guard let content = archive.file("content.xml") else { throw Workbook.damaged }
    var sheets: [Sheet] = []
    var sheet: Sheet?
    var row: [SheetCell] = []
    var rowRepeat = 1, cellRepeat = 1, number = 0
    var attributes: [String: String] = [:]
    var text = "", paragraphs = 0
    var depth = 0
    var scan = XmlScanner(content)
    while let event = scan.next() {
      switch event {
      case .open("table", let found):
        sheet = Sheet(name: found["name"] ?? "", rows: [])
        number = 0
      case .close("table"):
        if let done = sheet { sheets.append(done) }
        sheet = nil
      case .open("table-row", let found):
        rowRepeat = min(1_100_000, max(1, found["number-rows-repeated"].flatMap { Int($0) } ?? 1))
        row = []
      case .open("table-cell", let found), .open("covered-table-cell", let found):
        attributes = found
        cellRepeat = min(2000, max(1, found["number-columns-repeated"].flatMap { Int($0) } ?? 1))
        text = ""
        paragraphs = 0
        depth = 1
      case .open("p", _):
        if paragraphs > 0 { text += " " }
        paragraphs += 1
      case .text(let part): if depth == 1 { text += part }
      case .close("table-cell"), .close("covered-table-cell"):
        depth = 0
        let cell = cell(attributes, text)
        if row.count + cellRepeat < 20_000 { row += [SheetCell](repeating: cell, count: cellRepeat) }
      case .close("table-row"):
        while row.last?.text.isEmpty == true { row.removeLast() }
        // The rest of a sheet is one empty row, repeated.
        if row.isEmpty {
          number += rowRepeat
        } else {
          for _ in 0..<min(rowRepeat, 100_000) {
            number += 1
            sheet?.rows.append(SheetRow(number: number, cells: row))
          }
        }
      default: continue
      }
    }
    guard !sheets.isEmpty else { throw Workbook.damaged }
    return sheets
  }

  private static func cell(_ attributes: [String: String], _ text: String) -> SheetCell {
    switch attributes["value-type"] {
    case "float", "percentage", "currency": SheetCell(text: attributes["value"] ?? text, isNumber: true)
    case "date": SheetCell(text: attributes["date-value"] ?? text)
    case "time": SheetCell(text: clock(attributes["time-value"] ?? "") ?? text)
    default: SheetCell(text: text.trimmingSpaces)
    }
  }

  /// `PT13H30M00S` is 13:30:00.
  private static func clock(_ duration: String) -> String? {
    guard duration.hasPrefix("PT") else { return nil }
    var parts: [Character: Int] = [:]
    var digits = ""
    for c in duration.dropFirst(2) {
      if c.isNumber || c == "." || c == "," {
        digits.append(c)
      } else {
        parts[c] = Int(digits.prefix { $0.isNumber })
        digits = ""
      }
    }
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(two(parts["H"] ?? 0)):\(two(parts["M"] ?? 0)):\(two(parts["S"] ?? 0))"
  }
}
