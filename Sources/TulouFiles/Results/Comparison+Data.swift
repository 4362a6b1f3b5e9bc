import TulouAccounts
import TulouReport

/// A comparison with its full numbers, for `comparison.csv` and `comparison.json`.
extension Comparison {
  /// Sizes, indicators and what the extra capital earns: a row a quantity, a column a folder.
  static func dataTables(_ results: [StoredResult]) -> [DataTable] {
    let names = results.map { folder($0.directory) }
    // The last column, where there is one, names the folders whose number is at least what stands there.
    let marks = results.contains { !$0.atLeast.isEmpty }
    var table = DataTable(
      "comparison", "Results side by side", ["kind", "quantity", "unit"] + names + (marks ? [AtLeast.column] : []))
    func add(_ kind: String, _ key: String, _ unit: String, _ values: [Double?], atLeast: [Bool] = []) {
      guard values.contains(where: { $0 != nil }) else { return }
      let named = zip(names, atLeast).filter(\.1).map(\.0).joined(separator: " ")
      table.rows.append(
        [.text(kind), .text(key), .text(unit)] + values.map { .optional($0) } + (marks ? [.text(named)] : []))
    }
    func unique(_ keys: [String]) -> [String] {
      var seen: Set<String> = []
      return keys.filter { seen.insert($0).inserted }
    }
    add(
      "objective", "value", results.first?.objective.unit ?? "", results.map(\.objective.value),
      atLeast: results.map { $0.atLeast.contains($0.objective.name) })
    add("objective", "bound", results.first?.objective.unit ?? "", results.map(\.objective.bound))
    for key in unique(results.flatMap(\.sizeKeys)) {
      add("size", key, results.compactMap { $0.sizeUnits[key] }.first ?? "", results.map { $0.sizes[key] })
    }
    for key in unique(results.flatMap { $0.indicatorList.map(\.key) }) {
      // Of other currencies each has its row.
      let stated = results.map { result in result.indicatorList.first { $0.key == key } }
      for unit in unique(stated.compactMap { $0?.unit }) {
        add(
          "indicator", key, unit, zip(results, stated).map { $1?.unit == unit ? $0.indicators[key] : nil },
          atLeast: stated.map { $0?.unit == unit && $0?.isAtLeast == true })
      }
    }
    for row in exergyRows(results) { add("exergy", row.key, row.unit, row.values) }
    let found = investments(results)
    if !found.isEmpty {
      let currency = results[0].currency
      func value(_ key: String, _ unit: String, _ pick: (InvestmentComparison) -> Double?) {
        add(
          "against_first", key, unit,
          names.map { name in found.first { $0.name == name }.flatMap { pick($0.found) } })
      }
      value("extra_capital", currency) { $0.extraCapital }
      value("present_worth_of_savings", currency) { $0.presentWorth }
      value("irr", "1/y") { $0.internalRate }
      value("return_on_investment", "1/y") { $0.returnOnInvestment }
      value("payback_simple", "y") { $0.paybackSimple }
      value("payback_discounted", "y") { $0.paybackDiscounted }
    }
    return [table]
  }
}
