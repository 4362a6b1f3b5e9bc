import TulouQuantities

extension HourlyData {
  /// The first shown week of a view as a chart, for paper and for pages without script.
  func week(view: String) -> Chart {
    let count = min(horizon.steps - firstShown, Int(saturating: (168 / horizon.stepHours).rounded()))
    let range = firstShown..<(firstShown + max(1, count))
    func cut(_ line: Line, _ sign: Double) -> [Double] { range.map { line.values[$0] * sign } }
    let mine = lines.filter { $0.view == view }
    var series: [Series] = []
    for line in mine where line.part == .supply && range.contains(where: { line.values[$0] > 0 }) {
      series.append(Series(line.name, cut(line, 1), colour: line.colour, style: .area))
    }
    for line in mine where line.part == .use && range.contains(where: { line.values[$0] > 0 }) {
      series.append(Series(line.name, cut(line, -1), colour: line.colour, style: .area))
    }
    for line in mine where line.part == .demand {
      series.append(Series(line.name, cut(line, 1), colour: line.colour, style: .line))
    }
    let unit = mine.first?.unit ?? "kW"
    return Chart(
      id: "hours-week", title: "A week of hours",
      summary: "Supply by source, storage and demand over the week from \(stamp(range.lowerBound)).",
      body: .lines(
        Lines(axis: .moments(range.map(stamp)), series: series, quantity: "Power", unit: unit)))
  }

  /// The first series as a map; nil without series.
  func map() -> Chart? {
    guard let line = lines.first else { return nil }
    let rows = max(1, Int(saturating: (24 / horizon.stepHours).rounded()))
    var columnTicks: [(column: Int, text: String)] = []
    for column in 0..<((horizon.steps + rows - 1) / rows) {
      let date = horizon.moment(column * rows).date
      if date.day == 1 || (column == 0 && date.day < 20) {
        columnTicks.append((column, HourlyData.months[date.month - 1]))
      }
    }
    // Many years: a tick a January.
    if columnTicks.count > 26 { columnTicks = columnTicks.filter { $0.text == "Jan" } }
    return Chart(
      id: "map-first", title: "Day by hour", summary: "\(line.name) for every hour of the year, a column a day.",
      body: .heat(
        HeatMap(
          values: line.values, rows: rows, columnTicks: columnTicks,
          rowTicks: [0, 6, 12, 18].map { (row: $0 * rows / 24, text: $0 < 10 ? "0\($0) h" : "\($0) h") },
          quantity: line.name, unit: line.unit)))
  }

  /// English month names of three letters.
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private func stamp(_ t: Int) -> String { horizon.moment(t).stamp }
}
