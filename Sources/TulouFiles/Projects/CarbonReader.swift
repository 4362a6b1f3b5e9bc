import Foundation
package import TulouDocument
package import TulouProject

/// From a carbon file to a typed case (`tulou carbon FILE`).
package enum CarbonReader {
  /// A case with the warnings of its reading.
  package struct Reading: Sendable {
    /// The case.
    package var carbonCase: CarbonCase
    /// Warnings, each with its place.
    package var warnings: [Diagnostic]
  }

  /// The case of a file; throws everything that is wrong with it at once.
  package static func read(path: String) throws(ProjectFault) -> Reading {
    try read(text: ProjectReader.text(path: path), path: path)
  }

  /// The case of a text that stands at `path`.
  package static func read(text: String, path: String) throws(ProjectFault) -> Reading {
    let document = try YamlDocument.node(text, file: 0, name: path)
    let folder = FileBytes.folder(of: path)
    var decoding = Decoding(files: [SourceText(name: path, text: text)], seriesReader: SeriesFolder(folder: folder))
    guard let carbonCase = CarbonDecoder.carbonCase(document, &decoding) else {
      throw ProjectFault(Diagnostic.shown(decoding.diagnostics))
    }
    return Reading(carbonCase: carbonCase, warnings: decoding.diagnostics)
  }

  /// Whether a file is a carbon account rather than a project: it has a `base_year`.
  package static func isCarbonFile(_ path: String) -> Bool {
    guard let bytes = try? FileBytes.read(path, most: YamlDocument.mostBytes),
      let text = String(validating: bytes, as: UTF8.self)
    else { return false }
    return isCarbon(text)
  }

  /// Whether a text is one, also as JSON, with keys in quotes, or with a slip that makes it no YAML.
  static func isCarbon(_ text: String) -> Bool {
    if let root = try? YamlDocument.node(text, file: 0, name: "") { return root["base_year"] != nil }
    return text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("base_year:") }
  }
}
