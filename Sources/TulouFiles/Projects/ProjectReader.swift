import Foundation
public import TulouDocument
public import TulouProject
import TulouQuantities
package import TulouTechnologies

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
    /// Technologies that components may be of.
    package var registry = Registry.standard
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
    do throws(ProjectFault) { return try SourceBundle(path: path).reading(options) } catch {
      return (nil, error.diagnostics)
    }
  }

  static func reading(_ bytes: [UInt8], path: String, options: Options) -> (ProjectReading?, [Diagnostic]) {
    do throws(ProjectFault) { return try SourceBundle(bytes: bytes, path: path).reading(options) } catch {
      return (nil, error.diagnostics)
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
