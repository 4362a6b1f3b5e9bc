import TulouAccounts
import TulouDispatch
import TulouPlanning
import TulouProject
import TulouQuantities

extension SearchReport {
  /// Rows that a page carries at most; all stand in `candidates.csv`.
  private static let mostEmbedded = 2000

  /// Any two numbers of the designs kept, and of some of those rejected, against each other.
  func rowExplorer(_ rows: [SearchCandidate]) -> RowExplorer {
    let outputs = columns.filter { column in rows.contains { column.value($0).isFinite } }
    let sides = outcome.sides.map { ExplorerColumn(Legend.plain($0.name), $0.unit) }
    let kept = Array(rows.prefix(SearchReport.mostEmbedded))
    let leaders = outcome.categories.filter { leader in kept.contains { $0.type == leader.type } }
    func point(_ row: SearchCandidate, _ group: Int?) -> RowExplorer.Point {
      let reasons = outcome.reasons(row).map(SearchReport.limitName).joined(separator: ", ")
      let remark = group == nil ? "rejected: " + reasons : row.warning.map { "warning: " + $0.words } ?? ""
      return RowExplorer.Point(
        group: group,
        name: outcome.sizesText(row) + (outcome.strategies.count > 1 ? ", " + outcome.strategy(row).words : ""),
        note: remark, values: row.sizes + outputs.map { $0.value(row) })
    }
    var points = kept.compactMap { row in
      leaders.firstIndex { $0.type == row.type }.map { point(row, $0) }
    }
    if outcome.valuedInYears == 0 { points += outcome.rejectedSample.map { point($0, nil) } }
    func place(_ key: String) -> Int { sides.count + (outputs.firstIndex { $0.key == key } ?? 0) }
    let isInYears = rows.contains { $0.inYears != nil }
    return RowExplorer(
      columns: sides + outputs.map { ExplorerColumn($0.title, $0.unit) },
      groups: leaders.enumerated().map { (outcome.type($1), .plain($0)) }, points: points, x: place("rf_direct"),
      y: place(isInYears ? "years_value" : "value"), still: scatter(kept))
  }

  /// The best of all designs that were run over any two sizes; nil where there is but one size.
  func surfaceExplorer() -> SurfaceExplorer? {
    guard let surface = outcome.surface, surface.all.contains(where: { $0.cell.violation <= 0 }) else { return nil }
    let measures: [(column: ExplorerColumn, value: (DesignSurface.Cell) -> Double)] = [
      (ExplorerColumn("Cost and penalties per year", currency + "/y"), \.value),
      (ExplorerColumn("Net present cost", currency), \.netPresentCost),
      (ExplorerColumn("Capital", currency), \.capital),
      (ExplorerColumn("Renewable fraction", "1"), { $0.renewableFraction ?? 0 }),
      (ExplorerColumn(AtLeast.quantity("CO₂", isCarbonAtLeast), "kg/y"), \.co2),
    ]
    let cells = surface.all.map { pair, place, cell -> SurfaceExplorer.Cell in
      let count = surface.places[surface.pairs[pair].y].count
      let sizes = zip(outcome.sides, cell.sizes).map { "\($0.name)=\(NumberText.significant($1, digits: 5))" }
        .joined(separator: ", ")
      let words = outcome.strategies.indices.contains(cell.strategy) ? outcome.strategies[cell.strategy].words : ""
      return SurfaceExplorer.Cell(
        pair: pair, x: place / count, y: place % count, isFeasible: cell.violation <= 0,
        name: outcome.strategies.count > 1 ? sizes + ", " + words : sizes, values: measures.map { $0.value(cell) })
    }
    return SurfaceExplorer(
      id: "search-surface", title: "The best design over any two sizes",
      summary:
        "Every place shows the cheapest of all designs that were run with these two sizes, whatever the others were.",
      sizes: zip(outcome.sides, surface.places).map { (ExplorerColumn(Legend.plain($0.name), $0.unit), $1) },
      pairs: surface.pairs, measures: measures.map(\.column), cells: cells)
  }
}
