import Testing
import TulouReport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Report page") struct PageTests {
  @Test("is well-formed, self-contained and small", arguments: [48, 8760])
  func wholePage(hours: Int) {
    let html = SyntheticPlan.report(hours: hours).page().html()
    #expect(MarkupChecker.fault(in: html, isHTML: true) == nil)
    #expect(html.utf8.count < 5_000_000)
    #expect(!html.replacing("http://www.w3.org/2000/svg", with: "").contains("http://"))
    #expect(!html.contains("https://"))
    #expect(html.contains("Village &lt;Süd&gt; &amp; &quot;Söhne&quot; 永定 🏯"))
    #expect(!html.contains("<Süd>"))
    for section in [
      "summary", "system", "sizes", "cost", "cash-flow", "energy", "hours-section", "balance", "emissions", "land",
      "members", "reliability", "bills", "warnings", "certificate", "indicators", "assumptions",
    ] { #expect(html.contains("<section id=\"\(section)\""), "\(section) is missing") }
    // Where a person wants to look at it.
    if hours == 8760, let path = getenv("TULOU_REPORT_SAMPLE") {
      let file = fopen(path, "w")
      html.withCString { _ = fputs($0, file) }
      fclose(file)
    }
  }

  @Test("every drawing is well-formed XML")
  func drawings() throws {
    var html = SyntheticPlan.report(hours: 240).page().html()[...]
    var count = 0
    while let start = html.firstRange(of: "<svg"), let end = html[start.lowerBound...].firstRange(of: "</svg>") {
      #expect(MarkupChecker.fault(in: String(html[start.lowerBound..<end.upperBound]), isHTML: false) == nil)
      count += 1
      html = html[end.upperBound...]
    }
    #expect(count >= 8)
  }

  @Test("plotly's text is embedded once")
  func plotly() {
    let page = SyntheticPlan.report(hours: 48).page()
    let library = "window.Plotly={newPlot(){}};"
    let html = page.html(plotly: library)
    #expect(html.ranges(of: library).count == 1)
    #expect(html.contains("id=\"chart-data\""))
    #expect(MarkupChecker.fault(in: html, isHTML: true) == nil)
  }

  @Test("the answer has twelve lines")
  func answer() {
    let lines = SyntheticPlan.report(hours: 240).answer(report: "out/village/report.html")
    #expect(lines.count == 12)
    #expect(
      lines[0]
        == "System            Sun on the roofs of the earth buildings 土楼 900 kW, wind 500 kW, battery 500 kW / 2 MWh, heat pump 110 kW"
    )
    #expect(lines[2] == "Cost per year     352,200 USD/y")
    #expect(lines[5] == "Renewable         83.1 % of electricity")
    #expect(lines[10] == "Proof             optimal, 352,151.47 USD/y, bound 352,151.47, gap 6.7e-7 % (by hand)")
    #expect(lines[11] == "Report            out/village/report.html")
  }

  @Test("JSON is read as it was written")
  func json() throws {
    let written = SyntheticPlan.report(hours: 48).resultJSON(timing: [("solve", 0.1)])
    let read = try #require(JSON(parsing: Array(written.indented.utf8)))
    #expect(read.indented.filter { $0 != " " && $0 != "\n" } == written.indented.filter { $0 != " " && $0 != "\n" })
    #expect(JSON(parsing: Array("{\"a\":1,}".utf8)) == nil)
    #expect(JSON(parsing: Array("[1] x".utf8)) == nil)
    #expect(JSON(parsing: Array("\"\\ud83c\\udfef\"".utf8))?.text == "🏯")
    #expect(JSON(parsing: Array(repeating: UInt8(ascii: "["), count: 100_000)) == nil)
  }
}
