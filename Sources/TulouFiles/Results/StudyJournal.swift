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
  private let file: Mutex<Place>

  /// Where lines go.
  private enum Place {
    /// Nothing was added yet; with the first line these bytes are written.
    case waiting([UInt8])
    /// Open at its end.
    case open(FileHandle)
    /// Refused by the disk, or thrown away.
    case closed
  }

  /// Opens the journal of a study, or begins it anew; nothing is written before its first line or `begin`, so that a run that ends
  /// by a fault leaves nothing.
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
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw ResultFault("'\(path)' cannot be written: it is a folder.")
    }
    lines = found
    file = Mutex(.waiting(kept))
  }

  /// The file, made with its first bytes.
  private func made(_ bytes: [UInt8]) throws -> FileHandle {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url, options: .atomic)
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    return handle
  }

  /// Puts the journal of this study in the place of another's, before anything else of it is written.
  package func begin() { append(Data()) }

  /// Adds a line; it is on the disk when this returns.
  func add(_ line: JSON) { append(Data((line.compact + "\n").utf8)) }

  private func append(_ bytes: Data) {
    file.withLock { place in
      // A full disk costs the resumption, not the study.
      do {
        switch place {
        case .waiting(let kept):
          let handle = try made(kept)
          place = .open(handle)
          try handle.write(contentsOf: bytes)
        case .open(let handle): try handle.write(contentsOf: bytes)
        case .closed: break
        }
      } catch {
        place = .closed
      }
    }
  }

  /// Takes the file away, and its folder where that is empty then: the run ends without results, and its lines serve none.
  package func discard() {
    file.withLock { place in
      var isOurs = !lines.isEmpty
      if case .open(let handle) = place {
        try? handle.close()
        isOurs = true
      }
      place = .closed
      guard isOurs else { return }
      let files = FileManager.default
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try? files.removeItem(atPath: path)
      if let rest = try? files.contentsOfDirectory(atPath: folder), rest.isEmpty {
        try? files.removeItem(atPath: folder)
      }
    }
  }
}
