import ArgumentParser
import Tulou
import TulouFiles

/// `tulou explain DIR [--hour STAMP]`: the result in words, or one hour of it.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show what a result means, or what happened in one hour.")

  @Argument(help: ArgumentHelp("Folder of results.", valueName: "dir"))
  var folder: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "An hour as flows.csv names it (standard time), e.g. 2025-01-14T18, or with its offset, 2025-07-14T18+02:00.",
      valueName: "stamp"))
  var hour: String?

  func run() throws {
    let result = try storedResult(folder)
    if let hour {
      guard let table = result.hour(hour) else {
        let range = result.stamps.first.map { "from \($0) to \(result.stamps.last ?? $0)" } ?? "no hours"
        Terminal.error("error: '\(hour)' is no hour of this result, which holds \(range).")
        throw Exit.usage
      }
      Terminal.result(table.caption)
      for line in result.reasons(hour) { Terminal.result("  " + line) }
      for line in table.lines { Terminal.result(line) }
      return
    }
    Terminal.result("\(result.project): \(result.status), \(result.solver)")
    var table = Table(columns: [.text("Indicator"), .number("Value"), .text("Unit")])
    for indicator in result.indicatorList {
      guard let value = indicator.value else { continue }
      table.add([
        indicator.key, AtLeast.text(NumberText.significant(value, digits: 6), indicator.isAtLeast),
        indicator.unit == "1" ? "" : indicator.unit,
      ])
    }
    for line in table.lines { Terminal.result(line) }
  }
}
