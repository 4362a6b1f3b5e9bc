import Testing
import TulouReport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Report page") struct PageTests {
  @Test("is well-formed, self-contained and small")
  func wholePage() {
    let html = SyntheticPlan.report().page().html()
    #expect(html.utf8.count < 5_000_000)
    #expect(
      !html.contains("http://") || html.replacing("http://www.w3.org/2000/svg", with: "").contains("http://") == false)
    #expect(!html.contains("https://"))
    #expect(html.contains("Village &lt;Süd&gt; &amp; &quot;Söhne&quot; 永定 🏯"))
    #expect(!html.contains("<Süd>"))
    // Where a person wants to look at it.
    if let path = getenv("TULOU_REPORT_SAMPLE") {
      let file = fopen(path, "w")
      html.withCString { _ = fputs($0, file) }
      fclose(file)
    }
  }
}
