import Foundation
public import TulouDocument
public import TulouProject

/// A project as it was read, and the lock file that reads to the same project again.
public struct ProjectReading: Sendable {
  /// The project.
  public let project: Project
  let document: Node
  let decoding: Decoding
  let files: [SeriesFolder.DataFile]
  let hours: Int?
  let seed: UInt64?
  /// What it took to bring the document to series: data files, weather, synthesis, demand [s].
  public let resourceSeconds: Double
  /// What it was read from, for reading it again with other numbers.
  public let sources: SourceBundle

  /// The lock file: all inputs with defaults and catalogue filled in, data files with their digests, version.
  ///
  /// Paths stay as they were written, for messages quote them; the lock says where the copy of each lies.
  package func lock(version: String) -> LockFile {
    var filled = document
    for (path, value) in decoding.defaults { filled.fill(path.split(separator: "."), with: value) }
    var unheard = decoding  // Whatever is wrong with an old section was said when it was read.
    let before = LockSection.read(document, &unheard)
    var section = LockSection()
    section.version = version
    section.hours = hours ?? before?.hours
    section.seed = seed ?? before?.seed
    section.files = files.map {
      LockSection.File(path: $0.path, digest: $0.digest, copy: LockFile.place(of: $0.path, digest: $0.digest))
    }
    section.assumptions = decoding.assumed
    filled["lock"] = section.node
    let inputs = YamlWriter.text(filled)
    // Warnings name the file as it was called, which is no input.
    section.warnings = project.warnings
    filled["lock"] = section.node
    let copies = Dictionary(
      files.map { (LockFile.place(of: $0.path, digest: $0.digest), $0.bytes) }, uniquingKeysWith: { first, _ in first })
    return LockFile(
      text:
        "# All inputs of a plan with defaults filled in, written by Tulou \(version). Planning this file gives the same result.\n"
        + YamlWriter.text(filled), inputs: inputs, data: copies.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// A fault whose findings say where in the file their key stands, as far as the file has it.
  public func located(_ fault: ProjectFault) -> ProjectFault {
    ProjectFault(
      fault.diagnostics.map { finding in
        guard finding.place == nil, !finding.path.isEmpty else { return finding }
        var located = finding
        var node = document
        for key in finding.path.split(separator: ".") {
          guard let entry = node.entries?.first(where: { $0.key == key }) else { break }
          located.place = decoding.place(entry.mark)
          node = entry.value
        }
        return located
      })
  }
}
