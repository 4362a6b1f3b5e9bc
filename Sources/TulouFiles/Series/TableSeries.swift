import TulouDocument
import TulouQuantities

/// From the rows of a table to one value a step of the horizon; means are kept, so energy is (rule K3).
enum TableSeries {
  /// A series of a file: read at once where the file is in Tulou's own form, else as a foreign table.
  static func series(
    _ request: SeriesRequest, plain: () throws(SeriesFault) -> CsvTable,
    foreign: () throws(SeriesFault) -> [TableLayout]
  ) throws(SeriesFault) -> SeriesReading {
    var first: SeriesFault?
    // Whether the file is in Tulou's own form beyond doubt, so that what is wrong with it is said in its words.
    var isOwn = false
    if isPlain(request) {
      do throws(SeriesFault) {
        let table = try plain()
        isOwn = !table.isDoubtful(request)
        if isOwn {
          var reading = try series(request, table)
          reading.unit = ColumnNames.unit(in: request.column)
          return reading
        }
      } catch { first = error }
    }
    // What is not in Tulou's own form is looked at as a foreign file.
    let layouts: [TableLayout]
    do throws(SeriesFault) { layouts = try foreign() } catch { throw first ?? error }
    do throws(SeriesFault) { return try series(request, foreign: layouts) } catch {
      var fault = isOwn ? first ?? error : error
      if fault.part == .data, request.zone == nil, let guess = ZoneGuess.find(layouts, request) {
        // An hour that clocks leave out or show twice is no gap to fill and no row to take out.
        fault.advice = guess.advice
      }
      throw fault
    }
  }

  /// Whether nothing is asked for that needs more than a head, points and stamps like `2025-01-31T13:00`.
  private static func isPlain(_ request: SeriesRequest) -> Bool {
    let isEnergy = request.unit.flatMap { try? Unit($0) }.map { $0.dimension == Dimension(energy: 1) } ?? false
    return request.year == nil && request.isRegister == nil && request.decimal == nil && request.sheet == nil
      && request.block == nil && request.rows.isEmpty && !isEnergy && (request.timeColumn != nil || !request.wantsTime)
  }

  /// A series of a foreign table: brought into plain form, then read like any other.
  static func series(_ request: SeriesRequest, foreign layouts: [TableLayout]) throws(SeriesFault) -> SeriesReading {
    let foreign = try ForeignTable.read(layouts, request)
    var plain = request
    plain.format = nil
    plain.stampsAreEnds = false
    plain.zone = "UTC"
    plain.timeColumn = foreign.hasTime ? "time" : nil
    var reading: SeriesReading
    if !foreign.hasTime {
      if request.wantsTime {
        throw SeriesFault(
          "No column of '\(request.file)' holds times.", advice: "Take 'time' out, or add a column of stamps.",
          part: .time)
      }
      reading = try series(plain, foreign.table)
    } else if request.timeColumn != nil || request.wantsTime {
      reading = try series(plain, foreign.table)
    } else {
      reading = try unasked(plain, request, foreign)
    }
    reading.unit = foreign.unit
    reading.assumed += foreign.notes.map { ($0, "as '\(request.file)' is written") }
    reading.warnings += foreign.warnings
    if let zone = foreign.zone, foreign.hasTime, request.zone == nil {
      reading.assumed.append(
        (
          zone.rules.name,
          "clock of the stamps of '\(request.file)' that say none: \(zone.isOfFile ? "the file names it" : "the site's, as no zone is given")"
        ))
    }
    return reading
  }

  /// A table with times that the project does not ask for: by its times where they cover the horizon, else by its number of
  /// rows, if they are one after another without gaps.
  private static func unasked(
    _ plain: SeriesRequest, _ request: SeriesRequest, _ foreign: ForeignTable
  ) throws(SeriesFault) -> SeriesReading {
    let fault: SeriesFault
    do throws(SeriesFault) {
      var reading = try series(plain, foreign.table)
      reading.assumed.append(("by its stamps", "times of '\(request.file)', which cover the horizon"))
      return reading
    } catch { fault = error }
    let times = foreign.table.rows.compactMap { foreign.table.cell(0, $0).flatMap { TimeStamps.parse($0)?.wall } }
    let steps = Set(zip(times.dropFirst(), times).map { $0 - $1 })
    guard steps.count == 1 else { throw fault }
    var counted = plain
    counted.timeColumn = nil
    do throws(SeriesFault) {
      var reading = try RowCount(counted, foreign.table).series(foreign.table.header.count - 1)
      reading.warnings.append(
        (
          "The times of '\(request.file)' do not cover the horizon; its rows are taken by their number.",
          "Say 'time: {year: any}' if its year stands for any, or give the file of the horizon's time."
        ))
      return reading
    } catch { throw fault }
  }

  static func series(_ request: SeriesRequest, _ table: CsvTable) throws(SeriesFault) -> SeriesReading {
    let column = try place(request.column, request, table, part: .column)
    guard let timeName = request.timeColumn else {
      var reading = try RowCount(request, table).series(column)
      if let time = table.timeLike(besides: column) {
        reading.warnings.append(
          (
            "The column '\(Node.short(time))' of '\(request.file)' looks like time, but nothing reads it: rows are taken by their number.",
            "Say 'time: {column: \(Node.short(time))}', with 'zone' where the stamps are not the site's."
          ))
      }
      return reading
    }
    let timeColumn = try place(timeName, request, table, part: .time)
    return try StampedRows(request, table, timeColumn).series(column)
  }

  private static func place(
    _ name: String, _ request: SeriesRequest, _ table: CsvTable, part: SeriesFault.Part
  ) throws(SeriesFault) -> Int {
    if let column = table.header.firstIndex(of: name) { return column }
    let near = nearestName(to: name, among: table.header)
    let shown = table.header.prefix(20).joined(separator: ", ")
    throw SeriesFault(
      "'\(request.file)' has no column '\(Node.short(name))'.",
      advice: near.map { "Did you mean '\($0)'?" } ?? "Columns: \(Node.short(shown)).", part: part)
  }

  /// `15 min`, `1 h`, `1.5 h`.
  static func span(_ hours: Double) -> String {
    let minutes = hours * 60
    if abs(hours - hours.rounded()) < 1e-9 { return "\(Int(saturating: hours.rounded())) h" }
    if abs(minutes - minutes.rounded()) < 1e-6 { return "\(Int(saturating: minutes.rounded())) min" }
    return "\((minutes * 10).rounded() / 10) min"
  }
}
