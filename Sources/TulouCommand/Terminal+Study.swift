import Tulou
import TulouFiles
import TulouStudies

extension Terminal {
  /// Who follows a study from a terminal: a line of progress, notes, Ctrl-C.
  static func listener(quiet: Bool = false, json: Bool = false) -> StudyListener {
    let line = ProgressLine(quiet: quiet || json)
    return StudyListener(
      progress: { text in
        if let text { line.show(text) } else { line.clear() }
      },
      tell: { news in
        switch news {
        case .note(let text): note(text, quiet: quiet)
        case .aside(let text): note(text, quiet: quiet || json)
        case .fault(let text): error(text)
        case .finding(let finding): tell(finding, quiet: quiet)
        }
      }, isCancelled: { Interruption.isRequested })
  }

  /// Prints an answer: the result, findings, notes, and why it ended where that is not the end asked for.
  static func show(_ answer: StudyAnswer, json: Bool = false, quiet: Bool = false) throws {
    if json {
      write(answer.json.hasSuffix("\n") ? answer.json : answer.json + "\n")
    } else {
      for line in answer.lines { result(line) }
    }
    for finding in answer.findings { tell(finding, quiet: quiet) }
    for text in answer.notes { note(text, quiet: quiet) }
    if let end = answer.end { throw end }
  }
}

extension CommonOptions {
  /// What the options ask of a file.
  func request(_ file: String, study: String? = nil, fresh: Bool = false) throws -> StudyRequest {
    var request = StudyRequest(file: file, version: Build.version)
    request.out = out
    request.read.hours = hours
    request.read.seed = seed
    request.highs = highs
    request.isExact = exact
    request.threads = threads
    request.timeLimit = timeLimit
    request.study = study
    request.isFresh = fresh
    request.language = pages.language
    let asked = request
    return try read(try asked.with(solver: solver, sizes: sizes, settings: set))
  }

  /// A run of what the options ask, followed from the terminal.
  func run(_ file: String, study: String? = nil, fresh: Bool = false) throws -> StudyRun {
    StudyRun(try request(file, study: study, fresh: fresh), listener: Terminal.listener(quiet: quiet, json: json))
  }

  /// Prints an answer as the options ask.
  func show(_ answer: StudyAnswer) throws { try Terminal.show(answer, json: json, quiet: quiet) }
}
