package import TulouReport

extension StudyFiles {
  /// Writes the alternatives of a project: page, `result.json`, `alternatives.csv`.
  @discardableResult
  package static func write(
    _ report: AlternativesReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    try write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: [("alternatives.csv", report.csv())] + (lock?.files ?? []), to: directory, plotlyPath: plotlyPath)
  }

  /// The text of their `result.json`.
  package static func text(_ report: AlternativesReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
