import Foundation

/// The folder `shared` beside the repository, with benchmark and validation data that are not part of it.
///
/// `TULOU_SHARED` names another place. Tests that need it stand under `.enabled(if: SharedFolder.isPresent)`, so that a
/// clone without it skips them by name.
package enum SharedFolder {
  /// The root of the package.
  package static let packageRoot: String = {
    let file = URL(fileURLWithPath: #filePath)
    return file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  }()

  /// The folder, if it is there.
  package static let path: String? = {
    let named = ProcessInfo.processInfo.environment["TULOU_SHARED"]
    let place = named ?? URL(fileURLWithPath: packageRoot).deletingLastPathComponent().path + "/shared"
    return FileManager.default.fileExists(atPath: place) ? place : nil
  }()

  /// Whether it is there.
  package static var isPresent: Bool { path != nil }

  /// Text of a file in it.
  package static func text(_ file: String) throws -> String {
    try String(contentsOfFile: (path ?? "") + "/" + file, encoding: .utf8)
  }

  /// Columns of a CSV file in it, by the names in its first line; cells that are no numbers are left out.
  ///
  /// - Parameter lines: Lines before that of the names.
  package static func columns(_ file: String, skipping lines: Int = 0) throws -> [String: [Double]] {
    let text = try text(file)
    guard lines > 0 else { return NumberTable.columns(of: text) }
    let rest = text.split(maxSplits: lines, whereSeparator: \.isNewline).last ?? ""
    return NumberTable.columns(of: String(rest))
  }
}

/// A CSV text of numbers with a header line.
package enum NumberTable {
  /// Columns by name.
  package static func columns(of text: String) -> [String: [Double]] {
    var lines = text.split(whereSeparator: \.isNewline)[...]
    guard let header = lines.popFirst() else { return [:] }
    let names = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var columns = [[Double]](repeating: [], count: names.count)
    for line in lines where !line.hasPrefix("#") {
      for (i, cell) in line.split(separator: ",", omittingEmptySubsequences: false).enumerated() where i < names.count {
        if let value = Double(cell) { columns[i].append(value) }
      }
    }
    return Dictionary(zip(names, columns), uniquingKeysWith: { first, _ in first })
  }
}
