import Foundation
import Synchronization
import Tulou

/// Exit codes of the contract (model.md section 7).
enum Exit: Int32, Error {
  case done = 0
  case projectFault = 1
  case usage = 2
  case infeasible = 3
  case internalError = 4
  case partMissing = 5
  case interrupted = 130
}

/// What is printed where: results to standard output, everything else to standard error.
enum Terminal {
  /// Whether progress and colour may be used: a terminal, and neither `--quiet` nor `NO_COLOR`.
  static func isLively(quiet: Bool) -> Bool {
    !quiet && isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  static func result(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  static func note(_ text: String, quiet: Bool = false) {
    guard !quiet else { return }
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Warnings and faults, each once; notes stay in the report. Faults are printed even where quiet is asked for.
  static func warnings(_ found: [Diagnostic], but known: [Diagnostic] = [], quiet: Bool = false) {
    var told = known
    for one in found where one.severity != .note && !told.contains(one) {
      told.append(one)
      if one.severity == .error { error(one.description) } else { note(one.description, quiet: quiet) }
    }
  }

  static func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// One line of progress that is overwritten; silent where there is no terminal.
final class ProgressLine: Sendable {
  private let lively: Bool
  private let last = Mutex<ContinuousClock.Instant?>(nil)
  private let started = ContinuousClock.now

  init(quiet: Bool) { lively = Terminal.isLively(quiet: quiet) }

  /// Shows `text` with the seconds since the start, at most ten times a second.
  func show(_ text: String) {
    guard lively else { return }
    let now = ContinuousClock.now
    let due = last.withLock { last in
      if let previous = last, previous.duration(to: now) < .milliseconds(100) { return false }
      last = now
      return true
    }
    guard due else { return }
    let seconds = Double(started.duration(to: now).components.seconds)
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)  \(Int(seconds)) s".utf8))
  }

  /// Removes the line.
  func clear() {
    guard lively else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}

/// Ctrl-C: asks the running solve to stop; a second one ends the process at once.
enum Interruption {
  private static let count = Atomic<Int>(0)

  /// Whether the user asked to stop.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  static func install() {
    // Whoever started the command may have blocked the signals that stop it.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        if Interruption.count.wrappingAdd(1, ordering: .relaxed).oldValue > 0 { _exit(Exit.interrupted.rawValue) }
      }
    }
  }
}

/// What this build is.
enum Build {
  static let version = "0.1.0"
}
