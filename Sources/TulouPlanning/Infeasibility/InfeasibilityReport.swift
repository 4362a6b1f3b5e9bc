import TulouProject
import TulouQuantities
public import TulouSolvers
public import TulouProblem

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
    let result = analysis.result(
      for: assembled.problem.withoutWholeNumbers(), limits: limits.map(\.elastic), solver: solver, options: options)
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
      case .gaveUp(let seconds):
        gaveUp = true
        remedies.append(
          Remedy(
            path: limit.path, change: nil, unit: limit.unit,
            sentence: "Whether more of \(limit.name) alone would do was not found within \(shortNumber(seconds)) s."))
      }
    }
    remedies.sort { ($0.change == nil ? 1 : 0) < ($1.change == nil ? 1 : 0) }
    let complete = result.status == .optimal && !gaveUp
    return InfeasibilityReport(
      conflicts: Array(conflicts), remedies: remedies, isComplete: complete,
      sentences: sentences(Array(conflicts), remedies, result))
  }

  private static func sentences(
    _ conflicts: [Conflict], _ remedies: [Remedy], _ result: InfeasibilityAnalysis.Result
  ) -> [String] {
    guard !conflicts.isEmpty else {
      if result.isFeasible { return ["The limits do not conflict beyond the solver's tolerance."] }
      return result.status == .infeasible
        ? ["No plan holds even with every limit relaxed: look for a demand that no component can reach."]
        : ["No plan holds; why was not found in the time allowed."]
    }
    var lines = ["No plan holds. These limits conflict:"]
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

/// A limit of the project that may be relaxed, with the words for it.
struct RelaxableLimit {
  var elastic: ElasticLimit
  var path: String
  var name: String
  /// Verb and object of its remedy, with the change in the middle: `Add`, `of purchase at 'grid'`.
  var verb: String, object: String
  var unit: String
  /// Units of `unit` per unit of the analysis' change.
  var perChange = 1.0

  func remedy(_ change: Double, when: String) -> InfeasibilityReport.Remedy {
    let amount = change * perChange
    // Rounded up in the third digit, so that what is printed does.
    let printed = shortNumber(amount * 1.005)
    let needed = when.isEmpty ? "." : "; needed on \(when)."
    return InfeasibilityReport.Remedy(
      path: path, change: amount, unit: unit, sentence: "\(verb) \(printed) \(unit) \(object)\(needed)")
  }

  /// What a planner could change in a project: limits, connections, sizes, service.
  static func all(of assembled: Assembled) -> [RelaxableLimit] {
    limits(assembled) + connections(assembled) + sizes(assembled) + balances(assembled)
  }

  private static func limits(_ assembled: Assembled) -> [RelaxableLimit] {
    var limits: [RelaxableLimit] = assembled.limitRows.map { limit in
      let row = assembled.problem.yearlyRows[limit.row]
      let isLeast = limit.key == "renewable_fraction"
      let isShare = limit.unit == "1"
      let place: ElasticLimit.Place = row.upper.isFinite ? .yearlyUpper(limit.row) : .yearlyLower(limit.row)
      let words = limit.key.split(separator: "_").joined(separator: " ")
      let shown = isShare ? "\(shortNumber(100 * limit.limit, digits: 4)) %" : "\(shortNumber(limit.limit, digits: 4)) \(limit.unit)"
      return RelaxableLimit(
        elastic: ElasticLimit(place, label: row.label), path: "limits.\(limit.key)",
        name: "\(words) of at \(isLeast ? "least" : "most") \(shown)", verb: isLeast ? "Lower" : "Raise",
        object: isShare
          ? "points the limit on \(words)" : "the limit on \(words)",
        unit: isShare ? "percentage" : limit.unit, perChange: limit.perActivity * (isShare ? 100 : 1))
    }
    for (index, row) in assembled.problem.yearlyRows.enumerated()
    where row.label.part == "stock" || row.label.part == "cycle_life" {
      let isStock = row.label.part == "stock"
      limits.append(
        RelaxableLimit(
          elastic: ElasticLimit(.yearlyUpper(index), label: row.label),
          path: "components.\(row.label.id).\(row.label.part)",
          name: isStock ? "the stock of '\(row.label.id)'" : "the cycle life of '\(row.label.id)'", verb: "Add",
          object: isStock ? "to the stock of '\(row.label.id)'" : "of throughput to '\(row.label.id)'", unit: "kWh/y",
          perChange: 1 / assembled.years))
    }
    return limits
  }

  private static func connections(_ assembled: Assembled) -> [RelaxableLimit] {
    var found: [RelaxableLimit] = []
    let problem = assembled.problem
    let markets = Dictionary(assembled.project.markets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (j, flow) in problem.flows.enumerated() {
      guard let b = flow.upper.firstIndex(where: { $0.capacity == nil }) else { continue }
      let id = flow.label.id
      switch flow.label.role {
      case .purchase where flow.label.part == "0":
        guard let limit = markets[id]?.buyLimit else { continue }
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.flowUpper(flow: j, bound: b), label: flow.label),
            path: "markets.\(id).limit.buy", name: "purchase at '\(id)' (at most \(shortNumber(limit)) kW)", verb: "Add",
            object: "of purchase at '\(id)'", unit: "kW"))
      case .forward, .backward:
        let way = flow.label.role == .forward ? "towards" : "from"
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.flowUpper(flow: j, bound: b), label: flow.label),
            path: "components.\(id).limit", name: "the limit of '\(id)' (\(way) its end)", verb: "Add",
            object: "to the limit of '\(id)'", unit: "kW"))
      case .serve:
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.flowUpper(flow: j, bound: b), label: flow.label),
            path: "demands.\(id).peak", name: "the greatest power of '\(id)'", verb: "Add",
            object: "to the peak of '\(id)'", unit: "kW"))
      default: continue
      }
    }
    return found
  }

  private static func sizes(_ assembled: Assembled) -> [RelaxableLimit] {
    let problem = assembled.problem
    return problem.capacities.enumerated().compactMap { k, capacity in
      guard capacity.label.role == .size, assembled.derivedLimits[k] == nil else { return nil }
      let label = capacity.label
      let name = label.part.isEmpty ? "'\(label.id)'" : "the \(label.part) of '\(label.id)'"
      let unit = assembled.project.components.first { $0.id == label.id }?.sizes.first { $0.part == label.part }?.unit ?? "kW"
      return RelaxableLimit(
        elastic: ElasticLimit(.capacityUpper(k), label: label), path: "components.\(label.id).capacity.max",
        name: "the size of \(name) (at most \(shortNumber(capacity.upper)) \(unit))", verb: "Add",
        object: "to the greatest size of \(name)", unit: unit)
    }
  }

  private static func balances(_ assembled: Assembled) -> [RelaxableLimit] {
    let problem = assembled.problem
    var found: [RelaxableLimit] = []
    for (r, row) in problem.rows.enumerated() {
      if row.label.role == .balance, row.lower.maximum > 0 {
        let demand = (0..<problem.steps).reduce(0.0) { $0 + problem.weight[$1] * row.lower[$1] } * problem.stepHours
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.rowLower(r), label: row.label, measure: .sum),
            path: "limits.unserved_energy", name: "serving all that is wanted at '\(row.label.id)'", verb: "Leave",
            object: "of the demand at '\(row.label.id)' unserved", unit: "%", perChange: 100 / max(demand, 1e-9)))
      } else if row.label.part == "reserve", row.upper.minimum == .infinity {
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.rowLower(r), label: row.label), path: "reliability.reserve.\(row.label.id)",
            name: "the reserve on '\(row.label.id)'", verb: "Accept", object: "less reserve on '\(row.label.id)'",
            unit: "kW"))
      } else if row.label.part == "must_take" {
        found.append(
          RelaxableLimit(
            elastic: ElasticLimit(.rowLower(r), label: row.label, measure: .sum),
            path: "components.\(row.label.id).must_take", name: "taking all that '\(row.label.id)' gives",
            verb: "Let", object: "of '\(row.label.id)' be curtailed", unit: "kWh"))
      }
    }
    return found
  }
}
