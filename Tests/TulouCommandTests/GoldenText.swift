import Foundation
import TestSupport

/// What a run of the command says and writes, as one text whose lines can be compared with those of an earlier build.
///
/// Left out is what no plan has by itself: times, the version, the place of the package, and what a solver leaves of zero (gaps, breaches).
struct GoldenText {
  private var lines: [String] = []

  /// Exit code and standard output of a run, then `result.json`, sums of the columns of tables, and the text of the page.
  init(_ run: CommandLine.Result, folder: URL, version: String) {
    lines = ["# exit \(run.status)", "# output"]
    add(words: run.output)
    if let text = Self.read(folder, "result.json") {
      lines.append("# result.json")
      lines += Self.joined(Self.result(text))
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where name.hasSuffix(".csv") {
      lines.append("# " + name)
      lines += Self.sums(Self.read(folder, name) ?? "")
    }
    if let text = Self.read(folder, "report.html") {
      lines.append("# report.html")
      add(words: Self.page(text))
    }
    lines = lines.map {
      $0.replacingOccurrences(of: version, with: "VERSION")
        .replacingOccurrences(of: SharedFolder.packageRoot, with: "PACKAGE")
    }
  }

  /// The lines of a golden file.
  init(file text: String) {
    lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
  }

  /// The text of the file.
  var text: String { lines.joined(separator: "\n") + "\n" }

  /// Where two texts part: words that differ, numbers that differ by more than 1e-9 of themselves (or of one).
  ///
  /// At most eight places; lines that are in one text only are told by the first of them.
  func differences(from expected: GoldenText) -> [String] {
    var found: [String] = []
    for (n, pair) in zip(lines, expected.lines).enumerated() where found.count < 8 {
      if !Self.agree(pair.0, pair.1) { found.append("line \(n + 1): '\(pair.0)', expected '\(pair.1)'") }
    }
    if lines.count != expected.lines.count {
      found.append("\(lines.count) lines, expected \(expected.lines.count)")
    }
    return found
  }

  /// Whether two lines say the same.
  static func agree(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    let left = words(a), right = words(b)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { one, other in
      if one == other { return true }
      guard let x = Double(one), let y = Double(other) else { return false }
      return abs(x - y) <= 1e-9 * max(1, abs(x), abs(y))
    }
  }

  /// The words of a line, marks of lists and quotations apart.
  private static func words(_ line: String) -> [Substring] { line.split { " ,:[]\"".contains($0) } }

  private static func read(_ folder: URL, _ name: String) -> String? {
    try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// Adds words that people read; numbers so small that they are what is left of zero are written `~0`.
  private mutating func add(words text: String) {
    for line in text.replacing(/[\d,.]+ a second/, with: "~ a second").components(separatedBy: "\n") where !line.isEmpty
    {
      let words = line.components(separatedBy: " ").map { $0.contains(/^-?[\d.]+e-\d+/) ? "~0" : $0 }
      lines.append(words.joined(separator: " "))
    }
  }

  /// Lines of `result.json` up to its times, without definitions, gaps and what checks of a certificate found.
  private static func result(_ text: String) -> [String] {
    var isCheck = false
    // Depth of brackets within a list that other parts tell: payments by `cashflow.csv`, assumptions by the page.
    var skipped = 0
    var kept: [String] = []
    for line in text.components(separatedBy: "\n") {
      let words = line.trimmingCharacters(in: .whitespaces)
      if words.hasPrefix("\"timing\"") { break }
      if skipped > 0 || words == "\"cash_flow\": [" || words == "\"assumptions\": [" {
        if words.hasSuffix("{") || words.hasSuffix("[") { skipped += 1 }
        if words.hasPrefix("}") || words.hasPrefix("]") { skipped -= 1 }
        continue
      }
      if words.hasPrefix("\"checks\"") { isCheck = true }
      if words.hasPrefix("]") { isCheck = false }
      if isCheck && words.hasPrefix("\"value\"") { continue }
      if ["definition", "designs_per_second", "gap", "seconds", "tulou"].contains(where: {
        words.hasPrefix("\"\($0)\"")
      }) {
        continue
      }
      kept.append(words)
    }
    return kept
  }

  /// Objects and lists that hold no others on a line each.
  private static func joined(_ lines: [String]) -> [String] {
    var kept: [String] = []
    // Where the innermost object that is still open begins among those kept.
    var start: Int?
    for line in lines {
      kept.append(line)
      if line.hasSuffix("{") || line.hasSuffix("[") {
        start = kept.count - 1
      } else if line.hasPrefix("}") || line.hasPrefix("]") {
        if let start {
          let whole = kept[start...].joined(separator: " ")
          kept.replaceSubrange(start..., with: [whole])
        }
        start = nil
      }
    }
    return kept
  }

  /// `name: sum` of each column with numbers.
  private static func sums(_ text: String) -> [String] {
    var rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    guard !rows.isEmpty else { return [] }
    let names = rows.removeFirst().split(separator: ",", omittingEmptySubsequences: false)
    var sums = [Double?](repeating: nil, count: names.count)
    for row in rows {
      for (k, cell) in row.split(separator: ",", omittingEmptySubsequences: false).enumerated() where k < sums.count {
        if let number = Double(cell) { sums[k] = (sums[k] ?? 0) + number }
      }
    }
    let told = zip(names, sums).compactMap { name, sum in sum.map { "\(name): \($0)" } }
    return ["rows: \(rows.count)"] + told
  }

  /// The words of a page, a line for each block or chart, cells of a row beside each other; scripts and styles left out.
  private static func page(_ html: String) -> String {
    let inline: Set = ["a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "tspan"]
    var text = ""
    for skipped in html.components(separatedBy: "<script").enumerated() {
      // What follows the end of a script; the first piece stands before any.
      let piece = skipped.offset == 0 ? skipped.element : after("</script>", in: skipped.element)
      for part in piece.components(separatedBy: "<style").enumerated() {
        text += part.offset == 0 ? part.element : after("</style>", in: part.element)
      }
    }
    var words = "", isChart = false
    for (n, part) in text.split(separator: "<", omittingEmptySubsequences: false).enumerated() {
      guard n > 0, let end = part.firstIndex(of: ">") else {
        words += part
        continue
      }
      let name = part[..<end].drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      if name == "svg" { isChart = !part.hasPrefix("/") }
      if name == "td" || name == "th" || isChart && name != "svg" {
        words += part.hasPrefix("/") ? " | " : ""
      } else if !inline.contains(String(name)) {
        words += "\n"
      }
      words += part[part.index(after: end)...].replacing("\n", with: " ")
    }
    return words.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func after(_ mark: String, in text: String) -> String {
    text.range(of: mark).map { String(text[$0.upperBound...]) } ?? ""
  }
}
