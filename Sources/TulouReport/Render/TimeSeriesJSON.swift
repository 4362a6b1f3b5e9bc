import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities

extension PlanReport {
  /// `timeseries.json` of a simulated year: what `flows.csv` and `reasons.csv` hold, an array a column; nil where no rule
  /// dispatched.
  ///
  /// `time` is the START of each step in local standard time of `time_zone`; a column's unit stands in its title.
  package func timeSeriesJSON() -> [UInt8]? {
    guard let rules else { return nil }
    let columns = flowColumns() + rules.numbers.map { (title: $0.title, values: $0.values) }
    let words = [(title: "reasons", values: rules.reasons)] + rules.machines.map { (title: $0.id, values: $0.phrases) }
    var text: [UInt8] = []
    text.reserveCapacity(plan.problem.steps * (40 + columns.count * 9))
    func key(_ name: String) { text += (JSON.quoted(name) + ":").utf8 }
    func list(_ count: Int, _ append: (Int) -> Void) {
      text.append(91)
      for i in 0..<count {
        if i > 0 { text.append(44) }
        append(i)
      }
      text.append(93)
    }
    text.append(123)
    key("time_zone")
    text += (JSON.quoted(project.timeZone) + ",").utf8
    key("standard_time")
    text += (JSON.quoted(project.horizon.clock.standardName) + ",").utf8
    key("step_hours")
    CSVText.append(project.horizon.stepHours, to: &text)
    text.append(44)
    key("time")
    list(rules.reasons.count) { text += JSON.quoted(project.horizon.moment($0).stamp).utf8 }
    text += ",\n".utf8
    key("columns")
    text.append(123)
    for (c, column) in columns.enumerated() {
      text += (c > 0 ? ",\n" : "\n").utf8
      key(column.title)
      list(column.values.count) { t in
        let value = column.values[t]
        if value.isFinite { CSVText.append(value, to: &text) } else { text += "null".utf8 }
      }
    }
    text += "},\n".utf8
    key("words")
    text.append(123)
    for (c, column) in words.enumerated() {
      text += (c > 0 ? ",\n" : "\n").utf8
      key(column.title)
      list(column.values.count) { text += JSON.quoted(column.values[$0]).utf8 }
    }
    text += "}}\n".utf8
    return text
  }
}
