package import TulouReport

extension StudyFiles {
  /// Writes entries and exits of members: page, `result.json`, `growth.csv`.
  @discardableResult
  package static func write(
    _ report: GrowthReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    try write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: [("growth.csv", report.csv())] + (lock?.files ?? []), to: directory, plotlyPath: plotlyPath)
  }

  /// The text of its `result.json`.
  package static func text(_ report: GrowthReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
