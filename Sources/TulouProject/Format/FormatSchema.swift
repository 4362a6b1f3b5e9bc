import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

extension Format {
  /// The JSON Schema (draft 2020-12) of a project file, for editors; the reader checks more than a schema can say.
  package static func schemaJSON() -> String {
    var definitions: [(String, String)] = [
      ("number", #"{"anyOf": [{"type": ["string", "number"]}, {"$ref": "\#(reference("value"))"}]}"#),
      (
        "value",
        #"{"type": "object", "description": "A number with its source, range, growth and factor.", "properties": {"value": {"type": ["string", "number"]}, "source": {"type": "string"}, "range": {"type": "array", "minItems": 2, "maxItems": 2}, "escalation": {"type": "string"}, "scale": {"type": ["string", "number"]}}, "required": ["value"], "additionalProperties": false}"#
      ),
      (
        "list-of-numbers",
        #"{"type": "object", "properties": {"values": {"type": "array", "minItems": 1}, "unit": {"type": "string"}, "source": {"type": "string"}, "scale": {"type": ["string", "number"]}}, "required": ["values"], "patternProperties": {"^x-": true}, "additionalProperties": false}"#
      ),
      (
        "component",
        "{\"type\": \"object\", \"properties\": {\"kind\": {\"enum\": [\(Registry.standard.kinds.map(quoted).joined(separator: ", "))]}}, \"anyOf\": [{\"required\": [\"use\"]}, "
          + Registry.standard.kinds.map {
            "{\"if\": {\"properties\": {\"kind\": {\"const\": \(quoted($0))}}}, \"then\": {\"$ref\": \"\(reference($0))\"}, \"required\": [\"kind\"]}"
          }.joined(separator: ", ") + "]}"
      ),
    ]
    for table in tables { definitions.append((slug(table.name), schema(table))) }
    let body = definitions.map { "    \(quoted($0.0)): \($0.1)" }.joined(separator: ",\n")
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tulou project file, format \(version)",
        "$ref": "\(reference("project"))",
        "$defs": {
      \(body)
        }
      }

      """
  }

  private static func schema(_ table: FormatTable) -> String {
    let properties = table.fields.map { field in
      var text = schema(field.shape)
      // A sentence and a default stand beside what the shape says.
      var notes = ["\"description\": \(quoted(field.sentence))"]
      switch field.fallback {
      case .value(let value, _), .silent(let value): notes.append("\"default\": \(quoted(value))")
      case .required, .absent: break
      }
      text = "{\(notes.joined(separator: ", ")), \(text.dropFirst())"
      return "\(quoted(field.name)): \(text)"
    }
    let required = table.fields.filter { $0.fallback == .required }.map { quoted($0.name) }
    return "{\"type\": \"object\", \"description\": \(quoted(table.sentence.isEmpty ? table.title : table.sentence)), "
      + "\"properties\": {\(properties.joined(separator: ", "))}, "
      + (required.isEmpty ? "" : "\"required\": [\(required.joined(separator: ", "))], ")
      + "\"patternProperties\": {\"^x-\": true}, \"additionalProperties\": false}"
  }

  private static func schema(_ shape: Shape) -> String {
    switch shape {
    case .number(let measures):
      return
        "{\"$ref\": \"\(reference("number"))\", \"examples\": [\(measures.map { quoted($0.example) }.joined(separator: ", "))]}"
    case .series(let measures):
      let examples = measures.map { quoted($0.example) }.joined(separator: ", ")
      return
        "{\"anyOf\": [{\"$ref\": \"\(reference("number"))\"}, {\"$ref\": \"\(reference("series"))\"}, {\"type\": \"object\"}], \"examples\": [\(examples)]}"
    case .text, .reference: return "{\"type\": [\"string\", \"number\", \"boolean\"]}"
    case .date: return "{\"type\": \"string\", \"format\": \"date\"}"
    case .choice(let words): return "{\"enum\": [\(words.map(quoted).joined(separator: ", "))]}"
    case .flag: return "{\"type\": \"boolean\"}"
    case .integer: return "{\"type\": \"integer\"}"
    case .list(.number): return "{\"anyOf\": [{\"$ref\": \"\(reference("list-of-numbers"))\"}, {\"type\": \"array\"}]}"
    case .list(let inner):
      return "{\"anyOf\": [{\"type\": \"array\", \"items\": \(schema(inner))}, \(schema(inner))]}"
    case .map(let inner):
      return
        "{\"type\": \"object\", \"patternProperties\": {\"^x-\": true}, \"additionalProperties\": \(schema(inner))}"
    case .table(let name):
      switch name {
      case "component": return "{\"$ref\": \"\(reference("component"))\"}"
      default: return "{\"$ref\": \"\(reference(name))\"}"
      }
    case .either(let shapes): return "{\"anyOf\": [\(shapes.map(schema).joined(separator: ", "))]}"
    }
  }

  private static func reference(_ name: String) -> String { "#/$defs/\(slug(name))" }

  private static func slug(_ name: String) -> String {
    String(name.map { $0 == " " || $0 == "'" ? "-" : $0 })
  }

  /// A text as a JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
