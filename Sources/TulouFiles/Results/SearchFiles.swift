import Foundation
import TulouDispatch
import TulouPlanning
import TulouProject
import TulouQuantities
package import TulouReport

/// What a search leaves behind, and how an interrupted one is found again.
package enum SearchFiles {
  /// Writes `result.json`, `report.html`, `candidates.csv`, `categorized.csv`, `rejected.csv` (some of those rejected) and
  /// `surface.csv` (the best over any two sizes), `rejections.csv` (how many broke what), where rows were opened
  /// `comparison.csv` (the best against the base case), whole or not at all.
  @discardableResult
  package static func write(
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
      ("front.csv", report.outcome.front.isEmpty ? [] : report.csv(report.outcome.front)),
    ] where !bytes.isEmpty { further.append((name, bytes)) }
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
  package static func write(_ results: ResultSet, opened number: Int, to directory: String) throws(ResultFault) {
    try results.write(to: directory + "/" + StudyFiles.unfinished("plans/\(number)"))
  }

  /// A short text that is the same for the same inputs, whatever else a search is told by.
  package static func digest(of inputs: [String]) -> String {
    String(Digest.sha256(Array(inputs.joined(separator: "\u{0}").utf8)).prefix(16))
  }

  /// The text of a search's `result.json`.
  package static func text(_ report: SearchReport, timing: [(String, Double)] = []) -> String {
    report.json(timing: timing + [("peak_memory", PeakMemory.megabytes)]).indented
  }

  /// Whether a folder holds results of any study.
  package static func isThere(_ directory: String) -> Bool {
    FileManager.default.fileExists(atPath: directory + "/result.json")
  }
}
