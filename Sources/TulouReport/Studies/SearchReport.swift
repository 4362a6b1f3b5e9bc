import TulouAccounts
package import TulouDispatch
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouTechnologies

/// What a search found, for the terminal, the page and files: the best overall, the best of each type of system, why
/// designs were rejected.
package struct SearchReport: Sendable {
  /// What was found.
  package var outcome: SearchOutcome
  /// Rows that were opened as full plans, the best first.
  package var opened: [OpenedRow] = []
  /// What the best row is compared with: by default the feasible row of least capital.
  package var base: OpenedRow?
  /// Project file as the user would type it.
  package var file: String
  /// Version of the program.
  package var version: String

  /// A report of a search.
  package init(_ outcome: SearchOutcome, file: String, version: String) {
    self.outcome = outcome
    self.file = file
    self.version = version
  }

  var currency: String { outcome.project.economy.currency }
  var best: SearchCandidate? { outcome.rows.first { $0.isFeasible } }

  /// The line that opens a row as a full plan.
  package func command(_ row: SearchCandidate) -> String {
    let strategy = outcome.strategy(row)
    let words = strategy == .loadFollowing ? "" : " " + strategy.arguments
    return "tulou simulate \(file) --sizes \(outcome.sizesText(row))\(words)"
      + (outcome.cheapest && strategy.takesCheapest ? " --cheapest" : "")
  }

  /// The search in a few lines for a terminal.
  package func answer(report place: String) -> [String] {
    var lines: [String] = []
    func line(_ name: String, _ text: String) {
      lines.append(name + String(repeating: " ", count: max(1, 18 - name.count)) + text)
    }
    line("Searched", searched)
    if let engineSentence { line("Engine", engineSentence) }
    if let frontSentence { line("Front", frontSentence) }
    for sentence in rejections { line("Rejected", sentence) }
    guard let best else {
      line(
        "Best", "no design keeps every limit" + (outcome.rows.first.map { "; nearest: " + outcome.sizesText($0) } ?? "")
      )
      line("Report", place)
      return lines
    }
    line("Best", outcome.type(best) + ": " + outcome.sizesText(best))
    if outcome.strategies.count > 1 { line("Dispatch", outcome.strategy(best).words) }
    line("Ranked by", rankedBy(best))
    line(
      "Net present cost", Scale.text(best.inYears?.netPresentCost ?? best.netPresentCost, currency) + overYears(best))
    line("Cost of energy", Scale.text(best.costOfEnergy, currency + "/kWh") + " served")
    line("Renewable", NumberText.percent(best.renewableFraction ?? .nan) + " of electricity")
    if let gap = gap(best) {
      line(
        "Bound",
        "any plan costs at least \(Scale.text(outcome.bound ?? .nan, currency + "/y")): at most \(NumberText.percent(gap)) could be gained"
      )
    }
    if let sentence = foresightSentence { line("Rule", sentence) }
    if let sentence = comparisonSentence { line("Against base", sentence) }
    for row in outcome.categories.dropFirst().prefix(3) {
      line("Next type", outcome.type(row) + ": " + Scale.text(rank(row), currency + "/y"))
    }
    line("Open it", command(best))
    line("Report", place)
    return lines
  }

  /// The number by which designs are ranked, column `value` or, where years were simulated one by one, `years_value`.
  func rank(_ row: SearchCandidate) -> Double { row.inYears?.value ?? row.value }

  /// The number that put a row first, in words.
  func rankedBy(_ row: SearchCandidate) -> String {
    let value = rank(row), penalties = value - (row.inYears?.annualCost ?? row.annualCost)
    let words =
      penalties > 1e-9 * abs(value) ? ", of which \(Scale.text(penalties, currency + "/y")) are penalties" : ""
    return "cost and penalties a year: " + Scale.text(value, currency + "/y") + words
  }

  private func overYears(_ row: SearchCandidate) -> String {
    row.inYears.map { " over \($0.years) years simulated one by one" } ?? ""
  }

  /// Why designs were not run in lanes, and how fast that was; nil: they were.
  var engineSentence: String? {
    guard let first = outcome.engineReasons.first else { return nil }
    let more = outcome.engineReasons.count > 1 ? ", and for \(outcome.engineReasons.count - 1) more reasons" : ""
    let reason = first.hasSuffix(".") ? String(first.dropLast()) : first
    return "designs one by one, \(NumberText.significant(outcome.pace, digits: 3)) a second: \(reason)\(more)"
  }

  /// How the years one by one ranked the designs, in a sentence; nil: they did not.
  var yearsSentence: String? {
    guard let years = best?.inYears else { return nil }
    let ranked = outcome.rows.prefix(outcome.valuedInYears)
    let alone = ranked.filter { $0.broken == 0 }.min { $0.value < $1.value }
    let isSame = alone.map { $0.sizes == best?.sizes && $0.strategy == best?.strategy } ?? true
    return
      "Ranked by \(years.years) years simulated one by one (\(ranked.count) designs: growth, prices, ageing, replacement when a life is used up): the best costs \(Scale.text(years.netPresentCost, currency)) with \(years.replacements) replacements. "
      + (isSame
        ? "One year that repeats itself would choose the same design."
        : "One year that repeats itself would choose \(alone.map { outcome.sizesText($0) } ?? "another").")
  }

  var searched: String {
    let all = outcome.gridCount.map { " of \(NumberText.significant(Double($0), digits: 9))" } ?? ""
    return
      "\(NumberText.significant(Double(outcome.evaluated), digits: 9))\(all) designs, \(outcome.method.rawValue), \(outcome.strategies.map(\.words).joined(separator: " and ")), \(NumberText.significant(outcome.pace, digits: 3)) a second"
      + (outcome.isStopped ? " (interrupted)" : "")
  }

  /// Limits that rejected designs, the one that rejected most first.
  private var rejecting: [Int] {
    outcome.limits.indices.filter { outcome.rejected[$0] > 0 }.sorted {
      (outcome.rejected[$0], $1) > (outcome.rejected[$1], $0)
    }
  }

  private var rejections: [String] {
    rejecting.map { i in
      let alone = outcome.rejectedAlone[i]
      return "\(count(outcome.rejected[i])) by \(SearchReport.limitName(outcome.limits[i]))"
        + (rejecting.count > 1 && alone > 0 ? ", \(count(alone)) of them only that" : "")
    }
  }

  private func count(_ number: Int) -> String { NumberText.significant(Double(number), digits: 9) }

  /// A limit in plain words.
  static func limitName(_ key: String) -> String {
    if key == "unserved" { return "demand left unserved that may not be shed" }
    if key == "reserve" { return "reserve that is asked for and not there" }
    return key.hasPrefix("pollutants.") ? Scale.pretty(String(key.dropFirst("pollutants.".count))) : Legend.plain(key)
  }

  /// What a better plan could save at most, of the row's value [-].
  func gap(_ row: SearchCandidate) -> Double? {
    guard let bound = outcome.bound, abs(row.value) > 1e-9 else { return nil }
    return (row.value - bound) / abs(row.value)
  }
}
