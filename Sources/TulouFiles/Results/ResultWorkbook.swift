import Foundation
import TulouQuantities

/// Tables of a result as one workbook (Office Open XML, `.xlsx`): a sheet a CSV file, numbers as numbers, hours as dates.
///
/// Written by hand: a workbook is a few XML files in a zip, and all that a library would add is what no table here needs.
///
/// - Source: ECMA-376, Office Open XML File Formats, 5th edition, part 1, clause 18 (SpreadsheetML).
package enum ResultWorkbook {
  /// Name of the workbook in a folder of results.
  package static let name = "workbook.xlsx"
  /// Rows that a sheet can have, the heading among them.
  private static let mostRows = 1_048_576

  /// The workbook of CSV files: names relative to the folder, with their bytes; others are left out.
  package static func bytes(of files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var taken: Set<String> = []
    let sheets = files.filter { $0.name.hasSuffix(".csv") }.map { file in
      (name: sheetName(file.name, &taken), xml: sheet(rows(String(decoding: file.bytes, as: UTF8.self))))
    }
    var zip = StoredZip()
    zip.add("[Content_Types].xml", Array(contentTypes(sheets.count).utf8))
    zip.add("_rels/.rels", Array(rootRelations.utf8))
    zip.add("xl/workbook.xml", Array(workbook(sheets.map(\.name)).utf8))
    zip.add("xl/_rels/workbook.xml.rels", Array(relations(sheets.count).utf8))
    zip.add("xl/styles.xml", Array(styles.utf8))
    for (n, sheet) in sheets.enumerated() { zip.add("xl/worksheets/sheet\(n + 1).xml", Array(sheet.xml.utf8)) }
    return zip.bytes
  }

  /// Name of a sheet: at most 31 letters, none of `[]:*?/\`, each once whatever the case.
  package static func sheetName(_ file: String, _ taken: inout Set<String>) -> String {
    let stem = file.split(separator: "/").last.map { String($0.dropLast(4)) } ?? file
    let base = String(stem.map { "[]:*?/\\'".contains($0) ? " " : $0 }.prefix(31))
    var name = base.isEmpty ? "sheet" : base
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = base.prefix(27) + " \(number)"
      number += 1
    }
    return name
  }

  /// Cells of a CSV text with quotation marks (RFC 4180).
  package static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = [], row: [String] = [], cell: [UInt8] = []
    var isQuoted = false, wasQuote = false
    func end() {
      row.append(String(decoding: cell, as: UTF8.self))
      cell = []
    }
    for byte in text.utf8 {
      if isQuoted, byte != UInt8(ascii: "\"") {
        cell.append(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        // A mark within marks is written twice.
        if !isQuoted, wasQuote { cell.append(byte) }
        wasQuote = isQuoted
        isQuoted.toggle()
        continue
      case UInt8(ascii: ","): end()
      case UInt8(ascii: "\n"):
        end()
        rows.append(row)
        row = []
      case UInt8(ascii: "\r"): break
      default: cell.append(byte)
      }
      wasQuote = false
    }
    if !cell.isEmpty || !row.isEmpty {
      end()
      rows.append(row)
    }
    return rows
  }

  private static func sheet(_ rows: [[String]]) -> String {
    var xml =
      head
      + "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>"
    for (n, row) in rows.prefix(mostRows).enumerated() {
      xml += "<row>"
      for cell in row { xml += n == 0 ? text(cell, style: 1) : self.cell(cell) }
      xml += "</row>"
    }
    return xml + "</sheetData></worksheet>"
  }

  private static func cell(_ cell: String) -> String {
    if cell.isEmpty { return "<c/>" }
    if let serial = serial(cell) { return "<c s=\"2\"><v>\(serial)</v></c>" }
    let first = cell.utf8.first ?? 0
    let isNumeric = first == UInt8(ascii: "-") || first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")
    if isNumeric, let value = Double(cell), value.isFinite { return "<c><v>\(cell)</v></c>" }
    return text(cell, style: 0)
  }

  /// A stamp `2027-01-31T13` or `2027-01-31T13:30` as days since 1899-12-30, which is how spreadsheets count; nil: it is none.
  package static func serial(_ cell: String) -> Double? {
    let parts = cell.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let date = CivilDate(String(parts[0])) else { return nil }
    let clock = parts[1].split(separator: ":").map { Int($0) }
    guard (1...2).contains(clock.count), let hour = clock[0], (0...24).contains(hour) else { return nil }
    guard let minute = clock.count == 2 ? clock[1] : 0, (0..<60).contains(minute) else { return nil }
    return Double(date.dayNumber + 25_569) + (Double(hour) + Double(minute) / 60) / 24
  }

  private static func text(_ text: String, style: Int) -> String {
    "<c t=\"inlineStr\"\(style == 0 ? "" : " s=\"\(style)\"")><is><t xml:space=\"preserve\">\(escaped(text))</t></is></c>"
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default:
        // XML knows no other control characters.
        if scalar.value >= 32 || scalar == "\n" || scalar == "\t" { out.unicodeScalars.append(scalar) }
      }
    }
    return out
  }

  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let parts = "http://schemas.openxmlformats.org/package/2006"

  private static func contentTypes(_ count: Int) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return head + "<Types xmlns=\"\(parts)/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/>"
      + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind).styles+xml\"/>"
      + (0..<count).map {
        "<Override PartName=\"/xl/worksheets/sheet\($0 + 1).xml\" ContentType=\"\(kind).worksheet+xml\"/>"
      }.joined() + "</Types>"
  }

  private static let rootRelations =
    head
    + "<Relationships xmlns=\"\(parts)/relationships\"><Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"

  private static func workbook(_ names: [String]) -> String {
    head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
      + names.enumerated().map {
        "<sheet name=\"\(escaped($0.element))\" sheetId=\"\($0.offset + 1)\" r:id=\"rId\($0.offset + 1)\"/>"
      }.joined() + "</sheets></workbook>"
  }

  private static func relations(_ count: Int) -> String {
    head + "<Relationships xmlns=\"\(parts)/relationships\">"
      + (0..<count).map {
        "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
      }.joined()
      + "<Relationship Id=\"rId\(count + 1)\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"
  }

  /// Plain, bold, date and time.
  private static let styles =
    head
    + "<styleSheet xmlns=\"\(main)\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/><xf numFmtId=\"22\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
}
