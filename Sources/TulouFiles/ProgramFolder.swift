import Foundation

/// Folders of files that come with the program.
package enum ProgramFolder {
  /// A folder beside the executable, or under `../share/tulou` where it is installed; nil where there is none.
  ///
  /// - Parameters:
  ///   - resource: Path beside the executable, as the build leaves it: `tulou_TulouFiles.resources/Shelf`.
  ///   - installed: Its name under `../share/tulou`.
  ///   - variable: Variable of the environment that names another place; empty: none.
  package static func resource(_ resource: String, installed: String, variable: String = "") -> String? {
    var candidates: [String] = []
    if !variable.isEmpty, let named = ProcessInfo.processInfo.environment[variable] { candidates.append(named) }
    // Not by the name that the program was called by: that may be sought in the current folder.
    let programs = ["/proc/self/exe", Bundle.main.executablePath].compactMap(\.self)
    for program in programs {
      let real = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
      candidates.append(real.appendingPathComponent(resource).path)
      candidates.append(real.appendingPathComponent("../share/tulou/" + installed).path)
    }
    return candidates.first { FileManager.default.fileExists(atPath: $0) }
  }
}
