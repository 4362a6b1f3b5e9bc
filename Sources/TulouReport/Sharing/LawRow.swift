import TulouQuantities
import TulouSharing

extension SharingFileReport.LawRow {
  /// As `result.json` has it.
  var json: JSON {
    var fields: [(String, JSON)] = [
      ("name", .text(name)), ("law", .text(law.id)), ("title", .text(law.title)), ("country", .text(law.country)),
      ("valid_from", .text(law.validFrom)), ("source", .text(law.source)),
      ("says", .object(values.map { ($0.name, Self.json($0.value)) })),
    ]
    if !expected.isEmpty { fields.append(("expected", .object(expected.map { ($0.name, Self.json($0.value)) }))) }
    if !differing.isEmpty { fields.append(("differs", .array(differing.map(JSON.text)))) }
    return .object(fields)
  }

  /// Names under which the law says something else than is expected, in the order of the file.
  package var differing: [String] {
    expected.filter { wanted in !values.contains { $0.name == wanted.name && Self.agree($0.value, wanted.value) } }
      .map(\.name)
  }

  /// Whether two values are the same to nine digits.
  private static func agree(_ a: LawValue, _ b: LawValue) -> Bool {
    guard case .number(let x) = a, case .number(let y) = b else { return a == b }
    return abs(x - y) <= 1e-9 * max(abs(x), abs(y))
  }

  /// What is expected in words; what the law says otherwise is marked.
  var expectedText: String {
    let names = Set(differing)
    return expected.map { Self.text([$0]) + (names.contains($0.name) ? " (differs)" : "") }.joined(separator: ", ")
  }

  private static func json(_ value: LawValue) -> JSON {
    switch value {
    case .number(let number): .number(number)
    case .numbers(let numbers): .numbers(numbers)
    case .table(let rows): .array(rows.map(JSON.numbers))
    case .flag(let flag): .bool(flag)
    }
  }

  /// In words: `discount 0.2, grid charge 80`.
  static func text(_ values: [(name: String, value: LawValue)]) -> String {
    values.map { one in
      let name = one.name.split(separator: "_").joined(separator: " ")
      let said: String =
        switch one.value {
        case .number(let number): NumberText.significant(number, digits: 9)
        case .numbers(let numbers): numbers.map { NumberText.significant($0, digits: 9) }.joined(separator: " ")
        case .table(let rows):
          rows.map { $0.map { NumberText.significant($0, digits: 9) }.joined(separator: " ") }.joined(separator: " | ")
        case .flag(let flag): flag ? "yes" : "no"
        }
      return "\(name) \(said)"
    }.joined(separator: ", ")
  }
}
