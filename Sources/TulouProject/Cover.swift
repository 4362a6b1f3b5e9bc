import TulouDocument

/// What stands on the cover of a project's reports; each line may be empty.
package struct Cover: Sendable, Equatable {
  /// Whom the report is for.
  package var client = ""
  /// Who made it.
  package var author = ""
  /// Date of the report, as it is to be printed.
  package var date = ""
  /// Version of the report.
  package var version = ""
  /// Name of the project file; empty where the project was made in code.
  package var file = ""

  /// Language of the report.
  package var language = ReportLanguage.en
  /// Words of the project file, which a report in another language leaves as they are.
  package var words = FileWords()

  /// Nothing on the cover.
  package init() {}

  /// The lines that are not empty, with their names; the file stands beside others only.
  package var lines: [(name: String, value: String)] {
    let own = [("Client", client), ("Author", author), ("Date", date), ("Version", version)].filter { !$0.1.isEmpty }
    return own.isEmpty || file.isEmpty ? own : own + [("File", file)]
  }

  /// Keys under `report`.
  static let table = FieldTable<Cover>(
    "the cover of reports",
    [
      .text("client", \.client, "Whom the report is for."),
      .text("author", \.author, "Who made it."),
      .text("date", \.date, "Date of the report, printed as it is written."),
      .text("version", \.version, "Version of the report."),
    ])
}

extension ProjectDecoder {
  func readCover(_ node: Node?, _ decoding: inout Decoding) -> Cover {
    var cover = Cover()
    guard let node else { return cover }
    decoding.within("report") { $0.read(Cover.table, node, into: &cover) }
    return cover
  }
}
