import Tulou
public import TulouFiles

/// What every study of a file is asked, whatever it looks for.
public struct StudyRequest: Sendable {
  /// Who solves.
  public enum Solver: String, Sendable, CaseIterable {
    /// The structured solver, and HiGHS for what it cannot take.
    case automatic = "auto"
    /// The structured solver alone.
    case structured
    /// HiGHS.
    case highs
    /// A dispatch rule in place of a plan.
    case rules
  }
  /// The project file.
  public var file: String
  /// Folder of the results; nil: one named after the file, under `out`.
  public var out: String?
  /// How the file is read: settings, hours, seed.
  public var read = ProjectReader.Options()
  /// Who solves.
  public var solver = Solver.automatic
  /// The HiGHS library, where it is not found by itself.
  public var highs: String?
  /// Whether whole units, options and fixed costs are honoured exactly.
  public var isExact = false
  /// Given sizes by `id` or `id.part`; empty: sizes are sought.
  public var sizes: [String: Double] = [:]
  /// Steps of practical sizes that stand beside a plan, a rule for those not named; nil: none stand there.
  public var practicalSteps: [String: Double]?
  /// Worker threads; nil: one a processor. Results do not depend on it.
  public var threads: Int?
  /// Seconds of solving after which it stops; nil: no limit.
  public var timeLimit: Double?
  /// The study of the file that is run; nil: the only one of its kind, if there is one.
  public var study: String?
  /// Whether what an earlier run left is thrown away.
  public var isFresh = false
  /// Whether results are written as `workbook.xlsx` too.
  public var hasWorkbook = false
  /// Language of the pages, `en` or `zh`, in place of the file's; nil: the file's.
  public var language: String?
  /// Version that results name.
  public var version: String

  /// Codes of the languages that pages can be in.
  public static var languages: [String] { ReportLanguage.allCases.map(\.rawValue) }

  /// A request with defaults.
  public init(file: String, version: String) {
    self.file = file
    self.version = version
  }

  /// Start of all random numbers of the study.
  public var seed: UInt64 { read.seed ?? 1 }

  /// The same with what is said in words, where every number is in its range.
  ///
  /// - Parameters:
  ///   - solver: Word of a solver.
  ///   - sizes: Given sizes, `pv=1200,battery.power=300`; nil: sizes are sought.
  ///   - settings: Values in place of the file's, `path=value` each.
  package func with(solver: String, sizes: String?, settings: [String]) throws(WordFault) -> StudyRequest {
    guard let known = Solver(rawValue: solver) else {
      throw WordFault("'\(solver)' is no solver; there are auto, structured, highs and rules.")
    }
    let whole = "a whole number from 1 to "
    try WordFault.check("--hours", read.hours, in: 1...10_000_000, takes: whole + "10000000")
    try WordFault.check("--threads", threads, in: 1...1024, takes: whole + "1024")
    if let timeLimit, !(timeLimit > 0) { throw WordFault("--time-limit takes seconds above 0, found \(timeLimit).") }
    var own = self
    own.solver = known
    if let sizes { own.sizes = try QuestionWords.sizes(sizes) }
    own.read.settings = try QuestionWords.settings(settings)
    return own
  }
}
