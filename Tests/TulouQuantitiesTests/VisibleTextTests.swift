import Testing
import TulouQuantities

/// What is not seen, or acts on what is around it, is shown as its number; scripts that need joiners keep them.
@Suite("Characters that are not seen") struct InvisibleTextTests {
  @Test(
    "no width, direction, fillers, tags",
    arguments: [
      "\u{200B}", "\u{200C}", "\u{2060}", "\u{00AD}", "\u{202E}", "\u{3164}", "\u{180E}", "\u{E0041}", "\u{FEFF}",
    ])
  func shown(mark: String) {
    let number = String(mark.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
    #expect("gr\(mark)id".visible == "gr\\u{\(number)}id")
    #expect(CSVText.cell("gr\(mark)id").contains("\\u{\(number)}"))
    #expect("\(mark) ".isBlank && !"\(mark)a".isBlank)
  }

  @Test("joiners within Persian words and pictures stay")
  func joiners() {
    for text in ["خانه\u{200C}ها", "👨\u{200D}👩\u{200D}👧", "क्\u{200D}ष"] { #expect(text.visible == text) }
    #expect("a\u{200D}b".visible == "a\\u{200D}b")
  }
}
