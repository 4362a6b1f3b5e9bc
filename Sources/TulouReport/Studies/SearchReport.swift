public import TulouPlanning
import TulouProject
import TulouQuantities
import TulouTechnologies

/// What a search found, for the terminal, the page and files: the best overall, the best of each type of system, why
/// designs were rejected.
public struct SearchReport: Sendable {
  /// What was found.
  public var outcome: SearchOutcome
  /// Project file as the user would type it.
  public var file: String
  /// Version of the program.
  public var version: String

  /// A report of a search.
  public init(_ outcome: SearchOutcome, file: String, version: String) {
    self.outcome = outcome
    self.file = file
    self.version = version
  }

  private var currency: String { outcome.project.economy.currency }
  private var best: SearchCandidate? { outcome.rows.first { $0.isFeasible } }

  /// The line that opens a row as a full plan.
  public func command(_ row: SearchCandidate) -> String {
    var strategy = ""
    switch outcome.strategy {
    case .loadFollowing: break
    case .cycleCharging(let point):
      strategy = " --strategy cycle_charging" + (point > 0 ? " --set-point \(NumberText.significant(point * 100))" : "")
    case .combined(let threshold):
      strategy = " --strategy combined --threshold \(NumberText.significant(threshold * 100))"
    default: strategy = " --strategy \(outcome.strategy.name)"
    }
    return "tulou simulate \(file) --sizes \(outcome.sizesText(row))\(strategy)"
      + (outcome.cheapest ? " --cheapest" : "")
  }

  /// The search in a few lines for a terminal.
  public func answer(report place: String) -> [String] {
    var lines: [String] = []
    func line(_ name: String, _ text: String) {
      lines.append(name + String(repeating: " ", count: max(1, 18 - name.count)) + text)
    }
    line("Searched", searched)
    for sentence in rejections { line("Rejected", sentence) }
    guard let best else {
      line(
        "Best", "no design keeps every limit" + (outcome.rows.first.map { "; nearest: " + outcome.sizesText($0) } ?? "")
      )
      line("Report", place)
      return lines
    }
    line("Best", outcome.type(best) + ": " + outcome.sizesText(best))
    line("Net present cost", Scale.text(best.netPresentCost, currency))
    line("Cost of energy", Scale.text(best.costOfEnergy, currency + "/kWh") + " served")
    line("Renewable", NumberText.percent(best.renewableFraction) + " of electricity")
    if let gap = gap(best) {
      line(
        "Bound",
        "any plan costs at least \(Scale.text(outcome.bound ?? .nan, currency + "/y")): at most \(NumberText.percent(gap)) could be gained"
      )
    }
    for row in outcome.categories.dropFirst().prefix(3) {
      line("Next type", outcome.type(row) + ": " + Scale.text(row.netPresentCost, currency))
    }
    line("Open it", command(best))
    line("Report", place)
    return lines
  }

  private var searched: String {
    let all = outcome.gridCount.map { " of \(NumberText.significant(Double($0), digits: 9))" } ?? ""
    let rate = outcome.searchSeconds > 0 ? Double(outcome.evaluated) / outcome.searchSeconds : 0
    return
      "\(NumberText.significant(Double(outcome.evaluated), digits: 9))\(all) designs, \(outcome.method.rawValue), \(outcome.strategy.words), \(NumberText.significant(rate, digits: 3)) a second"
      + (outcome.isStopped ? " (interrupted)" : "")
  }

  private var rejections: [String] {
    zip(outcome.limits, outcome.rejected).filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.map {
      "\(NumberText.significant(Double($1), digits: 9)) by \(Legend.plain($0))"
    }
  }

  /// What a better plan could save at most, of the row's value [-].
  private func gap(_ row: SearchCandidate) -> Double? {
    guard let bound = outcome.bound, abs(row.value) > 1e-9 else { return nil }
    return (row.value - bound) / abs(row.value)
  }

  // MARK: Columns

  /// A number of each row: key, unit, value.
  private var columns: [(key: String, unit: String, value: (SearchCandidate) -> Double)] {
    [
      ("npc", currency, \.netPresentCost), ("annual_cost", currency + "/y", \.annualCost),
      ("value", currency + "/y", \.value), ("coe_served", currency + "/kWh", \.costOfEnergy),
      (
        "coe_served_plus_sales", currency + "/kWh",
        { $0.served + $0.sold > 0 ? $0.annualCost / ($0.served + $0.sold) : .infinity }
      ),
      ("coe_production", currency + "/kWh", { $0.produced > 0 ? $0.annualCost / $0.produced : .infinity }),
      ("capital", currency, \.capital), ("opex", currency + "/y", \.operatingCost),
      ("rf_direct", "1", \.renewableFraction), ("rf_with_storage", "1", \.renewableFractionWithStorage),
      ("co2", "kg/y", \.co2), ("lpsp", "1", \.lossOfPowerSupply), ("capacity_shortage", "1", \.capacityShortage),
      ("unserved", "kWh/y", \.unserved), ("curtailed", "kWh/y", \.curtailed), ("bought", "kWh/y", \.bought),
      ("sold", "kWh/y", \.sold), ("generated", "kWh/y", \.generated), ("fuel", "kWh/y", \.fuel),
      ("generator_hours", "h/y", \.generatorHours), ("generator_starts", "1/y", \.generatorStarts),
      ("land", "m2", \.land),
      ("gap_to_bound", "1", { gap($0) ?? .nan }),
    ]
  }

  /// `candidates.csv` or `categorized.csv`: one row a design, units in the heading.
  public func csv(_ rows: [SearchCandidate]) -> [UInt8] {
    var text = "id,rank,type,dispatch,feasible,reason"
    for side in outcome.sides { text += "," + CSVText.cell("\(side.name) [\(side.unit)]") }
    for column in columns {
      text += "," + CSVText.cell(column.unit == "1" ? column.key : "\(column.key) [\(column.unit)]")
    }
    text += "\n"
    for (i, row) in rows.enumerated() {
      text +=
        "\(i + 1),\(row.isFeasible ? "\(i + 1)" : ""),\(CSVText.cell(outcome.type(row))),\(outcome.strategy.name),"
      text += "\(row.isFeasible),\(CSVText.cell(outcome.reasons(row).joined(separator: " ")))"
      for size in row.sizes { text += "," + JSON.digits(size) }
      for column in columns {
        let value = column.value(row)
        text += "," + (value.isFinite ? JSON.digits(value) : "")
      }
      text += "\n"
    }
    return Array(text.utf8)
  }

  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    func row(_ row: SearchCandidate) -> JSON {
      .object(
        [
          ("sizes", .object(zip(outcome.sides, row.sizes).map { ($0.name, .number($1)) })),
          ("type", .text(outcome.type(row))), ("feasible", .text(row.isFeasible ? "yes" : "no")),
          ("reason", .array(outcome.reasons(row).map { .text($0) })), ("violation", .number(row.violation)),
          ("exact", .text(row.isExact ? "yes" : "no")),
        ] + columns.map { ($0.key, .number($0.value(row))) } + [("command", .text(command(row)))])
    }
    return .object([
      ("tulou", .text(version)), ("project", .text(outcome.project.name)),
      ("status", .text(outcome.isStopped ? "cancelled" : best == nil ? "infeasible" : "feasible")),
      ("solver", .text("rules: " + outcome.strategy.words)), ("currency", .text(currency)),
      ("search", state), ("best", best.map(row) ?? .null),
      ("categorized", .array(outcome.categories.map(row))), ("candidates", .array(outcome.rows.map(row))),
      ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }

  /// What an interrupted search needs to go on.
  private var state: JSON {
    .object([
      ("method", .text(outcome.method.rawValue)), ("engine", .text(outcome.engine)),
      ("fingerprint", .text(outcome.fingerprint)), ("designs", .optional(outcome.gridCount.map(Double.init))),
      ("evaluated", .number(Double(outcome.evaluated))), ("feasible", .number(Double(outcome.feasible))),
      ("rejected", .object(zip(outcome.limits, outcome.rejected).map { ($0, .number(Double($1))) })),
      ("complete", .text(outcome.isStopped ? "no" : "yes")), ("bound", .optional(outcome.bound)),
      ("seconds", .number(outcome.searchSeconds)),
    ])
  }

  // MARK: Page

  private func table(_ caption: String, _ rows: [SearchCandidate]) -> Table {
    var table = Table(
      caption,
      columns: [.text("System")] + outcome.sides.map { .number("\($0.name) [\($0.unit)]") } + [
        .number("Net present cost"), .number("Cost of energy"), .number("Capital"), .number("Operating cost"),
        .number("Renewable"), .number("CO2"), .number("Not served"), .number("Curtailed"), .number("Generator hours"),
        .text("Breaks"),
      ])
    for row in rows {
      table.add(
        [outcome.type(row)] + row.sizes.map { NumberText.significant($0, digits: 5) } + [
          Scale.text(row.netPresentCost, currency), Scale.text(row.costOfEnergy, currency + "/kWh"),
          Scale.text(row.capital, currency), Scale.text(row.operatingCost, currency + "/y"),
          NumberText.percent(row.renewableFraction), Scale.text(row.co2 * 1000, "kg") + "/y",
          row.unserved <= 1e-6 ? "nothing" : NumberText.percent(row.lossOfPowerSupply),
          Scale.text(row.curtailed, "kWh") + "/y",
          NumberText.significant(row.generatorHours), outcome.reasons(row).map(Legend.plain).joined(separator: ", "),
        ])
    }
    return table
  }

  /// The page.
  public func page() -> Page {
    var contents: [Page.Content] = []
    if let best {
      contents.append(
        .lead(
          "The cheapest system under this rule is \(outcome.type(best)) with \(outcome.sizesText(best)): \(Scale.text(best.netPresentCost, currency)) over \(NumberText.significant(outcome.project.economy.lifetime)) years."
        ))
      if let gap = gap(best) {
        contents.append(
          .text(
            "No sizes and no dispatch cost less than \(Scale.text(outcome.bound ?? .nan, currency + "/y")), the proven bound of the linear plan: at most \(NumberText.percent(gap)) could be gained by other sizes and perfect foresight together."
          ))
      }
    } else {
      contents.append(.alert("No design keeps every limit."))
    }
    contents.append(.text("Searched: " + searched + ". Engine: \(outcome.engine)."))
    if !rejections.isEmpty { contents.append(.list(rejections.map { "Rejected: " + $0 })) }
    var sections = [Page.Section(id: "search", title: "In short", contents)]
    sections.append(
      Page.Section(
        id: "categories", title: "Best of each type of system", [.table(table("", outcome.categories))]))
    let shown = outcome.rows.filter(\.isFeasible)
    var overall: [Page.Content] = [.table(table("", Array((shown.isEmpty ? outcome.rows : shown).prefix(50))))]
    if shown.count > 1 { overall.insert(.chart(scatter(shown)), at: 0) }
    sections.append(Page.Section(id: "overall", title: "Best overall", overall))
    if let best {
      sections.append(
        Page.Section(
          id: "open", title: "Open a row as a full plan",
          [.list(([best] + outcome.categories.dropFirst()).prefix(10).map(command))]))
    }
    return Page(
      title: outcome.project.name, subtitle: "Search over sizes, \(outcome.strategy.words)", sections: sections,
      footer: "Made by Tulou \(version). All rows kept are in candidates.csv and result.json.")
  }

  private func scatter(_ rows: [SearchCandidate]) -> Chart {
    let types = outcome.categories.prefix(6)
    let sets = types.enumerated().map { i, leader in
      Scatter.Set(
        outcome.type(leader),
        points: rows.filter { $0.type == leader.type }.map {
          ($0.renewableFraction * 100, $0.netPresentCost, outcome.sizesText($0))
        }, colour: .plain(i))
    }
    return Chart(
      id: "search-scatter", title: "Net present cost over renewable fraction",
      summary: "Every point is a design that was kept; colours are types of system.",
      body: .scatter(
        Scatter(
          sets: sets, xQuantity: "Renewable fraction", xUnit: "%", yQuantity: "Net present cost", yUnit: currency)))
  }
}
