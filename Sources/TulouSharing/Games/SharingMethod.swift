/// A rule by which members may divide what they gain together: one declaration, with how it divides.
///
/// A further rule is a declaration in a file of its own and its line in `allCases`.
public struct SharingMethod: Sendable, RawRepresentable, CaseIterable {
  /// What a rule goes by.
  package enum Basis: Sendable {
    /// What all groups are worth.
    case groups
    /// Nothing but how many divide.
    case count
    /// Numbers of the members, as a statute names them.
    case key
    /// A plan of all, or its accounts: the shares are made elsewhere.
    case plan
  }

  /// As the file and the command write it.
  public let rawValue: String
  /// As people say it within a sentence.
  package let words: String
  /// What it goes by.
  package let basis: Basis
  /// Whether it is drawn from what groups are worth rather than from a key of a statute.
  package let isFair: Bool
  /// Why there are no shares where it gives none.
  let failure: @Sendable (Game) -> String
  let divide: @Sendable (Game, [Double]) -> [Double]?

  /// A rule.
  ///
  /// - Parameters:
  ///   - name: As the file and the command write it.
  ///   - basis: What it goes by.
  ///   - words: As people say it within a sentence; nil: its name with spaces.
  ///   - isFair: Whether it is drawn from what groups are worth; nil: where it goes by groups.
  ///   - failure: Why there are no shares where it gives none.
  ///   - divide: Shares of the members, given what groups are worth and the numbers of a key; nil: there are none.
  package init(
    _ name: String, _ basis: Basis, words: String? = nil, isFair: Bool? = nil,
    failure: @escaping @Sendable (Game) -> String = { _ in "the arithmetic failed" },
    divide: @escaping @Sendable (Game, [Double]) -> [Double]? = { _, _ in nil }
  ) {
    rawValue = name
    self.words = words ?? name.split(separator: "-").joined(separator: " ")
    self.basis = basis
    self.isFair = isFair ?? (basis == .groups)
    self.failure = failure
    self.divide = divide
  }

  /// The rule of a name; nil: there is none.
  public init?(rawValue: String) {
    guard let found = SharingMethod.allCases.first(where: { $0.rawValue == rawValue }) else {
      return nil
    }
    self = found
  }

  /// Every rule, in the order in which they are shown.
  public static let allCases: [SharingMethod] = [
    owen, shapley, nucleolus, prenucleolus, fairLeastCore, fairCore, banzhaf, equal, energy, peak,
    investment, key,
    proRata,
  ]

  /// Whether it takes the values of all groups.
  public var needsAllGroups: Bool { basis == .groups }

  /// Shares by this rule; nil: they are made elsewhere, or the numbers of its key are not known.
  func shares(_ game: Game, key: [Double]?) -> Shares? {
    switch (basis, key) {
    case (.plan, _), (.key, nil): return nil
    default:
      let amounts = divide(game, key ?? [])
      return Shares(method: self, amounts: amounts, remark: amounts == nil ? failure(game) : "")
    }
  }
}

extension SharingMethod: Hashable, CustomStringConvertible {
  /// Rules are told apart by their names.
  public static func == (a: SharingMethod, b: SharingMethod) -> Bool { a.rawValue == b.rawValue }

  /// By its name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// Its name.
  public var description: String { rawValue }
}

extension SharingMethod {
  /// Prices that are multipliers of the whole cluster's plan.
  public static let owen = SharingMethod("owen", .plan, words: "Owen prices", isFair: true)
  /// The mean of what a member adds over all orders.
  public static let shapley = SharingMethod(
    "shapley", .groups, words: "Shapley value", divide: { game, _ in Contributions.shapley(game) })
  /// The strictest stability, nobody below alone.
  public static let nucleolus = SharingMethod(
    "nucleolus", .groups,
    failure: {
      $0.hasImputations ? "the arithmetic failed" : "members alone are worth more than all together"
    },
    divide: { game, _ in Nucleolus(game)?.allocation })
  /// The strictest stability, without the bound of each member alone.
  public static let prenucleolus = SharingMethod(
    "prenucleolus", .groups, divide: { game, _ in Nucleolus.pre(game)?.allocation })
  /// The evenest shares that are as stable as shares can be.
  public static let fairLeastCore = SharingMethod(
    "fair-least-core", .groups, words: "evenest least core", divide: { game, _ in LeastCore.evenest(game) })
  /// The evenest shares from which no group gains by leaving (as stable as can be where there are none).
  public static let fairCore = SharingMethod(
    "fair-core", .groups, words: "evenest core", divide: { game, _ in LeastCore.evenestOfCore(game) })
  /// The mean of what a member adds to all groups, scaled to the total.
  public static let banzhaf = SharingMethod(
    "banzhaf", .groups, words: "Banzhaf value", failure: { _ in "what members add sums to zero" },
    divide: { game, _ in Contributions.normalisedBanzhaf(game) })
  /// Equal parts.
  public static let equal = SharingMethod(
    "equal", .count, words: "equal parts", divide: { game, _ in Statute.equal(game.total, count: game.count) })
  /// In proportion to energy used.
  public static let energy = proportional("energy", words: "energy used")
  /// In proportion to the highest use.
  public static let peak = proportional("peak", words: "highest use")
  /// In proportion to the capital of own plant.
  public static let investment = proportional("investment", words: "own investment")
  /// In proportion to numbers that the file states.
  public static let key = proportional("key", words: "stated key")
  /// What accounts of the plan say: pro rata at the internal price.
  public static let proRata = SharingMethod("pro-rata", .plan)

  private static func proportional(_ name: String, words: String) -> SharingMethod {
    SharingMethod(
      name, .key, words: words, failure: { _ in "the key is zero for all, or negative for one" },
      divide: { game, key in Statute.proportional(game.total, key: key) })
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
  ///   - methods: The rules, in the order in which they are shown.
  package static func all(
    _ game: Game, keys: [SharingMethod: [Double]] = [:], further: [Shares] = [],
    methods: [SharingMethod] = SharingMethod.allCases
  ) -> [Shares] {
    var list = further
    for method in methods where !list.contains(where: { $0.method == method }) {
      if let shares = method.shares(game, key: keys[method]) { list.append(shares) }
    }
    func place(_ shares: Shares) -> Int { methods.firstIndex(of: shares.method) ?? 0 }
    list.sort { place($0) < place($1) }
    for index in list.indices {
      if let amounts = list[index].amounts { list[index].stability = Stability(game, amounts) }
    }
    return list
  }
}
