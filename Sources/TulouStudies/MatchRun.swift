public import Tulou
import TulouFiles

/// `match`: which stream of one partner becomes the input of another.
public struct MatchRun: Sendable {
  let run: StudyRun
  /// How many best sets of links, and as many clearly different ones.
  public var alternatives = 1
  /// Links in which clearly different sets differ at least.
  public var difference = 2
  /// Whether what measures at the origin do is found too.
  public var reductionFirst = false
  /// Whether what every group of partners gains is found too.
  public var groups = false
  /// Two goals whose trade-off is sought, with its points.
  public var front: (first: MatchGoal, second: MatchGoal, points: Int)?
  /// How failures of partners count in the design; nil: they do not.
  public var robust: RobustRule?
  /// A partner that is away all year, or `all` one by one.
  public var without: String?
  /// Relative gap at which the search stops; nil: none up to many links, then 0.01.
  public var gap: Double?

  /// What stands for every partner, one by one.
  private static let everyone = "all"

  /// A match.
  public init(_ run: StudyRun) { self.run = run }

  /// The same with what is said in words, where every number is in its range.
  ///
  /// - Parameters:
  ///   - robust: A weight of the worst loss, or `shares`; nil: failures do not count.
  ///   - tradeOff: Two goals, `co2,money`; nil: no trade-off is sought.
  ///   - points: Points of the trade-off.
  package func with(robust: String?, tradeOff: String?, points: Int) throws(WordFault) -> MatchRun {
    try WordFault.check("--alternatives", alternatives, in: 1...1000, takes: "a whole number from 1 to 1000")
    try WordFault.check("--difference", difference, in: 1...100, takes: "a whole number from 1 to 100")
    try WordFault.check("--points", points, in: 2...200, takes: "a whole number from 2 to 200")
    try WordFault.check("--gap", gap, in: 0...0.5, takes: "a share from 0 to 0.5")
    var own = self
    if let tradeOff {
      let (first, second) = try QuestionWords.tradeOff(tradeOff)
      own.front = (first, second, points)
    }
    if let robust { own.robust = try QuestionWords.robust(robust) }
    return own
  }

  /// Matches, writes.
  public func go() throws(StudyEnd) -> StudyAnswer {
    let project = try run.read().reading.project
    guard let symbiosis = project.symbiosis else {
      throw StudyEnd(
        ProjectFault([
          Diagnostic(
            .error, "'\(run.request.file)' has no streams to match.",
            advice: "Name 'partners' and 'streams'; 'tulou init kalundborg' writes an example.", path: "streams")
        ]))
    }
    let folder = run.studyFolder("match")
    try run.reserve(folder)
    var report = MatchReport(
      name: project.name, currency: project.economy.currency, result: try matched(symbiosis), solver: "highs",
      version: run.request.version)
    report.cover = project.cover
    report.warnings = project.warnings.map(\.message)
    report.assumptions = project.assumptions.map { ($0.path, $0.value, $0.source) }
    let json = report.resultJSON()
    let files = [("result.json", Array(json.utf8)), ("match.html", report.page().file())] + report.tables()
    try run.writing { () throws(ResultFault) in try WholeFiles.write(files, to: folder) }
    return StudyAnswer(lines: report.answer(report: folder + "/match.html"), json: json)
  }

  private func question(_ symbiosis: Symbiosis) throws(StudyEnd) -> MatchQuestion {
    var question = MatchQuestion()
    question.alternatives = alternatives
    question.difference = difference
    question.reductionFirst = reductionFirst
    question.groups = groups
    question.robust = robust
    if let front { question.front = (front.first, front.second, front.points) }
    let ids = symbiosis.park.partners.map(\.id)
    guard let without else { return question }
    guard without == Self.everyone || ids.contains(without) else {
      let near = nearestName(to: without, among: ids).map { "did you mean '\($0)'?" }
      throw StudyEnd(
        .usage,
        "tulou: there is no partner '\(without)'; \(near ?? "partners: \(ids.joined(separator: ", ")).")")
    }
    question.without = without == Self.everyone ? ids : [without]
    return question
  }

  private func matched(_ symbiosis: Symbiosis) throws(StudyEnd) -> MatchResult {
    let library: HighsLibrary
    do throws(HighsLibrary.Missing) { library = try HighsLibrary.open(path: run.request.highs) } catch {
      throw StudyEnd(.partMissing, error.message)
    }
    var solve = run.context(by: Highs(library, feasibility: 1e-9)).planOptions("Matching").solve
    // Screening counts too.
    solve.startClock()
    let links = symbiosis.screened().park.links.count
    solve.tolerance = gap ?? (links > MatchStudy.manyLinks ? 0.01 : 1e-9)
    let asked = try question(symbiosis)
    defer { run.listener.progress(nil) }
    do throws(MatchFailure) {
      return try MatchStudy.run(symbiosis, asked, solver: Highs(library, feasibility: 1e-9), options: solve)
    } catch {
      throw StudyEnd(error.isLimit ? .internalError : .infeasible, "error: \(error.message)")
    }
  }
}
