package import Foundation

/// Folders for the files of tests, all gone when the process ends.
package enum ScratchFolder {
  private static let root: URL = {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("tulou-tests-\(ProcessInfo.processInfo.processIdentifier)")
    atexit { ScratchFolder.remove() }
    return root
  }()

  private static func remove() { try? FileManager.default.removeItem(at: root) }

  /// A new empty folder.
  package static func make() throws -> URL {
    let folder = root.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
