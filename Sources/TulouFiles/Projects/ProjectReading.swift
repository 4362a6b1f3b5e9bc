import Foundation
public import TulouProject
public import TulouQuantities

/// A project as it was read, and the lock file that reads to the same project again.
public struct ProjectReading: Sendable {
  /// The project.
  public let project: Project
  let document: Node
  let decoding: Decoding
  let folder: String
  let files: [LockSection.File]
  let hours: Int?
  let seed: UInt64?
  /// What it took to bring the document to series: data files, weather, synthesis, demand [s].
  public let resourceSeconds: Double

  /// The text of `project.lock.yaml`: all inputs with defaults and catalogue filled in, digests of data files, version.
  ///
  /// - Parameters:
  ///   - version: Version of Tulou.
  ///   - directory: Folder that it will stand in; paths of data files are written from there.
  public func lock(version: String, directory: String) -> String {
    var filled = document
    for (path, value) in decoding.defaults { filled.fill(path.split(separator: "."), with: value) }
    filled = moved(filled, to: directory)
    var unheard = decoding  // Whatever is wrong with an old section was said when it was read.
    let before = LockSection.read(document, &unheard)
    var section = LockSection()
    section.version = version
    section.hours = hours ?? before?.hours
    section.seed = seed ?? before?.seed
    section.files = files.map { LockSection.File(path: relative($0.path, to: directory), digest: $0.digest) }
    section.assumptions = decoding.assumed
    section.warnings = project.warnings
    filled["lock"] = section.node
    return
      "# All inputs of a plan with defaults filled in, written by Tulou \(version). Planning this file gives the same result.\n"
      + YamlWriter.text(filled)
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

  /// Paths of series, rewritten so that they hold from another folder.
  private func moved(_ node: Node, to directory: String) -> Node {
    switch node.content {
    case .scalar: return node
    case .sequence(let items): return Node(.sequence(items.map { moved($0, to: directory) }), mark: node.mark)
    case .mapping(let entries):
      let made = entries.map { entry in
        var entry = entry
        if entry.key == "weather_years", let items = entry.value.items {
          // Files of the list stand bare; years do too.
          entry.value = Node(
            .sequence(
              items.map { item in
                guard let text = item.text, Int(text) == nil else { return moved(item, to: directory) }
                return Node(.scalar(relative(text, to: directory), quoted: true), mark: item.mark)
              }), mark: entry.value.mark)
        } else if entry.key == "file", let file = entry.value.text {
          entry.value = Node(.scalar(relative(file, to: directory), quoted: true), mark: entry.value.mark)
        } else {
          entry.value = moved(entry.value, to: directory)
        }
        return entry
      }
      return Node(.mapping(made), mark: node.mark)
    }
  }

  /// A data file's path as seen from a folder; absolute paths stay.
  private func relative(_ file: String, to directory: String) -> String {
    guard !file.hasPrefix("/") else { return file }
    func parts(_ path: String) -> [String] {
      let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
      return URL(fileURLWithPath: whole).standardizedFileURL.path.split(separator: "/").map(String.init)
    }
    let target = parts(folder.isEmpty ? file : folder + "/" + file)
    let from = parts(directory)
    var common = 0
    while common < min(target.count - 1, from.count), target[common] == from[common] { common += 1 }
    let up = Array(repeating: "..", count: from.count - common)
    return (up + target[common...]).joined(separator: "/")
  }
}
