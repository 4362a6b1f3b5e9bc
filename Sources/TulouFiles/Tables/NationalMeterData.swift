import TulouDocument

/// Interval data in the format of Australia's market (NEM12, AEMO Meter Data File Format): 200 names a register, 300 is a day.
///
/// Times are market time, UTC+10, all year, whatever the site's clocks do.
enum NationalMeterData {
  static func isSuch(_ text: String) -> Bool { text.prefix(12).uppercased().hasPrefix("100,NEM12") }

  static func sheet(_ text: String) throws(SeriesFault) -> Sheet {
    var sheet = Sheet(rows: [
      SheetRow(number: 1, cells: ["time", "register", "value", "unit"].map { SheetCell(text: $0) })
    ])
    sheet.meterFormat = "interval data of Australia's market (NEM12)"
    sheet.notes = ["market time, UTC+10 all year"]
    var register = "", unit = "", minutes = 0
    var days: [String: Int] = [:]
    for (i, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let cells = SheetText.cells(line, ",")
      guard let kind = cells.first?.text, !kind.isEmpty else { continue }
      func fault(_ what: String) -> SeriesFault {
        SeriesFault("Row \(i + 1) of the NEM12 file \(what).", advice: "Export it again.", part: .data)
      }
      switch kind {
      case "100", "400", "500", "900": continue
      case "200":
        guard cells.count >= 9, let step = Int(cells[8].text), [5, 15, 30, 60].contains(step),
          let known = ColumnNames.known(cells[7].text)
        else { throw fault("names no register with a unit and an interval of 5, 15, 30 or 60 min") }
        (register, unit, minutes) = (cells[4].text.isEmpty ? cells[3].text : cells[4].text, known, step)
      case "300":
        guard minutes > 0, cells.count > 1, let stamp = StampText(cells[1].text), let day = stamp.dayNumber(.dayFirst),
          cells.count >= 2 + 1440 / minutes, cells.count <= 8 + 1440 / minutes
        else { throw fault("is no day with \(minutes > 0 ? 1440 / minutes : 0) values") }
        guard day > (days[register] ?? .min) else {
          throw fault("is not after the day before of the register '\(register)'")
        }
        days[register] = day
        for k in 0..<(1440 / minutes) {
          let utc = day * 86_400 - 36_000 + k * minutes * 60
          sheet.rows.append(
            SheetRow(
              number: i + 1,
              cells: [
                SheetCell(text: TimeStamps.plain(utc)), SheetCell(text: register),
                SheetCell(text: cells[2 + k].text, isNumber: true), SheetCell(text: unit),
              ]))
        }
      default: throw fault("begins with '\(Node.short(kind))', which the format does not know")
      }
    }
    guard sheet.rows.count > 2 else { throw SeriesFault("The NEM12 file holds no day.", part: .data) }
    return sheet
  }
}
