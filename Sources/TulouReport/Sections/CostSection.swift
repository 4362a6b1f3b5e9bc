import TulouAccounts
import TulouProblem
import TulouProject

extension PlanReport {
  /// What is paid for what: by component and kind, per year and as present worth.
  func costSection() -> Page.Section {
    // Payments between members sum to zero; they stand under Members.
    let lines = accounts.costs.filter { $0.kind != .internal }
    let ids = lines.reduce(into: [String]()) { if !$0.contains($1.id) { $0.append($1.id) } }
    guard !ids.isEmpty else { return Page.Section(id: "cost", title: "Cost", []) }
    func sum(_ id: String, _ kind: CostKind, _ value: (CostLine) -> Double) -> Double {
      lines.reduce(0) { $1.id == id && $1.kind == kind ? $0 + value($1) : $0 }
    }
    let annual = ids.map { id in CostKind.allCases.map { sum(id, $0, \.annual) } }
    let present = ids.map { id in CostKind.allCases.map { sum(id, $0, \.present) } }
    let titles = CostKind.allCases.map { Legend.costName($0) }
    let currency = project.economy.currency
    func table(_ caption: String, _ unit: String, _ values: [[Double]]) -> Table {
      // The sum of each row stands in the last column.
      let most = values.flatMap { $0 }.reduce(0) { max($0, abs($1)) }
      let rows = zip(ids, values).map { id, row in (name: legend.name(id), values: row + [row.reduce(0, +)]) }
      return .numbers(
        caption, rowTitle: "Component", columns: titles + ["Sum"], unit: unit,
        rows: rows.filter { $0.values.contains { Dust.cleaned($0, scale: most) != 0 } }, total: "Together")
    }
    let most = annual.flatMap { $0 }.reduce(0) { max($0, abs($1)) }
    // Largest first, so that the eye finds what matters.
    let order = ids.indices
      .filter { annual[$0].contains { Dust.cleaned($0, scale: most) != 0 } }
      .sorted { annual[$0].reduce(0) { $0 + abs($1) } > annual[$1].reduce(0) { $0 + abs($1) } }
    let series = CostKind.allCases.enumerated().compactMap { k, kind -> Series? in
      let values = order.map { annual[$0][k] }
      guard values.contains(where: { $0 != 0 }) else { return nil }
      return Series(titles[k], values, colour: Legend.costColour(kind))
    }
    let chart = Chart(
      id: "cost-chart", title: "Cost per year by component and kind",
      summary: "Paid amounts grow to the right, received ones to the left; the number is the sum of the bar.",
      body: .bars(
        Bars(
          categories: order.map { legend.name(ids[$0]) }, series: series, quantity: "Cost", unit: currency + "/y",
          direction: .lying)))
    return Page.Section(
      id: "cost", title: "Cost",
      [
        .chart(chart), .table(table("Cost per year, levelised", currency + "/y", annual)),
        .folded("Present worth over the lifetime", [.table(table("Present worth", currency, present))]),
      ])
  }
}
