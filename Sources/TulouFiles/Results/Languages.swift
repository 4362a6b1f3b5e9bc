import Synchronization
import TulouDocument
import TulouProject
import TulouQuantities
package import TulouReport

/// Languages of pages: a file each, `Shelf/languages/<code>.yaml`.
///
/// `name` is the language's own name; `joins` maps the marks between sentences and clauses; `texts` maps each English text, with
/// holes `{}` for numbers and names, to what is said (`{1}`, `{2}` name a hole, `{1*100}` multiplies its number); `~` says it as
/// it stands.
package enum Languages {
  private static let cache = Mutex<[String: Language]>([:])

  /// The language of a code; English where its file is not at hand.
  package static func named(_ code: String) -> Language {
    if code == Language.english.code { return .english }
    return cache.withLock { cached in
      if let known = cached[code] { return known }
      let language = (try? read(code)) ?? .english
      cached[code] = language
      return language
    }
  }

  /// The language as its file has it; for English, too.
  package static func read(_ code: String) throws(LanguageFault) -> Language {
    let file = "languages/\(code).yaml"
    guard let folder = Shelf.folder, let bytes = try? FileBytes.read("\(folder)/\(file)", most: YamlDocument.mostBytes)
    else { throw LanguageFault(message: "There is no \(file).") }
    let text = String(decoding: bytes, as: UTF8.self)
    let node: TulouDocument.Node
    do throws(ProjectFault) {
      node = try YamlDocument.node(text, file: 0, name: file)
    } catch {
      throw LanguageFault(message: error.description)
    }
    return try Language(
      code: code, name: node["name"]?.text ?? code,
      joins: (node["joins"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") },
      entries: (node["texts"]?.entries ?? []).flatMap { part in
        (part.value.entries ?? []).map { ($0.key, $0.value.isEmpty ? nil : $0.value.text) }
      }, vocabulary: Set((node["texts"]?["words"]?.entries ?? []).map(\.key)))
  }
}

extension FileWords {
  /// The words of a file, whatever kind of file it is; none where it is no YAML.
  package init(ofFile path: String) {
    self.init()
    guard let bytes = try? FileBytes.read(path, most: YamlDocument.mostBytes),
      let node = try? YamlDocument.node(String(decoding: bytes, as: UTF8.self), file: 0, name: path)
    else { return }
    self.init(node)
  }
}

extension Page {
  /// The page as a file in the language that its project asks for.
  ///
  /// - Parameter asked: Another language by its code.
  package func file(plotly: String? = nil, in asked: String? = nil) -> [UInt8] {
    let language = Languages.named(asked ?? cover.language.rawValue)
    guard language.code != code else { return Array(html(plotly: plotly).utf8) }
    return Array(said(in: language).html(plotly: plotly, in: language).utf8)
  }
}
