/// What a reading has found so far: diagnostics, assumptions, and what numbers need to be understood.
///
/// It is passed along as `inout`; `path` is the key path that is being read.
public struct Decoding: Sendable {
  /// An input that nobody wrote, or that is not firm.
  public struct Assumed: Sendable, Hashable {
    /// Key path.
    public var path: String
    /// Value as written.
    public var value: String
    /// Where it comes from.
    public var source: String
    /// `default`, `catalogue`, `approximate`, `relaxation`.
    public var kind: String
    /// An assumed input.
    public init(path: String, value: String, source: String, kind: String) {
      self.path = path
      self.value = value
      self.source = source
      self.kind = kind
    }
  }

  /// Files read so far; marks point into them.
  public var files: [SourceText]
  /// Everything found.
  public var diagnostics: [Diagnostic] = []
  /// Inputs to be listed.
  public var assumed: [Assumed] = []
  /// Defaults that were filled in, by key path, in the order met.
  public var defaults: [(path: String, value: String)] = []
  /// Key path of what is being read.
  public var path = ""
  /// Steps of the project, once known.
  public var horizon = Horizon.year(2025)
  /// Weekends and holidays, once known.
  public var calendar = WorkCalendar()
  /// Name of the project's time zone, once known.
  public var zone = "UTC"
  /// The project's currency, once known.
  public var currency = "USD"
  /// Units of the project's currency per unit of another.
  public var exchange: [String: Double] = [:]
  /// Classes of energy that the project declares, by name, with the class that each counts as.
  public var declaredClasses: [String: String] = [:]
  /// How a series is brought from a file.
  public var seriesReader: any SeriesReader

  /// A reading of these files.
  public init(files: [SourceText], seriesReader: any SeriesReader) {
    self.files = files
    self.seriesReader = seriesReader
  }

  /// Whether anything is wrong so far.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// A mark as a place that people can find.
  public func place(_ mark: Mark) -> Diagnostic.Place? {
    guard files.indices.contains(mark.file) else { return nil }
    let file = files[mark.file]
    let source = mark.line > 0 && mark.line <= file.lines.count ? file.lines[mark.line - 1] : ""
    return Diagnostic.Place(
      file: file.name, line: mark.line, column: mark.column, length: max(1, mark.length), source: source)
  }

  /// Notes an error.
  public mutating func error(_ message: String, advice: String = "", at mark: Mark) {
    diagnostics.append(Diagnostic(.error, message, advice: advice, path: path, at: place(mark)))
  }

  /// Notes a warning.
  public mutating func warning(_ message: String, advice: String = "", at mark: Mark) {
    diagnostics.append(Diagnostic(.warning, message, advice: advice, path: path, at: place(mark)))
  }

  /// Reads something that stands under `key`.
  public mutating func within<Result>(_ key: String, _ body: (inout Decoding) -> Result) -> Result {
    let before = path
    path = path.isEmpty ? key : path + "." + key
    defer { path = before }
    return body(&self)
  }

  /// The key that is being read: the last part of the path.
  public var key: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// Lists an input that nobody wrote.
  public mutating func assume(_ value: String, source: String, kind: String) {
    assumed.append(Assumed(path: path, value: value, source: source, kind: kind))
  }
}

/// Brings series from files, and zones; the room Files does it.
public protocol SeriesReader: Sendable {
  /// One value a step of the horizon from a column, in the column's own unit, as written there.
  ///
  /// Values are means over the step; finer data are averaged, so energy is kept.
  func values(_ request: SeriesRequest) throws(SeriesFault) -> [Double]
  /// Local standard time minus UTC [h] of a zone by name; nil where the zone is not known.
  func standardOffset(ofZone zone: String) -> Double?
}

/// A series wanted from a file.
public struct SeriesRequest: Sendable, Equatable {
  /// Path as written.
  public var file: String
  /// Name of the column.
  public var column: String
  /// Column with the time stamps, if there is one.
  public var timeColumn: String?
  /// Zone of the time stamps; nil: the horizon's.
  public var zone: String?
  /// Zone of the horizon.
  public var horizonZone: String
  /// Steps wanted.
  public var horizon: Horizon
  /// A request.
  public init(file: String, column: String, horizon: Horizon, horizonZone: String) {
    self.file = file
    self.column = column
    self.horizon = horizon
    self.horizonZone = horizonZone
  }
}

/// Why a series cannot be had.
public struct SeriesFault: Error, Sendable, Hashable {
  /// One sentence.
  public var message: String
  /// What to do.
  public var advice: String
  /// Which part of the request is at fault.
  public var part: Part
  /// Parts of a request.
  public enum Part: String, Sendable { case file, column, time, data }
  /// A fault.
  public init(_ message: String, advice: String = "", part: Part) {
    self.message = message
    self.advice = advice
    self.part = part
  }
}
