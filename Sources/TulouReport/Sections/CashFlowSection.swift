import TulouAccounts
import TulouFinance
import TulouProject
import TulouQuantities

extension PlanReport {
  /// A payment in the money of its time: `amount (1 + inflation)^time`.
  func nominal(_ row: CashFlowRow) -> Double {
    project.economy.inflation == 0
      ? row.amount : row.amount / presentWorth(rate: project.economy.inflation, time: row.time)
  }

  /// Payments year by year, and what the project saves against the reference.
  func cashFlowSection() -> Page.Section {
    // Payments between members sum to zero.
    let rows = accounts.cashFlow.filter { $0.kind != .internal }
    guard let last = rows.map(\.year).max() else { return Page.Section(id: "cash-flow", title: "Cash flow", []) }
    let years = Array(0...max(0, last))
    var byKind: [CostKind: [Double]] = [:]
    var discounted = [Double](repeating: 0, count: years.count)
    var nominal = discounted
    for row in rows where years.indices.contains(row.year) {
      byKind[row.kind, default: [Double](repeating: 0, count: years.count)][row.year] += row.amount
      discounted[row.year] += row.discounted
      nominal[row.year] += self.nominal(row)
    }
    let kinds = CostKind.allCases.filter { byKind[$0]?.contains { $0 != 0 } ?? false }
    var running = 0.0
    let cumulative = discounted.map { value -> Double in
      running += value
      return running
    }
    let currency = project.economy.currency
    var contents: [Page.Content] = [
      .chart(
        Chart(
          id: "cash-chart", title: "Payments by year",
          summary:
            "Real money; paid amounts are positive. The line is the running sum of discounted payments and ends at the net present cost.",
          body: .bars(
            Bars(
              categories: years.map(String.init),
              series: kinds.map {
                Series(
                  Legend.costName($0), byKind[$0] ?? [], colour: Legend.costColour($0))
              }, quantity: "Payment", unit: currency,
              line: Series("Running sum, discounted", cumulative, colour: .unserved)))))
    ]
    if project.economy.inflation != 0 {
      var sum = 0.0
      let running = nominal.map { value -> Double in
        sum += value
        return sum
      }
      contents.append(
        .chart(
          Chart(
            id: "nominal-chart", title: "Nominal payments",
            summary:
              "In the money of each year, with an inflation of \(NumberText.percent(project.economy.inflation)) a year; the line is their running sum, not discounted.",
            body: .bars(
              Bars(
                categories: years.map(String.init), series: [Series("Payment, nominal", nominal, colour: .storage)],
                quantity: "Payment", unit: currency, line: Series("Running sum, nominal", running, colour: .unserved))))
        ))
    }
    if let reference = accounts.reference, !reference.savings.isEmpty {
      var sum = 0.0
      let running = reference.savings.map { value -> Double in
        sum += value
        return sum
      }
      contents.append(
        .chart(
          Chart(
            id: "saving-chart", title: "Saving against the reference",
            summary:
              "What the reference would pay less what the project pays; the line crosses zero when the project has paid for itself.",
            body: .bars(
              Bars(
                categories: reference.savings.indices.map(String.init),
                series: [Series("Saving", reference.savings, colour: .biomass)], quantity: "Saving", unit: currency,
                line: Series("Running sum", running, colour: .unserved))))))
    }
    let table = Table.numbers(
      "Payments", rowTitle: "Year",
      columns: kinds.map { Legend.costName($0) } + ["Sum", "Discounted", "Nominal"],
      unit: currency,
      rows: years.map { y in
        let values = kinds.map { byKind[$0]?[y] ?? 0 }
        return (String(y), values + [values.reduce(0, +), discounted[y], nominal[y]])
      }, total: "Together")
    contents.append(.folded("Table of payments", [.table(table)]))
    return Page.Section(id: "cash-flow", title: "Cash flow", contents)
  }
}
