import TulouAccounts
import TulouPlanning
import TulouProject
import TulouQuantities

extension PlanReport {
  /// How long the simulated system lives with the outside cut off, and what it is like with one component missing.
  func outageContents() -> [Page.Content] {
    guard let rules else { return [] }
    var contents: [Page.Content] = []
    if let survival = rules.survival { contents += survivalContents(survival) }
    if let contingencies = rules.contingencies {
      var table = Table(
        "The year with one component missing",
        columns: [
          .text("Missing"), .number("Not served"), .number("Of it critical"), .number("Hours [h/y]"),
          .number("Greatest power"),
        ])
      for one in contingencies {
        table.add([
          one.words, Scale.text(one.unserved, "kWh") + "/y", Scale.text(one.unservedCritical, "kWh") + "/y",
          NumberText.significant(one.hours), Scale.text(one.greatest, "kW"),
        ])
      }
      contents.append(.table(table))
    }
    return contents
  }

  /// Lines of the answer that a simulation adds where the grid has outages or years were simulated.
  var moreOfRules: [(String, String)] {
    var rows: [(String, String)] = []
    if let survival = rules?.survival, survival.outages != nil {
      let step = Int(saturating: (24 / survival.stepHours - 1e-9).rounded(.up))
      let told = survival.curves.filter { $0.probability.indices.contains(step - 1) }
        .map { "\(NumberText.percent($0.probability[step - 1])) (\($0.demand))" }
      if !told.isEmpty {
        rows.append(("Outage of 24 h", "survived from " + told.joined(separator: ", ") + " of the hours"))
      }
    }
    if let years = rules?.years {
      var words = "\(money(years.netPresentCost)) over \(years.years.count) years simulated one by one"
      if let cost = years.quantiles.first {
        words += "; P10 \(money(cost.p10)), P50 \(money(cost.p50)), P90 \(money(cost.p90))"
      }
      rows.append(("Year by year", words))
    }
    return rows
  }

  private func survivalContents(_ survival: OutageSurvival) -> [Page.Content] {
    var contents: [Page.Content] = []
    if let outages = survival.outages {
      contents.append(
        .text(
          "The grid was out \(outages.count) times in the horizon, \(NumberText.significant(outages.hours)) h together."
        ))
    }
    var table = Table(
      "Outages survived, of those that begin at every step of the year",
      columns: [.text("Demand"), .number("Least [h]"), .number("Mean [h]")]
        + [1.0, 4, 12, 24, 72, 168].filter { $0 <= survival.longestHours + 1e-9 }.map {
          .number("\(Int(saturating: $0)) h")
        })
    let x = survival.curves.first.map { $0.probability.indices.map { Double($0 + 1) * survival.stepHours } } ?? []
    var series: [Series] = []
    for curve in survival.curves {
      func row(_ name: String, _ values: [Double], least: Double?, mean: Double?) {
        func hours(_ value: Double?) -> String {
          guard let value else { return NumberText.none }
          return (value >= survival.longestHours - 1e-9 ? "at least " : "") + NumberText.significant(value, digits: 3)
        }
        var cells = [name, hours(least), hours(mean)]
        for length in [1.0, 4, 12, 24, 72, 168] where length <= survival.longestHours + 1e-9 {
          let step = max(1, Int(saturating: (length / survival.stepHours - 1e-9).rounded(.up)))
          cells.append(values.indices.contains(step - 1) ? NumberText.percent(values[step - 1]) : NumberText.none)
        }
        table.add(cells)
      }
      row(curve.demand, curve.probability, least: curve.leastHours, mean: curve.meanHours)
      let isCritical = curve.demand.hasPrefix("critical")
      series.append(Series(curve.demand, curve.probability, colour: isCritical ? .unserved : .demand))
      if !curve.withFailures.isEmpty {
        row(curve.demand + ", machines first", curve.withoutFailures, least: nil, mean: nil)
        row(curve.demand + ", machines first and may fail", curve.withFailures, least: nil, mean: nil)
        series.append(
          Series(
            curve.demand + ", machines first", curve.withoutFailures, colour: isCritical ? .heat : .water))
        series.append(
          Series(
            curve.demand + ", machines first and may fail", curve.withFailures, colour: isCritical ? .heat : .water,
            style: .dashed
          ))
      }
    }
    contents.append(.table(table))
    if x.count > 1 {
      contents.append(
        .chart(
          Chart(
            id: "survival", title: "Outages survived by their length",
            summary: "The share of outages of each length through which demand is served in full.", width: .half,
            body: .lines(
              Lines(
                axis: .numbers(x, quantity: "Length of the outage", unit: "h"), series: series,
                quantity: "Share survived", unit: "1")))))
    }
    let fuel = survival.fuel.map { "\(Scale.text($0, "kWh")) of fuel at hand" } ?? "any fuel"
    contents.append(
      .text(
        "In an outage sources serve first, then storages from what they held, then machines, with \(fuel)."
          + (survival.curves.allSatisfy(\.withFailures.isEmpty)
            ? ""
            : " Machines that may fail run first and the storage covers the rest; beside it the same machines without failures.")
          + (survival.note.isEmpty ? "" : " Not counted: \(survival.note).")))
    return contents
  }

  func json(_ survival: OutageSurvival) -> JSON {
    .object([
      ("step_hours", .number(survival.stepHours)), ("longest_hours", .number(survival.longestHours)),
      ("fuel_kwh", .optional(survival.fuel)),
      (
        "grid_outages",
        survival.outages.map { .object([("count", .integer($0.count)), ("hours", .number($0.hours))]) } ?? .null
      ),
      (
        "curves",
        .array(
          survival.curves.map {
            .object([
              ("demand", .text($0.demand)), ("least_hours", .number($0.leastHours)),
              ("mean_hours", .number($0.meanHours)), ("probability", .numbers($0.probability)),
              ("machines_first", .numbers($0.withoutFailures)),
              ("with_failures", .numbers($0.withFailures)), ("with_failures_least", .numbers($0.withFailuresLeast)),
            ])
          })
      ), ("note", .text(survival.note)),
    ])
  }

  func json(_ one: Contingency) -> JSON {
    .object([
      ("id", .text(one.id)), ("missing", .text(one.words)), ("unserved", .number(one.unserved)),
      ("unserved_critical", .number(one.unservedCritical)), ("hours", .number(one.hours)),
      ("greatest", .number(one.greatest)),
    ])
  }

  /// `survival.csv`: share of outages survived by length, one column a demand; nil where no rule dispatched.
  package func survivalCSV() -> [UInt8]? {
    guard let survival = rules?.survival, let first = survival.curves.first else { return nil }
    var text = "length [h]"
    for curve in survival.curves {
      text += "," + CSVText.cell(curve.demand + " survived [1]")
      if !curve.withFailures.isEmpty { text += "," + CSVText.cell(curve.demand + " machines first [1]") }
      if !curve.withFailures.isEmpty { text += "," + CSVText.cell(curve.demand + " with failures [1]") }
    }
    text += "\n"
    for i in first.probability.indices {
      text += JSON.digits(Double(i + 1) * survival.stepHours)
      for curve in survival.curves {
        text += "," + JSON.digits(curve.probability[i])
        if !curve.withFailures.isEmpty {
          text += "," + JSON.digits(curve.withoutFailures[i]) + "," + JSON.digits(curve.withFailures[i])
        }
      }
      text += "\n"
    }
    return Array(text.utf8)
  }
}
