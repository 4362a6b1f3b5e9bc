import TulouDocument

/// Collects what is wrong with a file, line by line, and gives up after twenty.
struct FormatFaults {
  let file: String
  private(set) var diagnostics: [Diagnostic] = []
  private var errors = 0
  private var warnings = 0

  init(file: String) { self.file = file }

  /// Whether so much is wrong that reading on helps nobody.
  var isFull: Bool { errors >= 20 }

  mutating func add(_ message: String, line: Int, severity: Diagnostic.Severity = .error) {
    if severity == .error { errors += 1 } else { warnings += 1 }
    // A thousand rows out of range are one finding; the quality report counts them.
    guard severity == .error || warnings <= 20 else { return }
    diagnostics.append(Diagnostic(severity, message, at: .init(file: file, line: line)))
  }

  /// Throws if an error was found.
  func throwIfAny() throws(ProjectFault) {
    if errors > 0 { throw ProjectFault(diagnostics) }
  }

  /// A fault with one more error.
  func thrown(_ message: String, line: Int) -> ProjectFault {
    ProjectFault(diagnostics + [Diagnostic(.error, message, at: .init(file: file, line: line))])
  }
}
