import Foundation

/// Programs that some tests use where they are installed; a test that needs one stands under `.enabled(if:)`.
package enum Programs {
  /// What came of a run.
  package struct Run: Sendable {
    /// Exit code.
    package var status: Int32
    /// Standard output.
    package var output: String
    /// Standard error.
    package var errors: String
  }

  /// node.
  package static let node = path(["node", "nodejs"])
  /// A browser that runs without a window; the variable TULOU_BROWSER names another.
  package static let browser =
    path([ProcessInfo.processInfo.environment["TULOU_BROWSER"] ?? ""])
    ?? path(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"])
    ?? path(["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"])
  /// Python 3.
  package static let python = path(["python3"])
  /// bash.
  package static let bash = path(["bash"])

  /// The first of these names that is on the PATH, or of these paths that is a program.
  package static func path(_ names: [String]) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for name in names where !name.isEmpty {
      let places = name.contains("/") ? [name] : folders.map { $0 + "/" + name }
      if let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) { return found }
    }
    return nil
  }

  /// Runs a program to its end, or ends it after `limit` seconds.
  package static func run(
    _ program: String, _ arguments: [String], in folder: String? = nil, limit: Double = 60
  ) throws -> Run {
    let place = try ScratchFolder.make()
    let output = place.appendingPathComponent("output"), errors = place.appendingPathComponent("errors")
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let end = Date().addingTimeInterval(limit)
    while process.isRunning, Date() < end { usleep(10_000) }
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
