package import TulouAccounts
import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// The report of a project planned through its stages: the path as a whole, and a full report of each stage.
package struct StagedReport: Sendable {
  /// The project with its stages.
  package var project: Project
  /// What was planned.
  package var outcome: StagedOutcome
  /// What was measured.
  package var accounts: StagedAccounts
  /// Version of the program.
  package var version: String

  /// A report of a staged plan.
  package init(project: Project, outcome: StagedOutcome, accounts: StagedAccounts, version: String) {
    self.project = project
    self.outcome = outcome
    self.accounts = accounts
    self.version = version
  }

  /// The report of each stage with its id.
  package var stages: [(id: String, report: PlanReport)] {
    zip(outcome.stages, accounts.stages).map { stage, account in
      var proof = PlanReport.Proof()
      proof.status = outcome.status.rawValue
      proof.solver = stage.plan.solution.solver
      proof.messages = [
        "This stage is part of a path that was planned as a whole (\(outcome.mode.rawValue)); its own plan has no bound."
      ]
      if outcome.mode == .myopic {
        proof.messages = ["Stages were planned one after the other, each as if it lasted to the end."]
      }
      var report = PlanReport(
        project: stage.project, plan: stage.plan, accounts: account.accounts, proof: proof, version: version)
      report.supposition =
        "This is the cluster as it is in stage \(stage.id), from \(stage.year) on. Energy, emissions and service are those of a year of the stage. Money is counted \(StagedAccounts.supposed); what the path really pays, and when, stands in the report of the path."
      return (stage.id, report)
    }
  }

  /// The page of the whole path.
  package func page() -> Page {
    let reports = stages
    guard let last = reports.last?.report else {
      return Page(
        title: project.name, subtitle: "No plan was found", cover: project.cover,
        sections: [Page.Section(id: "summary", title: "In short", withoutPlan.map { .text($0) })],
        footer: "Made by Tulou \(version).")
    }
    let whole = path(last)
    var sections = [summary(reports.map(\.report), whole), stageSection(reports)]
    var cost = whole.costSection()
    cost.title = "Cost of the path"
    sections += [
      last.systemSection(), cost, whole.cashFlowSection(), whole.warningsSection(), whole.certificateSection(),
    ]
    sections += [whole.indicatorsSection(), last.assumptionsSection()]
    return Page(
      title: project.name,
      subtitle:
        "Plan in \(reports.count) stages, \(outcome.mode == .foresight ? "all planned together" : "planned one after the other") · money in \(project.economy.currency)",
      cover: project.cover, sections: sections,
      footer: "Made by Tulou \(version). Each stage has a report and files of its own under stages."
    )
  }

  /// `result.json` of the path: the usual names for the whole, sizes of the last stage, and the stages.
  package func resultJSON(timing: [(String, Double)]) -> JSON {
    guard let last = stages.last?.report, case .object(var fields) = path(last).resultJSON(timing: timing) else {
      return .object([
        ("tulou", .text(version)), ("project", .text(project.name)), ("status", .text(outcome.status.rawValue)),
        ("objective", .object([])), ("sizes", .object([])), ("indicators", .object([])), ("members", .array([])),
        ("balance", .object([])), ("cash_flow", .array([])), ("stages", .array([])),
        (
          "infeasibility",
          outcome.infeasibility.map { stage, report in
            .object([("stage", .text(stage)), ("sentences", .array(report.sentences.map(JSON.text)))])
          } ?? .null
        ), ("warnings", .array(outcome.warnings.map { .text($0.message) })), ("assumptions", .array([])),
        ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
      ])
    }
    let stages = zip(outcome.stages, accounts.stages).map { stage, account -> JSON in
      .object([
        ("id", .text(stage.id)), ("year", .integer(stage.year)), ("start", .number(account.start)),
        ("end", .number(account.end)), ("worth", .number(account.worth)), ("capital", .number(account.capital)),
        ("replacement", .number(account.replacement)), ("operation", .number(account.running)),
        ("investment", .number(stage.investment)),
        (
          "added",
          .object(
            stage.added.map { (StagedReport.key($0.key), JSON.number($0.value)) }.sorted { $0.0 < $1.0 })
        ),
        (
          "indicators",
          .object(
            account.accounts.indicators.filter { $0.note != StagedAccounts.supposed || $0.key == "capital" }.map {
              // Capital is what the stage pays; other money is the path's.
              var own = $0
              if own.key == "capital" { own.value = account.capital }
              return (own.key, .object(own.numberFields))
            })
        ), ("folder", .text("stages/\(stage.id)")),
      ])
    }
    // What emits stands with each stage; here is the mean over the path.
    if let i = fields.firstIndex(where: { $0.0 == "emissions" }), let carbon = accounts.indicator("co2") {
      fields[i].1 = .object([
        ("unit", .text("kg/y")), ("fossil", .optional(carbon.value.map { $0 * 1000 })),
        (AtLeast.field, .bool(carbon.isAtLeast)),
      ])
    }
    let place = fields.firstIndex { $0.0 == "members" } ?? fields.count
    fields.insert(("mode", .text(outcome.mode.rawValue)), at: place)
    fields.insert(("stages", .array(stages)), at: place + 1)
    return .object(fields)
  }

  /// A few lines for a terminal.
  package func answer(report place: String) -> [String] {
    guard !outcome.stages.isEmpty else { return withoutPlan + ["Report: " + place] }
    var lines = stageTable(stages).lines
    if let value = accounts.value("net_present_cost") {
      lines.append("Net present cost of the path: \(Scale.text(value, project.economy.currency, digits: 6))")
    }
    if let certificate = outcome.certificate, certificate.bound.isFinite {
      lines.append(
        "Proof: \(outcome.status.rawValue), bound \(NumberText.significant(certificate.bound, digits: 8)) \(certificate.unit), gap \(NumberText.percent(certificate.gap, digits: 2)) (\(certificate.solver))"
      )
    }
    lines +=
      outcome.approximated.isEmpty
      ? [] : ["Approximate: " + (path(stages[stages.count - 1].report).proof.approximation ?? "")]
    return lines + ["Report: " + place]
  }

  /// Why there is no path, in sentences.
  package var withoutPlan: [String] {
    switch outcome.status {
    case .infeasible:
      guard let (stage, report) = outcome.infeasibility else {
        return [
          "Each stage has a plan by itself, but no path serves them all: what one stage builds stays, and a limit of a later one does not allow it."
        ]
      }
      return ["Stage '\(stage)' has no plan."] + report.sentences
    case .limit:
      return [
        "The limit of time was reached before a path was found. Give more with --time-limit, or make the problem smaller: fewer hours (--hours), 'periods' in place of the whole year, larger steps"
          + (outcome.mode == .foresight ? ", or --mode myopic, which plans one stage after the other." : ".")
          + (outcome.message.isEmpty ? "" : " " + outcome.message)
      ]
    case .cancelled: return ["Interrupted before a path was found."]
    case .unbounded:
      return ["The cost falls without end: something is paid for growing without limit. Give it a maximum."]
    case .optimal, .feasible, .failed:
      return ["The solver ended without a path and without a proof that there is none. \(outcome.message)"]
    }
  }

  static func key(_ label: Label) -> String { label.sizeName }

  /// The path as one report: money of all stages on the plant of the last.
  private func path(_ last: PlanReport) -> PlanReport {
    var whole = Accounts()
    whole.currency = project.economy.currency
    whole.indicators = accounts.indicators
    for stage in accounts.stages {
      whole.carbon.withoutFactor += stage.accounts.carbon.withoutFactor.filter {
        !whole.carbon.withoutFactor.contains($0)
      }
    }
    whole.cashFlow = accounts.cashFlow
    whole.costs = accounts.costs
    whole.warnings = outcome.warnings + accounts.warnings
    var proof = PlanReport.Proof()
    proof.status = outcome.status.rawValue
    proof.solver = outcome.certificate?.solver ?? last.plan.solution.solver
    proof.approximated = outcome.approximated
    if let sentence = proof.approximation { proof.messages.append(sentence) }
    if let certificate = outcome.certificate {
      proof.take(certificate)
      proof.isBoundOwn = outcome.integers?.method != .exact
    } else {
      proof.messages.append(
        "Stages were planned one after the other; such a path has no bound of its own. Plan with foresight to see what waiting costs."
      )
    }
    var project = project
    project.assumptions =
      last.project.assumptions + outcome.assumptions.filter { !last.project.assumptions.contains($0) }
    // The plant and the demand of the last stage, under the name of the whole.
    var shown = last.project
    shown.name = project.name
    shown.assumptions = project.assumptions
    return PlanReport(project: shown, plan: last.plan, accounts: whole, proof: proof, version: version)
  }

  private func summary(_ reports: [PlanReport], _ whole: PlanReport) -> Page.Section {
    var contents: [Page.Content] = []
    for (stage, report) in zip(outcome.stages, reports) {
      let added = report.newPhrases(by: stage.added)
      let what = added.isEmpty ? "nothing new" : PlanReport.listed(added)
      contents.append(.lead("\(stage.year), \(stage.id): build \(what)."))
    }
    var tiles: [Page.Tile] = []
    for (name, key, unit) in [
      ("Net present cost of the path", "net_present_cost", ""), ("Cost per year, levelised", "annual_cost", "/y"),
      ("Capital, all stages", "capital", ""), ("Cost of energy served", "cost_of_energy_all_carriers", "/kWh"),
    ] {
      if let value = accounts.value(key) {
        tiles.append(Page.Tile(name, Scale.text(value, project.economy.currency + unit)))
      }
    }
    if let indicator = accounts.indicator("co2"), let value = indicator.value {
      tiles.append(
        Page.Tile("CO₂", indicator.worded(Scale.text(value * 1000, "kg") + "/y"), note: "mean over the path"))
    }
    contents.append(.tiles(tiles))
    contents.append(.text(whole.proofSentence))
    return Page.Section(id: "summary", title: "In short", contents)
  }

  private func stageSection(_ reports: [(id: String, report: PlanReport)]) -> Page.Section {
    let names = outcome.stages.map { "\($0.id), \($0.year)" }
    var contents: [Page.Content] = [.table(stageTable(reports))]
    // Sizes in kW by stage; other units stand in the table.
    guard let last = reports.last?.report else { return Page.Section(id: "stages", title: "Stages", contents) }
    let kilowatts = last.sizeLines.filter { $0.unit == "kW" }
    let series = kilowatts.compactMap { line -> Series? in
      let values = reports.map { $0.report.sizeLines.first { $0.key == line.key }?.capacity ?? 0 }
      guard values.contains(where: { $0 > 0 }) else { return nil }
      return Series(last.legend.name(line.id), values, colour: last.legend.colour(line.id))
    }
    if !series.isEmpty {
      contents.append(
        .chart(
          Chart(
            id: "stage-sizes", title: "Plant by stage", summary: "Power of all machines that stands in each stage.",
            body: .bars(Bars(categories: names, series: series, quantity: "Power", unit: "kW", arrangement: .grouped))))
      )
    }
    var sources: [(id: String, carrier: String)] = []
    for report in reports.map(\.report) {
      // What storages give entered before.
      for source in report.accounts.sources
      where source.kind != GenericStorage.kind && source.yearly > 0
        && !sources.contains(where: { $0.id == source.id && $0.carrier == source.carrier })
      {
        sources.append((source.id, source.carrier))
      }
    }
    let main = sources.first?.carrier ?? ""
    let energy = sources.filter { $0.carrier == main }.map { source in
      Series(
        last.legend.name(source.id),
        reports.map { $0.report.accounts.sources.first { $0.id == source.id && $0.carrier == main }?.yearly ?? 0 },
        colour: last.legend.colour(source.id))
    }
    if !energy.isEmpty {
      contents.append(
        .chart(
          Chart(
            id: "stage-energy", title: "\(last.legend.carrier(main).capitalisedFirst) by stage and source",
            summary: "Energy of a year in each stage by where it comes from; what storages give came from there.",
            body: .bars(Bars(categories: names, series: energy, quantity: "Energy", unit: "kWh")))))
    }
    contents.append(
      .links(zip(outcome.stages, names).map { (text: "Full report of \($1)", place: "stages/\($0.id)/report.html") }))
    return Page.Section(id: "stages", title: "Stages", contents)
  }

  private func stageTable(_ reports: [(id: String, report: PlanReport)]) -> Table {
    var table = Table(columns: [.text("")] + outcome.stages.map { .number("\($0.id), \($0.year)") })
    let lines = reports.last?.report.sizeLines ?? []
    for line in lines {
      let name = (reports.last?.report.legend.name(line.id) ?? line.id) + line.part.after
      table.add(
        [name]
          + reports.map { stage in
            stage.report.sizeLines.first { $0.key == line.key }.map { Scale.text($0.capacity, $0.unit) } ?? "·"
          })
    }
    let currency = project.economy.currency
    for (name, unit, value) in [
      ("New capital as it begins", "", \StageAccount.capital),
      ("Replacements during it, undiscounted", "", \.replacement),
      ("Running cost per year", "/y", \.running),
    ] where accounts.stages.contains(where: { $0[keyPath: value] != 0 }) {
      table.add([name] + accounts.stages.map { Scale.text($0[keyPath: value], currency + unit) })
    }
    for (name, key) in [
      ("Renewable fraction", "renewable_fraction"), ("Autonomy", "autonomy"), ("CO₂", "co2"),
      ("Energy served", "p_o"), ("Not served", "unserved_energy"),
    ] {
      table.add(
        [name]
          + reports.map { stage in
            guard let indicator = stage.report.accounts.indicator(key), let value = indicator.value else {
              return NumberText.none
            }
            return indicator.worded(
              indicator.unit == "t/y"
                ? Scale.text(value * 1000, "kg") + "/y" : PlanReport.indicatorText(value, indicator.unit))
          })
    }
    return table
  }
}
