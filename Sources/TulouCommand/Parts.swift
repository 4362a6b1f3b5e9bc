import Foundation

/// Finds the parts that are not compiled in, and files that stand beside the program.
enum Parts {
  /// plotly.js: `TULOU_PLOTLY`, beside the executable, or `.tulou` in a folder at or above it or the current one.
  static func plotly() -> String? {
    if let named = ProcessInfo.processInfo.environment["TULOU_PLOTLY"] { return existing(named) }
    let file = "plotly.min.js"
    if let beside = existing(executableFolder.appendingPathComponent(file).path) { return beside }
    return find(".tulou/" + file)
  }

  /// A file or folder at a relative path, sought from the current folder upwards, then from the executable upwards.
  static func find(_ relative: String) -> String? {
    for start in [URL(fileURLWithPath: FileManager.default.currentDirectoryPath), executableFolder] {
      var folder = start.standardizedFileURL
      for _ in 0..<12 {
        if let found = existing(folder.appendingPathComponent(relative).path) { return found }
        let above = folder.deletingLastPathComponent().standardizedFileURL
        if above.path == folder.path { break }
        folder = above
      }
    }
    return nil
  }

  private static var executableFolder: URL {
    let path =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: path).deletingLastPathComponent()
  }

  private static func existing(_ path: String) -> String? { FileManager.default.fileExists(atPath: path) ? path : nil }
}
