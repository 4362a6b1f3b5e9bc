import TulouAccounts
import TulouProject

extension CarbonReport {
  /// The text of `result.json` of a carbon account; masses in t.
  package func resultJSON() -> String {
    func tonnes(_ mass: Double?) -> JSON { JSON.optional(mass.map { $0 / 1000 }) }
    let rows = account.rows.map { row -> (String, JSON) in
      (
        row.capability.rawValue,
        .object([
          ("value", .number(row.amount / 1000)), ("unit", .text("t")), ("published", tonnes(row.published)),
          ("share", JSON.optional(row.share)), ("formula", .text(row.capability.formula)),
          ("definition", .text(row.capability.title)),
        ])
      )
    }
    let tornado = sensitivities.map { one -> JSON in
      .object([
        ("parameter", .text(one.path)), ("value", .number(one.value)), ("unit", .text(one.unit)),
        ("low", .number(one.low)), ("high", .number(one.high)), ("stated", .bool(one.isStated)),
        ("total_at_low", .number(one.totalAtLow / 1000)), ("total_at_high", .number(one.totalAtHigh / 1000)),
        ("rows_per_percent", .numbers(one.perPercent.map { $0 / 1000 })),
      ])
    }
    return JSON.object([
      ("tulou", .text(version)), ("project", .text(carbonCase.name)), ("status", .text("done")),
      ("base_year", .integer(carbonCase.baseYear)), ("target_year", .integer(carbonCase.targetYear)),
      ("emission_factor", .object([("value", .number(account.factor)), ("unit", .text("kg/kWh"))])),
      ("rows", .object(rows)), ("total", .number(account.total / 1000)),
      ("published_rows_total", tonnes(account.publishedRows)), ("published_total", tonnes(account.publishedTotal)),
      (
        "alternatives",
        .array(
          account.alternatives.map {
            .object([
              ("row", .text($0.capability.rawValue)), ("name", .text($0.name)), ("reading", .text($0.reading)),
              ("value", .number($0.amount / 1000)), ("unit", .text("t")),
            ])
          })
      ),
      ("checks", .array(account.checks.map { .object([("id", .text($0.id)), ("message", .text($0.message))]) })),
      ("sensitivity", .array(tornado)),
      (
        "monte_carlo",
        .object([
          ("draws", .integer(quantiles.isEmpty ? 0 : carbonCase.draws)), ("seed", .integer(carbonCase.seed)),
          ("levels", .numbers([0.05, 0.25, 0.5, 0.75, 0.95])),
          (
            "rows",
            .object(
              quantiles.map {
                (
                  $0.id,
                  .object([("mean", .number($0.mean / 1000)), ("quantiles", .numbers($0.values.map { $0 / 1000 }))])
                )
              })
          ),
        ])
      ),
      ("warnings", .array((notes + account.checks.map(\.message)).map(JSON.text))),
    ]).indented
  }
}
