import Foundation
import TestSupport
import Testing
import TulouReport

/// Style and scripts of the pages, which stand as files in `Sources/TulouReport/Web`.
@Suite("Files of the pages") struct PageScriptTests {
  static let folder = SharedFolder.packageRoot + "/Sources/TulouReport/Web"

  static func files(_ ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }.sorted()
      .map { folder + "/" + $0 }
  }

  @Test("a page carries the files as they are") func carried() throws {
    let page = SyntheticPage.interactive().html(plotly: "window.Plotly={newPlot(){}};")
    for file in try Self.files(".css") + Self.files(".js") {
      #expect(page.contains(try String(contentsOfFile: file, encoding: .utf8)), "\(file)")
    }
    #expect(try Self.files("").count == 6)
  }

  @Test(
    "scripts are strict code without idle or unknown names, and do nothing that a page must not",
    .enabled(if: Programs.node != nil))
  func scripts() throws {
    // Each group is one script of the page.
    let groups = [["hours", "map", "charts"], ["explorers"], ["tables"]].map { names in
      names.map { Self.folder + "/\($0).js" }.joined(separator: ",")
    }
    let found = try Self.lint(groups)
    #expect(found.status == 0 && found.output.isEmpty, "\(found.output)\(found.errors)")
  }

  @Test("the check of scripts finds planted faults", .enabled(if: Programs.node != nil)) func faults() throws {
    let file = try ScratchFolder.make().appendingPathComponent("planted.js").path
    try """
    const idle=1;let b=c;
    for(const q of [b])b=fetch(q);if(b==1)var k=2;
    """.write(toFile: file, atomically: true, encoding: .utf8)
    let found = try Self.lint([file])
    #expect(found.status == 1)
    for words in ["'idle' is never used", "'c' is declared nowhere", "fetched", "loose", "'var'", "no end of the last"]
    {
      #expect(found.output.contains(words), "\(words): \(found.output)\(found.errors)")
    }
  }

  private static func lint(_ groups: [String]) throws -> Programs.Run {
    let lint = SharedFolder.packageRoot + "/Tests/TulouReportTests/Web/lint.js"
    return try Programs.run(try #require(Programs.node), ["--expose-internals", lint] + groups)
  }

  @Test("the style sheet is whole, and what it names is there") func style() throws {
    let style = try String(contentsOfFile: Self.folder + "/page.css", encoding: .utf8)
    var depth = 0
    for letter in style {
      depth += letter == "{" ? 1 : letter == "}" ? -1 : 0
      #expect(depth >= 0)
    }
    #expect(depth == 0)
    let set = Set(style.matches(of: /(--[a-z]+):/).map { String($0.1) })
    let scripts = try Self.files(".js").map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
    for used in (style + scripts).matches(of: /var\((--[a-z]+)\)|css\('(--[a-z]+)'\)/) {
      let name = String(used.1 ?? used.2 ?? "")
      #expect(set.contains(name), "\(name) is set nowhere")
    }
    #expect(!style.contains("url(") && !style.contains("@import"))
    let walk = FileManager.default.enumerator(atPath: SharedFolder.packageRoot + "/Sources/TulouReport")
    var sources = scripts
    while let path = walk?.nextObject() as? String {
      guard path.hasSuffix(".swift") else { continue }
      sources += try String(contentsOfFile: SharedFolder.packageRoot + "/Sources/TulouReport/" + path, encoding: .utf8)
    }
    let words = Set(sources.matches(of: /[A-Za-z]+/).map { String($0.0) })
    // Selectors alone: a decimal fraction in a value is no class.
    for selector in style.matches(of: /(?m)(^|\}|\{)([^{}]+)\{/) {
      for name in selector.2.matches(of: /\.([A-Za-z]+)/) {
        #expect(words.contains(String(name.1)), ".\(name.1) is on no page")
      }
    }
  }
}
