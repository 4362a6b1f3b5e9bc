/// Rules by which members may divide what they gain together.
public enum SharingMethod: String, Sendable, CaseIterable {
  /// Prices that are multipliers of the whole cluster's plan.
  case owen
  /// The mean of what a member adds over all orders.
  case shapley
  /// The strictest stability, nobody below alone.
  case nucleolus
  /// The strictest stability, without the bound of each member alone.
  case prenucleolus
  /// The evenest shares that are as stable as shares can be.
  case fairLeastCore = "fair-least-core"
  /// The evenest shares from which no group gains by leaving (as stable as can be where there are none).
  case fairCore = "fair-core"
  /// The mean of what a member adds to all groups, scaled to the total.
  case banzhaf
  /// Equal parts.
  case equal
  /// In proportion to energy used.
  case energy
  /// In proportion to the highest use.
  case peak
  /// In proportion to the capital of own plant.
  case investment
  /// In proportion to numbers that the file states.
  case key
  /// What accounts of the plan say: pro rata at the internal price.
  case proRata = "pro-rata"

  /// Whether it is drawn from what groups are worth rather than from a key of a statute.
  package var isFair: Bool { needsAllGroups || self == .owen }

  /// Whether it takes the values of all groups.
  public var needsAllGroups: Bool {
    switch self {
    case .shapley, .nucleolus, .prenucleolus, .fairLeastCore, .fairCore, .banzhaf: true
    case .owen, .equal, .energy, .peak, .investment, .key, .proRata: false
    }
  }
}

/// What a method gives each member, and how stable that is.
package struct Shares: Sendable {
  /// How far stability is known.
  package enum Proof: String, Sendable {
    /// It follows from the method's assumptions, which hold here.
    case proved
    /// Every group was asked.
    case tested
    /// Only some groups were asked.
    case searched
    /// Part of the shares lies outside what the proof covers.
    case notCovered = "not covered"
  }

  /// The rule.
  package var method: SharingMethod
  /// Share of each member, nil where the method has none here.
  package var amounts: [Double]?
  /// Half width of the interval of each share; empty: exact.
  package var intervals: [Double] = []
  /// The stability test; nil where groups' values are not known.
  package var stability: Stability?
  /// How far stability is known.
  package var proof = Proof.tested
  /// The worst of the groups that were asked, where these are not all: its members, what it lacks, how many were asked.
  package var searched: (members: [Int], shortfall: Double, asked: Int)?
  /// Why there are no shares, or what a reader should know of them.
  package var remark = ""

  /// Shares of a method.
  package init(method: SharingMethod, amounts: [Double]?, remark: String = "") {
    self.method = method
    self.amounts = amounts
    self.remark = remark
  }
}

/// All methods side by side on one game.
package enum MethodTable {
  /// Shares by every method that needs nothing but the game, and by the given keys.
  ///
  /// - Parameters:
  ///   - game: Values of all groups.
  ///   - keys: Numbers of members by which keys of statutes divide.
  ///   - further: Shares made elsewhere (Owen's, the accounts'), tested here.
  package static func all(_ game: Game, keys: [SharingMethod: [Double]] = [:], further: [Shares] = []) -> [Shares] {
    var list = further
    for method in SharingMethod.allCases where !list.contains(where: { $0.method == method }) {
      if let shares = shares(method, game, keys[method]) { list.append(shares) }
    }
    list.sort { order($0.method) < order($1.method) }
    for index in list.indices {
      if let amounts = list[index].amounts { list[index].stability = Stability(game, amounts) }
    }
    return list
  }

  private static func order(_ method: SharingMethod) -> Int { SharingMethod.allCases.firstIndex(of: method) ?? 0 }

  private static func shares(_ method: SharingMethod, _ game: Game, _ key: [Double]?) -> Shares? {
    switch method {
    case .owen, .proRata: return nil
    case .shapley: return Shares(method: method, amounts: Contributions.shapley(game))
    case .nucleolus:
      let found = Nucleolus(game)?.allocation
      let reason = game.hasImputations ? "the arithmetic failed" : "members alone are worth more than all together"
      return Shares(method: method, amounts: found, remark: found == nil ? reason : "")
    case .prenucleolus: return made(method, Nucleolus.pre(game)?.allocation)
    case .fairLeastCore: return made(method, LeastCore.evenest(game))
    case .fairCore: return made(method, LeastCore.evenestOfCore(game))
    case .banzhaf:
      let found = Contributions.normalisedBanzhaf(game)
      return Shares(method: method, amounts: found, remark: found == nil ? "what members add sums to zero" : "")
    case .equal: return Shares(method: method, amounts: Statute.equal(game.total, count: game.count))
    case .energy, .peak, .investment, .key:
      guard let key else { return nil }
      let found = Statute.proportional(game.total, key: key)
      return Shares(
        method: method, amounts: found, remark: found == nil ? "the key is zero for all, or negative for one" : "")
    }
  }

  private static func made(_ method: SharingMethod, _ amounts: [Double]?) -> Shares {
    Shares(method: method, amounts: amounts, remark: amounts == nil ? "the arithmetic failed" : "")
  }
}
