import TulouAccounts
package import TulouDocument
package import TulouPlanning
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// A front as it is shown, written and read again.
package struct FrontResult: Sendable {
  /// The project.
  package var project: Project
  /// Goals.
  package var first: ParetoAxis, second: ParetoAxis
  /// Points asked for.
  package var points: Int
  /// Points that are there, in the order of their numbers.
  package var records: [FrontRecord]
  /// `optimal` where all points are there and proven, else `feasible`, `cancelled`, `limit`, `infeasible`.
  package var status: String
  /// Whether the goals agree in one plan.
  package var isOnePoint: Bool
  /// What a person should know.
  package var warnings: [Diagnostic]
  /// Designs beside it; nil: not asked for.
  package var bred: BredFront?
  /// Version of the program.
  package var version: String

  /// A front.
  package init(
    project: Project, first: ParetoAxis, second: ParetoAxis, points: Int, records: [FrontRecord], status: String,
    isOnePoint: Bool = false, warnings: [Diagnostic] = [], version: String
  ) {
    self.project = project
    self.first = first
    self.second = second
    self.points = points
    self.records = records.sorted { $0.number < $1.number }
    self.status = status
    self.isOnePoint = isOnePoint
    self.warnings = warnings
    self.version = version
  }

  private var firstUnit: String { first.unit(currency: project.economy.currency) }
  private var secondUnit: String { second.unit(currency: project.economy.currency) }

  /// Name of a goal; it says where the numbers of a point are only at least what stands there.
  private func quantity(_ goal: ParetoAxis) -> String {
    AtLeast.quantity(goal.quantity, records.contains { $0.isAtLeast(goal) })
  }

  /// The widest gap of all points.
  package var widestGap: Double { records.map(\.gap).max() ?? .nan }

  /// `result.json` of the front.
  package func json(timing: [(String, Double)]) -> JSON {
    .object(
      fields + (bred.map { [("bred", json($0))] } ?? []) + [
        ("timing", .object(timing.map { ($0.0, .number($0.1)) }))
      ])
  }

  private var fields: [(String, JSON)] {
    [
      ("tulou", .text(version)), ("project", .text(project.name)), ("study", .text("pareto")),
      ("status", .text(status)), ("currency", .text(project.economy.currency)),
      (
        "objectives",
        .array([
          .object([("name", .text(first.rawValue)), ("unit", .text(firstUnit)), ("minimised", .bool(true))]),
          .object([
            ("name", .text(second.rawValue)), ("unit", .text(secondUnit)),
            ("held", .text(second.smallerIsBetter ? "at most" : "at least")),
          ]),
        ])
      ), ("points_asked", .integer(points)), ("one_point", .bool(isOnePoint)), ("widest_gap", .number(widestGap)),
      ("points", .array(records.map(\.json))),
      (
        "warnings",
        .array(
          (project.warnings + warnings).map {
            .object([("path", .text($0.path)), ("message", .text($0.message)), ("advice", .text($0.advice))])
          })
      ),
    ]
  }

  /// `front.csv`: a row a point; goals, proof, sizes, indicators, units in the header.
  package func csv() -> [UInt8] {
    let headings = StudyNumbers.headings(records.map(\.numbers))
    let atLeast = Set(records.flatMap(\.numbers.atLeast))
    func goal(_ word: String) -> String { AtLeast.quantity(word, atLeast.contains(word)) }
    var names = [
      "point", StudyNumbers.heading(goal(first.rawValue), firstUnit),
      StudyNumbers.heading(goal(second.rawValue), secondUnit),
      StudyNumbers.heading("\(second.rawValue) held at", secondUnit), "minimised", "value", "bound", "gap",
      "largest relative residual", "exchange [\(firstUnit) per \(secondUnit)]", "status", "solver",
    ]
    names += headings.sizes.map { StudyNumbers.heading($0.key, $0.unit) }
    names += headings.indicators.map { StudyNumbers.heading($0.key, $0.unit, atLeast.contains($0.key)) }
    let marks = !atLeast.isEmpty
    if marks { names.append(AtLeast.column) }
    var text = names.map(CSVText.cell).joined(separator: ",") + "\n"
    func digits(_ value: Double?) -> String {
      guard let value, value.isFinite else { return "" }
      return JSON.digits(value)
    }
    for record in records {
      var cells = [
        "\(record.number + 1)", digits(record.place.first), digits(record.place.second), digits(record.limit),
        CSVText.cell(record.objective), digits(record.value), digits(record.bound), digits(record.gap),
        digits(record.relativeResidual), digits(record.exchange), record.status, CSVText.cell(record.solver),
      ]
      cells += record.numbers.cells(headings)
      if marks { cells.append(record.numbers.atLeast.joined(separator: " ")) }
      text += cells.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  /// The report of the front.
  package var report: FrontReport {
    let sizes = StudyNumbers.headings(records.map(\.numbers)).sizes
    let legend = Legend(project)
    func name(_ key: String) -> String {
      let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
      return legend.name(parts[0]) + (parts.count > 1 ? ", " + parts[1] : "")
    }
    func largest(_ unit: String) -> Double {
      records.flatMap(\.numbers.sizes).reduce(0) { $1.unit == unit ? max($0, $1.capacity) : $0 }
    }
    var report = FrontReport(
      project: project.name, x: (quantity(first), firstUnit), y: (quantity(second), secondUnit),
      points: records.map { record in
        FrontReport.Point(
          name: "\(record.number + 1)", x: record.place.first, y: record.place.second,
          sizes: sizes.map { size in
            record.numbers.sizes.first { $0.key == size.key }.map {
              StudyNumbers.text($0.capacity, $0.unit, largest: largest(size.unit))
            } ?? ""
          }, columns: [FrontResult.gap(record.gap)], isProven: record.isProven, xIsAtLeast: record.isAtLeast(first),
          yIsAtLeast: record.isAtLeast(second))
      }, version: version)
    report.cover = project.cover
    report.sizeNames = sizes.map { name($0.key) }
    report.columnNames = ["Gap to bound"]
    report.smallerIsBetter = second.smallerIsBetter
    report.proven = provenLine
    report.links = records.map { record in
      (
        text:
          "Plan \(record.number + 1): \(AtLeast.text(Scale.text(record.place.first, firstUnit), record.isAtLeast(first))), "
          + AtLeast.text(Scale.text(record.place.second, secondUnit), record.isAtLeast(second)),
        place: FrontRecord.folder(record.number) + "/report.html"
      )
    }
    report.remarks = bredSentences + remarks
    report.bred = bredSets
    report.charts = sizeCharts(sizes, legend)
    // Half a page each only where two stand side by side.
    if report.charts.count == 1 { report.charts[0].width = .full }
    return report
  }

  /// The proofs of all points together: `first >= bound_i + exchange_i (limit_i - second)` holds for every plan, for the
  /// bound of a linear problem moves with the limit that is held as its multiplier says; the best of the first goal bounds
  /// all. Empty for goals that are quotients, and where whole numbers leave no multipliers.
  package var provenLine: [(x: Double, y: Double)] {
    var lines: [(bound: Double, slope: Double, at: Double)] = []
    for record in records where record.bound.isFinite {
      if record.number == 0 { lines.append((record.bound, 0, 0)) }
      if let limit = record.limit, let exchange = record.exchange, exchange >= 0 {
        lines.append((record.bound, exchange, limit))
      }
    }
    guard second.smallerIsBetter, lines.count > 1, let low = records.map(\.place.second).min(),
      let high = records.map(\.place.second).max(), high > low
    else { return [] }
    func least(_ y: Double) -> Double { lines.reduce(-.infinity) { max($0, $1.bound + $1.slope * ($1.at - y)) } }
    // Corners lie where two of the lines meet.
    var ys = [low, high]
    for (i, a) in lines.enumerated() {
      for b in lines[(i + 1)...] where a.slope != b.slope {
        let y = (a.bound + a.slope * a.at - b.bound - b.slope * b.at) / (a.slope - b.slope)
        if y > low, y < high, abs(a.bound + a.slope * (a.at - y) - least(y)) <= 1e-9 * abs(least(y)) { ys.append(y) }
      }
    }
    var corners = ys.sorted(by: >).map { (x: least($0), y: $0) }
    // At the best of the second goal nothing lies left of what is proven there.
    if let end = records.filter({ $0.bound.isFinite }).min(by: { $0.place.second < $1.place.second }),
      end.exchange == nil,
      end.bound > least(low)
    {
      corners.append((end.bound, low))
    }
    return corners
  }

  private var remarks: [String] {
    var remarks: [String] = []
    if isOnePoint { remarks.append("The two goals agree: one plan is the best for both, and nothing lies between.") }
    if records.count < points, !isOnePoint {
      remarks.append("\(records.count) of \(points) points are here; the search was stopped or a point has no plan.")
    }
    if widestGap.isFinite {
      remarks.append(
        "Every point was proven by itself: no plan with the same \(second.quantity.inSentence) is better in \(first.quantity.inSentence) by more than \(FrontResult.gap(max(0, widestGap))) of it. Values and bounds stand in front.csv and result.json."
      )
    }
    for record in records where !record.message.isEmpty {
      remarks.append("Plan \(record.number + 1): \(record.message)")
    }
    return remarks + warnings.map { $0.message + ($0.advice.isEmpty ? "" : " " + $0.advice) }
  }

  /// Sizes along the front, a chart a unit.
  private func sizeCharts(_ sizes: [StudyNumbers.Size], _ legend: Legend) -> [Chart] {
    guard records.count > 1 else { return [] }
    var units: [String] = []
    for size in sizes where !units.contains(size.unit) { units.append(size.unit) }
    return units.enumerated().compactMap { i, unit in
      let own = sizes.filter { $0.unit == unit }
      let series = own.compactMap { size -> Series? in
        let values = records.map { record in
          record.numbers.sizes.first { $0.key == size.key }?.capacity ?? 0
        }
        guard values.contains(where: { $0 > 0 }) else { return nil }
        let parts = size.key.split(separator: ".", maxSplits: 1).map(String.init)
        return Series(
          legend.name(parts[0]) + (parts.count > 1 && parts[1] != Size.Part.power.rawValue ? ", " + parts[1] : ""),
          values,
          colour: legend.colour(parts[0]))
      }
      guard !series.isEmpty else { return nil }
      let quantity = unit == "kW" ? "Power" : unit == "kWh" ? "Content" : "Size"
      return Chart(
        id: "front-sizes-\(i)", title: "\(quantity) of the plants along the front",
        summary: "One bar a plan, numbered as in the table: how the system changes from one goal to the other.",
        width: .half,
        body: .bars(
          Bars(categories: records.map { "\($0.number + 1)" }, series: series, quantity: quantity, unit: unit)))
    }
  }

  /// A few lines for a terminal.
  package func answer(report place: String) -> [String] {
    var lines = report.shortTable.lines
    if isOnePoint { lines.append("The two goals agree: one plan is best for both.") }
    lines += bredSentences
    let proof =
      widestGap <= 2e-6
      ? "every point proven to \(FrontResult.gap(widestGap)) of its bound"
      : "widest gap to the bound \(FrontResult.gap(widestGap))"
    lines.append(
      "\(records.count) of \(isOnePoint ? records.count : points) points, \(widestGap.isNaN ? "none found" : proof)")
    return lines + ["Report: " + place]
  }

  static func gap(_ gap: Double) -> String {
    guard gap.isFinite else { return NumberText.none }
    return gap <= 1e-12 ? "0" : NumberText.percent(gap, digits: 2)
  }
}
