public import TulouPlanning

extension Shelf {
  /// The published values of a case of the shelf; nil where there is no such case or its file cannot be read.
  public static func publishedCase(_ name: String) -> PublishedCase? {
    guard let folder, let bytes = try? FileBytes.read("\(folder)/cases/\(name)/published.csv", most: 8 << 20) else {
      return nil
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    let rows = lines.compactMap { line -> PublishedCase.Row? in
      let cells = quotedCells(line)
      guard cells.count >= 8, let kind = PublishedCase.Row.Kind(rawValue: cells[7]) else { return nil }
      return PublishedCase.Row(
        id: cells[0], requirement: cells[1], what: cells[2], published: Double(cells[3]), unit: cells[4],
        tolerance: Double(cells[5]) ?? 0, place: cells[6], kind: kind, note: cells.count > 8 ? cells[8] : "")
    }
    return PublishedCase(name: name, rows: rows)
  }

  /// Cells of a line, `"..."` around those that hold commas, `""` for a quotation mark (RFC 4180).
  static func quotedCells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    var previous: Character?
    for character in line {
      switch character {
      case "\"":
        // The second of two marks inside quotes is a mark.
        if isQuoted || previous != "\"" {
          isQuoted.toggle()
        } else {
          isQuoted = true; cells[cells.count - 1].append("\"")
        }
      case "," where !isQuoted: cells.append("")
      case "\r" where !isQuoted: break
      default: cells[cells.count - 1].append(character)
      }
      previous = character
    }
    return cells
  }
}
