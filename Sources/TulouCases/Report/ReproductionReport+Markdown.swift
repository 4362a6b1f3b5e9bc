import Tulou

extension ReproductionReport {
  /// The report as a part of a page of the documentation.
  var markdown: String {
    var text = "## \(name)\n\n\(citation)\n\nMade by `tulou reproduce \(name)`. \(count).\n\n"
    if !main.isEmpty { text += mainTable.markdown + "\n" }
    for remark in remarks { text += "* \(remark)\n" }
    for table in tables { text += "\n### \(table.caption)\n\n" + table.markdown }
    for verdict in ReproducedRow.Verdict.allCases {
      let found = judged.filter { $0.verdict == verdict }
      if found.isEmpty { continue }
      text += "\n### \(name): \(verdict.words)\n\n"
      if verdict == .notReproduced { text += missingTable.markdown + "\n" }
      text += table(found).markdown
    }
    text += "\n### \(name): derived from the paper's inputs\n\n" + derivedTable(.derived, caption: "").markdown
    text += "\n### \(name): results of our plans\n\n" + derivedTable(.ours, caption: "").markdown
    return text
  }
}

extension Table {
  /// The table in Markdown.
  var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    return line(columns.map(\.title)) + line(columns.map { $0.alignment == .right ? "--:" : "---" })
      + rows.map(line).joined()
  }
}
