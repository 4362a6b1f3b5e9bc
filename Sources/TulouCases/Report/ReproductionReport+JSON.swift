package import Tulou

/// What `reproduce --json` and `result.json` say of every case alike: the papers, and the comparisons with other programs.
private struct ReportJSON {
  var version: String, name: String, citation: String
  var counts: [(String, Int)]
  var surprises: [String] = []
  var main: [MainResult] = []
  var values: [JSON]
  var charts: [Chart] = []
  var data: [DataTable] = []

  var json: JSON {
    .object([
      ("tulou", .text(version)), ("case", .text(name)), ("citation", .text(citation)),
      ("counts", .object(counts.map { ($0.0, .integer($0.1)) })), ("as_expected", .bool(surprises.isEmpty)),
      ("surprises", .array(surprises.map(JSON.text))), ("main_results", .array(main.map(\.json))),
      ("values", .array(values)), ("figures", .array(charts.map(ReproductionReport.json))),
      ("data", .object(data.map { ($0.name, $0.json) })),
    ])
  }

  /// One value; `verdict` is null where nothing is printed, or nothing was computed in this run.
  static func value(
    id: String, requirement: String, what: String, basis: String, unit: String, relation: String, published: JSON,
    computed: JSON, tolerance: Double?, place: String, verdict: String?, missing: [MissingInput], reasons: [String]
  ) -> JSON {
    .object([
      ("id", .text(id)), ("requirement", .text(requirement)), ("what", .text(what)), ("basis", .text(basis)),
      ("unit", .text(unit)), ("relation", .text(relation)), ("published", published), ("computed", computed),
      ("tolerance", .optional(tolerance)), ("place", .text(place)), ("verdict", .word(verdict)),
      ("missing", .array(missing.map { .text($0.rawValue) })), ("reasons", .array(reasons.map(JSON.text))),
    ])
  }
}

extension ReproductionReport {
  /// The report, one object a row in fixed order; the same keys as `ValidationReport.json`.
  package var json: JSON {
    ReportJSON(
      version: version, name: name, citation: citation,
      counts: ReproducedRow.Verdict.allCases.map { verdict in
        (verdict.rawValue, judged.count { $0.verdict == verdict })
      } + [("not_computed", judged.count { $0.verdict == nil })],
      surprises: surprises, main: main, values: rows.map(\.json), charts: charts, data: data
    ).json
  }
}

extension ValidationReport {
  /// The comparisons with the same keys as `ReproductionReport.json`. The other program's numbers stand in its set or test, so
  /// `published` and `computed` are null; `tolerance` is the worst difference, beyond which the test of the comparison fails.
  package var json: JSON {
    ReportJSON(
      version: version, name: "validation", citation: "Other programs and published numbers",
      counts: Verdict.allCases.map { verdict in (verdict.rawValue, rows.count { $0.verdict == verdict }) },
      values: rows.map { row in
        ReportJSON.value(
          id: row.id, requirement: "", what: "\(row.peer): \(row.what)", basis: "peer", unit: row.unit, relation: "=",
          published: .null, computed: .null, tolerance: row.worst,
          place: row.set == "-" ? row.source : "\(row.source); set \(row.set)", verdict: row.verdict.rawValue,
          missing: [],
          reasons: row.reasons)
      }
    ).json
  }
}

extension ReproducedRow {
  fileprivate var json: JSON {
    ReportJSON.value(
      id: row.id, requirement: row.requirement, what: row.what, basis: row.basis.rawValue, unit: row.unit,
      relation: row.relation.rawValue, published: row.published.json, computed: computed.json, tolerance: tolerance,
      place: row.place, verdict: verdict?.rawValue, missing: verdict == .notReproduced ? row.missing : [],
      reasons: reasons)
  }
}

extension MainResult {
  fileprivate var json: JSON {
    .object([
      ("name", .text(name)), ("printed", .optional(printed)), ("ours", range.map(JSON.text) ?? .optional(ours)),
      ("least_cost", .optional(best)),
      ("verdict", .word(verdict?.rawValue)),
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
