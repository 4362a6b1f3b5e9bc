package import TulouReport

/// Writes what studies other than `plan` leave behind.
package enum StudyFiles {
  /// Writes a page as `report.html`, a value as `result.json`, and further files, whole or not at all.
  ///
  /// - Parameters:
  ///   - keeping: What the study wrote before: the name that it gets, and where it lies.
  ///   - parts: Further files, made part by part when their turn comes.
  /// - Returns: Names of the files written, those of `parts` left out.
  @discardableResult
  package static func write(
    page: Page, json: JSON, further: [(name: String, bytes: [UInt8])] = [],
    keeping: [(name: String, place: String)] = [], parts: [() -> [(name: String, bytes: [UInt8])]] = [],
    to directory: String, plotlyPath: String?
  ) throws(ResultFault) -> [String] {
    let plotly = plotlyPath.flatMap(PlotlyLibrary.text)
    let files =
      [
        (name: "result.json", bytes: Array(json.indented.utf8)),
        (name: "report.html", bytes: page.file(plotly: plotly)),
      ] + further
    // Points, cases and opened rows that this study wrote before stay, and so does its journal.
    let journals = ["points.jsonl", "cases.jsonl"].filter { Disk.exists(directory + "/" + $0) }.map { ($0, $0) }
    try WholeFiles.write(files, to: directory, keeping: keeping + journals, parts: parts)
    return files.map(\.name)
  }

  /// A part of a study that is written before the study is done, e.g. `points/3`: it lies apart until then, so that a stop
  /// leaves the results of the run before as they are.
  static func unfinished(_ name: String) -> String {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (ResultNames.unfinished[parts[0]] ?? parts[0]) + "/" + parts[1] : name
  }

  /// Where a part lies now: apart, or, of a run that was interrupted and written, in its place.
  static func place(of name: String, in directory: String) -> String? {
    [unfinished(name), name].first { Disk.exists(directory + "/" + $0) }
  }

  /// Writes the report of a staged plan: the path in `directory`, each stage in `stages/<id>`.
  @discardableResult
  package static func write(
    _ report: StagedReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    let plotly = plotlyPath.flatMap(PlotlyLibrary.text)
    let timing = timing + [("peak_memory", PeakMemory.megabytes)]
    let parts = report.stages.map { stage in
      { part(stage.report, "stages/\(stage.id)/", plotly: plotly) }
    }
    return try write(
      page: report.page(), json: report.resultJSON(timing: timing), further: lock?.files ?? [], parts: parts,
      to: directory, plotlyPath: plotlyPath)
  }

  /// Files of a stage or year below those of the whole.
  static func part(_ report: PlanReport, _ folder: String, plotly: String?) -> [(name: String, bytes: [UInt8])] {
    [
      (folder + "result.json", Array(report.resultJSON(timing: []).indented.utf8)),
      (folder + "flows.csv", report.flowsCSV()), (folder + "cashflow.csv", report.cashFlowCSV()),
      (folder + "report.html", report.page().file(plotly: plotly)),
    ]
  }

  /// The text of a staged plan's `result.json`.
  package static func text(_ report: StagedReport, timing: [(String, Double)] = []) -> String {
    report.resultJSON(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
