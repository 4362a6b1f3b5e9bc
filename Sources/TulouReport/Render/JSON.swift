import TulouQuantities

/// A JSON value whose fields keep their order.
package indirect enum JSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Shortest digits that read back as the same number; what is not finite becomes `null`.
  case number(Double)
  /// Many numbers, written without blanks.
  case numbers([Double])
  case text(String)
  case array([JSON])
  case object([(String, JSON)])

  /// A number, or `null` without one.
  package static func optional(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }

  /// The value on many lines, two blanks a level.
  package var indented: String {
    var text = ""
    write(into: &text, indent: 0)
    text += "\n"
    return text
  }

  /// The value on one line, safe within a `script` element.
  package var compact: String {
    var text = ""
    write(into: &text, indent: nil)
    return text
  }

  private func write(into text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += JSON.digits(value)
    case .numbers(let values):
      text += "["
      for (i, value) in values.enumerated() {
        if i > 0 { text += indent == nil ? "," : ", " }
        text += JSON.digits(value)
      }
      text += "]"
    case .text(let value): text += JSON.quoted(value)
    case .array(let values):
      JSON.list(values.count, "[", "]", into: &text, indent: indent) { i, text, indent in
        values[i].write(into: &text, indent: indent)
      }
    case .object(let fields):
      JSON.list(fields.count, "{", "}", into: &text, indent: indent) { i, text, indent in
        text += JSON.quoted(fields[i].0) + (indent == nil ? ":" : ": ")
        fields[i].1.write(into: &text, indent: indent)
      }
    }
  }

  private static func list(
    _ count: Int, _ open: String, _ close: String, into text: inout String, indent: Int?,
    item: (Int, inout String, Int?) -> Void
  ) {
    text += open
    for i in 0..<count {
      if i > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
      item(i, &text, indent.map { $0 + 1 })
    }
    if count > 0, let indent { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  /// A number as JSON writes it.
  package static func digits(_ value: Double) -> String { NumberText.digits(value) }

  /// A text as JSON writes it; `<` as an escape, so that no text can end a `script` element.
  package static func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "<": result += "\\u003c"
      default:
        // What acts rather than shows is escaped too: a terminal sees no sequence, and the same text is read back.
        if scalar.value < 0x20 || scalar.value >= 0x7F && scalar.acts {
          for unit in String(scalar).utf16 {
            let hex = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
          }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
