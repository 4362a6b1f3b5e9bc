import Foundation

/// A project file in a folder of its own, gone when this value is.
final class TemporaryProject {
  /// The folder.
  let folder: URL
  /// The project file in it.
  var path: String { folder.appendingPathComponent("project.yaml").path }

  /// Writes the file, with the CSV files named.
  init(_ text: String, files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tulou-published-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    for (name, content) in files {
      try content.write(toFile: folder.appendingPathComponent(name).path, atomically: true, encoding: .utf8)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

/// Writes columns of numbers as a CSV text with a header line.
func csv(_ columns: [(name: String, values: [Double])]) -> String {
  var lines = [columns.map(\.name).joined(separator: ",")]
  for t in (columns.first?.values ?? []).indices {
    lines.append(columns.map { "\($0.values[t])" }.joined(separator: ","))
  }
  return lines.joined(separator: "\n") + "\n"
}
