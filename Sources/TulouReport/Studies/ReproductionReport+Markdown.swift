extension ReproductionReport {
  /// The report as a page of the documentation.
  public var markdown: String {
    var text = "# \(name): published beside computed\n\n"
    text += "Made by `tulou reproduce \(name)`, Tulou \(version). \(count).\n\n"
    for remark in remarks { text += "* \(remark)\n" }
    for table in tables { text += "\n## \(table.caption)\n\n" + table.markdown }
    text += "\n## All values\n\n" + self.table().markdown
    return text
  }
}

extension Table {
  /// The table in Markdown.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    return line(columns.map(\.title)) + line(columns.map { $0.alignment == .right ? "--:" : "---" })
      + rows.map(line).joined()
  }
}
