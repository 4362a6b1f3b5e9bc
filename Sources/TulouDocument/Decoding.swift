package import TulouQuantities

/// What a reading has found so far: diagnostics, assumptions, and what numbers need to be understood.
///
/// It is passed along as `inout`; `path` is the key path that is being read.
package struct Decoding: Sendable {
  /// Files read so far; marks point into them.
  package var files: [SourceText]
  /// Everything found.
  package var diagnostics: [Diagnostic] = []
  /// Inputs to be listed.
  package var assumed: [Assumption] = []
  /// Defaults that were filled in, by key path, in the order met.
  package var defaults: [(path: String, value: String)] = []
  /// Key path of what is being read.
  package var path = ""
  /// Steps of the project, once known.
  package var horizon = Horizon.year(2025)
  /// The same before a run kept its first hours only; nil: `horizon`.
  package var wholeHorizon: Horizon?
  /// Weekends and holidays, once known.
  package var calendar = WorkCalendar()
  /// The project's currency, once known.
  package var currency = "USD"
  /// Units of the project's currency per unit of another.
  package var exchange: [String: Double] = [:]
  /// Classes of energy that the project declares, by name, with the class that each counts as.
  package var declaredClasses: [String: String] = [:]
  /// How a series is brought from a file.
  package var seriesReader: any SeriesReader

  /// A reading of these files.
  package init(files: [SourceText], seriesReader: any SeriesReader) {
    self.files = files
    self.seriesReader = seriesReader
  }

  /// Whether anything is wrong so far.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// A mark as a place that people can find.
  package func place(_ mark: Mark) -> Diagnostic.Place? {
    guard files.indices.contains(mark.file) else { return nil }
    let file = files[mark.file]
    let source = mark.line > 0 && mark.line <= file.lines.count ? file.lines[mark.line - 1] : ""
    return Diagnostic.Place(
      file: file.name, line: mark.line, column: mark.column, length: max(1, mark.length), source: source)
  }

  /// Notes an error.
  package mutating func error(_ message: String, advice: String = "", at mark: Mark) {
    diagnostics.append(Diagnostic(.error, message, advice: advice, path: path, at: place(mark)))
  }

  /// Notes a warning.
  package mutating func warning(_ message: String, advice: String = "", at mark: Mark) {
    diagnostics.append(Diagnostic(.warning, message, advice: advice, path: path, at: place(mark)))
  }

  /// Reads something that stands under `key`.
  package mutating func within<Result>(_ key: String, _ body: (inout Decoding) -> Result) -> Result {
    let before = path
    path = path.isEmpty ? key : path + "." + key
    defer { path = before }
    return body(&self)
  }

  /// The key that is being read: the last part of the path.
  package var key: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// Lists an input that nobody wrote.
  package mutating func assume(_ value: String, source: String, kind: Assumption.Kind) {
    assumed.append(Assumption(path: path, value: value, source: source, kind: kind))
  }
}

/// Brings series from files, and zones; the room Files does it.
package protocol SeriesReader: Sendable {
  /// One value a step of the horizon from a column, in the column's own unit, as written there.
  ///
  /// Values are means over the step; finer data are averaged, so energy is kept; coarser are held.
  func series(_ request: SeriesRequest) throws(SeriesFault) -> SeriesReading
  /// The clock of a zone by its name; nil where the zone is not known.
  func zoneRules(named zone: String) -> ZoneRules?
}

/// A series wanted from a file.
package struct SeriesRequest: Sendable, Equatable {
  /// Path as written.
  package var file: String
  /// Name of the column.
  package var column: String
  /// Column with the time stamps, if there is one.
  package var timeColumn: String?
  /// Zone of the time stamps; nil: the horizon's.
  package var zone: String?
  /// Whether stamps close their intervals rather than open them; nil: nobody says, so the file tells or they open them.
  package var stampsAreEnds: Bool?
  /// How stamps are written, e.g. `dd.mm.yyyy hh:mm`; nil: `2025-01-31T13:00` and its kin.
  package var format: String?
  /// Gaps of at most this length are filled [h]; 0: none.
  package var fillHours = 0.0
  /// How gaps are filled.
  package var fill = GapFill.interpolate
  /// Whether a time column is wanted whose name nobody gave: the file tells.
  package var wantsTime = false
  /// Year of stamps: a number, or `any` for the horizon's own; nil: as written.
  package var year: String?
  /// Unit as written beside the series.
  package var unit: String?
  /// Whether values are readings of a register that counts up; nil: they tell.
  package var isRegister: Bool?
  /// Decimal mark, where the file does not tell.
  package var decimal: String?
  /// Sheet of a workbook.
  package var sheet: String?
  /// Head of one of several tables, one below another.
  package var block: String?
  /// Rows that are meant: words of columns.
  package var rows: [String: [String]] = [:]
  /// Steps wanted, with their clock.
  package var horizon: Horizon
  /// The project's steps before a run kept the first of them; rows without stamps are counted against these.
  package var wholeHorizon: Horizon
  /// A request.
  package init(file: String, column: String, horizon: Horizon, wholeHorizon: Horizon? = nil) {
    self.file = file
    self.column = column
    self.horizon = horizon
    self.wholeHorizon = wholeHorizon ?? horizon
  }
}

/// How gaps of a series are filled.
package enum GapFill: String, Sendable, CaseIterable {
  /// Straight lines between the values beside the gap.
  case interpolate
  /// The last value before the gap.
  case previous
  /// The value of the same hour of the day before.
  case sameHour = "same-hour"
  /// Nothing was there.
  case zero
}

/// A series brought from a file, and what was decided on the way.
package struct SeriesReading: Sendable, Equatable {
  /// One value a step.
  package var values: [Double]
  /// Unit that the file itself states; nil: none that is certain.
  package var unit: String?
  /// Length of a row [h], and the hour of the day at which one begins; nil: rows are steps.
  package var rowHours: Double?, rowPhase = 0.0
  /// What the register of assumptions says: value and source, e.g. how rows of another length became steps.
  package var assumed: [(value: String, source: String)] = []
  /// What looks like a mistake: sentence and advice.
  package var warnings: [(message: String, advice: String)] = []
  /// A series of which nothing needs to be said.
  package init(_ values: [Double]) { self.values = values }

  /// Whether values, entries and warnings are the same.
  package static func == (a: SeriesReading, b: SeriesReading) -> Bool {
    a.values == b.values && a.unit == b.unit && a.rowHours == b.rowHours && a.rowPhase == b.rowPhase
      && a.assumed.elementsEqual(b.assumed, by: ==) && a.warnings.elementsEqual(b.warnings, by: ==)
  }
}

/// Why a series cannot be had.
package struct SeriesFault: Error, Sendable, Hashable {
  /// One sentence.
  package var message: String
  /// What to do.
  package var advice: String
  /// Which part of the request is at fault.
  package var part: Part
  /// What may stand in place of the column, where several things could be meant.
  package var options: [String] = []
  /// Parts of a request.
  package enum Part: String, Sendable { case file, column, time, data }
  /// A fault.
  package init(_ message: String, advice: String = "", part: Part, options: [String] = []) {
    self.options = options
    self.message = message
    self.advice = advice
    self.part = part
  }
}
