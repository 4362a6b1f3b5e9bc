package import Tulou

extension ReproductionReport {
  /// One object a row, in fixed order; `verdict` is null where the paper prints nothing or nothing was computed.
  package var json: JSON {
    .object([
      ("tulou", .text(version)), ("case", .text(name)), ("citation", .text(citation)),
      (
        "counts",
        .object(
          ReproducedRow.Verdict.allCases.map { verdict in
            (verdict.rawValue, .integer(judged.count { $0.verdict == verdict }))
          } + [("not_computed", .integer(judged.count { $0.verdict == nil }))])
      ),
      ("as_expected", .bool(surprises.isEmpty)), ("surprises", .array(surprises.map(JSON.text))),
      (
        "main_results",
        .array(
          main.map { result in
            .object([
              ("name", .text(result.name)), ("printed", .optional(result.printed)), ("ours", .optional(result.ours)),
              ("least_cost", .optional(result.best)), ("verdict", .word(result.verdict?.rawValue)),
            ])
          })
      ),
      ("values", .array(rows.map(\.json))),
      ("figures", .array(charts.map(ReproductionReport.json))),
      ("data", .object(data.map { ($0.name, $0.json) })),
    ])
  }
}

extension ReproducedRow {
  fileprivate var json: JSON {
    .object([
      ("id", .text(row.id)), ("requirement", .text(row.requirement)), ("what", .text(row.what)),
      ("basis", .text(row.basis.rawValue)), ("unit", .text(row.unit)), ("relation", .text(row.relation.rawValue)),
      ("published", row.published.json), ("computed", computed.json), ("tolerance", .optional(tolerance)),
      ("place", .text(row.place)), ("verdict", .word(verdict?.rawValue)),
      ("missing", .array(verdict == .notReproduced ? row.missing.map { .text($0.rawValue) } : [])),
      ("reasons", .array(reasons.map(JSON.text))),
    ])
  }
}

extension JSON {
  /// A text, or `null`.
  fileprivate static func word(_ text: String?) -> JSON { text.map(JSON.text) ?? .null }
}

extension Optional where Wrapped == PublishedCase.Amount {
  fileprivate var json: JSON {
    switch self {
    case .number(let value): .optional(value.isFinite ? value : nil)
    case .words(let words): .array(words.sorted().map(JSON.text))
    case nil: .null
    }
  }
}
