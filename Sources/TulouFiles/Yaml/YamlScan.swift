/// A look at the bytes before the parser sees them: what would take it too long or too deep is refused here.
enum YamlScan {
  struct Finding {
    var message: String
    var advice: String
    var line: Int
    var column: Int
  }

  /// Brackets and dashes deeper than this are refused; the parser calls itself once a level.
  static let mostLevels = 48
  /// More leading spaces than this would allow as many levels.
  static let mostIndent = 240

  static func finding(in text: String) -> Finding? {
    var brackets = 0
    var number = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if let finding = scan(line, number, &brackets) { return finding }
    }
    return nil
  }

  private static func scan(_ line: Substring.UTF8View, _ number: Int, _ brackets: inout Int) -> Finding? {
    let tooDeep = Finding(
      message: "The file is nested deeper than \(mostLevels) levels.", advice: "A project needs fewer than ten.",
      line: number, column: 1)
    var quote: UInt8 = 0
    var before: UInt8 = UInt8(ascii: " ")
    var column = 0
    var indent = 0
    var dashes = 0
    var leading = true
    for byte in line {
      column += 1
      if leading {
        switch byte {
        case UInt8(ascii: " "): indent += 1
        case UInt8(ascii: "-"), UInt8(ascii: "?"): dashes += 1
        case UInt8(ascii: "\t"):
          return Finding(
            message: "A tab stands in the indentation.", advice: "YAML is indented by spaces.", line: number,
            column: column)
        default: leading = false
        }
        if dashes > mostLevels { return tooDeep }
      }
      if byte < 0x20 && byte != 0x09 && byte != 0x0D {
        return Finding(
          message: "A control character stands in the file.", advice: "A project file is plain text in UTF-8.",
          line: number,
          column: column)
      }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          if " [{,:".utf8.contains(before) { quote = byte }
        case UInt8(ascii: "#"):
          if before == UInt8(ascii: " ") || column == 1 { return nil }
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          brackets += 1
          if brackets > mostLevels { return tooDeep }
        case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
        case UInt8(ascii: "*") where before == UInt8(ascii: "?"):
          return Finding(message: "An alias cannot be a key.", advice: "", line: number, column: column)
        default: break
        }
      }
      if !leading || byte != UInt8(ascii: " ") { before = byte }
    }
    if !leading && indent > mostIndent { return tooDeep }
    return aliasKey(line, number)
  }

  /// `*a: 1` and `? *a` make keys of whole trees, whose comparison may never end.
  private static func aliasKey(_ line: Substring.UTF8View, _ number: Int) -> Finding? {
    var previous: UInt8 = UInt8(ascii: " ")
    var inAlias = false
    var column = 0
    for byte in line {
      column += 1
      if inAlias {
        if byte == UInt8(ascii: ":") {
          return Finding(
            message: "An alias cannot be a key.", advice: "Write the key itself.", line: number, column: column)
        }
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
          || byte == UInt8(ascii: "#")
        {
          inAlias = false
        }
      } else if byte == UInt8(ascii: "*"), " {,[?:-".utf8.contains(previous) {
        inAlias = true
      } else if byte == UInt8(ascii: "?"), " {,[-".utf8.contains(previous) {
        return Finding(
          message: "A key that begins with '?' is not taken.", advice: "Write 'key: value'.", line: number,
          column: column)
      } else if byte == UInt8(ascii: "#"), previous == UInt8(ascii: " ") {
        return nil
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        return nil
      }
      previous = byte
    }
    return nil
  }
}
