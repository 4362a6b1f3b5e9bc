package import TulouAccounts
import TulouQuantities
package import TulouReport

extension StoredResult {
  /// Payments of `cashflow.csv`; empty where the file is missing or torn.
  package var cashFlow: [CashFlowRow] {
    guard let bytes = try? FileBytes.read(directory + "/cashflow.csv", most: 1 << 30) else { return [] }
    var rows: [CashFlowRow] = []
    for line in bytes.split(separator: 10).dropFirst() {
      let cells = ResultReader.cells(line)
      guard cells.count >= 8, let time = Double(cells[0]), let year = Int(cells[1]),
        let kind = CostKind(rawValue: cells[4]),
        let amount = Double(cells[6]), let discounted = Double(cells[7])
      else { return [] }
      rows.append(
        CashFlowRow(
          id: cells[2], member: cells[3], kind: kind, stage: cells[5], time: time, year: year, amount: amount,
          discounted: discounted))
    }
    return rows
  }
}

extension Comparison {
  /// Each further result as an investment beside the first: what its extra capital earns. Nil where money or cash flows
  /// do not go together.
  package static func investments(_ results: [StoredResult]) -> [(name: String, found: InvestmentComparison)] {
    guard let base = results.first, results.allSatisfy({ $0.currency == base.currency }) else { return [] }
    let before = base.cashFlow
    guard let years = before.map(\.time).max(), years > 0 else { return [] }
    return results.dropFirst().compactMap { result in
      let rows = result.cashFlow
      guard let own = rows.map(\.time).max(), abs(own - years) < 1e-9 else { return nil }
      return (folder(result.directory), InvestmentComparison(base: before, design: rows, years: years))
    }
  }

  /// Extra capital, saving, internal rate, return and payback of each further result against the first.
  package static func investmentTable(_ results: [StoredResult]) -> Table? {
    let all = investments(results)
    guard let base = results.first, !all.isEmpty else { return nil }
    let currency = base.currency
    var table = Table(
      "Against \(folder(base.directory))", columns: [.text("")] + all.map { .number($0.name) })
    func row(_ name: String, _ text: (InvestmentComparison) -> String?) {
      table.add([name] + all.map { text($0.found) ?? NumberText.none })
    }
    row("Extra capital") { Scale.text($0.extraCapital, currency) }
    row("Present worth of what is saved") { Scale.text($0.presentWorth, currency) }
    row("Internal rate of return") { $0.internalRate.map { NumberText.percent($0) } }
    row("Return on investment") { $0.returnOnInvestment.map { NumberText.percent($0) } }
    row("Simple payback") { $0.paybackSimple.map { NumberText.significant($0, digits: 3) + " years" } }
    row("Discounted payback") { $0.paybackDiscounted.map { NumberText.significant($0, digits: 3) + " years" } }
    return table
  }

  /// The page of a comparison: tables side by side, cost by kind, and what the extra capital brings back.
  package static func page(_ results: [StoredResult], version: String) -> Page {
    let names = results.map { folder($0.directory) }
    var contents: [Page.Content] = []
    let found = tables(results)
    if let head = found.first { contents.append(.table(head)) }
    var money: [Page.Content] = []
    if let table = investmentTable(results) { money.append(.table(table)) }
    let currency = results.first?.currency ?? ""
    if results.allSatisfy({ $0.currency == currency }) {
      let kinds = CostKind.allCases.filter { kind in results.contains { $0.cashFlow.contains { $0.kind == kind } } }
      let sums = results.map { result in
        kinds.map { kind in result.cashFlow.reduce(0) { $1.kind == kind ? $0 + $1.discounted : $0 } }
      }
      if !kinds.isEmpty {
        money.append(
          .chart(
            Chart(
              id: "cost-kinds", title: "Present worth of all payments, by kind",
              summary: "Paid amounts grow to the right, received ones to the left.",
              body: .bars(
                Bars(
                  categories: names,
                  series: kinds.enumerated().map { k, kind in
                    Series(Legend.costName(kind), sums.map { $0[k] }, colour: Legend.costColour(kind))
                  }, quantity: "Present worth", unit: currency, direction: .lying)))))
      }
      let all = investments(results)
      if let years = all.map(\.found.savings.count).max(), years > 1 {
        money.append(
          .chart(
            Chart(
              id: "running", title: "What the extra capital brings back",
              summary: "Running sum of payments saved against \(names[0]), in real money.",
              body: .lines(
                Lines(
                  axis: .numbers((0..<years).map(Double.init), quantity: "Year", unit: ""),
                  series: all.enumerated().map { i, one in
                    var sum = 0.0
                    return Series(
                      one.name,
                      one.found.savings.map { value -> Double in
                        sum += value
                        return sum
                      }, colour: .plain(i))
                  }, quantity: "Saved so far", unit: currency)))))
      }
    }
    return Page(
      title: "Comparison", subtitle: names.joined(separator: " · "),
      sections: [
        Page.Section(id: "head", title: "Side by side", contents),
        Page.Section(id: "money", title: "Money", money),
        Page.Section(id: "numbers", title: "Sizes and indicators", found.dropFirst().map { .table($0) }),
      ], footer: "Made by Tulou \(version).")
  }
}
