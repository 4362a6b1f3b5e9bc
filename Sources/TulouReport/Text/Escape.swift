import TulouQuantities

extension String {
  /// The text with `& < > " '` written as entities, and what acts rather than shows written as its number.
  package var escaped: String {
    // Most names need nothing; they are returned as they are.
    guard
      utf8.contains(where: {
        $0 < 0x20 || $0 >= 0x7F || $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x27
      })
    else { return self }
    var result = ""
    result.reserveCapacity(utf8.count + 16)
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Width as drawn [em]: about 0.55 for Latin letters, 1 for Chinese, Japanese, Korean and emoji.
  var drawnWidth: Double {
    var width = 0.0
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x20, 0x2C, 0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C, 0x21, 0x27, 0x7C: width += 0.33
      case 0x4D, 0x57, 0x6D, 0x77, 0x40, 0x25: width += 0.95
      case 0x41...0x5A: width += 0.7
      case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: break
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0x1F000...0x1FAFF, 0x20000...0x3FFFD:
        width += 1
      default: width += 0.62
      }
    }
    return width
  }

  /// The text cut to `ems` of drawn width, with an ellipsis where something is missing.
  func clipped(toWidth ems: Double) -> String {
    guard drawnWidth > ems else { return self }
    var kept = ""
    var width = 0.9
    for character in self {
      width += String(character).drawnWidth
      if width > ems { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// Columns that the text takes on a terminal: 2 for wide characters, 1 for others.
  var terminalWidth: Int {
    unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: sum
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0x1F000...0x1FAFF, 0x20000...0x3FFFD:
        sum + 2
      default: sum + 1
      }
    }
  }
}
