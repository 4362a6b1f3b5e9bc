import ArgumentParser
import Tulou
import TulouFiles

/// `tulou compare DIR DIR ...`: results side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Show the results of several runs side by side.",
    discussion: """
      tulou compare out/diesel out/park --out out/comparison

      The first folder is the base case: what the others' extra capital earns is counted from the cash flows.
      """)

  @Argument(help: ArgumentHelp("Folders of results; the first is the base.", valueName: "dir"))
  var folders: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("Also write report.html, comparison.csv and comparison.json there.", valueName: "dir"))
  var out: String?

  func validate() throws {
    guard folders.count >= 2 else { throw ValidationError("compare takes two folders of results or more.") }
  }

  func run() throws {
    let results = try folders.map(storedResult)
    if let out {
      do throws(ResultFault) { try WholeFiles.check(out, isPlan: false) } catch {
        Terminal.error("error: \(error.description)")
        throw Exit.internalError
      }
    }
    for table in Comparison.tables(results) + [Comparison.investmentTable(results)].compactMap({ $0 }) {
      if !table.caption.isEmpty { Terminal.result("") }
      for line in table.lines { Terminal.result(line) }
    }
    guard let out else { return }
    do throws(ResultFault) {
      try Comparison.write(results, version: Build.version, to: out, plotlyPath: Parts.plotly())
    } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
    Terminal.result("\nReport            \(out)/report.html, numbers in comparison.csv and comparison.json")
  }
}

/// The result of a folder; exit 1 where there is none.
func storedResult(_ folder: String) throws -> StoredResult {
  // A run that was killed while it swapped folders is put in order first.
  WholeFiles.recover(folder)
  do throws(ResultFault) {
    return try ResultReader.read(directory: folder)
  } catch {
    Terminal.error("error: \(error.description)")
    throw Exit.projectFault
  }
}
