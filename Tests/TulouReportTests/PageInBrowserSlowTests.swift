import Foundation
import TestSupport
import Testing
import TulouReport

/// A page in a browser without a window: `Web/drive.js` clicks, points and drags, and writes what came of it into the page.
@Suite("Pages in a browser", .enabled(if: SlowTests.areWanted && Programs.browser != nil))
struct PageInBrowserSlowTests {
  private struct Result: Decodable {
    var name: String
    var ok: Bool
    var shown: String
  }

  @Test("hours, map, charts, designs and tables answer a reader") func driven() throws {
    let results = try Self.drive(SyntheticPage.interactive(), plotly: Self.library)
    #expect(results.count > 25)
    for result in results { #expect(result.ok, "\(result.name): \(result.shown)") }
  }

  /// In place of plotly.js: notes what it is asked to draw, and fails at the second.
  private static let library =
    "window.driveDrawn=[];window.Plotly={newPlot(id){driveDrawn.push(id);"
    + "if(driveDrawn.length===2)throw new Error('not drawn')},relayout(){},Plots:{resize(){}}};"

  private static func drive(_ page: Page, plotly: String) throws -> [Result] {
    let folder = try ScratchFolder.make()
    let script = try String(
      contentsOfFile: SharedFolder.packageRoot + "/Tests/TulouReportTests/Web/drive.js", encoding: .utf8)
    let noting = "<script>window.driveFaults=[];addEventListener('error',e=>driveFaults.push(e.message))</script>"
    let html = page.html(plotly: plotly).replacing("<head>", with: "<head>" + noting)
      .replacing("</body>", with: "<script>\n\(script)</script></body>")
    let file = folder.appendingPathComponent("page.html")
    try html.write(to: file, atomically: true, encoding: .utf8)
    let run = try Programs.run(
      try #require(Programs.browser),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,900", "--virtual-time-budget=10000",
        "--user-data-dir=" + folder.appendingPathComponent("profile").path, "--dump-dom", file.absoluteString,
      ], limit: 300)
    let told = try #require(
      run.output.firstMatch(of: /<pre id="driven">(.*?)<\/pre>/), "\(run.status) \(run.errors.suffix(400))")
    let text = String(told.1).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    return try JSONDecoder().decode([Result].self, from: Data(text.utf8))
  }
}
