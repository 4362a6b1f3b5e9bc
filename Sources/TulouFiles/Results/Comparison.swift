import TulouAccounts
import TulouDocument
import TulouQuantities
package import TulouReport

/// Results beside each other: sizes and indicators, a column a folder.
package enum Comparison {
  /// Writes the page of a comparison as `report.html`, and its numbers as `comparison.csv` and `comparison.json`.
  package static func write(
    _ results: [StoredResult], version: String, to directory: String, plotlyPath: String? = nil,
    language: String? = nil
  ) throws(ResultFault) {
    let html = page(results, version: version).file(
      plotly: plotlyPath.flatMap(PlotlyLibrary.text), in: language ?? Self.language(of: results))
    let tables = dataTables(results)
    let object = JSON.object(tables.map { ($0.name, $0.json) })
    try WholeFiles.write(
      [("report.html", html)] + tables.map { ("\($0.name).csv", $0.csv()) }
        + [("comparison.json", Array(object.indented.utf8))], to: directory)
  }

  /// Code of the language that the projects of all folders name; nil where they name none, or several.
  package static func language(of results: [StoredResult]) -> String? {
    let named = results.map { result -> String? in
      guard let text = result.lock, let node = try? YamlDocument.node(text, file: 0, name: "project.lock.yaml") else {
        return nil
      }
      return node["language"]?.text
    }
    guard let first = named.first ?? nil, named.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// The table; the last columns say how the second differs from the first where there are two.
  package static func tables(_ results: [StoredResult]) -> [Table] {
    let names = results.map { folder($0.directory) }
    func header(_ title: String) -> [Table.Column] {
      [.text(title)] + names.map { .number($0) } + (results.count == 2 ? [.number("Difference")] : [])
    }
    var head = Table(columns: header("").dropLast(results.count == 2 ? 1 : 0))
    head.add(["Project"] + results.map(\.project))
    head.add(["Status"] + results.map(\.status))
    head.add(["Solver"] + results.map(\.solver))
    head.add(
      ["Objective"]
        + results.map {
          $0.objective.name + ($0.objective.gap.map { ", gap " + NumberText.percent($0, digits: 2) } ?? "")
        })

    var sizes = Table("Sizes", columns: header("Component"))
    let keys = results.flatMap(\.sizeKeys).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    for key in keys {
      let unit = results.compactMap { $0.sizeUnits[key] }.first ?? ""
      sizes.add([key] + cells(results.map { $0.sizes[key] }, unit))
    }
    var indicators = Table("Indicators", columns: header("Indicator"))
    let shown = results.flatMap(\.indicatorList).reduce(into: [StoredResult.StoredIndicator]()) { list, one in
      if !list.contains(where: { $0.key == one.key }) { list.append(one) }
    }
    for indicator in shown {
      let values = results.map { $0.indicators[indicator.key] }
      guard values.contains(where: { $0 != nil }) else { continue }
      // Other currencies are other units; their difference means nothing.
      let units = Set(results.flatMap { $0.indicatorList.filter { $0.key == indicator.key }.map(\.unit) })
      indicators.add(
        [Legend.indicator(indicator.key)]
          + cells(
            values, units.count == 1 ? indicator.unit : indicator.unit + " (units differ)",
            atLeast: results.map { $0.atLeast.contains(indicator.key) }))
    }
    var exergy = Table("Exergy", columns: header("Quantity"))
    for row in exergyRows(results) { exergy.add([row.title] + cells(row.values, row.unit)) }
    let bases = results.compactMap { $0.exergy?.basis }
    if !exergy.rows.isEmpty, Set(bases).count > 1 {
      exergy.add(["Basis of sun and wind"] + bases + (results.count == 2 ? ["not the same"] : []))
    }
    return [head, sizes, exergy, indicators].filter { !$0.rows.isEmpty }
  }

  private static func cells(_ values: [Double?], _ unit: String, atLeast: [Bool] = []) -> [String] {
    var cells = values.enumerated().map { i, value in
      value.map { AtLeast.text(text($0, unit), atLeast.indices.contains(i) && atLeast[i]) } ?? NumberText.none
    }
    if values.count == 2 {
      if atLeast.contains(true) {
        cells.append(AtLeast.noDifference)
      } else if let first = values[0], let second = values[1], !unit.hasSuffix("differ)") {
        // What two sums differ by in their last digits is no difference.
        let change = abs(second - first) <= 1e-12 * max(abs(first), abs(second)) ? 0 : second - first
        let relative =
          abs(first) > 1e-12 && unit != "1"
          ? " (\(change < 0 ? "" : "+")\(NumberText.percent(change / abs(first))))" : ""
        // Shares differ by points of a hundred; per cent would read as a part of the first.
        let amount = unit == "1" ? NumberText.significant(change * 100) + " percentage points" : text(change, unit)
        cells.append((change < 0 ? "" : "+") + amount + relative)
      } else {
        cells.append("")
      }
    }
    return cells
  }

  private static func text(_ value: Double, _ unit: String) -> String {
    unit == "t/y" ? Scale.text(value * 1000, "kg") + "/y" : Scale.text(value, unit)
  }

  static func folder(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension StoredResult {
  /// What flowed in one step, largest first, as a table; nil where no step begins at `stamp` (`step`).
  package func hour(_ stamp: String) -> Table? {
    guard let t = step(stamp) else { return nil }
    var table = Table(told(t), columns: [.text("Flow"), .number("Value")])
    let rows = flowNames.compactMap { name -> (name: String, unit: String, value: Double)? in
      guard let value = flows[name]?[t], abs(value) > 1e-9 else { return nil }
      let parts = name.split(separator: " ")
      guard let unit = parts.last, unit.hasPrefix("[") else { return (name, "", value) }
      return (parts.dropLast().joined(separator: " "), String(unit.dropFirst().dropLast()), value)
    }
    // Prices behind what flows: money per kWh is no larger or smaller than kW.
    let isPrice = { (name: String) in name.hasSuffix(".price") }
    for row in rows.sorted(by: {
      isPrice($0.name) != isPrice($1.name) ? !isPrice($0.name) : abs($0.value) > abs($1.value)
    }) {
      table.add([row.name, Scale.text(row.value, row.unit)])
    }
    return table
  }
}
