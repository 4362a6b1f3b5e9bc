import TulouAccounts
import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities

/// Designs that cost hardly more than the best: what each of them needs, and what may be left out.
package struct AlternativesReport: Sendable {
  /// The project.
  package var project: Project
  /// What was found.
  package var result: Alternatives
  /// Version of the program.
  package var version: String

  /// A report.
  package init(project: Project, result: Alternatives, version: String) {
    self.project = project
    self.result = result
    self.version = version
  }

  private var money: String { project.economy.currency + "/y" }
  private var within: String { NumberText.percent(result.share) }

  /// What a row says in words.
  private func words(_ row: Alternatives.Row) -> String {
    guard let least = row.least else { return "no plan found" }
    if row.isNeeded { return "every such plan has at least \(Scale.text(max(0, least.bound), row.unit))" }
    return row.canBeLeftOut ? "may be left out" : "may be small"
  }

  private func size(_ value: Double?, _ unit: String) -> String {
    value.map { Scale.text($0, unit) } ?? NumberText.none
  }

  /// The least and the most of each size.
  package var ranges: Table {
    var table = Table(
      "Within \(within) of the least cost",
      columns: [
        .text("Size"), .number("Best plan"), .number("Least"), .number("Proven not below"), .number("Most"),
        .number("Proven not above"), .text("In words"),
      ])
    for row in result.rows {
      table.add([
        row.name, size(row.best, row.unit), size(row.least?.value, row.unit), size(row.least?.bound, row.unit),
        size(row.most?.value, row.unit) + (row.isAtDerivedLimit ? " (no limit stated)" : ""),
        size(row.most?.bound, row.unit), words(row),
      ])
    }
    return table
  }

  /// The designs at the ends: a row a design, a column a size.
  package var designs: Table {
    var table = Table(
      "The cheapest design at each end",
      columns: [.text("Design"), .number("Cost"), .number("More than the best")]
        + result.rows.map { .number($0.name) })
    func add(_ name: String, _ cost: Double, _ sizes: [String: Double]) {
      table.add(
        [
          name, Scale.text(cost, money),
          Dust.ratio(cost - result.cost, of: abs(result.cost)).map { NumberText.percent($0, digits: 2) }
            ?? NumberText.none,
        ] + result.rows.map { size(sizes[$0.name], $0.unit) })
    }
    add("Best plan", result.cost, Dictionary(uniqueKeysWithValues: result.rows.map { ($0.name, $0.best) }))
    for row in result.rows {
      if let end = row.least { add("Least \(row.name)", end.cost, end.sizes) }
      if let end = row.most { add("Most \(row.name)", end.cost, end.sizes) }
    }
    return table
  }

  /// The answer in a sentence.
  package var sentence: String {
    let needed = result.rows.filter(\.isNeeded).map(\.name)
    let spare = result.rows.filter(\.canBeLeftOut).map(\.name)
    var parts: [String] = []
    parts.append(
      needed.isEmpty ? "No technology is needed in every plan" : "Every plan needs \(needed.joined(separator: ", "))")
    if !spare.isEmpty { parts.append("each of \(spare.joined(separator: ", ")) may be left out") }
    return "Within \(within) of the least cost (up to \(Scale.text(result.budget, money))): "
      + parts.joined(separator: "; ")
      + "."
  }

  /// Lines for a terminal.
  package func answer(report place: String) -> [String] {
    ranges.lines + ["", sentence] + result.notes.map(\.message) + ["Report            " + place]
  }

  /// The page.
  package func page() -> Page {
    Page(
      title: project.name, subtitle: "Alternatives within \(within) of the least cost", cover: project.cover,
      sections: [
        Page.Section(
          id: "ranges", title: "In short",
          [.lead(sentence), .table(ranges)] + result.notes.map { .alert($0.message) } + [
            .text(
              "The cost of a plan, penalties included, is held at most at \(Scale.text(result.budget, money)); each size is then minimised and maximised. \"Proven\" is computed from the multipliers of that solve alone, so the solver need not be trusted. Every row is an end of its own: what may be left out one by one may not be left out all at once."
            )
          ]),
        Page.Section(id: "designs", title: "Designs", [.table(designs)]),
      ], footer: "Made by Tulou \(version).")
  }

  /// `alternatives.csv`.
  package func csv() -> [UInt8] {
    var table = DataTable(
      "alternatives", "Least and most of each size",
      [
        "size", "unit", "best", "least", "least_bound", "least_cost [\(money)]", "most", "most_bound",
        "most_cost [\(money)]",
      ])
    for row in result.rows {
      table.rows.append([
        .text(row.name), .text(row.unit), .number(row.best), .optional(row.least?.value), .optional(row.least?.bound),
        .optional(row.least?.cost), .optional(row.most?.value), .optional(row.most?.bound), .optional(row.most?.cost),
      ])
    }
    return table.csv()
  }

  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    func end(_ end: Alternatives.End?) -> JSON {
      guard let end else { return .null }
      return .object([
        ("value", .number(end.value)), ("bound", .number(end.bound)), ("cost", .number(end.cost)),
        ("sizes", .object(end.sizes.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
      ])
    }
    return .object([
      ("tulou", .text(version)), ("project", .text(project.name)), ("study", .text("alternatives")),
      ("status", .text(result.isStopped ? "cancelled" : "optimal")), ("currency", .text(project.economy.currency)),
      ("share", .number(result.share)), ("cost", .number(result.cost)), ("cost_bound", .number(result.bound)),
      ("budget", .number(result.budget)), ("unit", .text(money)),
      (
        "sizes",
        .array(
          result.rows.map { row in
            .object([
              ("size", .text(row.name)), ("name", .text(row.title)), ("unit", .text(row.unit)),
              ("best", .number(row.best)), ("least", end(row.least)), ("most", end(row.most)),
              ("is_needed", .bool(row.isNeeded)), ("can_be_left_out", .bool(row.canBeLeftOut)),
            ])
          })
      ), ("notes", .array(result.notes.map { .text($0.message) })),
      ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }
}
