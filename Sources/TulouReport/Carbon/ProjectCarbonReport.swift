public import TulouAccounts
import TulouProject

/// Carbon of planned projects: origins, what lowers emission from one to the other, and the cost of going further.
public struct ProjectCarbonReport: Sendable {
  /// A planned project.
  public struct Case: Sendable {
    /// Its name.
    public var name: String
    /// Its accounts.
    public var accounts: Accounts
    /// A case.
    public init(name: String, accounts: Accounts) {
      self.name = name
      self.accounts = accounts
    }
  }
  /// The project.
  public var base: Case
  /// The project that it is compared with, if any.
  public var target: Case?
  /// Cost against budget, if asked.
  public var curve: AbatementCurve?
  /// What each measure and each new component avoids and costs, if asked.
  public var measures: [MeasureAbatement] = []
  /// Version of the program.
  public var version: String

  /// A report.
  public init(base: Case, target: Case? = nil, curve: AbatementCurve? = nil, version: String) {
    self.base = base
    self.target = target
    self.curve = curve
    self.version = version
  }

  /// The four terms from `base` to `target`.
  public var decomposition: EmissionDecomposition? {
    target.map { EmissionDecomposition(from: base.accounts.carbon.fleet, to: $0.accounts.carbon.fleet) }
  }

  private func terms(_ parts: EmissionDecomposition) -> [(name: String, key: String, value: Double, colour: Colour)] {
    [
      ("More clean generation", "substitution", parts.substitution, .wind),
      ("Fewer losses", "losses", parts.losses, .lost), ("Less consumption", "saving", parts.saving, .demand),
      ("Lower factor of thermal power", "factor", parts.factor, .fuel),
      ("Outside electricity", "other", parts.other, .heat),
    ]
  }

  /// The answer in the terminal.
  public func answer(report: String) -> [String] {
    var lines = ["\(base.name): \(Scale.text(base.accounts.carbon.fossil, "kg")) of fossil CO2 a year"]
    if let target, let parts = decomposition {
      lines.append("\(target.name): \(Scale.text(target.accounts.carbon.fossil, "kg")) of fossil CO2 a year")
      for term in terms(parts) { lines.append("  \(term.name): \(Scale.text(term.value, "kg/y"))") }
      lines.append("  Together: \(Scale.text(parts.total, "kg/y")) less")
      let measure = MeasureAbatement(name: target.name, without: base.accounts, with: target.accounts)
      if let cost = measure.costPerKg {
        lines.append("  At \(NumberText.significant(1000 * cost)) \(base.accounts.currency)/t")
      }
    }
    if !measures.isEmpty { lines += measureTable.lines }
    if let curve { lines += curveTable(curve).lines }
    return lines + ["Report: \(report)"]
  }

  private var measureTable: Table {
    let currency = base.accounts.currency
    let knowsMargin = measures.contains { $0.avoidedAtMargin != nil }
    var table = Table(
      "Each measure: the plan with it against the plan without it",
      columns: [
        .text("Measure"), .number("Avoids [t/y]"), .number("Costs [\(currency)/y]"),
        .number("Per tonne [\(currency)/t]"),
      ] + (knowsMargin ? [.number("Avoids at the margin [t/y]")] : []))
    for one in measures {
      table.add(
        [
          one.name, CarbonReport.tonnes(one.avoided), NumberText.significant(one.cost, digits: 5),
          one.costPerKg.map { NumberText.significant(1000 * $0) } ?? NumberText.none,
        ] + (knowsMargin ? [one.avoidedAtMargin.map { CarbonReport.tonnes($0) } ?? NumberText.none] : []))
    }
    return table
  }

  private func curveTable(_ curve: AbatementCurve) -> Table {
    let currency = base.accounts.currency
    var table = Table(
      "Least cost against CO2 budget",
      columns: [.number("CO2 [t/y]"), .number("Cost [\(currency)/y]"), .number("Further tonne [\(currency)/t]")])
    for (k, point) in curve.points.enumerated() {
      let before = k > 0 ? curve.points[k - 1] : nil
      let avoided = before.map { $0.emission - point.emission } ?? 0
      let marginal = before.flatMap { avoided > 0 ? 1000 * (point.annualCost - $0.annualCost) / avoided : nil }
      table.add([
        NumberText.significant(point.emission / 1000, digits: 6), NumberText.significant(point.annualCost, digits: 6),
        marginal.map { NumberText.significant($0) } ?? NumberText.none,
      ])
    }
    return table
  }

  /// The page.
  public func page() -> Page {
    var sections = [origins(base, id: "base")]
    if let target { sections.append(origins(target, id: "target")) }
    if let target, let parts = decomposition { sections.append(difference(target, parts)) }
    if !measures.isEmpty {
      sections.append(
        Page.Section(
          id: "measures", title: "Each measure",
          [
            .text(
              "Every row is a plan of its own in which the measure may not be built; a negative cost means that it saves money too."
            ), .table(measureTable),
          ]))
    }
    if let curve { sections.append(abatement(curve)) }
    return Page(
      title: base.name, subtitle: "Carbon", sections: sections,
      footer: "Made by Tulou \(version). Full precision is in result.json.")
  }

  private func origins(_ one: Case, id: String) -> Page.Section {
    let carbon = one.accounts.carbon
    var table = Table(
      "Mean over the years [t/y]",
      columns: [.text("Origin"), .text("Kind"), .text("Carrier"), .text("Scope"), .number("Emission")])
    for line in carbon.lines where line.amount != 0 {
      table.add([
        line.id, Legend.plain(line.kind.rawValue), line.carrier, line.scope == 0 ? "in no total" : String(line.scope),
        CarbonReport.tonnes(line.amount),
      ])
    }
    table.add(["Fossil, together", "", "", "1 + 2", CarbonReport.tonnes(carbon.fossil)])
    table.hasTotal = true
    var contents = [Page.Content.table(table)]
    if let margin = carbon.atMargin {
      contents.append(
        .text(
          "With marginal factors of purchases it would be \(Scale.text(margin, "kg")) a year: what counts when two plans are compared."
        ))
    }
    return Page.Section(id: id, title: one.name, contents)
  }

  private func difference(_ target: Case, _ parts: EmissionDecomposition) -> Page.Section {
    let steps =
      [Waterfall.Step(base.name, base.accounts.carbon.fossil, colour: .outside, isSum: true)]
      + terms(parts).filter { $0.value != 0 }.map { Waterfall.Step($0.name, -$0.value, colour: $0.colour) }
      + [Waterfall.Step(target.name, target.accounts.carbon.fossil, colour: .fuel, isSum: true)]
    return Page.Section(
      id: "difference", title: "What lowers emission",
      [
        .chart(
          Chart(
            id: "carbon-terms", title: "From \(base.name) to \(target.name)",
            summary: "Four terms of electricity, and what is outside it, add up exactly.",
            body: .waterfall(Waterfall(steps: steps, quantity: "CO₂ per year", unit: "kg"))))
      ])
  }

  private func abatement(_ curve: AbatementCurve) -> Page.Section {
    let points = curve.points.map { (x: $0.emission, y: $0.annualCost, name: "") }
    return Page.Section(
      id: "abatement", title: "Cost of going further",
      [
        .chart(
          Chart(
            id: "carbon-curve", title: "Least cost against CO₂ budget", summary: "Every point is a plan of its own.",
            body: .scatter(
              Scatter(
                sets: [.init("Plans", points: points, colour: .demand, joined: true)], xQuantity: "CO₂ per year",
                xUnit: "kg", yQuantity: "Cost per year", yUnit: base.accounts.currency)))),
        .table(curveTable(curve)),
      ])
  }

  /// The text of `result.json`; masses in t.
  public func resultJSON() -> String {
    func account(_ one: Case) -> JSON {
      let carbon = one.accounts.carbon
      return .object([
        ("project", .text(one.name)), ("fossil", .number(carbon.fossil / 1000)),
        ("scope_1", .number(carbon.scope1 / 1000)), ("scope_2", .number(carbon.scope2 / 1000)),
        ("biogenic", .number(carbon.biogenic / 1000)), ("methane", .number(carbon.methane / 1000)),
        ("export_credit", .number(carbon.exportCredit / 1000)), ("life_cycle", .number(carbon.lifeCycle / 1000)),
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
                ("unit", .text($0.kind == .methane ? "t CH4/y" : "t/y")),
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
      let all = terms(parts).map { ($0.key, JSON.number($0.value / 1000)) }
      fields.append(
        (
          "decomposition",
          .object(
            all + [
              ("total", .number(parts.total / 1000)), ("residual", .number(parts.residual / 1000)),
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
                ("name", .text($0.name)), ("avoided", .number($0.avoided / 1000)), ("unit", .text("t/y")),
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
              .object([
                ("co2", .number($0.emission / 1000)), ("annual_cost", .number($0.annualCost)),
                ("sizes", .object($0.sizes.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
              ])
            })
        ))
    }
    return JSON.object(fields).indented
  }
}
