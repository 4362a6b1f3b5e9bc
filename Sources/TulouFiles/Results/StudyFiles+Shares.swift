package import TulouReport

extension StudyFiles {
  /// Writes a search of the share model: page, `result.json`, `designs.csv`, `shares.csv`, `history.csv`.
  @discardableResult
  package static func write(
    _ report: ShareStudyReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    try write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: [
        ("designs.csv", report.designsCSV()), ("shares.csv", report.sharesCSV()),
        ("history.csv", report.historyCSV()),
      ] + (lock?.files ?? []), to: directory, plotlyPath: plotlyPath)
  }

  /// The text of its `result.json`.
  package static func text(_ report: ShareStudyReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
