import Foundation
import Synchronization

/// Differences to numbers that somebody else found, as `Sources/TulouCases/Papers/validation.csv` states them for the page
/// of validation.
///
/// A test measures its worst difference and asks whether the page states no less. `TULOU_DIFFERENCES=FILE` writes what was
/// measured, a line each: `id,difference`; the page's numbers are the largest of each id, rounded up, with room for other
/// processors (nothing below 1e-12, what a solver found not below 1e-8).
package enum Measured {
  /// Whether the page states a difference of `id` that is not below `difference`; false where the page does not know it.
  package static func isWithin(_ id: String, _ difference: Double) -> Bool {
    note(id, difference)
    return states(id, difference)
  }

  /// The same of a difference that nobody measured.
  package static func states(_ id: String, _ difference: Double) -> Bool {
    stated[id].map { difference <= $0 } ?? false
  }

  /// Relative difference to a number that is not zero.
  package static func relative(_ ours: Double, _ theirs: Double) -> Double { abs(ours / theirs - 1) }

  /// Stated differences by id.
  static let stated: [String: Double] = {
    let path = SharedFolder.packageRoot + "/Sources/TulouCases/Papers/validation.csv"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [:] }
    var found: [String: Double] = [:]
    // id, then the number: the cells that may hold commas come behind.
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      if cells.count == 3, let number = Double(cells[1]) { found[String(cells[0])] = number }
    }
    return found
  }()

  private static let lines = Mutex("")

  private static func note(_ id: String, _ difference: Double) {
    guard let file = ProcessInfo.processInfo.environment["TULOU_DIFFERENCES"] else { return }
    lines.withLock { text in
      text += "\(id),\(difference)\n"
      try? text.write(toFile: file, atomically: true, encoding: .utf8)
    }
  }
}
