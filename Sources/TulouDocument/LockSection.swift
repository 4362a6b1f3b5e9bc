/// What a lock file says beyond the inputs: version, digests, and findings of the first reading.
package struct LockSection: Sendable {
  /// A data file with its digest.
  package struct File: Sendable, Equatable {
    /// Path, as series name it.
    package var path: String
    /// SHA-256 in hexadecimal digits.
    package var digest: String
    /// Where its copy lies, from the lock file; nil: where `path` says.
    package var copy: String?
    /// A file.
    package init(path: String, digest: String, copy: String? = nil) {
      self.path = path
      self.digest = digest
      self.copy = copy
    }
  }

  /// Version of Tulou that wrote it.
  package var version = ""
  /// Hours that were kept.
  package var hours: Int?
  /// Start of all random numbers.
  package var seed: UInt64?
  /// Data files.
  package var files: [File] = []
  /// Assumptions of the first reading.
  package var assumptions: [Assumption] = []
  /// Warnings of the first reading.
  package var warnings: [Diagnostic] = []
  /// An empty section.
  package init() {}

  /// The section as a mapping of texts.
  package var node: Node {
    func text(_ text: String) -> Node { Node(.scalar(text, quoted: true)) }
    func mapping(_ pairs: [(String, Node)]) -> Node { Node(.mapping(pairs.map { Node.Entry(key: $0.0, value: $0.1) })) }
    var pairs: [(String, Node)] = [("version", text(version))]
    if let hours { pairs.append(("hours", .text(String(hours)))) }
    if let seed { pairs.append(("seed", text(String(seed)))) }
    pairs.append(
      (
        "files",
        Node(
          .sequence(
            files.map {
              mapping(
                [("file", text($0.path)), ("sha256", text($0.digest))] + ($0.copy.map { [("copy", text($0))] } ?? []))
            }))
      ))
    pairs.append(
      (
        "assumptions",
        Node(
          .sequence(
            assumptions.map {
              mapping([
                ("path", text($0.path)), ("value", text($0.value)), ("source", text($0.source)),
                ("kind", text($0.kind.rawValue)),
              ])
            }))
      ))
    pairs.append(
      (
        "warnings",
        Node(
          .sequence(
            warnings.map { warning in
              var items: [(String, Node)] = [
                ("severity", text(warning.severity.rawValue)), ("message", text(warning.message)),
                ("advice", text(warning.advice)), ("path", text(warning.path)),
              ]
              if let place = warning.place {
                items += [
                  ("file", text(place.file)), ("line", .text(String(place.line))),
                  ("column", .text(String(place.column))),
                  ("length", .text(String(place.length))), ("source", text(place.source)),
                ]
              }
              return mapping(items)
            }))
      ))
    return mapping(pairs)
  }

  /// Reads a section; nil where the document has none, or after a diagnostic.
  package static func read(_ document: Node, _ decoding: inout Decoding) -> LockSection? {
    guard let node = document["lock"] else { return nil }
    return decoding.within("lock") { inner in
      var section = LockSection()
      let before = inner.diagnostics.count
      inner.read(table, node, into: &section)
      return inner.diagnostics.count == before ? section : nil
    }
  }

  /// Keys of a lock section.
  package static let table = FieldTable<LockSection>(
    "a lock section",
    [
      .text("version", \.version, .required, "Version of Tulou that wrote it."),
      .integer("hours", \.hours, in: 1...10_000_000, "Hours that were kept of the horizon."),
      Field("seed", .text, "Start of all random numbers.") { section, node, decoding in
        section.seed = node.text.flatMap { UInt64($0) }
        if section.seed == nil { decoding.error("'seed' takes a whole number.", at: node.mark) }
      },
      Field("files", .list(.text), .required, "Data files with their digests.") { section, node, decoding in
        for item in node.items ?? [] {
          guard let file = item["file"]?.text, let digest = item["sha256"]?.text else {
            decoding.error("A file of a lock has 'file' and 'sha256'.", at: item.mark)
            return
          }
          let copy = item["copy"]?.text
          // A lock from elsewhere reads from its own folder only.
          if let copy, !copy.hasPrefix("data/") || copy.contains("..") {
            decoding.error("The copy '\(Node.short(copy))' does not lie in 'data/'.", at: item.mark)
            return
          }
          section.files.append(File(path: file, digest: digest, copy: copy))
        }
      },
      Field("assumptions", .list(.text), .required, "Assumptions of the first reading.") { section, node, _ in
        section.assumptions = (node.items ?? []).map {
          Assumption(
            path: $0["path"]?.text ?? "", value: $0["value"]?.text ?? "", source: $0["source"]?.text ?? "",
            kind: Assumption.Kind(rawValue: $0["kind"]?.text ?? "") ?? .note)
        }
      },
      Field("warnings", .list(.text), .required, "Warnings of the first reading.") { section, node, _ in
        section.warnings = (node.items ?? []).map { item in
          let place = item["file"]?.text.map { file in
            Diagnostic.Place(
              file: file, line: Int(item["line"]?.text ?? "") ?? 0, column: Int(item["column"]?.text ?? "") ?? 1,
              length: Int(item["length"]?.text ?? "") ?? 1, source: item["source"]?.text ?? "")
          }
          return Diagnostic(
            Diagnostic.Severity(rawValue: item["severity"]?.text ?? "") ?? .warning, item["message"]?.text ?? "",
            advice: item["advice"]?.text ?? "", path: item["path"]?.text ?? "", at: place)
        }
      },
    ])
}

extension Node {
  /// The document with a text at a key path, mappings made where they are missing; nothing happens where something stands.
  package mutating func fill(_ path: [Substring], with text: String) {
    guard let first = path.first, entries != nil else { return }
    // A key may hold dots itself, so the longest key that fits is taken.
    for count in stride(from: path.count, to: 1, by: -1) {
      let key = path.prefix(count).joined(separator: ".")
      if var child = self[key] {
        child.fill(Array(path.dropFirst(count)), with: text)
        self[key] = child
        return
      }
    }
    let key = String(first)
    if path.count == 1 {
      if self[key] == nil { self[key] = Node(.scalar(text, quoted: true)) }
      return
    }
    guard var child = self[key] else {
      var made = Node(.mapping([]))
      made.fill(Array(path.dropFirst()), with: text)
      self[key] = made
      return
    }
    child.fill(Array(path.dropFirst()), with: text)
    self[key] = child
  }
}
