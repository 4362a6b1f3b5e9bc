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

  /// What the match is worth a year [unit of the goal].
  package var value: Double { apart - best.value }
}

/// Screens, matches and answers.
package enum MatchStudy {
  /// More partners than this are too many for all their groups.
  package static let mostInGroups = 12
  /// From so many links on the gap that is asked for is 1 %; fewer are solved to the end, with marginal values.
  package static let manyLinks = 120

  /// Answers of `symbiosis`.
  ///
  /// - Throws: `MatchFailure` where no match is possible, or a limit stopped the search before it had one.
  package static func run(
    _ symbiosis: Symbiosis, _ question: MatchQuestion, solver: any Solver, options: SolveOptions
  ) throws(MatchFailure) -> MatchResult {
    var symbiosis = symbiosis
    let (park, screening) = symbiosis.screened()
    symbiosis.park = park
    if let failure = impossibleAgreement(symbiosis, screening) { throw failure }
    let matching = Matching(park, goal: symbiosis.goal, solver: solver, options: options)
    let best = try matching.best()
    var result = MatchResult(
      symbiosis: symbiosis, screening: screening, apart: matching.apart, best: best,
      values: park.links.indices.map { MatchValue(park, link: $0, in: best) },
      // One search a link: beyond this many links they would take hours, and say less than their gap.
      marginals: park.links.count <= manyLinks
        ? try matching.marginals(best) : [Double?](repeating: nil, count: park.links.count))
    if question.alternatives > 1 {
      result.alternatives = try matching.alternatives(question.alternatives)
      result.different = try matching.alternatives(question.alternatives, distance: question.difference)
    }
    if question.reductionFirst { result.reduction = try matching.reductionOrder(best) }
    for partner in question.without { result.failures.append(try matching.failure(of: partner, best)) }
    if let rule = question.robust { result.robust = try matching.robust(rule, best: best) }
    if question.groups { result.groups = try groups(matching) }
    if let front = question.front {
      result.front = try matching.front(front.first, front.second, points: front.points)
    }
    addTargets(to: &result)
    return result
  }

  private static func groups(_ matching: Matching) throws(MatchFailure) -> [(members: [String], value: Double)] {
    let ids = matching.park.partners.map(\.id)
    guard ids.count <= mostInGroups else {
      throw MatchFailure("\(ids.count) partners have too many groups; \(mostInGroups) are the most.")
    }
    var found: [(members: [String], value: Double)] = []
    for mask in 1..<(1 << ids.count) {
      let members = ids.indices.filter { mask >> $0 & 1 == 1 }.map { ids[$0] }
      found.append((members, try matching.value(ofGroup: Set(members))))
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
