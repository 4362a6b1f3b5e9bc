import TulouAccounts
package import TulouDispatch
import TulouPlanning
package import TulouProject
import TulouQuantities

/// The value of a number at which an answer turns, with everything that was looked at on the way.
package struct BreakEvenReport: Sendable {
  /// The project as the file has it.
  package var project: Project
  /// Path of the number that was sought, and its unit.
  package var path: String, unit: String
  /// What the file says, in that unit; not-a-number where it says nothing.
  package var base: Double
  /// What turns.
  package var target: BreakEvenStudy.Target
  /// Unit of the answers.
  package var answerUnit: String
  /// What came of it.
  package var result: BreakEvenStudy.Result
  /// Version of the program.
  package var version: String

  /// A report.
  package init(
    project: Project, path: String, unit: String, base: Double, target: BreakEvenStudy.Target, answerUnit: String,
    result: BreakEvenStudy.Result, version: String
  ) {
    self.project = project
    self.path = path
    self.unit = unit
    self.base = base
    self.target = target
    self.answerUnit = answerUnit
    self.result = result
    self.version = version
  }

  /// Whether the indicator is at least its number at some value that was looked at.
  private var isAtLeast: Bool { result.points.contains(where: \.isAtLeast) }

  /// A value of the indicator as printed.
  private func answer(_ value: Double) -> String { AtLeast.text(plain(value), isAtLeast) }
  private func plain(_ value: Double) -> String {
    answerUnit == "1" ? NumberText.percent(value) : Scale.text(value, answerUnit)
  }

  /// Names of the answers.
  var names: [String] {
    switch target {
    case .indicator(let key, _): [Legend.plain(key).capitalisedFirst]
    case .alternatives(let two): two.map(\.name)
    }
  }

  /// What is compared.
  var quantity: String {
    switch target {
    case .indicator(let key, _): Legend.indicator(key)
    case .alternatives: "Cost and penalties per year"
    }
  }

  private func text(_ x: Double) -> String {
    unit == "1" || unit.isEmpty ? NumberText.significant(x) : Scale.text(x, unit)
  }

  /// What turns where, one sentence a crossing.
  package var sentences: [String] {
    if result.crossings.isEmpty { return [nothing] }
    return result.crossings.map { crossing in
      let place = text(crossing.place)
      switch target {
      case .indicator(_, let wanted):
        return
          "\(quantity) \(crossing.isRising ? "reaches" : "falls to") \(answer(wanted)) at \(path) = \(place)."
      case .alternatives(let two):
        let (before, after) = crossing.isRising ? (two[0].name, two[1].name) : (two[1].name, two[0].name)
        return
          "'\(two[0].name)' and '\(two[1].name)' cost the same at \(path) = \(place): below it '\(before)' is cheaper, above it '\(after)'."
      }
    }
  }

  private var nothing: String {
    if result.isStopped { return "The study was stopped before a break-even was found." }
    guard let low = result.points.first, let high = result.points.last else { return "Nothing was looked at." }
    let range = "between \(text(low.x)) and \(text(high.x))"
    switch target {
    case .indicator(_, let wanted):
      let found = result.points.compactMap { $0.answers.first.flatMap { $0 } }
      guard let least = found.min(), let most = found.max() else { return "No value \(range) has a plan." }
      if least <= wanted, wanted <= most {
        return
          "\(quantity) runs from \(answer(least)) to \(answer(most)) \(range), but where it would pass \(answer(wanted)) the project is infeasible."
      }
      return
        "\(AtLeast.quantity(quantity, isAtLeast)) stays \(least > wanted ? "above" : "below") \(plain(wanted)) \(range): it runs from \(answer(least)) to \(answer(most))."
    case .alternatives(let two):
      let differences = result.points.compactMap { point -> Double? in
        guard point.answers.count == 2, let a = point.answers[0], let b = point.answers[1] else { return nil }
        return a - b
      }
      guard let least = differences.min(), let most = differences.max() else {
        return "No value \(range) has a plan for both."
      }
      if least == 0, most == 0 { return "'\(two[0].name)' and '\(two[1].name)' cost the same everywhere \(range)." }
      if least < 0, most > 0 {
        return
          "Which of '\(two[0].name)' and '\(two[1].name)' is cheaper changes \(range), but where it does one has no plan."
      }
      return "'\(most <= 0 ? two[0].name : two[1].name)' is the cheaper one everywhere \(range)."
    }
  }

  /// Every value that was looked at.
  package var table: Table {
    var table = Table(columns: [.number(path)] + names.map { .number(AtLeast.quantity($0, isAtLeast)) })
    if names.count == 2 { table.columns.append(.number("Difference")) }
    for point in result.points {
      var cells = [text(point.x)]
      for answer in point.answers {
        let number = answer.map {
          answerUnit == "1" ? NumberText.percent($0, digits: 4) : Scale.text($0, answerUnit, digits: 6)
        }
        cells.append(number.map { AtLeast.text($0, point.isAtLeast) } ?? "no plan")
      }
      if point.answers.count == 2, let a = point.answers[0], let b = point.answers[1] {
        cells.append(Scale.text(a - b, answerUnit))
      }
      table.add(cells)
    }
    return table
  }

  /// Answers over the number, with the wanted value as a line.
  var chart: Chart {
    let xs = result.points.map(\.x)
    var series = names.enumerated().map { i, name in
      Series(
        name, result.points.map { $0.answers.indices.contains(i) ? $0.answers[i] ?? .nan : .nan }, colour: .plain(i))
    }
    if case .indicator(_, let wanted) = target {
      series.append(Series("wanted", xs.map { _ in wanted }, colour: .unserved, style: .dashed))
    }
    if answerUnit == "1" { for i in series.indices { series[i].values = series[i].values.map { $0 * 100 } } }
    return Chart(
      id: "break-even", title: "\(AtLeast.quantity(quantity, isAtLeast)) over \(path)",
      summary: sentences.joined(separator: " "),
      body: .lines(
        Lines(
          axis: .numbers(xs, quantity: path, unit: unit), series: series,
          quantity: AtLeast.quantity(quantity, isAtLeast), unit: answerUnit == "1" ? "%" : answerUnit, fromZero: false))
    )
  }

  /// The page.
  package func page() -> Page {
    var contents: [Page.Content] = sentences.map { .lead($0) }
    if base.isFinite { contents.append(.text("The file has \(path) = \(text(base)).")) }
    if result.points.count > 1 { contents.append(.chart(chart)) }
    contents.append(
      .text(
        "Every point is a plan of its own with its own proof. A break-even is located to 0.01 % of the range that was searched; within that a straight line is taken. Two of them that lie between the same two points of the first look are not seen."
      ))
    return Page(
      title: project.name, subtitle: "Break-even of \(path)", cover: project.cover,
      sections: [
        Page.Section(id: "break-even", title: "In short", contents),
        Page.Section(id: "points", title: "Every point", [.table(table)]),
      ], footer: "Made by Tulou \(version). All points stand in points.csv and result.json.")
  }

  /// A few lines for a terminal.
  package func answer(report place: String) -> [String] { sentences + table.lines + ["Report: " + place] }

  /// `points.csv`.
  package func csv() -> [UInt8] {
    var text = CSVText.cell(StudyNumbers.heading(path, unit))
    for name in names {
      text += "," + CSVText.cell(StudyNumbers.heading(name, answerUnit == "1" ? "" : answerUnit, isAtLeast))
    }
    if isAtLeast { text += "," + AtLeast.column }
    text += "\n"
    for point in result.points {
      text += JSON.digits(point.x)
      for answer in point.answers { text += "," + (answer.map(JSON.digits) ?? "") }
      if isAtLeast, case .indicator(let key, _) = target { text += "," + (point.isAtLeast ? key : "") }
      text += "\n"
    }
    return Array(text.utf8)
  }

  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    .object([
      ("tulou", .text(version)), ("project", .text(project.name)), ("study", .text("break_even")),
      ("status", .text(result.isStopped ? "cancelled" : result.crossings.isEmpty ? "infeasible" : "optimal")),
      ("currency", .text(project.economy.currency)), ("path", .text(path)), ("unit", .text(unit)),
      ("base", base.isFinite ? .number(base) : .null), ("answers", .array(names.map { .text($0) })),
      ("answer_unit", .text(answerUnit)), ("sentences", .array(sentences.map { .text($0) })),
      (
        "crossings",
        .array(
          result.crossings.map {
            .object([
              ("value", .number($0.place)), ("low", .number($0.low)), ("high", .number($0.high)),
              ("rising", .bool($0.isRising)),
            ])
          })
      ),
      (
        "points",
        .array(
          result.points.map { point in
            .object(
              [("x", .number(point.x)), ("answers", .array(point.answers.map { .optional($0) }))]
                + (point.isAtLeast ? [(AtLeast.field, .bool(true))] : []))
          })
      ), ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }
}
