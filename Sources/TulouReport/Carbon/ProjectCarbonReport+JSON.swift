import TulouAccounts

extension ProjectCarbonReport {
  /// The text of `result.json`; masses in t.
  package func resultJSON() -> String {
    func account(_ one: Case) -> JSON {
      let carbon = one.accounts.carbon
      return .object([
        ("project", .text(one.name)), ("fossil", .number(carbon.fossil / 1000)),
        (AtLeast.field, .bool(carbon.isAtLeast)),
        ("scope_1", .number(carbon.scope1 / 1000)), ("scope_2", .number(carbon.scope2 / 1000)),
        ("biogenic", .number(carbon.biogenic / 1000)), ("methane", .number(carbon.methane / 1000)),
        ("export_credit", .number(carbon.exportCredit / 1000)), ("life_cycle", .number(carbon.lifeCycle / 1000)),
        ("vehicle_fuel", .number(-carbon.displaced / 1000)), ("carbon_cost", .number(carbon.cost)),
        ("at_margin", JSON.optional(carbon.atMargin.map { $0 / 1000 })),
        ("business_as_usual", JSON.optional(carbon.businessAsUsual.map { $0 / 1000 })),
        ("annual_cost", JSON.optional(one.accounts.value("annual_cost"))),
        (
          "lines",
          .array(
            carbon.lines.map {
              .object([
                ("id", .text($0.id)), ("kind", .text($0.kind.rawValue)), ("carrier", .text($0.carrier)),
                ("scope", .integer($0.scope)), ("energy", .number($0.energy)), ("value", .number($0.amount / 1000)),
                ("unit", .text($0.kind == .methane ? "t CH4/y" : "t/y")), ("factor_given", .bool($0.hasFactor)),
              ])
            })
        ),
      ])
    }
    var fields: [(String, JSON)] = [
      ("tulou", .text(version)), ("project", .text(base.name)), ("status", .text("done")), ("base", account(base)),
    ]
    if let target, let parts = decomposition {
      fields.append(("target", account(target)))
      let all = [
        ("substitution", parts.substitution), ("losses", parts.losses), ("saving", parts.saving),
        ("factor", parts.factor), ("other", parts.other),
      ].map { ($0.0, JSON.number($0.1 / 1000)) }
      fields.append(
        (
          "decomposition",
          .object(
            all + [
              ("total", .number(parts.total / 1000)), ("residual", .number(parts.residual / 1000)),
              ("vehicle_fuel", .number(parts.vehicles / 1000)),
              ("unit", .text("t/y")),
            ])
        ))
    }
    if !measures.isEmpty {
      fields.append(
        (
          "measures",
          .array(
            measures.map {
              .object([
                ("name", .text($0.name)), ("avoided", .optional($0.avoided.map { $0 / 1000 })), ("unit", .text("t/y")),
                ("cost", .number($0.cost)), ("cost_per_t", JSON.optional($0.costPerKg.map { 1000 * $0 })),
                ("avoided_at_margin", JSON.optional($0.avoidedAtMargin.map { $0 / 1000 })),
              ])
            })
        ))
    }
    if let curve {
      fields.append(
        (
          "abatement",
          .array(
            curve.points.map {
              .object(
                [
                  ("co2", .number($0.emission / 1000)), ("annual_cost", .number($0.annualCost)),
                  ("sizes", .object($0.sizes.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
                ] + ($0.isAtLeast ? [(AtLeast.field, .bool(true))] : []))
            })
        ))
    }
    return JSON.object(fields).indented
  }
}
