/// The scripts of a page, carried in the program: `Web` holds them as files. Nothing is fetched; without script the drawings stay.
package enum PageScript {
  /// Decoding and axes, the chart of hours with zoom, the day-by-hour map of any series, and the other charts by plotly.js
  /// where it is at hand. They are one script: the later files use names of the first.
  static let js: String = {
    let ramp = JSON.array(Ramp.anchors.map { .numbers([Double($0.red), Double($0.green), Double($0.blue)]) })
    let files = [PackageResources.hours_js, PackageResources.map_js, PackageResources.charts_js]
    return "const RAMP=\(ramp.compact);\n" + files.map { String(decoding: $0, as: UTF8.self) }.joined()
  }()

  /// What the scripts say in a language: `SAY('text with holes {}', values)`; what has no translation is said as it stands.
  static func words(in language: Language) -> String {
    let said = sentences.compactMap { text in language.phrases?.said[text].map { (text, JSON.text($0)) } }
    return "const WORDS=\(JSON.object(said).compact),SAY=(t,...v)=>{let i=0;"
      + "return(WORDS[t]||t).replace(/\\{(\\d*)\\}/g,(m,n)=>v[n?n-1:i++])};"
  }

  /// The texts that scripts say, each once.
  package static let sentences: [String] = {
    let scripts = js + explorers
    let found = scripts.split(separator: "SAY('").dropFirst().compactMap {
      $0.split(separator: "'").first.map(String.init)
    }
    return found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }()

  /// Scatters and maps whose axes the reader chooses, drawn from rows that stand in the page; colours of the theme come
  /// from the style sheet, so that they follow it. Without script, and on paper, the drawings stay.
  static let explorers = String(decoding: PackageResources.explorers_js, as: UTF8.self)

  /// Tables that the reader sorts by a heading and filters by words; without script they stand as they are.
  static let tables = String(decoding: PackageResources.tables_js, as: UTF8.self)
}
