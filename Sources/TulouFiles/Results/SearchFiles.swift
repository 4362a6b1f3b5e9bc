import Foundation
public import TulouPlanning
import TulouProject
import TulouQuantities
public import TulouReport

/// What a search leaves behind, and how an interrupted one is found again.
public enum SearchFiles {
  /// Writes `result.json`, `report.html`, `candidates.csv`, `categorized.csv`, `rejected.csv` (some of those rejected) and
  /// `surface.csv` (the best over any two sizes), `rejections.csv` (how many broke what), where rows were opened
  /// `comparison.csv` (the best against the base case), of a stopped optimiser `designs.csv`, whole or not at all.
  @discardableResult
  public static func write(
    _ report: SearchReport, timing: [(String, Double)] = [], lock: LockFile? = nil, to directory: String,
    plotlyPath: String? = nil
  ) throws(ResultFault) -> [String] {
    var further: [(name: String, bytes: [UInt8])] = [
      ("candidates.csv", report.csv(report.outcome.rows)), ("categorized.csv", report.csv(report.outcome.categories)),
    ]
    for (name, bytes) in [
      ("rejected.csv", report.outcome.rejectedSample.isEmpty ? [] : report.csv(report.outcome.rejectedSample)),
      ("surface.csv", report.surfaceCSV()), ("comparison.csv", report.comparisonCSV()),
      ("rejections.csv", report.rejectionsCSV()),
    ] where !bytes.isEmpty { further.append((name, bytes)) }
    let tried = report.triedCSV()
    if !tried.isEmpty { further.append(("designs.csv", tried)) }
    further += lock?.files ?? []
    return try StudyFiles.write(
      page: report.page(), json: report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]),
      further: further,
      keeping: report.opened.compactMap { row in
        StudyFiles.place(of: row.folder, in: directory).map { (row.folder, $0) }
      },
      to: directory, plotlyPath: plotlyPath)
  }

  /// Writes an opened row as a plan like any other, below the search's folder; it takes its place when the search is written.
  public static func write(_ results: ResultSet, opened number: Int, to directory: String) throws(ResultFault) {
    try results.write(to: directory + "/" + StudyFiles.unfinished("plans/\(number)"))
  }

  /// A short text that is the same for the same inputs, whatever else a search is told by.
  public static func digest(of inputs: [String]) -> String {
    String(Digest.sha256(Array(inputs.joined(separator: "\u{0}").utf8)).prefix(16))
  }

  /// The text of a search's `result.json`.
  public static func text(_ report: SearchReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }

  /// Whether a folder holds results of any study.
  public static func isThere(_ directory: String) -> Bool {
    FileManager.default.fileExists(atPath: directory + "/result.json")
  }

  /// An interrupted search in a folder: what it had done and the sizes of its rows, without their numbers; nil where
  /// there is none, or where it reached its end.
  public static func interrupted(in directory: String) -> SearchProgress? {
    guard let bytes = try? FileBytes.read(directory + "/result.json", most: 1 << 30), let root = JSON(parsing: bytes),
      let search = root["search"], search["complete"]?.text == "no", let fingerprint = search["fingerprint"]?.text,
      let evaluated = search["evaluated"]?.number, let feasible = search["feasible"]?.number
    else { return nil }
    var progress = SearchProgress(
      fingerprint: fingerprint, evaluated: Int(saturating: evaluated), feasible: Int(saturating: feasible))
    let alone = search["rejected_by_nothing_else"]
    for (key, value) in search["rejected"]?.fields ?? [] {
      progress.rejected.append((key, Int(saturating: value.number ?? 0), Int(saturating: alone?[key]?.number ?? 0)))
    }
    let strategies = (search["strategies"]?.values ?? []).compactMap(\.text)
    for row in root["candidates"]?.values ?? [] {
      let place = strategies.firstIndex(of: row["dispatch"]?.text ?? "") ?? 0
      progress.rows.append((place, (row["sizes"]?.fields ?? []).map { field in field.1.number ?? 0 }))
    }
    if let row = search["least_capital"], let sizes = row["sizes"]?.fields {
      progress.rows.append((Int(saturating: row["strategy"]?.number ?? 0), sizes.map { $0.1.number ?? 0 }))
    }
    for one in search["rejected_sample"]?.values ?? [] {
      let numbers = (one.values ?? []).compactMap(\.number)
      guard let strategy = numbers.first else { continue }
      progress.sample.append((Int(saturating: strategy), Array(numbers.dropFirst())))
    }
    progress.surface = surface(in: directory)
    progress.tried = tried(in: directory)
    return progress
  }

  /// The designs of `surface.csv`; none where it is missing.
  private static func surface(in directory: String) -> [DesignSurface.Cell] {
    guard let bytes = try? FileBytes.read(directory + "/surface.csv", most: 1 << 28) else { return [] }
    return bytes.split(separator: 10).dropFirst().compactMap { line in
      let cells = line.split(separator: 44, omittingEmptySubsequences: false).dropFirst(4)
        .map { Double(String(decoding: $0, as: UTF8.self)) ?? .nan }
      guard cells.count > 7, cells[0].isFinite else { return nil }
      return DesignSurface.Cell(
        strategy: Int(saturating: cells[0]), numbers: Array(cells[1..<7]), sizes: Array(cells[7...]))
    }
  }

  /// The designs of `designs.csv`; none where it is missing or torn.
  private static func tried(in directory: String) -> [TriedDesign] {
    guard let bytes = try? FileBytes.read(directory + "/designs.csv", most: 1 << 30) else { return [] }
    var tried: [TriedDesign] = []
    for line in bytes.split(separator: 10).dropFirst() {
      let cells = line.split(separator: 44).map { Double(String(decoding: $0, as: UTF8.self)) }
      guard cells.count > 3, !cells.contains(nil) else { return [] }
      let numbers = cells.compactMap { $0 }
      tried.append(
        TriedDesign(
          strategy: Int(saturating: numbers[0]), sizes: Array(numbers[3...]), violation: numbers[1], value: numbers[2]))
    }
    return tried
  }
}
