import TulouDispatch
import TulouPlanning
import TulouProject
import TulouQuantities

extension SearchReport {
  /// The front in a sentence; nil: several goals were not sought.
  var frontSentence: String? {
    guard outcome.goals.count > 1, let first = outcome.front.first, let last = outcome.front.last else { return nil }
    func text(_ row: SearchCandidate) -> String {
      outcome.goals.map { goal(row, $0).text }.joined(separator: " with ")
    }
    return "\(outcome.front.count) designs, from \(text(first)) to \(text(last))"
  }

  /// Value and text of a goal of a row.
  private func goal(_ row: SearchCandidate, _ goal: Study.Goal) -> (value: Double, text: String) {
    guard let number = goal.number(of: row) else { return (.nan, NumberText.none) }
    if number.unit == "1" {
      return (100 * (number.value ?? 0), NumberText.percent(number.value ?? .nan))
    }
    return (number.value ?? .nan, Scale.text(number.value ?? .nan, unit(number.unit)))
  }

  private func unit(_ goal: Study.Goal) -> String {
    outcome.front.first.flatMap { goal.number(of: $0) }.map { $0.unit == "1" ? "%" : unit($0.unit) }
      ?? ""
  }

  /// A unit with the currency in it.
  private func unit(_ unit: String) -> String {
    unit.first == "$" ? currency + unit.dropFirst() : unit
  }

  /// Designs that none surpasses in all goals, as table and plot; nil: several goals were not sought.
  func frontSection() -> Page.Section? {
    let goals = outcome.goals
    guard goals.count > 1, !outcome.front.isEmpty else { return nil }
    var table = Table(
      "", columns: goals.map { .number($0.quantity) } + [.text("Sizes"), .text("Dispatch")])
    for row in outcome.front {
      table.add(
        goals.map { goal(row, $0).text } + [outcome.sizesText(row), outcome.strategy(row).words],
        keys: goals.map { goal(row, $0).value } + [nil, nil])
    }
    let points = outcome.front.map { (goal($0, goals[1]).value, goal($0, goals[0]).value, outcome.sizesText($0)) }
    let chart = Chart(
      id: "search-front", title: "Front of \(goals[0].quantity.lowercased()) and \(goals[1].quantity.lowercased())",
      summary: "Every point is a design that no other one found surpasses in all goals.",
      body: .scatter(
        Scatter(
          sets: [Scatter.Set("front", points: points, colour: .plain(0))], xQuantity: goals[1].quantity,
          xUnit: unit(goals[1]), yQuantity: goals[0].quantity, yUnit: unit(goals[0]))))
    return Page.Section(
      id: "front", title: "Front",
      [
        .text(
          "Found by NSGA-II among designs run under rules: no certificate says how far the true front is. 'tulou pareto' draws it for plans, each point proven."
        ), .chart(chart), .table(table),
      ])
  }
}
