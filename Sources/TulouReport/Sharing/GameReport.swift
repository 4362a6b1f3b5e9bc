import TulouQuantities
package import TulouSharing

/// A game and what each method makes of it.
package struct GameReport: Sendable {
  /// Name of the game; may be empty.
  package var name: String
  /// Names of the members, for people.
  package var members: [String]
  /// Values of all groups; nil where there are too many.
  package var game: Game?
  /// Value of all together.
  package var total: Double
  /// Methods side by side.
  package var shares: [Shares]
  /// Unit of the amounts, e.g. `USD/y`; empty: none.
  package var unit: String
  /// What a reader should know, a sentence each.
  package var remarks: [String] = []
  /// How far proofs leave the value of a group open: amounts up to twice as much say nothing.
  package var uncertainty = 0.0
  /// Numbers about the game beside its table: least core and properties; made once.
  let core: LeastCore?
  let properties: GameProperties?

  /// A report on the table of a game.
  package init(name: String, game: Game, shares: [Shares], unit: String = "") {
    self.name = name
    self.game = game
    members = game.members
    total = game.total
    self.shares = shares
    self.unit = unit
    core = LeastCore(game)
    // All pairs of disjoint groups: 3^n steps.
    properties = game.count <= 14 ? GameProperties(game) : nil
  }

  /// A report on a game of which not all groups are known.
  package init(name: String, members: [String], total: Double, shares: [Shares], unit: String = "") {
    self.name = name
    self.members = members
    self.total = total
    self.shares = shares
    self.unit = unit
    core = nil
    properties = nil
  }

  /// The report of a game by its values, or by members' surpluses (sampled where there are more than 14 members).
  ///
  /// - Parameters:
  ///   - netting: The operating game; its shares at the scarce side's price join the others.
  ///   - tolerance: Half width of a sampled share's 95 % interval, in parts of the total.
  package static func of(
    name: String, table: Game?, netting: NettingGame?, seed: UInt64, pairs: Int, tolerance: Double
  ) -> GameReport {
    var further: [Shares] = []
    if let netting {
      var owen = Shares(method: .owen, amounts: netting.owen())
      owen.proof = .proved
      further.append(owen)
    }
    if let table { return GameReport(name: name, game: table, shares: MethodTable.all(table, further: further)) }
    guard let netting else { return GameReport(name: name, members: [], total: 0, shares: []) }
    let total = netting.value(netting.members.indices)
    let sampled = SampledShapley(
      count: netting.members.count, seed: seed, most: pairs, tolerance: tolerance * abs(total),
      additions: netting.additions)
    var shapley = Shares(
      method: .shapley, amounts: sampled.shares,
      remark: "sampled: \(2 * sampled.pairs) orders in antithetic pairs, 95 % intervals")
    shapley.intervals = sampled.intervals
    shapley.proof = .searched
    let fair = mostStable(netting, total, seed: seed)
    var equal = Shares(method: .equal, amounts: Statute.equal(total, count: netting.members.count))
    equal.proof = .searched
    var report = GameReport(
      name: name, members: netting.members, total: total, shares: further + [shapley] + fair + [equal])
    report.remarks.append(
      "\(netting.members.count) members have 2^\(netting.members.count) groups: nucleolus and Banzhaf are left out, Shapley's value is sampled, and the fair least core keeps the groups that a search has found."
    )
    return report
  }

  /// The fairest of the most stable shares of more members than a table is made of: of all groups where these are few enough to be asked
  /// all, else by a search.
  private static func mostStable(_ netting: NettingGame, _ total: Double, seed: UInt64) -> [Shares] {
    let count = netting.members.count
    if count <= Game.mostMembers, Double(netting.spread.count) * Double(1 << count) <= 5e8, let game = netting.table() {
      var shares = Shares(method: .fairLeastCore, amounts: LeastCore.evenest(game))
      guard let amounts = shares.amounts else { return [] }
      let stability = Stability(game, amounts)
      shares.searched = (
        members: (0..<count).filter { (stability.worstGroup ?? 0) >> $0 & 1 == 1 }, shortfall: -stability.leastSurplus,
        asked: game.values.count - 2
      )
      return [shares]
    }
    let most = max(2000, Int(saturating: 4e8 / Double(max(1, netting.spread.count * count))))
    guard
      let found = RowGeneration(
        count: count, total: total, known: [:], most: min(most, 200_000), seed: seed,
        value: { netting.value($0.members) })
    else { return [] }
    var shares = Shares(
      method: .fairLeastCore, amounts: found.shares, remark: "of \(found.asked) groups that a search asked")
    shares.proof = .searched
    return [shares]
  }
}
