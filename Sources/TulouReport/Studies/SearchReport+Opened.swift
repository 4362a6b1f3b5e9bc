package import TulouAccounts
package import TulouDispatch
package import TulouPlanning
import TulouProject
import TulouQuantities

/// A row of a search that was run again as a full plan.
package struct OpenedRow: Sendable {
  /// The row.
  package var row: SearchCandidate
  /// Folder of its files, within that of the search; empty: none were written.
  package var folder: String
  /// What was measured on it.
  package var accounts: Accounts
  /// The dispatch of perfect foresight with the same sizes; nil: not sought.
  package var foresight: RuleRecord.Foresight?
  /// A row.
  package init(row: SearchCandidate, folder: String, accounts: Accounts, foresight: RuleRecord.Foresight?) {
    self.row = row
    self.folder = folder
    self.accounts = accounts
    self.foresight = foresight
  }
}

extension SearchReport {
  /// The best row against the base case; nil where either was not opened, or both are the same.
  var comparison: InvestmentComparison? {
    guard let base, let best = opened.first, base.row != best.row else { return nil }
    return InvestmentComparison(
      base: base.accounts.cashFlow, design: best.accounts.cashFlow, years: outcome.project.economy.lifetime)
  }

  /// `the rule costs 3.1 % more than perfect foresight with these sizes`.
  var foresightSentence: String? {
    guard let foresight = opened.first?.foresight else { return nil }
    guard foresight.excess.isFinite else { return "not compared with perfect foresight: " + foresight.remark }
    if foresight.excess < 5e-7 { return "costs no more than perfect foresight with these sizes" }
    return "costs \(NumberText.percent(foresight.excess)) more than perfect foresight with these sizes"
  }

  /// What the extra capital earns, in words.
  var comparisonSentence: String? {
    guard let comparison, let base else { return nil }
    let name = outcome.type(base.row)
    guard comparison.extraCapital > 0 else {
      return "\(name) costs \(Scale.text(comparison.presentWorth, currency)) more"
    }
    var parts = ["saves \(Scale.text(comparison.presentWorth, currency)) against \(name)"]
    if let rate = comparison.internalRate { parts.append("internal rate of return \(NumberText.percent(rate))") }
    if let years = comparison.paybackSimple {
      parts.append("payback \(NumberText.significant(years, digits: 3)) years")
    }
    return parts.joined(separator: ", ")
  }

  var comparisonJSON: JSON {
    guard let comparison, let base else { return .null }
    return .object([
      ("base", .text(outcome.sizesText(base.row))), ("base_type", .text(outcome.type(base.row))),
      ("base_npc", .number(base.row.netPresentCost)), ("base_capital", .number(base.row.capital)),
      ("extra_capital", .number(comparison.extraCapital)), ("present_worth", .number(comparison.presentWorth)),
      ("irr", .optional(comparison.internalRate)), ("return_on_investment", .optional(comparison.returnOnInvestment)),
      ("payback_simple", .optional(comparison.paybackSimple)),
      ("payback_discounted", .optional(comparison.paybackDiscounted)),
      ("savings", .array(comparison.savings.map { .number($0) })),
    ])
  }

  /// `comparison.csv`: the best row against the base case; empty where there is none.
  package func comparisonCSV() -> [UInt8] {
    guard let comparison, let base else { return [] }
    var table = DataTable("comparison", "Best design against the base case", ["quantity", "value", "unit"])
    table.add(.text("base"), .text(outcome.sizesText(base.row)), .text(""))
    let rows: [(String, Double?, String)] = [
      ("base_npc", base.row.netPresentCost, currency), ("base_capital", base.row.capital, currency),
      ("extra_capital", comparison.extraCapital, currency),
      ("present_worth_of_savings", comparison.presentWorth, currency), ("irr", comparison.internalRate, "1/y"),
      ("return_on_investment", comparison.returnOnInvestment, "1/y"),
      ("payback_simple", comparison.paybackSimple, "y"), ("payback_discounted", comparison.paybackDiscounted, "y"),
    ]
    for row in rows { table.add(.text(row.0), .optional(row.1), .text(row.2)) }
    return table.csv()
  }

  /// `rejections.csv`: how many designs broke each limit, and how many broke nothing else.
  package func rejectionsCSV() -> [UInt8] {
    var table = DataTable(
      "rejections", "Designs rejected", ["limit", "designs [1]", "by_nothing_else [1]"])
    for (i, limit) in outcome.limits.enumerated() where outcome.rejected[i] > 0 {
      table.add(.text(limit), .number(Double(outcome.rejected[i])), .number(Double(outcome.rejectedAlone[i])))
    }
    return table.rows.isEmpty ? [] : table.csv()
  }

  /// The best row beside the base case: HOMER's "Compare economics".
  func comparisonSection() -> Page.Section? {
    guard let comparison, let base, let best = opened.first else { return nil }
    let none = NumberText.none
    var table = Table(columns: [.text(""), .number("Base case"), .number("Best system"), .number("Difference")])
    func row(
      _ name: String, _ value: (SearchCandidate) -> Double, _ unit: String,
      isAtLeast: (SearchCandidate) -> Bool = { _ in false }
    ) {
      let before = value(base.row), after = value(best.row)
      let isKnown = !isAtLeast(base.row) && !isAtLeast(best.row)
      table.add([
        name, AtLeast.text(Scale.text(before, unit), isAtLeast(base.row)),
        AtLeast.text(Scale.text(after, unit), isAtLeast(best.row)),
        isKnown ? (after > before ? "+" : "") + Scale.text(after - before, unit) : AtLeast.noDifference,
      ])
    }
    table.add(["System", outcome.type(base.row), outcome.type(best.row), ""])
    for (side, sizes) in zip(outcome.sides, zip(base.row.sizes, best.row.sizes)) where sizes.0 > 0 || sizes.1 > 0 {
      table.add([
        side.name, Scale.text(sizes.0, side.unit), Scale.text(sizes.1, side.unit),
        (sizes.1 > sizes.0 ? "+" : "") + Scale.text(sizes.1 - sizes.0, side.unit),
      ])
    }
    row("Capital", \.capital, currency)
    row("Operating cost", \.operatingCost, currency + "/y")
    row("Net present cost", \.netPresentCost, currency)
    row("Cost of energy served", \.costOfEnergy, currency + "/kWh")
    row("CO₂", { $0.co2 }, "kg/y", isAtLeast: \.isCarbonAtLeast)
    let years = { (value: Double?) in value.map { NumberText.significant($0, digits: 3) + " years" } ?? none }
    let tiles = [
      Page.Tile(
        "Saved in all", Scale.text(comparison.presentWorth, currency),
        note: "net present cost of the base less that of the best"),
      Page.Tile(
        "Internal rate of return", comparison.internalRate.map { NumberText.percent($0) } ?? none,
        note: "of the extra capital"),
      Page.Tile(
        "Return on investment", comparison.returnOnInvestment.map { NumberText.percent($0) } ?? none,
        note: "yearly saving by extra capital"),
      Page.Tile("Payback", years(comparison.paybackSimple), note: "discounted: " + years(comparison.paybackDiscounted)),
    ]
    var sum = 0.0
    let running = comparison.savings.map { value -> Double in
      sum += value
      return sum
    }
    let chart = Chart(
      id: "base-saving", title: "What the extra capital brings back",
      summary: "Payments of the base case less those of the best system, in real money; the line is their running sum.",
      body: .bars(
        Bars(
          categories: comparison.savings.indices.map(String.init),
          series: [Series("Saving", comparison.savings, colour: .biomass)], quantity: "Saving", unit: currency,
          line: Series("Running sum", running, colour: .unserved))))
    return Page.Section(
      id: "base", title: "Against the base case",
      [
        .text(
          "The base case is \(sizesSentence(base.row)), by default the feasible system of least capital that serves at least 99 % of the demand."
        ),
        .tiles(tiles), .table(table), .chart(chart),
      ])
  }
}
