import Foundation

/// Folders of files that come with the program.
package enum ProgramFolder {
  /// A folder beside the executable, or under `../share/tulou` where it is installed; nil where there is none.
  ///
  /// - Parameters:
  ///   - name: Its name, also under `../share/tulou`.
  ///   - room: The target that it belongs to; the build leaves it beside the executable, in `tulou_TulouFiles.resources`.
  ///   - variable: Variable of the environment that names another place; empty: none.
  package static func resource(_ name: String, of room: String, variable: String = "") -> String? {
    var candidates: [String] = []
    if !variable.isEmpty, let named = ProcessInfo.processInfo.environment[variable] { candidates.append(named) }
    #if canImport(Darwin)
      let bundle = "bundle"
    #else
      let bundle = "resources"
    #endif
    // Not by the name that the program was called by: that may be sought in the current folder.
    let programs = ["/proc/self/exe", Bundle.main.executablePath].compactMap(\.self)
    for program in programs {
      let real = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
      candidates.append(real.appendingPathComponent("tulou_\(room).\(bundle)/\(name)").path)
      candidates.append(real.appendingPathComponent("../share/tulou/" + name).path)
    }
    return candidates.first { FileManager.default.fileExists(atPath: $0) }
  }
}
