import Foundation

/// Why results could not be written or read.
public struct ResultFault: Error, Sendable, CustomStringConvertible {
  /// A sentence for the user.
  public var description: String
  /// A fault.
  public init(_ description: String) { self.description = description }
}

/// Several files written whole or not at all.
public enum WholeFiles {
  /// Writes `files` into `directory`, making it where it is missing.
  ///
  /// All are written beside their place first and moved there by renaming, so that a full disk or a stop leaves what
  /// was there before. Files of the same family (`removing`) that this run does not write are removed, for they would
  /// belong to another plan.
  public static func write(
    _ files: [(name: String, bytes: [UInt8])], to directory: String, removing: [String] = []
  ) throws(ResultFault) {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: directory, isDirectory: true)
    do {
      try manager.createDirectory(at: target, withIntermediateDirectories: true)
    } catch {
      throw ResultFault("The folder '\(directory)' cannot be made: \(error.localizedDescription)")
    }
    let partial = target.appendingPathComponent(
      ".partial-\(ProcessInfo.processInfo.processIdentifier)", isDirectory: true)
    defer { try? manager.removeItem(at: partial) }
    do {
      try? manager.removeItem(at: partial)
      try manager.createDirectory(at: partial, withIntermediateDirectories: false)
      for file in files {
        let place = partial.appendingPathComponent(file.name)
        if file.name.contains("/") {
          try manager.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
          try manager.createDirectory(
            at: target.appendingPathComponent(file.name).deletingLastPathComponent(), withIntermediateDirectories: true)
        }
        try Data(file.bytes).write(to: place)
      }
    } catch {
      throw ResultFault("The results cannot be written to '\(directory)': \(error.localizedDescription)")
    }
    for name in removing where !files.contains(where: { $0.name == name }) {
      try? manager.removeItem(at: target.appendingPathComponent(name))
    }
    for file in files {
      let from = partial.appendingPathComponent(file.name).path
      let to = target.appendingPathComponent(file.name).path
      // rename(2) replaces in one step, which Foundation's move does not.
      guard rename(from, to) == 0 else {
        throw ResultFault("'\(to)' cannot be replaced: \(String(cString: strerror(errno)))")
      }
    }
  }
}

/// plotly.js as a file that is copied into reports.
public enum PlotlyLibrary {
  /// The text of the file, or nil where it cannot be read or is no such file.
  public static func text(_ path: String) -> String? {
    guard let bytes = try? FileBytes.read(path, most: 64 << 20), bytes.count > 100_000, !endsScript(bytes) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the text would end a script element early; plotly.js holds no such text.
  private static func endsScript(_ script: [UInt8]) -> Bool {
    let needle = Array("</script".utf8)
    var matched = 0
    for byte in script {
      let lower = byte >= 65 && byte <= 90 ? byte + 32 : byte
      matched = lower == needle[matched] ? matched + 1 : lower == needle[0] ? 1 : 0
      if matched == needle.count { return true }
    }
    return false
  }
}

/// Memory of this process.
enum PeakMemory {
  /// Largest resident size so far [MB].
  static var megabytes: Double {
    var usage = rusage()
    #if os(Linux)
      guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return .nan }
      return Double(usage.ru_maxrss) / 1024
    #else
      guard getrusage(RUSAGE_SELF, &usage) == 0 else { return .nan }
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}
