import Foundation
import Tulou
import TulouFiles

/// Finds the parts that are not compiled in, and files that stand beside the program.
package enum Parts {
  /// plotly.js: what `TULOU_PLOTLY` names, or beside the executable (`PartFolders`).
  package static func plotly() -> String? {
    if let named = ProcessInfo.processInfo.environment["TULOU_PLOTLY"], !named.isEmpty { return existing(named) }
    return PartFolders.all.lazy.compactMap { existing($0 + "/plotly.min.js") }.first
  }

  /// Where the netCDF library is sought: what `TULOU_NETCDF` names and nothing else, or beside the executable and in the folders of
  /// the system.
  package static func netcdf() -> [String] {
    if let named = ProcessInfo.processInfo.environment["TULOU_NETCDF"], !named.isEmpty { return [named] }
    return PartFolders.all + NetcdfLibrary.systemPlaces
  }

  /// A folder of the package that the executable was built in, or else of the current folder.
  package static func example(_ relative: String) -> String? {
    [PartFolders.packageRoot, "."].lazy.compactMap { $0.flatMap { existing($0 + "/" + relative) } }.first
  }

  private static func existing(_ path: String) -> String? { FileManager.default.fileExists(atPath: path) ? path : nil }
}
