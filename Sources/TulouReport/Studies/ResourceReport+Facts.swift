import TulouPlanning
import TulouQuantities

extension ResourceReport {
  /// Rain and snow in one sentence.
  static func sentence(_ facts: FactSurvey) -> String {
    var parts: [String] = []
    if let rain = facts.rain, let wettest = rain.max() {
      let month = rain.firstIndex(of: wettest).map { HourlyData.months[$0] } ?? ""
      parts.append(
        "Rain \(NumberText.significant(rain.reduce(0, +))) mm a year, most in \(month) (\(NumberText.significant(wettest)) mm)"
      )
    }
    if let days = facts.snowDays?.reduce(0, +) {
      var text = "snow on the ground on \(NumberText.significant(days)) days"
      if let depth = facts.greatestSnow, depth > 0 {
        text += ", at most \(NumberText.significant(depth * 100)) cm"
      }
      parts.append(parts.isEmpty ? text.prefix(1).uppercased() + text.dropFirst() : text)
    }
    return parts.joined(separator: "; ") + ". Facts only: no model uses them."
  }

  /// Rain and snow by month, as facts.
  static func rainAndSnow(_ survey: ResourceSurvey) -> Page.Section? {
    var contents: [Page.Content] = []
    for facts in survey.facts {
      contents.append(.text((survey.facts.count > 1 ? "\(facts.resource): " : "") + sentence(facts)))
      var table = Table(columns: [.text("Month")])
      if facts.rain != nil { table.columns.append(.number("Rain [mm]")) }
      if facts.snowDays != nil { table.columns.append(.number("Days with snow")) }
      for month in 0..<12 {
        var row = [HourlyData.months[month]]
        if let rain = facts.rain { row.append(NumberText.significant(rain[month])) }
        if let days = facts.snowDays { row.append(NumberText.significant(days[month])) }
        table.add(row)
      }
      contents.append(.table(table))
    }
    return contents.isEmpty ? nil : Page.Section(id: "rain", title: "Rain and snow", contents)
  }
}
