import TulouDocument

/// The tables of a foreign file, whatever it is written in.
enum SheetFile {
  /// Files beyond this are not taken apart.
  static let mostBytes = 128 << 20

  /// - Throws: what is no table, or a table that is damaged.
  static func layouts(_ bytes: [UInt8]) throws(SeriesFault) -> [TableLayout] {
    let sheets = try sheets(bytes)
    var layouts: [TableLayout] = []
    var first: SeriesFault?
    for sheet in sheets where !sheet.rows.allSatisfy(\.isEmpty) {
      do throws(SeriesFault) { layouts.append(try TableLayout(sheet)) } catch { if first == nil { first = error } }
    }
    if layouts.isEmpty { throw first ?? SeriesFault("The file holds no table.", part: .file) }
    return layouts
  }

  private static func sheets(_ bytes: [UInt8]) throws(SeriesFault) -> [Sheet] {
    guard bytes.count <= mostBytes else {
      throw SeriesFault(
        "The file is greater than \(mostBytes >> 20) MB and not in Tulou's own form.",
        advice: "Write it as CSV with one head, commas, points and stamps like 2025-01-31T13:00.", part: .file)
    }
    if bytes.starts(with: [0x50, 0x4B]) {
      guard let archive = ZipArchive(bytes) else { throw Workbook.damaged }
      if archive.names.contains("xl/workbook.xml") { return try Workbook.sheets(archive) }
      if archive.names.contains("content.xml") { return try OpenDocument.sheets(archive) }
      throw Workbook.damaged
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw SeriesFault(
        "This is a workbook of an old kind (.xls) or one locked by a password.",
        advice: "Save it as .xlsx, .ods or CSV.", part: .file)
    }
    let (text, encoding) = try TextDecoding.text(bytes)
    let start = text.prefix(300).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if start.hasPrefix("<") {
      guard GreenButton.isGreenButton(bytes) else {
        throw SeriesFault(
          "This is an XML file that is no Green Button file.", advice: "Save the table as CSV, XLSX or ODS.",
          part: .file)
      }
      return [try GreenButton.sheet(bytes)]
    }
    if NationalMeterData.isSuch(text) { return [try NationalMeterData.sheet(text)] }
    var sheet = try SheetText.sheet(text)
    if encoding != "UTF-8" { sheet.notes.append("text in \(encoding)") }
    return [sheet]
  }
}
