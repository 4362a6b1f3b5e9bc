import Foundation
import Synchronization
import TulouReport

/// Results of a study written as they come, a line each, so that an interrupted one goes on where it stopped.
///
/// The first line says of what study the lines are: a digest of all inputs, of the version and of the options that
/// change results. Lines of another study are left behind, and so is a line that a stop tore apart.
package final class StudyJournal: Sendable {
  /// Lines that were there already.
  let lines: [JSON]
  private let path: String
  private let file: Mutex<FileHandle?>

  /// Opens the journal of a study, or begins it anew.
  ///
  /// - Parameters:
  ///   - path: The file; its folder is made where it is missing.
  ///   - inputs: Everything that decides the results, e.g. the text of the lock file and the options.
  ///   - fresh: Whether earlier lines are thrown away.
  package init(path: String, inputs: [String], fresh: Bool = false) throws(ResultFault) {
    self.path = path
    let key = Digest.sha256(Array(inputs.joined(separator: "\u{0}").utf8))
    let header = JSON.object([("tulou_journal", .integer(1)), ("inputs", .text(key))]).compact + "\n"
    var found: [JSON] = []
    var kept = Array(header.utf8)
    if !fresh, let bytes = try? FileBytes.read(path, most: 1 << 30) {
      let old = bytes.split(separator: 10, omittingEmptySubsequences: false)
      if let first = old.first, Array(first) + [10] == kept {
        // The last piece has no line end; it is empty or torn.
        for line in old.dropFirst().dropLast() {
          guard let json = JSON(parsing: Array(line)) else { break }
          found.append(json)
          kept += line + [10]
        }
      }
    }
    lines = found
    do {
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(kept).write(to: url, options: .atomic)
      let handle = try FileHandle(forWritingTo: url)
      try handle.seekToEnd()
      file = Mutex(handle)
    } catch {
      throw ResultFault("'\(path)' cannot be written: \(error.localizedDescription)")
    }
  }

  /// Adds a line; it is on the disk when this returns.
  func add(_ line: JSON) {
    let bytes = Data((line.compact + "\n").utf8)
    file.withLock { handle in
      // A full disk costs the resumption, not the study.
      do { try handle?.write(contentsOf: bytes) } catch { handle = nil }
    }
  }
}
