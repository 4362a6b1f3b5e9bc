import Foundation
import Synchronization
import Tulou
import TulouStudies

/// Exit codes that no study ends with; the others are `StudyEnd.Kind` (model.md section 7).
enum Exit {
  static let done: Int32 = 0
  /// Standard output is full, closed, or read no longer (EX_IOERR of sysexits.h).
  static let outputLost: Int32 = 74
}

/// What is printed where: results to standard output, everything else to standard error.
enum Terminal {
  /// Whether progress and colour may be used: a terminal, and neither `--quiet` nor `NO_COLOR`.
  static func isLively(quiet: Bool) -> Bool {
    !quiet && isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  static func result(_ text: String) { write(text + "\n") }

  /// Text of a result as it is, without a line end of ours. What acts rather than shows is written as its number.
  ///
  /// Where standard output takes no more the command ends with code 74; results that are in a folder stay there.
  static func write(_ text: String) {
    let failure = isOutputOpen ? send(text.visible, to: STDOUT_FILENO) : EBADF
    guard failure != 0 else { return }
    // A reader that has seen enough (`| head`) needs no words.
    if failure != EPIPE { error("error: standard output cannot be written: \(String(cString: strerror(failure))).") }
    Foundation.exit(Exit.outputLost)
  }

  static func note(_ text: String, quiet: Bool = false) {
    guard !quiet else { return }
    error(text)
  }

  /// A finding; faults are printed even where quiet is asked for.
  static func tell(_ finding: Diagnostic, quiet: Bool = false) {
    note(finding.description, quiet: quiet && finding.severity != .error)
  }

  static func error(_ text: String) { _ = send(Colour.painted(text.visible) + "\n", to: STDERR_FILENO) }

  /// A question or a line of progress, without a line end.
  static func prompt(_ text: String) { _ = send(text.visible, to: STDERR_FILENO) }

  /// Removes the line of progress and writes another.
  fileprivate static func overwrite(_ text: String) { _ = send("\r\u{1B}[K" + text.visible, to: STDERR_FILENO) }

  /// Writes all bytes; the error number where that fails, else 0. Foundation's handles would end the process by a trap.
  private static func send(_ text: String, to file: Int32) -> Int32 {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count > 0 {
        done += count
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, 1000)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  /// Whether standard output was open at the start.
  private static let isOutputOpen = closedAtStart & 1 << STDOUT_FILENO == 0
  private static let closedAtStart: Int32 = {
    var closed: Int32 = 0
    for file in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(file, F_GETFD) < 0 && errno == EBADF {
      closed |= 1 << file
      // The next file that is opened would take the number, and results of the terminal would go into it.
      let opened = open("/dev/null", O_RDWR)
      if opened >= 0, opened != file {
        dup2(opened, file)
        close(opened)
      }
    }
    return closed
  }()

  /// To be called before any file is opened: holds the places of standard files that are closed, and lets writes to a
  /// reader that has gone fail instead of ending the process.
  static func prepare() {
    _ = closedAtStart
    signal(SIGPIPE, SIG_IGN)
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
    let seconds = started.duration(to: now).components.seconds
    Terminal.overwrite("\(text)  \(seconds) s")
  }

  /// Removes the line.
  func clear() {
    guard lively else { return }
    Terminal.overwrite("")
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
        if Interruption.count.wrappingAdd(1, ordering: .relaxed).oldValue > 0 {
          _exit(StudyEnd.Kind.interrupted.rawValue)
        }
      }
    }
  }
}
