public import TulouReport

/// Writes what studies other than `plan` leave behind.
public enum StudyFiles {
  /// Writes a page as `report.html`, a value as `result.json`, and further files, whole or not at all.
  ///
  /// - Parameter keeping: What the study wrote before: the name that it gets, and where it lies.
  /// - Returns: Names of the files written.
  @discardableResult
  package static func write(
    page: Page, json: JSON, further: [(name: String, bytes: [UInt8])] = [],
    keeping: [(name: String, place: String)] = [], to directory: String, plotlyPath: String?
  ) throws(ResultFault) -> [String] {
    let plotly = plotlyPath.flatMap(PlotlyLibrary.text)
    let files =
      [
        (name: "result.json", bytes: Array(json.indented.utf8)),
        (name: "report.html", bytes: Array(page.html(plotly: plotly).utf8)),
      ] + further
    // Points, cases and opened rows that this study wrote before stay, and so does its journal.
    let journals = ["points.jsonl", "cases.jsonl"].filter { Disk.exists(directory + "/" + $0) }.map { ($0, $0) }
    try WholeFiles.write(files, to: directory, keeping: keeping + journals)
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
  public static func write(
    _ report: StagedReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
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
    further += lock?.files ?? []
    return try write(
      page: report.page(), json: report.resultJSON(timing: timing), further: further, to: directory,
      plotlyPath: plotlyPath)
  }

  /// The text of a staged plan's `result.json`.
  public static func text(_ report: StagedReport, timing: [(String, Double)] = []) -> String {
    report.resultJSON(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
