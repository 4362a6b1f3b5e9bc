public import TulouPlanning
import TulouProject
public import TulouReport

/// What a search leaves behind, and how an interrupted one is found again.
public enum SearchFiles {
  /// Writes `result.json`, `report.html`, `candidates.csv` and `categorized.csv`, whole or not at all.
  @discardableResult
  public static func write(
    _ report: SearchReport, timing: [(String, Double)] = [], lock: String? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    var further: [(name: String, bytes: [UInt8])] = [
      ("candidates.csv", report.csv(report.outcome.rows)), ("categorized.csv", report.csv(report.outcome.categories)),
    ]
    if let lock { further.append(("project.lock.yaml", Array(lock.utf8))) }
    return try StudyFiles.write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: further, to: directory, plotlyPath: plotlyPath)
  }

  /// The text of a search's `result.json`.
  public static func text(_ report: SearchReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }

  /// An interrupted search in a folder: what it had done and the sizes of its rows, without their numbers; nil where
  /// there is none, or where it reached its end.
  public static func interrupted(in directory: String) -> SearchProgress? {
    guard let bytes = try? FileBytes.read(directory + "/result.json", most: 1 << 30), let root = JSON(parsing: bytes),
      let search = root["search"], search["complete"]?.text == "no", let fingerprint = search["fingerprint"]?.text,
      let evaluated = search["evaluated"]?.number, let feasible = search["feasible"]?.number
    else { return nil }
    var progress = SearchProgress(fingerprint: fingerprint, evaluated: Int(evaluated), feasible: Int(feasible))
    for (key, value) in search["rejected"]?.fields ?? [] { progress.rejected.append((key, Int(value.number ?? 0))) }
    guard case .array(let rows) = root["candidates"] ?? .null else { return progress }
    for row in rows {
      progress.sizes.append((row["sizes"]?.fields ?? []).map { field in field.1.number ?? 0 })
    }
    return progress
  }
}
