public import Tulou

/// What a study has to say when it is done; its files are written by then.
public struct StudyAnswer: Sendable {
  /// Lines for people.
  public var lines: [String]
  /// The result as the file `result.json` has it.
  public var json: String
  /// Findings of the study, each once, without those of the reading and without notes.
  public var findings: [Diagnostic]
  /// What is said besides, after the findings.
  public var notes: [String]
  /// How it ended; nil: with all that was asked.
  public var end: StudyEnd?

  /// An answer; findings that are known already are left out.
  public init(
    lines: [String], json: String, findings: [Diagnostic] = [], but known: [Diagnostic] = [], notes: [String] = [],
    end: StudyEnd? = nil
  ) {
    self.lines = lines
    self.json = json
    self.findings = findings.news(but: known)
    self.notes = notes
    self.end = end
  }
}

extension [Diagnostic] {
  /// Warnings and faults, each once and none of the known ones; notes stay in the report.
  func news(but known: [Diagnostic]) -> [Diagnostic] {
    var told = known
    var news: [Diagnostic] = []
    for one in self where one.severity != .note && !told.contains(one) {
      told.append(one)
      news.append(one)
    }
    return news
  }
}
