import TulouDocument
import TulouQuantities

/// Sheets of a workbook of Office Open XML (`.xlsx`): values as they are kept, not as they are shown.
enum Workbook {
  /// - Throws: a workbook that is damaged. Cells whose formula has no value kept say so in their text.
  static func sheets(_ archive: ZipArchive) throws(SeriesFault) -> [Sheet] {
    guard let book = archive.file("xl/workbook.xml") else { throw damaged }
    var names: [(name: String, id: String)] = []
    var is1904 = false
    var scan = XmlScanner(book)
    while let event = scan.next() {
      guard case .open(let tag, let attributes) = event else { continue }
      if tag == "sheet" { names.append((attributes["name"] ?? "", attributes["id"] ?? "")) }
      if tag == "workbookPr" { is1904 = ["1", "true"].contains(attributes["date1904"] ?? "") }
    }
    var targets: [String: String] = [:]
    if let relations = archive.file("xl/_rels/workbook.xml.rels") {
      var scan = XmlScanner(relations)
      while let event = scan.next() {
        guard case .open("Relationship", let attributes) = event else { continue }
        targets[attributes["Id"] ?? ""] = attributes["Target"]
      }
    }
    let strings = archive.file("xl/sharedStrings.xml").map(sharedStrings) ?? []
    let dates = archive.file("xl/styles.xml").map(dateStyles) ?? []
    var sheets: [Sheet] = []
    for (i, entry) in names.enumerated() {
      let target = targets[entry.id] ?? "worksheets/sheet\(i + 1).xml"
      let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      guard let bytes = archive.file(path) else { continue }
      var sheet = read(bytes, strings, dates, is1904)
      sheet.name = entry.name
      sheets.append(sheet)
    }
    guard !sheets.isEmpty else { throw damaged }
    return sheets
  }

  static let damaged = SeriesFault(
    "The workbook cannot be read: its archive is damaged, locked by a password, or of another kind.",
    advice: "Save it again as .xlsx or .ods, or the sheet as CSV.", part: .file)

  /// Texts that cells name by their number; phonetic hints left out.
  private static func sharedStrings(_ bytes: [UInt8]) -> [String] {
    var strings: [String] = []
    var text = ""
    var isText = false, isHint = false
    var scan = XmlScanner(bytes)
    while let event = scan.next() {
      switch event {
      case .open("si", _): text = ""
      case .open("t", _): isText = true
      case .open("rPh", _): isHint = true
      case .close("rPh"): isHint = false
      case .close("t"): isText = false
      case .close("si"): strings.append(text)
      case .text(let part): if isText, !isHint { text += part }
      default: continue
      }
    }
    return strings
  }

  /// Which styles show dates.
  private static func dateStyles(_ bytes: [UInt8]) -> [Bool] {
    var formats: [Int: String] = [:]
    var styles: [Bool] = []
    var isCell = false
    var scan = XmlScanner(bytes)
    while let event = scan.next() {
      switch event {
      case .open("numFmt", let attributes):
        if let id = Int(attributes["numFmtId"] ?? "") { formats[id] = attributes["formatCode"] }
      case .open("cellXfs", _): isCell = true
      case .close("cellXfs"): isCell = false
      case .open("xf", let attributes):
        guard isCell else { continue }
        let id = Int(attributes["numFmtId"] ?? "") ?? 0
        styles.append((14...22).contains(id) || (45...47).contains(id) || formats[id].map(isDate) ?? false)
      default: continue
      }
    }
    return styles
  }

  /// Whether a format shows a date or a time: letters of them outside of quotes and brackets.
  private static func isDate(_ format: String) -> Bool {
    var quoted = false, bracket = false, escaped = false
    for c in format.lowercased() {
      if escaped {
        escaped = false
        continue
      }
      switch c {
      case "\\": escaped = true
      case "\"": quoted.toggle()
      case "[": bracket = true
      case "]": bracket = false
      case "y", "d", "h", "m", "s": if !quoted, !bracket { return true }
      case ";": return false
      default: continue
      }
    }
    return false
  }

  private static func read(
    _ bytes: [UInt8], _ strings: [String], _ dates: [Bool], _ is1904: Bool
  ) -> Sheet {
    var rows: [SheetRow] = []
    var cells: [SheetCell] = []
    var number = 0, column = 0
    var kind = "", style = 0, value = ""
    var isValue = false, hasFormula = false
    var scan = XmlScanner(bytes)
    while let event = scan.next() {
      switch event {
      case .open("row", let attributes):
        number = min(10_000_000, max(1, attributes["r"].flatMap { Int($0) } ?? number + 1))
        cells = []
        column = 0
      case .open("c", let attributes):
        if let place = attributes["r"] { column = index(place) ?? column }
        kind = attributes["t"] ?? "n"
        style = Int(attributes["s"] ?? "") ?? 0
        value = ""
        hasFormula = false
      case .open("v", _), .open("t", _): isValue = true
      case .close("v"), .close("t"): isValue = false
      case .open("f", _): hasFormula = true
      case .text(let part): if isValue { value += part }
      case .close("c"):
        if hasFormula, value.isEmpty {
          (value, kind) = ("(a formula without its value: open and save the workbook)", "str")
        }
        guard column < 20_000 else { continue }
        while cells.count < column { cells.append(SheetCell(text: "")) }
        cells.append(cell(value, kind, style, strings, dates, is1904))
        column += 1
      case .close("row"): if !cells.isEmpty { rows.append(SheetRow(number: number, cells: cells)) }
      default: continue
      }
    }
    return Sheet(rows: rows)
  }

  private static func cell(
    _ value: String, _ kind: String, _ style: Int, _ strings: [String], _ dates: [Bool], _ is1904: Bool
  ) -> SheetCell {
    switch kind {
    case "s":
      guard let i = Int(value), strings.indices.contains(i) else { return SheetCell(text: "") }
      return SheetCell(text: strings[i].trimmingSpaces)
    case "n":
      guard dates.indices.contains(style), dates[style], let days = Double(value), abs(days) < 1e7 else {
        return SheetCell(text: value, isNumber: !value.isEmpty)
      }
      return SheetCell(text: moment(days, is1904))
    case "d": return SheetCell(text: value)
    case "e": return SheetCell(text: "#N/A")
    default: return SheetCell(text: value.trimmingSpaces)
    }
  }

  /// A date, a time of the day, or both, of days since 30 December 1899 (or 1 January 1904), to the second.
  static func moment(_ days: Double, _ is1904: Bool) -> String {
    let seconds = Int(saturating: (days * 86_400).rounded()) + (is1904 ? 1462 * 86_400 : 0)
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let rest = ((seconds % 86_400) + 86_400) % 86_400
    let clock = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    if days >= 0, days <= 1, !is1904 { return days == 1 ? "24:00:00" : clock }
    let day = CivilDate(dayNumber: (seconds - rest) / 86_400 - 25_569)
    return rest == 0 ? "\(day)" : "\(day)T\(clock)"
  }

  /// Column of a place such as `AB12`, from 0.
  private static func index(_ place: String) -> Int? {
    var n = 0
    for byte in place.utf8 {
      guard byte >= 65, byte <= 90 else { break }
      n = n * 26 + Int(byte - 64)
      if n > 20_000 { return nil }
    }
    return n > 0 ? n - 1 : nil
  }
}
