/// A lock file with the data that it reads: `project.lock.yaml`, and a copy of each data file in `data/`.
///
/// Both together are all that a plan was made from, so a folder of results can be moved, mailed and planned again.
package struct LockFile: Sendable, Equatable, ExpressibleByStringLiteral {
  /// The text of `project.lock.yaml`.
  package var text: String
  /// The text without what the reading said of it: the same wherever the project stands, for a digest of the inputs.
  package let inputs: String
  /// Copies of data files by their place beside it.
  var data: [(name: String, bytes: [UInt8])] = []

  /// A lock file without data.
  package init(stringLiteral text: String) {
    self.text = text
    inputs = text
  }

  init(text: String, inputs: String, data: [(name: String, bytes: [UInt8])]) {
    self.text = text
    self.inputs = inputs
    self.data = data
  }

  /// The same texts are the same lock files: the digests of the data stand in them.
  package static func == (a: LockFile, b: LockFile) -> Bool { a.text == b.text }

  /// What is written into the folder of results.
  var files: [(name: String, bytes: [UInt8])] { [("project.lock.yaml", Array(text.utf8))] + data }

  /// Writes `project.lock.yaml` and `data/` into a folder.
  package func write(to directory: String) throws(ResultFault) {
    try WholeFiles.write(files, to: directory, names: ResultNames.lock)
  }

  /// Place of the copy of a data file: its digest keeps two of one name apart, its name tells people what it is.
  static func place(of path: String, digest: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let plain = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }.suffix(80))
    return "data/\(digest.prefix(16))-\(plain)"
  }
}
