import Testing
import TulouDocument

@Suite("Findings") struct DiagnosticTests {
  @Test("stop after two hundred of a kind, and say how many more there are")
  func findings() {
    let all = (0..<250).map { Diagnostic(.error, "Wrong \($0).") } + [Diagnostic(.warning, "Odd.")]
    let shown = Diagnostic.shown(all)
    #expect(shown.count == 202 && shown[199].message == "Wrong 199." && shown[200].message == "Odd.")
    #expect(shown[201].message == "There are 50 more errors; these are the first 200.")
    #expect(Diagnostic.shown(Array(all.prefix(200))).count == 200)
  }

  @Test("show file, line, column, the line with a caret, and what to do")
  func words() {
    let place = Diagnostic.Place(file: "a.yaml", line: 12, column: 5, length: 3, source: "key: val")
    let text = Diagnostic(.warning, "Odd.", advice: "Do this.", at: place).description
    #expect(text == "a.yaml:12:5: warning: Odd.\n   12 | key: val\n      |     ^~~\n      Do this.")
    #expect(Diagnostic(.error, "Wrong.").description == "error: Wrong.")
  }

  @Test("lines of a file end by LF or CRLF")
  func lines() {
    #expect(SourceText(name: "a", text: "one\r\ntwo\n\nthree").lines == ["one", "two", "", "three"])
  }

  @Test("a life lasts a month at least")
  func bounds() {
    #expect(!Bounds.life.contains(0.08) && Bounds.life.contains(1.0 / 12) && Bounds.life.contains(40))
  }
}
