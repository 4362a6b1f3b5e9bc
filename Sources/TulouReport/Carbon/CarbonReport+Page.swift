import TulouAccounts
import TulouProject
import TulouQuantities

extension CarbonReport {
  private static let colours: [Capability: Colour] = [
    .renewables: .wind, .gasPower: .fuel, .lineLoss: .lost, .energySaving: .demand, .loadShaping: .storage,
    .gasoline: .biomass, .gasVehicles: .other,
  ]

  private func colour(_ capability: Capability) -> Colour { CarbonReport.colours[capability] ?? .other }

  /// The page.
  package func page() -> Page {
    Page(
      title: carbonCase.name, subtitle: "Carbon account · \(carbonCase.baseYear) to \(carbonCase.targetYear)",
      sections: [summary, readings, tornado, draws, checks, inputs],
      footer: "Made by Tulou \(version). Full precision is in result.json, rows.csv and sensitivity.csv.")
  }

  private var summary: Page.Section {
    var tiles = [
      Page.Tile("CO₂ avoided", Scale.text(account.total, "kg"), note: "sum of the seven rows, formulas reconstructed"),
      Page.Tile(
        "Emission factor", NumberText.significant(account.factor, digits: 5) + " kg/kWh", note: "of coal power"),
    ]
    if let rows = account.publishedRows {
      tiles.append(Page.Tile("Printed rows", Scale.text(rows, "kg"), note: "their true sum"))
    }
    if let total = account.publishedTotal {
      tiles.append(Page.Tile("Printed total", Scale.text(total, "kg"), note: "as the publication adds up"))
    }
    let steps =
      account.rows.filter { $0.amount != 0 }.map {
        Waterfall.Step($0.capability.title, $0.amount, colour: colour($0.capability))
      } + [Waterfall.Step("Together", account.total, colour: .outside, isSum: true)]
    let printed = account.rows.filter { $0.published != nil || $0.amount != 0 }
    let compared = Bars(
      categories: printed.map(\.capability.title),
      series: [
        Series("Ours", printed.map(\.amount), colour: .demand),
        Series("Printed", printed.map { $0.published ?? .nan }, colour: .lost),
      ], quantity: "CO₂ avoided", unit: "kg", direction: .lying, arrangement: .grouped)
    var contents: [Page.Content] = [.tiles(tiles), .table(table)]
    contents.append(
      .chart(
        Chart(
          id: "carbon-waterfall", title: "What lowers CO₂",
          summary: "Seven capabilities add up to \(Scale.text(account.total, "kg")).",
          body: .waterfall(Waterfall(steps: steps, quantity: "CO₂ avoided", unit: "kg")))))
    if let shares { contents.append(.chart(shares)) }
    if account.publishedRows != nil {
      contents.append(
        .chart(
          Chart(
            id: "carbon-published", title: "Published against computed",
            summary: "Rows that the publication determines agree to its digits.", body: .bars(compared))))
    }
    return Page.Section(id: "capabilities", title: "Capabilities", contents)
  }

  /// Contribution rates on our own sum, and on the true sum of the printed rows.
  private var shares: Chart? {
    let rows = account.rows.filter { $0.amount != 0 || ($0.published ?? 0) != 0 }
    guard account.total != 0, !rows.isEmpty else { return nil }
    var series = [Series("Of our sum", rows.map { 100 * ($0.share ?? 0) }, colour: .demand)]
    if let printed = account.publishedRows, printed != 0 {
      series.append(
        Series("Of the printed rows", rows.map { 100 * ($0.published ?? .nan) / printed }, colour: .lost))
    }
    return Chart(
      id: "carbon-shares", title: "Contribution rates",
      summary: "Share of each capability in the sum; a capability that emits more has a negative one.",
      body: .bars(
        Bars(
          categories: rows.map(\.capability.title), series: series, quantity: "Share of the sum", unit: "%",
          direction: .lying, arrangement: .grouped)))
  }

  private var readings: Page.Section {
    guard !account.alternatives.isEmpty else { return Page.Section(id: "readings", title: "Other readings", []) }
    var table = Table(
      "Rows that the printed formulas leave open [t]",
      columns: [.text("Row"), .text("Option"), .text("Reading"), .number("CO2 avoided")])
    for other in account.alternatives {
      table.add([other.capability.title, other.name, other.reading, CarbonReport.tonnes(other.amount)])
    }
    return Page.Section(
      id: "readings", title: "Other readings",
      [
        .text(
          "The printed values of energy saving and load shaping do not follow from what is printed; none of these readings is tuned to them."
        ),
        .table(table),
      ])
  }

  private var tornado: Page.Section {
    let bars = sensitivities.prefix(15).map { one in
      Tornado.Bar(
        name: CarbonReport.plain(one.path), lowText: text(one.low, one.unit), low: one.totalAtLow,
        highText: text(one.high, one.unit), high: one.totalAtHigh)
    }
    var table = Table(
      "Change of the sum and of each row when a parameter grows by 1 % [t]",
      columns: [.text("Parameter"), .number("Value"), .number("Sum")]
        + account.rows.map { .number($0.capability.title) })
    for one in sensitivities {
      table.add(
        [one.path, text(one.value, one.unit), CarbonReport.tonnes(one.totalPerPercent)]
          + one.perPercent.map { abs($0) < 1e-9 ? "·" : CarbonReport.tonnes($0) })
    }
    return Page.Section(
      id: "sensitivity", title: "Sensitivity",
      [
        .chart(
          Chart(
            id: "carbon-tornado", title: "What the sum depends on most",
            summary: "Stated ranges where there are any, otherwise 10 % to either side.",
            body: .tornado(Tornado(bars: Array(bars), base: account.total, quantity: "CO₂ avoided", unit: "kg")))),
        .folded("Every parameter and row", [.table(table)]),
      ])
  }

  private func text(_ value: Double, _ unit: String) -> String {
    switch unit {
    case "1": NumberText.significant(value)
    case "kWh", "kW": Scale.text(value, unit)
    default: NumberText.significant(value) + " " + unit
    }
  }

  /// `gas_power.net_factor` as `gas power: net factor`.
  private static func plain(_ path: String) -> String {
    path.split(separator: ".").map { Legend.plain(String($0)) }.joined(separator: ": ")
  }

  private var draws: Page.Section {
    guard !quantiles.isEmpty else { return Page.Section(id: "draws", title: "Uncertainty", []) }
    var table = Table(
      "Quantiles over \(carbonCase.draws) draws, even and independent in every stated range [t]",
      columns: [
        .text("Row"), .number("Mean"), .number("5 %"), .number("25 %"), .number("50 %"), .number("75 %"),
        .number("95 %"),
      ])
    for one in quantiles {
      let name = Capability(rawValue: one.id)?.title ?? "Sum"
      table.add([name, CarbonReport.tonnes(one.mean)] + one.values.map { CarbonReport.tonnes($0) })
    }
    table.hasTotal = true
    return Page.Section(id: "draws", title: "Uncertainty", [.table(table)])
  }

  private var checks: Page.Section {
    let all = account.checks.map(\.message) + notes
    guard !all.isEmpty else { return Page.Section(id: "checks", title: "What does not fit", []) }
    let vehicle = account.vehicle
    var contents: [Page.Content] = [.list(all)]
    if vehicle.gasoline > 0 {
      contents.append(
        .text(
          "An electric vehicle avoids \(NumberText.fixed(vehicle.gasoline, decimals: 1)) kg of gasoline CO₂ a year and causes \(NumberText.fixed(vehicle.electricity, decimals: 1)) kg by its electricity: \(NumberText.fixed(vehicle.net, decimals: 1)) kg net."
        ))
    }
    return Page.Section(id: "checks", title: "What does not fit", contents)
  }

  private var inputs: Page.Section {
    var table = Table("", columns: [.text("Parameter"), .number("Value"), .text("Meaning"), .text("Range")])
    for parameter in CarbonParameter.all(of: carbonCase) {
      let unit = parameter.measure.unit.text
      let range = carbonCase.ranges[parameter.path].map {
        "\(text($0.lowerBound, unit)) to \(text($0.upperBound, unit))"
      }
      table.add([parameter.path, text(parameter.value(carbonCase), unit), parameter.sentence, range ?? ""])
    }
    return Page.Section(id: "inputs", title: "Inputs", [.folded("All inputs", [.table(table)])])
  }
}
