package import TulouPlanning
import TulouReport

/// Writes what `tulou resource` leaves behind.
package enum ResourceFiles {
  /// Writes `resource.html`, `resource.json` and, where asked, `resource.csv`, whole or not at all.
  package static func write(
    _ survey: ResourceSurvey, demands: [(id: String, power: [Double])], csv: Bool, version: String,
    to directory: String, plotlyPath: String? = nil, language: String? = nil
  ) throws(ResultFault) {
    let page = ResourceReport(survey, version: version).page()
    var files = [
      (name: "resource.json", bytes: Array(ResourceReport.json(survey, version: version).utf8)),
      (name: "resource.html", bytes: page.file(plotly: plotlyPath.flatMap(PlotlyLibrary.text), in: language)),
    ]
    if csv { files.append((name: "resource.csv", bytes: ResourceReport.csv(survey, demands: demands))) }
    try WholeFiles.write(files, to: directory, names: ResultNames.resource)
  }
}
