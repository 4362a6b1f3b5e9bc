package import TulouAccounts
import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities

/// The report of one design over several weather years: the whole, the years beside each other, and what planning on
/// fewer of them would have cost.
package struct WeatherYearReport: Sendable {
  /// The project with its years.
  package var project: Project
  /// What was planned.
  package var outcome: WeatherYearOutcome
  /// What was measured in each year.
  package var accounts: [Accounts]
  /// Version of the program.
  package var version: String

  /// A report.
  package init(project: Project, outcome: WeatherYearOutcome, accounts: [Accounts], version: String) {
    self.project = project
    self.outcome = outcome
    self.accounts = accounts
    self.version = version
  }

  /// The report of each year with its name.
  package var years: [(name: String, report: PlanReport)] {
    zip(outcome.years, accounts).map { year, account in
      var proof = PlanReport.Proof()
      proof.status = outcome.status.rawValue
      proof.solver = outcome.certificate?.solver ?? ""
      proof.messages = [
        "This year is one of \(outcome.years.count) that were planned together with the same sizes; its own dispatch has no bound of its own."
      ]
      return (
        year.name,
        PlanReport(project: year.project, plan: year.plan, accounts: account, proof: proof, version: version)
      )
    }
  }

  /// Index of the dearest year.
  private var worst: Int? {
    outcome.years.indices.max { outcome.years[$0].value < outcome.years[$1].value }
  }

  /// The whole as one report: the plan of the dearest year with the proof of all and the means of all indicators.
  private var whole: PlanReport? {
    guard let worst, accounts.indices.contains(worst) else { return nil }
    let year = outcome.years[worst]
    var mean = accounts[worst]
    mean.indicators = accounts[worst].indicators.map { indicator in
      let values = accounts.compactMap { $0.value(indicator.key) }
      var own = indicator
      own.value = values.count == accounts.count ? values.reduce(0, +) / Double(values.count) : nil
      own.isAtLeast = accounts.contains { $0.indicator(indicator.key)?.isAtLeast ?? false }
      own.note = (own.note.isEmpty ? "" : own.note + " ") + "Mean over \(accounts.count) weather years."
      return own
    }
    for account in accounts {
      mean.carbon.withoutFactor += account.carbon.withoutFactor.filter { !mean.carbon.withoutFactor.contains($0) }
    }
    mean.costs = meanCosts
    mean.warnings = outcome.warnings
    for warning in accounts.flatMap(\.warnings) where !mean.warnings.contains(warning) { mean.warnings.append(warning) }
    var proof = PlanReport.Proof()
    proof.status = outcome.status.rawValue
    if let certificate = outcome.certificate {
      proof.take(certificate)
      proof.isBoundOwn = true
      proof.checks = [
        ("Greatest breach of any limit in any year, in its unit", certificate.largestResidual, ""),
        ("Greatest breach, relative to the limit's terms", certificate.largestRelativeResidual, ""),
        ("Iterations", Double(certificate.iterations), ""),
      ]
      if !certificate.message.isEmpty { proof.messages.append(certificate.message) }
    }
    proof.messages.append(
      "One set of sizes was planned over \(outcome.years.count) weather years at once; value and bound are the mean of a year. Limits of the project hold over all years together, and "
        + (outcome.isChained
          ? "storages go on from year to year, closing one cycle over all of them."
          : "storages close their cycle within each year.")
    )
    var shown = year.project
    shown.name = project.name
    shown.assumptions = project.assumptions
    shown.assumptions += outcome.assumptions.filter { !project.assumptions.contains($0) }
    return PlanReport(project: shown, plan: year.plan, accounts: mean, proof: proof, version: version)
  }

  /// Cost by component and kind, mean of all years; what a year lacks is zero in it.
  private var meanCosts: [CostLine] {
    var sums: [CostLine] = []
    for line in accounts.flatMap(\.costs) {
      if let i = sums.firstIndex(where: { $0.id == line.id && $0.kind == line.kind && $0.member == line.member }) {
        sums[i].annual += line.annual
        sums[i].present += line.present
      } else {
        sums.append(line)
      }
    }
    for i in sums.indices {
      sums[i].annual /= Double(accounts.count)
      sums[i].present /= Double(accounts.count)
    }
    return sums
  }

  // MARK: Tables

  /// The years beside each other.
  var yearTable: Table {
    var columns: [Table.Column] = [.text("Year"), .number(costName)]
    let shown = [
      ("Cost of energy", "cost_of_energy_served"), ("Renewable", "renewable_fraction"), ("CO₂", "co2"),
      ("Curtailed", "curtailed"), ("Bought", "bought"), ("Not served", "unserved_energy"),
    ].filter { key in accounts.contains { $0.value(key.1) != nil } }
    columns += shown.map { .number($0.0) }
    var table = Table(columns: columns)
    for (i, (year, account)) in zip(outcome.years, accounts).enumerated() {
      table.add(
        [year.name + (i == worst && outcome.years.count > 1 ? " (most expensive)" : ""), text(year.value)]
          + shown.map { _, key in
            guard let indicator = account.indicator(key), let value = indicator.value else { return NumberText.none }
            return indicator.worded(
              indicator.unit == "t/y"
                ? Scale.text(value * 1000, "kg") + "/y" : PlanReport.indicatorText(value, indicator.unit))
          })
    }
    return table
  }

  /// Designs on fewer years, measured on all.
  var designTable: Table {
    var table = Table(
      columns: [.text("Planned on"), .number("Believed to cost"), .number("Costs over all years"), .number("Regret")])
    table.add(["all years", text(outcome.certificate?.value), text(outcome.certificate?.value), "0"])
    for design in designs {
      table.add([
        name(design), text(design.ownValue), design.cost.map { text($0) } ?? "cannot serve all years",
        regret(design).map { NumberText.percent($0) } ?? NumberText.none,
      ])
    }
    return table
  }

  private var designs: [WeatherYearOutcome.Design] { outcome.singles + (outcome.average.map { [$0] } ?? []) }

  private func name(_ design: WeatherYearOutcome.Design) -> String {
    design.name == outcome.average?.name ? "the average year" : "\(design.name) alone"
  }

  /// How much dearer than the common design, as a share; below the solver's tolerance zero.
  private func regret(_ design: WeatherYearOutcome.Design) -> Double? {
    guard let cost = design.cost, let best = outcome.certificate?.value,
      let share = Dust.ratio(cost - best, of: abs(best))
    else { return nil }
    return Dust.cleaned(share, scale: 1)
  }

  private var unit: String { outcome.certificate?.unit ?? project.economy.currency + "/y" }
  private var costName: String {
    outcome.certificate.map { $0.objective == Objective.netPresentCost.rawValue } ?? true
      ? "Cost and penalties per year" : "Objective"
  }
  private func text(_ value: Double?) -> String { value.map { Scale.text($0, unit) } ?? NumberText.none }

  // MARK: Page

  /// The page of the whole.
  package func page() -> Page {
    guard let whole else {
      return Page(
        title: project.name, subtitle: "No plan was found", cover: project.cover, sections: [],
        footer: "Made by Tulou \(version).")
    }
    var sections = [summary(whole), yearSection()]
    if !designs.isEmpty { sections.append(designSection()) }
    var plant = whole.sizesSection()
    plant.title += " (use of the most expensive year)"
    sections += [whole.systemSection(), plant, whole.costSection(), whole.warningsSection()]
    sections += [whole.certificateSection(), whole.indicatorsSection(), whole.assumptionsSection()]
    return Page(
      title: project.name,
      subtitle: "One plan over \(outcome.years.count) weather years · money in \(project.economy.currency)",
      cover: project.cover, sections: sections,
      footer: "Made by Tulou \(version). Each year has a report and files of its own under years.")
  }

  private func summary(_ whole: PlanReport) -> Page.Section {
    var contents: [Page.Content] = [.lead(whole.buildSentence), .lead(spreadSentence)]
    if let sentence = regretSentence { contents.append(.lead(sentence)) }
    contents.append(.text(whole.proofSentence))
    return Page.Section(id: "summary", title: "In short", contents)
  }

  private var spreadSentence: String {
    guard let certificate = outcome.certificate, let spread = outcome.spread, let worst = outcome.worst else {
      return ""
    }
    if costName == "Objective" {
      return
        "Over \(outcome.years.count) weather years the objective, \(Legend.plain(certificate.objective)), is \(text(certificate.value)) on average, from \(text(spread.lowerBound)) to \(text(spread.upperBound)) (\(worst.name))."
    }
    return
      "Over \(outcome.years.count) weather years it costs \(text(certificate.value)) a year on average, \(text(spread.lowerBound)) in the cheapest and \(text(spread.upperBound)) in the most expensive (\(worst.name))."
  }

  private var regretSentence: String? {
    guard !designs.isEmpty else { return nil }
    var parts: [String] = []
    let singles = outcome.singles.compactMap { design in regret(design).map { (design, $0) } }
    if let most = singles.max(by: { $0.1 < $1.1 }), most.1 > 0 {
      parts.append(
        "planning on \(most.0.name) alone would cost \(NumberText.percent(most.1, digits: 2)) more over all years")
    }
    if let average = outcome.average, let share = regret(average), share > 0 {
      parts.append("planning on the average year \(NumberText.percent(share, digits: 2)) more")
    }
    let failing = designs.filter { $0.cost == nil && $0.ownValue != nil }
    if !failing.isEmpty {
      parts.append(
        "a plan made on \(PlanReport.listed(failing.map { name($0) })) cannot serve every year")
    }
    let broken = designs.filter { $0.cost != nil && !$0.broken.isEmpty }
    if !broken.isEmpty {
      parts.append(
        "a plan made on \(PlanReport.listed(broken.map { name($0) })) breaks limits of the project over all years")
    }
    guard !parts.isEmpty else { return "Plans made on fewer years would cost no more over all years." }
    return parts.joined(separator: "; ").capitalisedFirst + "."
  }

  private func yearSection() -> Page.Section {
    let categories = outcome.years.map(\.name)
    let cost = Chart(
      id: "year-costs", title: "\(costName) by weather year",
      summary: "The same plant in every year: how far good and bad years lie apart.", width: .half,
      body: .bars(
        Bars(
          categories: categories, series: [Series(costName, outcome.years.map(\.value), colour: .water)],
          quantity: costName, unit: unit)))
    var charts = [cost]
    let carbon = accounts.compactMap { $0.value("co2") }
    if carbon.count == accounts.count, carbon.contains(where: { $0 > 0 }) {
      let name = AtLeast.quantity("CO₂", accounts.contains { $0.carbon.isAtLeast })
      charts.append(
        Chart(
          id: "year-carbon", title: "\(name) by weather year", summary: "Fossil, burnt or bought.", width: .half,
          body: .bars(
            Bars(
              categories: categories, series: [Series(name, carbon.map { $0 * 1000 }, colour: .outside)],
              quantity: name, unit: "kg/y"))))
    }
    return Page.Section(
      id: "years", title: "The years",
      [.table(yearTable)] + Page.Content.pairs(charts) + [
        .links(
          outcome.years.map {
            (text: "Full report of \($0.name)", place: WeatherYearReport.folder($0.name) + "/report.html")
          })
      ])
  }

  private func designSection() -> Page.Section {
    var contents: [Page.Content] = [
      .text(
        "Each row is a plan made on less than all years, then run through every year with its sizes as they are. Regret is how much more it costs than the plan made on all."
      ), .table(designTable),
    ]
    let broken = designs.flatMap { design in design.broken.map { "Planned on \(name(design)): \($0)." } }
    if !broken.isEmpty {
      let title =
        broken.count == 1
        ? "One limit broken or year not served" : "\(broken.count) limits broken or years not served"
      contents.append(.folded(title, [.list(broken)]))
    }
    return Page.Section(id: "fewer-years", title: "What planning on fewer years would cost", contents)
  }

  // MARK: Files

  /// Folder of a year's own files, relative to those of the whole.
  package static func folder(_ name: String) -> String {
    "years/" + String(name.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." ? $0 : "-" })
  }

  /// `result.json`: the usual names for the whole (indicators are means), and the years.
  package func resultJSON(timing: [(String, Double)]) -> JSON {
    guard let whole, case .object(var fields) = whole.resultJSON(timing: timing) else {
      return .object([
        ("tulou", .text(version)), ("project", .text(project.name)), ("status", .text(outcome.status.rawValue)),
        ("objective", .object([])), ("sizes", .object([])), ("indicators", .object([])), ("members", .array([])),
        ("balance", .object([])), ("cash_flow", .array([])), ("weather_years", .array([])),
        ("warnings", .array(outcome.warnings.map { .text($0.message) })), ("assumptions", .array([])),
        ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
      ])
    }
    // What belongs to one year stands in that year's folder.
    for (name, empty) in [
      ("members", JSON.array([])), ("balance", .object([])), ("sources", .array([])), ("cash_flow", .array([])),
      ("machines", .array([])), ("storages", .array([])), ("bills", .array([])),
    ] {
      if let i = fields.firstIndex(where: { $0.0 == name }) { fields[i].1 = empty }
    }
    let place = fields.firstIndex { $0.0 == "members" } ?? fields.count
    fields.insert(("weather_years", .array(zip(outcome.years, accounts).map(json))), at: place)
    fields.insert(
      (
        "spread",
        .object([
          ("least", .optional(outcome.spread?.lowerBound)), ("greatest", .optional(outcome.spread?.upperBound)),
          ("worst_year", outcome.worst.map { .text($0.name) } ?? .null), ("unit", .text(unit)),
        ])
      ), at: place + 1)
    fields.insert(("designs_on_fewer_years", .array(designs.map(json))), at: place + 2)
    return .object(fields)
  }

  private func json(_ year: WeatherYearOutcome.Year, _ account: Accounts) -> JSON {
    .object([
      ("name", .text(year.name)), ("value", .number(year.value)), ("unit", .text(unit)),
      (
        "indicators",
        .object(
          account.indicators.map {
            ($0.key, .object($0.numberFields))
          })
      ), ("folder", .text(WeatherYearReport.folder(year.name))),
    ])
  }

  private func json(_ design: WeatherYearOutcome.Design) -> JSON {
    .object([
      ("planned_on", .text(design.name)), ("believed", .optional(design.ownValue)), ("cost", .optional(design.cost)),
      ("regret", .optional(regret(design))), ("unit", .text(unit)),
      ("broken", .array(design.broken.map(JSON.text))),
      ("sizes", .object(design.sizes.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
    ])
  }

  /// A few lines for a terminal.
  package func answer(report place: String) -> [String] {
    guard let whole else { return ["No plan was found.", "Report: " + place] }
    var lines = [whole.buildSentence] + yearTable.lines + [spreadSentence]
    if let sentence = regretSentence { lines.append(sentence) }
    if let certificate = outcome.certificate {
      lines.append(
        "Proof: \(outcome.status.rawValue), \(NumberText.significant(certificate.value, digits: 8)) \(certificate.unit), bound \(NumberText.significant(certificate.bound, digits: 8)), gap \(FrontResult.gap(certificate.gap)) (\(certificate.solver))"
      )
    }
    return lines + ["Report: " + place]
  }
}
