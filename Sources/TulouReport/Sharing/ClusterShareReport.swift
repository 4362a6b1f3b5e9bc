package import TulouAccounts
package import TulouPlanning
import TulouProblem
public import TulouProject
import TulouQuantities
public import TulouSharing
import TulouTechnologies

/// What members of a cluster gain by each rule: for the assembly, and a page for each member.
public struct ClusterShareReport: Sendable {
  /// Which game was played.
  public enum Kind: String, Sendable, CaseIterable {
    /// Each group plans its own cluster.
    case planning
    /// Plant as planned; groups exchange what they have over.
    case operating
  }

  /// Who takes part, in the order of `report.members`.
  package struct Player: Sendable {
    /// Id; the commons are empty.
    package var id: String
    /// Name for people.
    package var name: String
    /// Cost alone [currency/y]; nil in the operating game.
    package var alone: Double?
    /// Energy used [kWh/y].
    package var used: Double
    /// Energy produced [kWh/y].
    package var produced: Double
    /// Bought from and sold to other members [kWh/y].
    package var boughtInside: Double, soldInside: Double
    /// Capital of new plant [currency].
    package var investment: Double
    /// People; nil: not stated.
    package var population: Double?
  }

  /// The project.
  public var project: Project
  /// Which game.
  public var kind: Kind
  /// The game with all methods.
  package var report: GameReport
  /// Who takes part.
  package var players: [Player]
  /// Rule by which pages divide.
  public var rule: SharingMethod
  /// Cost of all together [currency/y]; nil in the operating game.
  public var together: Double?
  /// Proven widths: largest uncertainty of a group's value [currency/y].
  public var widest: Double
  /// Groups without a plan of their own, by name.
  public var withoutPlan: [String]
  /// Costs of groups by name, in the order of their masks; empty where they are not shown.
  package var groups: [(name: String, cost: GroupCost)]
  /// What the project's law costs; nil: it names none.
  package var law: LawCost?
  /// Version of the program.
  public var version: String

  /// A report.
  package init(
    project: Project, kind: Kind, report: GameReport, players: [Player], rule: SharingMethod, together: Double?,
    widest: Double = 0,
    withoutPlan: [String] = [], groups: [(name: String, cost: GroupCost)] = [], version: String
  ) {
    self.project = project
    self.kind = kind
    self.report = report
    self.players = players
    self.rule = rule
    self.together = together
    self.widest = widest
    self.withoutPlan = withoutPlan
    self.groups = groups
    self.version = version
  }

  /// Players of a project with what accounts of its plan say.
  package static func players(_ ids: [String], of project: Project, _ accounts: Accounts, alone: [Double]?) -> [Player]
  {
    ids.enumerated().map { index, id in
      let account = accounts.members.first { $0.id == id }
      let member = project.members.first { $0.id == id }
      return Player(
        id: id, name: member?.name ?? "Commons", alone: alone?[index],
        used: account?.served.reduce(0) { $0 + $1.energy } ?? 0,
        produced: account?.produced.reduce(0) { $0 + $1.energy } ?? 0,
        boughtInside: account?.trade.reduce(0) { $0 + $1.boughtInside } ?? 0,
        soldInside: account?.trade.reduce(0) { $0 + $1.soldInside } ?? 0, investment: account?.investment ?? 0,
        population: member?.population)
    }
  }

  /// Numbers of players by which keys of statutes divide; keys that are zero for all are left out.
  package static func keys(_ players: [Player], of project: Project) -> [SharingMethod: [Double]] {
    var keys: [SharingMethod: [Double]] = [
      .energy: players.map { max(0, $0.used) }, .investment: players.map { max(0, $0.investment) },
      .peak: players.map { player in
        let mine = project.demands.filter { ($0.member ?? "") == player.id }
        let steps = mine.map(\.power.count).max() ?? 0
        return (0..<steps).map { step in
          mine.reduce(0) { $0 + $1.power[$1.power.count == 1 ? 0 : min(step, $1.power.count - 1)] }
        }.max() ?? 0
      },
    ]
    if !project.sharing.weights.isEmpty { keys[.key] = players.map { project.sharing.weights[$0.id] ?? 0 } }
    return keys.filter { $0.value.reduce(0, +) > 0 }
  }

  /// Shares by the rule of the file; where it has none here, by the first method that has.
  var chosen: Shares? {
    report.shares.first { $0.method == rule && $0.amounts != nil } ?? report.shares.first { $0.amounts != nil }
  }

  /// The largest bill, by which bills are measured.
  private var largestBill: Double {
    players.reduce(max(abs(together ?? 0), report.game?.scale ?? 0)) { max($0, abs($1.alone ?? 0)) }
  }

  /// What a player pays alone; zero where that is a remain of planning, nil where it is not known.
  func bill(_ player: Player) -> Double? { player.alone.map { Dust.cleaned($0, scale: largestBill) } }

  /// An amount as a part of a player's own bill; nil where he has none.
  func partOfBill(_ amount: Double, _ player: Player) -> Double? {
    guard let bill = bill(player), bill > 0 else { return nil }
    return Dust.ratio(amount, of: bill, scale: largestBill)
  }

  /// An amount for each unit of energy that a player uses; nil where he uses none.
  func perUse(_ amount: Double, _ player: Player) -> Double? {
    let used = Dust.cleaned(player.used, scale: players.map(\.used).max() ?? 0)
    return used > 0 ? amount / used : nil
  }

  var unit: String { project.economy.currency + "/y" }

  func money(_ value: Double) -> String { Scale.text(value, unit) }

  /// Shortfall of the worst group when shares are mixed of two rules, from all of the first to all of the second.
  func band(from first: [Double], to second: [Double]) -> [(part: Double, shortfall: Double)] {
    guard let game = report.game else { return [] }
    return (0...20).map { step in
      let part = Double(step) / 20
      let mixed = zip(first, second).map { (1 - part) * $0 + part * $1 }
      return (part, Stability(game, mixed).shortfall)
    }
  }

  /// The rule at the stable end of the band: the nucleolus, or the prenucleolus where somebody gets less than alone whatever is done.
  var stableEnd: SharingMethod? {
    [SharingMethod.nucleolus, .prenucleolus].first { method in
      report.shares.contains { $0.method == method && $0.amounts != nil }
    }
  }

  /// The pairs of rules whose mixes are shown.
  var bands: [(name: String, points: [(part: Double, shortfall: Double)])] {
    func amounts(_ method: SharingMethod) -> [Double]? { report.shares.first { $0.method == method }?.amounts }
    guard let end = stableEnd, let stable = amounts(end) else { return [] }
    return [SharingMethod.equal, .energy, .shapley, .proRata].compactMap { method in
      amounts(method).map { ("\(method.words) to \(end.words)", band(from: $0, to: stable)) }
    }
  }
}
