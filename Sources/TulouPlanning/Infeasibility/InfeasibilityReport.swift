public import TulouAssembly
public import TulouProblem
import TulouProject
import TulouQuantities
public import TulouSolvers

/// Why no plan holds, in words: which limits conflict, when they bind, and what change of one alone would do.
public struct InfeasibilityReport: Sendable, Equatable {
  /// A limit in conflict.
  public struct Conflict: Sendable, Equatable {
    /// Key path in the file, e.g. `markets.grid.limit.buy`.
    public var path: String
    /// What it is: `purchase at 'grid' (at most 250 kW)`.
    public var name: String
    /// When it binds, e.g. `14 January, 18-21 h`; empty for limits over the year and for sizes.
    public var when: String
    /// Share of the conflict that it carries, 0 to 1.
    public var share: Double
  }
  /// A single change that alone would do.
  public struct Remedy: Sendable, Equatable {
    /// Key path of the limit to change.
    public var path: String
    /// How much, in `unit`; nil where no change of this limit alone does, or where time ran out.
    public var change: Double?
    /// Unit of the change.
    public var unit: String
    /// A sentence: `Add 37 kW of purchase at 'grid'; needed on 14 January, 18-21 h.`
    public var sentence: String
  }
  /// Limits in conflict, the heaviest first.
  public var conflicts: [Conflict]
  /// Single changes, those that do first; at most three of them.
  public var remedies: [Remedy]
  /// Whether the search ended by itself; false where its time ran out.
  public var isComplete: Bool
  /// All of it as sentences.
  public var sentences: [String]

  /// Asks why `assembled` is infeasible.
  ///
  /// - Parameters:
  ///   - assembled: The problem that was found infeasible, with its project.
  ///   - solver: Solves the relaxed problems.
  ///   - seconds: Time that all of it may take [s].
  ///   - options: Threads and cancellation.
  public static func make(
    _ assembled: Assembled, solver: any Solver, seconds: Double, options: SolveOptions
  ) -> InfeasibilityReport {
    let limits = RelaxableLimit.all(of: assembled)
    var analysis = InfeasibilityAnalysis()
    analysis.secondsTotal = seconds
    analysis.secondsPerSolve = seconds / 2
    var problem = assembled.problem.withoutWholeNumbers()
    // What is new beside plant that may retire is bound by the total alone, however far that is relaxed.
    for one in assembled.retirable { problem.capacities[one.new].upper *= 200 }
    let result = analysis.result(
      for: problem, limits: limits.map(\.elastic), solver: solver, options: options)
    let calendar = StepCalendar(assembled.project.horizon)
    let conflicts = result.findings.prefix(8).map { finding in
      let limit = limits[finding.limit]
      return Conflict(
        path: limit.path, name: limit.name, when: calendar.words(finding.steps), share: finding.share)
    }
    var remedies: [Remedy] = []
    var gaveUp = false
    for (index, remedy) in result.remedies {
      let limit = limits[index]
      switch remedy {
      case .change(let change, let steps):
        remedies.append(limit.remedy(change, when: calendar.words(steps)))
      case .notAlone: continue
      case .gaveUp:
        gaveUp = true
        remedies.append(
          Remedy(
            path: limit.path, change: nil, unit: limit.unit,
            sentence: "Whether another value of \(limit.name) alone would do was not found."))
      }
    }
    remedies.sort { ($0.change == nil ? 1 : 0) < ($1.change == nil ? 1 : 0) }
    let complete = result.status == .optimal && !gaveUp
    return InfeasibilityReport(
      conflicts: Array(conflicts), remedies: remedies, isComplete: complete,
      sentences: sentences(
        Array(conflicts), remedies, result, asksForWhole: assembled.problem.asksForWholeNumbers,
        countsHours: assembled.problem.wholeNumbersAreHours))
  }

  /// Why nothing holds where a linear plan does, but only by running something both ways at once.
  ///
  /// - Parameters:
  ///   - report: What runs both ways there.
  ///   - message: The same in words.
  static func oneWay(_ report: OneWayReport, message: String) -> InfeasibilityReport {
    InfeasibilityReport(
      conflicts: report.steps.keys.sorted().map {
        Conflict(path: $0, name: "'\($0)' running one way at a time", when: "", share: 1 / Double(report.steps.count))
      },
      remedies: [], isComplete: true, sentences: ["Infeasible: no plan keeps every limit.", message])
  }

  private static func sentences(
    _ conflicts: [Conflict], _ remedies: [Remedy], _ result: InfeasibilityAnalysis.Result, asksForWhole: Bool,
    countsHours: Bool
  ) -> [String] {
    guard !conflicts.isEmpty else {
      if result.isFeasible {
        if countsHours {
          return [
            "Infeasible with whole hours: parts of hours that fail could keep 'limits.unserved_hours', whole hours do not. Let more hours fail, or let sizes grow; rounding may miss a choice of hours that '--exact' finds."
          ]
        }
        return [
          asksForWhole
            ? "Infeasible with whole machines: parts of machines could keep every limit, whole ones ('commitment: exact', 'unit', 'options') cannot. A least load above what is wanted is the usual reason."
            : "The limits do not conflict beyond the solver's tolerance."
        ]
      }
      return result.status == .infeasible
        ? ["Infeasible even with every limit relaxed: look for a demand that no component can reach."]
        : ["Infeasible; why was not found in the time allowed."]
    }
    var lines = ["Infeasible: these limits conflict:"]
    for conflict in conflicts {
      lines.append("  \(conflict.name)" + (conflict.when.isEmpty ? "" : ", binding on \(conflict.when)"))
    }
    let changes = remedies.filter { $0.change != nil }
    if !changes.isEmpty {
      lines.append(changes.count == 1 ? "This change alone would do:" : "Any one of these changes would do:")
    } else {
      lines.append("No change of one of them alone was found to do.")
    }
    lines += remedies.map { "  " + $0.sentence }
    return lines
  }
}
