public import TulouReport

/// Writes what studies other than `plan` leave behind.
public enum StudyFiles {
  /// Writes a page as `report.html`, a value as `result.json`, and further files, whole or not at all.
  ///
  /// - Returns: Names of the files written.
  @discardableResult
  package static func write(
    page: Page, json: JSON, further: [(name: String, bytes: [UInt8])] = [], removing: [String] = [],
    to directory: String, plotlyPath: String?
  ) throws(ResultFault) -> [String] {
    let plotly = plotlyPath.flatMap(PlotlyLibrary.text)
    let files =
      [
        (name: "result.json", bytes: Array(json.indented.utf8)),
        (name: "report.html", bytes: Array(page.html(plotly: plotly).utf8)),
      ] + further
    try WholeFiles.write(files, to: directory, removing: ["flows.csv", "cashflow.csv", "project.lock.yaml"] + removing)
    return files.map(\.name)
  }

  /// Writes the report of a staged plan: the path in `directory`, each stage in `stages/<id>`.
  @discardableResult
  public static func write(
    _ report: StagedReport, timing: [(String, Double)] = [], lock: String? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    let plotly = plotlyPath.flatMap(PlotlyLibrary.text)
    let timing = timing + [("peak_memory", PeakMemory.megabytes)]
    var further: [(name: String, bytes: [UInt8])] = []
    for stage in report.stages {
      let folder = "stages/\(stage.id)/"
      further.append((folder + "result.json", Array(stage.report.resultJSON(timing: []).indented.utf8)))
      further.append((folder + "flows.csv", stage.report.flowsCSV()))
      further.append((folder + "cashflow.csv", stage.report.cashFlowCSV()))
      further.append((folder + "report.html", Array(stage.report.page().html(plotly: plotly).utf8)))
    }
    if let lock { further.append(("project.lock.yaml", Array(lock.utf8))) }
    return try write(
      page: report.page(), json: report.resultJSON(timing: timing), further: further, to: directory,
      plotlyPath: plotlyPath)
  }

  /// The text of a staged plan's `result.json`.
  public static func text(_ report: StagedReport, timing: [(String, Double)] = []) -> String {
    report.resultJSON(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
