import Foundation
import TulouFiles
import TulouProject
import TulouReport

/// Texts of written pages, as a reader sees and hears them.
enum PageTexts {
  /// Texts of all pages in a folder that the English language file does not hold, with the page on which they stand.
  ///
  /// Numbers, units, keys and the words of the project file need no entry; texts that a drawing cuts are known by their whole.
  static func strange(in folder: URL, file: String) throws -> [String] {
    // A folder of files is a study of many sites.
    let parts = ((try? FileManager.default.contentsOfDirectory(atPath: file)) ?? []).sorted()
    return try strange(in: folder, files: [file] + parts.map { file + "/" + $0 })
  }

  /// The same of pages that were made from several files; pages in other languages are left out.
  static func strange(in folder: URL, files: [String]) throws -> [String] {
    var words = FileWords(ofFile: files.first ?? "none")
    for file in files.dropFirst() {
      let own = FileWords(ofFile: file)
      words.names.formUnion(own.names)
      words.others.formUnion(own.others)
    }
    // A page that compares names the folders that it compares.
    words.names.formUnion(
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).flatMap {
        $0.split(separator: "/").map(String.init)
      })
    let speaker = Speaker(try Languages.read("en"), words: words)
    var found: [String] = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() where path.hasSuffix(".html")
    {
      let html = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      guard html.contains("<html lang=\"en\">") else { continue }
      for text in try Set(texts(html)).sorted() where !text.contains("…") {
        let known = speaker.unknown.count
        _ = speaker.say(text)
        if speaker.unknown.count > known { found.append("\(path): \(text)") }
      }
    }
    return found
  }

  /// Texts between tags, and those that are read out; style, scripts and quoted columns left out.
  static func texts(_ html: String) throws -> [String] {
    var bare = html
    for pattern in ["<script.*?</script>", "<style.*?</style>", "<(th|td)[^>]* data-quoted[^>]*>[^<]*"] {
      bare = try bare.replacing(Regex(pattern).dotMatchesNewlines(), with: "")
    }
    let between = try bare.matches(of: Regex(">([^<]+)<")).compactMap { $0.output[1].substring }
    let read = try bare.matches(of: Regex("(?:aria-label|placeholder)=\"([^\"]+)\"")).compactMap {
      $0.output[1].substring
    }
    return (between + read).map { plain(String($0)) }.filter { $0.contains { $0.isLetter } }
  }

  private static func plain(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
      .reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
