public import Tulou

/// Who follows a study: told of what is under way, asked whether it may go on.
public struct StudyListener: Sendable {
  /// Something that is said before the answer.
  public enum News: Sendable {
    /// A sentence.
    case note(String)
    /// A sentence that nobody misses who reads the result by a program.
    case aside(String)
    /// A sentence that is said even to those who want to hear little.
    case fault(String)
    /// A warning or a fault of the project.
    case finding(Diagnostic)
  }
  /// Told what is under way, in a line that the next one replaces; nil: nothing is.
  public var progress: @Sendable (String?) -> Void
  /// Told news.
  public var tell: @Sendable (News) -> Void
  /// Whether the study is to stop; asked often.
  public var isCancelled: @Sendable () -> Bool

  /// A listener; left out, nobody is told and nobody stops it.
  public init(
    progress: @escaping @Sendable (String?) -> Void = { _ in }, tell: @escaping @Sendable (News) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.progress = progress
    self.tell = tell
    self.isCancelled = isCancelled
  }
}
