package import TulouProblem
package import TulouSolvers

/// What is asked of a symbiosis beside its best match.
package struct MatchQuestion: Sendable {
  /// How many best sets of links are wanted.
  package var alternatives = 1
  /// In how many links clearly different sets have to differ.
  package var difference = 2
  /// Whether reducing first is looked at.
  package var reductionFirst = false
  /// Partners whose failure is looked at.
  package var without: [String] = []
  /// How failures are to be weighed in a design of its own; nil: no such design is wanted.
  package var robust: RobustRule?
  /// Whether the value of every group of partners is wanted.
  package var groups = false
  /// Two goals between which the trade-off is wanted, and how many points.
  package var front: (first: MatchGoal, second: MatchGoal, points: Int)?
  /// The best match alone.
  package init() {}
}

/// Answers of a symbiosis.
package struct MatchResult: Sendable {
  /// What was asked about; its park has the links that screening leaves.
  package var symbiosis: Symbiosis
  /// Links and rejected pairs.
  package var screening: Screening
  /// Value of the goal with nothing linked.
  package var apart: Double
  /// The best match.
  package var best: MatchPlan
  /// What each link of the park does in it.
  package var values: [MatchValue]
  /// What would be lost without each link that is built; nil: it is not.
  package var marginals: [Double?]
  /// The best sets, best first, `best` among them; empty where not asked.
  package var alternatives: [MatchPlan] = []
  /// The best sets that differ clearly; empty where not asked.
  package var different: [MatchPlan] = []
  /// Failures that were asked for.
  package var failures: [PartnerFailure] = []
  /// A design with failures in view; nil where not asked.
  package var robust: RobustMatch?
  /// Reducing first; nil where not asked or without measures.
  package var reduction: ReductionOrder?
  /// Value of each group, by its members; empty where not asked.
  package var groups: [(members: [String], value: Double)] = []
  /// The trade-off; empty where not asked.
  package var front: [FrontPoint] = []
  /// Targets of heat, together and of each partner; nil without streams that have temperatures.
  package var heat: (all: HeatTargets, alone: [(partner: String, targets: HeatTargets)])?
  /// Targets of water by substance.
  package var water: [(substance: String, all: WaterTargets, alone: [(partner: String, targets: WaterTargets)])] = []

  /// What was asked and not answered, for the time was over.
  package var leftOut: [MatchPart] = []

  /// What the match is worth a year [unit of the goal].
  package var value: Double { Dust.cleaned(apart - best.value, scale: max(abs(apart), abs(best.value))) }
}

/// A part of the answer that an end of the time leaves out, in words.
package enum MatchPart: String, Sendable, CaseIterable {
  case marginals = "some marginal values"
  case alternatives = "some of the best sets"
  case different = "some of the clearly different sets"
  case reduction = "reduction first"
  case failures = "some failures of partners"
  case robust = "the robust design"
  case groups = "the values of some groups"
  case front = "some points of the trade-off"
}

extension MatchQuestion {
  /// Whether more is asked than the best match.
  fileprivate var asksMore: Bool {
    alternatives > 1 || reductionFirst || !without.isEmpty || robust != nil || groups || front != nil
  }
}

/// Screens, matches and answers.
package enum MatchStudy {
  /// More partners than this are too many for all their groups.
  package static let mostInGroups = 12
  /// From so many links on the gap that is asked for is 1 %; fewer are solved to the end, with marginal values.
  package static let manyLinks = 120

  /// What of the time the best match may take where more is asked.
  private static let shareOfBest = 0.5

  /// Answers of `symbiosis`, all within the one time limit of `options`; what it leaves out is told.
  ///
  /// - Throws: `MatchFailure` where no match is possible, or a limit stopped the search before it had one.
  package static func run(
    _ symbiosis: Symbiosis, _ question: MatchQuestion, solver: any Solver, options: SolveOptions
  ) throws(MatchFailure) -> MatchResult {
    var options = options
    options.startClock()
    var symbiosis = symbiosis
    let (park, screening) = symbiosis.screened()
    symbiosis.park = park
    if let failure = impossibleAgreement(symbiosis, screening) { throw failure }
    let matching = Matching(park, goal: symbiosis.goal, solver: solver, options: options)
    let best = try first(matching, question)
    var result = MatchResult(
      symbiosis: symbiosis, screening: screening, apart: matching.apart, best: best,
      values: park.links.indices.map { MatchValue(park, link: $0, in: best) },
      marginals: [Double?](repeating: nil, count: park.links.count))
    // One search a link: beyond this many links they would take hours, and say less than their gap.
    if park.links.count <= manyLinks {
      result.marginals = try matching.marginals(best)
      if zip(best.built, result.marginals).contains(where: { $0 && $1 == nil }) { result.leftOut.append(.marginals) }
    }
    try answer(question, matching, &result)
    addTargets(to: &result)
    return result
  }

  /// The best match, with time left for what else is asked.
  private static func first(_ matching: Matching, _ question: MatchQuestion) throws(MatchFailure) -> MatchPlan {
    var own = matching
    if question.asksMore, own.options.timeLimit.isFinite { own.options.timeLimit = shareOfBest * own.options.timeLimit }
    own.options.startClock()
    return try own.best()
  }

  private static func answer(
    _ question: MatchQuestion, _ matching: Matching, _ result: inout MatchResult
  ) throws(MatchFailure) {
    let best = result.best
    if question.alternatives > 1 {
      result.alternatives = try matching.alternatives(question.alternatives)
      if result.alternatives.count < question.alternatives, matching.isOver { result.leftOut.append(.alternatives) }
      result.different = try matching.alternatives(question.alternatives, distance: question.difference)
      if result.different.count < question.alternatives, matching.isOver { result.leftOut.append(.different) }
    }
    if question.reductionFirst {
      let order = try matching.inTime { () throws(MatchFailure) in try matching.reductionOrder(best) }
      if let order { result.reduction = order } else { result.leftOut.append(.reduction) }
    }
    for partner in question.without {
      let failure = try matching.inTime { () throws(MatchFailure) in try matching.failure(of: partner, best) }
      guard let failure else {
        result.leftOut.append(.failures)
        break
      }
      result.failures.append(failure)
    }
    if let rule = question.robust {
      result.robust = try matching.inTime { () throws(MatchFailure) in try matching.robust(rule, best: best) }
      if result.robust == nil { result.leftOut.append(.robust) }
    }
    if question.groups {
      result.groups = try groups(matching)
      if result.groups.count < (1 << matching.park.partners.count) - 1 { result.leftOut.append(.groups) }
    }
    if let front = question.front {
      result.front = try matching.front(front.first, front.second, points: front.points)
      if matching.isOver { result.leftOut.append(.front) }
    }
  }

  /// What each group gains; from where the time is over, none.
  private static func groups(_ matching: Matching) throws(MatchFailure) -> [(members: [String], value: Double)] {
    let ids = matching.park.partners.map(\.id)
    guard ids.count <= mostInGroups else {
      throw MatchFailure("\(ids.count) partners have too many groups; \(mostInGroups) are the most.")
    }
    var found: [(members: [String], value: Double)] = []
    for mask in 1..<(1 << ids.count) {
      let members = ids.indices.filter { mask >> $0 & 1 == 1 }.map { ids[$0] }
      let value = try matching.inTime { () throws(MatchFailure) in try matching.value(ofGroup: Set(members)) }
      guard let value, !matching.isOver else { break }
      found.append((members, value))
    }
    return found.sorted { $0.members.count < $1.members.count }
  }

  private static func addTargets(to result: inout MatchResult) {
    let symbiosis = result.symbiosis
    let streams = symbiosis.heatStreams
    if !streams.isEmpty { result.heat = (HeatTargets(streams), HeatTargets.alone(streams)) }
    let partners = symbiosis.park.partners.map(\.id).filter { id in
      symbiosis.park.sources.contains { $0.kind == .water && $0.partner == id }
        || symbiosis.park.sinks.contains { $0.kind == .water && $0.partner == id }
    }
    result.water = symbiosis.substances.map { substance in
      (
        substance, symbiosis.waterTargets(substance),
        partners.map { ($0, symbiosis.waterTargets(substance, partner: $0)) }
      )
    }
  }

  /// An agreement that no link can keep.
  private static func impossibleAgreement(_ symbiosis: Symbiosis, _ screening: Screening) -> MatchFailure? {
    let park = symbiosis.park
    for agreement in park.agreements where agreement.minimum(in: park) > 0 {
      if park.links.contains(where: { agreement.covers($0, in: park) }) { continue }
      let why = screening.rejected.first {
        park.sources[$0.source].partner == agreement.giver && agreement.streams.contains(park.sources[$0.source].id)
          && park.sinks[$0.sink].partner == agreement.taker
      }
      return MatchFailure(
        "The agreement '\(agreement.id)' cannot be kept: '\(agreement.taker)' can take nothing of it"
          + (why.map { " (\($0.reason))." } ?? "; it needs no such stream."), conflict: [agreement.id])
    }
    return nil
  }
}
