public import Tulou
public import TulouFiles

/// How a study ended that has no result, or a result that is not all that was asked, with what is to be said of it.
public struct StudyEnd: Error, Sendable, Equatable {
  /// Why, with the exit code of the contract (model.md section 7).
  public enum Kind: Int32, Sendable {
    /// The project is at fault.
    case projectFault = 1
    /// What was asked makes no sense.
    case usage = 2
    /// No plan satisfies the limits.
    case infeasible = 3
    /// An inner fault, a disk that refuses, or a limit reached without a plan.
    case internalError = 4
    /// A part is not installed.
    case partMissing = 5
    /// Whoever asked has stopped it.
    case interrupted = 130
  }
  /// Why.
  public var kind: Kind
  /// Sentences for who asked, in their order; may be empty.
  public var messages: [String]

  /// An end with its sentences.
  public init(_ kind: Kind, _ messages: String...) {
    self.kind = kind
    self.messages = messages
  }

  /// An end with its sentences.
  public init(_ kind: Kind, messages: [String]) {
    self.kind = kind
    self.messages = messages
  }

  /// Every finding about a project that is at fault.
  public init(_ fault: ProjectFault) {
    let errors = fault.diagnostics.filter { $0.severity == .error }.count
    self.init(
      .projectFault,
      messages: fault.diagnostics.map(\.description) + ["\(counted(errors, "error")); nothing was written."])
  }

  /// A disk that refuses.
  public init(_ fault: ResultFault, _ kind: Kind = .internalError) { self.init(kind, "error: \(fault.description)") }
}

/// `1 error`, `2 errors`.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
