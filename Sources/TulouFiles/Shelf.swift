import Foundation
import Synchronization
public import TulouDocument
import TulouProject

/// Files that come with Tulou: catalogue and templates.
public enum Shelf {
  /// The folder; nil where it was moved away from the executable.
  ///
  /// `TULOU_SHELF` names another place.
  public static let folder: String? = ProgramFolder.resource(
    "Shelf", of: "TulouFiles", variable: "TULOU_SHELF")

  /// The entries of the catalogue; its files are read once.
  static func catalogue() -> (entries: [Node.Entry], files: [SourceText]) { entries(in: "catalogue", after: 0) }

  /// Laws of sharing energy, as the texts that follow `number` others after the project's own.
  static func laws(after number: Int) -> (entries: [Node.Entry], files: [SourceText]) {
    entries(in: "laws", after: number)
  }

  /// Names of the laws, in order.
  package static var lawNames: [String] { laws(after: 0).entries.map(\.key) }

  private static func entries(in part: String, after number: Int) -> (entries: [Node.Entry], files: [SourceText]) {
    cache.withLock { cached in
      let key = "\(part) \(number)"
      if let known = cached[key] { return known }
      var entries: [Node.Entry] = []
      var files: [SourceText] = []
      for name in names(in: part) where name.hasSuffix(".yaml") {
        guard let folder, let bytes = try? FileBytes.read("\(folder)/\(part)/\(name)", most: YamlDocument.mostBytes)
        else {
          continue
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // File 0 is the project's own.
        guard let node = try? YamlDocument.node(text, file: number + files.count + 1, name: "\(part)/\(name)") else {
          continue
        }
        files.append(SourceText(name: "\(part)/\(name)", text: text))
        entries += node.entries ?? []
      }
      cached[key] = (entries, files)
      return (entries, files)
    }
  }

  /// The catalogue for projects that are made in code (`Cluster.catalogue`).
  public static var entries: CatalogueExpansion {
    CatalogueExpansion(entries: catalogue().entries.map(\.unmarked))
  }

  /// Names of the templates that `tulou init` knows.
  public static var templates: [String] { names(in: "templates") }

  /// The project file of a template; nil where there is none of that name.
  public static func template(_ name: String) -> String? {
    guard let folder, templates.contains(name),
      let bytes = try? FileBytes.read("\(folder)/templates/\(name)/project.yaml", most: YamlDocument.mostBytes)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Names and kinds of the catalogue's entries, in order.
  public static var catalogueEntries: [(name: String, kind: String)] {
    catalogue().entries.map { ($0.key, $0.value["kind"]?.text ?? "") }
  }

  private static let cache = Mutex<[String: (entries: [Node.Entry], files: [SourceText])]>([:])

  /// Names of the files or folders in a folder of the shelf, in order.
  public static func names(in part: String) -> [String] {
    guard let folder else { return [] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)")) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }
}

extension Node.Entry {
  /// The same without a place in a file.
  fileprivate var unmarked: Node.Entry { Node.Entry(key: key, value: value.unmarked) }
}

extension Node {
  fileprivate var unmarked: Node {
    switch content {
    case .scalar: Node(content)
    case .sequence(let items): Node(.sequence(items.map(\.unmarked)))
    case .mapping(let entries): Node(.mapping(entries.map(\.unmarked)))
    }
  }
}
