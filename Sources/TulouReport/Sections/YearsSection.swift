import TulouAccounts
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// The project year by year; empty where only one year was simulated.
  func yearsSection() -> Page.Section {
    guard let record = rules?.years else { return Page.Section(id: "years", title: "Year by year", []) }
    let unit = project.economy.currency
    var contents: [Page.Content] = [
      .lead(
        "Simulated year by year over \(record.years.count) years the net present cost is \(money(record.netPresentCost)), \(money(record.annualCost)) a year."
      )
    ]
    if !record.quantiles.isEmpty { contents.append(.table(quantileTable(record))) }
    contents.append(
      .chart(
        Chart(
          id: "years-cash", title: "Cash of each year", summary: "What each year pays, replacements included.",
          body: .bars(
            Bars(
              categories: record.years.map { String($0.year) },
              series: [Series("Cash of the year", record.years.map(\.cash), colour: .outside)],
              quantity: "Cash", unit: unit)))))
    var table = Table(
      "Years",
      columns: [
        .number("Year"), .number("Demand"), .number("Not served"), .number("Sources"), .number("Bought"),
        .number("Fuel"), .number("Renewable fraction"), .number("Cash"),
      ] + (record.years.first?.contents ?? []).map { .number("Content left: \(legend.name($0.id))") })
    for year in record.years {
      table.add(
        [
          String(year.year), Scale.text(year.demand, "kWh"), Scale.text(year.unserved, "kWh"),
          Scale.text(year.sources, "kWh"), Scale.text(year.bought, "kWh"), Scale.text(year.fuel, "kWh"),
          year.renewableFraction.map { NumberText.percent($0) } ?? NumberText.none, money(year.cash),
        ] + year.contents.map { NumberText.percent($0.left) })
    }
    contents.append(.table(table))
    if !record.replacements.isEmpty {
      var replaced = Table(
        "Replacements", columns: [.text("What"), .number("Time [y]"), .text("Why"), .number("Cost")])
      for one in record.replacements {
        replaced.add([
          legend.name(one.id) + one.part.after, NumberText.significant(one.time),
          Self.causes[one.cause] ?? one.cause, money(one.cost),
        ])
      }
      contents.append(.table(replaced))
    }
    return Page.Section(id: "years", title: "Year by year", contents)
  }

  private static let causes = [
    "calendar": "years", "hours": "hours on line", "throughput": "energy passed", "fade": "content lost",
  ]

  private func quantileTable(_ record: MultiYearRecord) -> Table {
    var table = Table(
      "\(record.samples) paths: \(record.drawn)",
      columns: [.text("What"), .number("P10"), .number("P50"), .number("P90"), .number("Mean")])
    let names = [
      "net_present_cost": "Net present cost", "unserved_energy": "Not served, mean of the years",
      "worst_year_unserved": "Not served in the worst year",
    ]
    for one in record.quantiles {
      func text(_ value: Double) -> String {
        one.unit == project.economy.currency ? money(value) : Scale.text(value, "kWh") + "/y"
      }
      table.add([names[one.key] ?? one.key, text(one.p10), text(one.p50), text(one.p90), text(one.mean)])
    }
    return table
  }

  func json(_ record: MultiYearRecord) -> JSON {
    .object([
      ("net_present_cost", .number(record.netPresentCost)), ("annual_cost", .number(record.annualCost)),
      (
        "years",
        .array(
          record.years.map { year in
            .object([
              ("year", .integer(year.year)), ("demand", .number(year.demand)), ("unserved", .number(year.unserved)),
              ("penalties", .number(year.penalties)),
              ("bought", .number(year.bought)), ("fuel", .number(year.fuel)), ("sources", .number(year.sources)),
              ("renewable_fraction", .optional(year.renewableFraction)), ("cash", .number(year.cash)),
              ("contents", .object(year.contents.map { ($0.id, .number($0.left)) })),
            ])
          })
      ),
      (
        "replacements",
        .array(
          record.replacements.map {
            .object([
              ("id", .text($0.id)), ("part", .text($0.part.rawValue)), ("time", .number($0.time)),
              ("cause", .text($0.cause)),
              ("cost", .number($0.cost)),
            ])
          })
      ),
      ("samples", .integer(record.samples)), ("drawn", .text(record.drawn)),
      (
        "quantiles",
        .array(
          record.quantiles.map {
            .object([
              ("key", .text($0.key)), ("unit", .text($0.unit)), ("p10", .number($0.p10)), ("p50", .number($0.p50)),
              ("p90", .number($0.p90)), ("mean", .number($0.mean)),
            ])
          })
      ),
      (
        "cash_flow",
        .array(
          record.cashFlow.map { row in
            .object([
              ("time", .number(row.time)), ("year", .integer(row.year)), ("id", .text(row.id)),
              ("kind", .text(row.kind.rawValue)), ("amount", .number(row.amount)),
              ("discounted", .number(row.discounted)),
            ])
          })
      ),
    ])
  }

  /// `years.csv`: every payment of the years simulated one by one; nil where only one year was simulated.
  package func yearsCSV() -> [UInt8]? {
    guard let record = rules?.years else { return nil }
    let unit = project.economy.currency
    var text = "time [y],year,component,kind,amount [\(unit)],discounted [\(unit)]\n"
    for row in record.cashFlow {
      text += "\(JSON.digits(row.time)),\(row.year),\(CSVText.cell(row.id)),\(row.kind.rawValue),"
      text += "\(JSON.digits(row.amount)),\(JSON.digits(row.discounted))\n"
    }
    return Array(text.utf8)
  }
}
