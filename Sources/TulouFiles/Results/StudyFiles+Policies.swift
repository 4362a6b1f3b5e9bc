package import TulouReport

extension StudyFiles {
  /// Writes what policies bring: page, a page per actor, `result.json`, `policies.csv`.
  @discardableResult
  package static func write(
    _ report: PolicyReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    let pages = report.actorPages.map { ("actors/\($0.name).html", $0.page.file()) }
    return try write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: [("policies.csv", report.csv())] + pages + (lock?.files ?? []), to: directory, plotlyPath: plotlyPath)
  }

  /// The text of its `result.json`.
  package static func text(_ report: PolicyReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }
}
