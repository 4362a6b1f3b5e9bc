import TulouPlanning
import TulouQuantities

extension ResourceReport {
  /// Quality of the weather files, before and after repairs.
  static func quality(_ survey: ResourceSurvey) -> Page.Section? {
    guard !survey.quality.isEmpty else { return nil }
    var contents: [Page.Content] = [
      .text(
        "Looked for: gaps, frozen and impossible values, irradiance above a very clean sky or at night; closure is the mean of |global - diffuse - beam cos z| above 50 W/m²; the offset is where the sun fits the stamps best, in half hours."
      )
    ]
    for one in survey.quality { contents.append(.table(table(one))) }
    return Page.Section(id: "quality", title: "Quality of the weather file", contents)
  }

  private static func table(_ one: QualitySurvey) -> Table {
    var table = Table(one.source, columns: [.text("Looked for"), .number("As recorded")])
    if one.isRepaired { table.columns.append(.number("After repairs")) }
    func text(_ value: Double?, _ unit: String) -> String {
      guard let value else { return NumberText.none }
      if unit == "steps" { return "\(NumberText.significant(value)) of \(one.steps) steps" }
      return NumberText.fixed(value, decimals: 1) + " " + Scale.pretty(unit)
    }
    for row in one.rows {
      table.add([row.name, text(row.recorded, row.unit)] + (one.isRepaired ? [text(row.repaired, row.unit)] : []))
    }
    return table
  }
}
