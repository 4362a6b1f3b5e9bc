import TulouAccounts
package import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities

extension PlanReport {
  /// How the rule ran the year, and what it costs against perfect foresight.
  func ruleSection() -> Page.Section {
    guard let rules else { return Page.Section(id: "rule", title: "The rule", []) }
    var contents: [Page.Content] = [
      .text("The year was run hour by hour by a rule: \(rules.words). It knows nothing of the hours to come.")
    ]
    if let sentence = foresightSentence(rules) { contents.append(.lead(sentence)) }
    if !rules.generators.isEmpty { contents.append(.table(generatorTable(rules))) }
    if !accounts.storages.isEmpty { contents.append(.table(storageTable())) }
    contents.append(.table(reasonTable(rules)))
    return Page.Section(id: "rule", title: "The rule", contents)
  }

  /// `the rule costs 3.1 % more than perfect foresight`.
  package func foresightSentence(_ rules: RuleRecord) -> String? {
    guard let foresight = rules.foresight else { return nil }
    guard foresight.excess.isFinite else {
      return "The rule cannot be compared with perfect foresight: \(foresight.remark)"
    }
    let unit = Scale.pretty(proof.unit)
    let excess = foresight.excess
    let words =
      excess < 5e-7
      ? "The rule costs no more than perfect foresight"
      : "The rule costs \(NumberText.percent(excess)) more than perfect foresight"
    let compared = foresight.compared ?? proof.value
    var remarks: [String] = []
    if foresight.bound.isFinite {
      remarks.append("proven least \(NumberText.significant(foresight.bound, digits: 6))")
    }
    if proof.value - compared > 1e-9 * abs(proof.value) {
      remarks.append(
        "replacements by use, \(NumberText.significant(proof.value - compared, digits: 6)) \(unit), left out of both")
    }
    return
      "\(words): \(NumberText.significant(compared, digits: 6)) instead of \(NumberText.significant(foresight.value, digits: 6)) \(unit)"
      + (remarks.isEmpty ? "." : " (" + remarks.joined(separator: "; ") + ").")
  }

  func ruleLine(_ rules: RuleRecord) -> String {
    guard let sentence = foresightSentence(rules) else { return rules.words }
    return rules.words + "; " + sentence.prefix(1).lowercased() + sentence.dropFirst()
  }

  private func generatorTable(_ rules: RuleRecord) -> Table {
    var table = Table(
      "Generators",
      columns: [
        .text("Generator"), .number("Machines"), .number("Hours on line [h/y]"), .number("Starts [1/y]"),
        .number("Energy [kWh/y]"), .number("Mean load when running [kW]"), .number("Fuel [kWh/y]"),
        .number("Efficiency"), .number("Full-load hours [h/y]"),
      ])
    for use in rules.generators {
      let machine = accounts.machines.first { $0.id == use.id }
      let hours = use.hours / accounts.years
      let energy = machine?.energy ?? 0, fuel = machine?.fuel ?? 0
      table.add([
        legend.name(use.id), "\(use.machines)", NumberText.significant(hours),
        NumberText.significant(use.starts / accounts.years), NumberText.significant(energy),
        hours > 0 ? NumberText.significant(energy / hours) : NumberText.none, NumberText.significant(fuel),
        fuel > 0 ? NumberText.percent(energy / fuel) : NumberText.none,
        machine?.fullLoadHours.map { NumberText.significant($0) } ?? NumberText.none,
      ])
    }
    return table
  }

  private func storageTable() -> Table {
    var table = Table(
      "Storages",
      columns: [
        .text("Storage"), .number("Usable [kWh]"), .number("Hours of mean load"), .number("Charged [kWh/y]"),
        .number("Discharged [kWh/y]"), .number("Losses [kWh/y]"), .number("Full cycles [1/y]"),
        .number("Life by cycles [y]"), .number("Mean content"),
      ])
    for storage in accounts.storages {
      table.add([
        legend.name(storage.id), NumberText.significant(storage.usable),
        storage.hoursOfLoad.map { NumberText.significant($0) } ?? NumberText.none,
        NumberText.significant(storage.charged), NumberText.significant(storage.discharged),
        NumberText.significant(storage.losses), NumberText.significant(storage.cycles),
        storage.cycleLifeYears.map { NumberText.significant($0) } ?? NumberText.none,
        NumberText.percent(storage.meanContent),
      ])
    }
    return table
  }

  /// The commonest reasons with their hours.
  private func reasonTable(_ rules: RuleRecord) -> Table {
    var hours: [String: Double] = [:]
    let weights = plan.problem.weight
    for (t, reason) in rules.reasons.enumerated() { hours[reason, default: 0] += weights[t] * plan.problem.stepHours }
    let whole = hours.values.reduce(0, +)
    var table = Table(
      "Why the hours went as they did (reasons.csv has every hour)",
      columns: [.text("Reason"), .number("Hours"), .number("Share")])
    for (reason, sum) in hours.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }).prefix(20) {
      table.add([reason, NumberText.significant(sum), NumberText.percent(sum / whole)])
    }
    return table
  }

  func json(_ rules: RuleRecord) -> JSON {
    .object([
      ("strategy", .text(rules.strategy)), ("words", .text(rules.words)),
      (
        "generators",
        .array(
          rules.generators.map {
            .object([
              ("id", .text($0.id)), ("machines", .number(Double($0.machines))),
              ("hours", .number($0.hours / accounts.years)), ("starts", .number($0.starts / accounts.years)),
            ])
          })
      ),
      (
        "perfect_foresight",
        rules.foresight.map {
          .object([
            ("value", .number($0.value)), ("bound", .number($0.bound)), ("excess", .number($0.excess)),
            ("compared_value", .optional($0.compared)),
            ("unserved", .number($0.unserved)), ("unit", .text(proof.unit)), ("remark", .text($0.remark)),
          ])
        } ?? .null
      ),
      ("survival", rules.survival.map(json) ?? .null),
      ("multi_year", rules.years.map(json) ?? .null),
      ("contingencies", rules.contingencies.map { .array($0.map(json)) } ?? .null),
    ])
  }

  /// `reasons.csv`: why each step went as it did, what each machine did, reserve asked for and at hand, what was paid for
  /// stored energy; nil where no rule dispatched.
  package func reasonsCSV() -> [UInt8]? {
    guard let rules else { return nil }
    var text: [UInt8] = []
    text += "time (\(project.timeZone) standard time),reasons".utf8
    for machine in rules.machines { text += ("," + CSVText.cell(machine.id)).utf8 }
    for column in rules.numbers { text += ("," + CSVText.cell(column.title)).utf8 }
    text.append(10)
    for (t, reason) in rules.reasons.enumerated() {
      text += project.horizon.moment(t).stamp.utf8
      text.append(44)
      text += CSVText.cell(reason).utf8
      for machine in rules.machines {
        text.append(44)
        text += CSVText.cell(machine.phrases[t]).utf8
      }
      for column in rules.numbers {
        text.append(44)
        CSVText.append(column.values[t], to: &text)
      }
      text.append(10)
    }
    return text
  }
}
