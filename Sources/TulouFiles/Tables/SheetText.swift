import TulouDocument

/// From a text to rows of cells: what separates them is found from all lines.
enum SheetText {
  static func sheet(_ text: String) throws(SeriesFault) -> Sheet {
    var comments: [String] = []
    var lines: [(number: Int, text: Substring)] = []
    var forced: Character?
    for (i, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if lines.isEmpty, line.lowercased().hasPrefix("sep="), line.count == 5 {
        forced = line.last
      } else if line.hasPrefix("#") {
        comments.append(String(line))
      } else {
        lines.append((i + 1, line))
      }
    }
    let full = lines.filter { !$0.text.allSatisfy(\.isWhitespace) }.map(\.text)
    guard !full.isEmpty else { throw SeriesFault("The file holds no table.", part: .file) }
    let mark: Character?
    if let forced { mark = forced } else { mark = try delimiter(full) }
    if mark != nil, let torn = lines.first(where: { $0.text.utf8.count { $0 == 0x22 } % 2 == 1 }) {
      throw SeriesFault(
        "Row \(torn.number) has a quotation mark that is not closed.", advice: "Close it, or take it out.", part: .data)
    }
    let rows = lines.map { SheetRow(number: $0.number, cells: cells($0.text, mark)) }
    var sheet = Sheet(rows: rows, comments: comments, delimiter: mark ?? "\n")
    if mark == nil, full.first?.contains(where: \.isLetter) == true {
      sheet.tornRow = lines.first { $0.text.contains(",") && $0.text.allSatisfy { !$0.isLetter } }?.number
    }
    return sheet
  }

  /// The mark that most lines hold equally often. Where tabs or semicolons do, commas may be decimal.
  private static func delimiter(_ lines: [Substring]) throws(SeriesFault) -> Character? {
    let step = max(1, lines.count / 2000)
    let sample = stride(from: 0, to: lines.count, by: step).map { lines[$0] }
    var best: (mark: Character, share: Double, cells: Int)?
    for mark: Character in ["\t", ";", "|", ","] {
      var counts: [Int: Int] = [:]
      for line in sample { counts[cells(line, mark).count, default: 0] += 1 }
      counts[1] = nil
      guard let usual = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { continue }
      let share = Double(usual.value) / Double(sample.count)
      if share > 0.3, best.map({ share > $0.share * 1.6 }) ?? true { best = (mark, share, usual.key) }
    }
    guard let best else { return nil }
    if best.mark == ",", best.cells == 2, try isDecimalComma(lines) { return nil }
    return best.mark
  }

  /// Whether each line is one number with a decimal comma rather than two cells.
  private static func isDecimalComma(_ lines: [Substring]) throws(SeriesFault) -> Bool {
    var parts: [(Substring, Substring)] = []
    var heads = 0
    for line in lines {
      let pair = line.split(separator: ",", omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
      guard pair.count == 2, isDigits(pair[1]), isDigits(pair[0].first == "-" ? pair[0].dropFirst() : pair[0]) else {
        guard parts.isEmpty else { return false }
        if pair.count == 2 { return false }
        heads += 1
        continue
      }
      parts.append((pair[0], pair[1]))
    }
    guard parts.count >= 2 else { return false }
    let length = parts[0].1.count
    if heads > 0 || length > 1 && parts.allSatisfy({ $0.1.count == length })
      || parts.contains(where: { $0.1.count > 1 && $0.1.first == "0" })
    {
      return true
    }
    throw SeriesFault(
      "Each row is two whole numbers, or one number with a decimal comma; the file does not say which.",
      advice: "Write a head of two names, or decimal points.", part: .data)
  }

  private static func isDigits(_ text: Substring) -> Bool {
    let body = text.last == "\r" ? text.dropLast() : text
    return !body.isEmpty && body.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
  }

  /// Cells of a line, without blanks and quotation marks around them; `="0012"` is the text that a spreadsheet keeps.
  static func cells(_ line: Substring, _ mark: Character?) -> [SheetCell] {
    guard let mark else { return [SheetCell(text: trimmed(line))] }
    var cells: [SheetCell] = []
    let bytes = line.utf8
    guard let separator = mark.asciiValue else { return [SheetCell(text: trimmed(line))] }
    var start = bytes.startIndex
    var i = start
    var quoted = false
    while i < bytes.endIndex {
      let byte = bytes[i]
      if byte == 0x22 {
        quoted.toggle()
      } else if byte == separator && !quoted {
        cells.append(SheetCell(text: trimmed(line[start..<i])))
        start = bytes.index(after: i)
      }
      i = bytes.index(after: i)
    }
    cells.append(SheetCell(text: trimmed(line[start...])))
    return cells
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let c = text.first, c.isWhitespace || c == "\u{FEFF}" || c == "\u{200B}" { text = text.dropFirst() }
    while let c = text.last, c.isWhitespace || c == "\u{200B}" { text = text.dropLast() }
    if text.hasPrefix("=\"") { text = text.dropFirst() }
    if text.utf8.count >= 2, text.first == "\"", text.last == "\"" {
      text = text.dropFirst().dropLast()
      while let c = text.first, c.isWhitespace { text = text.dropFirst() }
      while let c = text.last, c.isWhitespace { text = text.dropLast() }
    }
    return String(text)
  }
}
