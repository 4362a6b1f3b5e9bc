import Foundation
public import TulouProject
public import TulouQuantities

/// From a project file to a typed project.
///
/// ```swift
/// let project = try ProjectReader.read(path: "park.yaml")
/// for finding in ProjectReader.check(path: "park.yaml") { print(finding) }
/// ```
public enum ProjectReader {
  /// What a run changes of a project.
  public struct Options: Sendable {
    /// Only the first hours of the horizon; yearly amounts in proportion.
    public var hours: Int?
    /// Start of all random numbers in place of those in the file.
    public var seed: UInt64?
    /// Values by key path, e.g. `components.wind.capital` = `x0.5` or `900 USD/kW`.
    public var overrides: [(path: String, value: String)]
    /// Values by key path that hold for the whole run, as the command line's `--set` gives them; before `overrides`.
    public var settings: [(path: String, value: String)] = []
    /// A study in place of those of the file: id, and text as it would stand there.
    public var study: (id: String, text: String)?
    /// Options.
    public init(hours: Int? = nil, seed: UInt64? = nil, overrides: [(path: String, value: String)] = []) {
      self.hours = hours
      self.seed = seed
      self.overrides = overrides
    }
  }

  /// The project of a file, complete; throws everything that is wrong with it at once.
  public static func read(path: String, options: Options = Options()) throws(ProjectFault) -> Project {
    try open(path: path, options: options).project
  }

  /// The project of a file with what a lock file needs; throws everything that is wrong with it at once.
  public static func open(path: String, options: Options = Options()) throws(ProjectFault) -> ProjectReading {
    let (found, diagnostics) = reading(path: path, options: options)
    guard let found else {
      throw ProjectFault(diagnostics.isEmpty ? [Diagnostic(.error, "The project cannot be read.")] : diagnostics)
    }
    return found
  }

  /// The project that a text describes as if it stood at `path`.
  public static func read(text: String, path: String, options: Options = Options()) throws(ProjectFault) -> Project {
    let (found, diagnostics) = reading(Array(text.utf8), path: path, options: options)
    guard let found else { throw ProjectFault(diagnostics) }
    return found.project
  }

  /// Everything there is to say about a file: errors, warnings, notes; empty where all is well.
  public static func check(path: String, options: Options = Options()) -> [Diagnostic] {
    reading(path: path, options: options).1
  }

  /// The same for a text that stands at `path`.
  public static func check(text: String, path: String, options: Options = Options()) -> [Diagnostic] {
    reading(Array(text.utf8), path: path, options: options).1
  }

  /// The same for bytes that stand at `path`, whatever they are.
  public static func check(bytes: [UInt8], path: String, options: Options = Options()) -> [Diagnostic] {
    reading(bytes, path: path, options: options).1
  }

  static func reading(path: String, options: Options) -> (ProjectReading?, [Diagnostic]) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path, most: YamlDocument.mostBytes)
    } catch {
      return (nil, [Diagnostic(.error, error.message(path), at: Diagnostic.Place(file: path))])
    }
    return reading(bytes, path: path, options: options)
  }

  static func reading(_ bytes: [UInt8], path: String, options: Options) -> (ProjectReading?, [Diagnostic]) {
    guard bytes.count <= YamlDocument.mostBytes else {
      let fault = FileFault.tooLarge(bytes: bytes.count, most: YamlDocument.mostBytes)
      return (nil, [Diagnostic(.error, fault.message(path), at: Diagnostic.Place(file: path))])
    }
    let text: String
    switch utf8Text(bytes, path) {
    case .success(let found): text = found
    case .failure(let fault): return (nil, fault.diagnostics)
    }
    let catalogue = Shelf.catalogue()
    var sources = [SourceText(name: path, text: text)] + catalogue.files
    var document: Node
    var settings: [DocumentOverride] = []
    do throws(ProjectFault) {
      document = try YamlDocument.node(text, file: 0, name: path)
      if let study = options.study {
        let node = try YamlDocument.node(study.text, file: sources.count, name: "command line")
        sources.append(SourceText(name: "command line", text: study.text))
        document["studies"] = Node(.mapping([Node.Entry(key: study.id, mark: node.mark, value: node)]), mark: node.mark)
      }
      for (path, value) in options.settings {
        let source = SourceText(name: "--set", text: "\(path)=\(value)")
        settings.append(try setting(path, value, file: sources.count))
        sources.append(source)
      }
    } catch {
      return (nil, error.diagnostics)
    }
    let folder = FileBytes.folder(of: path)
    // Whatever is wrong with a lock section is said where its digests are compared.
    var unheard = Decoding(files: sources, seriesReader: SeriesFolder(folder: folder))
    let locked = LockSection.read(document, &unheard)?.files ?? []
    let copies = Dictionary(
      locked.compactMap { file in file.copy.map { (file.path, $0) } }, uniquingKeysWith: { first, _ in first })
    let series = SeriesFolder(folder: folder, copies: copies)
    var decoding = Decoding(files: sources, seriesReader: series)
    var changes = ProjectDecoder.Changes()
    changes.hours = options.hours
    changes.seed = options.seed
    changes.overrides = settings + options.overrides.map { DocumentOverride(path: $0.path, value: .text($0.value)) }
    let clock = ContinuousClock()
    let begin = clock.now
    let result = ProjectDecoder.project(
      document, catalogue: CatalogueExpansion(entries: catalogue.entries), changes: changes, &decoding)
    let resourceSeconds = (clock.now - begin) / .seconds(1)
    checkDigests(document, series, &decoding)
    let findings = Diagnostic.shown(decoding.diagnostics)
    guard let project = result.project, !decoding.hasErrors else { return (nil, findings) }
    let reading = ProjectReading(
      project: project, document: result.document, decoding: decoding, files: series.files,
      hours: options.hours, seed: options.seed, resourceSeconds: resourceSeconds)
    return (reading, findings)
  }

  /// A value of the command line: a list or a mapping as YAML writes it, else a word or a number.
  private static func setting(_ path: String, _ value: String, file: Int) throws(ProjectFault) -> DocumentOverride {
    let mark = Mark(file: file, line: 1, column: path.unicodeScalars.count + 2, length: value.unicodeScalars.count)
    var node = Node.text(value, mark: mark)
    if let first = value.first, "[{".contains(first) {
      // As far to the right as it stands behind its path, so that carets point at it.
      let margin = String(repeating: " ", count: path.unicodeScalars.count + 1)
      node = try YamlDocument.node(margin + value, file: file, name: "--set \(path)")
    }
    return DocumentOverride(path: path, value: node, mark: Mark(file: file, line: 1, length: path.unicodeScalars.count))
  }

  /// Data files of a lock file have to be those that it was written with.
  private static func checkDigests(_ document: Node, _ series: SeriesFolder, _ decoding: inout Decoding) {
    guard let section = LockSection.read(document, &decoding) else { return }
    let found = Dictionary(series.files.map { ($0.path, $0.digest) }) { first, _ in first }
    for file in section.files {
      if let digest = found[file.path], digest != file.digest {
        decoding.within("lock.files") {
          $0.error(
            "The data file '\(file.path)' is not the one that the lock file was written with.",
            advice: "Plan from the project file again, or bring the old data back.",
            at: (document["lock"] ?? document).mark)
        }
      }
    }
  }

  /// The text of a YAML or JSON file, which may not be greater than `YamlDocument.mostBytes`.
  static func text(path: String) throws(ProjectFault) -> String {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path, most: YamlDocument.mostBytes)
    } catch {
      throw ProjectFault([Diagnostic(.error, error.message(path), at: Diagnostic.Place(file: path))])
    }
    return try utf8Text(bytes, path).get()
  }

  /// The text of bytes that are UTF-8; the place of the first byte that is not.
  static func utf8Text(_ bytes: [UInt8], _ path: String) -> Result<String, ProjectFault> {
    if let text = String(validating: bytes, as: UTF8.self) { return .success(text) }
    var line = 1
    var iterator = bytes.makeIterator()
    var decoder = UTF8()
    scan: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): if scalar == "\n" { line += 1 }
      case .error, .emptyInput: break scan
      }
    }
    let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    return .failure(
      ProjectFault([
        Diagnostic(
          .error, isWide ? "The file is UTF-16, not UTF-8." : "The file is not UTF-8 text.",
          advice: "Save it as UTF-8.",
          at: Diagnostic.Place(file: path, line: line))
      ]))
  }
}
