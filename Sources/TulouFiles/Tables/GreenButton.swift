import TulouDocument
import TulouQuantities

/// Interval readings of a Green Button file (NAESB REQ.21, ESPI): seconds of universal time, values by their type's unit.
enum GreenButton {
  static func isGreenButton(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(4000), as: UTF8.self)
    return head.contains("naesb.org/espi") || head.contains("IntervalBlock")
  }

  /// Units of measure of the standard (uom) that are power or energy.
  private static let units = [72: "Wh", 38: "W"]

  private struct Kind: Equatable {
    var uom = 72, power = 0, flow = 1
  }

  static func sheet(_ bytes: [UInt8]) throws(SeriesFault) -> Sheet {
    var kind = Kind()
    var kinds: [Kind] = []
    var rows: [(start: Int, length: Int, value: Double, kind: Kind)] = []
    var start = 0, length = 3600
    var value: Double?
    var path: [String] = []
    var text = ""
    var scan = XmlScanner(bytes)
    while let event = scan.next() {
      switch event {
      case .open(let name, _):
        path.append(name)
        text = ""
        if name == "ReadingType" { kind = Kind() }
      case .text(let part): text += part
      case .close(let name):
        let number = Double(text.trimmingSpaces).map { max(-1e15, min(1e15, $0)) }
        let isReading = path.contains("IntervalReading")
        switch name {
        case "uom": kind.uom = number.map { Int(saturating: $0) } ?? 72
        case "powerOfTenMultiplier": kind.power = number.map { Int(saturating: max(-12, min(12, $0))) } ?? 0
        case "flowDirection": kind.flow = number.map { Int(saturating: $0) } ?? 1
        case "ReadingType": kinds.append(kind)
        case "start": if isReading { start = number.map { Int(saturating: $0) } ?? 0 }
        case "duration": if isReading { length = number.map { Int(saturating: $0) } ?? 0 }
        case "value": if isReading { value = number }
        case "IntervalReading":
          guard let read = value, abs(read) < 1e15, abs(start) < 100_000_000_000, (1...10_000_000).contains(length)
          else {
            throw SeriesFault(
              "Reading \(rows.count + 1) of the Green Button file has no value, or no time.", part: .data)
          }
          rows.append((start, length, read, kind))
          value = nil
        default: break
        }
        if path.last == name { path.removeLast() }
        text = ""
      }
    }
    guard rows.count >= 2 else { throw SeriesFault("The Green Button file holds no readings.", part: .data) }
    // Types that stand behind the readings hold for all where they are one.
    if let only = kinds.first, kinds.allSatisfy({ $0 == only }) { for i in rows.indices { rows[i].kind = only } }
    guard let unit = units[rows[0].kind.uom], rows.allSatisfy({ $0.kind.uom == rows[0].kind.uom }), !kinds.isEmpty
    else {
      throw SeriesFault(
        "The Green Button file measures something else than energy or power (uom \(rows[0].kind.uom)), or several things.",
        advice: "Energy is uom 72, power uom 38.", part: .data)
    }
    var sheet = Sheet(rows: [])
    sheet.meterFormat = "interval data (Green Button)"
    sheet.rows.append(
      SheetRow(
        number: 1, cells: ["start", "end", "IntervalReading [\(unit)]", "flowDirection"].map { SheetCell(text: $0) }))
    for (i, row) in rows.enumerated() {
      var scaled = row.value
      if row.kind.power > 0 { for _ in 0..<min(row.kind.power, 12) { scaled *= 10 } }
      if row.kind.power < 0 { for _ in 0..<min(-row.kind.power, 12) { scaled /= 10 } }
      sheet.rows.append(
        SheetRow(
          number: i + 2,
          cells: [
            SheetCell(text: TimeStamps.plain(row.start)), SheetCell(text: TimeStamps.plain(row.start + row.length)),
            SheetCell(text: "\(scaled)", isNumber: true),
            SheetCell(text: row.kind.flow == 19 ? "received" : "delivered"),
          ]))
    }
    return sheet
  }
}
