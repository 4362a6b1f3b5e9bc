package import TulouDocument
import TulouResources

/// Weather files by their path.
package enum WeatherFile {
  /// What a file is.
  package enum Kind: Sendable, Equatable {
    /// A file that describes itself.
    case described(WeatherFormat)
    /// A plain CSV with a header of our names, which needs a place.
    case plain
    /// Something else, taken for a project.
    case project
  }

  /// Files larger than this are refused.
  static let mostBytes = 512 << 20

  /// What a file is, and its bytes.
  package static func open(_ path: String) throws(ProjectFault) -> (kind: Kind, bytes: [UInt8]) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path, most: mostBytes)
    } catch {
      throw ProjectFault([Diagnostic(.error, error.message(path), advice: error.advice)])
    }
    let lower = path.lowercased()
    if lower.hasSuffix(".yaml") || lower.hasSuffix(".yml") { return (.project, bytes) }
    if let format = WeatherFormat.recognise(bytes) { return (.described(format), bytes) }
    return (lower.hasSuffix(".csv") ? .plain : .project, bytes)
  }
}
