import ArgumentParser
import TulouStudies

/// `tulou compare DIR DIR ...`: results side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Show the results of several runs side by side.",
    discussion: """
      tulou compare out/diesel out/park --out out/comparison

      The first folder is the base case: what the others' extra capital earns is counted from the cash flows.
      """)

  @Argument(help: .value("dir", "Folders of results; the first is the base."))
  var folders: [String]

  @Option(help: .value("dir", "Also write report.html, comparison.csv and comparison.json there."))
  var out: String?

  @OptionGroup var pages: PageOptions

  func validate() throws {
    guard folders.count >= 2 else { throw ValidationError("compare takes two folders of results or more.") }
  }

  func run() throws {
    let runs = try folders.map { try StoredRun($0) }
    for line in try StoredRun.comparison(runs, to: out, version: Build.version, language: pages.language) {
      Terminal.result(line)
    }
  }
}
