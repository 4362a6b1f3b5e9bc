import Foundation
import TestSupport
import Testing
import TulouFiles
import TulouProject
import TulouReport

/// Language files of the pages: complete, alike, and the only place of texts.
@Suite("Languages") struct LanguageTests {
  @Test("every language says every text of the English file", arguments: ReportLanguage.allCases)
  func complete(_ code: ReportLanguage) throws {
    let english = try Languages.read("en").texts, other = try Languages.read(code.rawValue).texts
    #expect(Set(english.keys).subtracting(other.keys).sorted() == [], "not in \(code).yaml")
    #expect(Set(other.keys).subtracting(english.keys).sorted() == [], "in \(code).yaml alone")
  }

  @Test("Chinese leaves no English sentence as it is") func said() throws {
    let left = try Languages.read("zh").texts.filter { pattern, said in
      !said.contains { $0 >= "\u{4E00}" } && pattern.split(separator: " ").count { $0.allSatisfy(\.isLetter) } > 1
    }
    #expect(left.keys.sorted() == [])
  }

  @Test("a translation with other holes is refused") func holes() {
    for said in ["{1}", "{1} {3}", "{2} {2}", "none"] {
      #expect(throws: LanguageFault.self) {
        try Language(code: "xx", name: "X", joins: [], entries: [("from {} to {}", said)])
      }
    }
  }

  @Test("holes carry numbers, names and texts over, in another order too") func order() throws {
    let language = try Language(
      code: "xx", name: "X", joins: [(". ", "! "), (".", "!"), (", ", "+")],
      entries: [
        ("Of {} members {} gain", "{2}/{1} mem"), ("{} million {}", "{1*100} wan {2}"), ("the grid", "GRID"),
        ("{} costs {}", "{2} @ {1}"),
      ])
    var words = FileWords()
    words.names = ["The Grid of Ann", "demand"]
    let speaker = Speaker(language, words: words)
    #expect(speaker.say("Of 5 members 3 gain.") == "3/5 mem!")
    #expect(speaker.say("The grid costs 3 kW.") == "3 kW @ GRID!")
    #expect(speaker.say("1.25 million CNY") == "125 wan CNY")
    #expect(speaker.say("The Grid of Ann costs 3 kW, the grid") == "3 kW @ The Grid of Ann+GRID")
    #expect(speaker.unknown.isEmpty)
    #expect(speaker.say("Of 5 members Bob gain") == "Bob/5 mem")
    #expect(speaker.unknown == ["Of 5 members Bob gain"])
  }

  @Test("a factor belongs to a bare number; a text with words before it is parted, never left without its factor")
  func factors() throws {
    let language = try Language(
      code: "xx", name: "X", joins: [], entries: [("{} million {}", "{1*100} wan {2}"), ("budget {}", "limit {}")])
    let speaker = Speaker(language)
    #expect(speaker.say("2.1 million EUR") == "210 wan EUR")
    #expect(speaker.say("budget 2.1 million EUR") == "limit 210 wan EUR")
    #expect(speaker.say("purse 2.1 million EUR").contains("2.1 million EUR"))
    let chinese = try Speaker(Languages.read("zh"))
    #expect(chinese.say("budget 2.1 million EUR, at most 2 million EUR allowed").contains("210 万"))
    // Drawings choose their scale when everything else is said.
    #expect(chinese.amounts("成本 [thousand EUR/y]") == "成本 [千 EUR/y]")
    #expect(chinese.amounts("屋顶: 2.69 million EUR") == "屋顶: 269 万 EUR")
  }

  @Test("scripts of pages say nothing outside the files") func scripts() throws {
    let english = try Languages.read("en").texts
    #expect(PageScript.sentences.count > 20)
    #expect(PageScript.sentences.filter { english[$0] == nil } == [])
  }

  @Test("a text outside the files is found") func found() throws {
    let folder = try CommandLine.scratch()
    let page = Page(
      title: "Title of nobody", subtitle: "Policies", sections: [], footer: "Made by Tulou 1.0.")
    try page.html().write(
      to: folder.appendingPathComponent("report.html"), atomically: true, encoding: .utf8)
    #expect(try PageTexts.strange(in: folder, file: "none") == ["report.html: Title of nobody"])
  }
}

/// Pages of studies beyond those that the golden runs write.
@Suite("Languages of all studies", .enabled(if: SlowTests.areWanted && CommandLine.executable != nil))
struct LanguageSlowTests {
  static let studies = [
    "carbon Examples/shenzhen/experimental.yaml --hours 168", "share Examples/yanqing/cluster.yaml --hours 168",
    "share Shelf/community/project.yaml --hours 168", "alternatives Examples/minimal.yaml --hours 168",
    "match Shelf/kalundborg/project.yaml --robust 1 --without all --reduction-first",
    "resource Examples/shenzhen/experimental.yaml", "sites Examples/sites",
    "plan Shelf/town/project.yaml --hours 168", "plan Shelf/village/project.yaml --hours 168",
    "plan Shelf/community/project.yaml --hours 168", "plan Shelf/company/project.yaml --hours 168",
  ]

  @Test("all texts stand in the language files", arguments: studies) func all(_ study: String) throws {
    let root = SharedFolder.packageRoot
    var words = study.split(separator: " ").map(String.init)
    words[1] =
      words[1].hasPrefix("Shelf/")
      ? root + "/Sources/TulouFiles/Shelf/templates/" + words[1].dropFirst(6) : root + "/" + words[1]
    let scratch = try CommandLine.scratch()
    let run = try CommandLine.run(
      words + ["--out", "out"], in: scratch, environment: ["TULOU_PLOTLY": "/nonexistent/plotly.min.js"])
    if run.status == 5 { return }
    #expect(run.status == 0 || run.status == 3, "\(run.errors)")
    let strange = try PageTexts.strange(in: scratch.appendingPathComponent("out"), file: words[1])
    #expect(strange.isEmpty, "\(strange.joined(separator: "\n"))")
  }
}
