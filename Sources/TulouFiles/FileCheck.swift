import Foundation
package import TulouDocument
import TulouPlanning
import TulouQuantities
import TulouReport
import TulouResources

/// What there is to say about a file of any kind that Tulou takes (`tulou check FILE`).
package struct FileCheck: Sendable, Equatable {
  /// What the file is, in words: `project`, `carbon account`, `weather (epw), 8760 rows` ...
  package var kind: String
  /// Everything found; empty where all is well.
  package var findings: [Diagnostic]

  /// Looks at a file: what it is is told by what it holds, and by its name only where that says nothing.
  package static func of(path: String, options: ProjectReader.Options = ProjectReader.Options()) -> FileCheck {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path, most: WeatherFile.mostBytes)
    } catch {
      if case .folder = error { return results(path) }
      let finding = Diagnostic(.error, error.message(path), advice: error.advice, at: Diagnostic.Place(file: path))
      return FileCheck(kind: "file", findings: [finding])
    }
    let lower = path.lowercased()
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]), [".xlsx", ".xlsm", ".ods"].contains(where: lower.hasSuffix) {
      return workbook(path)
    }
    if let other = foreign(bytes) {
      return FileCheck(
        kind: "file",
        findings: [
          Diagnostic(
            .error, "This is \(other), which Tulou does not read.",
            advice: "Save tables as CSV; a project is a YAML file, weather EPW, TMY3, PVGIS, NSRDB or CSV.",
            at: Diagnostic.Place(file: path))
        ])
    }
    if let format = WeatherFormat.recognise(bytes) {
      return weather("weather (\(format.rawValue))") { () throws(ProjectFault) in try format.read(bytes, name: path) }
    }
    if [".csv", ".tsv"].contains(where: lower.hasSuffix) { return table(bytes, path) }
    let text = String(decoding: bytes.prefix(YamlDocument.mostBytes), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    func has(_ key: String) -> Bool { lines.contains { $0.hasPrefix(key) } }
    if lower.hasSuffix(".json"), JSON(parsing: bytes)?["tulou"]?.text != nil {
      let url = URL(fileURLWithPath: path)
      if url.lastPathComponent == "result.json" { return results(url.deletingLastPathComponent().path) }
      return FileCheck(kind: "results", findings: [])
    }
    if CarbonReader.isCarbon(text) { return carbon(path) }
    if lower.hasSuffix(".jsonl"), text.hasPrefix("{\"tulou_journal\"") {
      return FileCheck(kind: "journal of a study", findings: [])
    }
    if let root = JSON(parsing: bytes)?.fields, !root.contains(where: { ["tulou", "lock"].contains($0.0) }) {
      return FileCheck(
        kind: "file",
        findings: [
          Diagnostic(
            .error, "This JSON is no project ('tulou: 1'), no carbon account ('base_year'), no result and no weather.",
            advice: "It begins with '\(Node.short(root.first?.0 ?? "nothing"))'.", at: Diagnostic.Place(file: path))
        ])
    }
    if let kind = catalogue(text, path) { return kind }
    if lower.hasSuffix(".txt"), !has("tulou:"), !has("{") { return answers(text, path) }
    return FileCheck(
      kind: has("lock:") ? "lock file" : "project",
      findings: ProjectReader.check(bytes: bytes, path: path, options: options))
  }

  /// What a file is that other programs write and Tulou does not read; nil: it may be a text.
  private static func foreign(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "an archive or a workbook of a spreadsheet" }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "a workbook of a spreadsheet" }
    if bytes.starts(with: Array("%PDF".utf8)) { return "a PDF" }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) || bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "a picture" }
    let start = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    let first = start.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if first.hasPrefix("<!doctype html") || first.hasPrefix("<html") { return "a web page" }
    if first.hasPrefix("<?xml") || first.hasPrefix("<svg") { return "an XML file" }
    return nil
  }

  /// A workbook: its columns as series of a project; what a project has to say of them is a warning each.
  private static func workbook(_ path: String) -> FileCheck {
    do throws(ProjectFault) {
      let columns = try SeriesImport.look(path: path).columns
      let findings = columns.compactMap { column -> Diagnostic? in
        let place = Diagnostic.Place(file: path)
        if let question = column.question {
          return Diagnostic(.warning, "The column '\(Node.short(column.name))': \(question)", at: place)
        }
        let gaps = column.values.count { $0 == nil }
        guard gaps > 0 else { return nil }
        return Diagnostic(
          .warning, "The column '\(Node.short(column.name))' has no number in \(gaps) row\(gaps == 1 ? "" : "s").",
          advice: "Gaps are never filled silently; complete the file, or say with the series what fills them.",
          at: place)
      }
      let count = columns.count
      return FileCheck(
        kind: "workbook, \(count) column\(count == 1 ? "" : "s") of numbers ('tulou import' shows them)",
        findings: findings)
    } catch {
      let findings = error.diagnostics.map { one -> Diagnostic in
        var finding = one
        finding.message = "This workbook holds no table that Tulou reads: " + finding.message
        return finding
      }
      return FileCheck(kind: "workbook", findings: findings)
    }
  }

  /// Products as the catalogue lists them: each entry stands by its own as a component would; nil where the text is none.
  private static func catalogue(_ text: String, _ path: String) -> FileCheck? {
    guard let node = try? YamlDocument.node(text, file: 0, name: path), let entries = node.entries, !entries.isEmpty,
      entries.allSatisfy({ $0.value["kind"]?.text != nil && $0.value.entries != nil })
    else { return nil }
    let known = Set(Shelf.catalogueEntries.map(\.kind))
    let findings = entries.compactMap { entry -> Diagnostic? in
      let kind = entry.value["kind"]?.text ?? ""
      guard !known.contains(kind) else { return nil }
      return Diagnostic(
        .warning, "No product of the catalogue is a '\(Node.short(kind))', as '\(Node.short(entry.key))' is.",
        advice: nearestName(to: kind, among: known.sorted()).map { "Did you mean '\($0)'?" } ?? "",
        at: Diagnostic.Place(file: path))
    }
    return FileCheck(kind: "catalogue of \(entries.count) products", findings: findings)
  }

  /// A weather file: the checks are those of `tulou resource`.
  private static func weather(
    _ kind: String, hasPlace: Bool = true, _ read: () throws(ProjectFault) -> Weather
  ) -> FileCheck {
    do throws(ProjectFault) {
      let weather = try read()
      let findings = try ResourceSurvey.findings(of: weather, hasPlace: hasPlace)
      return FileCheck(
        kind: "\(kind), \(weather.horizon.steps) rows" + (hasPlace ? "" : ", of no place: the sun was not looked at"),
        findings: findings.filter { $0.severity != .note })
    } catch {
      return FileCheck(kind: kind, findings: Diagnostic.shown(error.diagnostics))
    }
  }

  /// A plain CSV: weather where a column is named so, else a table of series.
  private static func table(_ bytes: [UInt8], _ path: String) -> FileCheck {
    let table: CsvTable
    do throws(SeriesFault) { table = try CsvTable(bytes) } catch {
      let finding = Diagnostic(.error, error.message, advice: error.advice, at: Diagnostic.Place(file: path))
      return FileCheck(kind: "table", findings: [finding])
    }
    let words = table.header.map { $0.prefix { $0 != "[" && $0 != " " }.lowercased() }
    if words.contains(where: { WeatherQuantity(rawValue: String($0)) != nil }) {
      // The place does not matter here.
      let nowhere = Site(latitudeDegrees: 0, longitudeDegrees: 0, utcOffsetHours: 0)
      return weather("weather (plain)", hasPlace: false) { () throws(ProjectFault) in
        try PlainWeather.read(bytes, name: path, site: nowhere)
      }
    }
    let check = TableCheck(table: table, path: path)
    return FileCheck(kind: check.kind, findings: check.findings)
  }

  /// A folder of results: whether its numbers, its hours and its lock file can be read again.
  private static func results(_ folder: String) -> FileCheck {
    do throws(ResultFault) {
      let stored = try ResultReader.read(directory: folder)
      let lock = folder + "/project.lock.yaml"
      // What the lock file warns of was said when the results were made.
      let findings =
        stored.lock == nil
        ? [Diagnostic(.warning, "'\(folder)' has no lock file, so its report cannot be drawn again.")]
        : FileCheck.of(path: lock).findings.filter { $0.severity == .error }
      return FileCheck(kind: "results, \(stored.status)", findings: findings)
    } catch {
      return FileCheck(
        kind: "folder",
        findings: [
          Diagnostic(
            .error, error.description, advice: "Name a file, or a folder that a plan or a study has written.",
            at: Diagnostic.Place(file: folder))
        ])
    }
  }

  private static func carbon(_ path: String) -> FileCheck {
    do throws(ProjectFault) {
      return FileCheck(kind: "carbon account", findings: try CarbonReader.read(path: path).warnings)
    } catch {
      return FileCheck(kind: "carbon account", findings: Diagnostic.shown(error.diagnostics))
    }
  }

  /// Answers to the questions of `tulou init`, one a line: what is not taken is told, and the project that they make is
  /// looked at.
  private static func answers(_ text: String, _ path: String) -> FileCheck {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    var line = 0
    var question = ""
    var findings: [Diagnostic] = []
    func place(_ number: Int) -> Diagnostic.Place {
      Diagnostic.Place(file: path, line: number, source: lines[number - 1])
    }
    var questionnaire = Questionnaire(
      ask: { asked, _ in
        question = asked
        guard line < lines.count else { return nil }
        line += 1
        return lines[line - 1]
      }, say: { _ in },
      refuse: { complaint in
        findings.append(
          Diagnostic(.error, "This is no answer to '\(question)'.", advice: complaint, at: place(max(1, line))))
      })
    let answers = questionnaire.run()
    if let more = lines[line...].firstIndex(where: { !$0.isEmpty }) {
      findings.append(
        Diagnostic(.warning, "The questions end before this line.", advice: "It is not read.", at: place(more + 1)))
    }
    findings += ProjectReader.check(text: answers.projectFile, path: path + " (the project that it makes)")
    return FileCheck(kind: "answers to 'tulou init'", findings: findings)
  }
}
