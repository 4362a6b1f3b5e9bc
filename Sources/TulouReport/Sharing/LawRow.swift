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
    return .object(fields)
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
