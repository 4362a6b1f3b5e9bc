import ArgumentParser
import Tulou
import TulouFiles

/// `tulou compare DIR DIR ...`: results side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Show the results of several runs side by side.")

  @Argument(help: ArgumentHelp("Folders of results.", valueName: "dir"))
  var folders: [String]

  func validate() throws {
    guard folders.count >= 2 else { throw ValidationError("compare takes two folders of results or more.") }
  }

  func run() throws {
    let results = try folders.map(storedResult)
    for table in Comparison.tables(results) {
      if !table.caption.isEmpty { Terminal.result("\n" + table.caption) }
      for line in table.lines { Terminal.result(line) }
    }
  }
}

/// The result of a folder; exit 1 where there is none.
func storedResult(_ folder: String) throws -> StoredResult {
  do throws(ResultFault) {
    return try ResultReader.read(directory: folder)
  } catch {
    Terminal.error("error: \(error.description)")
    throw Exit.projectFault
  }
}
