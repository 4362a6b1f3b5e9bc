import Foundation

/// Data files beside the projects of the rows.
enum KeyFiles {
  /// Copies them into a folder.
  static func write(to folder: URL) throws {
    let from = URL(fileURLWithPath: KeySheet.folder)
    for name in try FileManager.default.contentsOfDirectory(atPath: KeySheet.folder) where name.hasSuffix(".csv") {
      try FileManager.default.copyItem(
        at: from.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
  }
}
