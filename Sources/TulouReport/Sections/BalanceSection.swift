import TulouAccounts
import TulouProject
import TulouQuantities

extension PlanReport {
  /// The cluster balance: what enters, is stored, used, sold and lost, all carriers and each.
  func balanceSection() -> Page.Section {
    let all = accounts.balance.all
    guard !all.yearly.entries.isEmpty || all.yearly.served > 0 else {
      return Page.Section(id: "balance", title: "Balance", [])
    }
    var contents: [Page.Content] = [
      .text(
        "What enters, with what storages give, is used, stored, sold or lost: it adds up in every hour (greatest residual \(NumberText.significant(accounts.balance.residual, digits: 2)) kW)."
      ),
      .table(table(all, caption: "All forms of energy, fuels by lower heating value")),
    ]
    if let chart = chart(all) { contents.append(.chart(chart)) }
    for view in accounts.balance.carriers
    where view.yearly.served > 0 || view.yearly.entries.contains(where: { $0.energy > 0 }) {
      let name = legend.carrier(view.name)
      contents.append(
        .folded(
          name.capitalisedFirst + " balance",
          [.table(table(view, caption: name.capitalisedFirst))]))
    }
    return Page.Section(id: "balance", title: "Balance", contents)
  }

  private func table(_ view: BalanceView, caption: String) -> Table {
    let months = view.monthly.count > 1 ? view.monthly : []
    let classes = view.yearly.entries.map(\.energyClass)
    func row(_ sums: BalanceSums) -> [Double] {
      classes.map { one in sums.entries.first { $0.energyClass == one }?.energy ?? 0 }
        + [
          sums.converted, sums.discharged, -sums.charged, sums.served, sums.sold, sums.losses, sums.curtailed,
          sums.unserved,
        ]
    }
    let titles =
      classes.map { legend.words($0).capitalisedFirst }
      + ["From other carriers", "From storage", "Into storage", "Served", "Sold", "Lost", "Curtailed", "Not served"]
    var rows = months.map { (name: PlanReport.monthName($0.period), values: row($0)) }
    rows.append((name: "Per year", values: row(view.yearly)))
    var table = Table.numbers(caption, rowTitle: "", columns: titles, unit: "kWh", rows: rows)
    table.hasTotal = rows.count > 1
    // Autonomy has no unit in common with the energies, so it is added as text.
    table.columns.append(.number("Autonomy"))
    let autonomies = months.map(\.autonomy) + [view.yearly.autonomy]
    for i in table.rows.indices { table.rows[i].append(NumberText.percent(autonomies[i])) }
    return table
  }

  private func chart(_ view: BalanceView) -> Chart? {
    guard view.monthly.count > 1 else { return nil }
    let classes = view.yearly.entries.map(\.energyClass)
    var series = classes.map { one in
      Series(
        legend.words(one).capitalisedFirst,
        view.monthly.map { month in month.entries.first { $0.energyClass == one }?.energy ?? 0 },
        colour: Colour.of(energyClass: one))
    }
    series.append(Series("Sold", view.monthly.map { -$0.sold }, colour: Colour.sun.shaded(0.4)))
    series.append(Series("Lost", view.monthly.map { -$0.losses }, colour: .lost))
    return Chart(
      id: "balance-chart", title: "What enters the cluster, by month",
      summary: "Energy by class where it enters, above; sold and lost, below; the line is what is served.",
      body: .bars(
        Bars(
          categories: view.monthly.map { PlanReport.monthName($0.period) },
          series: series.filter { $0.values.contains { $0 != 0 } }, quantity: "Energy", unit: "kWh",
          line: Series("Served", view.monthly.map(\.served), colour: .demand))))
  }
}
