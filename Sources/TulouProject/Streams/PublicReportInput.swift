import TulouDocument
import TulouStreams

/// Totals of a public report as written.
struct PublicReportInput: Sendable {
  var name: String?
  var year: Int?
  var emission: Node?
  var water: Node?
  var source = ""
  var why: String?

  static let table = FieldTable<PublicReportInput>(
    "a public report",
    [
      .reference("name", to: "text", \.name, .required, "Who says it, free text."),
      .integer("year", \.year, in: 1800...2200, "Year that it is of."),
      .node("co2", \.emission, .number([StreamUnits.massAmount]), "CO2 that it says is avoided."),
      .node("water", \.water, .number(StreamUnits.water), "Water that it says is saved."),
      .text("source", \.source, "Where it stands."),
      .reference(
        "why", to: "text", \.why, .required,
        "Why its totals differ from those of the match, in a sentence: its baseline."),
    ])
}

extension StreamUnits {
  /// Yearly amounts of water.
  static let water = [massAmount, volumeAmount]
}

extension StreamDecoder {
  /// Public reports under 'match'.
  func readReports(_ node: Node?, _ decoding: inout Decoding) -> [PublicReport] {
    guard let node else { return [] }
    return decoding.within("match") { outer in
      outer.within("reports") { inner in
        guard let items = node.items else {
          inner.error("'reports' takes a list of reports, not \(node.kindName).", at: node.mark)
          return []
        }
        return items.map { item in
          var input = PublicReportInput()
          inner.read(PublicReportInput.table, item, into: &input)
          var report = PublicReport()
          report.name = input.name ?? ""
          report.year = input.year
          report.source = input.source
          report.why = input.why ?? ""
          report.emission = inner.stream(input.emission, "co2", [StreamUnits.massAmount], in: .notNegative)
            .map { 1000 * $0 }
          report.water = inner.stream(input.water, "water", StreamUnits.water, in: .notNegative)
          if report.emission == nil, report.water == nil, !inner.hasErrors {
            inner.error("A report has 'co2' or 'water'.", at: item.mark)
          }
          return report
        }
      }
    }
  }
}
