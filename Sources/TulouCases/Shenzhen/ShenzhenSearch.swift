import Tulou

extension ShenzhenPlans {
  /// What the paper's tool did, on our inputs: many sizes under rules, those that break a limit dropped, the cheapest kept.
  ///
  /// Limits as in table 6: the renewable fraction with storage output counted, as the paper counts it, a capacity shortage
  /// of at most 1 %, and demand that is left unserved costs nothing. The second search holds the honest fraction instead.
  /// Sizes end at the limits of the project files, which state table 7's surroundings (grid, reservoirs, land).
  ///
  /// - Parameters:
  ///   - most: Designs that each search may try under each rule.
  ///   - spread: Runs independent designs on several threads.
  mutating func addSearch(
    stage: String, project: Project, most: Int,
    spread: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void = { count, body in (0..<count).forEach(body) }
  ) throws(ProjectFault) {
    let least = project.limits.renewableFraction
    for isHonest in [false, true] {
      var asked = project
      asked.limits.renewableFraction = isHonest ? least : nil
      asked.limits.renewableFractionWithStorage = isHonest ? nil : least
      asked.limits.unservedEnergy = nil
      asked.limits.capacityShortage = 0.01
      for d in asked.demands.indices {
        for t in asked.demands[d].tiers.indices { asked.demands[d].tiers[t].unservedCost = 0 }
      }
      var search = SearchOptions()
      search.strategies = Self.rules.map(\.strategy)
      search.method = .evolve
      search.most = most * Self.rules.count
      search.rows = 1
      search.seeksBound = false
      search.plan = options
      let found = try SearchStudy.run(project: asked, options: search, solver: solver, spread: spread)
      // A search that was stopped has found nothing that may stand beside a published size.
      if found.isStopped { return }
      let name = isHonest ? "searched, honest fraction" : "searched as the paper did"
      guard let best = found.rows.first, best.isFeasible else {
        let nearest = found.rows.first.map { ", nearest breaks " + found.reasons($0).joined(separator: ", ") } ?? ""
        for (_, size) in ShenzhenColumn.sizes where !isHonest {
          values["t7.\(size).\(stage)"] = ComputedValue(nil, "no design keeps every limit")
        }
        searches.append(
          Search(
            stage: stage, isHonest: isHonest, design: name, designs: found.evaluated, feasible: found.feasible,
            words: "no design of \(found.evaluated) keeps every limit\(nearest)"))
        continue
      }
      var simulate = SimulateOptions()
      simulate.strategy = found.strategy(best)
      simulate.comparesWithForesight = false
      simulate.plan = options
      for (side, size) in zip(found.sides, best.sizes) { simulate.sizes[side.name] = size }
      let outcome = try SimulateStudy.run(project: asked, options: simulate, solver: nil)
      _ = note(outcome, asked, stage: stage, design: name, price: Self.price)
      if !isHonest, let column = columns.last {
        for (_, size) in ShenzhenColumn.sizes {
          values["t7.\(size).\(stage)"] = ComputedValue(
            column.sizes[size], "best of \(found.evaluated) designs, run by \(found.strategy(best).words)")
        }
      }
      searches.append(
        Search(
          stage: stage, isHonest: isHonest, design: name, designs: found.evaluated, feasible: found.feasible,
          words:
            "\(found.feasible) of \(found.evaluated) designs keep the limits; the best is run by \(found.strategy(best).words)"
        ))
    }
  }

  /// A search for a stage.
  struct Search: Sendable {
    /// `experimental`, `pilot`, `advanced`.
    var stage: String
    /// Whether storage output was left out of the renewable fraction.
    var isHonest: Bool
    /// Name of its column.
    var design: String
    /// Designs tried, and feasible among them.
    var designs: Int, feasible: Int
    /// What came of it.
    var words: String
  }
}
