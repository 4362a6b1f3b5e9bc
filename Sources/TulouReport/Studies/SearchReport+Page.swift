import TulouAccounts
import TulouDispatch
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension SearchReport {
  /// The table of some rows, to be sorted and filtered by the reader.
  func table(_ caption: String, _ rows: [SearchCandidate]) -> Table {
    let hasStrategies = outcome.strategies.count > 1
    let hasReasons = rows.contains { !$0.isFeasible }
    let hasWarnings = rows.contains { $0.warning != nil }
    let numbers = columns
    func shown(_ key: String) -> RowColumn? { numbers.first { $0.key == key } }
    var keys = ["value", "npc", "coe_served", "capital", "opex", "rf_direct", "co2", "lpsp", "curtailed"]
    for (p, pollutant) in Pollutant.all.enumerated()
    where rows.contains(where: { $0.pollutants.indices.contains(p) && $0.pollutants[p] > 0 }) {
      keys.append(pollutant.key)
    }
    if rows.contains(where: { Dust.cleaned($0.capacityShortage - $0.lossOfPowerSupply, scale: 1) > 0 }) {
      keys.append("capacity_shortage")
    }
    for (key, value) in [("bought", \SearchCandidate.bought), ("sold", \.sold), ("fuel", \.fuel), ("land", \.land)]
    where rows.contains(where: { $0[keyPath: value] > 0 }) {
      keys.append(key)
    }
    if rows.contains(where: { $0.inYears != nil }) {
      keys.insert(contentsOf: ["years_value", "years_npc"], at: 0)
      keys += ["years_worst_lpsp", "years_replacements"]
    }
    let kept = keys.compactMap(shown)
    var table = Table(
      caption,
      columns: [.number("Rank"), .text("System")] + (hasWarnings ? [.text("Warning")] : [])
        + (hasStrategies ? [.text("Dispatch")] : [])
        + outcome.sides.map { .number("\($0.name) [\($0.unit)]") } + kept.map { .number($0.title) }
        + (hasReasons ? [.text("Breaks")] : []))
    for row in rows {
      let rank = outcome.rows.prefix(outcome.ranked).firstIndex(of: row).map { $0 + 1 }
      var cells = [rank.map { "\($0)" } ?? "", outcome.type(row)]
      var sorted: [Double?] = [rank.map(Double.init), nil]
      if hasWarnings {
        cells.append(row.warning?.mark ?? "")
        sorted.append(nil)
      }
      if hasStrategies {
        cells.append(outcome.strategy(row).words)
        sorted.append(nil)
      }
      cells += row.sizes.map { NumberText.significant($0, digits: 5) } + kept.map { text($0, row) }
      sorted += row.sizes.map { $0 } + kept.map { $0.value(row) }
      if hasReasons {
        cells.append(outcome.reasons(row).map(SearchReport.limitName).joined(separator: ", "))
        sorted.append(nil)
      }
      table.add(cells, keys: sorted)
    }
    return table
  }

  private func text(_ column: RowColumn, _ row: SearchCandidate) -> String {
    let value = column.value(row)
    guard value.isFinite else { return NumberText.none }
    if column.key == "years_replacements" { return NumberText.significant(value, digits: 6) }
    if column.key == "lpsp" || column.key == "years_worst_lpsp" || column.key == "capacity_shortage" {
      return Dust.cleaned(value, scale: 1) <= 0 ? "nothing" : NumberText.percent(value)
    }
    let number = column.unit == "1" ? NumberText.percent(value) : Scale.text(value, column.unit)
    return AtLeast.text(number, column.key == "co2" && row.isCarbonAtLeast)
  }

  /// The page.
  package func page() -> Page {
    var sections = [Page.Section(id: "search", title: "In short", short())]
    if let section = comparisonSection() { sections.append(section) }
    if let section = frontSection() { sections.append(section) }
    sections.append(
      Page.Section(
        id: "categories", title: "Best of each type of system",
        outcome.categories.isEmpty ? [] : [.table(table("", outcome.categories))] + warningSentence()))
    let shown = outcome.rows.filter(\.isFeasible)
    var overall: [Page.Content] = [.table(table("", Array((shown.isEmpty ? outcome.rows : shown).prefix(100))))]
    // Costs of one year and of many do not go into one chart.
    let drawn = outcome.valuedInYears > 0 ? shown.filter { $0.inYears != nil } : shown
    if drawn.count > 1 {
      overall.insert(.rows(rowExplorer(drawn)), at: 0)
      if let map = surfaceExplorer() { overall.insert(.surface(map), at: 1) }
    }
    sections.append(
      Page.Section(
        id: "overall", title: shown.isEmpty ? "Nearest to the limits" : "Best overall",
        outcome.rows.isEmpty ? [] : overall))
    if let best {
      sections.append(
        Page.Section(
          id: "open", title: "Open a row as a full plan",
          [.text("Every row is a year that can be looked at hour by hour; the command stands in result.json, too.")]
            + (opened.contains { !$0.folder.isEmpty }
              ? [
                .links(
                  opened.filter { !$0.folder.isEmpty }.map {
                    (outcome.type($0.row) + ": " + outcome.sizesText($0.row), $0.folder + "/report.html")
                  })
              ] : [])
            + [.list(([best] + outcome.categories.dropFirst()).prefix(10).map(command))]))
    }
    return Page(
      title: outcome.project.name,
      subtitle: "Search over sizes, \(outcome.strategies.map(\.words).joined(separator: " and "))",
      cover: outcome.project.cover, sections: sections,
      footer: "Made by Tulou \(version). All rows kept, with every column, are in candidates.csv and result.json.")
  }

  /// What the mark of a row means; nothing where no row has one.
  private func warningSentence() -> [Page.Content] {
    guard outcome.rows.contains(where: { $0.warning != nil }) else { return [] }
    return [
      .text(
        "⚠: sources give at times more than \(NumberText.percent(PenetrationWarning.highPenetration)) of the power that is served, while storage is missing or carries the mean demand for less than an hour. Whether such a system holds its voltage and frequency from second to second has to be looked at in another model."
      )
    ]
  }

  private func short() -> [Page.Content] {
    var contents: [Page.Content] = []
    if let best {
      contents.append(
        .lead(
          "The cheapest system \(outcome.strategies.count > 1 ? "is run by \(outcome.strategy(best).words) and" : "under this rule") is \(outcome.type(best)): \(sizesSentence(best))."
        ))
      var tiles = [
        Page.Tile("Ranked by", Scale.text(rank(best), currency + "/y"), note: "cost and penalties a year"),
        Page.Tile(
          "Net present cost", Scale.text(best.netPresentCost, currency),
          note: "over \(NumberText.significant(outcome.project.economy.lifetime)) years"),
        Page.Tile("Cost of energy", Scale.text(best.costOfEnergy, currency + "/kWh"), note: "per kWh served"),
        Page.Tile("Capital", Scale.text(best.capital, currency), note: "at the start"),
        Page.Tile("Renewable fraction", NumberText.percent(best.renewableFraction ?? .nan), note: "of electricity"),
        Page.Tile("CO₂", AtLeast.text(Scale.text(best.co2, "kg") + "/y", best.isCarbonAtLeast)),
        Page.Tile(
          "Not served",
          Dust.cleaned(best.lossOfPowerSupply, scale: 1) <= 0 ? "nothing" : NumberText.percent(best.lossOfPowerSupply),
          note: "of the demand"),
      ]
      if let gap = gap(best) {
        tiles.append(
          Page.Tile("Above the bound", NumberText.percent(gap), note: "no sizes and no dispatch gain more than this"))
      }
      contents.append(.tiles(tiles))
      if let sentence = foresightSentence { contents.append(.text("The rule \(sentence).")) }
      if let gap = gap(best) {
        contents.append(
          .text(
            "No sizes and no dispatch cost less than \(Scale.text(outcome.bound ?? .nan, currency + "/y")), the proven bound of the linear plan: at most \(NumberText.percent(gap)) could be gained by other sizes and perfect foresight together."
          ))
      }
    } else {
      contents.append(.alert("No design keeps every limit."))
    }
    if let sentence = yearsSentence { contents.append(.text(sentence)) }
    if outcome.isStopped { contents.append(.alert("The search was interrupted; the same command goes on with it.")) }
    contents.append(
      .text("Searched: " + searched + ". " + "Engine: " + (engineSentence ?? outcome.engine) + "."))
    if outcome.engineReasons.count > 1 {
      contents.append(.text("Why not many designs at once: " + outcome.engineReasons.joined(separator: " ")))
    }
    if let table = rejectionTable() { contents.append(.table(table)) }
    return contents
  }

  func sizesSentence(_ row: SearchCandidate) -> String {
    let built = zip(outcome.sides, row.sizes).filter { $0.1 > 0 }.map { side, size in
      "\(Legend.plain(side.name)) \(Scale.text(size, side.unit))"
    }
    return built.isEmpty ? "nothing is built" : PlanReport.listed(built)
  }

  /// Why designs were rejected; nil where none was.
  private func rejectionTable() -> Table? {
    guard outcome.rejected.contains(where: { $0 > 0 }), outcome.evaluated > 0 else { return nil }
    var table = Table(
      "Why designs were rejected",
      columns: [.text("Limit that is broken"), .number("Designs"), .number("Share"), .number("By nothing else")])
    for i in outcome.limits.indices where outcome.rejected[i] > 0 {
      func count(_ number: Int) -> String { NumberText.significant(Double(number), digits: 9) }
      table.add([
        SearchReport.limitName(outcome.limits[i]), count(outcome.rejected[i]),
        NumberText.percent(Double(outcome.rejected[i]) / Double(outcome.evaluated)), count(outcome.rejectedAlone[i]),
      ])
    }
    return table
  }

  /// Net present cost over renewable fraction, which stands on paper and without script.
  func scatter(_ rows: [SearchCandidate]) -> Chart {
    let sets = outcome.categories.prefix(6).enumerated().map { i, leader in
      Scatter.Set(
        outcome.type(leader),
        points: rows.filter { $0.type == leader.type }.map {
          (($0.renewableFraction ?? 0) * 100, $0.inYears?.netPresentCost ?? $0.netPresentCost, outcome.sizesText($0))
        }, colour: .plain(i))
    }
    return Chart(
      id: "search-scatter", title: "Designs by any two of their numbers",
      summary: "Every point is a design that was kept; colours and shapes are types of system.",
      body: .scatter(
        Scatter(
          sets: sets, xQuantity: "Renewable fraction", xUnit: "%", yQuantity: "Net present cost", yUnit: currency)))
  }
}
