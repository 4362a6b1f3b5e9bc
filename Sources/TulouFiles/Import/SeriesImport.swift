import Foundation
package import TulouDocument
import TulouQuantities

/// What a look at a foreign file of series finds: how it is written, its columns, and the line of YAML that reads each.
package struct SeriesImport: Sendable {
  /// A column of values.
  package struct Column: Sendable {
    /// As a project names it.
    package var name: String
    /// Unit that the file states; nil: it does not say.
    package var unit: String?
    /// Values in the order of time, as written; nil where nothing was measured.
    package var values: [Double?]
    /// The line to paste; nil where something has to be said first.
    package var line: String?
    /// What has to be said first: what was found, and the line that says it.
    package var question: String?
  }
  /// What is known of the file as a whole, a line each.
  package var facts: [String] = []
  /// Its columns.
  package var columns: [Column] = []

  /// What the user may say of the file beforehand.
  package struct Options: Sendable {
    /// Clock of the stamps.
    package var zone: String?
    /// Order of day and month.
    package var format: String?
    /// Whether stamps close their intervals.
    package var stampsAreEnds: Bool?
    /// Columns to look at; empty: all.
    package var columns: [String] = []
    /// Sheet of a workbook.
    package var sheet: String?
    /// Nothing said.
    package init() {}
  }

  /// Looks at a file.
  ///
  /// - Throws: a file that is no table of numbers.
  package static func look(path: String, options: Options = Options()) throws(ProjectFault) -> SeriesImport {
    do throws(SeriesFault) {
      let bytes: [UInt8]
      do throws(FileFault) {
        bytes = try FileBytes.read(path, most: SheetFile.mostBytes)
      } catch {
        throw SeriesFault(error.message(path), advice: error.advice, part: .file)
      }
      return try look(SheetFile.layouts(bytes), name: URL(fileURLWithPath: path).lastPathComponent, options)
    } catch {
      throw ProjectFault([Diagnostic(.error, error.message, advice: error.advice, at: Diagnostic.Place(file: path))])
    }
  }

  private static func look(_ layouts: [TableLayout], name: String, _ options: Options) throws(SeriesFault)
    -> SeriesImport
  {
    var result = SeriesImport()
    var zoneQuestion: String?
    var request = SeriesRequest(file: name, column: "", horizon: Horizon.year(2025))
    request.wantsTime = true
    request.zone = options.zone
    request.format = options.format
    request.stampsAreEnds = options.stampsAreEnds
    request.sheet = options.sheet
    if options.zone == nil, let guess = ZoneGuess.find(layouts, request) {
      result.facts.append("clock: " + guess.advice)
      // One clock alone fits: the file is read by it, and the line says so.
      if guess.zones.count == 1 { request.zone = guess.zones[0] } else { zoneQuestion = guess.advice }
    }
    var waiting = options.columns.isEmpty ? candidates(layouts, options) : options.columns
    var isFirst = true
    var asked: [String: Int] = [:], done: Set<String> = []
    while !waiting.isEmpty, result.columns.count < 60 {
      request.column = waiting.removeFirst()
      do throws(SeriesFault) {
        let table = try ForeignTable.read(layouts, request)
        result.add(table, request, isFirst: isFirst)
        isFirst = false
        // The parts of a sum need not be asked for again.
        done.formUnion([request.column] + request.column.components(separatedBy: " + "))
        waiting.removeAll { done.contains($0) }
      } catch {
        if !error.options.isEmpty, asked[error.message, default: 0] == 0 {
          asked[error.message] = 1
          waiting = error.options.filter { !waiting.contains($0) && !done.contains($0) } + waiting
        } else if asked[error.message, default: 0] == 0 {
          asked[error.message] = 1
          result.columns.append(
            Column(
              name: request.column, unit: nil, values: [], line: nil,
              question: error.message + " " + (zoneQuestion ?? error.advice))
          )
        }
      }
    }
    guard !result.columns.isEmpty else {
      throw SeriesFault(
        "'\(name)' has rows of data, but no column of numbers that could be a series.",
        advice: "Most cells of a column have to be numbers, with nothing but a unit behind them.", part: .data)
    }
    if let zoneQuestion {
      // Read as UTC an hour of the clocks looks like a gap to fill: the zone comes first.
      for i in result.columns.indices where result.columns[i].line != nil {
        result.columns[i].line = nil
        result.columns[i].question = zoneQuestion
      }
    }
    result.facts.insert(contentsOf: writing(layouts), at: 0)
    return result
  }

  /// Columns of numbers that vary, of all sheets and blocks.
  private static func candidates(_ layouts: [TableLayout], _ options: Options) -> [String] {
    var found: [String] = []
    for layout in layouts where options.sheet == nil || layout.sheet.name == options.sheet {
      guard layouts.count == 1 || !layout.dateColumns.isEmpty || options.sheet != nil else { continue }
      if layout.blocks.count > 1 { return layout.blocks.map(\.title) }
      let block = layout.blocks[0]
      let names = ColumnNames(layout: layout, block: block)
      let stamps = try? StampColumns.find(layout, block, named: [])
      if case .dayRows = stamps?.kind { return ["value"] }
      for column in 0..<layout.width where stamps?.columns.contains(column) != true {
        guard Selection.isNumeric(column, block), !isCounter(column, block), !found.contains(names.name(column)) else {
          continue
        }
        found.append(names.name(column))
      }
    }
    return found
  }

  /// Whether a column numbers its rows, or holds the number of a meter.
  private static func isCounter(_ column: Int, _ block: TableLayout.Block) -> Bool {
    let texts = block.rows.prefix(200).map { $0.text(column) }
    guard texts.count > 2, let first = Int(texts[0]) else { return false }
    if first > 100_000, texts.allSatisfy({ $0 == texts[0] }) { return true }
    return texts.enumerated().allSatisfy { Int($0.element) == first + $0.offset }
  }

  /// Encoding, separators, rows.
  private static func writing(_ layouts: [TableLayout]) -> [String] {
    layouts.map { layout in
      let marks: [Character: String] = [
        ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "\n": "lines alone",
      ]
      let rows = layout.blocks.reduce(0) { $0 + $1.rows.count }
      let first = layout.blocks[0].rows[0].number
      var text = layout.sheet.name.isEmpty ? "" : "sheet '\(layout.sheet.name)': "
      text +=
        layout.sheet.delimiter.map { "cells separated by \(marks[$0] ?? String($0))" }
        ?? layout.sheet.meterFormat ?? "a workbook"
      text += ", \(rows) rows of data from row \(first) on"
      if layout.blocks.count > 1 {
        text += " in \(layout.blocks.count) tables: " + layout.blocks.map { "'\($0.title)'" }.joined(separator: ", ")
      }
      return text
    }
  }

  /// Units of what may be negative where it is a net load.
  private static let powersAndEnergies: Set<String> = ["W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh"]

  private mutating func add(_ table: ForeignTable, _ request: SeriesRequest, isFirst: Bool) {
    let last = table.table.header.count - 1
    let values = table.table.rows.map { row in table.table.cell(last, row).flatMap { DecimalNumber.parse($0) } }
    var parts = ["file: \(YamlText.scalar(request.file))", "column: \(YamlText.scalar(request.column))"]
    if let unit = table.unit { parts.append("unit: \(unit)") }
    if let sheet = request.sheet { parts.append("sheet: \(YamlText.scalar(sheet))") }
    if values.contains(where: { ($0 ?? 0) < 0 }), table.unit.map(Self.powersAndEnergies.contains) ?? false {
      parts.append("net: true")
    }
    if table.isRegister { parts.append("register: true") }
    if let shape = table.shape {
      var time = ["column: \(YamlText.scalar(shape.time))"]
      if !shape.hasOffsets {
        if let zone = request.zone {
          time.append("zone: \(zone)")
        } else if let zone = table.zone, zone.isOfFile {
          time.append("zone: \(zone.rules.name)")
        }
      }
      if shape.closes || request.stampsAreEnds == true { time.append("stamp: end") }
      if let format = request.format { time.append("format: \(format)") }
      parts.append("time: {\(time.joined(separator: ", "))}")
    }
    if values.contains(where: { $0 == nil }) || !gaps(table).isEmpty { parts.append("fill: interpolate") }
    columns.append(
      Column(
        name: request.column, unit: table.unit, values: values, line: "{" + parts.joined(separator: ", ") + "}",
        question: table.unit == nil ? "The file does not say the unit: add it, such as 'unit: kWh'." : nil))
    guard isFirst else { return }
    describe(table, request)
  }

  /// Time, step, clock and gaps, told once.
  private mutating func describe(_ table: ForeignTable, _ request: SeriesRequest) {
    if let shape = table.shape, let first = table.table.rows.first, let last = table.table.rows.last,
      let from = table.table.cell(0, first).flatMap({ TimeStamps.parse($0)?.wall }),
      let to = table.table.cell(0, last).flatMap({ TimeStamps.parse($0)?.wall })
    {
      let step = table.step ?? shape.step
      facts.append(
        "time in '\(shape.time)': \(TimeStamps.plain(from)) to \(TimeStamps.plain(to + step)), steps of \(StampedRows.minutes(step)) min"
      )
      if !shape.hasOffsets, let zone = table.zone, request.zone == nil {
        facts.append(
          zone.isOfFile
            ? "clock: \(zone.rules.name), as the file says"
            : "clock: the file does not say; read as UTC here, as the site's in a project, or say 'zone' (here '--zone Europe/Berlin')"
        )
      }
    } else {
      facts.append("no column of time: rows are taken by their number")
    }
    facts += table.notes
    facts += table.warnings.map { $0.message + " " + $0.advice }
    let gaps = gaps(table)
    if !gaps.isEmpty {
      facts.append(
        "gaps: " + gaps.prefix(5).joined(separator: ", ") + (gaps.count > 5 ? " and \(gaps.count - 5) more" : ""))
    }
  }

  /// Missing spans, such as `2024-09-10T13:00:00Z (60 min)`.
  private func gaps(_ table: ForeignTable) -> [String] {
    guard table.hasTime, let step = table.step ?? table.shape?.step else { return [] }
    let times = table.table.rows.compactMap { row in table.table.cell(0, row).flatMap { TimeStamps.parse($0)?.wall } }
    return zip(times, times.dropFirst()).compactMap { a, b in
      b - a > step ? "\(TimeStamps.plain(a + step)) (\(StampedRows.minutes(b - a - step)) min)" : nil
    }
  }
}
