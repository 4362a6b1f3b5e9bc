import TulouAccounts
import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities

extension PlanReport {
  /// What a person should look at before trusting the plan.
  func warningsSection() -> Page.Section {
    let all = project.warnings + accounts.warnings
    guard !all.isEmpty else { return Page.Section(id: "warnings", title: "Warnings", []) }
    return Page.Section(
      id: "warnings", title: "Warnings",
      [
        .list(
          all.map { warning in
            (warning.path.isEmpty ? "" : warning.path + ": ") + warning.message
              + (warning.advice.isEmpty ? "" : " " + warning.advice)
          })
      ])
  }

  /// Cost, bound, gap and residuals, in words.
  func certificateSection() -> Page.Section {
    var table = Table(columns: [.text("What"), .number("Value")])
    table.add(["Status", proof.status])
    table.add(["Solver", proof.solver])
    table.add(["Objective", Legend.plain(proof.objective)])
    func value(_ number: Double) -> String {
      number.isFinite ? NumberText.significant(number, digits: 9) + " " + Scale.pretty(proof.unit) : NumberText.none
    }
    table.add(["Value of this plan", AtLeast.text(value(proof.value), objectiveIsAtLeast)])
    if let cash = proof.cash { table.add(["of it cash", value(cash)]) }
    if let penalties = proof.penalties { table.add(["of it penalties", value(penalties)]) }
    table.add(["Proven least value (bound)", value(proof.bound)])
    table.add(["Gap between both", proof.gap.isFinite ? NumberText.percent(proof.gap, digits: 2) : NumberText.none])
    for check in proof.checks {
      let digits = check.unit.isEmpty ? 3 : 9
      let text =
        check.value == check.value.rounded() && abs(check.value) < 1e9
        ? NumberText.fixed(check.value, decimals: 0) : NumberText.significant(check.value, digits: digits)
      table.add([check.name, text + (check.unit.isEmpty ? "" : " " + Scale.pretty(check.unit))])
    }
    var contents: [Page.Content] = [.text(proofSentence)]
    if proof.bound.isFinite && proof.isBoundOwn {
      contents.append(
        .text(
          "Tulou computes the bound itself, from the solver's multipliers alone and apart from the plan, so the solver need not be trusted."
        ))
    }
    contents.append(.table(table))
    if !proof.messages.isEmpty { contents.append(.list(proof.messages)) }
    return Page.Section(id: "certificate", title: "Certificate", contents)
  }

  /// Every indicator with its definition.
  func indicatorsSection() -> Page.Section {
    guard !accounts.indicators.isEmpty else { return Page.Section(id: "indicators", title: "Indicators", []) }
    var table = Table(columns: [.quoted("Key in result.json"), .number("Value"), .text("Definition")])
    for indicator in accounts.indicators {
      let unit = indicator.unit == "t/y" ? "kg/y" : indicator.unit
      let factor = indicator.unit == "t/y" ? 1000.0 : 1
      table.add([
        indicator.key,
        indicator.value.map { indicator.worded(PlanReport.indicatorText($0 * factor, unit)) } ?? "none",
        indicator.definition + (indicator.note.isEmpty ? "" : " " + indicator.note),
      ])
    }
    return Page.Section(
      id: "indicators", title: "Indicators",
      [.folded("\(accounts.indicators.count) numbers with their definitions", [.table(table)])])
  }

  /// A value with its unit; yearly energies climb their ladder.
  static func indicatorText(_ value: Double, _ unit: String) -> String {
    if unit == "1" { return NumberText.percent(value, digits: 4) }
    if unit == "1/y" { return NumberText.percent(value, digits: 3) + "/y" }
    return Scale.text(value, unit)
  }

  /// The register of assumptions with sources.
  func assumptionsSection() -> Page.Section {
    guard !project.assumptions.isEmpty else { return Page.Section(id: "assumptions", title: "Assumptions", []) }
    func table(_ list: [Assumption]) -> Table {
      var table = Table(columns: [.quoted("Input"), .quoted("Value"), .text("Why"), .quoted("Source")])
      for assumption in list {
        table.add([assumption.path, assumption.value, assumption.kind.rawValue, assumption.source])
      }
      return table
    }
    let unsure = project.assumptions.filter { $0.kind == .approximate || $0.kind == .relaxation }
    let silent = project.assumptions.filter { $0.kind == .silent }
    let rest = project.assumptions.filter { ![.approximate, .relaxation, .silent, .note].contains($0.kind) }
    let notes = project.assumptions.filter { $0.kind == .note }
    var contents: [Page.Content] = [
      .text(
        "Inputs that the project file does not state, or states without a firm source. Change any of them in the file.")
    ]
    if !unsure.isEmpty { contents.append(.table(table(unsure))) }
    if !rest.isEmpty {
      contents.append(.folded("\(rest.count) defaults and catalogue values", [.table(table(rest))]))
    }
    if !silent.isEmpty {
      contents.append(.folded("\(silent.count) keys that were left out, with what that means", [.table(table(silent))]))
    }
    if !notes.isEmpty {
      var table = Table(columns: [.quoted("Input"), .quoted("Note")])
      for note in notes { table.add([note.path, note.value]) }
      contents.append(.folded("\(notes.count) notes of the project file", [.table(table)]))
    }
    return Page.Section(id: "assumptions", title: "Assumptions", contents)
  }
}
