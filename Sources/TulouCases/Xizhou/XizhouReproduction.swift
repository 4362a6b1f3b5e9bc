import Tulou

/// The Xizhou study computed again.
package enum XizhouReproduction {
  static let citation =
    "Lu, Yang, Alanne, the micro energy network of Xizhou town in Dali, Energies 2018, 11(4), 1007"

  static func report(
    _ paper: PublishedCase, _ settings: Cases.Settings, version: String
  ) throws(ProjectFault) -> ReproductionReport {
    var computed = XizhouArithmetic.values(of: paper)
    XizhouModel(paper).printed(&computed)
    var figures: XizhouFigures?
    if !settings.tablesOnly {
      let studies = XizhouStudies(paper: paper)
      let found = try studies.answers()
      studies.values(found, &computed)
      figures = XizhouFigures(paper: paper, found: found)
    }
    var report = ReproductionReport(
      name: paper.name, citation: citation,
      rows: paper.compared(with: computed, roundings: roundings(paper)), version: version)
    report.charts = figures?.charts ?? []
    report.tables = figures?.tables ?? []
    report.remarks = [
      bulk(report.rows),
      "Unit costs, efficiencies, temperatures, hourly curves and the reference system are not printed: model rows stand on the assumptions of the share model (Documentation/methods/share-model.md).",
      "Sizes follow share x peak; a machine of that size cannot give its share of the day's energy in its hours, so no plan by hours can have these sizes.",
      "Rows of directions say which way our optima go from the first to the last step of a study, and the ways of the paper that they do not go: with our unit costs batteries, tanks, wind and sun are cheap beside biomass, so that all scenarios have much of them already.",
    ]
    return report
  }

  /// How many of the rows are of two kinds alone, so that the count is not read as more than it is.
  private static func bulk(_ rows: [ReproducedRow]) -> String {
    func count(_ head: String, _ verdict: ReproducedRow.Verdict) -> Int {
      rows.count { $0.row.id.hasPrefix(head) && $0.verdict == verdict }
    }
    let sums = count("sum.", .reproduced), sizes = count("size.", .reproduced)
    return
      "Of the rows that are reproduced, \(sums) say only that shares of a column add up to 100 %, and \(sizes) that a size follows from its printed shares by the rule share x peak, which is ours; \(count("size.", .notReproduced)) sizes do not."
  }

  /// What the rounding of printed numbers may move: scenario by scenario, for their rows depend on nothing of others.
  package static func roundings(_ paper: PublishedCase) -> [String: Double] {
    var found: [String: Double] = [:]
    for scenario in XizhouTables.scenarios {
      let rows = paper.rows.filter { row in
        row.id.hasPrefix("t3.") || row.id.hasPrefix("t7.") || row.id.hasPrefix("share.\(scenario).")
          || row.id.hasPrefix("size.\(scenario).") || row.id.hasPrefix("sum.\(scenario).")
      }
      let part = PublishedCase(name: paper.name, rows: rows.map { $0.isInput ? $0 : $0.exact })
      found.merge(part.roundings { XizhouArithmetic.values(of: $0, scenario: scenario) }) { first, _ in first }
    }
    let rest = paper.rows.map { row in
      row.id.hasPrefix("share.") && row.basis == .given ? row.exact : row
    }
    let few = PublishedCase(name: paper.name, rows: rest)
    found.merge(few.roundings(of: XizhouArithmetic.values)) { first, _ in first }
    return found
  }
}

extension PublishedCase.Row {
  /// Whether other rows are computed from it.
  fileprivate var isInput: Bool { basis == .given }
  /// The row taken as exact.
  fileprivate var exact: PublishedCase.Row {
    var row = self
    row.rounding = 0
    return row
  }
}
