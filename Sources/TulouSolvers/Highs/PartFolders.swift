#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Folders in which the parts that are not compiled in are sought: beside the executable, and nowhere that a stranger writes.
///
/// Never the current folder or one above it, nor what the system's loader finds: who unpacks a project and plans it there
/// would run code that came with it.
package enum PartFolders {
  /// The folder of the executable, and `.tulou` of the package where the executable lies in the package's build folder
  /// (`ROOT/.build/...`, `ROOT/.build-release/...`).
  package static var all: [String] {
    guard let folder = executableFolder else { return [] }
    return [folder] + (packageRoot(of: folder).map { [$0 + "/.tulou"] } ?? [])
  }

  /// Root of the package whose build folder holds the executable, if any.
  package static var packageRoot: String? { executableFolder.flatMap(packageRoot) }

  static func packageRoot(of folder: String) -> String? {
    let parts = folder.split(separator: "/")
    guard let build = parts.lastIndex(where: { $0 == ".build" || $0.hasPrefix(".build-") }), build > 0 else {
      return nil
    }
    let root = "/" + parts[..<build].joined(separator: "/")
    return access(root + "/Package.swift", F_OK) == 0 ? root : nil
  }

  /// By the file that runs, links followed: an installed program is a link beside others, its parts lie where it points.
  private static var executableFolder: String? {
    #if canImport(Darwin)
      var called = [CChar](repeating: 0, count: Int(PATH_MAX))
      var size = UInt32(called.count)
      guard _NSGetExecutablePath(&called, &size) == 0, let real = realpath(called, nil) else { return nil }
      defer { free(real) }
      let path = String(cString: real)
    #else
      var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = buffer.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
      }
      guard count > 0 else { return nil }
      let path = String(decoding: buffer[..<count], as: UTF8.self)
    #endif
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
