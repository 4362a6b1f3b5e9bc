/// How shared production is divided among members' meters in one interval, as energy-sharing law words it.
package enum MeteringKey: String, Sendable, CaseIterable {
  /// Agreed shares of production, at most the need; what is not used is common surplus.
  case fixed = "static"
  /// As `static`, and what members do not use is shared again among the others by weight until nothing moves.
  case iterative
  /// In proportion to needs.
  case proRata = "pro-rata"
  /// Groups in order, each by an inner key.
  case priority
  /// Agreed shares of production, not capped by the need: the surplus is the member's own.
  case exAnte = "ex-ante"
  /// Nobody is allocated anything by law: what is injected and withdrawn in the interval counts as shared, divided by an inner key.
  case virtual
  /// Coefficients that are supplied for the interval, applied as `static`.
  case file
  /// Several sources in order, each by its key on the needs that are left.
  case sources

  /// Whether it needs weights.
  package var needsWeights: Bool {
    switch self {
    case .fixed, .iterative, .exAnte, .file: true
    case .proRata, .priority, .virtual, .sources: false
    }
  }
}

/// Energy of one interval to be divided: integers of Wh, weights as integers over one unit, so that the result is exact.
package struct MeteringCase: Sendable, Equatable {
  /// How production is divided.
  package var key: MeteringKey
  /// Number of the interval: who is first among equal remainders.
  package var interval: Int
  /// Names of the members.
  package var members: [String]
  /// Need of each member, Wh.
  package var need: [Int]
  /// Shared production, Wh (for `virtual`: what was injected, summed).
  package var production: Int
  /// Weight of each member over `weightUnit`; empty where the key has none.
  package var weights: [Int]
  /// What weights are parts of.
  package var weightUnit: Int
  /// Groups of member names in order (`priority`).
  package var groups: [[String]]
  /// Key inside a group or of the shared energy (`priority`, `virtual`).
  package var inner: MeteringKey
  /// The sources in order (`sources`); need and members are those of this case.
  package var sources: [MeteringCase]

  /// A case; only what its key uses need be given.
  package init(
    key: MeteringKey, interval: Int = 0, members: [String], need: [Int], production: Int, weights: [Int] = [],
    weightUnit: Int = 1,
    groups: [[String]] = [], inner: MeteringKey = .proRata, sources: [MeteringCase] = []
  ) {
    self.key = key
    self.interval = interval
    self.members = members
    self.need = need
    self.production = production
    self.weights = weights
    self.weightUnit = weightUnit
    self.groups = groups
    self.inner = inner
    self.sources = sources
  }
}
