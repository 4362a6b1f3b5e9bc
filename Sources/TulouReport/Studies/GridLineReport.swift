import TulouDispatch
import TulouPlanning
package import TulouProject
import TulouQuantities

/// How long a line to the grid may be before doing without is cheaper.
package struct GridLineReport: Sendable {
  /// The project as the file has it.
  package var project: Project
  /// The line.
  package var line: Study.GridLine
  /// Cost of the best system without the market and with it, the line not counted [currency/y]; nil: no plan.
  package var without: Double?, with: Double?
  /// Proven least cost of both [currency/y].
  package var boundWithout: Double?, boundWith: Double?
  /// Version of the program.
  package var version: String

  /// A report.
  package init(
    project: Project, line: Study.GridLine, without: Double?, with: Double?, boundWithout: Double?, boundWith: Double?,
    version: String
  ) {
    self.project = project
    self.line = line
    self.without = without
    self.with = with
    self.boundWithout = boundWithout
    self.boundWith = boundWith
    self.version = version
  }

  private var currency: String { project.economy.currency }
  /// Yearly cost of a kilometre [currency/km/y].
  var yearly: Double { BreakEvenStudy.yearlyCost(of: line, economy: project.economy) }
  /// The length at which both cost the same [km]; nil where one of them has no plan.
  package var distance: Double? {
    with.flatMap { BreakEvenStudy.distance(without: without, with: $0, line: line, economy: project.economy) }
  }

  /// The answer in a sentence.
  package var sentence: String {
    guard with != nil else { return "The project has no plan with '\(line.market)', whatever the line." }
    guard without != nil else {
      return "Without '\(line.market)' no plan keeps the limits: a line of any length is needed."
    }
    guard let distance else { return "The line costs nothing by its length." }
    if distance <= 0 {
      return "'\(line.market)' is not worth a line of any length: the system without it costs no more."
    }
    return
      "A line to '\(line.market)' pays up to \(NumberText.significant(distance)) km; beyond that the system without it is cheaper."
  }

  /// A few lines for a terminal.
  package func answer(report place: String) -> [String] {
    func money(_ value: Double?) -> String { value.map { Scale.text($0, currency + "/y") } ?? "no plan" }
    return [
      sentence,
      "Without \(line.market): \(money(without)); with it, the line not counted: \(money(with)); a kilometre of line: \(money(yearly))",
      "Report: " + place,
    ]
  }

  private var chart: Chart? {
    guard let without, let with, let distance, distance > 0 else { return nil }
    let xs = (0...8).map { distance * 2 * Double($0) / 8 }
    return Chart(
      id: "line", title: "Cost per year over the length of the line",
      summary: sentence,
      body: .lines(
        Lines(
          axis: .numbers(xs, quantity: "Length of the line", unit: "km"),
          series: [
            Series("without \(line.market)", xs.map { _ in without }, colour: .biomass),
            Series("with \(line.market) and its line", xs.map { with + yearly * $0 }, colour: .outside),
          ], quantity: "Cost per year", unit: currency + "/y", fromZero: false)))
  }

  /// The page.
  package func page() -> Page {
    var table = Table(columns: [.text(""), .number("Cost per year"), .number("Proven least")])
    func money(_ value: Double?) -> String { value.map { Scale.text($0, currency + "/y", digits: 6) } ?? "no plan" }
    table.add(["Best system without \(line.market)", money(without), money(boundWithout)])
    table.add(["Best system with \(line.market), the line not counted", money(with), money(boundWith)])
    table.add(["A kilometre of line", money(yearly), ""])
    var contents: [Page.Content] = [.lead(sentence)]
    if let chart { contents.append(.chart(chart)) }
    contents += [
      .table(table),
      .text(
        "Length = (cost without - cost with) / (capital by length x capital recovery factor + operation by length), capital \(Scale.text(line.capital, currency + "/km")), operation \(Scale.text(line.operation, currency + "/km/y")). Both systems are planned with all sizes free."
      ),
    ]
    return Page(
      title: project.name, subtitle: "Break-even length of a line to \(line.market)", cover: project.cover,
      sections: [Page.Section(id: "line", title: "In short", contents)], footer: "Made by Tulou \(version).")
  }

  /// `result.json`.
  package func json(timing: [(String, Double)]) -> JSON {
    .object([
      ("tulou", .text(version)), ("project", .text(project.name)), ("study", .text("break_even")),
      ("status", .text(with == nil ? "infeasible" : "optimal")), ("currency", .text(currency)),
      ("market", .text(line.market)), ("distance", .optional(distance)), ("unit", .text("km")),
      ("sentence", .text(sentence)), ("without", .optional(without)), ("with", .optional(with)),
      ("bound_without", .optional(boundWithout)), ("bound_with", .optional(boundWith)),
      ("capital_per_length", .number(line.capital)), ("operation_per_length", .number(line.operation)),
      ("cost_per_length", .number(yearly)), ("timing", .object(timing.map { ($0.0, .number($0.1)) })),
    ])
  }
}
